/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to irqdomain.c and irqdomain_hierarchy.c. */
#ifndef _KERNEL_IRQ_IRQDOMAIN_H
#define _KERNEL_IRQ_IRQDOMAIN_H

#include <linux/irqdomain.h>
#include <linux/lockdep.h>

/* The domain's number leads to the line from now on, or no more. 0 or -ENOMEM. Root's mutex held. */
int domain_map(struct irq_domain *domain, irq_hw_number_t hwirq, unsigned int irq);
void domain_unmap(struct irq_domain *domain, irq_hw_number_t hwirq);

/* A number with its descriptor, @hwirq's own if it is free; or -Exxx. */
int domain_alloc_descs(int irq_base, unsigned int cnt, irq_hw_number_t hwirq,
		       const struct irq_affinity_desc *affinity);

/* No chip, no flow, and none of its handlers runs any more. */
void domain_silence(unsigned int irq);

#endif
