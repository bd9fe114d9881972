// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting: for one work, for all works of a queue, until a queue is empty.
 *
 * What
 *	One work. Who waits hangs a struct work_waiter on the pool, and marks the work WAITED. The
 *	worker that takes the work moves the waiter to itself, and completes it when the function is
 *	back. If the work runs already the waiter goes to the worker at once. A canceller that takes
 *	the work off the list takes care of its waiters. So one waits for one certain run, not for
 *	those that come later.
 *
 *	A queue. Works have a colour, that of the queue at the time they were queued; each pwq
 *	counts its works in flight by colour. A flush gives the queue the next colour, and waits
 *	until no pwq has works of the old one, or of older ones that are being flushed. Flushes have
 *	consecutive numbers; number modulo WORK_NR_COLORS is the colour:
 *
 *		flush_first		flush_next
 *		    |			    |
 *		    5	   6	   7	    8	<- the colour of works queued now (8 % 8 = 0)
 *		    `------------------'
 *		 flushes that are not over; flush_left[] says how many pwqs each still waits for
 *
 *	A flush is over when its flush_left is 0 and those before it are over.
 *
 * Contexts
 *	Task, may sleep. The functions that workers call: lock of the pool held.
 *
 * Locks
 *	wq->mutex: one flush begins at a time. flush_lock, inside pool->lock: the numbers.
 *
 * Ordering
 *	flush_work() that finds a work idle takes no lock. It reads the data word, then the worker's
 *	current_work, each as an acquire. The worker stores current_work, then the word (xchg): who
 *	sees PENDING gone sees the run. After the run it stores current_work as a release: who sees
 *	the end sees what the function did.
 *
 * Limits
 *	WORK_NR_COLORS - 1 flushes of a queue at once; the next one starts when the oldest is over,
 *	and so waits for works that were queued meanwhile, too.
 *
 * Differs from Linux
 *	There waiting for a work inserts a work behind it. Waiting for the own work, or for the own
 *	queue, blocks for ever there; here it is reported and does not wait. A flush_work() while
 *	another CPU is in the middle of queueing the work waits for that run; Linux may miss it.
 *
 * Tests
 *	tests/boot/workqueue_wait_test.c, tests/scenario/workqueue_flush.c
 */
#include <linux/printk.h>
#include <arch/cpu.h>

#include "internal.h"

/* ---- one work ---- */

static void waiter_push(struct work_waiter **list, struct work_waiter *waiter)
{
	waiter->next = *list;
	*list = waiter;
}

/* Take the waiters for @work out of @pool's list. Lock held. */
static struct work_waiter *waiters_take(struct worker_pool *pool, const struct work_struct *work)
{
	struct work_waiter **link = &pool->waiters;
	struct work_waiter *taken = NULL;

	lockdep_assert_held(&pool->lock);
	while (*link) {
		struct work_waiter *waiter = *link;

		if (waiter->work != work) {
			link = &waiter->next;
			continue;
		}
		*link = waiter->next;
		waiter_push(&taken, waiter);
	}
	return taken;
}

/* Waiters are on other tasks' stacks: each is gone once it is completed. */
static void waiters_complete(struct work_waiter *list)
{
	while (list) {
		struct work_waiter *next = list->next;

		complete(&list->done);
		list = next;
	}
}

static void waiters_move(struct worker *worker, struct work_waiter *list)
{
	while (list) {
		struct work_waiter *next = list->next;

		waiter_push(&worker->waiters, list);
		list = next;
	}
}

void waiters_follow(struct worker *worker, const struct work_struct *work)
{
	waiters_move(worker, waiters_take(worker->pool, work));
}

void waiters_leave(struct worker_pool *pool, const struct work_struct *work, struct worker *running)
{
	struct work_waiter *list = waiters_take(pool, work);

	MARK("workqueue: cancelled while somebody waits for it");
	if (running)
		waiters_move(running, list);
	else
		waiters_complete(list);
}

void waiters_release(struct worker *worker)
{
	struct work_waiter *list = worker->waiters;

	worker->waiters = NULL;
	waiters_complete(list);
}

/* Wait for the work in the queue that @data names. False: it is not there any more. */
static bool wait_queued(struct work_struct *work, unsigned long data, struct work_waiter *waiter,
			struct worker_pool **poolp)
{
	struct worker_pool *pool = READ_ONCE(data_pwq(data)->pool);

	raw_spin_lock_irq(&pool->lock);
	/* A pwq keeps its kind, but may be another queue's by now: look again. */
	data = (unsigned long)atomic_long_read(&work->data);
	if (!(data & WORK_STRUCT_PWQ) || data_pwq(data)->pool != pool) {
		raw_spin_unlock_irq(&pool->lock);
		return false;
	}
	atomic_long_or(WORK_STRUCT_WAITED, &work->data);
	waiter_push(&pool->waiters, waiter);
	raw_spin_unlock_irq(&pool->lock);
	*poolp = pool;
	return true;
}

/* Wait for the run, if there is one, of the worker that @data names. False: it does not run. */
static bool wait_running(struct work_struct *work, unsigned long data, struct work_waiter *waiter,
			 struct worker_pool **poolp)
{
	struct worker *worker;
	unsigned long irqflags;

	local_irq_save(irqflags);
	worker = lock_worker_running(work, data);
	if (!worker) {
		local_irq_restore(irqflags);
		return false;
	}
	waiter_push(&worker->waiters, waiter);
	*poolp = worker->pool;
	raw_spin_unlock_irqrestore(&worker->pool->lock, irqflags);
	return true;
}

/* Hang @waiter on the run that is queued, or else the one that goes on. NULL: the work is idle. */
static struct worker_pool *start_waiting(struct work_struct *work, struct work_waiter *waiter)
{
	struct worker_pool *pool;

	waiter->work = work;
	init_completion(&waiter->done);
	for (;;) {
		/* Acquire; pairs with the xchg in run_work(). */
		unsigned long data = (unsigned long)atomic_long_read_acquire(&work->data);

		if (data & WORK_STRUCT_PWQ) {
			if (wait_queued(work, data, waiter, &pool))
				return pool;
		} else if (data & WORK_STRUCT_PENDING && !(data & WORK_OFFQ_TIMER)) {
			MARK("workqueue: flush met a work between hands");
			arch_cpu_relax();
		} else {
			return wait_running(work, data, waiter, &pool) ? pool : NULL;
		}
	}
}

/* Nobody can wait for the end of what he is in. */
static bool __cold own_work(struct work_struct *work, const char *what)
{
	struct worker *worker = current_worker();

	return WARN(worker && worker->current_work == work,
		    "workqueue: %s of %ps from its own function", what, work->func);
}

static noinline bool flush_busy_work(struct work_struct *work)
{
	struct work_waiter waiter;

	if (WARN_ON(!wq_online) || own_work(work, "flush"))
		return false;
	if (!start_waiting(work, &waiter))
		return false;
	wait_for_completion(&waiter.done);
	return true;
}

bool flush_work(struct work_struct *work)
{
	unsigned long data;

	might_sleep();
	/* Acquire; pairs with the xchg in run_work(), the second with the releases there. */
	data = (unsigned long)atomic_long_read_acquire(&work->data);
	if (!(data & WORK_STRUCT_PENDING) &&
	    smp_load_acquire(&data_worker(data)->current_work) != work)
		return false;
	return flush_busy_work(work);
}

void wait_until_not_running(struct work_struct *work)
{
	struct work_waiter waiter;
	struct worker_pool *pool;

	if (own_work(work, "cancel"))
		return;
	pool = start_waiting(work, &waiter);
	if (!pool)
		return;
	/* Works in softirq context end soon, and whoever cancels one need not be able to sleep. */
	if (pool->flags & POOL_BH)
		while (!try_wait_for_completion(&waiter.done))
			arch_cpu_relax();
	else
		wait_for_completion(&waiter.done);
}

/* ---- all works of a queue ---- */

static unsigned int flush_color(unsigned long number)
{
	return number % WORK_NR_COLORS;
}

/* Flushes that are over, oldest first. flush_lock held. */
static void retire_flushes(struct workqueue_struct *wq)
{
	unsigned long first = wq->flush_first;

	lockdep_assert_held(&wq->flush_lock);
	while (first != wq->flush_next && !wq->flush_left[flush_color(first)])
		first++;
	if (first == wq->flush_first)
		return;
	/* Pairs with smp_load_acquire() in flush_over(). */
	smp_store_release(&wq->flush_first, first);
	wake_up_all(&wq->flush_wait);
}

static void flush_left_put(struct workqueue_struct *wq, unsigned int color)
{
	unsigned long irqflags;

	raw_spin_lock_irqsave(&wq->flush_lock, irqflags);
	if (!--wq->flush_left[color])
		retire_flushes(wq);
	raw_spin_unlock_irqrestore(&wq->flush_lock, irqflags);
}

void pwq_color_done(struct pool_workqueue *pwq, unsigned int color)
{
	lockdep_assert_held(&pwq->pool->lock);
	if (!(pwq->flush_mask & BIT(color)))
		return;
	pwq->flush_mask &= ~(unsigned int)BIT(color);
	flush_left_put(pwq->wq, color);
}

/* Is flush @number over? Numbers are compared by distance: they may wrap. */
static bool flush_over(struct workqueue_struct *wq, unsigned long number)
{
	/* Pairs with smp_store_release() in retire_flushes(). */
	return (long)(smp_load_acquire(&wq->flush_first) - number) > 0;
}

/* From now on works queued through @pwq have colour @next; wait for those of @color. */
static void pwq_turn_color(struct pool_workqueue *pwq, unsigned int color, unsigned int next)
{
	raw_spin_lock_irq(&pwq->pool->lock);
	pwq->color = next;
	pwq->queued_data &= ~((WORK_NR_COLORS - 1UL) << WORK_STRUCT_COLOR_SHIFT);
	pwq->queued_data |= (unsigned long)next << WORK_STRUCT_COLOR_SHIFT;
	if (pwq->nr_in_flight[color]) {
		pwq->flush_mask |= BIT(color);
		raw_spin_lock(&pwq->wq->flush_lock);
		pwq->wq->flush_left[color]++;
		raw_spin_unlock(&pwq->wq->flush_lock);
	}
	raw_spin_unlock_irq(&pwq->pool->lock);
}

/* Begin a flush; returns its number. */
static unsigned long start_flush(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;
	unsigned long number;
	unsigned int color, next, cpu;

	mutex_lock(&wq->mutex);
	/* The next colour must be free, too: it is the one that works get from now on. */
	number = wq->flush_next;
	wait_event(wq->flush_wait, flush_over(wq, number + 1 - WORK_NR_COLORS));

	color = flush_color(number);
	next = flush_color(number + 1);
	raw_spin_lock_irq(&wq->flush_lock);
	wq->flush_left[color] = 1;	/* us, until all pwqs have been asked */
	wq->flush_next = number + 1;
	raw_spin_unlock_irq(&wq->flush_lock);
	for_each_pwq(pwq, wq, cpu)
		pwq_turn_color(pwq, color, next);
	flush_left_put(wq, color);
	mutex_unlock(&wq->mutex);
	return number;
}

bool __cold own_queue(struct workqueue_struct *wq, const char *what)
{
	struct worker *worker = current_worker();

	return WARN(worker && worker_pwq(worker)->wq == wq,
		    "workqueue: %s of %s from its own work %ps", what, wq->name,
		    worker->current_func);
}

void __flush_workqueue(struct workqueue_struct *wq)
{
	unsigned long number;

	might_sleep();
	if (WARN_ON(!wq_online) || own_queue(wq, "flush"))
		return;
	number = start_flush(wq);
	wait_event(wq->flush_wait, flush_over(wq, number));
}

/* ---- until a queue is empty ---- */

static void set_closed(struct workqueue_struct *wq, bool closed)
{
	struct pool_workqueue *pwq;
	unsigned int cpu;

	lockdep_assert_held(&wq->mutex);
	for_each_pwq(pwq, wq, cpu) {
		raw_spin_lock_irq(&pwq->pool->lock);
		pwq_set_closed(pwq, closed);
		raw_spin_unlock_irq(&pwq->pool->lock);
	}
}

static bool wq_is_empty(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;
	unsigned int cpu, color;
	bool empty = true;

	for_each_pwq(pwq, wq, cpu) {
		raw_spin_lock_irq(&pwq->pool->lock);
		for (color = 0; color < WORK_NR_COLORS; color++)
			empty = empty && !pwq->nr_in_flight[color];
		raw_spin_unlock_irq(&pwq->pool->lock);
	}
	return empty;
}

void drain_workqueue(struct workqueue_struct *wq)
{
	unsigned int turns = 0;

	if (own_queue(wq, "drain"))
		return;
	mutex_lock(&wq->mutex);
	if (!wq->nr_drainers++) {
		WRITE_ONCE(wq->flags, wq->flags | __WQ_DRAINING);
		set_closed(wq, true);
	}
	mutex_unlock(&wq->mutex);

	/* Works may queue works: each turn waits for one link of such a chain. */
	do {
		__flush_workqueue(wq);
		if (++turns == 10 || turns % 100 == 0)
			pr_warn("workqueue: %s is not empty after %u flushes\n", wq->name, turns);
	} while (!wq_is_empty(wq));

	mutex_lock(&wq->mutex);
	if (!--wq->nr_drainers) {
		WRITE_ONCE(wq->flags, wq->flags & ~__WQ_DRAINING);
		set_closed(wq, wq->flags & __WQ_DESTROYING);
	}
	mutex_unlock(&wq->mutex);
}
