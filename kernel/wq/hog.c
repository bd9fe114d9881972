// SPDX-License-Identifier: GPL-2.0-only
/*
 * Works that keep their CPU for long: they no longer hold up the others of their pool.
 *
 * What
 *	The tick counts how often it finds a worker with the same work. At wq_hog_ticks the worker
 *	is set APART, as if its queue were WQ_CPU_INTENSIVE, until the function is back, and the
 *	next works run beside it. Functions that do it again and again are named.
 *
 * Contexts
 *	Hard IRQ, on the CPU of the worker that was interrupted.
 *
 * Differs from Linux
 *	Time is counted in ticks, also those in which interrupts took most of it.
 *
 * Tests
 *	tests/boot/workqueue_pool_test.c
 */
#include <linux/jiffies.h>
#include <linux/log2.h>
#include <linux/printk.h>

#include "internal.h"

/* 10 ms, and one for the tick in which the function began. */
unsigned int wq_hog_ticks = DIV_ROUND_UP(HZ, 100) + 1;
/* The first report comes with this one, then with twice as many, and so on. */
#define HOG_REPORT_FROM	4UL

void worker_tick(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);
	struct worker_pool *pool = worker->pool;
	struct pool_workqueue *pwq;
	unsigned long irqflags, hogs;

	if (worker->state != WORKER_RUNNING || !READ_ONCE(worker->current_work))
		return;
	if (++worker->ticks != READ_ONCE(wq_hog_ticks))
		return;

	raw_spin_lock_irqsave(&pool->lock, irqflags);
	pwq = worker_pwq(worker);
	hogs = ++pwq->nr_hogs;
	worker_leave_apart(worker);
	kick_pool(pool);
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);

	MARK("workqueue: hog set apart");
	if (hogs >= HOG_REPORT_FROM && is_power_of_2(hogs))
		pr_warn("workqueue: %ps of %s took its CPU for long %lu times: consider WQ_UNBOUND\n",
			worker->current_func, pwq->wq->name, hogs);
}
