// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lines of /proc/interrupts that have a name instead of a number: what comes to a CPU of a PC beside
 * its devices' lines.
 *
 * Contexts
 *	Any but NMI. Counters are read as they are.
 *
 * Differs from Linux
 *	There are no lines for what does not exist here: PMI, RTR, TLB, TRM, THR, DFR, MCE, MCP, PIN. ERR is the
 *	sum of errors of local APICs and of vectors that stand for nothing. MIS is 0: edges that an IOAPIC
 *	took for levels are not looked for.
 *
 * Tests
 *	tests/boot/proc_test.c, arch/x86/tests/apic_test.c
 */
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <x86/irq.h>
#include <x86/traps.h>

static unsigned int nmis(unsigned int cpu)
{
	const struct x86_nmi_counts *counts = &per_cpu(x86_nmi_counts, cpu);

	return READ_ONCE(counts->handled) + READ_ONCE(counts->empty) + READ_ONCE(counts->unknown);
}

/* A member of x86_irq_counts, by its place there. */
static unsigned int counted(size_t offset, unsigned int cpu)
{
	return READ_ONCE(*(unsigned int *)((char *)&per_cpu(x86_irq_counts, cpu) + offset));
}

static const struct kind {
	const char *name;
	size_t offset;
	const char *what;
} kinds[] = {
	{ "LOC", offsetof(struct x86_irq_counts, timer), "Local timer interrupts" },
	{ "SPU", offsetof(struct x86_irq_counts, spurious), "Spurious interrupts" },
	{ "IWI", offsetof(struct x86_irq_counts, irq_work), "IRQ work interrupts" },
	{ "RES", offsetof(struct x86_irq_counts, reschedule), "Rescheduling interrupts" },
	{ "CAL", offsetof(struct x86_irq_counts, call_function), "Function call interrupts" },
};

static void show_nmis(struct seq_file *p, int width)
{
	unsigned int cpu;

	seq_printf(p, "%*s: ", width, "NMI");
	for_each_online_cpu(cpu)
		seq_printf(p, "%10u ", nmis(cpu));
	seq_puts(p, "  Non-maskable interrupts\n");
}

static void show_kind(struct seq_file *p, int width, const struct kind *kind)
{
	unsigned int cpu;

	seq_printf(p, "%*s: ", width, kind->name);
	for_each_online_cpu(cpu)
		seq_printf(p, "%10u ", counted(kind->offset, cpu));
	seq_printf(p, "  %s\n", kind->what);
}

static unsigned int errors(void)
{
	unsigned int cpu, sum = 0;

	for_each_possible_cpu(cpu)
		sum += counted(offsetof(struct x86_irq_counts, error), cpu) +
		       counted(offsetof(struct x86_irq_counts, unexpected), cpu);
	return sum;
}

void arch_show_interrupts(struct seq_file *p, int width)
{
	size_t i;

	show_nmis(p, width);
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		show_kind(p, width, &kinds[i]);
	seq_printf(p, "%*s: %10u\n", width, "ERR", errors());
	seq_printf(p, "%*s: %10u\n", width, "MIS", 0U);
}
