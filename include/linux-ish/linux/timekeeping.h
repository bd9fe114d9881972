/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What time is it? All readers work in any context, NMI too, take no lock, and cost one clock reading.
 *
 * What
 *	monotonic	nanoseconds since boot; never goes back on one CPU, never jumps
 *	boottime, raw	the same here: nothing suspends, and nothing disciplines the clock
 *	real		monotonic plus an offset, which whoever learns the date sets once
 *
 * Follows Linux, Documentation/core-api/timekeeping.rst.
 */
#ifndef _LINUX_TIMEKEEPING_H
#define _LINUX_TIMEKEEPING_H

#include <linux/ktime.h>
#include <arch/clock.h>

/* kernel/time/timekeeping.c; what to add to monotonic time. Read with READ_ONCE. */
extern s64 timekeeping_real_offset_ns;

/**
 * ktime_get_ns, ktime_get - monotonic time. ktime_get_real, ktime_get_real_ns - since 1970, UTC.
 *
 * Context: any, NMI too.
 */
static inline u64 ktime_get_ns(void) { return arch_clock_ns(); }
static inline ktime_t ktime_get(void) { return (ktime_t)arch_clock_ns(); }
static inline ktime_t ktime_get_real(void) { return ktime_get() + READ_ONCE(timekeeping_real_offset_ns); }
static inline u64 ktime_get_real_ns(void) { return (u64)ktime_get_real(); }

#define ktime_get_raw()			ktime_get()
#define ktime_get_raw_ns()		ktime_get_ns()
#define ktime_get_boottime()		ktime_get()
#define ktime_get_boottime_ns()		ktime_get_ns()
#define ktime_get_boot_fast_ns()	ktime_get_ns()
#define ktime_get_mono_fast_ns()	ktime_get_ns()
#define ktime_get_raw_fast_ns()		ktime_get_ns()
#define ktime_get_real_fast_ns()	ktime_get_real_ns()
#define ktime_get_clocktai()		ktime_get_real()
#define ktime_get_coarse()		ktime_get()
#define ktime_get_coarse_ns()		ktime_get_ns()
#define ktime_get_coarse_real_ts64(ts)	ktime_get_real_ts64(ts)
#define ktime_get_coarse_ts64(ts)	ktime_get_ts64(ts)
#define ktime_get_raw_ts64(ts)		ktime_get_ts64(ts)
#define ktime_get_boottime_ts64(ts)	ktime_get_ts64(ts)

/**
 * ktime_get_ts64, ktime_get_real_ts64 - the same in seconds and nanoseconds; _seconds: in whole
 * seconds
 */
static inline void ktime_get_ts64(struct timespec64 *ts) { *ts = ns_to_timespec64(ktime_get()); }
static inline void ktime_get_real_ts64(struct timespec64 *ts) { *ts = ns_to_timespec64(ktime_get_real()); }
static inline time64_t ktime_get_seconds(void) { return ktime_get() / NSEC_PER_SEC; }
static inline time64_t ktime_get_boottime_seconds(void) { return ktime_get_seconds(); }
static inline time64_t ktime_get_real_seconds(void) { return ktime_get_real() / NSEC_PER_SEC; }

/**
 * do_settimeofday64 - set the real-time clock
 * @ts: seconds since 1970, UTC
 *
 * Context: any.
 * Return: 0, or -EINVAL for a time that is not normalised or before 1970.
 */
int do_settimeofday64(const struct timespec64 *ts);

#endif
