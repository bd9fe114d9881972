// SPDX-License-Identifier: GPL-2.0-only
/*
 * The clock and the clock event, held against another clock of the machine.
 *
 * Limits
 *	An emulator that shares its processors with others loses time at any moment: bounds are
 *	exact below, and above no more than a watchdog.
 */
#include <kunit/test.h>
#include <linux/irqflags.h>
#include <linux/smp.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <bottomhalf/tick.h>
#include <x86/irq.h>
#include <x86/time.h>

/* A watchdog: far more than any machine is held up for. */
#define PATIENCE_NS	20000000000ULL
/* How often two clocks are compared if the machine is held up each time. */
#define COMPARISONS	10

static void clock_never_goes_back(struct kunit *test)
{
	u64 last = arch_clock_ns();

	for (unsigned int i = 0; i < 100000; i++) {
		u64 now = arch_clock_ns();

		if (now < last) {
			KUNIT_FAIL(test, "%llu after %llu", now, last);
			return;
		}
		last = now;
	}
}

static void delay_is_never_too_short(struct kunit *test)
{
	static const u64 delays[] = { 0, 1, 100, 5000, 200000 };

	for (unsigned int i = 0; i < ARRAY_SIZE(delays); i++) {
		u64 start = arch_clock_ns();

		arch_delay_ns(delays[i]);
		KUNIT_EXPECT_GE(test, arch_clock_ns() - start, delays[i]);
	}
}

static void clock_agrees_with(struct kunit *test, const struct x86_counter *counter)
{
	struct x86_ratio ratio;
	unsigned long flags;
	bool measured = false;
	u64 hz, off;

	for (unsigned int i = 0; i < COMPARISONS && !measured; i++) {
		local_irq_save(flags);
		measured = x86_compare(counter, &ratio);
		local_irq_restore(flags);
	}
	KUNIT_ASSERT_TRUE(test, measured);
	hz = counter->hz * ratio.tsc / ratio.counts;
	kunit_info(test, "%s: %llu Hz, the clock believes %llu", counter->name, hz, x86_tsc_hz);
	off = hz > x86_tsc_hz ? hz - x86_tsc_hz : x86_tsc_hz - hz;
	KUNIT_EXPECT_LT(test, off, x86_tsc_hz / 100);
}

static void clock_agrees_with_the_pit(struct kunit *test)
{
	clock_agrees_with(test, pit_counter());
}

static void clock_agrees_with_the_pm_timer(struct kunit *test)
{
	const struct x86_counter *counter = pm_timer_counter();

	if (!counter)
		kunit_skip(test, "no PM timer");
	clock_agrees_with(test, counter);
}

static u64 stands_still(void)
{
	return 4711;
}

static void counter_that_stands_still_is_found_out(struct kunit *test)
{
	const struct x86_counter counter = {
		.name = "none", .read = stands_still, .mask = 0xffff, .hz = 1, .span = 1000,
	};
	struct x86_ratio ratio;

	KUNIT_EXPECT_FALSE(test, x86_compare(&counter, &ratio));
}

static void clock_event_interrupts_again_and_again(struct kunit *test)
{
	unsigned int cpu = get_cpu();
	unsigned long before = tick_count(cpu);
	u64 start = arch_clock_ns();

	while (tick_count(cpu) - before < 3 && arch_clock_ns() - start < PATIENCE_NS)
		arch_cpu_relax();
	put_cpu();
	KUNIT_EXPECT_GE(test, tick_count(cpu) - before, 3UL);
}

static void clocks_of_all_cpus_are_in_step(struct kunit *test)
{
#ifdef CONFIG_SMP
	KUNIT_EXPECT_EQ(test, x86_tsc_warp, 0ULL);
#else
	kunit_skip(test, "one CPU");
#endif
}

static struct kunit_case time_cases[] = {
	KUNIT_CASE(clock_never_goes_back),
	KUNIT_CASE(delay_is_never_too_short),
	KUNIT_CASE(clock_agrees_with_the_pit),
	KUNIT_CASE(clock_agrees_with_the_pm_timer),
	KUNIT_CASE(counter_that_stands_still_is_found_out),
	KUNIT_CASE(clock_event_interrupts_again_and_again),
	KUNIT_CASE(clocks_of_all_cpus_are_in_step),
	{}
};

static struct kunit_suite time_suite = {
	.name = "x86-time",
	.test_cases = time_cases,
};
kunit_test_suite(time_suite);
