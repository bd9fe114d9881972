// SPDX-License-Identifier: GPL-2.0-only
/*
 * Completions: the functions behind <linux/completion.h>.
 *
 * What
 *	complete() hands itself to the first waiter, or if nobody waits counts up done for one that comes
 *	later. A waiter that has been handed a completion has it, even when reinit_completion() follows.
 *
 * Contexts
 *	complete(): any but NMI. Waiting: task.
 *
 * Locks
 *	x->wait.lock, interrupts off. The waiter is woken under it, and takes it once more before it leaves:
 *	so complete() is done with the completion and the waiter's stack by then.
 *
 *	completer				waiter
 *	lock
 *	waiter->done = true, wake it		lock: waits
 *	unlock
 *						sees done, unlock; may free the completion
 *
 * Limits
 *	complete_all() wakes everybody with interrupts off.
 *
 * Tests
 *	tests/boot/completion_test.c, tests/scenario/completion.c
 */
#include <linux/completion.h>
#include <linux/sched.h>
#include <linux/kernel.h>
#include <linux/limits.h>

#define DONE_FOR_EVER	UINT_MAX

/* L: the completion's lock. Lives on the waiter's stack. */
struct completion_waiter {
	struct list_head node;
	struct task_struct *task;	/* I */
	bool done;
};

/* ---- completing ---- */

/* Let the first waiter go; there is one. */
static __always_inline void hand_over(struct completion *x, int wake_flags)
{
	struct completion_waiter *waiter =
		list_first_entry(&x->wait.task_list, struct completion_waiter, node);

	__list_del_entry(&waiter->node);
	waiter->done = true;
	if (wake_flags)
		try_to_wake_up(waiter->task, TASK_NORMAL, wake_flags);
	else
		wake_up_process(waiter->task);
}

static __always_inline void complete_with_flags(struct completion *x, int wake_flags)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&x->wait.lock, flags);
	if (!list_empty(&x->wait.task_list))
		hand_over(x, wake_flags);
	else if (x->done != DONE_FOR_EVER)
		x->done++;
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
}

void complete(struct completion *x)
{
	complete_with_flags(x, 0);
}

void complete_on_current_cpu(struct completion *x)
{
	complete_with_flags(x, WF_SYNC);
}

void complete_all(struct completion *x)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&x->wait.lock, flags);
	x->done = DONE_FOR_EVER;
	while (!list_empty(&x->wait.task_list))
		hand_over(x, 0);
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
}

/* ---- waiting ---- */

static bool take_locked(struct completion *x)
{
	if (!x->done)
		return false;
	if (x->done != DONE_FOR_EVER)
		x->done--;
	return true;
}

/* Sleep until the completion is handed over, or no time is left. Locked before and after. */
static __always_inline long sleep_locked(struct completion *x, long (*sleep)(long), long timeout,
					 unsigned int state, bool *done)
{
	struct completion_waiter waiter = { .task = current };

	list_add_tail(&waiter.node, &x->wait.task_list);
	do {
		/* A completer looks at the state after it has got the lock: no barrier is needed. */
		__set_current_state(state);
		raw_spin_unlock_irq(&x->wait.lock);
		timeout = sleep(timeout);
		raw_spin_lock_irq(&x->wait.lock);
	} while (!waiter.done && timeout);
	if (!waiter.done)
		__list_del_entry(&waiter.node);
	*done = waiter.done;
	return timeout;
}

static __always_inline long wait_common(struct completion *x, long (*sleep)(long), long timeout,
					unsigned int state)
{
	bool done;

	might_sleep();
	raw_spin_lock_irq(&x->wait.lock);
	done = take_locked(x);
	if (!done)
		timeout = sleep_locked(x, sleep, timeout, state, &done);
	raw_spin_unlock_irq(&x->wait.lock);
	if (!done)
		return 0;
	return timeout ? timeout : 1;
}

long completion_wait(struct completion *x, long (*sleep)(long timeout), long timeout, unsigned int state)
{
	return wait_common(x, sleep, timeout, state);
}

static __always_inline long sleep_forever(long timeout)
{
	schedule();
	return timeout;
}

static __always_inline long sleep_forever_io(long timeout)
{
	io_schedule();
	return timeout;
}

void wait_for_completion(struct completion *x)
{
	wait_common(x, sleep_forever, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE);
}

void wait_for_completion_io(struct completion *x)
{
	wait_common(x, sleep_forever_io, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE);
}

int wait_for_completion_state(struct completion *x, unsigned int state)
{
	wait_common(x, sleep_forever, MAX_SCHEDULE_TIMEOUT, state);
	return 0;
}

int wait_for_completion_interruptible(struct completion *x)
{
	return wait_for_completion_state(x, TASK_INTERRUPTIBLE);
}

int wait_for_completion_killable(struct completion *x)
{
	return wait_for_completion_state(x, TASK_KILLABLE);
}

bool try_wait_for_completion(struct completion *x)
{
	unsigned long flags;
	bool taken;

	/* Nothing to take: no need to disturb the line. */
	if (!READ_ONCE(x->done))
		return false;
	raw_spin_lock_irqsave(&x->wait.lock, flags);
	taken = take_locked(x);
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
	return taken;
}

bool completion_done(struct completion *x)
{
	unsigned long flags;

	if (!READ_ONCE(x->done))
		return false;
	/* A complete() that is not quite done with the lock would touch freed memory: wait for it. */
	raw_spin_lock_irqsave(&x->wait.lock, flags);
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
	return true;
}
