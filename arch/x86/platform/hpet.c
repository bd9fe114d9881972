// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a PC's event timers are, and which lines they may have: told to drivers/timer/hpet.c.
 *
 * What
 *	The ACPI table gives the address. Lines from 16 on are PCI's, which are levels and shared; those below
 *	have owners who do not share. Without an IOAPIC there are none from 16 on, and a timer gets no line,
 *	unless it can send messages.
 *
 * Contexts
 *	A task, at boot.
 */
#include <linux/errno.h>
#include <linux/hpet.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/printk.h>
#include <arch/irq.h>
#include <bottomhalf/acpi.h>
#include <x86/irq.h>

#define REGISTER_BYTES	HPET_Tn_CFG(HPET_MAX_TIMERS)	/* as many as it may say that it has */
#define LINES		32

static u32 read_register(struct hpet *hpet, unsigned int reg)
{
	return readl(hpet->regs + reg);
}

static void write_register(struct hpet *hpet, unsigned int reg, u32 value)
{
	writel(value, hpet->regs + reg);
}

static struct hpet pc_hpet = { .read = read_register, .write = write_register };

static u32 __init usable_lines(void)
{
	u32 lines = 0;

	for (unsigned int line = NR_IRQS_LEGACY; line < LINES; line++)
		if (!arch_irq_startup_check(line))
			lines |= BIT(line);
	return lines;
}

static int __init find_hpet(void)
{
	struct acpi_hpet table;
	int error;

	/* That there are none is no error. */
	if (!acpi_hpet(x86_acpi(), &table))
		return 0;
	pc_hpet.regs = ioremap(table.address, REGISTER_BYTES);
	if (!pc_hpet.regs)
		return -ENOMEM;
	pc_hpet.lines = usable_lines();
	pc_hpet.messages = arch_msi_domain();
	error = hpet_alloc(&pc_hpet);
	if (error)
		return error == -ENODEV ? 0 : error;
	pr_info("hpet: at %#llx, %u timers, %u fs a count, lines %#x of %#x%s\n", table.address, pc_hpet.nr_timers,
		pc_hpet.period_fs, pc_hpet.timers[0].routes & pc_hpet.lines, pc_hpet.timers[0].routes,
		pc_hpet.timers[0].message_cap ? ", messages" : "");
	return 0;
}
device_initcall(find_hpet);
