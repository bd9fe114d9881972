// SPDX-License-Identifier: GPL-2.0-only
/*
 * Works in softirq context: queues with WQ_BH.
 *
 * What
 *	Each CPU has two pools more, with one worker that is no thread but the softirq itself: works of
 *	normal priority run in the action of TASKLET, before the tasklets, those of high priority in that
 *	of HI. Where another pool wakes a worker, these raise the softirq. All else is as in other pools:
 *	one data word, flush, cancel, disable.
 *
 * Contexts
 *	The functions: softirq, interrupts on, must not sleep. They run on the CPU that queued them,
 *	or that queue_work_on() names; if it is not online, here.
 *
 * States of pool->nr_running (pool lock)
 *	0 -> 1		whoever queues, and so tells one place to run the works, and only one:
 *			this CPU's softirq		<bottomhalf/softirq_works.h>
 *			that of the pool's CPU		by an irq_work there
 *			a tasklet here			its CPU is not online, or goes before it runs
 *							them
 *	1 -> 0		who was told, when the worklist is empty
 *	So the worker runs once at a time, wherever that is.
 *
 * Limits
 *	BH_WORKS_PER_RUN works in a pass, then the softirq is raised again, so that the others get their turn, and
 *	ksoftirqd takes over as for tasklets.
 *
 * Differs from Linux
 *	There the works of a CPU that goes are run by a work of another CPU's pool, here by a tasklet.
 *
 * Tests
 *	tests/boot/workqueue_bh_test.c, tests/conformance/workqueue_bh.c
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <bottomhalf/softirq_works.h>

#include "internal.h"

static DEFINE_PER_CPU(struct bh_pool, bh_pool_normal);
static DEFINE_PER_CPU(struct bh_pool, bh_pool_hi);
/* Of a CPU that is not online: this CPU runs its works. P */
static DEFINE_PER_CPU(struct worker *, bh_elsewhere);

static struct bh_pool *bh_of(struct worker_pool *pool)
{
	return container_of(pool, struct bh_pool, pool);
}

static bool is_highpri(const struct bh_pool *bh)
{
	return bh->pool.nice < 0;
}

/* On the pool's CPU, interrupts off. @hi: constant. */
static __always_inline void tell_softirq(struct bh_pool *bh, const bool hi)
{
	if (hi)
		this_cpu_write(softirq_works_hi, bh);
	else
		this_cpu_write(softirq_works, bh);
	__raise_softirq_irqoff(hi ? HI_SOFTIRQ : TASKLET_SOFTIRQ);
}

static void kick_here(struct bh_pool *bh)
{
	if (is_highpri(bh))
		tell_softirq(bh, true);
	else
		tell_softirq(bh, false);
	if (!in_interrupt())
		wakeup_softirqd();
}

/* The pool's CPU is not there: a tasklet runs the works, here. Lock held. */
static void kick_elsewhere(struct bh_pool *bh)
{
	MARK("workqueue: works of a CPU that is not there");
	bh->is_elsewhere = true;
	if (is_highpri(bh))
		tasklet_hi_schedule(&bh->elsewhere);
	else
		tasklet_schedule(&bh->elsewhere);
}

/* Who was told went away before it did anything. Interrupts off, and not on the pool's CPU. */
static void take_over(struct bh_pool *bh)
{
	raw_spin_lock(&bh->pool.lock);
	if (bh->pool.nr_running && !bh->is_elsewhere)
		kick_elsewhere(bh);
	raw_spin_unlock(&bh->pool.lock);
}

static void remote_kick_fn(struct irq_work *work)
{
	struct bh_pool *bh = container_of(work, struct bh_pool, remote_kick);

	/* An irq_work of a CPU that has gone runs on another one. */
	if (likely(bh->pool.cpu == (int)raw_smp_processor_id()))
		kick_here(bh);
	else
		take_over(bh);
}

void bh_kick(struct worker_pool *pool)
{
	struct bh_pool *bh = bh_of(pool);

	lockdep_assert_held(&pool->lock);
	pool->nr_running = 1;
	if (pool->cpu == (int)raw_smp_processor_id())
		kick_here(bh);
	else if (cpu_online((unsigned int)pool->cpu))
		irq_work_queue_on(&bh->remote_kick, pool->cpu);
	else
		kick_elsewhere(bh);
}

static noinline bool kick_and_unlock(struct worker_pool *pool, unsigned long irqflags)
{
	bh_kick(pool);
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);
	return true;
}

/* On the pool's CPU. If bottom halves are off somebody looks at what is pending, on his way out. @hi: constant. */
static __always_inline bool kick_here_and_unlock(struct worker_pool *pool, unsigned long irqflags,
						 const bool hi)
{
	if (unlikely(!in_interrupt()))
		return kick_and_unlock(pool, irqflags);
	pool->nr_running = 1;
	tell_softirq(bh_of(pool), hi);
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);
	return true;
}

static bool kick_normal_here(struct worker_pool *pool, unsigned long irqflags)
{
	return kick_here_and_unlock(pool, irqflags, false);
}

static bool kick_hi_here(struct worker_pool *pool, unsigned long irqflags)
{
	return kick_here_and_unlock(pool, irqflags, true);
}

void bh_go_on_later(struct bh_pool *bh)
{
	if (bh->is_elsewhere)
		kick_elsewhere(bh);
	else
		kick_here(bh);
}

static void elsewhere_fn(struct tasklet_struct *tasklet)
{
	struct bh_pool *bh = from_tasklet(bh, tasklet, elsewhere);

	this_cpu_write(bh_elsewhere, &bh->worker);
	workqueue_softirq_action(bh);
	this_cpu_write(bh_elsewhere, NULL);
}

/* Whether the softirq of the pool's CPU, which is this one, calls a function of @bh just now. */
static bool runs_here(const struct bh_pool *bh)
{
	return READ_ONCE(bh->worker.current_work) && !READ_ONCE(bh->is_elsewhere);
}

struct worker *bh_current_worker(void)
{
	struct bh_pool *hi = raw_cpu_ptr(&bh_pool_hi), *normal = raw_cpu_ptr(&bh_pool_normal);

	if (!in_serving_softirq() || in_hardirq())
		return NULL;
	if (this_cpu_read(bh_elsewhere))
		return this_cpu_read(bh_elsewhere);
	if (runs_here(hi))
		return &hi->worker;
	return runs_here(normal) ? &normal->worker : NULL;
}

struct worker_pool *bh_pool_for(unsigned int flags, unsigned int cpu)
{
	return flags & WQ_HIGHPRI ? &per_cpu(bh_pool_hi, cpu).pool : &per_cpu(bh_pool_normal, cpu).pool;
}

void for_each_bh_pool(void (*fn)(struct worker_pool *pool, void *arg), void *arg)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		fn(&per_cpu(bh_pool_normal, cpu).pool, arg);
		fn(&per_cpu(bh_pool_hi, cpu).pool, arg);
	}
}

/* @cpu is dead. */
int bh_dead_cpu(unsigned int cpu)
{
	unsigned long irqflags;

	local_irq_save(irqflags);
	per_cpu(softirq_works, cpu) = NULL;
	per_cpu(softirq_works_hi, cpu) = NULL;
	take_over(&per_cpu(bh_pool_normal, cpu));
	take_over(&per_cpu(bh_pool_hi, cpu));
	local_irq_restore(irqflags);
	return 0;
}

static void __init bh_pool_init(struct bh_pool *bh, unsigned int cpu, bool highpri)
{
	struct worker_pool *pool = &bh->pool;

	pool_init(pool, (int)cpu, highpri ? MIN_NICE : 0, POOL_BH);
	pool->wake_and_unlock = kick_and_unlock;
	pool->wake_here_and_unlock = highpri ? kick_hi_here : kick_normal_here;
	tasklet_setup(&bh->elsewhere, elsewhere_fn);
	init_irq_work(&bh->remote_kick, remote_kick_fn);
	worker_slot_set(&bh->worker);
	INIT_LIST_HEAD(&bh->worker.scheduled);
	bh->worker.state = WORKER_RUNNING;
	bh->worker.pool = pool;
	list_add(&bh->worker.node, &pool->workers);
	pool->nr_workers = 1;
}

void __init bh_pools_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		bh_pool_init(&per_cpu(bh_pool_normal, cpu), cpu, false);
		bh_pool_init(&per_cpu(bh_pool_hi, cpu), cpu, true);
	}
}
