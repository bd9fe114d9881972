/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tick, as the boot sequence, the machine and the scheduler see it.
 */
#ifndef _BOTTOMHALF_TICK_H
#define _BOTTOMHALF_TICK_H

#include <linux/types.h>

/** timers_init - the wheels, and their softirq. Context: boot CPU, once, interrupts off, per-CPU areas exist. */
void timers_init(void);
/** timekeeping_init - jiffies starts to follow the clock. Context: boot CPU, once, interrupts off. */
void timekeeping_init(void);
/** tick_init_cpu - start this CPU's tick. Context: each CPU once, interrupts off. */
void tick_init_cpu(void);
/** tick_stop_cpu - no more ticks on this CPU. Context: interrupts off. */
void tick_stop_cpu(void);

/**
 * clockevent_interrupt - a CPU's timer interrupt: what arch_clockevent_set() asked for
 *
 * Context: hard IRQ, between irq_enter() and irq_exit(). Harmless when it comes too early or twice.
 */
void clockevent_interrupt(void);

/** tick_count - how many ticks @cpu has taken. Context: any. */
unsigned long tick_count(unsigned int cpu);

#endif
