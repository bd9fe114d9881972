// SPDX-License-Identifier: GPL-2.0-only
/*
 * Event timers by message ("FSB delivery"): each that can has a line of its own.
 *
 * What
 *	A timer has two registers for its message, the word and the address. A domain upon the machine's gives the
 *	line its number and its vector, and what the machine says is written there. It is an edge: the timer
 *	remembers nothing in its status register, and there is no level to end.
 *
 *	A timer cannot keep a message back without losing the time: what comes while the line is disabled the edge
 *	flow remembers.
 *
 * Contexts
 *	hpet_msi_alloc(), hpet_msi_free(): task, hpet->mutex held. Chip functions: desc->lock held.
 *
 * Locks
 *	None: nobody else writes these two registers, each in one store. While the line moves the timer may fire:
 *	kernel/irq/msi.c has one half change at a time.
 *
 * Tests
 *	arch/x86/tests/hpet_test.c, with QEMU's hpet.msi=on: hpet-messages of tools/crash
 *
 * Source: IA-PC HPET specification, revision 1.0a, 2.3.9.
 */
#include <linux/errno.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/msi.h>
#include "hpet_timer.h"

static struct irq_domain *hpet_domain;		/* hpet->mutex to make it; then read-only */

static void write_message(struct irq_data *data, struct msi_msg *msg)
{
	struct hpet_timer *timer = data->chip_data;

	timer->hpet->write(timer->hpet, HPET_Tn_MESSAGE(timer->number), msg->data);
	timer->hpet->write(timer->hpet, HPET_Tn_ADDRESS(timer->number), msg->address_lo);
}

static void cannot_be_kept_back(struct irq_data *data)
{
}

static struct irq_chip hpet_chip = {
	.name = "HPET-MSI",
	.irq_mask = cannot_be_kept_back,
	.irq_unmask = cannot_be_kept_back,
	.irq_ack = irq_chip_ack_parent,
	.irq_write_msi_msg = write_message,
	.irq_set_affinity = msi_domain_set_affinity,
	.irq_retrigger = irq_chip_retrigger_hierarchy,
	.flags = IRQCHIP_ONESHOT_SAFE | IRQCHIP_SKIP_SET_WAKE,
};

static int alloc_line(struct irq_domain *domain, unsigned int virq, unsigned int nr, void *arg)
{
	struct hpet_timer *timer = arg;
	int error = irq_domain_alloc_irqs_parent(domain, virq, nr, NULL);

	if (!error)
		irq_domain_set_info(domain, virq, timer->number, &hpet_chip, timer, handle_edge_irq, NULL,
				    "edge");
	return error;
}

static const struct irq_domain_ops hpet_domain_ops = {
	.alloc = alloc_line,
	.free = irq_domain_free_irqs_top,
	.activate = msi_domain_activate,
};

int hpet_msi_alloc(struct hpet_timer *timer)
{
	struct irq_domain *machine = timer->hpet->messages;

	if (!timer->message_cap || !machine)
		return -ENXIO;
	if (!hpet_domain)
		hpet_domain = irq_domain_create_hierarchy(machine, 0, 0, NULL, &hpet_domain_ops, NULL);
	if (!hpet_domain)
		return -ENOMEM;
	return irq_domain_alloc_irqs(hpet_domain, 1, NUMA_NO_NODE, timer);
}

void hpet_msi_free(unsigned int irq)
{
	irq_domain_free_irqs(irq, 1);
}
