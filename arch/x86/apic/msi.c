// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts by message, as a PC takes them: a store to a CPU's local APIC.
 *
 * Source: Intel SDM volume 3, 11.11.
 */
#include <linux/irq.h>
#include <arch/irq.h>
#include <x86/lapic.h>

struct irq_domain *arch_msi_domain(void)
{
	return NULL;
}

void arch_msi_ack(struct irq_data *data)
{
	lapic_eoi();
}
