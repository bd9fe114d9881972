// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ordinary tasks share a CPU by weight: the one that has had the least runs next.
 *
 * What
 *	A task's vruntime is the time it has run, stretched by its nice value: each step of nice is a
 *	factor of 1.25, so a task of nice 1 gets 1/1.25 of the time of one of nice 0. Who has the least
 *	runs; whose lead over the first in line becomes too long goes back into the line. So over time
 *	all vruntimes go up together.
 *
 *	min_vruntime follows the least of them. A task that slept would be far behind, and take the CPU for as
 *	long as it slept: it is put at most FAIR_BONUS behind min_vruntime when it wakes. The bonus is what
 *	lets it run soon. A task that comes from another CPU keeps its distance to min_vruntime.
 *
 *	The line is a tree, but its first task is kept outside of it. Most lines have one task or none,
 *	and so most switches never touch the tree.
 *
 * Preemption
 *	at a wake-up	by a task that is FAIR_WAKEUP_LEAD or more behind the running one, if that has
 *			had FAIR_MIN_TURN
 *	at a tick	by a task that is FAIR_TICK_LEAD or more behind
 *	Both distances are there so that tasks which are level do not take turns at every chance.
 *
 * Locks
 *	All under rq->lock.
 *
 * Limits
 *	vruntime wraps after 584 years of nice 0, 8 years of nice 19; it is only ever compared by difference.
 *	Times of several runnable tasks are O(log n), everything else O(1).
 *
 * Differs from Linux
 *	No groups, no load tracking, no deadlines (6.12's EEVDF): this is closer to the fair class of 6.1.
 *
 * Tests
 *	tests/boot/sched_test.c: fair_*
 */
#include "fair.h"

void fair_init(struct fair_queue *fair)
{
	fair->first = NULL;
	fair->others = RB_ROOT_CACHED;
	fair->min_vruntime = 0;
}

/* There is a first one already: it or @p goes into the tree. */
noinline void __fair_enqueue_others(struct fair_queue *fair, struct task_struct *p)
{
	if (time_less(p->vruntime, fair->first->vruntime)) {
		struct task_struct *second = fair->first;

		fair->first = p;
		p = second;
	}
	rb_add_cached(&p->fair_node, &fair->others, fair_before);
}

/* The first is gone: take the next one out of the tree, which is not empty. */
noinline struct task_struct *__fair_take_second(struct fair_queue *fair)
{
	struct task_struct *p = fair_task_of(fair->others.rb_leftmost);

	rb_erase_cached(&p->fair_node, &fair->others);
	return p;
}

struct task_struct *fair_find(struct fair_queue *fair,
			      bool (*fn)(const struct task_struct *p, unsigned int arg), unsigned int arg,
			      unsigned int tries)
{
	struct rb_node *node = fair->others.rb_leftmost;

	if (!fair->first || fn(fair->first, arg))
		return fair->first;
	for (; node && tries; tries--, node = rb_next(node))
		if (fn(fair_task_of(node), arg))
			return fair_task_of(node);
	return NULL;
}

/* Step behind the first in line, if there is one. */
void fair_yield(struct rq *rq, struct task_struct *curr)
{
	struct task_struct *first = rq->fair.first;

	if (first && !time_less(first->vruntime, curr->vruntime))
		curr->vruntime = first->vruntime + 1;
}

/* @curr has just been charged. Return: whether it has had enough. */
bool fair_tick(struct rq *rq, struct task_struct *curr)
{
	struct fair_queue *fair = &rq->fair;
	u64 least = curr->vruntime;

	if (fair->first && time_less(fair->first->vruntime, least))
		least = fair->first->vruntime;
	if (time_less(fair->min_vruntime, least))
		fair->min_vruntime = least;
	return fair->first && time_less(fair->first->vruntime + FAIR_TICK_LEAD, curr->vruntime);
}
