// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutexes: the functions behind <linux/mutex.h>.
 *
 * What
 *	The owner's address is the lock. Taking a free one, and giving back one that nobody waits for, is one
 *	atomic operation. Otherwise unlock gives the mutex to the first waiter, which finds itself the owner
 *	when it wakes: nobody can overtake the line.
 *
 * States of owner			who moves it
 *	0 -> me				lock, trylock: compare and exchange
 *	me -> 0				unlock, by compare and exchange; nobody waits
 *	me -> me|WAITERS		the first waiter, under wait_lock
 *	me|WAITERS -> next|WAITERS	unlock, under wait_lock; others wait behind next
 *	me|WAITERS -> next		unlock, under wait_lock; next was the last
 *
 * Contexts
 *	Task.
 *
 * Locks
 *	wait_lock covers the list of waiters, and every change of an owner word that has WAITERS set.
 *	The wake-up is made outside of it; a reference keeps the task until then, since it may see that it has
 *	the mutex, go on, and end, before it is woken.
 *
 * Ordering
 *	The atomic operations are full barriers. A waiter reads granted by an acquire, which pairs with the
 *	release in hand_over().
 *
 * Tests
 *	tests/boot/mutex_test.c, tests/scenario/mutex.c
 */
#include <linux/mutex.h>
#include <bottomhalf/mark.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

#define WAITERS		1L
#define CALLER_IP	((unsigned long)__builtin_return_address(0))

/* L: wait_lock, but for granted. Lives on the waiter's stack. */
struct mutex_waiter {
	struct list_head node;
	struct task_struct *task;	/* I */
	bool granted;			/* A: written once */
};

#ifdef CONFIG_DEBUG_SPINLOCK
#define debug_of(lock)	(&(lock)->debug)

/* For lockdep_assert_held(). */
struct lock_debug *mutex_debug_of(const void *lock)
{
	return &((struct mutex *)lock)->debug;
}
#else
#define debug_of(lock)	((struct lock_debug *)NULL)
#endif

void __mutex_init(struct mutex *lock)
{
	atomic_long_set(&lock->owner, 0);
	raw_spin_lock_init(&lock->wait_lock);
	INIT_LIST_HEAD(&lock->wait_list);
}

static __always_inline long me(void)
{
	return (long)current;
}

static struct task_struct *owner_of(long owner)
{
	return (struct task_struct *)(owner & ~WAITERS);
}

static __always_inline bool take_free(struct mutex *lock)
{
	return atomic_long_cmpxchg(&lock->owner, 0, me()) == 0;
}

/* Under wait_lock: take it, if it is free by now, or make the owner come here when it unlocks. */
static bool take_or_mark_locked(struct mutex *lock)
{
	long owner = atomic_long_read(&lock->owner);

	lockdep_assert_held(&lock->wait_lock);
	for (;;) {
		long new = owner ? owner | WAITERS : me();
		long seen = atomic_long_cmpxchg(&lock->owner, owner, new);

		if (seen == owner)
			return !owner;
		owner = seen;
	}
}

static noinline void lock_slowly(struct mutex *lock, unsigned int state, void (*sleep)(void))
{
	struct mutex_waiter waiter = { .task = current };

	if (WARN(owner_of(atomic_long_read(&lock->owner)) == current,
		 "mutex %px: locked again by its owner %s", lock, current->comm))
		return;

	raw_spin_lock(&lock->wait_lock);
	if (take_or_mark_locked(lock)) {
		MARK("mutex: free by now");
		raw_spin_unlock(&lock->wait_lock);
		return;
	}
	list_add_tail(&waiter.node, &lock->wait_list);
	raw_spin_unlock(&lock->wait_lock);

	for (;;) {
		/* Before granted is read; pairs with the wake-up after it was written. */
		set_current_state(state);
		/* Pairs with the release in hand_over(). */
		if (smp_load_acquire(&waiter.granted))
			break;
		sleep();
	}
	__set_current_state(TASK_RUNNING);
}

static __always_inline void lock_common(struct mutex *lock, unsigned int state, void (*sleep)(void),
					unsigned long ip)
{
	might_sleep();
	lock_debug_before(debug_of(lock), false, false, ip);
	if (unlikely(!take_free(lock)))
		lock_slowly(lock, state, sleep);
	lock_debug_acquired(debug_of(lock), false, ip);
}

void mutex_lock(struct mutex *lock)
{
	lock_common(lock, TASK_UNINTERRUPTIBLE, schedule, CALLER_IP);
}

int mutex_lock_interruptible(struct mutex *lock)
{
	lock_common(lock, TASK_INTERRUPTIBLE, schedule, CALLER_IP);
	return 0;
}

int mutex_lock_killable(struct mutex *lock)
{
	lock_common(lock, TASK_KILLABLE, schedule, CALLER_IP);
	return 0;
}

void mutex_lock_io(struct mutex *lock)
{
	lock_common(lock, TASK_UNINTERRUPTIBLE, io_schedule, CALLER_IP);
}

int mutex_trylock(struct mutex *lock)
{
	if (!take_free(lock))
		return 0;
	lock_debug_acquired(debug_of(lock), false, CALLER_IP);
	return 1;
}

/* Give it to the first waiter; there is one, since WAITERS is set and we own it. */
static void hand_over(struct mutex *lock)
{
	struct mutex_waiter *waiter;
	struct task_struct *next;

	MARK("mutex: handed to a waiter");
	raw_spin_lock(&lock->wait_lock);
	waiter = list_first_entry(&lock->wait_list, struct mutex_waiter, node);
	list_del(&waiter->node);
	next = get_task_struct(waiter->task);
	atomic_long_set(&lock->owner, (long)next | (list_empty(&lock->wait_list) ? 0 : WAITERS));
	/* Pairs with the acquire in lock_slowly(). The waiter's stack may be gone after it. */
	smp_store_release(&waiter->granted, true);
	raw_spin_unlock(&lock->wait_lock);

	wake_up_process(next);
	put_task_struct(next);
}

static noinline void unlock_slowly(struct mutex *lock)
{
	long owner = atomic_long_read(&lock->owner);

	if (WARN(owner_of(owner) != current, "mutex %px: unlocked by %s, but %s has it", lock, current->comm,
		 owner ? owner_of(owner)->comm : "nobody"))
		return;
	hand_over(lock);
}

void mutex_unlock(struct mutex *lock)
{
	lock_debug_release(debug_of(lock), CALLER_IP);
	if (unlikely(atomic_long_cmpxchg(&lock->owner, me(), 0) != me()))
		unlock_slowly(lock);
}
