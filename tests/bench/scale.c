// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rows m: what one more costs where ten are queued already, and where a hundred thousand are. tools/bench
 * shows the ratio of the two.
 */
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#include "bench.h"

#define FEW		10
#define MANY		100000
#define MORE		(WARM_UP + SAMPLES)
#define NAME_SIZE	64

static void report_scale(const char *what, unsigned int queued, unsigned int series)
{
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "m_%s_with_%u_queued", what, queued);
	report_row(name, series);
}

static void no_tasklet(struct tasklet_struct *t)
{
}

static void tasklets(unsigned int queued)
{
	struct tasklet_struct *many = vzalloc((queued + MORE) * sizeof(*many));
	unsigned int n;
	int i;

	if (!many)
		return;
	for (n = 0; n < queued + MORE; n++)
		tasklet_setup(&many[n], no_tasklet);
	local_bh_disable();
	for (n = 0; n < queued; n++)
		tasklet_schedule(&many[n]);
	for_each_turn(i) {
		keep_time(0, i, tasklet_schedule(&many[n]));
		n++;
	}
	local_bh_enable();
	for (n = 0; n < queued + MORE; n++)
		tasklet_kill(&many[n]);
	report_scale("tasklet_schedule", queued, 0);
	vfree(many);
}

static void no_work(struct work_struct *w)
{
}

static void works(unsigned int queued)
{
	struct workqueue_struct *wq = alloc_workqueue("bench-scale", 0, 0);
	struct work_struct *many = vzalloc((queued + MORE) * sizeof(*many));
	unsigned int n;
	int i;

	if (!many || !wq)
		return;
	for (n = 0; n < queued + MORE; n++)
		INIT_WORK(&many[n], no_work);
	/* No worker gets to run meanwhile. */
	preempt_disable();
	for (n = 0; n < queued; n++)
		queue_work_on(0, wq, &many[n]);
	for_each_turn(i) {
		keep_time(0, i, queue_work_on(0, wq, &many[n]));
		keep_time(1, i, cancel_work(&many[n - 1]));
		n++;
	}
	preempt_enable();
	destroy_workqueue(wq);
	report_scale("queue_work", queued, 0);
	report_scale("cancel_work", queued, 1);
	vfree(many);
}

static void no_timer(struct timer_list *t)
{
}

static void timers(unsigned int queued)
{
	struct timer_list *many = vzalloc((queued + 1) * sizeof(*many));
	u64 start, middle, end;
	unsigned int n;
	int i;

	if (!many)
		return;
	for (n = 0; n <= queued; n++)
		timer_setup(&many[n], no_timer, TIMER_PINNED);
	for (n = 0; n < queued; n++)
		mod_timer(&many[n], jiffies + 1000 + n * 7919UL % 1000000);
	for_each_turn(i) {
		start = stamp();
		mod_timer(&many[queued], jiffies + 1000 + ((unsigned long)i & 1023));
		middle = stamp();
		timer_delete(&many[queued]);
		end = stamp();
		keep(0, i, start, middle);
		keep(1, i, middle, end);
	}
	for (n = 0; n <= queued; n++)
		timer_delete_sync(&many[n]);
	report_scale("mod_timer", queued, 0);
	report_scale("del_timer", queued, 1);
	vfree(many);
}

const struct bench_case bench_scale[] = {
	{ "tasklets_few", tasklets, FEW },
	{ "tasklets_many", tasklets, MANY },
	{ "works_few", works, FEW },
	{ "works_many", works, MANY },
	{ "timers_few", timers, FEW },
	{ "timers_many", timers, MANY },
	{}
};
