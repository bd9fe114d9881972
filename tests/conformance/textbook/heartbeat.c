// SPDX-License-Identifier: GPL-2.0-only
/*
 * A delayed work that queues itself again each time it runs, until it is cancelled.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/completion.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/workqueue.h>

static int beats = 4;
module_param(beats, int, 0444);
MODULE_PARM_DESC(beats, "how many beats are printed; it goes on silently");

static unsigned int period_ms = 10;
module_param(period_ms, uint, 0444);
MODULE_PARM_DESC(period_ms, "milliseconds between two beats");

static void beat_fn(struct work_struct *work);

static struct workqueue_struct *queue;
static DECLARE_DELAYED_WORK(beat, beat_fn);
static DECLARE_COMPLETION(enough);
static int count;

static void beat_fn(struct work_struct *work)
{
	if (count < beats) {
		count++;
		pr_info("beat %d\n", count);
		if (count == beats)
			complete(&enough);
	}
	queue_delayed_work(queue, to_delayed_work(work), msecs_to_jiffies(period_ms));
}

static int __init heartbeat_init(void)
{
	queue = alloc_workqueue("heartbeat", 0, 0);
	if (!queue)
		return -ENOMEM;
	if (beats < 1)
		complete(&enough);
	queue_delayed_work(queue, &beat, msecs_to_jiffies(period_ms));
	return 0;
}

static void __exit heartbeat_exit(void)
{
	wait_for_completion(&enough);
	cancel_delayed_work_sync(&beat);
	pr_info("cancelled after %d beats, %s\n", count, delayed_work_pending(&beat) ? "pending" : "not pending");
	destroy_workqueue(queue);
}

module_init(heartbeat_init);
module_exit(heartbeat_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A delayed work that queues itself again");
