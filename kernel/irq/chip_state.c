// SPDX-License-Identifier: GPL-2.0-only
/*
 * What controllers know of a line, asked and told; and interrupts by hand.
 *
 * What
 *	The first chip towards the CPU that can answer does.
 *
 * Contexts
 *	Any but NMI; task for a chip behind a slow bus.
 *
 * Tests
 *	tests/boot/irq_sim_test.c, tests/boot/irqdomain_test.c
 */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>

#include "internals.h"

static int get_state_locked(struct irq_data *data, enum irqchip_irq_state which, bool *state)
{
	while (data && !data->chip->irq_get_irqchip_state)
		data = data->parent_data;
	return data ? data->chip->irq_get_irqchip_state(data, which, state) : -EINVAL;
}

static int set_state_locked(struct irq_data *data, enum irqchip_irq_state which, bool *state)
{
	while (data && !data->chip->irq_set_irqchip_state)
		data = data->parent_data;
	return data ? data->chip->irq_set_irqchip_state(data, which, *state) : -EINVAL;
}

static int with_line(unsigned int irq, int (*get_or_set_locked)(struct irq_data *, enum irqchip_irq_state, bool *),
		     enum irqchip_irq_state which, bool *state)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags);
	int error;

	if (!desc)
		return -EINVAL;
	error = get_or_set_locked(&desc->irq_data, which, state);
	irq_put_desc_busunlock(desc, flags);
	return error;
}

int irq_ask_chip_locked(struct irq_desc *desc, enum irqchip_irq_state which, bool *state)
{
	lockdep_assert_held(&desc->lock);
	return get_state_locked(&desc->irq_data, which, state);
}

int irq_get_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool *state)
{
	return with_line(irq, get_state_locked, which, state);
}

int irq_set_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool state)
{
	return with_line(irq, set_state_locked, which, &state);
}

/* As if the device had asked: whatever its type. */
static int make_it_fire(unsigned int irq)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags);
	int error = -EINVAL;

	if (!desc)
		return -EINVAL;
	if (irqd_is_activated(&desc->irq_data) && irqd_is_started(&desc->irq_data))
		error = irq_inject_locked(desc);
	irq_put_desc_busunlock(desc, flags);
	return error;
}

int irq_inject_interrupt(unsigned int irq)
{
	/* The chip knows best; else as a replay. */
	return irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true) ? make_it_fire(irq) : 0;
}
