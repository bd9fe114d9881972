// SPDX-License-Identifier: GPL-2.0-only
/*
 * A tasklet is scheduled twice before it can run, and runs once. Scheduled from its own function,
 * it runs again.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/completion.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int again = 2;
module_param(again, int, 0444);
MODULE_PARM_DESC(again, "how often the tasklet schedules itself");

static int runs;
static DECLARE_COMPLETION(finished);

static void twice_fn(struct tasklet_struct *t)
{
	runs++;
	if (runs <= again)
		tasklet_schedule(t);
	else
		complete(&finished);
}

static DECLARE_TASKLET(twice, twice_fn);

static int __init twice_init(void)
{
	/* With bottom halves off the tasklet cannot run on this CPU, and it goes nowhere else. */
	local_bh_disable();
	tasklet_schedule(&twice);
	tasklet_schedule(&twice);
	pr_info("scheduled twice, has run %d times\n", runs);
	local_bh_enable();

	wait_for_completion(&finished);
	pr_info("scheduled itself %d times, has run %d times\n", again, runs);
	return 0;
}

static void __exit twice_exit(void)
{
	tasklet_kill(&twice);
	pr_info("killed after %d runs\n", runs);
}

module_init(twice_init);
module_exit(twice_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A tasklet scheduled twice runs once");
