// SPDX-License-Identifier: GPL-2.0-only
/*
 * A tasklet is scheduled twice before it can run: it runs once. Scheduled once more from its own
 * function, it runs again.
 */
#include <linux/module.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/interrupt.h>

#define pr_line(fmt, ...)	pr_info("tasklet_twice: " fmt, ##__VA_ARGS__)

static int again = 1;
module_param(again, int, 0444);
MODULE_PARM_DESC(again, "how often the tasklet schedules itself");

static int runs;

static void twice_fn(struct tasklet_struct *t)
{
	runs++;
	if (runs <= again)
		tasklet_schedule(t);
}

static DECLARE_TASKLET(twice, twice_fn);

static int __init twice_init(void)
{
	local_bh_disable();
	tasklet_schedule(&twice);
	tasklet_schedule(&twice);
	pr_line("scheduled twice, has run %d times\n", runs);
	local_bh_enable();

	/* From here on it has run, or ksoftirqd will run it; this waits for either. */
	while (test_bit(TASKLET_STATE_SCHED, &twice.state))
		cond_resched();
	tasklet_unlock_wait(&twice);
	pr_line("scheduled itself %d times, has run %d times\n", again, runs);
	return 0;
}

static void __exit twice_exit(void)
{
	tasklet_kill(&twice);
	pr_line("killed after %d runs\n", runs);
}

module_init(twice_init);
module_exit(twice_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A tasklet scheduled twice runs once");
