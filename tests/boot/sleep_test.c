// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sleeping for a time.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/timer.h>

#include <kunit/scenario.h>

#include "helpers.h"

/* Return: ticks that passed. */
static unsigned long msleep_once(struct kunit *test, unsigned int msecs)
{
	unsigned long begin_tick = jiffies;
	ktime_t begin = ktime_get();

	msleep(msecs);
	KUNIT_EXPECT_GE(test, ktime_ms_delta(ktime_get(), begin), (s64)msecs);
	return jiffies - begin_tick;
}

static const unsigned int sleep_lengths[] = { 0, 1, 3, 10, 25 };

static void msleep_is_never_short(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sleep_lengths); i++)
		msleep_once(test, sleep_lengths[i]);
}

/* A schedule of the simulated machine may hold one sleep up, but not each. A real machine may do anything. */
static void msleep_is_at_most_one_tick_longer_than_its_jiffies(struct kunit *test)
{
	unsigned int i, tries;

	if (!scenario_simulated())
		kunit_skip(test, "only where time is simulated");
	for (i = 0; i < ARRAY_SIZE(sleep_lengths); i++) {
		unsigned long limit = msecs_to_jiffies(sleep_lengths[i]) + 1, ticks = limit + 1;

		for (tries = 0; tries < 20 && ticks > limit; tries++)
			ticks = msleep_once(test, sleep_lengths[i]);
		KUNIT_EXPECT_LE(test, ticks, limit);
	}
}

static void schedule_timeout_that_is_over_has_nothing_left(struct kunit *test)
{
	unsigned long begin = jiffies;

	KUNIT_EXPECT_EQ(test, schedule_timeout_uninterruptible(3), 0L);
	KUNIT_EXPECT_GE(test, jiffies, begin + 3);
	KUNIT_EXPECT_EQ(test, schedule_timeout_interruptible(0), 0L);
	KUNIT_EXPECT_EQ(test, schedule_timeout_idle(1), 0L);
	KUNIT_EXPECT_EQ(test, schedule_timeout_killable(1), 0L);
}

static void schedule_timeout_of_a_running_task_only_yields(struct kunit *test)
{
	__set_current_state(TASK_RUNNING);
	KUNIT_EXPECT_GT(test, schedule_timeout(100 * HZ), 50L * HZ);
}

struct waker {
	struct timer_list timer;
	struct task_struct *task;
};

static void wake(struct timer_list *timer)
{
	struct waker *waker = timer_container_of(waker, timer, timer);

	wake_up_process(waker->task);
}

static void start_waker(struct waker *waker, unsigned long delay)
{
	waker->task = current;
	timer_setup_on_stack(&waker->timer, wake, 0);
	mod_timer(&waker->timer, jiffies + delay);
}

static void stop_waker(struct waker *waker)
{
	timer_delete_sync(&waker->timer);
	timer_destroy_on_stack(&waker->timer);
}

static void woken_sleeper_gets_the_rest(struct kunit *test)
{
	unsigned long begin = jiffies;
	struct waker waker;
	long left;

	set_current_state(TASK_INTERRUPTIBLE);
	start_waker(&waker, 3);
	left = schedule_timeout(100 * HZ);
	KUNIT_EXPECT_GE(test, jiffies, begin + 3);
	KUNIT_EXPECT_GT(test, left, 50L * HZ);
	/* Less by what it slept. An emulator that is held up may be woken before it sleeps. */
	KUNIT_EXPECT_GE(test, left, 100L * HZ - (long)(jiffies - begin));
	KUNIT_EXPECT_LE(test, left, 100L * HZ);
	stop_waker(&waker);
}

static void msleep_goes_on_after_a_wake_up(struct kunit *test)
{
	unsigned long begin = jiffies, length = msecs_to_jiffies(40);
	struct waker waker;

	start_waker(&waker, 1);
	msleep(40);
	KUNIT_EXPECT_GE(test, jiffies - begin, length);
	stop_waker(&waker);
}

static void wait_for_ever_ends_by_a_wake_up(struct kunit *test)
{
	struct waker waker;

	set_current_state(TASK_UNINTERRUPTIBLE);
	start_waker(&waker, 2);
	KUNIT_EXPECT_EQ(test, schedule_timeout(MAX_SCHEDULE_TIMEOUT), MAX_SCHEDULE_TIMEOUT);
	stop_waker(&waker);
}

static void negative_timeout_is_reported_and_does_not_sleep(struct kunit *test)
{
	bug_expect(1);
	KUNIT_EXPECT_EQ(test, schedule_timeout_uninterruptible(-1), 0L);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	KUNIT_EXPECT_TRUE(test, task_is_running(current));
}

static void usleep_range_is_never_short(struct kunit *test)
{
	static const unsigned long lengths[] = { 1, 50, 900, 12000, 30000 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		ktime_t begin = ktime_get();

		usleep_range(lengths[i], lengths[i] + 100);
		KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), begin), (s64)lengths[i]);
	}
	usleep_range(10, 5);	/* an impossible range is taken as its minimum */
}

static void delays_are_never_short(struct kunit *test)
{
	ktime_t begin = ktime_get();

	udelay(300);
	KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), begin), 300LL);
	begin = ktime_get();
	ndelay(2500);
	KUNIT_EXPECT_GE(test, ktime_get() - begin, 2500LL);
	begin = ktime_get();
	mdelay(2);
	KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), begin), 2000LL);
	fsleep(5);
	fsleep(500);
	fsleep(25000);
	KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), begin), 27505LL);
}

static struct kunit_case sleep_cases[] = {
	KUNIT_CASE(msleep_is_never_short),
	KUNIT_CASE(msleep_is_at_most_one_tick_longer_than_its_jiffies),
	KUNIT_CASE(schedule_timeout_that_is_over_has_nothing_left),
	KUNIT_CASE(schedule_timeout_of_a_running_task_only_yields),
	KUNIT_CASE(woken_sleeper_gets_the_rest),
	KUNIT_CASE(msleep_goes_on_after_a_wake_up),
	KUNIT_CASE(wait_for_ever_ends_by_a_wake_up),
	KUNIT_CASE(negative_timeout_is_reported_and_does_not_sleep),
	KUNIT_CASE(usleep_range_is_never_short),
	KUNIT_CASE(delays_are_never_short),
	{}
};

static struct kunit_suite sleep_suite = {
	.name = "sleep",
	.test_cases = sleep_cases,
};
kunit_test_suite(sleep_suite);
