/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Clocks of a PC: what the files of time/ share, and apic/ and smp/ call.
 */
#ifndef _X86_TIME_H
#define _X86_TIME_H

#include <linux/types.h>

/**
 * struct x86_counter - something that counts at a rate
 * @name: for people
 * @read: its value, growing, modulo @mask + 1
 * @mask: all ones, as wide as it counts
 * @hz: how fast; 0: that is what is to be found out
 * @span: measure over at most so many counts; twice as many still fit into @mask
 */
struct x86_counter {
	const char *name;
	u64 (*read)(void);
	u64 mask;
	u64 hz;
	u64 span;
};

/*
 * How far a counter and the TSC went in the same time. tsc is right within slack, at worst; spread
 * is by how much another measurement differed, so it is what is likely.
 */
struct x86_ratio {
	u64 counts;
	u64 tsc;
	u64 slack;
	u64 spread;
};

/**
 * x86_compare - let a counter run against the TSC
 * @counter: which
 * @ratio: the result
 *
 * Takes as long as it needs for 100 parts in a million, but not longer than the counter's span.
 *
 * Context: interrupts off, or the result is poor.
 * Return: false when the counter stands still, or two measurements out of five never agree.
 */
bool x86_compare(const struct x86_counter *counter, struct x86_ratio *ratio);

/* I: measured; 0 before. */
extern u64 x86_tsc_hz;

/* 2^32 * a / b, for a / b below 2^32. */
static inline u64 x86_fraction(u64 a, u64 b)
{
	return (a / b << 32) + ((a % b) << 32) / b;
}

/* ---- PIT (time/pit.c) */

#define X86_PIT_HZ	1193182ULL

/** pit_counter - channel 2, counting freely; started by this call */
const struct x86_counter *pit_counter(void);
/** pit_program - channel 0: one interrupt after so many counts, 1 to 65535; 0 stops it */
void pit_program(unsigned int counts);
/** pit_clockevent_init - make the PIT the clock event of the only CPU. Interrupts off. */
void pit_clockevent_init(void);
void pit_clockevent_set(u64 delta_ns);
void pit_clockevent_stop(void);
/** pit_irq_work - an interrupt at once that calls irq_work_run(): where there is no local APIC */
void pit_irq_work(void);

/* ---- PM timer (time/pm_timer.c) */

/** pm_timer_counter - ACPI's clock; NULL when there is none */
const struct x86_counter *pm_timer_counter(void);

/* ---- LAPIC timer (time/lapic_timer.c) */

/** lapic_timer_calibrate - measure its rate against the TSC. Boot CPU. False: it cannot be used. */
bool lapic_timer_calibrate(void);
/** lapic_timer_init_cpu - this CPU's timer is ready and stopped. Interrupts off. */
void lapic_timer_init_cpu(void);

/* ---- TSCs of several CPUs (time/tsc_sync.c) */

#ifdef CONFIG_SMP
/**
 * tsc_sync_source, tsc_sync_target - compare two CPUs' TSCs; each CPU calls one of the two
 *
 * Context: interrupts off or on, both at about the same time; ends by itself when the other is
 * lost.
 */
void tsc_sync_source(unsigned int other);
void tsc_sync_target(void);
/* A: the greatest difference seen, in TSC counts: one CPU was that far behind. 0: never. */
extern u64 x86_tsc_warp;
#endif

#endif
