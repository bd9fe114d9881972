// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines that are messages: the device is told which, when the line gets its place and when it moves.
 *
 * What
 *	A message has two parts, and a device whose messages cannot be held back may send one while it
 *	is told a new one. With the old half of one and the new half of the other it would arrive
 *	anywhere. So of two parts that change one is told after the other, and what a device sends in
 *	between has a meaning: the old CPU, the new number there. The machine makes sure that this is the
 *	line's, too (x86: apic/vector.c).
 *
 * Contexts
 *	desc->lock held, interrupts off.
 *
 * Limits
 *	What a device does while the same part of its message is written again is not looked at.
 *
 * Tests
 *	arch/x86/tests/message_test.c
 */
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/msi.h>

static bool same_address(const struct msi_msg *a, const struct msi_msg *b)
{
	return a->address_lo == b->address_lo && a->address_hi == b->address_hi;
}

int msi_domain_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	struct msi_msg old, message;
	int answer;

	irq_chip_compose_msi_msg(data, &old);
	answer = irq_chip_set_affinity_parent(data, mask, force);
	if (answer < 0 || answer == IRQ_SET_MASK_OK_DONE)
		return answer;

	irq_chip_compose_msi_msg(data, &message);
	if (old.data != message.data && !same_address(&old, &message)) {
		old.data = message.data;
		data->chip->irq_write_msi_msg(data, &old);
	}
	data->chip->irq_write_msi_msg(data, &message);
	return answer;
}

int msi_domain_activate(struct irq_domain *domain, struct irq_data *data, bool early)
{
	struct msi_msg message;
	int error = irq_chip_compose_msi_msg(data, &message);

	if (!error)
		data->chip->irq_write_msi_msg(data, &message);
	return error;
}
