// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: tasklets. All is observed in a thread on CPU 0, by tasklet_state.c (scheduled, running,
 * killed), tasklet_disable.c, tasklet_order.c and, with a second CPU, tasklet_smp.c.
 */
#include <linux/module.h>

#include "tasklet.h"

static void observe(void)
{
	observe_tasklet_state();
	observe_tasklet_disable();
	observe_tasklet_order();
	if (num_online_cpus() > 1)
		observe_tasklet_smp();
}

static int __init tasklet_unit_init(void)
{
	return run_pinned(0, observe);
}
module_init(tasklet_unit_init);

static void __exit tasklet_unit_exit(void)
{
}
module_exit(tasklet_unit_exit);

MODULE_DESCRIPTION("tasklets, observed");
MODULE_LICENSE("GPL");
