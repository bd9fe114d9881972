// SPDX-License-Identifier: GPL-2.0-only
/*
 * A CPU goes: its lines are sent to others.
 *
 * What
 *	irq_migrate_all_off_this_cpu() tells each line's controller to use another CPU, if the line may be
 *	sent here. What is on its way here by then is the machine's business: arch_irq_offline().
 *
 * Contexts
 *	The CPU that goes, out of cpu_online_mask, interrupts off, all others stopped.
 *
 * Tests
 *	tests/boot/hotplug_test.c: line_*, tests/scenario/hotplug.c
 */
#include <linux/cpumask.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/printk.h>
#include <linux/smp.h>

#include "internals.h"

/* Return: 0, or what the controller said. */
static int move_line(struct irq_desc *desc)
{
	struct irq_data *data = &desc->irq_data;

	if (!desc->action || !data->chip || !data->chip->irq_set_affinity)
		return 0;
	return data->chip->irq_set_affinity(data, cpu_online_mask, true);
}

void irq_migrate_all_off_this_cpu(void)
{
	unsigned int irq;
	int error;

	for (irq = 0; irq < (unsigned int)nr_irqs; irq++) {
		struct irq_desc *desc = irq_to_desc(irq);

		if (!desc)
			continue;
		raw_spin_lock(&desc->lock);
		error = move_line(desc);
		raw_spin_unlock(&desc->lock);
		if (error < 0)
			pr_err("irq %u: cannot leave CPU %u: error %d\n", irq, smp_processor_id(), error);
	}
}
