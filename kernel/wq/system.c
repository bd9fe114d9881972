// SPDX-License-Identifier: GPL-2.0-only
/*
 * The boot, the queues that everybody may use, and what can be said with them.
 *
 * What
 *	workqueue_init_early()	pools and system queues exist: works can be queued, and wait
 *	workqueue_init()	the first worker of each pool: they run
 *
 * Contexts
 *	init_early: boot CPU, interrupts off.  init: task, all CPUs are up.  The rest:
 *	<linux/workqueue.h>.
 *
 * Limits
 *	The pools of a possible CPU that did not come up get workers that run anywhere.
 *
 * Tests
 *	tests/boot/workqueue_test.c
 */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/printk.h>
#include <linux/smp.h>

#include "internal.h"

struct workqueue_struct *system_wq;
struct workqueue_struct *system_percpu_wq;
struct workqueue_struct *system_highpri_wq;
struct workqueue_struct *system_long_wq;
struct workqueue_struct *system_unbound_wq;
struct workqueue_struct *system_dfl_wq;
struct workqueue_struct *system_freezable_wq;
struct workqueue_struct *system_power_efficient_wq;
struct workqueue_struct *system_freezable_power_efficient_wq;
struct workqueue_struct *system_bh_wq;
struct workqueue_struct *system_bh_highpri_wq;

bool wq_online;

static const struct system_queue {
	struct workqueue_struct **wq;
	const char *name;
	unsigned int flags;
} system_queues[] __initconst = {
	{ &system_wq,			"events",		0 },
	{ &system_highpri_wq,		"events_highpri",	WQ_HIGHPRI },
	{ &system_long_wq,		"events_long",		0 },
	{ &system_unbound_wq,		"events_unbound",	WQ_UNBOUND },
	{ &system_freezable_wq,		"events_freezable",	WQ_FREEZABLE },
	{ &system_power_efficient_wq,	"events_power_efficient", WQ_POWER_EFFICIENT },
	{ &system_freezable_power_efficient_wq, "events_freezable_pwr_efficient",
						WQ_FREEZABLE | WQ_POWER_EFFICIENT },
	{ &system_bh_wq,		"events_bh",		WQ_BH },
	{ &system_bh_highpri_wq,	"events_bh_highpri",	WQ_BH | WQ_HIGHPRI },
};

void __init workqueue_init_early(void)
{
	unsigned int i;

	BUILD_BUG_ON(sizeof(struct work_struct) > 32);
	BUILD_BUG_ON(sizeof(struct delayed_work) > 88);
	pools_init();
	for (i = 0; i < ARRAY_SIZE(system_queues); i++) {
		const struct system_queue *queue = &system_queues[i];

		if (queue->flags & WQ_BH && !IS_ENABLED(CONFIG_TASKLET))
			continue;
		*queue->wq = alloc_workqueue("%s", queue->flags, 0, queue->name);
		if (!*queue->wq)
			panic("workqueue: no memory for %s", queue->name);
	}
	system_percpu_wq = system_wq;
	system_dfl_wq = system_unbound_wq;
	KASSERT(irqs_disabled());
}

static void __init pool_start(struct worker_pool *pool, void *unused)
{
	if (pool->flags & POOL_BH)
		return;
	if (pool->cpu >= 0 && !cpu_online((unsigned int)pool->cpu)) {
		pr_warn("workqueue: CPU %d is not online: works for it run on others\n", pool->cpu);
		pool_unbind(pool);
	}
	if (!create_worker(pool))
		panic("workqueue: the first worker of pool %u cannot be created", pool->id);
	raw_spin_lock_irq(&pool->lock);
	kick_pool(pool);
	raw_spin_unlock_irq(&pool->lock);
}

void __init workqueue_init(void)
{
	for_each_pool(pool_start, NULL);
	wq_hotplug_init();
	WRITE_ONCE(wq_online, true);
}

bool queue_work_node(int node, struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_work(wq, work);
}

int schedule_on_each_cpu(work_func_t func)
{
	struct work_struct __percpu *works = alloc_percpu(struct work_struct);
	unsigned int cpu;

	if (!works)
		return -ENOMEM;
	cpus_read_lock();
	for_each_online_cpu(cpu) {
		INIT_WORK(per_cpu_ptr(works, cpu), func);
		schedule_work_on((int)cpu, per_cpu_ptr(works, cpu));
	}
	for_each_online_cpu(cpu)
		flush_work(per_cpu_ptr(works, cpu));
	cpus_read_unlock();
	free_percpu(works);
	return 0;
}

struct call_on_cpu {
	struct work_struct work;
	long (*fn)(void *arg);
	void *arg;
	long result;
};

static void call_on_cpu_fn(struct work_struct *work)
{
	struct call_on_cpu *call = container_of(work, struct call_on_cpu, work);

	call->result = call->fn(call->arg);
}

long work_on_cpu(int cpu, long (*fn)(void *arg), void *arg)
{
	struct call_on_cpu call = { .fn = fn, .arg = arg };

	INIT_WORK_ONSTACK(&call.work, call_on_cpu_fn);
	schedule_work_on(cpu, &call.work);
	flush_work(&call.work);
	destroy_work_on_stack(&call.work);
	return call.result;
}

long work_on_cpu_safe(int cpu, long (*fn)(void *arg), void *arg)
{
	long result = -ENODEV;

	cpus_read_lock();
	if (cpu_online((unsigned int)cpu))
		result = work_on_cpu(cpu, fn, arg);
	cpus_read_unlock();
	return result;
}

struct smp_call_work {
	int (*func)(void *par);
	void *par;
};

static long smp_call_work_fn(void *arg)
{
	struct smp_call_work *call = arg;

	return call->func(call->par);
}

int smp_call_on_cpu(unsigned int cpu, int (*func)(void *par), void *par, bool phys)
{
	struct smp_call_work call = { .func = func, .par = par };

	if (cpu >= nr_cpu_ids || !cpu_online(cpu))
		return -ENXIO;
	return (int)work_on_cpu((int)cpu, smp_call_work_fn, &call);
}

int execute_in_process_context(work_func_t fn, struct execute_work *ew)
{
	if (!in_interrupt()) {
		fn(&ew->work);
		return 0;
	}
	INIT_WORK(&ew->work, fn);
	schedule_work(&ew->work);
	return 1;
}
