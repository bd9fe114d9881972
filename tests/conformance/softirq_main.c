// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: softirqs. All is observed in a thread on CPU 0, by softirq_raise.c (when a raised one
 * runs), softirq_drain.c (in which order, how often) and, with a second CPU, softirq_smp.c.
 */
#include <linux/module.h>

#include "softirq.h"

static void observe(void)
{
	observe_raise();
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
