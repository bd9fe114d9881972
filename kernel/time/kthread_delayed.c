// SPDX-License-Identifier: GPL-2.0-only
/*
 * Delayed works of kthread workers: a timer, then the queue.
 *
 * What
 *	The functions behind <linux/kthread_delayed.h>. While its timer runs a work stands in
 *	worker->delayed_work_list, so it counts as queued; the timer's function moves it over.
 *
 * Contexts
 *	Queueing and modifying: any but NMI. Cancelling: task.
 *
 * Locks
 *	worker->lock. timer_delete_sync() waits for the timer's function, which takes it: so the lock is
 *	dropped around that, with canceling raised, so that nobody queues the work meanwhile.
 *
 * Tests
 *	tests/boot/kthread_test.c: delayed_*
 */
#include <linux/kthread.h>
#include <linux/kernel.h>
#include <linux/timer.h>
#include <linux/jiffies.h>
#include "../kthread_worker.h"

void kthread_delayed_work_timer_fn(struct timer_list *timer)
{
	struct kthread_delayed_work *dwork = timer_container_of(dwork, timer, timer);
	struct kthread_work *work = &dwork->work;
	struct kthread_worker *worker = work->worker;
	unsigned long flags;

	raw_spin_lock_irqsave(&worker->lock, flags);
	/* Being cancelled: left in the list, so that the canceller knows that it waited. */
	if (!work->canceling && kthread_unqueue_work_locked(work))
		kthread_insert_work_locked(worker, work, &worker->work_list);
	raw_spin_unlock_irqrestore(&worker->lock, flags);
}

/* The work is in no list. */
static void queue_delayed_locked(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
				 unsigned long delay)
{
	struct kthread_work *work = &dwork->work;

	if (!delay) {
		kthread_insert_work_locked(worker, work, &worker->work_list);
		return;
	}
	WARN_ON_ONCE(work->worker && work->worker != worker);
	work->worker = worker;
	work->delayed = true;
	list_add(&work->node, &worker->delayed_work_list);
	dwork->timer.expires = jiffies + delay;
	add_timer(&dwork->timer);
}

bool kthread_queue_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
				unsigned long delay)
{
	unsigned long flags;
	bool queued = false;

	raw_spin_lock_irqsave(&worker->lock, flags);
	if (!kthread_work_busy_locked(worker, &dwork->work)) {
		queue_delayed_locked(worker, dwork, delay);
		queued = true;
	}
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return queued;
}

/* Stop the timer for good. Drops the lock for a while. */
static void stop_timer_locked(struct kthread_worker *worker, struct kthread_work *work, unsigned long *flags)
{
	work->canceling++;
	raw_spin_unlock_irqrestore(&worker->lock, *flags);
	timer_delete_sync(&container_of(work, struct kthread_delayed_work, work)->timer);
	raw_spin_lock_irqsave(&worker->lock, *flags);
	work->canceling--;
}

bool kthread_mod_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
			      unsigned long delay)
{
	struct kthread_work *work = &dwork->work;
	unsigned long flags;
	bool was_queued = false;

	raw_spin_lock_irqsave(&worker->lock, flags);
	if (work->worker) {
		stop_timer_locked(worker, work, &flags);
		/* Somebody else cancels or modifies it too: that one decides. */
		if (work->canceling) {
			raw_spin_unlock_irqrestore(&worker->lock, flags);
			return true;
		}
		was_queued = kthread_unqueue_work_locked(work);
	}
	queue_delayed_locked(worker, dwork, delay);
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return was_queued;
}

bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *dwork)
{
	return kthread_cancel_with_timer(&dwork->work, stop_timer_locked);
}
