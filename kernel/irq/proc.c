// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lines of /proc/interrupts, in Linux's columns.
 *
 * What
 *	           CPU0       CPU1
 *	  1:          9          0   IO-APIC   1-edge      i8042
 *	 11:        120          7   IO-APIC  11-fasteoi   eth0, edu
 *	LOC:       3021       2987   Local timer interrupts
 *	ERR:          0
 *
 *	number, count on each CPU that is online, chip, its number there, flow, handlers; then, from
 *	arch_show_interrupts(), what has no number.
 *
 * Contexts
 *	Any but NMI. The line's lock, so that handlers stay while their names are written.
 *
 * Differs from Linux
 *	The width of the number is that of the highest there is, three at least; Linux has a bound that is
 *	found at boot.
 *
 * Tests
 *	tests/boot/proc_test.c
 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/seq_file.h>

#include "internals.h"

static int number_width(void)
{
	unsigned int irq, highest = 0, digits = 3, limit;
	struct irq_desc *desc;

	for_each_irq_desc(irq, desc)
		highest = irq;
	for (limit = 1000; limit <= highest; limit *= 10)
		digits++;
	return (int)digits;
}

static void show_heading(struct seq_file *p, int width)
{
	unsigned int cpu;

	seq_printf(p, "%*s", width + 8, "");
	for_each_online_cpu(cpu)
		seq_printf(p, "CPU%-8d", (int)cpu);
	seq_putc(p, '\n');
}

static void show_chip(struct seq_file *p, struct irq_data *data, int width)
{
	if (data->chip->irq_print_chip)
		data->chip->irq_print_chip(data, p);
	else
		seq_printf(p, " %8s", data->chip->name ?: "-");
	if (data->domain)
		seq_printf(p, " %*lu", width, data->hwirq);
	else
		seq_printf(p, " %*s", width, "");
}

/* Lock held: the handlers stay. */
static void show_handlers(struct seq_file *p, const struct irq_desc *desc)
{
	const struct irqaction *action;
	const char *before = "  ";

	for (action = desc->action; action; action = action->next, before = ", ")
		seq_printf(p, "%s%s", before, action->name);
}

static void show_line(struct seq_file *p, struct irq_desc *desc, int width)
{
	unsigned int cpu, irq = irq_desc_get_irq(desc);
	unsigned long flags;

	seq_printf(p, "%*u:", width, irq);
	for_each_online_cpu(cpu)
		seq_put_decimal_ull_width(p, " ", kstat_irqs_cpu(irq, (int)cpu), 10);
	seq_putc(p, ' ');
	raw_spin_lock_irqsave(&desc->lock, flags);
	show_chip(p, &desc->irq_data, width);
	if (desc->name)
		seq_printf(p, "-%-8s", desc->name);
	show_handlers(p, desc);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	seq_putc(p, '\n');
}

/* Has it handlers that people know of? Stale at once; a line that loses them now is shown without. */
static bool is_shown(const struct irq_desc *desc)
{
	const struct irqaction *action = READ_ONCE(desc->action);

	return action && action != &irq_chained_action && !(READ_ONCE(desc->status) & IRQ_HIDDEN);
}

int show_interrupts(struct seq_file *p, void *v)
{
	static int width = 3;	/* as the last heading has it; two readers at once mean the same */
	unsigned int irq = (unsigned int)*(loff_t *)v;
	struct irq_desc *desc;

	if (irq == 0) {
		WRITE_ONCE(width, number_width());
		show_heading(p, width);
	}
	if (irq >= NR_IRQS) {
		arch_show_interrupts(p, width);
		return 0;
	}
	desc = irq_to_desc(irq);
	if (desc && is_shown(desc))
		show_line(p, desc, width);
	return 0;
}
