// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waits with a time limit: completions, semaphores, bits, and wait_woken().
 *
 * What
 *	kernel/sched/ and kernel/locking/ know how to wait, but not about time. Here each wait is given a way
 *	of sleeping that ends by a timer.
 *
 * Contexts
 *	Task, may sleep.
 *
 * Tests
 *	tests/boot/{completion,semaphore,wait}_test.c
 */
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>

long io_schedule_timeout(long timeout)
{
	bool was = current->in_iowait;
	long left;

	current->in_iowait = true;
	left = schedule_timeout(timeout);
	current->in_iowait = was;
	return left;
}

/* ---- completions ---- */

unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout)
{
	return (unsigned long)completion_wait(x, schedule_timeout, (long)timeout, TASK_UNINTERRUPTIBLE);
}

unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout)
{
	return (unsigned long)completion_wait(x, io_schedule_timeout, (long)timeout, TASK_UNINTERRUPTIBLE);
}

long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout)
{
	return completion_wait(x, schedule_timeout, (long)timeout, TASK_INTERRUPTIBLE);
}

long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout)
{
	return completion_wait(x, schedule_timeout, (long)timeout, TASK_KILLABLE);
}

/* ---- semaphores ---- */

int down_timeout(struct semaphore *sem, long timeout)
{
	return semaphore_down(sem, schedule_timeout, timeout, TASK_UNINTERRUPTIBLE);
}

/* ---- bits ---- */

int bit_wait_timeout(struct wait_bit_key *key, int mode)
{
	unsigned long now = jiffies;

	if (time_after_eq(now, key->timeout))
		return -EAGAIN;
	schedule_timeout((long)(key->timeout - now));
	return 0;
}

int out_of_line_wait_on_bit_timeout(void *word, int bit, wait_bit_action_f *action, unsigned int mode,
				    unsigned long timeout)
{
	return wait_bit_until(word, bit, action, mode, jiffies + timeout);
}

/* ---- wait_woken ---- */

int woken_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	/* The waker's condition before the flag; pairs with the barriers in wait_woken(). */
	smp_mb();
	WRITE_ONCE(entry->flags, entry->flags | WQ_FLAG_WOKEN);
	return default_wake_function(entry, mode, flags, key);
}

/*
 *	waiter					waker
 *	state = mode, full barrier		condition = true, full barrier
 *	WOKEN? no: sleeps			WOKEN, then wakes the task, whose lock is a full barrier
 *	clears WOKEN, full barrier
 *	looks at its condition
 */
long wait_woken(struct wait_queue_entry *entry, unsigned int mode, long timeout)
{
	set_current_state(mode);
	if (!(READ_ONCE(entry->flags) & WQ_FLAG_WOKEN) && !kthread_should_stop_or_park())
		timeout = schedule_timeout(timeout);
	__set_current_state(TASK_RUNNING);
	/* Before the caller looks at its condition; pairs with the one in woken_wake_function(). */
	smp_store_mb(entry->flags, entry->flags & ~WQ_FLAG_WOKEN);
	return timeout;
}
