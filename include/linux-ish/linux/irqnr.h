/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_IRQNR_H
#define _LINUX_IRQNR_H

#include <arch/irq.h>

struct irq_desc;

/** Numbers below it may have a descriptor. */
extern int nr_irqs;

/** irq_to_desc - the descriptor of a number, NULL when out of range. Context: any. */
struct irq_desc *irq_to_desc(unsigned int irq);

#define for_each_irq_desc(irq, desc)					\
	for ((irq) = 0, (desc) = irq_to_desc(irq); (irq) < (unsigned int)nr_irqs; \
	     (irq)++, (desc) = irq_to_desc(irq))				\
		if (!(desc))						\
			;						\
		else

#endif
