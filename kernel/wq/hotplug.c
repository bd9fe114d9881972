// SPDX-License-Identifier: GPL-2.0-only
/*
 * A pool's CPU goes, or comes.
 *
 * What
 *	While its CPU is away a pool goes on, as if it were unbound: its workers run anywhere, and each work
 *	has a worker of its own (POOL_UNMANAGED). Works that were queued before, works that are queued for that
 *	CPU meanwhile, and those whose functions have begun, all end. When the CPU is back its workers are
 *	bound to it again; one that is at work goes there with the function that it is in, and counts again
 *	when that has ended.
 *
 * Contexts
 *	On the CPU, in the thread that brings it up or down: the workers can still be bound to it, and
 *	already. At boot: for CPUs that did not come.
 *
 * States of a worker whose pool's CPU goes
 *	RUNNING, at work -> APART	it holds up nobody from now on
 *	ASLEEP -> APART			nor when its function wakes up
 *	RUNNING, just woken		stays: it looks at the worklist, and goes APART with its first work
 *	IDLE, APART, DYING		stay
 *	When the CPU comes nothing changes at once: APART -> RUNNING is made at the end of a run.
 *
 * Locks
 *	wq_list_lock -> pool->lock -> the run queue's, for the workers' masks.
 *
 * Tests
 *	tests/boot/hotplug_test.c: work_*, tests/scenario/hotplug.c
 */
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/sched/hotplug.h>

#include "internal.h"

/* Each queue's link to the pool learns whether works hold up others there. Both locks held. */
static void refresh_pwqs(const struct worker_pool *pool)
{
	struct workqueue_struct *wq;
	struct pool_workqueue *pwq;
	unsigned int cpu;

	list_for_each_entry(wq, &workqueues, list)
		for_each_pwq(pwq, wq, cpu)
			if (pwq->pool == pool)
				pwq_refresh(pwq);
}

/* Lock held. */
static void leave_cpu(struct worker *worker)
{
	if (worker->state == WORKER_ASLEEP)
		worker->state = WORKER_APART;
	else if (worker->current_work)
		worker_leave_apart(worker);
	if (!worker->task)
		return;		/* It is being made, and will find what it is to be. */
	kthread_set_per_cpu(worker->task, -1);
	set_cpus_allowed_nowait(worker->task, cpu_possible_mask);
}

void pool_unbind(struct worker_pool *pool)
{
	struct worker *worker;

	raw_spin_lock_irq(&wq_list_lock);
	raw_spin_lock(&pool->lock);
	pool->flags |= POOL_UNMANAGED;
	refresh_pwqs(pool);
	list_for_each_entry(worker, &pool->workers, node)
		leave_cpu(worker);
	kick_pool(pool);
	raw_spin_unlock(&pool->lock);
	raw_spin_unlock_irq(&wq_list_lock);
}

/* Lock held. */
static void return_to_cpu(struct worker *worker, unsigned int cpu)
{
	if (!worker->task)
		return;
	kthread_set_per_cpu(worker->task, (int)cpu);
	set_cpus_allowed_nowait(worker->task, cpumask_of(cpu));
}

static void pool_rebind(struct worker_pool *pool)
{
	struct worker *worker;

	raw_spin_lock_irq(&wq_list_lock);
	raw_spin_lock(&pool->lock);
	pool->flags &= ~POOL_UNMANAGED;
	refresh_pwqs(pool);
	list_for_each_entry(worker, &pool->workers, node)
		return_to_cpu(worker, (unsigned int)pool->cpu);
	raw_spin_unlock(&pool->lock);
	raw_spin_unlock_irq(&wq_list_lock);
}

static int workqueue_online_cpu(unsigned int cpu)
{
	pool_rebind(&per_cpu(cpu_pools, cpu)[0]);
	pool_rebind(&per_cpu(cpu_pools, cpu)[1]);
	return 0;
}

static int workqueue_offline_cpu(unsigned int cpu)
{
	pool_unbind(&per_cpu(cpu_pools, cpu)[0]);
	pool_unbind(&per_cpu(cpu_pools, cpu)[1]);
	return 0;
}

void __init wq_hotplug_init(void)
{
	cpuhp_setup_state_nocalls(CPUHP_AP_WORKQUEUE_ONLINE, "workqueue:online", workqueue_online_cpu,
				  workqueue_offline_cpu);
	cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "workqueue:bh", NULL, bh_dead_cpu);
}
