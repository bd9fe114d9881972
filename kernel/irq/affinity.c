// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which CPUs a line goes to: masks, moves, hints.
 *
 * What
 *	A line has a mask of CPUs that somebody wants it to go to; its chip sends it to one of those that
 *	are online. Without a wish it is the default: all CPUs, unless irqaffinity= says otherwise. Its
 *	threads follow it.
 *
 *	Some chips can move a line only while it is silent: between its interrupt's arrival and its
 *	end. A line without IRQ_MOVE_PCNTXT is moved then: the mask waits in pending_mask, and the chip calls
 *	irq_move_irq() in its irq_ack or irq_eoi.
 *
 * Contexts
 *	irq_set_affinity() and hints: any but NMI. irq_move_irq(): a chip's function in a flow. The rest: desc->lock
 *	held, interrupts off.
 *
 * States
 *	-			irq_set_affinity(), IRQ_MOVE_PCNTXT	the chip is told; affinity = mask
 *	-			irq_set_affinity(), or -EBUSY		SETAFFINITY_PENDING, pending_mask
 *	SETAFFINITY_PENDING	irq_set_affinity()			another pending_mask
 *	SETAFFINITY_PENDING	irq_move_irq()				the chip is told; affinity = mask
 *
 * Differs from Linux
 *	No housekeeping CPUs: a managed line (irq_alloc_descs()) goes where its mask says.
 *
 * Tests
 *	tests/boot/irq_affinity_test.c (A12), tests/scenario/irq_affinity.c
 */
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>

#include "internals.h"

struct cpumask irq_default_affinity = CPU_MASK_ALL;	/* I, after the options */

static int __init set_default_affinity(char *list)
{
	if (cpulist_parse(list, &irq_default_affinity) || cpumask_empty(&irq_default_affinity)) {
		irq_default_affinity = CPU_MASK_ALL;
		return -EINVAL;
	}
	return 0;
}
early_param_accepts("irqaffinity", set_default_affinity, "a list of CPUs, as in 0,2-3");

/* ---- Telling the chip */

int irq_do_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	struct irq_desc *desc = irq_data_to_desc(data);
	struct irq_chip *chip = data->chip;
	struct cpumask online;
	int answer;

	lockdep_assert_held(&desc->lock);
	if (!chip->irq_set_affinity)
		return -EINVAL;
	cpumask_and(&online, mask, cpu_online_mask);
	if (!force && cpumask_empty(&online))
		return -EINVAL;
	/* Forced: by somebody who knows that a CPU is on its way up. */
	answer = chip->irq_set_affinity(data, force ? mask : &online, force);
	if (answer < 0)
		return answer;
	if (answer != IRQ_SET_MASK_OK_NOCOPY)
		cpumask_copy(desc->common.affinity, mask);
	irq_threads_follow_locked(desc);
	return 0;
}

int irq_setup_affinity(struct irq_desc *desc)
{
	const struct cpumask *wanted = &irq_default_affinity;
	struct cpumask mask;

	lockdep_assert_held(&desc->lock);
	if (!desc->irq_data.chip->irq_set_affinity || !irqd_can_balance(&desc->irq_data))
		return 0;
	/* Whole: those that are away may come, when the others go. One of them is online. */
	if (irqd_affinity_is_managed(&desc->irq_data))
		return irq_do_set_affinity(&desc->irq_data, desc->common.affinity, false);
	if (desc->common.state & IRQD_AFFINITY_SET) {
		/* A wish that cannot be fulfilled any more is forgotten. */
		if (cpumask_intersects(desc->common.affinity, cpu_online_mask))
			wanted = desc->common.affinity;
		else
			desc->common.state &= ~IRQD_AFFINITY_SET;
	}
	cpumask_and(&mask, wanted, cpu_online_mask);
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

/* ---- Asking for a move */

static void set_pending(struct irq_desc *desc, const struct cpumask *mask)
{
	MARK("irq: move is left to the next interrupt");
	desc->common.state |= IRQD_SETAFFINITY_PENDING;
	cpumask_copy(&desc->pending_mask, mask);
}

/* A chip that takes note of a mask only once the line is in use: it is asked then. */
static bool is_for_later(struct irq_desc *desc)
{
	return !irqd_is_activated(&desc->irq_data) && irqd_affinity_on_activate(&desc->irq_data);
}

static int move_or_set_pending(struct irq_desc *desc, const struct cpumask *mask, bool force)
{
	int error;

	if (!irqd_can_move_in_process_context(&desc->irq_data) ||
	    irqd_is_setaffinity_pending(&desc->irq_data)) {
		set_pending(desc, mask);
		return 0;
	}
	error = irq_do_set_affinity(&desc->irq_data, mask, force);
	if (error != -EBUSY || force)
		return error;
	set_pending(desc, mask);
	return 0;
}

int irq_set_affinity_locked(struct irq_desc *desc, const struct cpumask *mask, bool force)
{
	int error;

	lockdep_assert_held(&desc->lock);
	if (!desc->irq_data.chip->irq_set_affinity)
		return -EINVAL;
	if (is_for_later(desc)) {
		cpumask_copy(desc->common.affinity, mask);
		cpumask_copy(desc->common.effective_affinity, mask);
		desc->common.state |= IRQD_AFFINITY_SET;
		return 0;
	}
	error = move_or_set_pending(desc, mask, force);
	irq_affinity_notify_locked(desc);
	desc->common.state |= IRQD_AFFINITY_SET;
	return error;
}

static int set_affinity(unsigned int irq, const struct cpumask *mask, bool force)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags);
	int error;

	if (!desc)
		return -EINVAL;
	error = irq_set_affinity_locked(desc, mask, force);
	irq_put_desc_unlock(desc, flags);
	return error;
}

int irq_set_affinity(unsigned int irq, const struct cpumask *mask)
{
	return set_affinity(irq, mask, false);
}

int irq_force_affinity(unsigned int irq, const struct cpumask *mask)
{
	return set_affinity(irq, mask, true);
}

int irq_can_set_affinity(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc && desc->irq_data.chip->irq_set_affinity && irqd_can_balance(&desc->irq_data);
}

static int set_hint(unsigned int irq, const struct cpumask *hint)
{
	unsigned long flags;
	struct irq_desc *desc = irq_is_percpu_devid(irq) ? NULL : irq_get_desc_lock(irq, &flags);

	if (!desc)
		return -EINVAL;
	desc->affinity_hint = hint;
	irq_put_desc_unlock(desc, flags);
	return 0;
}

int irq_update_affinity_hint(unsigned int irq, const struct cpumask *m)
{
	return set_hint(irq, m);
}

int irq_set_affinity_and_hint(unsigned int irq, const struct cpumask *m)
{
	int error = set_hint(irq, m);

	/* A hint is a hint: that the chip cannot follow it is no error. */
	if (!error && m)
		set_affinity(irq, m, false);
	return error;
}

/* ---- A move that waits for the line's interrupt */

void irq_move_masked_irq(struct irq_data *data)
{
	struct irq_desc *desc = irq_data_to_desc(data);

	lockdep_assert_held(&desc->lock);
	if (!irqd_is_setaffinity_pending(data))
		return;
	desc->common.state &= ~IRQD_SETAFFINITY_PENDING;
	if (WARN_ON(irqd_is_per_cpu(data)) || !desc->irq_data.chip->irq_set_affinity)
		return;
	if (cpumask_intersects(&desc->pending_mask, cpu_online_mask) &&
	    irq_do_set_affinity(&desc->irq_data, &desc->pending_mask, false) == -EBUSY) {
		desc->common.state |= IRQD_SETAFFINITY_PENDING;
		return;
	}
	MARK("irq: moved by its interrupt");
	cpumask_clear(&desc->pending_mask);
}

void __irq_move_irq(struct irq_data *data)
{
	struct irq_desc *desc = irq_data_to_desc(data);
	struct irq_data *outermost = &desc->irq_data;
	bool masked = irqd_irq_masked(outermost);

	/* It is masked where it stays so: what unmasks it would be somebody else's. */
	if (irqd_irq_disabled(outermost))
		return;
	if (!masked)
		outermost->chip->irq_mask(outermost);
	irq_move_masked_irq(outermost);
	if (!masked)
		outermost->chip->irq_unmask(outermost);
}
