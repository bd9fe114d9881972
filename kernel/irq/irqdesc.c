// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt descriptors: the table, and its counters.
 *
 * What
 *	A line is known to drivers by number and to the core by struct irq_desc. The table is static; a
 *	number without a chip has handle_bad_irq() as its flow.
 *
 * Tests
 *	tests/boot/irq_test.c
 */
#include <linux/irqdesc.h>
#include <linux/errno.h>
#include <linux/smp.h>

#include "internals.h"

static struct irq_desc irq_descs[NR_IRQS] ____cacheline_aligned;

int nr_irqs = NR_IRQS;

DEFINE_PER_CPU(unsigned int[NR_IRQS], kstat_irq_count);

struct irq_desc *irq_to_desc(unsigned int irq)
{
	return irq < NR_IRQS ? &irq_descs[irq] : NULL;
}

unsigned int kstat_irqs_cpu(unsigned int irq, int cpu)
{
	return irq < NR_IRQS ? READ_ONCE(per_cpu(kstat_irq_count, cpu)[irq]) : 0;
}

unsigned int kstat_irqs(unsigned int irq)
{
	unsigned int sum = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		sum += kstat_irqs_cpu(irq, (int)cpu);
	return sum;
}

int generic_handle_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc)
		return -EINVAL;
	generic_handle_irq_desc(desc);
	return 0;
}

void early_irq_init(void)
{
	unsigned int irq;

	for (irq = 0; irq < NR_IRQS; irq++) {
		struct irq_desc *desc = &irq_descs[irq];

		desc->irq_data.irq = irq;
		desc->irq_data.hwirq = irq;
		desc->irq_data.state = IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED;
		desc->handle_irq = handle_bad_irq;
		desc->depth = 1;
		raw_spin_lock_init(&desc->lock);
		init_waitqueue_head(&desc->wait_for_threads);
		mutex_init(&desc->request_mutex);
	}
}
