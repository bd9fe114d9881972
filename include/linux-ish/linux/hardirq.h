/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The frame around every hard interrupt, and waiting for its end.
 */
#ifndef _LINUX_HARDIRQ_H
#define _LINUX_HARDIRQ_H

#include <linux/preempt.h>
#include <linux/bottom_half.h>

/* kernel/softirq.c: the last hard interrupt on this CPU ends, and something is pending. */
void irq_exit_softirq(void);

/**
 * irq_enter - from here on this CPU is in hard-IRQ context
 *
 * Context: interrupts off, first thing in an interrupt. Nests up to 15 deep.
 */
static __always_inline void irq_enter(void)
{
	preempt_count_add(HARDIRQ_OFFSET);
}

/**
 * irq_exit - leave hard-IRQ context; the outermost one runs pending softirqs
 *
 * Context: interrupts off, last thing in an interrupt. Interrupts go on while softirqs run, and are off
 * again on return. The caller looks for a wanted reschedule afterwards (arch/irq.h).
 */
static __always_inline void irq_exit(void)
{
	preempt_count_sub(HARDIRQ_OFFSET);
	if (this_cpu_test(__softirq_pending, ~0U))
		irq_exit_softirq();
}

#define irq_enter_rcu()	irq_enter()
#define irq_exit_rcu()	irq_exit()
#define __irq_enter()	irq_enter()

/** nmi_enter, nmi_exit - the frame around an NMI. Context: NMI, interrupts off. Nests up to 15 deep. */
#define nmi_enter()	preempt_count_add(NMI_OFFSET + HARDIRQ_OFFSET)
#define nmi_exit()	preempt_count_sub(NMI_OFFSET + HARDIRQ_OFFSET)

/**
 * synchronize_irq - wait until no handler and no thread of the line is running, on any CPU
 * @irq: the line
 *
 * Context: task, may sleep; not from the line's own thread, and with no lock held that its handlers take.
 */
void synchronize_irq(unsigned int irq);

/**
 * synchronize_hardirq - the same for hard handlers alone
 * @irq: the line
 *
 * Context: any but the line's own handler; spins.
 * Return: true when no threaded handler is active.
 */
bool synchronize_hardirq(unsigned int irq);

#endif
