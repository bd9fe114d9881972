// SPDX-License-Identifier: GPL-2.0-only
/*
 * The calls of kernel/smp.c on a machine of one CPU: all of them are made here and now.
 *
 * Contexts
 *	As kernel/smp.c. The function runs with interrupts off.
 *
 * Tests
 *	tests/boot/smp_test.c
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/smp.h>

static void call_here(smp_call_func_t func, void *info)
{
	unsigned long flags;

	local_irq_save(flags);
	func(info);
	local_irq_restore(flags);
}

int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait)
{
	if (cpu != 0)
		return -ENXIO;
	call_here(func, info);
	return 0;
}

int smp_call_function_single_async(int cpu, call_single_data_t *csd)
{
	return smp_call_function_single(cpu, csd->func, csd->info, 0);
}

int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait)
{
	return smp_call_function_single(cpumask_test_cpu(0, mask) ? 0 : -1, func, info, wait);
}

void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
{
}

void smp_call_function(smp_call_func_t func, void *info, int wait)
{
}

void on_each_cpu_cond_mask(smp_cond_func_t cond, smp_call_func_t func, void *info, bool wait,
			   const struct cpumask *mask)
{
	if (cpumask_test_cpu(0, mask) && (!cond || cond(0, info)))
		call_here(func, info);
}

void on_each_cpu_cond(smp_cond_func_t cond, smp_call_func_t func, void *info, bool wait)
{
	on_each_cpu_cond_mask(cond, func, info, wait, cpu_online_mask);
}

void on_each_cpu_mask(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, mask);
}

void on_each_cpu(smp_call_func_t func, void *info, int wait)
{
	call_here(func, info);
}

void kick_all_cpus_sync(void)
{
}

void generic_smp_call_function_interrupt(void)
{
}

void smp_init(void)
{
}
