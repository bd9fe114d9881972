// SPDX-License-Identifier: GPL-2.0-only
/*
 * The clock: the time stamp counter, whose rate is measured at boot.
 *
 * What
 *	The rate is measured against the PIT, or the PM timer where the PIT does not work. From then
 *	on arch_clock_ns() is one read, one multiplication and one shift (arch-impl/clock.h), the
 *	same on all CPUs; that their TSCs are in step is looked at when they start (tsc_sync.c).
 *
 * Contexts
 *	arch_time_init(): boot CPU, interrupts off. The rest: any.
 *
 * Limits
 *	The TSC's rate must not change. The scale has 32 bits behind the point: one part in 4
 *	billion a nanosecond at 1 GHz. A TSC that nothing can measure is taken for 1 GHz, with a
 *	message.
 *
 * Tests
 *	arch/x86/tests/time_test.c
 */
#include <linux/init.h>
#include <linux/io.h>
#include <linux/printk.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <x86/irq.h>
#include <x86/time.h>

#define NS_PER_SECOND		1000000000ULL
#define HZ_UNKNOWN		NS_PER_SECOND
#define HZ_LEAST		100000		/* an emulator that slow would be no use */
#define HZ_MOST			20000000000ULL

struct x86_clock x86_clock;
u64 x86_tsc_hz;

static bool __init measure_tsc(const struct x86_counter *counter)
{
	struct x86_ratio ratio;
	u64 hz;

	if (!counter)
		return false;
	if (!x86_compare(counter, &ratio)) {
		pr_warn("tsc: cannot be measured by the %s\n", counter->name);
		return false;
	}
	hz = counter->hz * ratio.tsc / ratio.counts;
	if (hz < HZ_LEAST || hz > HZ_MOST) {
		pr_warn("tsc: the %s says %llu Hz, which cannot be\n", counter->name, hz);
		return false;
	}
	x86_tsc_hz = hz;
	pr_info("tsc: %llu kHz (by the %s, within %llu ppm)\n", (hz + 500) / 1000, counter->name,
		ratio.slack * 1000000 / ratio.tsc + 1);
	return true;
}

void __init arch_time_init(void)
{
	u64 start = x86_tsc_ordered();

	if (!measure_tsc(pit_counter()) && !measure_tsc(pm_timer_counter())) {
		x86_tsc_hz = HZ_UNKNOWN;
		pr_err("tsc: its rate is unknown and taken for 1 GHz: all times will be wrong\n");
	}
	x86_clock.base = start;
	x86_clock.mult = x86_fraction(NS_PER_SECOND, x86_tsc_hz);
	if (!lapic_timer_calibrate())
		pit_clockevent_init();
}

void arch_delay_ns(u64 ns)
{
	u64 start;

	if (!x86_clock.mult) {	/* before arch_time_init(): by the port, a microsecond each */
		for (u64 us = 0; us <= ns / 1000; us++)
			x86_io_pause();
		return;
	}
	start = arch_clock_ns();
	while (arch_clock_ns() - start < ns)
		arch_cpu_relax();
}
