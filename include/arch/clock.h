/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: time.
 *
 *	u64  arch_clock_ns(void)		nanoseconds since boot, never goes back on one CPU, the same on
 *						all within what calibration gives. Context: any, NMI too.
 *	void arch_clockevent_set(u64 when_ns)	one interrupt of this CPU at or soon after that time on the
 *						arch_clock_ns() scale; when already past: at once. It calls the
 *						core's clockevent_interrupt() between irq_enter() and irq_exit().
 *						A second call replaces the first. Interrupts off.
 *	void arch_clockevent_stop(void)		none any more
 *	void arch_delay_ns(u64 ns)		busy waiting for at least that long. Context: any.
 */
#ifndef _ARCH_CLOCK_H
#define _ARCH_CLOCK_H
#include <linux/compiler.h>
#include <arch-impl/clock.h>
#endif
