// SPDX-License-Identifier: GPL-2.0-only
/*
 * kthread workers: a thread that runs functions from a queue, one after the other.
 *
 * What
 *	A simple relative of workqueues for those who need a thread of their own, with their own priority.
 *	Works of one worker never run at the same time. A work may be queued again from its own function.
 *
 * Contexts
 *	Queueing: any but NMI. Flushing, cancelling, destroying: task, not from a work of the same worker.
 *
 * States of a work		in a list	worker->current_work
 *	idle			no		another
 *	delayed			delayed_work_list another; until its timer is over
 *	queued			work_list	another
 *	running			no		it; only the address counts, its function may have freed it
 *	running, queued again	work_list	it
 *	canceling > 0 (any)	queueing is refused
 *
 * Locks
 *	worker->lock (raw, interrupts off). work->worker only changes while the work is in no list.
 *
 * Tests
 *	tests/boot/kthread_test.c: worker_*
 */
#include <linux/kthread.h>
#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include "kthread_worker.h"

void __kthread_init_worker(struct kthread_worker *worker)
{
	memset(worker, 0, sizeof(*worker));
	INIT_LIST_HEAD(&worker->work_list);
	INIT_LIST_HEAD(&worker->delayed_work_list);
}

/* ---- the thread ---- */

static struct kthread_work *next_work(struct kthread_worker *worker)
{
	struct kthread_work *work;

	raw_spin_lock_irq(&worker->lock);
	work = list_first_entry_or_null(&worker->work_list, struct kthread_work, node);
	if (work)
		list_del_init(&work->node);
	worker->current_work = work;
	raw_spin_unlock_irq(&worker->lock);
	return work;
}

static int leave_worker(struct kthread_worker *worker)
{
	__set_current_state(TASK_RUNNING);
	raw_spin_lock_irq(&worker->lock);
	worker->task = NULL;
	raw_spin_unlock_irq(&worker->lock);
	return 0;
}

int kthread_worker_fn(void *data)
{
	struct kthread_worker *worker = data;
	struct kthread_work *work;

	WARN_ON(worker->task && worker->task != current);
	worker->task = current;

	for (;;) {
		/* Before the queue is looked at; pairs with the lock, then the wake-up, in insert. */
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			return leave_worker(worker);
		work = next_work(worker);
		if (work) {
			__set_current_state(TASK_RUNNING);
			work->func(work);
		} else {
			schedule();
		}
		cond_resched();
	}
}

/* ---- queueing ---- */

bool kthread_work_busy_locked(struct kthread_worker *worker, struct kthread_work *work)
{
	lockdep_assert_held(&worker->lock);
	return !list_empty(&work->node) || work->canceling;
}

void kthread_insert_work_locked(struct kthread_worker *worker, struct kthread_work *work,
				struct list_head *before)
{
	lockdep_assert_held(&worker->lock);
	WARN_ON_ONCE(work->worker && work->worker != worker);
	list_add_tail(&work->node, before);
	work->worker = worker;
	if (!worker->current_work && worker->task)
		wake_up_process(worker->task);
}

bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work)
{
	unsigned long flags;
	bool queued = false;

	raw_spin_lock_irqsave(&worker->lock, flags);
	if (!kthread_work_busy_locked(worker, work)) {
		kthread_insert_work_locked(worker, work, &worker->work_list);
		queued = true;
	}
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return queued;
}

/* ---- waiting for works ---- */

struct flush_work {
	struct kthread_work work;
	struct completion done;
};

static void flush_fn(struct kthread_work *work)
{
	complete(&container_of(work, struct flush_work, work)->done);
}

static void init_flush(struct flush_work *flush)
{
	kthread_init_work(&flush->work, flush_fn);
	init_completion(&flush->done);
}

/* A marker right behind @work: done when that is. One whose timer runs is not waited for. */
void kthread_flush_work(struct kthread_work *work)
{
	struct kthread_worker *worker = READ_ONCE(work->worker);
	struct flush_work flush;
	bool wait = true;

	might_sleep();
	if (!worker)
		return;
	init_flush(&flush);
	raw_spin_lock_irq(&worker->lock);
	if (!list_empty(&work->node) && !work->delayed)
		kthread_insert_work_locked(worker, &flush.work, work->node.next);
	else if (worker->current_work == work)
		kthread_insert_work_locked(worker, &flush.work, worker->work_list.next);
	else
		wait = false;
	raw_spin_unlock_irq(&worker->lock);
	if (wait)
		wait_for_completion(&flush.done);
}

void kthread_flush_worker(struct kthread_worker *worker)
{
	struct flush_work flush;

	might_sleep();
	init_flush(&flush);
	kthread_queue_work(worker, &flush.work);
	wait_for_completion(&flush.done);
}

bool kthread_unqueue_work_locked(struct kthread_work *work)
{
	if (list_empty(&work->node))
		return false;
	list_del_init(&work->node);
	work->delayed = false;
	return true;
}

/* If it runs right now wait for the end of that, and refuse new queueing meanwhile. */
static void unlock_and_wait_for_run(struct kthread_worker *worker, struct kthread_work *work, unsigned long flags)
{
	bool running = worker->current_work == work;

	lockdep_assert_held(&worker->lock);
	work->canceling++;
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	if (running)
		kthread_flush_work(work);
	raw_spin_lock_irqsave(&worker->lock, flags);
	work->canceling--;
	raw_spin_unlock_irqrestore(&worker->lock, flags);
}

bool kthread_cancel_with_timer(struct kthread_work *work,
			       void (*stop_timer_locked)(struct kthread_worker *, struct kthread_work *,
							 unsigned long *flags))
{
	struct kthread_worker *worker = READ_ONCE(work->worker);
	unsigned long flags;
	bool was_queued;

	might_sleep();
	if (!worker)
		return false;
	raw_spin_lock_irqsave(&worker->lock, flags);
	WARN_ON_ONCE(work->worker != worker);
	if (stop_timer_locked)
		stop_timer_locked(worker, work, &flags);
	was_queued = kthread_unqueue_work_locked(work);
	unlock_and_wait_for_run(worker, work, flags);
	return was_queued;
}

bool kthread_cancel_work_sync(struct kthread_work *work)
{
	return kthread_cancel_with_timer(work, NULL);
}

/* ---- workers with a thread ---- */

static __printf(3, 0) struct kthread_worker *create_worker(int cpu, unsigned int flags,
							    const char namefmt[], va_list args)
{
	struct kthread_worker *worker = kzalloc(sizeof(*worker), GFP_KERNEL);
	char name[TASK_COMM_LEN];
	struct task_struct *task;

	if (!worker)
		return ERR_PTR(-ENOMEM);
	kthread_init_worker(worker);
	worker->flags = flags;
	vsnprintf(name, sizeof(name), namefmt, args);
	task = kthread_create(kthread_worker_fn, worker, "%s", name);
	if (IS_ERR(task)) {
		kfree(worker);
		return ERR_CAST(task);
	}
	if (cpu >= 0)
		kthread_bind(task, (unsigned int)cpu);
	worker->task = task;
	wake_up_process(task);
	return worker;
}

struct kthread_worker *kthread_create_worker(unsigned int flags, const char namefmt[], ...)
{
	struct kthread_worker *worker;
	va_list args;

	va_start(args, namefmt);
	worker = create_worker(-1, flags, namefmt, args);
	va_end(args);
	return worker;
}

struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags, const char namefmt[], ...)
{
	struct kthread_worker *worker;
	va_list args;

	va_start(args, namefmt);
	worker = create_worker(cpu, flags, namefmt, args);
	va_end(args);
	return worker;
}

void kthread_destroy_worker(struct kthread_worker *worker)
{
	struct task_struct *task = worker->task;

	if (WARN_ON(!task))
		return;
	kthread_flush_worker(worker);
	kthread_stop(task);
	WARN_ON(!list_empty(&worker->delayed_work_list));
	WARN_ON(!list_empty(&worker->work_list));
	kfree(worker);
}
