// SPDX-License-Identifier: GPL-2.0-only
/*
 * The real-time clock's driver on a clock that is memory: ticks, times, nonsense.
 */
#include <kunit/test.h>
#include <linux/printk.h>
#include <linux/rtc.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "thread_helpers.h"

static struct fake {
	struct rtc_device rtc;
	u8 regs[16];
	u8 why;			/* register C: read once */
	bool floating, updating;
	unsigned int updates;	/* so many looks find it updating, first */
} fake;

static struct rtc_device *before;	/* the machine's own, out of the way */
static unsigned int told, ticks;
static bool wrong_context;

static u8 fake_read(struct rtc_device *rtc, u8 reg)
{
	u8 why = fake.why;

	if (fake.floating)
		return 0xff;
	if (reg == 12) {
		fake.why = 0;
		return why;
	}
	if (reg == 10 && (fake.updating || (fake.updates && fake.updates--)))
		return fake.regs[reg] | 0x80;
	return fake.regs[reg];
}

static void fake_write(struct rtc_device *rtc, u8 reg, u8 value)
{
	fake.regs[reg] = value;
}

/* Binary, 24 hours: 2026-11-20 15:04:05. */
static int rtc_test_init(struct kunit *test)
{
	static const u8 regs[16] = { 5, 0, 4, 0, 15, 0, 0, 20, 11, 26, 0x26, 0x76, 0, 0x80 };

	/* There is one rtc0: this one takes its place for a while. */
	before = rtc_class_open("rtc0");
	if (before) {
		rtc_class_close(before);
		rtc_remove(before);
	}
	memset(&fake, 0, sizeof(fake));
	memcpy(fake.regs, regs, sizeof(regs));
	fake.rtc.read = fake_read;
	fake.rtc.write = fake_write;
	told = ticks = 0;
	wrong_context = false;
	return 0;
}

static void rtc_test_exit(struct kunit *test)
{
	rtc_remove(&fake.rtc);
	if (before)
		rtc_add(before);
}

static void count_ticks(void *data)
{
	wrong_context |= !in_task() || irqs_disabled() || data != &fake;
	ticks += (unsigned int)rtc_take_ticks(&fake.rtc);
	WRITE_ONCE(told, told + 1);
}

static struct rtc_task task = { .func = count_ticks, .private_data = &fake };

static struct rtc_device *start(struct kunit *test)
{
	struct rtc_device *rtc;

	KUNIT_ASSERT_EQ(test, rtc_add(&fake.rtc), 0);
	rtc = rtc_class_open("rtc0");
	KUNIT_ASSERT_PTR_EQ(test, rtc, &fake.rtc);
	KUNIT_ASSERT_EQ(test, rtc_irq_register(rtc, &task), 0);
	return rtc;
}

static void end(struct rtc_device *rtc)
{
	rtc_irq_unregister(rtc, &task);
	rtc_class_close(rtc);
}

static void interrupt(void *result)
{
	*(irqreturn_t *)result = rtc_interrupt(0, &fake.rtc);
}

static irqreturn_t interrupt_for(u8 why)
{
	irqreturn_t result;

	fake.why = why;
	in_hard_irq(interrupt, &result);
	return result;
}

/* ---- ticks */

static void tick_is_told_in_a_task(struct kunit *test)
{
	struct rtc_device *rtc = start(test);

	KUNIT_EXPECT_EQ(test, interrupt_for(RTC_IRQF | RTC_PF), IRQ_HANDLED);
	flush_work(&rtc->irqwork);
	KUNIT_EXPECT_EQ(test, told, 1U);
	KUNIT_EXPECT_EQ(test, ticks, 1U);
	KUNIT_EXPECT_FALSE(test, wrong_context);
	end(rtc);
}

static void ticks_faster_than_the_work_are_all_counted(struct kunit *test)
{
	struct rtc_device *rtc = start(test);

	for (int i = 0; i < 100; i++)
		interrupt_for(RTC_IRQF | RTC_PF);
	flush_work(&rtc->irqwork);
	KUNIT_EXPECT_EQ(test, ticks, 100U);
	KUNIT_EXPECT_LE(test, told, 100U);
	end(rtc);
}

static void interrupt_of_another_device_is_not_ours(struct kunit *test)
{
	struct rtc_device *rtc = start(test);

	KUNIT_EXPECT_EQ(test, interrupt_for(0), IRQ_NONE);
	KUNIT_EXPECT_EQ(test, interrupt_for(RTC_PF), IRQ_NONE);	/* it is over, but not asked for */
	KUNIT_EXPECT_EQ(test, interrupt_for(RTC_IRQF | RTC_UF), IRQ_HANDLED);
	flush_work(&rtc->irqwork);
	KUNIT_EXPECT_EQ(test, told, 0U);
	end(rtc);
}

static void frequencies_are_powers_of_two_from_2_to_8192(struct kunit *test)
{
	static const int wrong[] = { -8, 0, 1, 3, 1000, 8191, 16384, 32768 };
	struct rtc_device *rtc = start(test);

	for (unsigned int i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_EQ(test, rtc_irq_set_freq(rtc, wrong[i]), -EINVAL);
	for (int freq = 2, rate = 15; freq <= RTC_MAX_FREQ; freq *= 2, rate--) {
		KUNIT_EXPECT_EQ(test, rtc_irq_set_freq(rtc, freq), 0);
		KUNIT_EXPECT_EQ(test, fake.regs[10], 0x20 | rate);
	}
	end(rtc);
}

static void state_switches_the_periodic_interrupt_alone(struct kunit *test)
{
	struct rtc_device *rtc = start(test);

	KUNIT_EXPECT_EQ(test, fake.regs[11], 0x06);	/* what the firmware had on is off */
	fake.why = RTC_PF;
	KUNIT_EXPECT_EQ(test, rtc_irq_set_state(rtc, 1), 0);
	KUNIT_EXPECT_EQ(test, fake.regs[11], 0x46);
	KUNIT_EXPECT_EQ(test, fake.why, 0);
	KUNIT_EXPECT_EQ(test, rtc_irq_set_state(rtc, 0), 0);
	KUNIT_EXPECT_EQ(test, fake.regs[11], 0x06);
	rtc_irq_set_state(rtc, 1);
	end(rtc);
	KUNIT_EXPECT_EQ(test, fake.regs[11], 0x06);
}

static void second_task_is_refused(struct kunit *test)
{
	struct rtc_device *rtc = start(test);
	struct rtc_task other = { .func = count_ticks };

	KUNIT_EXPECT_EQ(test, rtc_irq_register(rtc, &other), -EBUSY);
	KUNIT_EXPECT_EQ(test, rtc_irq_register(rtc, NULL), -EINVAL);
	rtc_irq_unregister(rtc, &other);
	interrupt_for(RTC_IRQF | RTC_PF);
	flush_work(&rtc->irqwork);
	KUNIT_EXPECT_EQ(test, ticks, 1U);
	end(rtc);
}

static void no_such_name_is_no_clock(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, rtc_class_open("rtc0"));
	KUNIT_EXPECT_EQ(test, rtc_add(&fake.rtc), 0);
	KUNIT_EXPECT_NULL(test, rtc_class_open("rtc1"));
	KUNIT_EXPECT_EQ(test, rtc_add(&fake.rtc), -EBUSY);
}

/* ---- the time of day */

static void expect_time(struct kunit *test, int year, int month, int day, int hour, int minute, int second)
{
	struct rtc_time tm = { .tm_sec = -1 };

	KUNIT_EXPECT_EQ(test, rtc_read_time(&fake.rtc, &tm), 0);
	KUNIT_EXPECT_EQ(test, tm.tm_year + 1900, year);
	KUNIT_EXPECT_EQ(test, tm.tm_mon + 1, month);
	KUNIT_EXPECT_EQ(test, tm.tm_mday, day);
	KUNIT_EXPECT_EQ(test, tm.tm_hour, hour);
	KUNIT_EXPECT_EQ(test, tm.tm_min, minute);
	KUNIT_EXPECT_EQ(test, tm.tm_sec, second);
}

static void set_time_registers(u8 format, u8 year, u8 month, u8 day, u8 hour, u8 minute, u8 second)
{
	fake.regs[11] = format;
	fake.regs[9] = year;
	fake.regs[8] = month;
	fake.regs[7] = day;
	fake.regs[4] = hour;
	fake.regs[2] = minute;
	fake.regs[0] = second;
}

static void time_is_read_in_all_four_formats(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, rtc_add(&fake.rtc), 0);
	expect_time(test, 2026, 11, 20, 15, 4, 5);
	set_time_registers(0x02, 0x26, 0x11, 0x20, 0x15, 0x04, 0x05);	/* BCD */
	expect_time(test, 2026, 11, 20, 15, 4, 5);
	set_time_registers(0x00, 0x26, 0x11, 0x20, 0x83, 0x04, 0x05);	/* BCD, 3 in the afternoon */
	expect_time(test, 2026, 11, 20, 15, 4, 5);
	set_time_registers(0x04, 99, 12, 31, 12, 59, 59);		/* 12 at night */
	expect_time(test, 1999, 12, 31, 0, 59, 59);
	set_time_registers(0x04, 70, 1, 1, 0x8c, 0, 0);			/* 12 at noon */
	expect_time(test, 1970, 1, 1, 12, 0, 0);
}

static void time_is_read_after_an_update(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, rtc_add(&fake.rtc), 0);
	fake.updates = 20;
	expect_time(test, 2026, 11, 20, 15, 4, 5);
}

static void time_that_does_not_exist_is_refused(struct kunit *test)
{
	static const u8 wrong[][6] = {
		{ 26, 0, 20, 1, 1, 1 }, { 26, 13, 20, 1, 1, 1 }, { 26, 2, 29, 1, 1, 1 }, { 26, 4, 31, 1, 1, 1 },
		{ 26, 4, 0, 1, 1, 1 }, { 26, 4, 1, 24, 1, 1 }, { 26, 4, 1, 1, 60, 1 }, { 26, 4, 1, 1, 1, 60 },
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
	};
	struct rtc_time tm;

	KUNIT_ASSERT_EQ(test, rtc_add(&fake.rtc), 0);
	for (unsigned int i = 0; i < ARRAY_SIZE(wrong); i++) {
		set_time_registers(0x06, wrong[i][0], wrong[i][1], wrong[i][2], wrong[i][3], wrong[i][4], wrong[i][5]);
		KUNIT_EXPECT_EQ_MSG(test, rtc_read_time(&fake.rtc, &tm), -EINVAL, "row %u", i);
	}
	set_time_registers(0x06, 24, 2, 29, 1, 1, 1);
	KUNIT_EXPECT_EQ(test, rtc_read_time(&fake.rtc, &tm), 0);
}

/* ---- nonsense */

static void no_clock_is_no_error_and_no_message(struct kunit *test)
{
	u64 seq = printk_next_seq();

	fake.floating = true;
	KUNIT_EXPECT_EQ(test, rtc_add(&fake.rtc), -ENODEV);
	KUNIT_EXPECT_FALSE(test, logged_since(seq, "rtc:"));
}

static void clock_that_never_stops_updating_is_given_up(struct kunit *test)
{
	struct rtc_time tm;
	u64 seq;

	KUNIT_ASSERT_EQ(test, rtc_add(&fake.rtc), 0);
	fake.updating = true;
	KUNIT_EXPECT_EQ(test, rtc_read_time(&fake.rtc, &tm), -EIO);
	rtc_remove(&fake.rtc);
	seq = printk_next_seq();
	KUNIT_EXPECT_EQ(test, rtc_add(&fake.rtc), -EIO);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "rtc: it never stops updating itself: given up"));
}

static void interrupts_that_read_as_ones_are_the_end(struct kunit *test)
{
	struct rtc_device *rtc = start(test);
	u64 seq = printk_next_seq();

	for (int i = 0; i < 7; i++)
		KUNIT_EXPECT_EQ(test, interrupt_for(0xff), IRQ_NONE);
	KUNIT_EXPECT_EQ(test, interrupt_for(RTC_IRQF | RTC_PF), IRQ_HANDLED);
	for (int i = 0; i < 8; i++) {
		KUNIT_EXPECT_FALSE(test, rtc->dead);
		interrupt_for(0xff);
	}
	KUNIT_EXPECT_TRUE(test, rtc->dead);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "rtc: its interrupt register reads as ones: given up"));
	KUNIT_EXPECT_EQ(test, rtc_irq_set_state(rtc, 1), -ENODEV);
	KUNIT_EXPECT_EQ(test, interrupt_for(RTC_IRQF | RTC_PF), IRQ_NONE);
	end(rtc);
}

static struct kunit_case rtc_cases[] = {
	KUNIT_CASE(tick_is_told_in_a_task),
	KUNIT_CASE(ticks_faster_than_the_work_are_all_counted),
	KUNIT_CASE(interrupt_of_another_device_is_not_ours),
	KUNIT_CASE(frequencies_are_powers_of_two_from_2_to_8192),
	KUNIT_CASE(state_switches_the_periodic_interrupt_alone),
	KUNIT_CASE(second_task_is_refused),
	KUNIT_CASE(no_such_name_is_no_clock),
	KUNIT_CASE(time_is_read_in_all_four_formats),
	KUNIT_CASE(time_is_read_after_an_update),
	KUNIT_CASE(time_that_does_not_exist_is_refused),
	KUNIT_CASE(no_clock_is_no_error_and_no_message),
	KUNIT_CASE(clock_that_never_stops_updating_is_given_up),
	KUNIT_CASE(interrupts_that_read_as_ones_are_the_end),
	{}
};

static struct kunit_suite rtc_suite = {
	.name = "rtc", .init = rtc_test_init, .exit = rtc_test_exit, .test_cases = rtc_cases,
};
kunit_test_suite(rtc_suite);
