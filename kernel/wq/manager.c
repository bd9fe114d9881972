// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workers come and go: the manager makes them, a timer culls those that have long been idle.
 *
 * What
 *	A worker that starts to work leaves an idle one behind, which the scheduler's hook can wake
 *	when the function sleeps. Who wakes up and finds that it was the last idle one makes another
 *	first: it is the pool's manager meanwhile. Making a thread may sleep; works that come in
 *	that time are looked at when it is done.
 *
 *		worker 1 (the last idle one), woken	others
 *		pool->manager = me, APART
 *		unlock; make worker 2			queue_work(): nr_running is 0, nobody idle
 *		lock; worker 2 is idle, I am RUNNING
 *		run the worklist, all of it
 *
 * Contexts
 *	create_worker(), manage_pool(): task, may sleep.  The timer: softirq.
 *
 * States
 *	IDLE -> DYING is the timer's move; it takes the worker off the idle list and wakes it. The
 *	worker leaves the pool by itself.
 *
 * Limits
 *	When no worker can be made (no memory, table full) the manager tries again every second, and
 *	goes to work itself as soon as another worker has become idle. Idle ones: WORKERS_KEPT_IDLE,
 *	or a quarter of those at work, stay; others go when they have been idle for wq_idle_timeout,
 *	WORKERS_CULLED_AT_ONCE in a tick.
 *
 * Differs from Linux
 *	No rescuers yet: a pool that cannot make a worker, and whose workers all sleep, waits for
 *	memory.
 *
 * Tests
 *	tests/boot/workqueue_pool_test.c, tests/scenario/workqueue_pool.c
 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/timer.h>

#include "internal.h"

#define CREATE_COOLDOWN		HZ

unsigned long wq_idle_timeout = 300 * HZ;

/* Workers stand in the order of their numbers; a new one gets the lowest that is free. */
static void pool_attach(struct worker_pool *pool, struct worker *worker)
{
	struct worker *next;
	unsigned int number = 0;

	raw_spin_lock_irq(&pool->lock);
	list_for_each_entry(next, &pool->workers, node) {
		if (next->number != number)
			break;
		number++;
	}
	WRITE_ONCE(worker->pool, pool);
	worker->number = number;
	list_add_tail(&worker->node, &next->node);	/* the list's head, if all are taken */
	pool->nr_workers++;
	raw_spin_unlock_irq(&pool->lock);
}

static struct task_struct *worker_task(struct worker_pool *pool, struct worker *worker)
{
	struct task_struct *task;

	if (pool->cpu < 0)
		task = kthread_create(worker_thread, worker, "kworker/u%u:%u", pool->id,
				      worker->number);
	else
		task = kthread_create(worker_thread, worker, "kworker/%d:%u%s", pool->cpu,
				      worker->number, pool->nice < 0 ? "H" : "");
	if (IS_ERR(task))
		return NULL;
	set_user_nice(task, pool->nice);
	return task;
}

/* Its task has not run yet. Lock held. */
static void bind_worker(const struct worker_pool *pool, struct worker *worker)
{
	if (pool->flags & POOL_UNMANAGED)
		return;
	/* In this order, as in kthread_create_on_cpu(). */
	kthread_set_per_cpu(worker->task, pool->cpu);
	kthread_bind(worker->task, (unsigned int)pool->cpu);
}

/**
 * create_worker - make a worker of a pool, idle
 * @pool: any with threads
 *
 * Context: task, may sleep.
 * Return: whether there was memory for it.
 */
bool create_worker(struct worker_pool *pool)
{
	struct task_struct *task;
	struct worker *worker;

	if (FAULT("workqueue.create_worker"))
		return false;
	worker = worker_slot_get();
	if (!worker)
		return false;

	/* In the pool first: it needs its number to get a name. */
	INIT_LIST_HEAD(&worker->scheduled);
	pool_attach(pool, worker);
	task = worker_task(pool, worker);

	/* Whoever looks for workers finds the task when it can be woken. */
	raw_spin_lock_irq(&pool->lock);
	worker->task = task;
	if (!task) {
		list_del(&worker->node);
		pool->nr_workers--;
		raw_spin_unlock_irq(&pool->lock);
		worker_slot_put(worker);
		return false;
	}
	bind_worker(pool, worker);
	worker->state = WORKER_IDLE;
	worker->idle_since = jiffies;
	worker->next_idle = pool->idle;
	pool->idle = worker;
	pool->nr_idle++;
	wake_up_process(worker->task);	/* for the first time: it goes to sleep as idle */
	raw_spin_unlock_irq(&pool->lock);
	return true;
}

/*
 * @worker has been woken and nobody is idle: make another worker before it goes to work. Lock held;
 * dropped meanwhile.
 */
void manage_pool(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;

	if (pool->manager || list_empty(&pool->worklist) || pool->nr_running > 1)
		return;

	pool->manager = worker;
	/* Whoever runs meanwhile must not take us for somebody at work. */
	worker->state = WORKER_APART;
	pool->nr_running--;
	do {
		bool created;

		raw_spin_unlock_irq(&pool->lock);
		created = create_worker(pool);
		if (!created) {
			MARK("workqueue: no worker could be made");
			schedule_timeout_interruptible(CREATE_COOLDOWN);
		}
		raw_spin_lock_irq(&pool->lock);
	} while (!pool->idle && need_worker(pool));
	pool->manager = NULL;
	worker->state = WORKER_RUNNING;
	pool->nr_running++;
}

/* How many may be idle beside those that are at work. Lock held. */
static unsigned int most_idle(const struct worker_pool *pool)
{
	unsigned int nr_busy = pool->nr_workers - pool->nr_idle;

	return WORKERS_KEPT_IDLE + (nr_busy ? (nr_busy - 1) / 4 : 0);
}

void start_cull_timer(struct worker_pool *pool)
{
	if (pool->nr_idle > most_idle(pool) && !timer_pending(&pool->cull_timer))
		mod_timer(&pool->cull_timer, jiffies + wq_idle_timeout);
}

/* Where the pointer to the worker is below which none need stay. Lock held. */
static struct worker **below_those_that_stay(struct worker_pool *pool)
{
	struct worker **link = &pool->idle;
	unsigned int stay;

	for (stay = most_idle(pool); *link && stay; stay--)
		link = &(*link)->next_idle;
	return link;
}

/* Lock held. */
static void cull(struct worker_pool *pool, struct worker **link)
{
	struct worker *worker = *link;

	MARK("workqueue: worker culled");
	*link = worker->next_idle;
	pool->nr_idle--;
	pool->nr_workers--;	/* no worker any more: neither idle nor busy */
	worker->state = WORKER_DYING;
	wake_up_process(worker->task);
}

/* The deeper in the stack, the longer idle: one pass down is enough. */
void cull_timer_fn(struct timer_list *timer)
{
	struct worker_pool *pool = from_timer(pool, timer, cull_timer);
	unsigned int left = WORKERS_CULLED_AT_ONCE;
	unsigned long irqflags, expires = 0;
	struct worker **link, **old;

	raw_spin_lock_irqsave(&pool->lock, irqflags);
	link = below_those_that_stay(pool);
	old = link;
	while (*old && time_before(jiffies, (*old)->idle_since + wq_idle_timeout)) {
		expires = (*old)->idle_since + wq_idle_timeout;
		old = &(*old)->next_idle;
	}
	for (; *old && left; left--)
		cull(pool, old);
	if (*old)
		mod_timer(&pool->cull_timer, jiffies + 1);
	else if (old != link)
		mod_timer(&pool->cull_timer, expires);
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);
}

/* The last thing a worker does. Lock held; dropped. */
void worker_end(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;

	list_del(&worker->node);
	raw_spin_unlock_irq(&pool->lock);
	worker_slot_put(worker);
}
