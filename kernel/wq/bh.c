// SPDX-License-Identifier: GPL-2.0-only
/*
 * Works in softirq context: queues with WQ_BH.
 *
 * What
 *	Each CPU has two pools more, with one worker that is no thread but a tasklet: normal works
 *	run from the TASKLET softirq, those of high priority from HI. Where another pool wakes a
 *	worker, these schedule the tasklet. All else is as in other pools: one data word, flush,
 *	cancel, disable.
 *
 * Contexts
 *	The functions: softirq, interrupts on, must not sleep. They run on the CPU that queued them,
 *	or that queue_work_on() names; if it is not online, here.
 *
 * States of the worker (pool lock)
 *	IDLE -> RUNNING		whoever queues and finds nobody running; schedules the tasklet
 *	RUNNING -> IDLE		the tasklet, when the worklist is empty
 *
 * Limits
 *	BH_WORKS_PER_RUN works, then the tasklet schedules itself again, so that other softirqs get
 *	their turn, and ksoftirqd takes over as for any tasklet.
 *
 * Differs from Linux
 *	There these pools have a place of their own in the softirq's action, before the tasklets;
 *	here they take their turn among them.
 *
 * Tests
 *	tests/boot/workqueue_bh_test.c
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>

#include "internal.h"

#define BH_WORKS_PER_RUN	10

struct bh_pool {
	struct worker_pool pool;
	struct worker *worker;			/* I */
	struct tasklet_struct tasklet;
	struct irq_work remote_kick;		/* for who queues on another CPU */
};

static DEFINE_PER_CPU(struct bh_pool[2], bh_pools);	/* normal, highpri */
static DEFINE_PER_CPU(struct worker *, bh_current);	/* P: whose works this CPU's softirq runs */

static bool is_highpri(const struct bh_pool *bh)
{
	return bh->pool.nice < 0;
}

/* On the pool's CPU. */
static void schedule_here(struct bh_pool *bh)
{
	if (is_highpri(bh))
		tasklet_hi_schedule(&bh->tasklet);
	else
		tasklet_schedule(&bh->tasklet);
}

static void remote_kick_fn(struct irq_work *work)
{
	schedule_here(container_of(work, struct bh_pool, remote_kick));
}

/* There is work, and nobody at it. Lock held. */
static void bh_kick(struct worker_pool *pool)
{
	struct bh_pool *bh = container_of(pool, struct bh_pool, pool);

	bh->worker->state = WORKER_RUNNING;
	pool->nr_running = 1;
	/* A tasklet runs once at a time, wherever: the works of a CPU that is not there run here. */
	if (pool->cpu == (int)raw_smp_processor_id() || !cpu_online((unsigned int)pool->cpu))
		schedule_here(bh);
	else
		irq_work_queue_on(&bh->remote_kick, pool->cpu);
}

static void bh_run(struct tasklet_struct *tasklet)
{
	struct bh_pool *bh = from_tasklet(bh, tasklet, tasklet);
	struct worker_pool *pool = &bh->pool;

	this_cpu_write(bh_current, bh->worker);
	raw_spin_lock_irq(&pool->lock);
	if (run_bh_works(bh->worker, pool, BH_WORKS_PER_RUN)) {
		bh->worker->state = WORKER_IDLE;
		pool->nr_running = 0;
	} else {
		schedule_here(bh);
	}
	raw_spin_unlock_irq(&pool->lock);
	this_cpu_write(bh_current, NULL);
}

struct worker *bh_current_worker(void)
{
	return in_serving_softirq() && !in_hardirq() ? this_cpu_read(bh_current) : NULL;
}

struct worker_pool *bh_pool_for(unsigned int flags, unsigned int cpu)
{
	return &per_cpu(bh_pools, cpu)[!!(flags & WQ_HIGHPRI)].pool;
}

void for_each_bh_pool(void (*fn)(struct worker_pool *pool, void *arg), void *arg)
{
	unsigned int cpu, i;

	for_each_possible_cpu(cpu)
		for (i = 0; i < 2; i++)
			fn(&per_cpu(bh_pools, cpu)[i].pool, arg);
}

static void __init bh_pool_init(struct bh_pool *bh, unsigned int cpu, bool highpri)
{
	struct worker_pool *pool = &bh->pool;

	pool_init(pool, (int)cpu, highpri ? MIN_NICE : 0, POOL_BH);
	pool->kick = bh_kick;
	tasklet_setup(&bh->tasklet, bh_run);
	init_irq_work(&bh->remote_kick, remote_kick_fn);
	bh->worker = worker_slot_get();
	if (!bh->worker)
		panic("workqueue: no memory for the softirq worker of CPU %u", cpu);
	INIT_LIST_HEAD(&bh->worker->scheduled);
	bh->worker->state = WORKER_IDLE;
	bh->worker->pool = pool;
	list_add(&bh->worker->node, &pool->workers);
	pool->nr_workers = 1;
	pool->nr_idle = 0;
}

void __init bh_pools_init(void)
{
	unsigned int cpu, i;

	for_each_possible_cpu(cpu)
		for (i = 0; i < 2; i++)
			bh_pool_init(&per_cpu(bh_pools, cpu)[i], cpu, i);
}
