/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lock debugging: classes of locks, and assertions. Without CONFIG_DEBUG_SPINLOCK all of it is empty.
 *
 * What
 *	Locks that are initialised at one place are one class. CONFIG_DEBUG_LOCK_ORDER learns which class
 *	is taken while which is held, and in which contexts, and reports the first use that could
 *	deadlock with another: kernel/locking/lockdep.c.
 *
 * Differs from Linux
 *	Subclasses (the _nested forms) are not distinguished: two locks of one class may be held together
 *	in any order.
 *
 * Tests
 *	tests/boot/lockdebug_test.c
 */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/lockdep_types.h>
#include <linux/spinlock.h>

/*
 * What locks of all kinds tell: lock_debug_before() that one is about to be taken, and its order is to
 * be checked (not of a trylock, which cannot deadlock); lock_debug_acquired() that it was;
 * lock_debug_release() that it is about to be given back. ip is the caller to name.
 * kernel/locking/held.c, lockdep.c
 */
#ifdef CONFIG_DEBUG_SPINLOCK
void lock_debug_before(struct lock_debug *debug, bool read, bool trylock, unsigned long ip);
void lock_debug_acquired(struct lock_debug *debug, bool read, unsigned long ip);
/* Return: whether the caller's context had it. */
bool lock_debug_release(struct lock_debug *debug, unsigned long ip);
/** lock_debug_init - name and class of a lock, right after its initialisation */
void lock_debug_init(struct lock_debug *debug, const char *name, struct lock_class **class);
/** lock_debug_hand_over - the scheduler's: @prev holds the lock until it is off the CPU, then @next does */
void lock_debug_hand_over(raw_spinlock_t *lock, struct task_struct *prev, struct task_struct *next);
/** debug_show_held_locks - print which locks a task holds. Context: any. */
void debug_show_held_locks(struct task_struct *p);
/** debug_check_no_locks_freed - report if the caller holds a lock in @len bytes at @from, which are freed */
void debug_check_no_locks_freed(const void *from, unsigned long len);
/** debug_check_no_locks_held - report if the calling task, which ends, still holds a lock */
void debug_check_no_locks_held(void);
/** lockdep_set_class - put a lock into the class of @key, right after its initialisation */
#define lockdep_set_class(lock, key)		lockdep_set_class_and_name(lock, key, #key)
#define lockdep_set_class_and_name(lock, key, name) \
	lock_debug_init(__lock_debug_of(lock), (name), &(key)->class)
#else
static inline void lock_debug_before(struct lock_debug *debug, bool read, bool trylock, unsigned long ip) { }
static inline void lock_debug_acquired(struct lock_debug *debug, bool read, unsigned long ip) { }
static inline bool lock_debug_release(struct lock_debug *debug, unsigned long ip) { return true; }
static inline void lock_debug_hand_over(raw_spinlock_t *lock, struct task_struct *prev,
					struct task_struct *next) { }
static inline void debug_show_held_locks(struct task_struct *p) { }
static inline void debug_check_no_locks_freed(const void *from, unsigned long len) { }
static inline void debug_check_no_locks_held(void) { }
#define lockdep_set_class(lock, key)		do { (void)(lock); (void)(key); } while (0)
#define lockdep_set_class_and_name(lock, key, name) lockdep_set_class(lock, key)
#endif

#ifdef CONFIG_DEBUG_LOCK_ORDER
/* For tests: how often since boot a lock was taken in a way that could teach something new. */
unsigned long lock_order_lessons(void);
#else
static inline unsigned long lock_order_lessons(void) { return 0; }
#endif

#define lockdep_set_subclass(lock, subclass)	((void)(lock))
#define lockdep_register_key(key)		((void)(key))
#define lockdep_unregister_key(key)		((void)(key))
#define lockdep_assert(cond)			((void)WARN_ON(IS_ENABLED(CONFIG_DEBUG_SPINLOCK) && !(cond)))
#define lockdep_assert_not_held(lock)		((void)(lock))
#define lockdep_assert_held_write(lock)		lockdep_assert_held(lock)
#define lockdep_assert_held_read(lock)		lockdep_assert_held(lock)
#define lockdep_assert_held_once(lock)		lockdep_assert_held(lock)
#define lockdep_assert_preemption_disabled() \
	((void)WARN_ON_ONCE(IS_ENABLED(CONFIG_DEBUG_SPINLOCK) && IS_ENABLED(CONFIG_PREEMPT_COUNT) && \
			    preemptible()))

#endif
