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

struct irq_affinity_notify;

/**
 * struct irq_desc - a line
 *
 * The memory of a descriptor is never used for anything else, and never for another number: whoever
 * still has a pointer to one that was given up may lock it, and sees a line without chip and handlers.
 *
 * What every interrupt touches comes first.
 *
 * Marks: I set when the line is set up, then read-only; L: @lock; A: atomic.
 */
struct irq_desc {
	irq_flow_handler_t handle_irq;	/* L, changed only while no handler is there */
	struct irqaction *action;	/* L to write; walked without it while INPROGRESS */
	raw_spinlock_t lock;
	unsigned int istate;		/* L: IRQS_*, kernel/irq/internals.h */
	unsigned int depth;		/* L: of disable_irq(); 1 while there is no handler */
	unsigned int status;		/* L: IRQ_* settings, changed by irq_modify_status() */
	struct irq_common_data common;	/* see there */
	struct irq_data irq_data;	/* of the chip that drivers' requests reach */

	const char *name;		/* L: of the flow */
	/* Lines that nobody claims: kernel/irq/spurious.c. */
	unsigned int irqs_unhandled;	/* L: without a gap, since the count began */
	unsigned int irq_count;		/* L: all of them, since the first unhandled one */
	unsigned long last_unhandled;	/* L: jiffies */
	unsigned int spurious;		/* L: that came while there was no chip */
	/* Of lines with threads: kernel/irq/thread.c. */
	atomic_long_t threads_oneshot;	/* A: thread_mask of those for which the line stays masked */
	atomic_t threads_active;	/* A: woken, and not done */
	atomic_t threads_handled;	/* A: runs that answered IRQ_HANDLED */
	int threads_handled_last;	/* L: that number, when spurious.c last looked */
	unsigned int parent_irq;	/* I: a nested line: in whose thread it is handled; 0: none */
	wait_queue_head_t wait_for_threads; /* until threads_active is 0 */
	struct mutex request_mutex;	/* one request or free at a time; outside of @lock */
	/* Per-CPU lines with a device for each CPU. */
	struct cpumask percpu_enabled;	/* L: where it is; IRQ_PER_CPU_DEVID lines only */
	/* Steering: kernel/irq/affinity.c. */
	struct cpumask pending_mask;	/* L: where to, while IRQD_SETAFFINITY_PENDING */
	const struct cpumask *affinity_hint;	/* L: the driver's */
	struct irq_affinity_notify *affinity_notify;	/* L */
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
#define irq_desc_get_handler_data(desc)	((desc)->common.handler_data)
#define irq_desc_has_action(desc)	((desc)->action != NULL)

/** irq_data_to_desc - the line of chip data, at any level of its hierarchy */
static inline struct irq_desc *irq_data_to_desc(struct irq_data *data)
{
	return container_of(data->common, struct irq_desc, common);
}

/** irq_is_percpu, irq_is_percpu_devid - whether each CPU has its own line, and a device of its own for it */
static inline bool irq_is_percpu(unsigned int irq)
{
	const struct irq_desc *desc = irq_to_desc(irq);

	return desc && desc->status & IRQ_PER_CPU;
}

static inline bool irq_is_percpu_devid(unsigned int irq)
{
	const struct irq_desc *desc = irq_to_desc(irq);

	return desc && desc->status & IRQ_PER_CPU_DEVID;
}

/** irq_balancing_disabled - whether a line is not to be moved by who balances them: its own, or IRQ_NO_BALANCING */
static inline bool irq_balancing_disabled(unsigned int irq)
{
	const struct irq_desc *desc = irq_to_desc(irq);

	return desc && desc->status & IRQ_NO_BALANCING_MASK;
}

/** kstat_irqs - how often a line's handlers were called for it, on all CPUs: as /proc/interrupts says. Context: any. */
unsigned int kstat_irqs(unsigned int irq);
/** kstat_irqs_cpu - the same on one CPU */
unsigned int kstat_irqs_cpu(unsigned int irq, int cpu);

struct irq_domain;
/**
 * generic_handle_domain_irq - run the flow of a domain's line
 * @domain: the controller's
 * @hwirq: its number there
 *
 * Context: hard IRQ, interrupts off; the _safe form any, and turns them off itself.
 * Return: 0, or -EINVAL if there is no such line.
 */
int generic_handle_domain_irq(struct irq_domain *domain, irq_hw_number_t hwirq);
int generic_handle_domain_irq_safe(struct irq_domain *domain, irq_hw_number_t hwirq);

#endif
