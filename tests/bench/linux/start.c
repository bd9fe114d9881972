// SPDX-License-Identifier: GPL-2.0-only
/* The benchmarks as a module for Linux: loading it runs them, in a thread on CPU 0. */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/module.h>

#include "../bench.h"

#define SOON_NS		300000

static char *only;
module_param(only, charp, 0);
MODULE_PARM_DESC(only, "the case to run; without it all that have rows");

static struct hrtimer timer;
static void (*soon)(void);

static enum hrtimer_restart once(struct hrtimer *unused)
{
	soon();
	return HRTIMER_NORESTART;
}

int hard_irq_open(void (*function)(void))
{
	soon = function;
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	timer.function = once;
	return 0;
}

void hard_irq_soon(void)
{
	hrtimer_start(&timer, ns_to_ktime(SOON_NS), HRTIMER_MODE_REL_PINNED_HARD);
}

void hard_irq_close(void)
{
	hrtimer_cancel(&timer);
}

static int bench_thread(void *done)
{
	bench_run_all(only, false);
	complete(done);
	return 0;
}

static int __init bench_init(void)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct task_struct *thread = kthread_create(bench_thread, &done, "bench");

	if (IS_ERR(thread))
		return PTR_ERR(thread);
	kthread_bind(thread, 0);
	wake_up_process(thread);
	wait_for_completion(&done);
	return 0;
}
module_init(bench_init);

static void __exit bench_exit(void)
{
}
module_exit(bench_exit);

MODULE_DESCRIPTION("What each hop of deferred work costs");
MODULE_LICENSE("GPL");
