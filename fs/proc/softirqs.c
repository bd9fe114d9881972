// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/softirqs: how often each softirq has run on each CPU.
 *
 *	                    CPU0       CPU1
 *	          HI:          2          0
 *	       TIMER:        104         97
 *	...
 *
 * Differs from Linux
 *	Entries above Linux's ten have a line, with their number for a name, once they have run.
 *
 * Tests
 *	tests/boot/proc_test.c
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kernel_stat.h>
#include <linux/proc_fs.h>

static void show_counts(struct seq_file *m, unsigned int nr)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		seq_printf(m, " %10u", kstat_softirqs_cpu(nr, (int)cpu));
	seq_putc(m, '\n');
}

static bool has_run(unsigned int nr)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		if (kstat_softirqs_cpu(nr, (int)cpu))
			return true;
	return false;
}

static int show_softirqs(struct seq_file *m, void *v)
{
	unsigned int nr, cpu;

	seq_puts(m, "                    ");
	for_each_possible_cpu(cpu)
		seq_printf(m, "CPU%-8d", (int)cpu);
	seq_putc(m, '\n');
	for (nr = 0; nr < NR_SOFTIRQS_LINUX; nr++) {
		seq_printf(m, "%12s:", softirq_to_name[nr]);
		show_counts(m, nr);
	}
	for (; nr < NR_SOFTIRQS; nr++) {
		if (!has_run(nr))
			continue;
		seq_printf(m, "%12u:", nr);
		show_counts(m, nr);
	}
	return 0;
}

static int __init proc_softirqs_init(void)
{
	proc_create_single("softirqs", 0, NULL, show_softirqs);
	return 0;
}
fs_initcall(proc_softirqs_init);
