// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: a softirq action returns with bottom halves or preemption off, or interrupts off. A unit of
 * its own, because the kernel may warn of it.
 */
#include <linux/module.h>

#include "softirq.h"

static struct log ran;

static void leak_bh_off(void)
{
	note(&ran, 'F');
	local_bh_disable();
}

static void leak_preempt_off(void)
{
	note(&ran, 'F');
	preempt_disable();
}

static void leak_irqs_off(void)
{
	note(&ran, 'F');
	local_irq_disable();
}

static bool serving, irqs_off;
static unsigned int softirq_field, preempt_field;

static void look_after_it(void)
{
	note(&ran, 'S');
	serving = in_serving_softirq();
	irqs_off = irqs_disabled();
	softirq_field = ((unsigned int)preempt_count() & (unsigned int)SOFTIRQ_MASK) >> SOFTIRQ_SHIFT;
}

/* What the second softirq of the pass sees, and the task when all is over. */
static void leaked(const char *what, void (*action)(void))
{
	log_reset(&ran);
	open_softirq(FIRST, action);
	open_softirq(SECOND, look_after_it);
	settled_bh_disable();
	raise_softirq(FIRST);
	raise_softirq(SECOND);
	local_bh_enable();
	preempt_field = (unsigned int)preempt_count() & (unsigned int)PREEMPT_MASK;
	OBSERVE("softirq_leak.%s_ran", "%s", what, letters(&ran));
	OBSERVE("softirq_leak.%s_next_serves", "%s", what, yes_no(serving));
	OBSERVE("softirq_leak.%s_next_has_softirq_field", "%u", what, softirq_field);
	OBSERVE("softirq_leak.%s_next_has_interrupts", "%s", what, irqs_off ? "off" : "on");
	OBSERVE("softirq_leak.%s_task_has_bh", "%s", what, in_softirq() ? "off" : "on");
	OBSERVE("softirq_leak.%s_task_has_interrupts", "%s", what, irqs_disabled() ? "off" : "on");
	OBSERVE("softirq_leak.%s_task_has_preempt_depth", "%u", what, preempt_field);
}

static void observe(void)
{
	leaked("bh_off", leak_bh_off);
	leaked("preempt_off", leak_preempt_off);
	leaked("irqs_off", leak_irqs_off);
}

static int __init softirq_leak_init(void)
{
	return run_pinned(0, observe);
}
module_init(softirq_leak_init);

static void __exit softirq_leak_exit(void)
{
}
module_exit(softirq_leak_exit);

MODULE_DESCRIPTION("softirq actions that leave something off, observed");
MODULE_LICENSE("GPL");
