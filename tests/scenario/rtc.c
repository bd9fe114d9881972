// SPDX-License-Identifier: GPL-2.0-only
/*
 * The real-time clock under every schedule: each tick is told once, and none after rtc_irq_unregister().
 *
 * The clock is memory; its line is a software line, an edge for each tick.
 */
#include <kunit/scenario.h>
#include <linux/rtc.h>
#include <linux/sched.h>

#define TICKS	4UL

static struct rtc_device rtc, *before;
static u8 control;			/* register B */
static unsigned long told;
static int gone, wrong, inside;

static u8 clock_read(struct rtc_device *clock, u8 reg)
{
	if (reg == 11)
		return READ_ONCE(control);
	return reg == 12 ? RTC_IRQF | RTC_PF : reg == 13 ? 0x80 : 0;
}

static void clock_write(struct rtc_device *clock, u8 reg, u8 value)
{
	if (reg == 11)
		WRITE_ONCE(control, value);
}

static void tell(void *unused)
{
	if (READ_ONCE(inside) || READ_ONCE(gone))
		WRITE_ONCE(wrong, 1);
	WRITE_ONCE(inside, 1);
	WRITE_ONCE(told, READ_ONCE(told) + rtc_take_ticks(&rtc));
	WRITE_ONCE(inside, 0);
}

static struct rtc_task task = { .func = tell };

static void tick(void *unused)
{
	if (READ_ONCE(control) & 0x40)
		scenario_raise_irq(rtc.irq);
}

static void begin(struct kunit *test)
{
	unsigned int irq = scenario_irq(test, SCENARIO_EDGE);

	told = 0;
	gone = wrong = inside = 0;
	/* The machine's own stands aside. */
	before = rtc_class_open("rtc0");
	if (before) {
		rtc_class_close(before);
		rtc_remove(before);
	}
	rtc.read = clock_read;
	rtc.write = clock_write;
	rtc.irq = irq;
	KUNIT_ASSERT_EQ(test, rtc_add(&rtc), 0);
	KUNIT_ASSERT_PTR_EQ(test, rtc_class_open("rtc0"), &rtc);
	KUNIT_ASSERT_EQ(test, rtc_irq_register(&rtc, &task), 0);
	KUNIT_ASSERT_EQ(test, rtc_irq_set_state(&rtc, 1), 0);
}

static void end(void)
{
	rtc_class_close(&rtc);
	rtc_remove(&rtc);
	if (before)
		rtc_add(before);
}

static void unregistered_task_is_told_nothing_more(struct kunit *test)
{
	struct scenario_thread thread;

	begin(test);
	scenario_inject(tick, NULL);
	scenario_inject(tick, NULL);
	scenario_start(test, &thread, 1, tick, NULL);
	rtc_irq_unregister(&rtc, &task);
	WRITE_ONCE(gone, 1);
	KUNIT_EXPECT_EQ(test, READ_ONCE(inside), 0);
	scenario_join(&thread);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, READ_ONCE(wrong), 0);
	end();
}
SCENARIO(unregistered_task_is_told_nothing_more);

/* Several requests that are one edge are one tick: at least one is told, and none twice. */
static void ticks_anywhere_are_told_and_none_twice(struct kunit *test)
{
	struct scenario_thread thread;

	begin(test);
	scenario_inject(tick, NULL);
	scenario_inject(tick, NULL);
	scenario_start(test, &thread, 1, tick, NULL);
	tick(NULL);
	scenario_join(&thread);
	scenario_settle();
	while (!READ_ONCE(told))
		schedule_timeout_uninterruptible(1);
	rtc_irq_unregister(&rtc, &task);
	KUNIT_EXPECT_EQ(test, READ_ONCE(wrong), 0);
	KUNIT_EXPECT_LE(test, READ_ONCE(told), TICKS);
	end();
}
SCENARIO(ticks_anywhere_are_told_and_none_twice);
