/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An interrupt line's descriptor, for controllers and the core; drivers use numbers.
 */
#ifndef _LINUX_IRQDESC_H
#define _LINUX_IRQDESC_H

#include <linux/irq.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/wait.h>

/**
 * struct irq_desc - a line
 *
 * Marks: I set at init, then read-only; L: @lock; A: atomic; the flow runs with L for what is marked so.
 */
struct irq_desc {
	irq_flow_handler_t handle_irq;	/* I, changed only while no handler is there */
	struct irq_data irq_data;	/* see there */
	struct irqaction *action;	/* L to write; walked without it while INPROGRESS */
	unsigned int istate;		/* L: IRQS_*, kernel/irq/internals.h */
	unsigned int depth;		/* L: of disable_irq(); 1 while there is no handler */
	raw_spinlock_t lock;
	const char *name;		/* I: of the flow */
	unsigned int unhandled;		/* L: interrupts that no handler claimed */
	unsigned int spurious;		/* L: that came while there was no handler */

	/* Of lines with threads; kernel/irq/thread.c. */
	atomic_long_t threads_oneshot;	/* A: thread_mask of those for which the line stays masked */
	atomic_t threads_active;	/* A: woken, and not done */
	atomic_t threads_handled;	/* A: runs that answered IRQ_HANDLED */
	wait_queue_head_t wait_for_threads; /* until threads_active is 0 */
	struct mutex request_mutex;	/* one request or free at a time; outside of @lock */
	unsigned int parent_irq;	/* I: a nested line: in whose thread it is handled; 0: none */
};

/** generic_handle_irq_desc - run a line's flow. Context: hard IRQ, interrupts off. */
static __always_inline void generic_handle_irq_desc(struct irq_desc *desc)
{
	desc->handle_irq(desc);
}

#define irq_desc_get_irq(desc)		((desc)->irq_data.irq)
#define irq_desc_get_irq_data(desc)	(&(desc)->irq_data)
#define irq_desc_get_chip(desc)		((desc)->irq_data.chip)
#define irq_desc_get_chip_data(desc)	((desc)->irq_data.chip_data)
#define irq_desc_has_action(desc)	((desc)->action != NULL)

/** kstat_irqs - how often a line has fired on all CPUs. Context: any. */
unsigned int kstat_irqs(unsigned int irq);
/** kstat_irqs_cpu - the same on one CPU */
unsigned int kstat_irqs_cpu(unsigned int irq, int cpu);

#endif
