// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arithmetic of jiffies. HZ may be anything: what is printed does not depend on it.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/time64.h>
#include <linux/timer.h>

#include "observe.h"
#include "timer.h"

#define OBSERVE_COMPARED(name, a, b)							\
	OBSERVE("timer.compared_" name, "after %d, after_eq %d, before %d, before_eq %d",	\
		(int)time_after(a, b), (int)time_after_eq(a, b), (int)time_before(a, b),	\
		(int)time_before_eq(a, b))

static void observe_comparisons(void)
{
	unsigned long now = jiffies;

	OBSERVE_COMPARED("2_and_1", 2UL, 1UL);
	OBSERVE_COMPARED("1_and_1", 1UL, 1UL);
	OBSERVE_COMPARED("0_and_the_largest", 0UL, ULONG_MAX);
	OBSERVE_COMPARED("the_largest_and_0", ULONG_MAX, 0UL);
	OBSERVE_COMPARED("half_the_range", 1UL << 63, 0UL);
	OBSERVE_COMPARED("less_than_half_the_range", (1UL << 63) - 1, 0UL);
	OBSERVE("timer.time_in_range", "%d %d %d", (int)time_in_range(5UL, ULONG_MAX, 5UL),
		(int)time_in_range(6UL, ULONG_MAX, 5UL), (int)time_in_range_open(5UL, ULONG_MAX, 5UL));
	OBSERVE("timer.compared_with_jiffies", "past %d %d, future %d %d",
		(int)time_is_before_jiffies(now - 1), (int)time_is_after_jiffies(now - 1),
		(int)time_is_before_jiffies(now + FAR_AWAY), (int)time_is_after_jiffies(now + FAR_AWAY));
	OBSERVE("timer.time_after64", "%d %d", (int)time_after64(2ULL, 1ULL), (int)time_after64(0ULL, ~0ULL));
	now = jiffies;
	OBSERVE("timer.get_jiffies_64_goes_with_jiffies", "%s", yes_no(get_jiffies_64() - now < 100 * HZ));
}

static void observe_units(void)
{
	struct timespec64 second = { .tv_sec = 3, .tv_nsec = 1 }, back;
	unsigned int forever = UINT_MAX;

	OBSERVE("timer.msecs_to_jiffies_of_0", "%lu", msecs_to_jiffies(0));
	OBSERVE("timer.msecs_to_jiffies_of_1000", "a second %s", yes_no(msecs_to_jiffies(1000) == HZ));
	OBSERVE("timer.msecs_to_jiffies_rounds_up", "%s", yes_no(msecs_to_jiffies(1001) == HZ + 1));
	OBSERVE("timer.msecs_to_jiffies_of_minus_1", "for ever %s",
		yes_no(msecs_to_jiffies(forever) == MAX_JIFFY_OFFSET));
	OBSERVE("timer.usecs_to_jiffies_of_1", "%lu, of a second %s", usecs_to_jiffies(1),
		yes_no(usecs_to_jiffies(1000000) == HZ));
	OBSERVE("timer.nsecs_to_jiffies", "of 1 %lu, of a second %s", nsecs_to_jiffies(1),
		yes_no(nsecs_to_jiffies(NSEC_PER_SEC) == HZ));
	OBSERVE("timer.jiffies_to_msecs_of_a_second", "%u, to usecs %u", jiffies_to_msecs(HZ),
		jiffies_to_usecs(HZ));
	OBSERVE("timer.jiffies_to_nsecs_of_a_second", "%llu", (unsigned long long)jiffies_to_nsecs(HZ));
	OBSERVE("timer.jiffies_to_clock_t_of_a_second", "%ld", (long)jiffies_to_clock_t(HZ));
	OBSERVE("timer.clock_t_to_jiffies_of_100", "a second %s", yes_no(clock_t_to_jiffies(100) == HZ));
	OBSERVE("timer.timespec64_to_jiffies_rounds_up", "%s",
		yes_no(timespec64_to_jiffies(&second) == 3 * HZ + 1));
	jiffies_to_timespec64(2 * HZ, &back);
	OBSERVE("timer.jiffies_to_timespec64", "%lld.%09ld", (long long)back.tv_sec, back.tv_nsec);
	OBSERVE("timer.milliseconds_there_and_back_are_not_less", "%s",
		yes_no(jiffies_to_msecs(msecs_to_jiffies(7)) >= 7));
}

static void observe_rounding(void)
{
	unsigned long later = jiffies + 10 * HZ + 1;
	unsigned long up = round_jiffies_up(later), near = round_jiffies(later);
	unsigned long relative = round_jiffies_up_relative(10 * HZ);

	OBSERVE("timer.round_jiffies_up", "not before %s, within a second %s, a whole second %s",
		yes_no(time_after_eq(up, later)), yes_no(time_before(up, later + HZ)), yes_no(up % HZ == 0));
	OBSERVE("timer.round_jiffies", "at most a quarter before %s, within a second %s, a whole second %s",
		yes_no(time_after_eq(near, later - HZ / 4)), yes_no(time_before(near, later + HZ)),
		yes_no(near % HZ == 0));
	OBSERVE("timer.round_jiffies_of_the_past_changes_it", "%s",
		yes_no(round_jiffies(later - 20 * HZ) != later - 20 * HZ));
	OBSERVE("timer.round_jiffies_up_relative", "not less %s, within a second %s",
		yes_no(relative >= 10 * HZ - 1), yes_no(relative < 11 * HZ));
}

static void observe_ktime(void)
{
	ktime_t second = ktime_set(1, 5), before = ktime_get();

	OBSERVE("timer.ktime_set_1_5", "%lld", (long long)ktime_to_ns(second));
	OBSERVE("timer.ktime_to_ms_and_us", "%lld %lld", (long long)ktime_to_ms(second),
		(long long)ktime_to_us(second));
	OBSERVE("timer.ktime_compare", "%d %d %d", ktime_compare(second, ktime_set(1, 6)),
		ktime_compare(second, second), ktime_compare(second, 0));
	OBSERVE("timer.ktime_arithmetic", "%lld %lld %lld", (long long)ktime_add_ms(second, 2),
		(long long)ktime_sub(second, ktime_set(2, 0)),
		(long long)ktime_ms_delta(ktime_add_us(second, 2500), second));
	OBSERVE("timer.ktime_get_never_goes_back", "%s", yes_no(!ktime_before(ktime_get(), before)));
}

void observe_jiffies(void)
{
	observe_comparisons();
	observe_units();
	observe_rounding();
	observe_ktime();
}
