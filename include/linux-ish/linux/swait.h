/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The queue inside a completion: waiters in order, woken from the front. Use <linux/wait.h> elsewhere.
 */
#ifndef _LINUX_SWAIT_H
#define _LINUX_SWAIT_H

#include <linux/list.h>
#include <linux/spinlock.h>

struct swait_queue_head {
	raw_spinlock_t lock;
	struct list_head task_list;	/* L: struct completion_waiter of kernel/sched/completion.c */
};

#define __SWAIT_QUEUE_HEAD_INITIALIZER(name) {				\
	.lock = __RAW_SPIN_LOCK_UNLOCKED(name.lock),			\
	.task_list = LIST_HEAD_INIT((name).task_list) }

#define init_swait_queue_head(q) do {					\
	raw_spin_lock_init(&(q)->lock);					\
	INIT_LIST_HEAD(&(q)->task_list);				\
} while (0)

#endif
