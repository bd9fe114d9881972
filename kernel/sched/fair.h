/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The queue of ordinary tasks: the operations on the path of every switch. fair.c has the theory.
 */
#ifndef _KERNEL_SCHED_FAIR_H
#define _KERNEL_SCHED_FAIR_H

#include "sched.h"

/* How far behind a sleeper may be put when it wakes: its head start, in virtual nanoseconds. */
#define FAIR_BONUS		(3 * NSEC_PER_MSEC)
/* How far ahead the running task must be for one that wakes to preempt it. */
#define FAIR_WAKEUP_LEAD	(1 * NSEC_PER_MSEC)
/*
 * So long a turn lasts before a wake-up may end it, counted from when the task was last charged: the switch
 * to it, or a tick. A task that queues many works is not switched away from at each of them.
 */
#define FAIR_MIN_TURN		(750 * NSEC_PER_USEC)
/* The same, at a tick, for one that waits. */
#define FAIR_TICK_LEAD		(3 * NSEC_PER_MSEC)

#define fair_task_of(node)	container_of(node, struct task_struct, fair_node)

static __always_inline bool fair_before(struct rb_node *a, const struct rb_node *b)
{
	return time_less(fair_task_of(a)->vruntime,
			 container_of(b, const struct task_struct, fair_node)->vruntime);
}

void __fair_enqueue_others(struct fair_queue *fair, struct task_struct *p);
/*
 * Call @fn for the first and at most @tries others that wait, the one with the least virtual time first,
 * until it says yes. Return: the one it said yes to.
 */
struct task_struct *fair_find(struct fair_queue *fair,
			      bool (*fn)(const struct task_struct *p, unsigned int arg), unsigned int arg,
			      unsigned int tries);
struct task_struct *__fair_take_second(struct fair_queue *fair);

/* The tree is empty in the common case of one waiter or none: then this is a load, a test and a store. */
static __always_inline void fair_enqueue(struct fair_queue *fair, struct task_struct *p)
{
	if (unlikely(fair->first))
		__fair_enqueue_others(fair, p);
	else
		fair->first = p;
}

/* Take the first; there is one. */
static __always_inline struct task_struct *fair_pick(struct fair_queue *fair)
{
	struct task_struct *p = fair->first;

	fair->first = NULL;
	if (unlikely(fair->others.rb_leftmost))
		fair->first = __fair_take_second(fair);
	if (time_less(fair->min_vruntime, p->vruntime))
		fair->min_vruntime = p->vruntime;
	return p;
}

static __always_inline void fair_dequeue(struct fair_queue *fair, struct task_struct *p)
{
	if (fair->first == p)
		fair->first = fair->others.rb_leftmost ? __fair_take_second(fair) : NULL;
	else
		rb_erase_cached(&p->fair_node, &fair->others);
}

/* A sleeper wakes: it keeps what it is behind the others, but not more than the bonus. */
static __always_inline void fair_place(struct fair_queue *fair, struct task_struct *p)
{
	u64 least = fair->min_vruntime - FAIR_BONUS;

	if (time_less(p->vruntime, least))
		p->vruntime = least;
}

/* Does @p, which just became ready, go before the running task? */
static __always_inline bool fair_preempts(const struct rq *rq, const struct task_struct *curr,
					  const struct task_struct *p)
{
	u64 since = arch_clock_ns() - rq->curr_start;
	u64 reached;

	if (likely(since < FAIR_MIN_TURN))
		return false;
	reached = curr->vruntime + to_virtual(since, curr->vtime_factor);
	return time_less(p->vruntime + FAIR_WAKEUP_LEAD, reached);
}

#endif
