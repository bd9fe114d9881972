/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which CPU am I, and how other CPUs are asked to do something.
 */
#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <linux/llist.h>
#include <linux/percpu-defs.h>
#include <linux/preempt.h>
#include <arch/ipi.h>

DECLARE_PER_CPU(unsigned int, cpu_number);

#ifdef CONFIG_SMP
#define raw_smp_processor_id()	this_cpu_read(cpu_number)
#else
#define raw_smp_processor_id()	0U
#endif

/** smp_processor_id - this CPU's number. Context: any in which the caller stays on its CPU. */
#ifdef CONFIG_DEBUG_PREEMPT
/* kernel/sched/preempt_debug.c: the same, with that checked. */
unsigned int debug_smp_processor_id(void);
#define smp_processor_id()	debug_smp_processor_id()
#else
#define smp_processor_id()	raw_smp_processor_id()
#endif
#define __smp_processor_id()	raw_smp_processor_id()
/** get_cpu - this CPU's number, preemption off until put_cpu() */
#define get_cpu()		({ preempt_disable(); smp_processor_id(); })
#define put_cpu()		preempt_enable()

/** Number of CPU numbers that can exist in this boot: all loops over CPUs stay below it. */
extern unsigned int nr_cpu_ids;

struct cpumask;
typedef void (*smp_call_func_t)(void *info);
typedef bool (*smp_cond_func_t)(int cpu, void *info);

/**
 * struct __call_single_data - a call on its way to a CPU
 * @llist: in that CPU's queue
 * @flags: CSD_LOCK from the asking until the function begins; CSD_SYNC: until it has ended
 * @func: what to call
 * @info: its argument
 */
struct __call_single_data {
	struct llist_node llist;
	unsigned int flags;
	smp_call_func_t func;
	void *info;
};
typedef struct __call_single_data call_single_data_t;

#define CSD_INIT(_func, _info)	(call_single_data_t){ .func = (_func), .info = (_info) }
/** INIT_CSD - make a call ready for smp_call_function_single_async() */
#define INIT_CSD(_csd, _func, _info)	((void)(*(_csd) = CSD_INIT((_func), (_info))))

/**
 * smp_call_function_single - run a function on one CPU, in hard-IRQ context there
 * @cpu: which; the own CPU is allowed (then it runs here, interrupts off)
 * @func: must be quick and must not sleep
 * @info: its argument
 * @wait: true: return after @func has returned
 *
 * Context: task, interrupts on (off would deadlock between two CPUs that call each other); anything else is
 * reported, as on Linux. Return: 0, or -ENXIO when @cpu is not online.
 */
int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait);

/**
 * smp_call_function_single_async - the same with the caller's memory, never waiting
 * @cpu: which; the own CPU is allowed (then it runs here and now, interrupts off)
 * @csd: made ready by INIT_CSD(); the caller's again once its function has begun
 *
 * What was written before is seen by the function, also when the answer is -EBUSY: then it has not begun.
 * Context: any but NMI.
 * Return: 0; -EBUSY when @csd is on its way already; -ENXIO when @cpu is not online.
 */
int smp_call_function_single_async(int cpu, call_single_data_t *csd);

/** smp_call_function_any - the same as _single, on some online CPU of @mask, this one if it is among them */
int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait);
/**
 * smp_call_function_many - run a function on all online CPUs of a set but this one, at the same time
 * @mask: the set
 * @func: must be quick and must not sleep
 * @info: its argument
 * @wait: true: return after all have returned
 *
 * Context: task, interrupts on, preemption off.
 */
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait);
/** smp_call_function - the same on every other online CPU. Context: task, interrupts on, preemption off. */
void smp_call_function(smp_call_func_t func, void *info, int wait);

/**
 * on_each_cpu - the same on every online CPU, this one included. Context: task, interrupts on.
 *
 * One that comes meanwhile may be left out; one that goes is called, or has gone: cpus_read_lock() for more.
 */
void on_each_cpu(smp_call_func_t func, void *info, int wait);
/** on_each_cpu_mask - the same on the online CPUs of @mask, this one if it is among them */
void on_each_cpu_mask(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait);
/** on_each_cpu_cond, on_each_cpu_cond_mask - the same where @cond(cpu, @info), asked here, says so */
void on_each_cpu_cond(smp_cond_func_t cond, smp_call_func_t func, void *info, bool wait);
void on_each_cpu_cond_mask(smp_cond_func_t cond, smp_call_func_t func, void *info, bool wait,
			   const struct cpumask *mask);
/**
 * smp_call_on_cpu - run a function on a CPU as a task, in a worker, and wait
 * @cpu: which
 * @func: may sleep
 * @par: its argument
 * @phys: for virtual machines, on Linux; not looked at
 *
 * Context: task, may sleep; configurations with workqueues. Return: what @func returned; -ENXIO if @cpu is not
 * online.
 */
int smp_call_on_cpu(unsigned int cpu, int (*func)(void *par), void *par, bool phys);
/** kick_all_cpus_sync - return when every other CPU has taken an interrupt. Context: task, interrupts on. */
void kick_all_cpus_sync(void);

/** smp_send_reschedule - make @cpu look at its run queue. Context: any. */
static __always_inline void smp_send_reschedule(int cpu) { arch_send_reschedule((unsigned int)cpu); }
/* kernel/smp.c: another CPU wants a function called here. Hard IRQ. */
void generic_smp_call_function_interrupt(void);

/** smp_init - bring up the other CPUs. Context: task, boot CPU, once. */
void smp_init(void);

#endif
