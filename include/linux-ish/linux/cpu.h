/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * CPUs that come and go, and the loop in which one has nothing to do.
 *
 * Differs from Linux
 *	No struct cpu and no devices of CPUs: add_cpu() and remove_cpu() take the number.
 */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H

#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/kernel.h>

/** cpu_startup_entry - become this CPU's idle task, for ever. Preemption off once, interrupts on or off. */
__noreturn void cpu_startup_entry(void);

#ifdef CONFIG_HOTPLUG_CPU

/**
 * remove_cpu - take a CPU down
 * @cpu: its number
 *
 * Its tasks, works, timers, softirqs, tasklets and lines go to others; threads that are bound to it park.
 * If anybody who has a say (cpuhp_setup_state()) refuses, all is undone.
 *
 * Context: task, may sleep; not in a work or a thread that the CPU's going has to wait for.
 * Return: 0; 1 if it is offline already; -EPERM for the boot CPU, which cannot go; -EBUSY if
 * cpu_hotplug_disable() is in force, or a thread that is bound to it does not leave; -ENOSPC if the others have
 * no place for its interrupt lines; -EINVAL for a number that no CPU has; -ENOMEM; or what refused.
 */
int remove_cpu(unsigned int cpu);

/**
 * add_cpu - bring a CPU up
 * @cpu: its number
 *
 * Context: task, may sleep.
 * Return: 0; 1 if it is online already; -EBUSY under cpu_hotplug_disable(); -EINVAL for a number that no CPU
 * has; -EIO or -ETIMEDOUT if it does not answer; -ENOMEM; or what refused.
 */
int add_cpu(unsigned int cpu);

/**
 * cpus_read_lock, cpus_read_unlock - the set of online CPUs does not change in between
 *
 * Several may hold it. Not to be taken twice by one task: a CPU that wants to go in between would wait for
 * the first, and the second for it. Preemption off does as well, for as long as it is off.
 * Context: task, may sleep.
 */
void cpus_read_lock(void);
void cpus_read_unlock(void);
/** cpus_read_trylock - the same without waiting. Return: whether it was had. */
int cpus_read_trylock(void);
/** cpus_write_lock, cpus_write_unlock - alone, to change the set. Context: task, may sleep. */
void cpus_write_lock(void);
void cpus_write_unlock(void);
/** lockdep_assert_cpus_held - the caller, or somebody, keeps the set as it is; reported in debug builds if not */
void lockdep_assert_cpus_held(void);

/**
 * cpu_hotplug_disable, cpu_hotplug_enable - CPUs neither come nor go, -EBUSY, until as many cpu_hotplug_enable()
 *
 * Waits for one that is under way. Context: task, may sleep.
 */
void cpu_hotplug_disable(void);
void cpu_hotplug_enable(void);

#else

static inline void cpus_read_lock(void) { might_sleep(); }
static inline void cpus_read_unlock(void) { }
static inline int cpus_read_trylock(void) { return 1; }
static inline void cpus_write_lock(void) { might_sleep(); }
static inline void cpus_write_unlock(void) { }
static inline void cpu_hotplug_disable(void) { }
static inline void cpu_hotplug_enable(void) { }
static inline void lockdep_assert_cpus_held(void) { }
static inline int remove_cpu(unsigned int cpu) { return -EPERM; }
static inline int add_cpu(unsigned int cpu) { return -EPERM; }

#endif
#endif
