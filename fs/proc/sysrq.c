// SPDX-License-Identifier: GPL-2.0-only
/*
 * SysRq's keys that print a text of /proc: I interrupts, S softirqs.
 *
 * Tests
 *	tests/boot/proc_test.c
 */
#include <linux/init.h>
#include <linux/proc_fs.h>
#include <linux/sysrq.h>

static void print_interrupts(u8 key)
{
	proc_print_log("interrupts");
}

static const struct sysrq_key_op interrupts_op = {
	.handler = print_interrupts,
	.help_msg = "interrupts(I)",
	.action_msg = "interrupts",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

static void print_softirqs(u8 key)
{
	proc_print_log("softirqs");
}

static const struct sysrq_key_op softirqs_op = {
	.handler = print_softirqs,
	.help_msg = "softirqs(S)",
	.action_msg = "softirqs",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

static int __init proc_sysrq_init(void)
{
	register_sysrq_key('I', &interrupts_op);
	register_sysrq_key('S', &softirqs_op);
	return 0;
}
late_initcall(proc_sysrq_init);
