/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mutexes: one task at a time, the others sleep.
 *
 * What
 *	The task that locked it unlocks it. Not recursive. Waiters get it in the order in which they came:
 *	unlock hands it to the first one, so nobody starves.
 *
 * Contexts
 *	Task context, may sleep; also mutex_trylock() and mutex_unlock(), as on Linux.
 *
 * Ordering
 *	Lock is an acquire, unlock a release.
 *
 * Differs from Linux
 *	Always hands over, never spins for a running owner. A second lock by the owner, and an unlock by
 *	anybody else, are reported in every build, and survived: nothing changes hands.
 *
 * Tests
 *	tests/boot/mutex_test.c, tests/scenario/mutex.c
 */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock.h>
#include <linux/atomic.h>

struct mutex {
	atomic_long_t owner;		/* A: the owning task, bit 0: somebody waits; 0: free */
	raw_spinlock_t wait_lock;
	struct list_head wait_list;	/* L: wait_lock; struct mutex_waiter of kernel/locking/mutex.c */
#ifdef CONFIG_DEBUG_SPINLOCK
	struct lock_debug debug;
#endif
};

#define __MUTEX_INITIALIZER(lockname) {					\
	.owner = ATOMIC_LONG_INIT(0),					\
	.wait_lock = __RAW_SPIN_LOCK_UNLOCKED(lockname.wait_lock),	\
	.wait_list = LIST_HEAD_INIT(lockname.wait_list),		\
	__LOCK_DEBUG_INIT(lockname) }
#define DEFINE_MUTEX(name)	struct mutex name = __MUTEX_INITIALIZER(name)

#ifdef CONFIG_DEBUG_SPINLOCK
#define __mutex_debug_init(lock, name, class) lock_debug_init(&(lock)->debug, (name), (class))
#else
#define __mutex_debug_init(lock, name, class) ((void)(class))
#endif

/** mutex_init - make it unlocked. Context: any, before its first use; not while it is locked. */
#define mutex_init(lock) do {						\
	static struct lock_class *__class;				\
	__mutex_init(lock);						\
	__mutex_debug_init((lock), #lock, &__class);			\
} while (0)
void __mutex_init(struct mutex *lock);

/** mutex_lock - take it, sleeping in TASK_UNINTERRUPTIBLE while another has it. Context: task. */
void mutex_lock(struct mutex *lock);
/** mutex_lock_interruptible, mutex_lock_killable - the same in that state. Return: 0. */
int __must_check mutex_lock_interruptible(struct mutex *lock);
int __must_check mutex_lock_killable(struct mutex *lock);
void mutex_lock_io(struct mutex *lock);
/** mutex_trylock - take it if it is free. Context: task. Return: 1 if it was taken, else 0. */
int mutex_trylock(struct mutex *lock);
/** mutex_unlock - by the task that locked it; hands it to the first waiter. Context: task. */
void mutex_unlock(struct mutex *lock);

/* Nesting of locks of one class is not checked: the order inside a class is the caller's. */
#define mutex_lock_nested(lock, subclass)	mutex_lock(lock)
#define mutex_lock_interruptible_nested(lock, subclass) mutex_lock_interruptible(lock)
#define mutex_lock_killable_nested(lock, subclass) mutex_lock_killable(lock)
#define mutex_lock_nest_lock(lock, nest_lock)	mutex_lock(lock)

/** mutex_is_locked - whether anybody has it. Context: any. */
static inline bool mutex_is_locked(struct mutex *lock) { return atomic_long_read(&lock->owner) != 0; }

/** mutex_destroy - it will not be used any more; reported if somebody has it */
#define mutex_destroy(lock)	((void)WARN_ON_ONCE(mutex_is_locked(lock)))

#endif
