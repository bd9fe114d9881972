// SPDX-License-Identifier: GPL-2.0-only
/*
 * Taking a work back, and keeping it from being queued.
 *
 * What
 *	All of it begins with grab_work(): win PENDING if the work is idle, stop its timer, or take
 *	it off its queue. From then on the work is the caller's, interrupts off, and nobody can
 *	queue it. Then the data word is put back with PENDING gone: as it was, or with the depth of
 *	disabling changed, which __queue_work() looks at. cancel_work_sync() of a work that is
 *	running disables it while it waits for the end: so no one, not even the function, queues it
 *	behind our back; several cancellers count.
 *
 * Contexts
 *	cancel, disable, enable: any but NMI.  _sync: task, may sleep; works of softirq context: any
 *	but hard IRQ.
 *
 * Ordering
 *	PENDING goes by xchg, a full barrier: a queue_work() that saw it set saw it before our
 *	caller goes on.
 *
 * Limits
 *	grab_work() spins while the work is between hands on another CPU, which takes that CPU a few
 *	instructions with interrupts off. The depth of disabling has WORK_OFFQ_DISABLE_BITS bits.
 *
 * Differs from Linux
 *	The word says whether a timer is armed, so cancel_work() of a delayed work stops it, too; on
 *	Linux it spins until the timer has run.
 *
 * Tests
 *	tests/boot/workqueue_wait_test.c, tests/scenario/workqueue_cancel.c
 */
#include <linux/hardirq.h>
#include <linux/timer.h>
#include <arch/cpu.h>

#include "internal.h"

enum grab { GRAB_IDLE, GRAB_PENDING, GRAB_AGAIN };

/*
 * Off its list, which the lock of @pwq's pool covers. Leaves PENDING, and the word of a work not
 * queued.
 */
static void dequeue_locked(struct pool_workqueue *pwq, struct work_struct *work, unsigned long data)
{
	unsigned long left = WORK_STRUCT_PENDING;
	struct worker *running = NULL;

	lockdep_assert_held(&pwq->pool->lock);
	if (data & WORK_STRUCT_AGAIN)
		running = find_worker_running(pwq->pool, work);
	if (running)
		left |= running->off_queue_data;
	if (data & WORK_STRUCT_WAITED)
		waiters_leave(pwq->pool, work, running);
	list_del_init(&work->entry);
	debug_object_deactivate(work, &work_debug_descr);
	atomic_long_set(&work->data, (long)left);
	pwq_color_put(pwq, data_color(data));
	if (!(data & WORK_STRUCT_INACTIVE))
		pwq_work_left(pwq);
}

/* Interrupts off. */
static bool dequeue(struct work_struct *work, unsigned long data)
{
	struct worker_pool *pool = READ_ONCE(data_pwq(data)->pool);
	bool queued;

	raw_spin_lock(&pool->lock);
	/* It may have begun to run, and more, since @data was read. */
	data = (unsigned long)atomic_long_read(&work->data);
	queued = data & WORK_STRUCT_PWQ && data_pwq(data)->pool == pool;
	if (queued)
		dequeue_locked(data_pwq(data), work, data);
	raw_spin_unlock(&pool->lock);
	return queued;
}

/* Interrupts off. */
static enum grab try_grab(struct work_struct *work)
{
	unsigned long data;

	/* Full barrier, as in queue_work_on(). */
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work)))
		return GRAB_IDLE;
	data = (unsigned long)atomic_long_read(&work->data);
	if (data & WORK_STRUCT_PWQ)
		return dequeue(work, data) ? GRAB_PENDING : GRAB_AGAIN;
	/* Only a delayed work can have this bit. Who stops the timer inherits PENDING from it. */
	if (data & WORK_OFFQ_TIMER && timer_delete(&to_delayed_work(work)->timer))
		return GRAB_PENDING;
	return GRAB_AGAIN;
}

bool grab_work(struct work_struct *work, unsigned long *irqflags)
{
	enum grab grabbed;

	for (;;) {
		local_irq_save(*irqflags);
		grabbed = try_grab(work);
		if (likely(grabbed != GRAB_AGAIN))
			return grabbed == GRAB_PENDING;
		local_irq_restore(*irqflags);
		MARK("workqueue: cancel met a work between hands");
		arch_cpu_relax();
	}
}

void ungrab_work(struct work_struct *work, unsigned long data)
{
	/* Full barrier; pairs with test_and_set_bit() in queue_work_on(). */
	atomic_long_xchg(&work->data, (long)(data & ~(WORK_STRUCT_PENDING | WORK_OFFQ_TIMER)));
}

static unsigned long deeper(struct work_struct *work, unsigned long data)
{
	if (WARN((data & WORK_OFFQ_DISABLE_MASK) == WORK_OFFQ_DISABLE_MASK,
		 "workqueue: %ps is disabled too often", work->func))
		return data;
	return data + WORK_OFFQ_DISABLE_ONE;
}

static bool __cancel_work(struct work_struct *work, bool disable)
{
	unsigned long irqflags, data;
	bool was_pending = grab_work(work, &irqflags);

	data = (unsigned long)atomic_long_read(&work->data);
	ungrab_work(work, disable ? deeper(work, data) : data);
	local_irq_restore(irqflags);
	return was_pending;
}

/* A disabled work is not queued. One that is was enabled once too often: it is taken off. */
static bool __enable_work(struct work_struct *work)
{
	unsigned long irqflags, data;

	grab_work(work, &irqflags);
	data = (unsigned long)atomic_long_read(&work->data);
	if (!WARN(!(data & WORK_OFFQ_DISABLE_MASK),
		  "workqueue: enable of %ps, which is not disabled", work->func))
		data -= WORK_OFFQ_DISABLE_ONE;
	ungrab_work(work, data);
	local_irq_restore(irqflags);
	return !(data & WORK_OFFQ_DISABLE_MASK);
}

/*
 * Grab it; if it runs, disable it, wait, and enable it again unless it is to stay disabled. If it
 * does not run there is nothing to wait for: as long as it is ours nobody can begin a run.
 */
static bool __cancel_work_sync(struct work_struct *work, bool disable)
{
	unsigned long irqflags, data;
	bool was_pending = grab_work(work, &irqflags);
	bool running;

	data = (unsigned long)atomic_long_read(&work->data);
	/* Pairs with the releases in run_work(). */
	running = smp_load_acquire(&data_worker(data)->current_work) == work;
	if (running || disable)
		data = deeper(work, data);
	ungrab_work(work, data);
	local_irq_restore(irqflags);

	if (unlikely(running)) {
		MARK("workqueue: cancel waits for the end of a run");
		if (wq_online)
			wait_until_not_running(work);
		if (!disable)
			__enable_work(work);
	}
	return was_pending;
}

bool cancel_work(struct work_struct *work)
{
	return __cancel_work(work, false);
}

bool cancel_delayed_work(struct delayed_work *dwork)
{
	return __cancel_work(&dwork->work, false);
}

bool cancel_work_sync(struct work_struct *work)
{
	return __cancel_work_sync(work, false);
}

bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	return __cancel_work_sync(&dwork->work, false);
}

bool disable_work(struct work_struct *work)
{
	return __cancel_work(work, true);
}

bool disable_delayed_work(struct delayed_work *dwork)
{
	return __cancel_work(&dwork->work, true);
}

bool disable_work_sync(struct work_struct *work)
{
	return __cancel_work_sync(work, true);
}

bool disable_delayed_work_sync(struct delayed_work *dwork)
{
	return __cancel_work_sync(&dwork->work, true);
}

bool enable_work(struct work_struct *work)
{
	return __enable_work(work);
}

bool enable_delayed_work(struct delayed_work *dwork)
{
	return __enable_work(&dwork->work);
}
