// SPDX-License-Identifier: GPL-2.0-only
/*
 * The boot CPU's interrupt hardware, brought up in order; and which controller has the lines.
 *
 * What
 *	                lines           timer, CPU to CPU
 *	usual           IOAPIC          local APIC
 *	noapic, no MADT 8259 pair       local APIC, whose LINT0 passes the 8259's interrupts on
 *	nolapic         8259 pair       PIT; there is one CPU
 *
 * Contexts
 *	Boot CPU, interrupts off.
 *
 * Tests
 *	Every boot, and boots with these options: tests/README.md
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/printk.h>
#include <arch/irq.h>
#include <x86/irq.h>
#include <x86/lapic.h>

bool x86_lines_by_8259;
static bool noapic;

static int __init set_noapic(char *unused)
{
	noapic = true;
	return 0;
}
early_param("noapic", set_noapic);

void __init arch_irq_init(void)
{
	bool lapic = lapic_detect();

	i8259_init();
	if (lapic)
		x86_vector_domain_init();
	if (IS_ENABLED(CONFIG_IOAPIC) && noapic)
		pr_info("ioapic: not used (noapic)\n");
	x86_lines_by_8259 = !x86_vector_domain || noapic || !ioapic_init();
	if (x86_lines_by_8259)
		i8259_take_lines();
	if (lapic)
		lapic_init_cpu(x86_lines_by_8259);
}

int arch_irq_startup_check(unsigned int irq)
{
	return irq < NR_IRQS && irq_to_desc(irq) && irq_get_chip(irq) != &no_irq_chip ? 0 : -ENXIO;
}
