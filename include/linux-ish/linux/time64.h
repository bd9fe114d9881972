/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Time as seconds and nanoseconds, both 64 bits wide, and the units of time.
 */
#ifndef _LINUX_TIME64_H
#define _LINUX_TIME64_H

#include <linux/types.h>
#include <linux/math64.h>
#include <linux/limits.h>

#define MSEC_PER_SEC	1000L
#define USEC_PER_MSEC	1000L
#define NSEC_PER_USEC	1000L
#define NSEC_PER_MSEC	1000000L
#define USEC_PER_SEC	1000000L
#define NSEC_PER_SEC	1000000000L
#define PSEC_PER_SEC	1000000000000LL
#define FSEC_PER_SEC	1000000000000000LL

/**
 * struct timespec64 - a time or a duration
 * @tv_sec: whole seconds, may be negative
 * @tv_nsec: the rest, 0 to NSEC_PER_SEC - 1 when normalised
 */
struct timespec64 {
	time64_t tv_sec;
	long tv_nsec;
};

#define TIME64_MAX	((s64)~((u64)1 << 63))
#define TIME64_MIN	(-TIME64_MAX - 1)
#define KTIME_MAX	((s64)~((u64)1 << 63))
#define KTIME_MIN	(-KTIME_MAX - 1)
#define KTIME_SEC_MAX	(KTIME_MAX / NSEC_PER_SEC)
#define KTIME_SEC_MIN	(KTIME_MIN / NSEC_PER_SEC)

/** timespec64_equal - whether both are the same time */
static inline bool timespec64_equal(const struct timespec64 *a, const struct timespec64 *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/** timespec64_compare - negative, 0 or positive, as @a is before, at or after @b; both normalised */
static inline int timespec64_compare(const struct timespec64 *a, const struct timespec64 *b)
{
	if (a->tv_sec != b->tv_sec)
		return a->tv_sec < b->tv_sec ? -1 : 1;
	return a->tv_nsec < b->tv_nsec ? -1 : a->tv_nsec > b->tv_nsec;
}

/** set_normalized_timespec64 - store @sec and @nsec, of any size and sign, so that tv_nsec is in range */
static inline void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec)
{
	s64 carry = nsec / NSEC_PER_SEC;

	nsec -= carry * NSEC_PER_SEC;
	if (nsec < 0) {
		nsec += NSEC_PER_SEC;
		carry--;
	}
	ts->tv_sec = sec + carry;
	ts->tv_nsec = (long)nsec;
}

/** timespec64_add, timespec64_sub - of normalised times; so is the result */
static inline struct timespec64 timespec64_add(struct timespec64 a, struct timespec64 b)
{
	struct timespec64 sum;

	set_normalized_timespec64(&sum, a.tv_sec + b.tv_sec, (s64)a.tv_nsec + b.tv_nsec);
	return sum;
}

static inline struct timespec64 timespec64_sub(struct timespec64 a, struct timespec64 b)
{
	struct timespec64 difference;

	set_normalized_timespec64(&difference, a.tv_sec - b.tv_sec, (s64)a.tv_nsec - b.tv_nsec);
	return difference;
}

/** timespec64_to_ns - nanoseconds; sticks at KTIME_MAX and KTIME_MIN */
static inline s64 timespec64_to_ns(const struct timespec64 *ts)
{
	if (ts->tv_sec >= KTIME_SEC_MAX)
		return KTIME_MAX;
	if (ts->tv_sec <= KTIME_SEC_MIN)
		return KTIME_MIN;
	return ts->tv_sec * NSEC_PER_SEC + ts->tv_nsec;
}

/** ns_to_timespec64 - normalised, also for what is negative */
static inline struct timespec64 ns_to_timespec64(s64 nsec)
{
	struct timespec64 ts;

	set_normalized_timespec64(&ts, 0, nsec);
	return ts;
}

#endif
