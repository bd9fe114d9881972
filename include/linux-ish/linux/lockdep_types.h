/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What debug builds keep in a task about the locks that it holds. Empty in others.
 */
#ifndef _LINUX_LOCKDEP_TYPES_H
#define _LINUX_LOCKDEP_TYPES_H

#include <linux/types.h>

/* Most locks that a task and the interrupts on top of it hold together; more are not followed. */
#define LOCK_TASK_DEPTH	24

struct lock_debug;

/* One lock that is held. */
struct held_lock {
	struct lock_debug *lock;
	unsigned long ip;		/* who took it */
	u8 context;			/* enum lock_context: what it was taken in */
	u8 read;			/* taken by a reader, with others perhaps */
};

struct lock_task {
#ifdef CONFIG_DEBUG_SPINLOCK
	struct held_lock locks[LOCK_TASK_DEPTH];
	unsigned int depth;		/* how many of them are in use */
	unsigned int untracked;		/* held, but beyond LOCK_TASK_DEPTH */
#endif
};

/**
 * struct lock_class_key - an address that stands for a class of locks, those initialised at one place
 * @class: filled in by the first that is taken; NULL before
 */
struct lock_class_key {
	struct lock_class *class;
};

#endif
