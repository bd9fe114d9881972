/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The queue of real-time tasks: the operations on the path of every switch. rt.c has the theory.
 */
#ifndef _KERNEL_SCHED_RT_H
#define _KERNEL_SCHED_RT_H

#include "sched.h"
#include <linux/bitops.h>

/* The most urgent priority that waits; somebody does. */
static __always_inline unsigned int rt_first_prio(const struct rt_queue *rt)
{
	return rt->waiting[0] ? __ffs(rt->waiting[0]) : 64 + __ffs(rt->waiting[1]);
}

static __always_inline void rt_enqueue(struct rt_queue *rt, struct task_struct *p, bool at_head)
{
	struct list_head *list = &rt->list[p->prio];

	if (unlikely(at_head))
		list_add(&p->rt_node, list);
	else
		list_add_tail(&p->rt_node, list);
	__set_bit((unsigned int)p->prio, rt->waiting);
	rt->nr_waiting++;
}

static __always_inline void rt_dequeue(struct rt_queue *rt, struct task_struct *p)
{
	rt->nr_waiting--;
	__list_del_entry(&p->rt_node);
	if (list_empty(&rt->list[p->prio]))
		__clear_bit((unsigned int)p->prio, rt->waiting);
}

static __always_inline struct task_struct *rt_pick(struct rt_queue *rt)
{
	struct task_struct *p = list_first_entry(&rt->list[rt_first_prio(rt)], struct task_struct, rt_node);

	rt_dequeue(rt, p);
	return p;
}

#endif
