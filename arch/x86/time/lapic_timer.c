// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each CPU's clock event: the timer of its local APIC, one shot at a time.
 *
 * What
 *	It counts down from what is written to it, and interrupts at zero. A time on the clock's
 *	scale becomes a count by one multiplication. The rate is measured once, against the TSC; all
 *	CPUs' timers have the same.
 *
 *	The scale is taken at the upper end of what the measurements say, so that the interrupt
 *	comes a little late (by their spread and one count), and not a little early, which would
 *	cost a second one.
 *
 * Contexts
 *	arch_clockevent_*(): this CPU, interrupts off. Calibration: boot CPU.
 *
 * Limits
 *	32 bits of counter: an event further away than that (4 s at 1 GHz) comes early, which the
 *	core takes for what it is.
 *
 * Tests
 *	arch/x86/tests/time_test.c
 */
#include <linux/printk.h>
#include <arch/clock.h>
#include <x86/lapic.h>
#include <x86/time.h>

#define NS_PER_SECOND		1000000000ULL
#define COUNTS_MAX		0xffffffffU
#define SPAN			20000000	/* counts; 20 ms at 1 GHz */

/* I: counts = ns * scale / 2^32. 0: this machine uses the PIT. */
static u64 scale;

static u64 read_counted(void)
{
	return COUNTS_MAX - lapic_read(LAPIC_TIMER_CURRENT);
}

static const struct x86_counter lapic_timer = {
	.name = "LAPIC timer",
	.read = read_counted,
	.mask = COUNTS_MAX,
	.span = SPAN,
};

bool lapic_timer_calibrate(void)
{
	struct x86_ratio ratio;
	bool measured;
	u64 hz;

	if (!lapic_regs)
		return false;
	lapic_write(LAPIC_LVT_TIMER, LAPIC_LVT_MASKED | X86_LAPIC_TIMER_VECTOR);
	lapic_write(LAPIC_TIMER_INITIAL, COUNTS_MAX);
	measured = x86_compare(&lapic_timer, &ratio);
	lapic_timer_init_cpu();
	if (!measured) {
		pr_warn("lapic timer: it does not count: the PIT is used instead\n");
		return false;
	}
	hz = x86_tsc_hz * ratio.counts / (ratio.tsc - ratio.spread);
	scale = x86_fraction(hz, NS_PER_SECOND);
	pr_info("lapic timer: %llu kHz (within %llu ppm)\n", (hz + 500) / 1000,
		ratio.slack * 1000000 / ratio.tsc + 1);
	return true;
}

void lapic_timer_init_cpu(void)
{
	lapic_write(LAPIC_TIMER_INITIAL, 0);
	lapic_write(LAPIC_TIMER_DIVIDE, LAPIC_DIVIDE_BY_1);
	lapic_write(LAPIC_LVT_TIMER, X86_LAPIC_TIMER_VECTOR);	/* one-shot: no mode bit is set */
}

void arch_clockevent_set(u64 when_ns)
{
	u64 now = arch_clock_ns();
	u64 delta = when_ns > now ? when_ns - now : 0;
	u64 counts;

	if (unlikely(!scale)) {
		pit_clockevent_set(delta);
		return;
	}
	counts = x86_scale(delta, scale) + 1;
	lapic_write(LAPIC_TIMER_INITIAL, counts < COUNTS_MAX ? (u32)counts : COUNTS_MAX);
}

void arch_clockevent_stop(void)
{
	if (likely(scale))
		lapic_write(LAPIC_TIMER_INITIAL, 0);
	else
		pit_clockevent_stop();
}
