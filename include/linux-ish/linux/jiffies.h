/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tick counter, and conversions between it and units of time.
 *
 * What
 *	jiffies counts ticks, HZ a second. It is a plain word that any context may read. Compare two of
 *	them with time_after() and its kin, which stay right when the counter wraps.
 *
 * Limits
 *	jiffies begins at INITIAL_JIFFIES, 300 seconds below 2^32, so that code which keeps it in 32 bits
 *	meets the wrap five minutes after boot, not once in a customer's fiftieth day.
 *
 * Follows Linux, include/linux/jiffies.h; Linux Device Drivers, chapter 7.
 */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

#include <linux/compiler.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/param.h>
#include <linux/time.h>
#include <linux/typecheck.h>

/* Nanoseconds of one tick, rounded. */
#define TICK_NSEC		((NSEC_PER_SEC + HZ / 2) / HZ)

#define INITIAL_JIFFIES		((unsigned long)(unsigned int)(-300 * HZ))

/** MAX_JIFFY_OFFSET - the longest time in jiffies that time_after() can still compare */
#define MAX_JIFFY_OFFSET	((LONG_MAX >> 1) - 1)
#define MAX_SEC_IN_JIFFIES	((long)(MAX_JIFFY_OFFSET / HZ))

/** jiffies - ticks since INITIAL_JIFFIES. Context: any. Written by the tick alone. */
extern unsigned long volatile jiffies;
/* The same word: the machines that exist are 64 bits wide. */
#define jiffies_64		((u64)jiffies)

/** get_jiffies_64 - the tick counter in 64 bits. Context: any. */
static inline u64 get_jiffies_64(void) { return jiffies; }

/** time_after - whether @a is later than @b; both unsigned long, less than half the range apart */
#define time_after(a, b) \
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) && (long)((b) - (a)) < 0)
#define time_before(a, b)	time_after(b, a)
/** time_after_eq - whether @a is @b or later */
#define time_after_eq(a, b) \
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) && (long)((a) - (b)) >= 0)
#define time_before_eq(a, b)	time_after_eq(b, a)
/** time_in_range - whether @a is in [@b, @c]; time_in_range_open - in [@b, @c) */
#define time_in_range(a, b, c)	(time_after_eq(a, b) && time_before_eq(a, c))
#define time_in_range_open(a, b, c) (time_after_eq(a, b) && time_before(a, c))

#define time_after64(a, b)	(typecheck(u64, a) && typecheck(u64, b) && (s64)((b) - (a)) < 0)
#define time_before64(a, b)	time_after64(b, a)
#define time_after_eq64(a, b)	(typecheck(u64, a) && typecheck(u64, b) && (s64)((a) - (b)) >= 0)
#define time_before_eq64(a, b)	time_after_eq64(b, a)
#define time_in_range64(a, b, c) (time_after_eq64(a, b) && time_before_eq64(a, c))

/** time_is_before_jiffies - whether @a is past; the others likewise */
#define time_is_before_jiffies(a)	time_after(jiffies, a)
#define time_is_after_jiffies(a)	time_before(jiffies, a)
#define time_is_before_eq_jiffies(a)	time_after_eq(jiffies, a)
#define time_is_after_eq_jiffies(a)	time_before_eq(jiffies, a)
#define time_is_before_jiffies64(a)	time_after64(get_jiffies_64(), a)
#define time_is_after_jiffies64(a)	time_before64(get_jiffies_64(), a)
#define time_is_before_eq_jiffies64(a)	time_after_eq64(get_jiffies_64(), a)
#define time_is_after_eq_jiffies64(a)	time_before_eq64(get_jiffies_64(), a)

/**
 * msecs_to_jiffies - milliseconds in jiffies, rounded up
 * @m: milliseconds; what is negative as an int means for ever
 *
 * Context: any. A constant argument costs nothing.
 * Return: jiffies, or MAX_JIFFY_OFFSET for ever.
 */
static __always_inline unsigned long msecs_to_jiffies(const unsigned int m)
{
	if ((int)m < 0)
		return MAX_JIFFY_OFFSET;
	return ((u64)m * HZ + MSEC_PER_SEC - 1) / MSEC_PER_SEC;
}

/** usecs_to_jiffies - microseconds in jiffies, rounded up. Context: any. */
static __always_inline unsigned long usecs_to_jiffies(const unsigned int u)
{
	return ((u64)u * HZ + USEC_PER_SEC - 1) / USEC_PER_SEC;
}

#define _msecs_to_jiffies(m)	msecs_to_jiffies(m)
#define _usecs_to_jiffies(u)	usecs_to_jiffies(u)
/** secs_to_jiffies - seconds in jiffies */
#define secs_to_jiffies(secs)	((unsigned long)((secs) * HZ))

/** nsecs_to_jiffies, nsecs_to_jiffies64 - nanoseconds in jiffies, rounded down. Context: any. */
static inline u64 nsecs_to_jiffies64(u64 n)
{
	/* Whole seconds apart from the rest, or the product overflows after two years. */
	return n / NSEC_PER_SEC * HZ + n % NSEC_PER_SEC * HZ / NSEC_PER_SEC;
}

static inline unsigned long nsecs_to_jiffies(u64 n) { return nsecs_to_jiffies64(n); }

/** jiffies_to_msecs, jiffies_to_usecs - the other way, rounded up, cut to 32 bits. Context: any. */
static __always_inline unsigned int jiffies_to_msecs(const unsigned long j)
{
	return (unsigned int)(j / HZ * MSEC_PER_SEC + (j % HZ * MSEC_PER_SEC + HZ - 1) / HZ);
}

static __always_inline unsigned int jiffies_to_usecs(const unsigned long j)
{
	return (unsigned int)(j / HZ * USEC_PER_SEC + (j % HZ * USEC_PER_SEC + HZ - 1) / HZ);
}

/** jiffies_to_nsecs, jiffies64_to_nsecs - jiffies in nanoseconds. Context: any. */
static inline u64 jiffies64_to_nsecs(u64 j)
{
	return j / HZ * NSEC_PER_SEC + j % HZ * NSEC_PER_SEC / HZ;
}

static inline u64 jiffies_to_nsecs(const unsigned long j) { return jiffies64_to_nsecs(j); }
/** jiffies64_to_msecs - the same in 64 bits, rounded down */
static inline u64 jiffies64_to_msecs(u64 j) { return j / HZ * MSEC_PER_SEC + j % HZ * MSEC_PER_SEC / HZ; }

/** jiffies_delta_to_clock_t, jiffies_to_clock_t, clock_t_to_jiffies - to and from USER_HZ. Context: any. */
static inline long jiffies_to_clock_t(unsigned long j) { return (long)(j * USER_HZ / HZ); }
static inline long jiffies_delta_to_clock_t(long delta)
{
	return delta > 0 ? jiffies_to_clock_t((unsigned long)delta) : 0;
}

/** jiffies_delta_to_msecs - of a difference; 0 if it is negative */
static inline unsigned int jiffies_delta_to_msecs(long delta)
{
	return delta > 0 ? jiffies_to_msecs((unsigned long)delta) : 0;
}

static inline unsigned long clock_t_to_jiffies(unsigned long x)
{
	return x >= ~0UL / HZ ? ~0UL : DIV_ROUND_UP(x * HZ, USER_HZ);
}

/** timespec64_to_jiffies - a duration in jiffies, rounded up, MAX_JIFFY_OFFSET at most. Context: any. */
static inline unsigned long timespec64_to_jiffies(const struct timespec64 *value)
{
	u64 nsec = (u64)value->tv_nsec + TICK_NSEC - 1;

	if ((u64)value->tv_sec >= (u64)MAX_SEC_IN_JIFFIES)
		return MAX_JIFFY_OFFSET;
	return (u64)value->tv_sec * HZ + nsec / TICK_NSEC;
}

/** jiffies_to_timespec64 - jiffies as seconds and nanoseconds. Context: any. */
static inline void jiffies_to_timespec64(const unsigned long j, struct timespec64 *value)
{
	value->tv_sec = j / HZ;
	value->tv_nsec = (long)(j % HZ * NSEC_PER_SEC / HZ);
}

#endif
