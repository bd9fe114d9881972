// SPDX-License-Identifier: GPL-2.0-only
/*
 * A CPU goes, and lines are sent to others; one comes, and lines that waited for it start again.
 *
 * What
 *	A line that may be sent to the CPU that goes is told its mask anew: its chip chooses among those that
 *	are online. If none of its CPUs is online any more, or they can take no more lines, it may go to all from
 *	now on, and is named; but one whose CPUs were given for good (managed) is shut down, until one of them
 *	comes. It is not disabled by that: disable_irq() and enable_irq() count as ever.
 *
 *	If the other CPUs have no place for a line (-ENOSPC: all vectors are taken) the CPU stays. Lines that have
 *	been moved by then are where they may be; those that were shut down start again as the CPU comes.
 *
 *	What is on its way to the CPU by then is the machine's business: arch_irq_offline().
 *
 * Contexts
 *	irq_migrate_all_off_this_cpu(): the CPU that goes, out of cpu_online_mask, interrupts off, all others
 *	stopped. irq_affinity_online_cpu(): the CPU that comes, task.
 *
 * Tests
 *	tests/boot/hotplug_test.c: line_*, tests/boot/irq_managed_test.c, tests/scenario/hotplug.c
 */
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/printk.h>
#include <linux/smp.h>

#include "internals.h"

static bool may_be_sent_to(struct irq_desc *desc, unsigned int cpu)
{
	struct irq_data *data = &desc->irq_data;
	const struct cpumask *mask = irq_data_get_effective_affinity_mask(data);

	/* A chip that does not say which of its CPUs a line goes to may send it to any of them. */
	if (cpumask_empty(mask))
		mask = irq_data_get_affinity_mask(data);
	return data->chip && data->chip->irq_set_affinity && irqd_is_started(data) &&
	       !irqd_is_per_cpu(data) && cpumask_test_cpu((int)cpu, mask);
}

/* Who has disabled it enables it again, now or when its CPUs are back: the depth stays his. */
static void shut_down_managed(struct irq_desc *desc)
{
	unsigned int depth = desc->depth;

	MARK("irq: managed line shut down with its last CPU");
	desc->common.state |= IRQD_MANAGED_SHUTDOWN;
	irq_shutdown_and_deactivate(desc);
	desc->depth = depth;
}

static int send_to_all(struct irq_desc *desc, const char *why)
{
	int error = irq_do_set_affinity(&desc->irq_data, cpu_online_mask, false);

	if (!error)
		pr_info("irq %u: CPU %u %s, it may go to all from now on\n", desc->irq_data.irq,
			smp_processor_id(), why);
	return error;
}

/* Some of @mask, which are its own, are online. */
static int stay_with_its_cpus(struct irq_desc *desc, const struct cpumask *mask)
{
	int error = irq_do_set_affinity(&desc->irq_data, mask, false);

	if (error == -ENOSPC && !irqd_affinity_is_managed(&desc->irq_data))
		error = send_to_all(desc, "was its own, and the others are full");
	return error;
}

/* Where it is to go: a wish that waits for its next interrupt is fulfilled now, if it can be. */
static const struct cpumask *wished_mask(struct irq_desc *desc)
{
	if (!irqd_is_setaffinity_pending(&desc->irq_data))
		return desc->common.affinity;
	desc->common.state &= ~IRQD_SETAFFINITY_PENDING;
	return cpumask_intersects(&desc->pending_mask, cpu_online_mask) ? &desc->pending_mask :
									  desc->common.affinity;
}

static int leave_this_cpu(struct irq_desc *desc)
{
	const struct cpumask *mask = wished_mask(desc);

	if (cpumask_intersects(mask, cpu_online_mask))
		return stay_with_its_cpus(desc, mask);
	if (!irqd_affinity_is_managed(&desc->irq_data))
		return send_to_all(desc, "was the last of its own");
	shut_down_managed(desc);
	return 0;
}

/* Return: 0, or what the chip said. */
static int move_line_locked(struct irq_desc *desc)
{
	struct irq_data *data = &desc->irq_data;
	bool silence;
	int error;

	if (!may_be_sent_to(desc, smp_processor_id()))
		return 0;
	/* Of such a chip only a silent line can be moved, and this is not its interrupt. */
	silence = !irqd_can_move_in_process_context(data) && !irqd_irq_masked(data) && data->chip->irq_mask;
	if (silence)
		data->chip->irq_mask(data);
	error = leave_this_cpu(desc);
	if (silence && !irqd_irq_masked(data))
		data->chip->irq_unmask(data);
	irq_threads_follow_locked(desc);
	if (error)
		pr_err("irq %u: cannot leave CPU %u: error %d\n", data->irq, smp_processor_id(), error);
	return error;
}

int irq_migrate_all_off_this_cpu(void)
{
	bool no_place = false;
	unsigned int irq;

	for (irq = 0; irq < (unsigned int)nr_irqs; irq++) {
		struct irq_desc *desc = irq_to_desc(irq);

		if (!desc)
			continue;
		raw_spin_lock(&desc->lock);
		no_place |= move_line_locked(desc) == -ENOSPC;
		raw_spin_unlock(&desc->lock);
	}
	return no_place ? -ENOSPC : 0;
}

/* ---- it comes ---- */

static void cpu_came_locked(struct irq_desc *desc, unsigned int cpu)
{
	struct irq_data *data = &desc->irq_data;

	if (!irqd_affinity_is_managed(data) || !desc->action ||
	    !cpumask_test_cpu((int)cpu, desc->common.affinity))
		return;
	/* One that is disabled, or was not to be enabled, is left to enable_irq(). */
	if (irqd_is_managed_and_shutdown(data) && !desc->depth)
		irq_startup(desc, IRQ_RESEND);
	/* A chip that sends it to several may send it there, too. */
	else if (irqd_is_started(data) && !irqd_is_single_target(data))
		irq_set_affinity_locked(desc, desc->common.affinity, false);
}

static int irq_affinity_online_cpu(unsigned int cpu)
{
	unsigned long flags;
	unsigned int irq;

	for (irq = 0; irq < (unsigned int)nr_irqs; irq++) {
		struct irq_desc *desc = irq_to_desc(irq);

		if (!desc)
			continue;
		raw_spin_lock_irqsave(&desc->lock, flags);
		cpu_came_locked(desc, cpu);
		raw_spin_unlock_irqrestore(&desc->lock, flags);
	}
	return 0;
}

static int __init irq_hotplug_init(void)
{
	return cpuhp_setup_state_nocalls(CPUHP_AP_IRQ_AFFINITY_ONLINE, "irq:online", irq_affinity_online_cpu,
					 NULL);
}
core_initcall(irq_hotplug_init);
