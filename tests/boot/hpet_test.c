// SPDX-License-Identifier: GPL-2.0-only
/*
 * The event timers' driver on timers that are memory: set, fired, mad.
 *
 * The counter goes on by a number of counts with each look at it. Where the machine has a line to spare the timers
 * have it, and their thread runs.
 */
#include <kunit/scenario.h>
#include <linux/err.h>
#include <linux/hpet.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "thread_helpers.h"

#define PERIOD_FS	10000000	/* 100 MHz, as QEMU's */
#define TIMERS		3U

static struct fake {
	struct hpet hpet;
	bool floating;
	u32 id, period, step, counter, status, routes;
	u32 cfg[TIMERS], compare[TIMERS];
	u32 first[TIMERS];		/* the comparator, as first written in periodic mode */
	u32 general;
	int line;
} fake;

static struct hpet *before;
static unsigned long events, calls;
static bool wrong_context;

static unsigned int timer_of(unsigned int reg)
{
	return (reg - HPET_Tn_CFG(0)) / 0x20;
}

static u32 fake_read(struct hpet *hpet, unsigned int reg)
{
	if (fake.floating) {
		/* What is gone pulls no line. */
		if (fake.line >= 0)
			scenario_lower_irq((unsigned int)fake.line);
		return 0xffffffff;
	}
	switch (reg) {
	case HPET_ID:
		return fake.id;
	case HPET_PERIOD:
		return fake.period;
	case HPET_COUNTER:
		return fake.counter += fake.step;
	case HPET_STATUS:
		return fake.status;
	case HPET_Tn_CFG(0):
		return fake.cfg[0] | HPET_TN_PERIODIC_CAP;
	}
	if (reg >= HPET_Tn_CFG(0) && timer_of(reg) < TIMERS && reg % 0x20 == 4)
		return fake.routes;
	return 0;
}

static void write_status(u32 value)
{
	fake.status &= ~value;
	if (fake.line >= 0 && !fake.status)
		scenario_lower_irq((unsigned int)fake.line);
}

static void write_compare(unsigned int n, u32 value)
{
	fake.compare[n] = value;
	if (fake.cfg[n] & HPET_TN_SETVAL)
		fake.first[n] = value;
	fake.cfg[n] &= ~(u32)HPET_TN_SETVAL;
}

static void fake_write(struct hpet *hpet, unsigned int reg, u32 value)
{
	unsigned int n = timer_of(reg);

	if (reg == HPET_CFG)
		fake.general = value;
	else if (reg == HPET_STATUS)
		write_status(value);
	else if (reg >= HPET_Tn_CFG(0) && n < TIMERS && reg % 0x20 == 0)
		fake.cfg[n] = value;
	else if (reg >= HPET_Tn_CFG(0) && n < TIMERS && reg % 0x20 == 8)
		write_compare(n, value);
}

static int hpet_test_init(struct kunit *test)
{
	before = hpet_present();
	if (before)
		hpet_free(before);
	memset(&fake, 0, sizeof(fake));
	fake.hpet.read = fake_read;
	fake.hpet.write = fake_write;
	fake.id = 0x8086a201;
	fake.period = PERIOD_FS;
	fake.step = 1;
	fake.general = HPET_CFG_LEGACY;
	fake.cfg[1] = HPET_TN_ENABLE;
	fake.line = -1;
	events = calls = 0;
	wrong_context = false;
	return 0;
}

static void hpet_test_exit(struct kunit *test)
{
	hpet_free(&fake.hpet);
	if (before)
		hpet_alloc(before);
}

static void count(void *data, unsigned long n)
{
	wrong_context |= !in_task() || data != &fake;
	WRITE_ONCE(events, events + n);
	WRITE_ONCE(calls, calls + 1);
}

/* A level, as of the real ones; the driver does as well with an edge. */
static void start(struct kunit *test)
{
	fake.line = scenario_lend_irq(SCENARIO_LEVEL);
	if (fake.line < 0)
		fake.line = (int)scenario_irq(test, SCENARIO_EDGE);
	if (fake.line >= 32)
		kunit_skip(test, "no timer could be wired to software line %d", fake.line);
	fake.routes = BIT((u32)fake.line);
	fake.hpet.lines = ~0U;
	KUNIT_ASSERT_EQ(test, hpet_alloc(&fake.hpet), 0);
}

static struct hpet_timer *take(struct kunit *test)
{
	struct hpet_timer *timer = hpet_timer_request(count, &fake);

	KUNIT_ASSERT_FALSE(test, IS_ERR(timer));
	return timer;
}

static void fires(unsigned int n)
{
	fake.status |= BIT(n);
	scenario_raise_irq((unsigned int)fake.line);
}

static bool events_reach(unsigned long n)
{
	for (int i = 0; i < 1000 && READ_ONCE(events) < n; i++)
		schedule_timeout_uninterruptible(1);
	return READ_ONCE(events) == n;
}

/* ---- found, or not */

static void what_the_firmware_left_on_is_off(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, hpet_alloc(&fake.hpet), 0);
	KUNIT_EXPECT_EQ(test, fake.general, HPET_CFG_ENABLE);
	KUNIT_EXPECT_EQ(test, fake.cfg[1] & HPET_TN_ENABLE, 0U);
	KUNIT_EXPECT_EQ(test, fake.hpet.nr_timers, TIMERS);
	KUNIT_EXPECT_TRUE(test, fake.hpet.timers[0].periodic_cap);
	KUNIT_EXPECT_FALSE(test, fake.hpet.timers[1].periodic_cap);
}

static void no_timers_are_no_error_and_no_message(struct kunit *test)
{
	u64 seq = printk_next_seq();

	fake.floating = true;
	KUNIT_EXPECT_EQ(test, hpet_alloc(&fake.hpet), -ENODEV);
	KUNIT_EXPECT_FALSE(test, logged_since(seq, "hpet"));
	KUNIT_EXPECT_EQ(test, PTR_ERR(hpet_timer_request(count, NULL)), -ENODEV);
}

static void expect_given_up(struct kunit *test, const char *why)
{
	u64 seq = printk_next_seq();

	memset(&fake.hpet, 0, sizeof(fake.hpet));
	fake.hpet.read = fake_read;
	fake.hpet.write = fake_write;
	KUNIT_EXPECT_EQ(test, hpet_alloc(&fake.hpet), -EIO);
	KUNIT_EXPECT_TRUE_MSG(test, logged_since(seq, why), "it was not said: %s", why);
}

static void timers_that_cannot_be_are_given_up_by_name(struct kunit *test)
{
	fake.id = 0x8086a200;
	expect_given_up(test, "it has no revision: given up");
	fake.id = 0x8086a201;
	fake.period = 0;
	expect_given_up(test, "its period is impossible: given up");
	fake.period = 100000001;
	expect_given_up(test, "its period is impossible: given up");
	fake.period = PERIOD_FS;
	fake.step = 0;
	expect_given_up(test, "its counter stands still: given up");
}

static void timers_without_a_line_are_busy(struct kunit *test)
{
	fake.routes = 0x4;
	fake.hpet.lines = 0x00ff0000;
	KUNIT_EXPECT_EQ(test, hpet_alloc(&fake.hpet), 0);
	KUNIT_EXPECT_EQ(test, PTR_ERR(hpet_timer_request(count, NULL)), -EBUSY);
}

/* ---- set */

static void event_is_told_in_a_thread(struct kunit *test)
{
	struct hpet_timer *timer;

	start(test);
	timer = take(test);
	KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, 1000000, false), 0);
	KUNIT_EXPECT_EQ(test, fake.compare[0], fake.counter - 1 + 100000);
	KUNIT_EXPECT_EQ(test, fake.cfg[0], HPET_TN_LEVEL | HPET_TN_32BIT | HPET_TN_ENABLE |
			(u32)fake.line << HPET_TN_ROUTE_SHIFT);
	fires(0);
	KUNIT_EXPECT_TRUE(test, events_reach(1));
	KUNIT_EXPECT_FALSE(test, wrong_context);
	KUNIT_EXPECT_EQ(test, fake.status, 0U);
	hpet_timer_release(timer);
	KUNIT_EXPECT_EQ(test, fake.cfg[0] & HPET_TN_ENABLE, 0U);
}

static void period_is_written_behind_the_first_time(struct kunit *test)
{
	struct hpet_timer *timer;

	start(test);
	timer = take(test);
	KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, 1000000, true), 0);
	KUNIT_EXPECT_EQ(test, fake.first[0], fake.counter + 100000);
	KUNIT_EXPECT_EQ(test, fake.compare[0], 100000U);
	KUNIT_EXPECT_TRUE(test, fake.cfg[0] & HPET_TN_PERIODIC);
	for (unsigned long i = 1; i <= 5; i++) {
		fires(0);
		KUNIT_EXPECT_TRUE(test, events_reach(i));
	}
	/* Once, from periodic: the comparator is not a period any more. */
	KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, 1000000, false), 0);
	KUNIT_EXPECT_FALSE(test, fake.cfg[0] & HPET_TN_PERIODIC);
	hpet_timer_release(timer);
}

static void time_that_passes_while_it_is_set_is_set_later(struct kunit *test)
{
	struct hpet_timer *timer;

	start(test);
	timer = take(test);
	fake.step = 1000;	/* more than the shortest time */
	KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, 0, false), 0);
	KUNIT_EXPECT_GT(test, (s32)(fake.compare[0] - fake.counter), 0);
	hpet_timer_release(timer);
}

static void time_that_cannot_be_set_is_an_error(struct kunit *test)
{
	struct hpet_timer *timer;
	u64 seq = printk_next_seq();

	start(test);
	timer = take(test);
	fake.step = 0x7fffffff;	/* whatever is set is over */
	KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, 1000000, false), -EIO);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "hpet: timer 0: its counter runs away"));
	KUNIT_EXPECT_EQ(test, fake.cfg[0] & HPET_TN_ENABLE, 0U);
	hpet_timer_release(timer);
}

static void times_that_cannot_be_are_refused(struct kunit *test)
{
	struct hpet_timer *first, *second;

	start(test);
	first = take(test);
	second = take(test);
	KUNIT_EXPECT_EQ(test, hpet_timer_start(first, 21000000000ULL, false), 0);
	KUNIT_EXPECT_EQ(test, hpet_timer_start(first, 22000000000ULL, false), -EINVAL);
	KUNIT_EXPECT_EQ(test, hpet_timer_start(first, ~0ULL, true), -EINVAL);
	KUNIT_EXPECT_EQ(test, hpet_timer_start(first, 0, true), -EINVAL);
	KUNIT_EXPECT_EQ(test, hpet_timer_start(second, 1000000, true), -EINVAL);	/* it is not able to */
	hpet_timer_release(second);
	hpet_timer_release(first);
}

static void timers_on_one_line_tell_their_events_apart(struct kunit *test)
{
	struct hpet_timer *timer[TIMERS];

	start(test);
	for (unsigned int i = 0; i < TIMERS; i++)
		timer[i] = take(test);
	KUNIT_EXPECT_EQ(test, PTR_ERR(hpet_timer_request(count, NULL)), -EBUSY);
	hpet_timer_start(timer[1], 1000, false);
	fires(1);
	KUNIT_EXPECT_TRUE(test, events_reach(1));
	KUNIT_EXPECT_EQ(test, atomic_long_read(&timer[0]->events), 0L);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&timer[2]->events), 0L);
	for (unsigned int i = 0; i < TIMERS; i++)
		hpet_timer_release(timer[i]);
}

static void status_of_ones_is_the_end(struct kunit *test)
{
	struct hpet_timer *timer;
	u64 seq = printk_next_seq();

	start(test);
	timer = take(test);
	hpet_timer_start(timer, 1000, false);
	fake.floating = true;
	fires(0);
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(fake.hpet.dead)));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "hpet: its status reads as ones: given up"));
	KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, 1000, false), -ENODEV);
	KUNIT_EXPECT_EQ(test, PTR_ERR(hpet_timer_request(count, NULL)), -ENODEV);
	hpet_timer_release(timer);
}

static struct kunit_case hpet_cases[] = {
	KUNIT_CASE(what_the_firmware_left_on_is_off),
	KUNIT_CASE(no_timers_are_no_error_and_no_message),
	KUNIT_CASE(timers_that_cannot_be_are_given_up_by_name),
	KUNIT_CASE(timers_without_a_line_are_busy),
	KUNIT_CASE(event_is_told_in_a_thread),
	KUNIT_CASE(period_is_written_behind_the_first_time),
	KUNIT_CASE(time_that_passes_while_it_is_set_is_set_later),
	KUNIT_CASE(time_that_cannot_be_set_is_an_error),
	KUNIT_CASE(times_that_cannot_be_are_refused),
	KUNIT_CASE(timers_on_one_line_tell_their_events_apart),
	KUNIT_CASE(status_of_ones_is_the_end),
	{}
};

static struct kunit_suite hpet_suite = {
	.name = "hpet", .init = hpet_test_init, .exit = hpet_test_exit, .test_cases = hpet_cases,
};
kunit_test_suite(hpet_suite);
