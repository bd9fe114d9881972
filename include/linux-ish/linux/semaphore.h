/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Counting semaphores: up to n holders; anybody may give one back.
 *
 * Contexts
 *	down*(): task, may sleep. down_trylock(), up(): any but NMI.
 *
 * Ordering
 *	What was done before up() is seen after the down() that it let pass. Waiters pass in order.
 *
 * Tests
 *	tests/boot/semaphore_test.c
 */
#ifndef _LINUX_SEMAPHORE_H
#define _LINUX_SEMAPHORE_H

#include <linux/list.h>
#include <linux/spinlock.h>

struct semaphore {
	raw_spinlock_t lock;
	unsigned int count;		/* L: how many may pass at once now */
	struct list_head wait_list;	/* L: struct semaphore_waiter of kernel/locking/semaphore.c */
};

#define __SEMAPHORE_INITIALIZER(name, n) {				\
	.lock = __RAW_SPIN_LOCK_UNLOCKED((name).lock),			\
	.count = (n),							\
	.wait_list = LIST_HEAD_INIT((name).wait_list) }
#define DEFINE_SEMAPHORE(name, n) \
	struct semaphore name = __SEMAPHORE_INITIALIZER(name, n)

/** sema_init - let @val pass at first. Context: any, before its first use. */
static inline void sema_init(struct semaphore *sem, int val)
{
	raw_spin_lock_init(&sem->lock);
	sem->count = (unsigned int)val;
	INIT_LIST_HEAD(&sem->wait_list);
}

/** down - take one, sleeping until there is one. Context: task. */
void down(struct semaphore *sem);
/** down_interruptible, down_killable - the same in that state. Return: 0. */
int __must_check down_interruptible(struct semaphore *sem);
int __must_check down_killable(struct semaphore *sem);
/** down_trylock - take one if there is one. Context: any but NMI. Return: 0 if taken, 1 if not (!). */
int __must_check down_trylock(struct semaphore *sem);
/** down_timeout - wait no longer than @timeout jiffies. Context: task. Return: 0, or -ETIME. */
int __must_check down_timeout(struct semaphore *sem, long timeout);
/** up - give one back; the first waiter gets it. Context: any but NMI. */
void up(struct semaphore *sem);

/* For kernel/time/wait_timeout.c: wait in steps of @sleep, which is told and returns the time left. */
int semaphore_down(struct semaphore *sem, long (*sleep)(long timeout), long timeout, unsigned int state);

#endif
