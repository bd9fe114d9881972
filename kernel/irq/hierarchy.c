// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chips one behind the other: members that only pass on, towards the CPU.
 *
 * What
 *	A message's chip masks at the device, and has nothing to say about CPUs: its irq_set_affinity is
 *	irq_chip_set_affinity_parent(). Each function here calls the same member of the next chip.
 *
 * Contexts
 *	As of the member: struct irq_chip.
 *
 * Tests
 *	tests/boot/irqdomain_test.c
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>

#include "internals.h"

static void no_function(struct irq_data *data)	{ }
static unsigned int no_startup(struct irq_data *data)	{ return 0; }

static void no_ack(struct irq_data *data)
{
	handle_bad_irq(irq_data_to_desc(data));
}

/* Of a line that is given up: a flow that was on its way to it meanwhile finds what it calls. */
struct irq_chip no_irq_chip = {
	.name = "none",
	.irq_startup = no_startup,
	.irq_shutdown = no_function,
	.irq_enable = no_function,
	.irq_disable = no_function,
	.irq_ack = no_ack,
	.irq_eoi = no_ack,
	.flags = IRQCHIP_SKIP_SET_WAKE,
};

struct irq_chip dummy_irq_chip = {
	.name = "dummy",
	.irq_startup = no_startup,
	.irq_shutdown = no_function,
	.irq_enable = no_function,
	.irq_disable = no_function,
	.irq_ack = no_function,
	.irq_mask = no_function,
	.irq_unmask = no_function,
	.flags = IRQCHIP_SKIP_SET_WAKE,
};

unsigned int irq_chip_startup_parent(struct irq_data *data)
{
	struct irq_data *parent = data->parent_data;

	if (parent->chip->irq_startup)
		return parent->chip->irq_startup(parent);
	irq_chip_enable_parent(data);
	return 0;
}

void irq_chip_shutdown_parent(struct irq_data *data)
{
	struct irq_data *parent = data->parent_data;

	if (parent->chip->irq_shutdown)
		parent->chip->irq_shutdown(parent);
	else
		irq_chip_disable_parent(data);
}

void irq_chip_enable_parent(struct irq_data *data)
{
	struct irq_data *parent = data->parent_data;

	if (parent->chip->irq_enable)
		parent->chip->irq_enable(parent);
	else
		parent->chip->irq_unmask(parent);
}

void irq_chip_disable_parent(struct irq_data *data)
{
	struct irq_data *parent = data->parent_data;

	if (parent->chip->irq_disable)
		parent->chip->irq_disable(parent);
	else
		parent->chip->irq_mask(parent);
}

void irq_chip_ack_parent(struct irq_data *data)
{
	data->parent_data->chip->irq_ack(data->parent_data);
}

void irq_chip_mask_parent(struct irq_data *data)
{
	data->parent_data->chip->irq_mask(data->parent_data);
}

void irq_chip_mask_ack_parent(struct irq_data *data)
{
	data->parent_data->chip->irq_mask_ack(data->parent_data);
}

void irq_chip_unmask_parent(struct irq_data *data)
{
	data->parent_data->chip->irq_unmask(data->parent_data);
}

void irq_chip_eoi_parent(struct irq_data *data)
{
	data->parent_data->chip->irq_eoi(data->parent_data);
}

int irq_chip_set_affinity_parent(struct irq_data *data, const struct cpumask *dest, bool force)
{
	struct irq_data *parent = data->parent_data;

	return parent->chip->irq_set_affinity ? parent->chip->irq_set_affinity(parent, dest, force) : -ENOSYS;
}

int irq_chip_set_type_parent(struct irq_data *data, unsigned int type)
{
	struct irq_data *parent = data->parent_data;

	return parent->chip->irq_set_type ? parent->chip->irq_set_type(parent, type) : -ENOSYS;
}

int irq_chip_set_wake_parent(struct irq_data *data, unsigned int on)
{
	struct irq_data *parent = data->parent_data;

	if (parent->chip->flags & IRQCHIP_SKIP_SET_WAKE)
		return 0;
	return parent->chip->irq_set_wake ? parent->chip->irq_set_wake(parent, on) : -ENOSYS;
}

int irq_chip_request_resources_parent(struct irq_data *data)
{
	struct irq_data *parent = data->parent_data;

	return parent->chip->irq_request_resources ? parent->chip->irq_request_resources(parent) : 0;
}

void irq_chip_release_resources_parent(struct irq_data *data)
{
	struct irq_data *parent = data->parent_data;

	if (parent->chip->irq_release_resources)
		parent->chip->irq_release_resources(parent);
}

int irq_chip_get_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool *state)
{
	struct irq_data *parent = data->parent_data;

	return parent->chip->irq_get_irqchip_state ?
		parent->chip->irq_get_irqchip_state(parent, which, state) : -ENOSYS;
}

int irq_chip_set_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool state)
{
	struct irq_data *parent = data->parent_data;

	return parent->chip->irq_set_irqchip_state ?
		parent->chip->irq_set_irqchip_state(parent, which, state) : -ENOSYS;
}

int irq_chip_retrigger_hierarchy(struct irq_data *data)
{
	for (data = data->parent_data; data; data = data->parent_data)
		if (data->chip && data->chip->irq_retrigger)
			return data->chip->irq_retrigger(data);
	return 0;
}

int irq_chip_compose_msi_msg(struct irq_data *data, struct msi_msg *msg)
{
	for (; data; data = data->parent_data)
		if (data->chip && data->chip->irq_compose_msi_msg) {
			data->chip->irq_compose_msi_msg(data, msg);
			return 0;
		}
	return -ENOSYS;
}
