/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ktime_t: nanoseconds, signed, 64 bits. A point in time on some clock, or a duration.
 *
 * Follows Linux, include/linux/ktime.h.
 */
#ifndef _LINUX_KTIME_H
#define _LINUX_KTIME_H

#include <linux/types.h>
#include <linux/time.h>
#include <linux/jiffies.h>

typedef s64 ktime_t;

/** ktime_set - from seconds and nanoseconds; sticks at KTIME_MAX */
static inline ktime_t ktime_set(const s64 secs, const unsigned long nsecs)
{
	if (secs >= KTIME_SEC_MAX)
		return KTIME_MAX;
	return secs * NSEC_PER_SEC + (s64)nsecs;
}

/* Sums and differences wrap like the integers they are; ktime_add_safe() sticks at KTIME_MAX. */
#define ktime_add(lhs, rhs)		((lhs) + (rhs))
#define ktime_sub(lhs, rhs)		((lhs) - (rhs))
#define ktime_add_unsafe(lhs, rhs)	((ktime_t)((u64)(lhs) + (u64)(rhs)))
#define ktime_add_ns(kt, nsval)		((kt) + (nsval))
#define ktime_sub_ns(kt, nsval)		((kt) - (nsval))
#define ktime_to_timespec64(kt)		ns_to_timespec64(kt)

/** ktime_add_safe - a sum that sticks at KTIME_MAX */
static inline ktime_t ktime_add_safe(const ktime_t lhs, const ktime_t rhs)
{
	ktime_t sum = ktime_add_unsafe(lhs, rhs);

	return sum < 0 || sum < lhs || sum < rhs ? KTIME_MAX : sum;
}

/** timespec64_to_ktime - as ktime_set() */
static inline ktime_t timespec64_to_ktime(struct timespec64 ts) { return ktime_set(ts.tv_sec, (unsigned long)ts.tv_nsec); }

/** ktime_to_ns, ns_to_ktime, us_to_ktime, ms_to_ktime - by the names of the units; they wrap */
static inline s64 ktime_to_ns(const ktime_t kt) { return kt; }
static inline ktime_t ns_to_ktime(u64 ns) { return (ktime_t)ns; }
static inline ktime_t us_to_ktime(u64 us) { return (ktime_t)(us * NSEC_PER_USEC); }
static inline ktime_t ms_to_ktime(u64 ms) { return (ktime_t)(ms * NSEC_PER_MSEC); }

/** ktime_compare - negative, 0 or positive, as @a is before, at or after @b */
static inline int ktime_compare(const ktime_t a, const ktime_t b) { return a < b ? -1 : a > b; }
static inline bool ktime_after(const ktime_t a, const ktime_t b) { return a > b; }
static inline bool ktime_before(const ktime_t a, const ktime_t b) { return a < b; }

/** ktime_divns, ktime_to_us, ktime_to_ms - quotients, towards zero */
static inline s64 ktime_divns(const ktime_t kt, s64 div) { return kt / div; }
static inline s64 ktime_to_us(const ktime_t kt) { return ktime_divns(kt, NSEC_PER_USEC); }
static inline s64 ktime_to_ms(const ktime_t kt) { return ktime_divns(kt, NSEC_PER_MSEC); }

/**
 * ktime_us_delta, ktime_ms_delta - differences, towards zero; then sums and differences in other
 * units
 */
static inline s64 ktime_us_delta(const ktime_t later, const ktime_t earlier) { return ktime_to_us(later - earlier); }
static inline s64 ktime_ms_delta(const ktime_t later, const ktime_t earlier) { return ktime_to_ms(later - earlier); }
static inline ktime_t ktime_add_us(const ktime_t kt, const u64 us) { return kt + us_to_ktime(us); }
static inline ktime_t ktime_add_ms(const ktime_t kt, const u64 ms) { return kt + ms_to_ktime(ms); }
static inline ktime_t ktime_sub_us(const ktime_t kt, const u64 us) { return kt - us_to_ktime(us); }
static inline ktime_t ktime_sub_ms(const ktime_t kt, const u64 ms) { return kt - ms_to_ktime(ms); }

/** ktime_to_timespec64_cond - convert unless @kt is zero. Return: whether it was not. */
static inline bool __must_check ktime_to_timespec64_cond(const ktime_t kt, struct timespec64 *ts)
{
	if (!kt)
		return false;
	*ts = ktime_to_timespec64(kt);
	return true;
}

#include <linux/timekeeping.h>

#endif
