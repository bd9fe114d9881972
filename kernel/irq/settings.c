// SPDX-License-Identifier: GPL-2.0-only
/*
 * Setting a line up, and asking what it is: chip, flow, type, settings, data.
 *
 * What
 *	Controllers do this before a line is in use; irq_set_irq_type() and irq_modify_status() may come
 *	later, too.
 *
 * Contexts
 *	Any but NMI. A chip behind a slow bus (irq_bus_lock) makes it task context.
 *
 * Locks
 *	desc->lock, interrupts off; outside of it the chip's bus lock, if it has one.
 *
 * Tests
 *	tests/boot/irq_test.c, tests/boot/irqdesc_test.c
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/msi.h>
#include <linux/printk.h>

#include "internals.h"

struct irq_desc *__irq_get_desc_lock(unsigned int irq, unsigned long *flags, bool bus)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc)
		return NULL;
	if (bus)
		chip_bus_lock(desc);
	raw_spin_lock_irqsave(&desc->lock, *flags);
	return desc;
}

void __irq_put_desc_unlock(struct irq_desc *desc, unsigned long flags, bool bus)
{
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	if (bus)
		chip_bus_sync_unlock(desc);
}

/* ---- Chip and flow */

int irq_set_chip(unsigned int irq, const struct irq_chip *chip)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags);

	if (!desc)
		return -EINVAL;
	desc->irq_data.chip = (struct irq_chip *)(chip ?: &no_irq_chip);
	irq_put_desc_unlock(desc, flags);
	return 0;
}

static irqreturn_t chained_handler(int irq, void *dev)
{
	WARN_ONCE(true, "irq %d: a line with a flow of its own has called handlers\n", irq);
	return IRQ_NONE;
}

/* So that the line is in use: its flow calls none. Nobody else has that dev_id, so nobody frees it. */
struct irqaction irq_chained_action = {
	.handler = chained_handler,
	.dev_id = &irq_chained_action,
	.name = "a controller",
};

/* Silent from now on. Lock held. */
static void take_flow_away_locked(struct irq_desc *desc)
{
	if (irq_has_chip(desc))
		irq_mask_ack(desc);
	desc->common.state |= IRQD_IRQ_DISABLED;
	desc->depth = 1;
	if (desc->action == &irq_chained_action)
		desc->action = NULL;
}

/* A line with a flow of its own is started as if it had a handler, and takes none. Lock held. */
static void start_chained_locked(struct irq_desc *desc)
{
	unsigned int type = irqd_get_trigger_type(&desc->irq_data);

	if (type != IRQ_TYPE_NONE)
		irq_set_type_locked(desc, type);
	desc->action = &irq_chained_action;
	desc->status |= IRQ_NOPROBE | IRQ_NOREQUEST | IRQ_NOTHREAD;
	WARN_ON(irq_activate(desc));
	irq_startup(desc, IRQ_RESEND);
}

/* A parent's domain may set the flow before the device's own has given the line its chip. */
static bool some_level_has_chip(struct irq_desc *desc)
{
	struct irq_data *data = &desc->irq_data;

	while (data && data->chip == &no_irq_chip)
		data = data->parent_data;
	return data;
}

/* Lock held. */
static void set_handler_locked(struct irq_desc *desc, irq_flow_handler_t flow, bool chained,
			       const char *name)
{
	lockdep_assert_held(&desc->lock);
	if (!flow || !some_level_has_chip(desc) || (chained && !irq_has_chip(desc)))
		flow = handle_bad_irq;
	if (flow == handle_bad_irq)
		take_flow_away_locked(desc);
	desc->handle_irq = flow;
	desc->name = name;
	if (flow != handle_bad_irq && chained)
		start_chained_locked(desc);
	/* The chip may have chosen another one by the type. */
	if (chained)
		desc->handle_irq = flow;
}

void __irq_set_handler(unsigned int irq, irq_flow_handler_t flow, int is_chained, const char *name)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags);

	if (WARN(!desc, "irq %u: no such number\n", irq))
		return;
	set_handler_locked(desc, flow, is_chained, name);
	irq_put_desc_busunlock(desc, flags);
}

void irq_set_chained_handler_and_data(unsigned int irq, irq_flow_handler_t flow, void *data)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags);

	if (WARN(!desc, "irq %u: no such number\n", irq))
		return;
	desc->common.handler_data = data;
	set_handler_locked(desc, flow, true, NULL);
	irq_put_desc_busunlock(desc, flags);
}

void irq_set_chip_and_handler_name(unsigned int irq, const struct irq_chip *chip, irq_flow_handler_t flow,
				   const char *name)
{
	if (!WARN(irq_set_chip(irq, chip), "irq %u: no such number\n", irq))
		__irq_set_handler(irq, flow, 0, name);
}

void irq_set_handler_locked(struct irq_data *data, irq_flow_handler_t flow)
{
	irq_data_to_desc(data)->handle_irq = flow;
}

void irq_set_chip_handler_name_locked(struct irq_data *data, const struct irq_chip *chip,
				      irq_flow_handler_t flow, const char *name)
{
	struct irq_desc *desc = irq_data_to_desc(data);

	desc->handle_irq = flow;
	desc->name = name;
	data->chip = (struct irq_chip *)chip;
}

/* ---- Data */

int irq_set_chip_data(unsigned int irq, void *data)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags);

	if (!desc)
		return -EINVAL;
	desc->irq_data.chip_data = data;
	irq_put_desc_unlock(desc, flags);
	return 0;
}

int irq_set_handler_data(unsigned int irq, void *data)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags);

	if (!desc)
		return -EINVAL;
	desc->common.handler_data = data;
	irq_put_desc_unlock(desc, flags);
	return 0;
}

int irq_set_msi_desc(unsigned int irq, struct msi_desc *entry)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags);

	if (!desc)
		return -EINVAL;
	desc->common.msi_desc = entry;
	if (entry)
		entry->irq = irq;
	irq_put_desc_unlock(desc, flags);
	return 0;
}

void irq_set_hwirq(unsigned int irq, irq_hw_number_t hwirq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!WARN(!desc, "irq %u: no such number\n", irq))
		desc->irq_data.hwirq = hwirq;
}

/* ---- Trigger type */

/* The type is what the chip has, and the settings remember it. */
static void note_type(struct irq_desc *desc, unsigned int type)
{
	desc->common.state &= ~(IRQD_TRIGGER_MASK | IRQD_LEVEL);
	desc->common.state |= type & IRQ_TYPE_SENSE_MASK;
	desc->status &= ~(unsigned int)(IRQ_TYPE_SENSE_MASK | IRQ_LEVEL);
	desc->status |= type & IRQ_TYPE_SENSE_MASK;
	if (type & IRQ_TYPE_LEVEL_MASK) {
		desc->common.state |= IRQD_LEVEL;
		desc->status |= IRQ_LEVEL;
	}
}

/* Whether the line must be silent while its type changes, and is not. */
static bool mask_for_type(struct irq_desc *desc)
{
	if (!(desc->irq_data.chip->flags & IRQCHIP_SET_TYPE_MASKED))
		return false;
	if (irqd_irq_masked(&desc->irq_data))
		return false;
	irq_mask(desc);
	return !irqd_irq_disabled(&desc->irq_data);
}

int irq_set_type_locked(struct irq_desc *desc, unsigned int type)
{
	struct irq_chip *chip = desc->irq_data.chip;
	bool unmask;
	int answer;

	lockdep_assert_held(&desc->lock);
	if (!chip->irq_set_type)
		return 0;

	unmask = mask_for_type(desc);
	type &= IRQ_TYPE_SENSE_MASK;
	answer = chip->irq_set_type(&desc->irq_data, type);
	if (answer == IRQ_SET_MASK_OK_NOCOPY)
		type = irqd_get_trigger_type(&desc->irq_data);
	if (answer >= 0) {
		note_type(desc, type);
		answer = 0;
	}
	if (unmask)
		irq_unmask(desc);
	return answer;
}

int irq_set_irq_type(unsigned int irq, unsigned int type)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_line_buslock(irq, &flags);
	int error;

	if (!desc)
		return -EINVAL;
	error = irq_set_type_locked(desc, type);
	irq_put_desc_busunlock(desc, flags);
	return error;
}

/* ---- Settings */

/* The state bits that follow from the settings. */
static unsigned int state_of_settings(unsigned int status)
{
	unsigned int state = 0;

	if (status & IRQ_NO_BALANCING_MASK)
		state |= IRQD_NO_BALANCING;
	if (status & IRQ_PER_CPU)
		state |= IRQD_PER_CPU;
	if (status & IRQ_MOVE_PCNTXT)
		state |= IRQD_MOVE_PCNTXT;
	if (status & IRQ_LEVEL)
		state |= IRQD_LEVEL;
	return state | (status & IRQ_TYPE_SENSE_MASK);
}

void irq_modify_status(unsigned int irq, unsigned long clr, unsigned long set)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags);
	unsigned int type;

	if (!desc)
		return;
	/* Too late to say so: it has been enabled. */
	WARN_ON(!desc->depth && (set & IRQ_NOAUTOEN));
	desc->status &= ~((unsigned int)clr & IRQF_MODIFY_MASK);
	desc->status |= (unsigned int)set & IRQF_MODIFY_MASK;

	type = irqd_get_trigger_type(&desc->irq_data);
	desc->common.state &= ~(IRQD_NO_BALANCING | IRQD_PER_CPU | IRQD_TRIGGER_MASK | IRQD_LEVEL |
				IRQD_MOVE_PCNTXT);
	desc->common.state |= state_of_settings(desc->status);
	if (!irqd_get_trigger_type(&desc->irq_data))
		desc->common.state |= type;
	irq_put_desc_unlock(desc, flags);
}

int irq_set_percpu_devid(unsigned int irq)
{
	if (!irq_to_desc(irq) || irq_is_percpu_devid(irq))
		return -EINVAL;
	irq_modify_status(irq, 0, IRQ_NOAUTOEN | IRQ_PER_CPU | IRQ_PER_CPU_DEVID | IRQ_NOPROBE |
				  IRQ_NOTHREAD);
	return 0;
}

/* ---- Asking */

struct irq_data *irq_get_irq_data(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? &desc->irq_data : NULL;
}

struct irq_chip *irq_get_chip(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? desc->irq_data.chip : NULL;
}

void *irq_get_chip_data(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? desc->irq_data.chip_data : NULL;
}

void *irq_get_handler_data(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? desc->common.handler_data : NULL;
}

struct msi_desc *irq_get_msi_desc(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? desc->common.msi_desc : NULL;
}

unsigned int irq_get_trigger_type(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? irqd_get_trigger_type(&desc->irq_data) : 0;
}

const struct cpumask *irq_get_affinity_mask(int irq)
{
	struct irq_desc *desc = irq_to_desc((unsigned int)irq);

	return desc ? desc->common.affinity : NULL;
}

const struct cpumask *irq_get_effective_affinity_mask(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? desc->common.effective_affinity : NULL;
}
