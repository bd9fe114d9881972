// SPDX-License-Identifier: GPL-2.0-only
/*
 * Worker pools, and the things that never change their kind: workers and pool_workqueues.
 *
 * What
 *	Two pools for each possible CPU, whose workers are bound to it, and two for unbound queues.
 *	What a pool that serves other attributes needs (a mask of CPUs, a nice value) has its place
 *	in struct worker_pool; only pool_for() would have to choose.
 *
 * Contexts
 *	worker_slot_get(), pwq_get(): task, may sleep.  _put(): task.  lock_worker_running(): any
 *	but NMI.
 *
 * Locks
 *	free_lock covers both free lists.
 *
 * Limits
 *	worker_table has 1024 places for each CPU and 1024 for the unbound pools. When it is full no
 *	worker can be made, as when there is no memory: works wait for the workers that exist.
 *
 * Tests
 *	tests/boot/workqueue_pool_test.c
 */
#include <linux/init.h>
#include <linux/slab.h>
#include <linux/timer.h>

#include "internal.h"

#define WORKERS_PER_POOL_PAIR	1024U

DEFINE_PER_CPU(struct worker_pool[2], cpu_pools);
struct worker_pool unbound_pools[2];

/* Number 0: "no worker ran it". */
static struct worker nobody;
struct worker **worker_table;
static unsigned int worker_table_size;

static DEFINE_RAW_SPINLOCK(free_lock);
static unsigned int nr_worker_ids = 1;			/* free_lock: numbers ever given out */
static LIST_HEAD(free_workers);				/* free_lock: by worker->node */
static LIST_HEAD(free_pwqs);				/* free_lock: by pwq->inactive */

static void set_number(struct worker *worker, unsigned int id)
{
	worker->id = id;
	worker->off_queue_data = (unsigned long)id << WORK_OFFQ_WORKER_SHIFT;
	WRITE_ONCE(worker_table[id], worker);
}

void __init worker_slot_set(struct worker *worker)
{
	set_number(worker, nr_worker_ids++);
}

/* A worker structure with a number, all else zero, or NULL. */
struct worker *worker_slot_get(void)
{
	unsigned long irqflags;
	struct worker *worker;
	unsigned int id;

	raw_spin_lock_irqsave(&free_lock, irqflags);	/* at boot interrupts are off */
	worker = list_first_entry_or_null(&free_workers, struct worker, node);
	if (worker)
		list_del(&worker->node);
	id = worker ? worker->id : nr_worker_ids;
	if (!worker && id < worker_table_size)
		nr_worker_ids++;
	raw_spin_unlock_irqrestore(&free_lock, irqflags);

	if (worker)
		return worker;
	if (id >= worker_table_size)
		return NULL;
	worker = kzalloc(sizeof(*worker), GFP_KERNEL);
	if (!worker)
		return NULL;	/* the number is lost; there are enough */
	set_number(worker, id);
	return worker;
}

/* Keep it for the next one. Its current_work is NULL: stale looks at it say "not running". */
void worker_slot_put(struct worker *worker)
{
	raw_spin_lock_irq(&free_lock);
	list_add(&worker->node, &free_workers);
	raw_spin_unlock_irq(&free_lock);
}

static struct pool_workqueue *pwq_reuse(void)
{
	struct pool_workqueue *pwq;
	unsigned long irqflags;

	raw_spin_lock_irqsave(&free_lock, irqflags);	/* as above */
	pwq = list_first_entry_or_null(&free_pwqs, struct pool_workqueue, inactive);
	if (pwq)
		list_del(&pwq->inactive);
	raw_spin_unlock_irqrestore(&free_lock, irqflags);
	return pwq;
}

/* The link between @wq and @pool, without works and without places; or NULL. */
struct pool_workqueue *pwq_get(struct workqueue_struct *wq, struct worker_pool *pool)
{
	struct pool_workqueue *pwq = pwq_reuse();

	BUILD_BUG_ON(__alignof__(struct pool_workqueue) != sizeof(struct pool_workqueue));
	if (!pwq)
		pwq = kzalloc(sizeof(*pwq), GFP_KERNEL);
	if (!pwq)
		return NULL;

	WRITE_ONCE(pwq->pool, pool);
	pwq->wq = wq;
	pwq->queued_data = (unsigned long)pwq | WORK_STRUCT_PENDING | WORK_STRUCT_PWQ;
	pwq->color = 0;
	pwq->places = 0;
	pwq->max_active = 0;
	pwq->closed = false;
	pwq->nr_done = 0;
	pwq->nr_hogs = 0;
	INIT_LIST_HEAD(&pwq->inactive);
	pwq->apart = false;
	return pwq;
}

/* It has no works; pwq->pool stays for stale readers. */
void pwq_put(struct pool_workqueue *pwq)
{
	pwq->wq = NULL;
	raw_spin_lock_irq(&free_lock);
	list_add(&pwq->inactive, &free_pwqs);
	raw_spin_unlock_irq(&free_lock);
}

struct worker *find_worker_running(struct worker_pool *pool, const struct work_struct *work)
{
	struct worker *worker;

	lockdep_assert_held(&pool->lock);
	list_for_each_entry(worker, &pool->workers, node)
		if (worker_runs(worker, work))
			return worker;
	return NULL;
}

struct worker *lock_worker_running(struct work_struct *work, unsigned long data)
{
	struct worker *worker = data_worker(data);
	struct worker_pool *pool;

	/* Pairs with the releases in run_work(): what the function stored is seen after a "no". */
	if (smp_load_acquire(&worker->current_work) != work)
		return NULL;
	pool = READ_ONCE(worker->pool);
	raw_spin_lock(&pool->lock);
	/* Of another pool by now: then it has ended that run, and its life in this pool. */
	if (worker->pool == pool && worker_runs(worker, work))
		return worker;
	MARK("workqueue: run ended before it was looked at");
	raw_spin_unlock(&pool->lock);
	return NULL;
}

struct worker_pool *pool_for(unsigned int flags, unsigned int cpu)
{
	unsigned int highpri = !!(flags & WQ_HIGHPRI);

	if (flags & WQ_BH)
		return bh_pool_for(flags, cpu);
	if (flags & WQ_UNBOUND)
		return &unbound_pools[highpri];
	return &per_cpu(cpu_pools, cpu)[highpri];
}

void for_each_pool(void (*fn)(struct worker_pool *pool, void *arg), void *arg)
{
	unsigned int cpu, i;

	for_each_possible_cpu(cpu)
		for (i = 0; i < 2; i++)
			fn(&per_cpu(cpu_pools, cpu)[i], arg);
	for (i = 0; i < 2; i++)
		fn(&unbound_pools[i], arg);
	for_each_bh_pool(fn, arg);
}

void pool_init(struct worker_pool *pool, int cpu, int nice, unsigned int flags)
{
	static unsigned int next_id;

	raw_spin_lock_init(&pool->lock);
	INIT_LIST_HEAD(&pool->worklist);
	INIT_LIST_HEAD(&pool->workers);
	timer_setup(&pool->cull_timer, cull_timer_fn, 0);
	pool->wake_and_unlock = wake_idle_worker_and_unlock;
	pool->wake_here_and_unlock = wake_idle_worker_and_unlock;
	pool->cpu = cpu;
	pool->nice = nice;
	pool->flags = flags;
	pool->id = next_id++;
}

/* Boot CPU, interrupts off, once. */
void __init pools_init(void)
{
	unsigned int cpu, i;

	worker_table_size = WORKERS_PER_POOL_PAIR * (nr_cpu_ids + 1);
	worker_table = kvcalloc(worker_table_size, sizeof(*worker_table), GFP_NOWAIT);
	if (!worker_table)
		panic("workqueue: no memory for a table of %u workers", worker_table_size);
	worker_table[0] = &nobody;

	for_each_possible_cpu(cpu)
		for (i = 0; i < 2; i++)
			pool_init(&per_cpu(cpu_pools, cpu)[i], (int)cpu, i ? MIN_NICE : 0, 0);
	for (i = 0; i < 2; i++)
		pool_init(&unbound_pools[i], -1, i ? MIN_NICE : 0, POOL_UNMANAGED);
	bh_pools_init();
}
