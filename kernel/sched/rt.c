// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real-time tasks: the most urgent runs, for as long as it wants, within a limit for all of them.
 *
 * What
 *	A list for each of 99 priorities, and a bit for each list that is not empty: finding the most
 *	urgent task is finding the first bit. The very first task is kept outside of its list, so where
 *	one waits, no list is touched. SCHED_FIFO runs until it sleeps or yields; preempted by a more
 *	urgent one it stays first in its list. SCHED_RR goes to the end of its list after RR_SLICE.
 *
 * Throttle
 *	In each period of CONFIG_SCHED_RT_PERIOD_US, real-time tasks may take CONFIG_SCHED_RT_RUNTIME_US of
 *	a CPU. When they have, and ordinary tasks wait, those go first until the period ends. What they
 *	took too much is taken off the next period. Without ordinary tasks nobody is held up.
 *
 *	It is decided at ticks, so a period can be exceeded by one.
 *
 * Locks
 *	All under rq->lock.
 *
 * Tests
 *	tests/boot/sched_test.c: fifo_*, rr_*, rt_*
 */
#include "rt.h"
#include <linux/bitops.h>
#include <linux/printk.h>
#include <linux/minmax.h>

#define RT_PERIOD	((u64)CONFIG_SCHED_RT_PERIOD_US * NSEC_PER_USEC)
#define RT_RUNTIME	((u64)CONFIG_SCHED_RT_RUNTIME_US * NSEC_PER_USEC)
#define RR_SLICE	(100 * NSEC_PER_MSEC)

void rt_init(struct rt_queue *rt)
{
	unsigned int prio;

	for (prio = 0; prio < MAX_RT_PRIO; prio++)
		INIT_LIST_HEAD(&rt->list[prio]);
}

/* ---- the queue ---- */

static void list_add_task(struct rt_queue *rt, struct task_struct *p, bool at_head)
{
	struct list_head *list = &rt->list[p->prio];

	if (at_head)
		list_add(&p->rt_node, list);
	else
		list_add_tail(&p->rt_node, list);
	__set_bit((unsigned int)p->prio, rt->waiting);
	rt->nr_others++;
}

static void list_del_task(struct rt_queue *rt, struct task_struct *p)
{
	rt->nr_others--;
	list_del(&p->rt_node);
	if (list_empty(&rt->list[p->prio]))
		__clear_bit((unsigned int)p->prio, rt->waiting);
}

/* There is a first one already: it or @p goes into a list. The first comes before all of its priority. */
noinline void __rt_enqueue_others(struct rt_queue *rt, struct task_struct *p, bool at_head)
{
	struct task_struct *first = rt->first;

	if (p->prio < first->prio || (at_head && p->prio == first->prio)) {
		rt->first = p;
		list_add_task(rt, first, true);
	} else {
		list_add_task(rt, p, at_head);
	}
}

/* The first is gone: take the next one out of its list; there is one. */
noinline struct task_struct *__rt_take_second(struct rt_queue *rt)
{
	unsigned long prio = rt->waiting[0] ? __ffs(rt->waiting[0]) : 64 + __ffs(rt->waiting[1]);
	struct task_struct *p = list_first_entry(&rt->list[prio], struct task_struct, rt_node);

	list_del_task(rt, p);
	return p;
}

void rt_dequeue(struct rt_queue *rt, struct task_struct *p)
{
	if (rt->first == p)
		rt->first = rt->nr_others ? __rt_take_second(rt) : NULL;
	else
		list_del_task(rt, p);
}

struct task_struct *rt_find(struct rt_queue *rt, bool (*fn)(const struct task_struct *p, unsigned int arg),
			    unsigned int arg, unsigned int tries)
{
	struct task_struct *p;
	unsigned int prio;

	if (!rt->first || fn(rt->first, arg))
		return rt->first;
	for_each_set_bit(prio, rt->waiting, MAX_RT_PRIO)
		list_for_each_entry(p, &rt->list[prio], rt_node) {
			if (!tries--)
				return NULL;
			if (fn(p, arg))
				return p;
		}
	return NULL;
}

/* ---- turns ---- */

/* In place of the time when its turn began: the turn of a SCHED_RR task is over. */
#define RR_OVER			(~0ULL)

/* Return: whether the running real-time task, just charged, has to let an equal one run. */
bool rt_tick(struct rq *rq, struct task_struct *curr)
{
	if (curr->policy != SCHED_RR || curr->rr_start == RR_OVER ||
	    curr->sum_exec_runtime - curr->rr_start < RR_SLICE)
		return false;
	if (!rq->rt.first || rq->rt.first->prio > curr->prio) {
		curr->rr_start = curr->sum_exec_runtime;
		return false;
	}
	curr->rr_start = RR_OVER;
	return true;
}

/* A preempted task goes back into line: at the end, with a new turn, if rt_tick() said so? */
bool rt_turn_is_over(struct task_struct *p)
{
	if (p->rr_start != RR_OVER)
		return false;
	p->rr_start = p->sum_exec_runtime;
	return true;
}

/* ---- the throttle ---- */

static bool rt_throttle(struct rq *rq)
{
	if (rq->rt.throttled || !rq->fair.first)
		return false;
	rq->rt.throttled = true;
	rq->rt.untold = true;
	return rt_task(rq->curr);
}

/* Say so, once a boot. Called by the tick without the lock, for this CPU's queue. */
void rt_tell_throttled(struct rq *rq)
{
	rq->rt.untold = false;
	pr_warn_once("sched: real-time tasks throttled on CPU %u, ordinary ones go first\n", rq->cpu);
}

static bool rt_new_period(struct rq *rq, u64 periods)
{
	struct rt_queue *rt = &rq->rt;
	bool was_throttled = rt->throttled;

	rt->period_start += periods * RT_PERIOD;
	rt->time -= min(rt->time, periods * RT_RUNTIME);
	rt->throttled = false;
	return was_throttled && rt->first && !rt_task(rq->curr);
}

/* The clock has just been read into curr_start. Return: whether to reschedule. */
bool rt_period_tick(struct rq *rq)
{
	u64 since = rq->curr_start - rq->rt.period_start;

	if (RT_RUNTIME >= RT_PERIOD)
		return false;
	if (unlikely(since >= RT_PERIOD))
		return rt_new_period(rq, since / RT_PERIOD);
	return unlikely(rq->rt.time >= RT_RUNTIME) && rt_throttle(rq);
}
