/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which CPU am I, and how other CPUs are asked to do something.
 */
#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <linux/percpu-defs.h>
#include <linux/preempt.h>

DECLARE_PER_CPU(unsigned int, cpu_number);

#ifdef CONFIG_SMP
#define raw_smp_processor_id()	this_cpu_read(cpu_number)
#else
#define raw_smp_processor_id()	0U
#endif

/** smp_processor_id - this CPU's number. Context: any in which the caller stays on its CPU. */
#define smp_processor_id()	raw_smp_processor_id()
#define __smp_processor_id()	raw_smp_processor_id()
/** get_cpu - this CPU's number, preemption off until put_cpu() */
#define get_cpu()		({ preempt_disable(); smp_processor_id(); })
#define put_cpu()		preempt_enable()

/** Number of CPU numbers that can exist in this boot: all loops over CPUs stay below it. */
extern unsigned int nr_cpu_ids;

/**
 * smp_call_function_single - run a function on one CPU, in hard-IRQ context there
 * @cpu: which; the own CPU is allowed (then it runs here, interrupts off)
 * @func: must be quick and must not sleep
 * @info: its argument
 * @wait: true: return after @func has returned
 *
 * Context: task or softirq, interrupts on (off would deadlock between two CPUs that call each other).
 * Return: 0, or -ENXIO when @cpu is not online.
 */
int smp_call_function_single(int cpu, void (*func)(void *info), void *info, int wait);
/** smp_call_function - the same on every other online CPU. Context: task, interrupts on, preemption off. */
void smp_call_function(void (*func)(void *info), void *info, int wait);
/** on_each_cpu - the same on every online CPU, this one included. Context: task, interrupts on. */
void on_each_cpu(void (*func)(void *info), void *info, int wait);
/** smp_send_reschedule - make @cpu look at its run queue. Context: any. */
void smp_send_reschedule(int cpu);
/* kernel/smp.c: another CPU wants a function called here. Hard IRQ. */
void generic_smp_call_function_interrupt(void);

#endif
