// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines, as a person sees them: irq_dump_all(), for SysRq and for whoever looks for a dead device.
 *
 * What
 *	irq  4: edge IOAPIC-4 cpus 0-3 now 0, fired 12: serial
 *	        STARTED ACTIVATED
 *	irq 11: fasteoi IOAPIC-11 cpus 0-3 now 1, depth 1, fired 100000: e1000
 *	        DISABLED MASKED LEVEL SPURIOUS_DISABLED
 *
 * Contexts
 *	Any but NMI. It reads without locks: what it prints may be of two moments.
 *
 * Tests
 *	tests/boot/irqdesc_test.c
 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#include "internals.h"

struct bit_name {
	unsigned int bit;
	const char *name;
};

static const struct bit_name state_names[] = {
	{ IRQD_IRQ_DISABLED, "DISABLED" },
	{ IRQD_IRQ_MASKED, "MASKED" },
	{ IRQD_IRQ_INPROGRESS, "INPROGRESS" },
	{ IRQD_IRQ_STARTED, "STARTED" },
	{ IRQD_ACTIVATED, "ACTIVATED" },
	{ IRQD_LEVEL, "LEVEL" },
	{ IRQD_PER_CPU, "PER_CPU" },
	{ IRQD_NO_BALANCING, "NO_BALANCING" },
	{ IRQD_AFFINITY_SET, "AFFINITY_SET" },
	{ IRQD_AFFINITY_MANAGED, "MANAGED" },
	{ IRQD_SETAFFINITY_PENDING, "SETAFFINITY_PENDING" },
	{ IRQD_ONESHOT, "ONESHOT" },
};

static const struct bit_name inner_names[] = {
	{ IRQS_PENDING, "PENDING" },
	{ IRQS_REPLAY, "REPLAY" },
	{ IRQS_AUTODETECT, "AUTODETECT" },
	{ IRQS_WAITING, "WAITING" },
	{ IRQS_SPURIOUS_DISABLED, "SPURIOUS_DISABLED" },
	{ IRQS_POLL_INPROGRESS, "POLL_INPROGRESS" },
};

static int append_names(char *text, int used, int size, unsigned int bits, const struct bit_name *names,
			size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bits & names[i].bit)
			used += scnprintf(text + used, (size_t)(size - used), "%s%s", used ? " " : "",
					  names[i].name);
	return used;
}

int irq_describe_states(unsigned int irq, char *text, int size)
{
	struct irq_desc *desc = irq_to_desc(irq);
	int used;

	text[0] = '\0';
	if (!desc)
		return 0;
	used = append_names(text, 0, size, READ_ONCE(desc->common.state), state_names,
			    ARRAY_SIZE(state_names));
	return append_names(text, used, size, READ_ONCE(desc->istate), inner_names, ARRAY_SIZE(inner_names));
}

/* Lock held: the actions stay. */
static void describe_handlers(struct irq_desc *desc, char *text, int size)
{
	const struct irqaction *action;
	int used = 0;

	text[0] = '\0';
	for (action = desc->action; action; action = action->next)
		used += scnprintf(text + used, (size_t)(size - used), "%s%s", used ? ", " : ": ",
				  action->name);
}

static void dump(struct irq_desc *desc)
{
	const struct irq_data *data = &desc->irq_data;
	char handlers[96], states[160], depth[16] = "";
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	describe_handlers(desc, handlers, sizeof(handlers));
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	irq_describe_states(data->irq, states, sizeof(states));
	if (desc->depth)
		snprintf(depth, sizeof(depth), ", depth %u", desc->depth);
	pr_info("irq %3u: %s %s-%lu cpus %*pbl now %*pbl%s, fired %u%s\n", data->irq, desc->name ?: "-",
		data->chip->name, data->hwirq, cpumask_pr_args(data->common->affinity),
		cpumask_pr_args(data->common->effective_affinity), depth, kstat_irqs(data->irq), handlers);
	pr_info("irq %3u: %s\n", data->irq, states);
}

void irq_dump_all(void)
{
	struct irq_desc *desc;
	unsigned int irq;

	for_each_irq_desc(irq, desc)
		if (irq_has_chip(desc) && (desc->action || READ_ONCE(desc->istate) || kstat_irqs(irq)))
			dump(desc);
	pr_info("irq: %u numbers are in use\n", irq_descs_in_use());
}
