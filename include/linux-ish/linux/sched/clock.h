/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The scheduler's clock: nanoseconds since boot.
 *
 * Differs from Linux
 *	All three names are the same clock, which never goes back on a CPU.
 */
#ifndef _LINUX_SCHED_CLOCK_H
#define _LINUX_SCHED_CLOCK_H

#include <linux/types.h>
#include <arch/clock.h>

/** sched_clock, local_clock, cpu_clock - nanoseconds since boot. Context: any, NMI too. */
static __always_inline u64 sched_clock(void) { return arch_clock_ns(); }
static __always_inline u64 local_clock(void) { return arch_clock_ns(); }
static __always_inline u64 cpu_clock(int cpu) { return arch_clock_ns(); }

#endif
