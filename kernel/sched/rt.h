/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The queue of real-time tasks: the operations on the path of every switch. rt.c has the theory.
 */
#ifndef _KERNEL_SCHED_RT_H
#define _KERNEL_SCHED_RT_H

#include "sched.h"

void __rt_enqueue_others(struct rt_queue *rt, struct task_struct *p, bool at_head);
struct task_struct *__rt_take_second(struct rt_queue *rt);

/* Mostly one real-time task waits, or none: then no list is touched. */
static __always_inline void rt_enqueue(struct rt_queue *rt, struct task_struct *p, bool at_head)
{
	if (unlikely(rt->first))
		__rt_enqueue_others(rt, p, at_head);
	else
		rt->first = p;
}

/* Take the most urgent; there is one. */
static __always_inline struct task_struct *rt_pick(struct rt_queue *rt)
{
	struct task_struct *p = rt->first;

	rt->first = NULL;
	if (unlikely(rt->nr_others))
		rt->first = __rt_take_second(rt);
	return p;
}

void rt_dequeue(struct rt_queue *rt, struct task_struct *p);
/*
 * Call @fn for the first and at most @tries others that wait, the most urgent first, until it says yes.
 * Return: the one it said yes to.
 */
struct task_struct *rt_find(struct rt_queue *rt, bool (*fn)(const struct task_struct *p, unsigned int arg),
			    unsigned int arg, unsigned int tries);

#endif
