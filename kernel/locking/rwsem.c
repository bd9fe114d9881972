// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sleeping reader/writer locks: the functions behind <linux/rwsem.h>.
 *
 * What
 *	A count of holders and one line of waiters, readers and writers, in the order in which they came.
 *	Whoever gives the lock back lets in what stands in front: one writer, or all readers up to the
 *	next writer. Who comes while somebody stands in line goes behind. So writers are not starved,
 *	and a reader is never overtaken by a writer that came later.
 *
 * States of count		who moves it
 *	0 -> -1, -1 -> 0	a writer comes, goes
 *	n -> n + 1, n + 1 -> n	a reader comes, goes
 *	-1 -> 1			downgrade_write()
 *	0 -> -1, 0 -> n		whoever gave it back, for those it lets in
 *
 * Contexts
 *	Task.
 *
 * Locks
 *	wait_lock covers all fields. Those let in are woken under it: they look under it whether they are
 *	in, so they and their stacks are there.
 *
 * Limits
 *	Letting n readers in is n wake-ups with preemption off.
 *
 * Tests
 *	tests/boot/semaphore_test.c, tests/scenario/rwsem.c
 */
#include <linux/rwsem.h>
#include <bottomhalf/mark.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/sched.h>

#define CALLER_IP	((unsigned long)__builtin_return_address(0))
#define WRITER		(-1)

/* L: wait_lock. Lives on the waiter's stack. */
struct rwsem_waiter {
	struct list_head node;
	struct task_struct *task;	/* I */
	bool writer;			/* I */
	bool granted;
};

#ifdef CONFIG_DEBUG_SPINLOCK
#define debug_of(sem)	(&(sem)->debug)

/* For lockdep_assert_held(). */
struct lock_debug *rwsem_debug_of(const void *lock)
{
	return &((struct rw_semaphore *)lock)->debug;
}
#else
#define debug_of(sem)	((struct lock_debug *)NULL)
#endif

void __init_rwsem(struct rw_semaphore *sem)
{
	raw_spin_lock_init(&sem->wait_lock);
	sem->count = 0;
	sem->owner = NULL;
	INIT_LIST_HEAD(&sem->wait_list);
}

/* Hand the lock to @task, if it is free for that. */
static bool enter_locked(struct rw_semaphore *sem, struct task_struct *task, bool writer)
{
	if (sem->count < 0 || (writer && sem->count))
		return false;
	WRITE_ONCE(sem->count, writer ? WRITER : sem->count + 1);
	if (writer)
		sem->owner = task;
	return true;
}

/* Let in who stands in front, as far as they can be in together. */
static void admit_locked(struct rw_semaphore *sem)
{
	struct rwsem_waiter *waiter, *next;

	list_for_each_entry_safe(waiter, next, &sem->wait_list, node) {
		if (!enter_locked(sem, waiter->task, waiter->writer))
			break;
		MARK("rwsem: let in by another");
		list_del(&waiter->node);
		waiter->granted = true;
		wake_up_process(waiter->task);
	}
}

static void wait_locked(struct rw_semaphore *sem, bool writer, unsigned int state)
{
	struct rwsem_waiter waiter = { .task = current, .writer = writer };

	list_add_tail(&waiter.node, &sem->wait_list);
	do {
		/* Who lets us in looks at the state after it has got the lock: no barrier is needed. */
		__set_current_state(state);
		raw_spin_unlock(&sem->wait_lock);
		schedule();
		raw_spin_lock(&sem->wait_lock);
	} while (!waiter.granted);
}

static int enter(struct rw_semaphore *sem, bool writer, unsigned int state, unsigned long ip)
{
	might_sleep();
	lock_debug_before(debug_of(sem), !writer, false, ip);
	raw_spin_lock(&sem->wait_lock);
	if (!WARN(sem->owner == current, "rwsem %px: %s has it for writing already", sem, current->comm) &&
	    !(list_empty(&sem->wait_list) && enter_locked(sem, current, writer)))
		wait_locked(sem, writer, state);
	raw_spin_unlock(&sem->wait_lock);
	lock_debug_acquired(debug_of(sem), !writer, ip);
	return 0;
}

static int try_enter(struct rw_semaphore *sem, bool writer, unsigned long ip)
{
	bool entered;

	raw_spin_lock(&sem->wait_lock);
	entered = list_empty(&sem->wait_list) && enter_locked(sem, current, writer);
	raw_spin_unlock(&sem->wait_lock);
	if (entered)
		lock_debug_acquired(debug_of(sem), !writer, ip);
	return entered;
}

void down_read(struct rw_semaphore *sem)
{
	(void)enter(sem, false, TASK_UNINTERRUPTIBLE, CALLER_IP);
}

int down_read_interruptible(struct rw_semaphore *sem)
{
	return enter(sem, false, TASK_INTERRUPTIBLE, CALLER_IP);
}

int down_read_killable(struct rw_semaphore *sem)
{
	return enter(sem, false, TASK_KILLABLE, CALLER_IP);
}

void down_write(struct rw_semaphore *sem)
{
	(void)enter(sem, true, TASK_UNINTERRUPTIBLE, CALLER_IP);
}

int down_write_killable(struct rw_semaphore *sem)
{
	return enter(sem, true, TASK_KILLABLE, CALLER_IP);
}

int down_read_trylock(struct rw_semaphore *sem)
{
	return try_enter(sem, false, CALLER_IP);
}

int down_write_trylock(struct rw_semaphore *sem)
{
	return try_enter(sem, true, CALLER_IP);
}

void up_read(struct rw_semaphore *sem)
{
	lock_debug_release(debug_of(sem), CALLER_IP);
	raw_spin_lock(&sem->wait_lock);
	if (!WARN(sem->count <= 0, "rwsem %px: given back by %s, but no reader has it", sem, current->comm)) {
		WRITE_ONCE(sem->count, sem->count - 1);
		if (!sem->count)
			admit_locked(sem);
	}
	raw_spin_unlock(&sem->wait_lock);
}

void up_write(struct rw_semaphore *sem)
{
	lock_debug_release(debug_of(sem), CALLER_IP);
	raw_spin_lock(&sem->wait_lock);
	if (!WARN(sem->owner != current, "rwsem %px: given back by %s, which has it not for writing", sem,
		  current->comm)) {
		sem->owner = NULL;
		WRITE_ONCE(sem->count, 0);
		admit_locked(sem);
	}
	raw_spin_unlock(&sem->wait_lock);
}

void downgrade_write(struct rw_semaphore *sem)
{
	lock_debug_release(debug_of(sem), CALLER_IP);
	raw_spin_lock(&sem->wait_lock);
	if (!WARN_ON(sem->owner != current)) {
		sem->owner = NULL;
		WRITE_ONCE(sem->count, 1);
		admit_locked(sem);
	}
	raw_spin_unlock(&sem->wait_lock);
	lock_debug_acquired(debug_of(sem), true, CALLER_IP);
}
