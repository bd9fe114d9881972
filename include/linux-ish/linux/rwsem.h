/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sleeping locks with many readers or one writer.
 *
 * Contexts
 *	Task, may sleep; the trylock and up forms too are for tasks.
 *
 * Ordering
 *	Lock is an acquire, unlock a release. Waiters are let in in the order in which they came, readers
 *	side by side together; a reader that comes while somebody waits goes behind, so writers are
 *	not starved, and a reader must not take the same lock again while it has it.
 *
 * Differs from Linux
 *	No spinning for a running owner. Owners are not known, but for the writer.
 *
 * Tests
 *	tests/boot/semaphore_test.c, tests/scenario/rwsem.c
 */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock.h>

struct task_struct;

struct rw_semaphore {
	raw_spinlock_t wait_lock;
	int count;			/* L: readers that have it; -1: a writer has it */
	struct task_struct *owner;	/* L: the writer */
	struct list_head wait_list;	/* L: struct rwsem_waiter of kernel/locking/rwsem.c */
#ifdef CONFIG_DEBUG_SPINLOCK
	struct lock_debug debug;
#endif
};

#define __RWSEM_INITIALIZER(lockname) {					\
	.wait_lock = __RAW_SPIN_LOCK_UNLOCKED(lockname.wait_lock),	\
	.wait_list = LIST_HEAD_INIT(lockname.wait_list),		\
	__LOCK_DEBUG_INIT(lockname) }
#define DECLARE_RWSEM(name)	struct rw_semaphore name = __RWSEM_INITIALIZER(name)

#ifdef CONFIG_DEBUG_SPINLOCK
#define __rwsem_debug_init(sem, name, class) lock_debug_init(&(sem)->debug, (name), (class))
#else
#define __rwsem_debug_init(sem, name, class) ((void)(class))
#endif

/** init_rwsem - make it free. Context: any, before its first use. */
#define init_rwsem(sem) do {						\
	static struct lock_class *__class;				\
	__init_rwsem(sem);						\
	__rwsem_debug_init((sem), #sem, &__class);			\
} while (0)
void __init_rwsem(struct rw_semaphore *sem);

/** down_read - take it together with other readers; down_write - alone. Context: task, may sleep. */
void down_read(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
/** down_read_interruptible and the like - the same in that state. Return: 0. */
int __must_check down_read_interruptible(struct rw_semaphore *sem);
int __must_check down_read_killable(struct rw_semaphore *sem);
int __must_check down_write_killable(struct rw_semaphore *sem);
/** down_read_trylock, down_write_trylock - take it if that needs no wait. Return: 1 if taken, else 0. */
int down_read_trylock(struct rw_semaphore *sem);
int down_write_trylock(struct rw_semaphore *sem);
/** up_read, up_write - give it back. Context: task. */
void up_read(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
/** downgrade_write - from writer to reader, with nobody in between */
void downgrade_write(struct rw_semaphore *sem);

#define down_read_nested(sem, subclass)		down_read(sem)
#define down_write_nested(sem, subclass)	down_write(sem)
#define down_read_non_owner(sem)		down_read(sem)
#define up_read_non_owner(sem)			up_read(sem)

/** rwsem_is_locked - whether anybody has it; rwsem_is_contended - whether anybody waits. Context: any. */
static inline int rwsem_is_locked(struct rw_semaphore *sem) { return READ_ONCE(sem->count) != 0; }
static inline int rwsem_is_contended(struct rw_semaphore *sem) { return !list_empty(&sem->wait_list); }

#endif
