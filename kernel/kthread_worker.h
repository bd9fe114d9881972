/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between kthread_worker.c and time/kthread_delayed.c. What ends in _locked: worker->lock held, interrupts off.
 */
#ifndef _KERNEL_KTHREAD_WORKER_H
#define _KERNEL_KTHREAD_WORKER_H

#include <linux/kthread.h>

/* The work is queued, or its timer runs, or it is being cancelled. */
bool kthread_work_busy_locked(struct kthread_worker *worker, struct kthread_work *work);
/* Put it into line in front of @before, and wake the thread. It is in no list. */
void kthread_insert_work_locked(struct kthread_worker *worker, struct kthread_work *work,
				struct list_head *before);
/* Take it out of line, after its timer was stopped. Return: whether it was in one. */
bool kthread_unqueue_work_locked(struct kthread_work *work);
/* kthread_cancel_work_sync(), but first @stop_timer_locked, if any, which may drop the lock for a while. */
bool kthread_cancel_with_timer(struct kthread_work *work,
			       void (*stop_timer_locked)(struct kthread_worker *, struct kthread_work *,
							 unsigned long *flags));

#endif
