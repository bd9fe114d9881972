// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/interrupts: how often which interrupt came to which CPU. A line of text each, made by
 * show_interrupts() of kernel/irq/proc.c.
 *
 * Tests
 *	tests/boot/proc_test.c
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/proc_fs.h>

/* Each number there could be, and one more for what has none. */
static void *int_seq_start(struct seq_file *m, loff_t *pos)
{
	return *pos <= NR_IRQS ? pos : NULL;
}

static void *int_seq_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return int_seq_start(m, pos);
}

static void int_seq_stop(struct seq_file *m, void *v)
{
}

static const struct seq_operations int_seq_ops = {
	.start = int_seq_start,
	.next = int_seq_next,
	.stop = int_seq_stop,
	.show = show_interrupts,
};

static int __init proc_interrupts_init(void)
{
	proc_create_seq("interrupts", 0, NULL, &int_seq_ops);
	return 0;
}
fs_initcall(proc_interrupts_init);
