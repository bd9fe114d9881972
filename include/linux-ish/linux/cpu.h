/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * CPUs coming up, and the loop in which one has nothing to do.
 *
 * Differs from Linux
 *	CPUs come up once, during the boot, before drivers run, and stay: what cpus_read_lock() protects
 *	against does not happen, so it costs nothing and cannot deadlock.
 */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H

#include <linux/cpumask.h>
#include <linux/kernel.h>

/** cpu_startup_entry - become this CPU's idle task, for ever. Preemption off once, interrupts on or off. */
__noreturn void cpu_startup_entry(void);

/** cpus_read_lock - the set of online CPUs does not change until cpus_read_unlock(). Context: task. */
static inline void cpus_read_lock(void) { might_sleep(); }
static inline void cpus_read_unlock(void) { }
static inline int cpus_read_trylock(void) { return 1; }
static inline void cpus_write_lock(void) { might_sleep(); }
static inline void cpus_write_unlock(void) { }
static inline void cpu_hotplug_disable(void) { }
static inline void cpu_hotplug_enable(void) { }
static inline void lockdep_assert_cpus_held(void) { }

#endif
