// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counting semaphores: the functions behind <linux/semaphore.h>.
 *
 * What
 *	A count and a list of waiters, of which at least one is empty: up() gives its one to the first
 *	waiter, and only if there is none adds it to the count.
 *
 * Contexts
 *	down*(): task. down_trylock(), up(): any but NMI.
 *
 * Locks
 *	sem->lock (raw, interrupts off). The waiter is woken under it, and looks under it whether it has got
 *	one: so up() is done with the waiter's stack, and with the semaphore, when the waiter leaves.
 *
 * Tests
 *	tests/boot/semaphore_test.c
 */
#include <linux/semaphore.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>

/* L: sem->lock. Lives on the waiter's stack. */
struct semaphore_waiter {
	struct list_head node;
	struct task_struct *task;	/* I */
	bool granted;
};

static long sleep_forever(long timeout)
{
	schedule();
	return timeout;
}

/* Wait in line, for as long as @sleep says that there is time left. Locked before and after. */
static bool wait_locked(struct semaphore *sem, long (*sleep)(long timeout), long timeout, unsigned int state)
{
	struct semaphore_waiter waiter = { .task = current };

	list_add_tail(&waiter.node, &sem->wait_list);
	do {
		/* up() looks at the state after it has got the lock: no barrier is needed. */
		__set_current_state(state);
		raw_spin_unlock_irq(&sem->lock);
		timeout = sleep(timeout);
		raw_spin_lock_irq(&sem->lock);
	} while (!waiter.granted && timeout > 0);
	if (!waiter.granted)
		list_del(&waiter.node);
	return waiter.granted;
}

int semaphore_down(struct semaphore *sem, long (*sleep)(long timeout), long timeout, unsigned int state)
{
	bool taken = true;

	might_sleep();
	raw_spin_lock_irq(&sem->lock);
	if (sem->count > 0)
		sem->count--;
	else
		taken = wait_locked(sem, sleep, timeout, state);
	raw_spin_unlock_irq(&sem->lock);
	return taken ? 0 : -ETIME;
}

void down(struct semaphore *sem)
{
	(void)semaphore_down(sem, sleep_forever, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE);
}

int down_interruptible(struct semaphore *sem)
{
	return semaphore_down(sem, sleep_forever, MAX_SCHEDULE_TIMEOUT, TASK_INTERRUPTIBLE);
}

int down_killable(struct semaphore *sem)
{
	return semaphore_down(sem, sleep_forever, MAX_SCHEDULE_TIMEOUT, TASK_KILLABLE);
}

int down_trylock(struct semaphore *sem)
{
	unsigned long flags;
	bool taken;

	raw_spin_lock_irqsave(&sem->lock, flags);
	taken = sem->count > 0;
	if (taken)
		sem->count--;
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return !taken;
}

void up(struct semaphore *sem)
{
	struct semaphore_waiter *waiter;
	unsigned long flags;

	raw_spin_lock_irqsave(&sem->lock, flags);
	waiter = list_first_entry_or_null(&sem->wait_list, struct semaphore_waiter, node);
	if (waiter) {
		list_del(&waiter->node);
		waiter->granted = true;
		wake_up_process(waiter->task);
	} else {
		sem->count++;
	}
	raw_spin_unlock_irqrestore(&sem->lock, flags);
}
