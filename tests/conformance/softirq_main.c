// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: softirqs. All is observed in a thread on CPU 0: when a raised one runs (softirq_task.c,
 * softirq_interrupt.c), in which order and how often (softirq_drain.c) and, with a second CPU,
 * softirq_smp.c.
 */
#include <linux/module.h>

#include "softirq.h"

static void observe(void)
{
	observe_raise_in_task();
	observe_raise_in_interrupt();
	observe_drain();
	if (num_online_cpus() > 1)
		observe_softirq_smp();
}

static int __init softirq_unit_init(void)
{
	return run_pinned(0, observe);
}
module_init(softirq_unit_init);

static void __exit softirq_unit_exit(void)
{
}
module_exit(softirq_unit_exit);

MODULE_DESCRIPTION("softirqs, observed");
MODULE_LICENSE("GPL");
