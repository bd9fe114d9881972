// SPDX-License-Identifier: GPL-2.0-only
/*
 * Timers, jiffies, sleeping: the unit timer.
 *
 * Limits
 *	The task stays on the first CPU, so that all timers it arms are of one CPU's, and on another one
 *	only where the name begins with timer.smp_.
 */
#include <linux/cpumask.h>
#include <linux/module.h>
#include <linux/sched.h>

#include "timer.h"

static int __init timer_module_init(void)
{
	unsigned int here = cpumask_first(cpu_online_mask);

	set_cpus_allowed_ptr(current, cpumask_of(here));
	observe_timer_states();
	observe_timer_runs();
	observe_jiffies();
	observe_sleeping();
	if (num_online_cpus() > 1)
		observe_timers_elsewhere(here, cpumask_next((int)here, cpu_online_mask));
	set_cpus_allowed_ptr(current, cpu_online_mask);
	return 0;
}

static void __exit timer_module_exit(void)
{
}

module_init(timer_module_init);
module_exit(timer_module_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Observations: timers, jiffies, sleeping");
