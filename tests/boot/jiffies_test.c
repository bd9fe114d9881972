// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tick counter, conversions of time, dates.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/time.h>
#include <bottomhalf/tick.h>

#include "helpers.h"

static void comparisons_hold_across_the_wrap(struct kunit *test)
{
	unsigned long before = ~0UL - 5, after = 10;

	KUNIT_EXPECT_TRUE(test, time_after(after, before));
	KUNIT_EXPECT_FALSE(test, time_after(before, after));
	KUNIT_EXPECT_TRUE(test, time_before(before, after));
	KUNIT_EXPECT_FALSE(test, time_after(after, after));
	KUNIT_EXPECT_TRUE(test, time_after_eq(after, after));
	KUNIT_EXPECT_TRUE(test, time_before_eq(before, before));
	KUNIT_EXPECT_TRUE(test, time_in_range(0UL, before, after));
	KUNIT_EXPECT_FALSE(test, time_in_range(11UL, before, after));
	KUNIT_EXPECT_FALSE(test, time_in_range_open(10UL, before, after));
}

/* So that 32-bit arithmetic on it fails early. */
static void counter_begins_five_minutes_below_the_32_bit_wrap(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, INITIAL_JIFFIES + 300 * HZ, 1UL << 32);
}

static void milliseconds_round_up(struct kunit *test)
{
	unsigned int m;

	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(0), 0UL);
	for (m = 1; m < 3000; m += 7) {
		unsigned long j = msecs_to_jiffies(m);

		KUNIT_EXPECT_GE(test, j * 1000, (unsigned long)m * HZ);
		KUNIT_EXPECT_LT(test, (j - 1) * 1000, (unsigned long)m * HZ);
	}
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(1000), (unsigned long)HZ);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies((unsigned int)-1), (unsigned long)MAX_JIFFY_OFFSET);
}

/* Both ways round up, so where a jiffy is no whole number of milliseconds (HZ=300) it may be one more. */
static void conversions_there_and_back_are_the_same(struct kunit *test)
{
	const unsigned long inexact = 1000 % HZ != 0;
	unsigned long j;

	for (j = 0; j < 5000; j += 13) {
		KUNIT_EXPECT_GE(test, msecs_to_jiffies(jiffies_to_msecs(j)), j);
		KUNIT_EXPECT_LE(test, msecs_to_jiffies(jiffies_to_msecs(j)), j + inexact);
		KUNIT_EXPECT_GE(test, usecs_to_jiffies(jiffies_to_usecs(j)), j);
		KUNIT_EXPECT_LE(test, usecs_to_jiffies(jiffies_to_usecs(j)), j + inexact);
		KUNIT_EXPECT_LE(test, nsecs_to_jiffies(jiffies_to_nsecs(j)), j);
		KUNIT_EXPECT_GE(test, nsecs_to_jiffies(jiffies_to_nsecs(j)) + 1, j);
	}
	KUNIT_EXPECT_EQ(test, usecs_to_jiffies(1), 1UL);
	KUNIT_EXPECT_EQ(test, nsecs_to_jiffies64(3ULL * NSEC_PER_SEC), 3ULL * HZ);
	KUNIT_EXPECT_EQ(test, nsecs_to_jiffies64(~0ULL) / HZ, ~0ULL / NSEC_PER_SEC);
	KUNIT_EXPECT_EQ(test, clock_t_to_jiffies(USER_HZ), (unsigned long)HZ);
}

static void ktime_arithmetic_follows_nanoseconds(struct kunit *test)
{
	ktime_t a = ktime_set(3, 500), b = ms_to_ktime(1500);

	KUNIT_EXPECT_EQ(test, ktime_to_ns(a), 3000000500LL);
	KUNIT_EXPECT_EQ(test, ktime_to_ms(ktime_sub(a, b)), 1500LL);
	KUNIT_EXPECT_EQ(test, ktime_us_delta(a, b), 1500000LL);
	KUNIT_EXPECT_TRUE(test, ktime_after(a, b));
	KUNIT_EXPECT_EQ(test, ktime_compare(b, a), -1);
	KUNIT_EXPECT_EQ(test, ktime_set(KTIME_SEC_MAX, 0), KTIME_MAX);
	KUNIT_EXPECT_EQ(test, ktime_add_safe(KTIME_MAX - 1, 5), KTIME_MAX);
}

static void timespec_is_normalised(struct kunit *test)
{
	struct timespec64 ts;

	set_normalized_timespec64(&ts, 1, -1);
	KUNIT_EXPECT_EQ(test, ts.tv_sec, (time64_t)0);
	KUNIT_EXPECT_EQ(test, ts.tv_nsec, NSEC_PER_SEC - 1);
	set_normalized_timespec64(&ts, 1, 5 * NSEC_PER_SEC + 7);
	KUNIT_EXPECT_EQ(test, ts.tv_sec, (time64_t)6);
	KUNIT_EXPECT_EQ(test, ts.tv_nsec, 7L);
	ts = ns_to_timespec64(-1);
	KUNIT_EXPECT_EQ(test, ts.tv_sec, (time64_t)-1);
	KUNIT_EXPECT_EQ(test, timespec64_to_ns(&ts), -1LL);
}

static void date_and_seconds_agree(struct kunit *test)
{
	static const struct {
		unsigned int year, mon, day;
		time64_t seconds;
		int wday, yday;
	} dates[] = {
		{ 1970, 1, 1, 0, 4, 0 },
		{ 1999, 12, 31, 946598400, 5, 364 },
		{ 2000, 2, 29, 951782400, 2, 59 },
		{ 2000, 3, 1, 951868800, 3, 60 },
		{ 2026, 1, 1, 1767225600, 4, 0 },
		{ 2100, 2, 28, 4107456000, 0, 58 },
		{ 2100, 3, 1, 4107542400, 1, 59 },
	};
	struct tm tm;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(dates); i++) {
		KUNIT_EXPECT_EQ(test, mktime64(dates[i].year, dates[i].mon, dates[i].day, 0, 0, 0),
				dates[i].seconds);
		time64_to_tm(dates[i].seconds + 3723, 0, &tm);
		KUNIT_EXPECT_EQ(test, tm.tm_year, (long)dates[i].year - 1900);
		KUNIT_EXPECT_EQ(test, tm.tm_mon, (int)dates[i].mon - 1);
		KUNIT_EXPECT_EQ(test, tm.tm_mday, (int)dates[i].day);
		KUNIT_EXPECT_EQ(test, tm.tm_wday, dates[i].wday);
		KUNIT_EXPECT_EQ(test, tm.tm_yday, dates[i].yday);
		KUNIT_EXPECT_EQ(test, tm.tm_hour, 1);
		KUNIT_EXPECT_EQ(test, tm.tm_min, 2);
		KUNIT_EXPECT_EQ(test, tm.tm_sec, 3);
	}
	time64_to_tm(-1, 0, &tm);
	KUNIT_EXPECT_EQ(test, tm.tm_year, 69L);
	KUNIT_EXPECT_EQ(test, tm.tm_mday, 31);
	KUNIT_EXPECT_EQ(test, tm.tm_sec, 59);
}

static void every_day_of_four_centuries_converts_both_ways(struct kunit *test)
{
	time64_t t;
	struct tm tm;

	for (t = 0; t < 400LL * 365 * 86400; t += 37LL * 86400) {
		time64_to_tm(t, 0, &tm);
		KUNIT_EXPECT_EQ(test, mktime64((unsigned int)(tm.tm_year + 1900), (unsigned int)tm.tm_mon + 1,
					       (unsigned int)tm.tm_mday, 0, 0, 0), t);
	}
}

static void real_time_is_what_it_was_set_to(struct kunit *test)
{
	struct timespec64 ts = { .tv_sec = 1767225600 }, wrong = { .tv_nsec = NSEC_PER_SEC };
	struct timespec64 before;

	ktime_get_real_ts64(&before);
	KUNIT_EXPECT_EQ(test, do_settimeofday64(&ts), 0);
	KUNIT_EXPECT_GE(test, ktime_get_real_seconds(), ts.tv_sec);
	/* A day is far more than any machine is held up for. */
	KUNIT_EXPECT_LT(test, ktime_get_real_seconds(), ts.tv_sec + 86400);
	KUNIT_EXPECT_EQ(test, do_settimeofday64(&wrong), -EINVAL);
	KUNIT_EXPECT_EQ(test, do_settimeofday64(&before), 0);
}

static void clock_never_goes_back(struct kunit *test)
{
	ktime_t last = ktime_get();
	unsigned int i;

	for (i = 0; i < 1000; i++) {
		ktime_t now = ktime_get();

		KUNIT_EXPECT_GE(test, now, last);
		last = now;
	}
}

/*
 * How many jiffies the counter is behind the clock, right after a tick of this CPU. The two do not begin at the
 * same moment, so this is not 0, but some whole number and always that, or one more; plus what a machine was
 * held up between the tick and the look at the clock. The least of some looks is as good as it gets.
 */
static s64 jiffies_behind_the_clock(void)
{
	s64 least = S64_MAX;
	unsigned int tries;

	for (tries = 0; tries < 20; tries++) {
		unsigned int cpu = get_cpu();
		unsigned long ticks = tick_count(cpu);

		while (tick_count(cpu) == ticks)
			arch_cpu_relax();
		least = min(least, (s64)(ktime_get_ns() / TICK_NSEC) - (s64)(jiffies - INITIAL_JIFFIES));
		put_cpu();
	}
	return least;
}

/* A machine may be held up at each of the looks, but not in each of so many rounds. */
#define ROUNDS	100

static void no_interrupts_for_20_jiffies(void)
{
	unsigned long flags;

	local_irq_save(flags);
	mdelay(jiffies_to_msecs(20));
	local_irq_restore(flags);
}

/* By how many jiffies it is farther behind, or less, after something than before; of some rounds the least. */
static s64 falls_behind_by(void (*something)(void))
{
	s64 least = S64_MAX;
	unsigned int round;

	for (round = 0; round < ROUNDS && least > 1; round++) {
		s64 before = jiffies_behind_the_clock();

		something();
		least = min(least, abs(jiffies_behind_the_clock() - before));
	}
	return least;
}

/* The tick that comes once interrupts are on again makes up for those that were missed. */
static void counter_catches_up_after_interrupts_were_off(struct kunit *test)
{
	KUNIT_EXPECT_LE(test, falls_behind_by(no_interrupts_for_20_jiffies), 1LL);
}

static void sleep_a_while(void)
{
	msleep(100);
}

static void counter_follows_the_clock(struct kunit *test)
{
	unsigned long begin = jiffies;

	KUNIT_EXPECT_LE(test, falls_behind_by(sleep_a_while), 1LL);
	KUNIT_EXPECT_GE(test, jiffies - begin, msecs_to_jiffies(100));
}

static void every_cpu_takes_ticks(struct kunit *test)
{
	unsigned long before[NR_CPUS] = { 0 };
	unsigned int cpu;

	for_each_online_cpu(cpu)
		before[cpu] = tick_count(cpu);
	for_each_online_cpu(cpu) {
		unsigned int turns;

		for (turns = 0; turns < 1000 && tick_count(cpu) <= before[cpu] + 2; turns++)
			msleep(20);
		KUNIT_EXPECT_GT(test, tick_count(cpu), before[cpu] + 2);
	}
}

static struct kunit_case jiffies_cases[] = {
	KUNIT_CASE(comparisons_hold_across_the_wrap),
	KUNIT_CASE(counter_begins_five_minutes_below_the_32_bit_wrap),
	KUNIT_CASE(milliseconds_round_up),
	KUNIT_CASE(conversions_there_and_back_are_the_same),
	KUNIT_CASE(ktime_arithmetic_follows_nanoseconds),
	KUNIT_CASE(timespec_is_normalised),
	KUNIT_CASE(date_and_seconds_agree),
	KUNIT_CASE(every_day_of_four_centuries_converts_both_ways),
	KUNIT_CASE(real_time_is_what_it_was_set_to),
	KUNIT_CASE(clock_never_goes_back),
	KUNIT_CASE(counter_catches_up_after_interrupts_were_off),
	KUNIT_CASE(counter_follows_the_clock),
	KUNIT_CASE(every_cpu_takes_ticks),
	{}
};

static struct kunit_suite jiffies_suite = {
	.name = "jiffies",
	.test_cases = jiffies_cases,
};
kunit_test_suite(jiffies_suite);
