// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which CPUs a line goes to.
 *
 * What
 *	A line has a mask of CPUs; its chip sends it to one of those that are online, or to any of them.
 *	Without a wish it is the default, all CPUs unless irqaffinity= says otherwise.
 *
 * Contexts
 *	desc->lock held, interrupts off, where the name ends in _locked or the caller says so.
 *
 * Tests
 *	tests/boot/irq_affinity_test.c
 */
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>

#include "internals.h"

static struct cpumask irq_default_affinity = CPU_MASK_ALL;	/* I, after the options */

static int __init set_default_affinity(char *list)
{
	if (cpulist_parse(list, &irq_default_affinity) || cpumask_empty(&irq_default_affinity))
		irq_default_affinity = CPU_MASK_ALL;
	return 0;
}
early_param("irqaffinity", set_default_affinity);

int irq_do_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	struct irq_desc *desc = irq_data_to_desc(data);
	struct irq_chip *chip = data->chip;
	int answer;

	lockdep_assert_held(&desc->lock);
	if (!chip || !chip->irq_set_affinity)
		return -EINVAL;
	answer = chip->irq_set_affinity(data, mask, force);
	if (answer < 0)
		return answer;
	if (answer != IRQ_SET_MASK_OK_NOCOPY)
		cpumask_copy(desc->common.affinity, mask);
	irq_threads_follow_locked(desc);
	return 0;
}

int irq_setup_affinity(struct irq_desc *desc)
{
	const unsigned int asked = IRQD_AFFINITY_SET | IRQD_AFFINITY_MANAGED;
	struct cpumask mask;

	lockdep_assert_held(&desc->lock);
	if (!desc->irq_data.chip->irq_set_affinity || irqd_is_per_cpu(&desc->irq_data))
		return 0;
	/* A wish that cannot be fulfilled any more is forgotten. */
	if ((desc->common.state & asked) && !cpumask_intersects(desc->common.affinity, cpu_online_mask))
		desc->common.state &= ~IRQD_AFFINITY_SET;
	cpumask_and(&mask, desc->common.state & asked ? desc->common.affinity : &irq_default_affinity,
		    cpu_online_mask);
	if (cpumask_empty(&mask))
		cpumask_copy(&mask, cpu_online_mask);
	return irq_do_set_affinity(&desc->irq_data, &mask, false);
}

void irq_preset_affinity_locked(struct irq_desc *desc, const struct irq_affinity_desc *affinity)
{
	lockdep_assert_held(&desc->lock);
	cpumask_copy(desc->common.affinity, &affinity->mask);
	desc->common.state |= IRQD_AFFINITY_SET;
	if (affinity->is_managed)
		desc->common.state |= IRQD_AFFINITY_MANAGED | IRQD_MANAGED_SHUTDOWN;
}
