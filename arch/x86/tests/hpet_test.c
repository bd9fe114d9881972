// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine's event timers: once and again and again, on real lines or by message (QEMU: hpet.msi=on), through
 * their threads. That events come, not when.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/hpet.h>
#include <linux/irqdesc.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <arch/irq.h>

#define PATIENCE_JIFFIES	(60 * HZ)
#define MS			1000000ULL

static unsigned long events[4];
static bool wrong_context;

static void count(void *counter, unsigned long n)
{
	unsigned long *mine = counter;

	wrong_context |= !in_task() || irqs_disabled();
	WRITE_ONCE(*mine, *mine + n);
}

static struct hpet_timer *take(struct kunit *test, unsigned int which)
{
	struct hpet_timer *timer = hpet_timer_request(count, &events[which]);

	if (PTR_ERR_OR_ZERO(timer) == -ENODEV)
		kunit_skip(test, "no event timers");
	if (PTR_ERR_OR_ZERO(timer) == -EBUSY)
		kunit_skip(test, "no line that these event timers may have");
	KUNIT_ASSERT_FALSE(test, IS_ERR(timer));
	events[which] = 0;
	return timer;
}

static bool reaches(unsigned int which, unsigned long n)
{
	unsigned long until = jiffies + PATIENCE_JIFFIES;

	while (READ_ONCE(events[which]) < n && time_before(jiffies, until))
		schedule_timeout_uninterruptible(1);
	return READ_ONCE(events[which]) >= n;
}

/* Two, if its time was over while it was being set; but then no more. */
static void timer_set_once_fires_and_is_quiet(struct kunit *test)
{
	struct hpet_timer *timer = take(test, 0);
	unsigned long seen = 0;

	for (int i = 0; i < 5; i++) {
		KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, MS, false), 0);
		KUNIT_EXPECT_TRUE(test, reaches(0, seen + 1));
		schedule_timeout_uninterruptible(2);
		seen = READ_ONCE(events[0]);
	}
	KUNIT_EXPECT_LE(test, seen, 10UL);
	schedule_timeout_uninterruptible(5);
	KUNIT_EXPECT_EQ(test, READ_ONCE(events[0]), seen);
	KUNIT_EXPECT_FALSE(test, wrong_context);
	hpet_timer_release(timer);
}

static void time_of_zero_fires_soon(struct kunit *test)
{
	struct hpet_timer *timer = take(test, 0);

	for (unsigned long i = 1; i <= 20; i++) {
		KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, 0, false), 0);
		KUNIT_ASSERT_TRUE(test, reaches(0, i));
	}
	hpet_timer_release(timer);
}

static void periodic_timer_fires_until_it_is_stopped(struct kunit *test)
{
	struct hpet_timer *timer = take(test, 0);
	unsigned long seen;

	if (!timer->periodic_cap) {
		hpet_timer_release(timer);
		kunit_skip(test, "the first event timer cannot be periodic");
	}
	KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, MS, true), 0);
	KUNIT_EXPECT_TRUE(test, reaches(0, 20));
	hpet_timer_stop(timer);
	synchronize_irq(timer->irq);
	seen = READ_ONCE(events[0]);
	schedule_timeout_uninterruptible(5);
	KUNIT_EXPECT_EQ(test, READ_ONCE(events[0]), seen);
	hpet_timer_release(timer);
}

static void two_timers_do_not_disturb_each_other(struct kunit *test)
{
	struct hpet_timer *first = take(test, 0), *second = hpet_timer_request(count, &events[1]);

	if (IS_ERR(second)) {
		hpet_timer_release(first);
		kunit_skip(test, "one event timer only");
	}
	events[1] = 0;
	hpet_timer_start(first, 2 * MS, first->periodic_cap);
	for (unsigned long i = 1; i <= 5; i++) {
		hpet_timer_start(second, 3 * MS, false);
		KUNIT_EXPECT_TRUE(test, reaches(1, i));
	}
	KUNIT_EXPECT_TRUE(test, reaches(0, first->periodic_cap ? 3 : 1));
	hpet_timer_release(second);
	hpet_timer_release(first);
}

static void timer_goes_on_while_its_line_moves(struct kunit *test)
{
	struct hpet_timer *timer = take(test, 0);

	for (unsigned int i = 0; i < 50 && timer->periodic_cap; i++) {
		if (i % 10 == 0)
			KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, MS, true), 0);
		KUNIT_EXPECT_EQ(test, irq_set_affinity(timer->irq, cpumask_of(i % num_online_cpus())), 0);
		KUNIT_EXPECT_TRUE(test, reaches(0, READ_ONCE(events[0]) + 1));
	}
	hpet_timer_release(timer);
}

/* Where it can. The line is its own, and comes back. */
static void timer_sends_messages(struct kunit *test)
{
	struct hpet_timer *timer = take(test, 0), *second;
	unsigned int descs, irq = timer->irq;
	bool can = timer->message_cap && arch_msi_domain();

	KUNIT_EXPECT_EQ(test, timer->by_message, can);
	if (!can) {
		hpet_timer_release(timer);
		kunit_skip(test, "these event timers send no messages");
	}
	KUNIT_EXPECT_STREQ(test, irq_get_irq_data(irq)->chip->name, "HPET-MSI");
	second = hpet_timer_request(count, &events[1]);
	KUNIT_ASSERT_FALSE(test, IS_ERR(second));
	KUNIT_EXPECT_NE(test, second->irq, irq);
	hpet_timer_release(second);
	hpet_timer_release(timer);
	descs = irq_descs_in_use();
	for (unsigned long i = 1; i <= 100; i++) {
		timer = take(test, 0);
		KUNIT_EXPECT_EQ(test, hpet_timer_start(timer, 0, false), 0);
		KUNIT_ASSERT_TRUE(test, reaches(0, 1));
		hpet_timer_release(timer);
	}
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), descs);
}

static struct kunit_case hpet_cases[] = {
	KUNIT_CASE(timer_set_once_fires_and_is_quiet),
	KUNIT_CASE(time_of_zero_fires_soon),
	KUNIT_CASE(periodic_timer_fires_until_it_is_stopped),
	KUNIT_CASE(two_timers_do_not_disturb_each_other),
	KUNIT_CASE(timer_goes_on_while_its_line_moves),
	KUNIT_CASE(timer_sends_messages),
	{}
};

static struct kunit_suite hpet_suite = { .name = "x86-hpet", .test_cases = hpet_cases };
kunit_test_suite(hpet_suite);
