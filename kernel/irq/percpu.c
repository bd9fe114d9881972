// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of which each CPU has its own, with one handler and a device of each CPU for it.
 *
 * What
 *	One number stands for as many lines as there are CPUs: of a timer in each of them, for instance. It is
 *	requested once, with a per-CPU variable for dev_id, and enabled and disabled by each CPU for
 *	itself. There is no depth, nobody shares, and the flow takes no lock: nothing that one CPU's line
 *	does concerns another's.
 *
 * Contexts
 *	request, free: task, may sleep.  enable, disable, asking: any but NMI, on the CPU that is meant.
 *
 * Locks
 *	desc->lock: the action and the mask of CPUs.
 *
 * Differs from Linux
 *	There, free_percpu_irq() does not wait for a handler that disabled its line itself.
 *
 * Tests
 *	tests/boot/irq_percpu_test.c
 */
#include <linux/irqdesc.h>
#include <linux/interrupt.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "internals.h"

/* This CPU's line. Lock held. */
static void enable_here(struct irq_desc *desc)
{
	struct irq_chip *chip = desc->irq_data.chip;

	if (chip->irq_enable)
		chip->irq_enable(&desc->irq_data);
	else
		chip->irq_unmask(&desc->irq_data);
	cpumask_set_cpu(smp_processor_id(), &desc->percpu_enabled);
}

static void disable_here(struct irq_desc *desc)
{
	struct irq_chip *chip = desc->irq_data.chip;

	if (chip->irq_disable)
		chip->irq_disable(&desc->irq_data);
	else
		chip->irq_mask(&desc->irq_data);
	cpumask_clear_cpu(smp_processor_id(), &desc->percpu_enabled);
}

static struct irq_desc *lock_percpu_line(unsigned int irq, unsigned long *flags)
{
	return irq_is_percpu_devid(irq) ? irq_get_desc_lock(irq, flags) : NULL;
}

void enable_percpu_irq(unsigned int irq, unsigned int type)
{
	unsigned long flags;
	struct irq_desc *desc = lock_percpu_line(irq, &flags);

	if (!desc)
		return;
	type &= IRQ_TYPE_SENSE_MASK;
	if (type == IRQ_TYPE_NONE)
		type = irqd_get_trigger_type(&desc->irq_data);
	if (!WARN(type && irq_set_type_locked(desc, type), "irq %u: cannot have type %u\n", irq, type))
		enable_here(desc);
	irq_put_desc_unlock(desc, flags);
}

void disable_percpu_irq(unsigned int irq)
{
	unsigned long flags;
	struct irq_desc *desc = lock_percpu_line(irq, &flags);

	if (!desc)
		return;
	disable_here(desc);
	irq_put_desc_unlock(desc, flags);
}

bool irq_percpu_is_enabled(unsigned int irq)
{
	unsigned long flags;
	struct irq_desc *desc = lock_percpu_line(irq, &flags);
	bool enabled;

	if (!desc)
		return false;
	enabled = cpumask_test_cpu(smp_processor_id(), &desc->percpu_enabled);
	irq_put_desc_unlock(desc, flags);
	return enabled;
}

/* ---- the flow */

/* Nobody has it: so that it does not come for ever. */
static noinline void fired_without_handler(struct irq_desc *desc)
{
	pr_err_ratelimited("irq %u: fired on CPU %u, but nobody has requested it\n", desc->irq_data.irq,
			   smp_processor_id());
	raw_spin_lock(&desc->lock);
	if (cpumask_test_cpu(smp_processor_id(), &desc->percpu_enabled))
		disable_here(desc);
	raw_spin_unlock(&desc->lock);
}

void handle_percpu_devid_irq(struct irq_desc *desc)
{
	struct irq_chip *chip = desc->irq_data.chip;
	struct irqaction *action = READ_ONCE(desc->action);

	this_cpu_inc(kstat_irq_count[desc->irq_data.irq]);
	if (chip->irq_ack)
		chip->irq_ack(&desc->irq_data);
	if (likely(action))
		action->handler((int)desc->irq_data.irq, raw_cpu_ptr(action->percpu_dev_id));
	else
		fired_without_handler(desc);
	if (chip->irq_eoi)
		chip->irq_eoi(&desc->irq_data);
}

/* ---- request and free */

int __request_percpu_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
			 void __percpu *dev)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	int error;

	might_sleep();
	if (!dev || !desc || !irq_can_request(desc) || !irq_is_percpu_devid(irq))
		return -EINVAL;
	if (flags && flags != IRQF_TIMER)
		return -EINVAL;
	action = kzalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	action->handler = handler;
	action->irq = irq;
	action->flags = (unsigned int)flags | IRQF_PERCPU | IRQF_NO_SUSPEND;
	action->name = name;
	action->percpu_dev_id = dev;
	error = irq_setup_action(desc, action);
	if (error)
		kfree(action);
	return error;
}

/* Lock held. Return: what is to be freed, or NULL. */
static struct irqaction *take_percpu_action(struct irq_desc *desc, const void __percpu *dev)
{
	struct irqaction *action = desc->action;
	unsigned int irq = desc->irq_data.irq;

	if (WARN(!action || action->percpu_dev_id != dev, "irq %u: no such handler, or freed already\n", irq))
		return NULL;
	if (WARN(!cpumask_empty(&desc->percpu_enabled), "irq %u: freed, and enabled on CPU %u\n", irq,
		 cpumask_first(&desc->percpu_enabled)))
		return NULL;
	WRITE_ONCE(desc->action, NULL);
	return action;
}

static void answer(void *unused)
{
}

void free_percpu_irq(unsigned int irq, void __percpu *dev)
{
	unsigned long flags;
	struct irq_desc *desc = lock_percpu_line(irq, &flags);
	struct irqaction *action;

	if (!desc)
		return;
	action = take_percpu_action(desc, dev);
	irq_put_desc_unlock(desc, flags);
	if (!action)
		return;
	/*
	 * Disabled on all CPUs; but a handler may have done that itself, or have been on its way when its CPU did. A
	 * flow runs with interrupts off, so each CPU that answers is through with it, and finds no action from now on.
	 */
	on_each_cpu(answer, NULL, 1);
	kfree(action);
}
