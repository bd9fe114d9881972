// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PC's real-time clock: periodic interrupts on line 8, at several rates. How many come in which time is not
 * looked at: only that they come, and that they end.
 */
#include <kunit/test.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/rtc.h>
#include <linux/sched.h>
#include <linux/smp.h>

#define PATIENCE_JIFFIES	(60 * HZ)
#define CLOCK_LINE		8

static struct rtc_device *rtc;
static unsigned long ticks;
static bool wrong_context;

static void count_ticks(void *unused)
{
	wrong_context |= !in_task() || irqs_disabled();
	WRITE_ONCE(ticks, ticks + rtc_take_ticks(rtc));
}

static struct rtc_task task = { .func = count_ticks };

static void begin(struct kunit *test)
{
	rtc = rtc_class_open("rtc0");
	if (!rtc)
		kunit_skip(test, "no real-time clock");
	ticks = 0;
	wrong_context = false;
	KUNIT_ASSERT_EQ(test, rtc_irq_register(rtc, &task), 0);
}

static void end(void)
{
	rtc_irq_unregister(rtc, &task);
	rtc_class_close(rtc);
}

static bool ticks_reach(unsigned long n)
{
	unsigned long until = jiffies + PATIENCE_JIFFIES;

	while (READ_ONCE(ticks) < n && time_before(jiffies, until))
		schedule_timeout_uninterruptible(1);
	return READ_ONCE(ticks) >= n;
}

static void ticks_come_at_each_rate(struct kunit *test)
{
	static const int freqs[] = { 64, 1024, 8192, 128 };

	begin(test);
	for (unsigned int i = 0; i < ARRAY_SIZE(freqs); i++) {
		KUNIT_EXPECT_EQ(test, rtc_irq_set_freq(rtc, freqs[i]), 0);
		KUNIT_EXPECT_EQ(test, rtc_irq_set_state(rtc, 1), 0);
		KUNIT_EXPECT_TRUE_MSG(test, ticks_reach(READ_ONCE(ticks) + 10), "%d Hz", freqs[i]);
		KUNIT_EXPECT_EQ(test, rtc_irq_set_state(rtc, 0), 0);
	}
	KUNIT_EXPECT_FALSE(test, wrong_context);
	end();
}

static void no_tick_comes_after_the_end(struct kunit *test)
{
	unsigned long seen;

	begin(test);
	rtc_irq_set_freq(rtc, RTC_MAX_FREQ);
	rtc_irq_set_state(rtc, 1);
	KUNIT_EXPECT_TRUE(test, ticks_reach(3));
	rtc_irq_unregister(rtc, &task);
	seen = READ_ONCE(ticks);
	rtc_take_ticks(rtc);
	schedule_timeout_uninterruptible(3);
	KUNIT_EXPECT_EQ(test, READ_ONCE(ticks), seen);
	KUNIT_EXPECT_EQ(test, rtc_take_ticks(rtc), 0UL);
	rtc_class_close(rtc);
}

/* An edge that is not acknowledged is the last one: so each was, also those that came while the line was off. */
static void ticks_go_on_after_the_line_was_disabled(struct kunit *test)
{
	begin(test);
	rtc_irq_set_freq(rtc, 1024);
	rtc_irq_set_state(rtc, 1);
	KUNIT_EXPECT_TRUE(test, ticks_reach(3));
	disable_irq(CLOCK_LINE);
	schedule_timeout_uninterruptible(2);
	enable_irq(CLOCK_LINE);
	KUNIT_EXPECT_TRUE(test, ticks_reach(READ_ONCE(ticks) + 3));
	end();
}

static irqreturn_t not_mine(int irq, void *calls)
{
	atomic_inc(calls);
	return IRQ_NONE;
}

static void line_is_shared(struct kunit *test)
{
	atomic_t calls = ATOMIC_INIT(0);

	begin(test);
	KUNIT_EXPECT_EQ(test, request_irq(CLOCK_LINE, not_mine, IRQF_SHARED, "rtc test", &calls), 0);
	rtc_irq_set_state(rtc, 1);
	KUNIT_EXPECT_TRUE(test, ticks_reach(3));
	KUNIT_EXPECT_GE(test, atomic_read(&calls), 3);
	free_irq(CLOCK_LINE, &calls);
	end();
}

static void time_is_one_that_exists(struct kunit *test)
{
	struct rtc_time tm;

	begin(test);
	KUNIT_EXPECT_EQ(test, rtc_read_time(rtc, &tm), 0);
	KUNIT_EXPECT_EQ(test, rtc_valid_tm(&tm), 0);
	end();
}

static struct kunit_case rtc_cases[] = {
	KUNIT_CASE(ticks_come_at_each_rate),
	KUNIT_CASE(no_tick_comes_after_the_end),
	KUNIT_CASE(ticks_go_on_after_the_line_was_disabled),
	KUNIT_CASE(line_is_shared),
	KUNIT_CASE(time_is_one_that_exists),
	{}
};

static struct kunit_suite rtc_suite = { .name = "x86-rtc", .test_cases = rtc_cases };
kunit_test_suite(rtc_suite);
