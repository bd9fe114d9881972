// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real-time tasks: the most urgent runs, for as long as it wants, within a limit for all of them.
 *
 * What
 *	A list for each of 99 priorities, and a bit for each list that is not empty: finding the most
 *	urgent task is finding the first bit. SCHED_FIFO runs until it sleeps or yields; preempted by a more
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

/* In place of the time when its turn began: the turn of a SCHED_RR task is over. */
#define RR_OVER			(~0ULL)

/* Return: whether the running real-time task, just charged, has to let an equal one run. */
bool rt_tick(struct rq *rq, struct task_struct *curr)
{
	if (curr->policy != SCHED_RR || curr->rr_start == RR_OVER ||
	    curr->sum_exec_runtime - curr->rr_start < RR_SLICE)
		return false;
	if (list_empty(&rq->rt.list[curr->prio])) {
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
	return was_throttled && rt->nr_waiting && !rt_task(rq->curr);
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
