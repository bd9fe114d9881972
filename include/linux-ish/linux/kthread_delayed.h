/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Works of a kthread_worker that wait for a time first. Included by <linux/kthread.h>; the code is in
 * kernel/time/kthread_delayed.c, since it needs timers.
 */
#ifndef _LINUX_KTHREAD_DELAYED_H
#define _LINUX_KTHREAD_DELAYED_H

#include <linux/kthread.h>
#include <linux/timer.h>

struct kthread_delayed_work {
	struct kthread_work work;
	struct timer_list timer;
};

#define KTHREAD_DELAYED_WORK_INIT(dwork, fn) {				\
	.work = KTHREAD_WORK_INIT((dwork).work, (fn)),			\
	.timer = __TIMER_INITIALIZER(kthread_delayed_work_timer_fn, TIMER_IRQSAFE), }
#define DEFINE_KTHREAD_DELAYED_WORK(dwork, fn) \
	struct kthread_delayed_work dwork = KTHREAD_DELAYED_WORK_INIT(dwork, fn)
#define kthread_init_delayed_work(dwork, fn) do {			\
	kthread_init_work(&(dwork)->work, (fn));			\
	timer_setup(&(dwork)->timer, kthread_delayed_work_timer_fn, TIMER_IRQSAFE); \
} while (0)

/**
 * kthread_queue_delayed_work - have a work done after a delay
 * @worker: who does it
 * @dwork: the work
 * @delay: jiffies; 0: at once
 *
 * Context: any but NMI. Return: false if it waited or was queued already; then nothing changes.
 */
bool kthread_queue_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
				unsigned long delay);
/**
 * kthread_mod_delayed_work - the same, or change the delay of one that waits or is queued
 *
 * Context: any but NMI. Return: whether it waited or was queued before.
 */
bool kthread_mod_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
			      unsigned long delay);
/**
 * kthread_cancel_delayed_work_sync - stop its timer, take it off the queue, wait for a run under way
 *
 * Context: task, may sleep. Return: whether it waited or was queued.
 */
bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *dwork);

#endif
