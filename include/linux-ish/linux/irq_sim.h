/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A software interrupt controller, for tests of drivers.
 *
 * What
 *	A domain of lines that fire when they are told to:
 *
 *		domain = irq_domain_create_sim(NULL, 4);
 *		irq = irq_create_mapping(domain, 2);
 *		request_irq(irq, ...);
 *		irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
 *
 * Follows Linux 6.12, include/linux/irq_sim.h.
 */
#ifndef _LINUX_IRQ_SIM_H
#define _LINUX_IRQ_SIM_H

#include <linux/fwnode.h>
#include <linux/irqdomain.h>

/**
 * struct irq_sim_ops - what the maker of the controller wants to know
 * @irq_sim_irq_requested: a line gets its first handler; an error refuses it
 * @irq_sim_irq_released: and has none any more
 *
 * Context: task, may sleep.
 */
struct irq_sim_ops {
	int (*irq_sim_irq_requested)(struct irq_domain *domain, irq_hw_number_t hwirq, void *data);
	void (*irq_sim_irq_released)(struct irq_domain *domain, irq_hw_number_t hwirq, void *data);
};

/**
 * irq_domain_create_sim_full - a controller of @num_irqs lines
 * @fwnode: its name, or NULL
 * @num_irqs: how many
 * @ops: or NULL
 * @data: for @ops
 *
 * Its lines know edges. One that is masked ignores what it is told.
 *
 * Context: task, may sleep. Return: its domain, or ERR_PTR().
 */
struct irq_domain *irq_domain_create_sim_full(struct fwnode_handle *fwnode, unsigned int num_irqs,
					      const struct irq_sim_ops *ops, void *data);

/** irq_domain_create_sim - the same without @ops */
static inline struct irq_domain *irq_domain_create_sim(struct fwnode_handle *fwnode, unsigned int num_irqs)
{
	return irq_domain_create_sim_full(fwnode, num_irqs, NULL, NULL);
}

/** irq_domain_remove_sim - take it away; its lines have no handlers, and their mappings are disposed of. */
void irq_domain_remove_sim(struct irq_domain *domain);

#endif
