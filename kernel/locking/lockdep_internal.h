/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between the files of lock debugging.
 */
#ifndef _KERNEL_LOCKING_LOCKDEP_INTERNAL_H
#define _KERNEL_LOCKING_LOCKDEP_INTERNAL_H

#include <linux/lockdep.h>
#include <linux/sched.h>

#define CALLER_IP	((unsigned long)__builtin_return_address(0))

/* What this CPU is doing; locks of different contexts on one CPU are not ordered by how they nest. */
enum lock_context { LOCK_IN_TASK, LOCK_IN_SOFTIRQ, LOCK_IN_HARDIRQ, LOCK_IN_NMI };

static inline enum lock_context lock_context_now(void)
{
	if (in_nmi())
		return LOCK_IN_NMI;
	if (in_hardirq())
		return LOCK_IN_HARDIRQ;
	return in_serving_softirq() ? LOCK_IN_SOFTIRQ : LOCK_IN_TASK;
}

/* lockdep.c, with CONFIG_DEBUG_LOCK_ORDER */
struct lock_class *lock_class_register(const void *key, const char *name);
void lock_order_check(struct lock_debug *debug, bool read, bool trylock, unsigned long ip);

static inline const char *lock_name(const struct lock_debug *debug)
{
	return debug->name ? debug->name : "never initialised";
}

#endif
