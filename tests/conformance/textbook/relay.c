// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a timer to a tasklet to a work to a kfifo and out of it: what a driver does whose device
 * must be asked from time to time.
 *
 *	timer	takes a sample, and schedules
 *	tasklet	which puts it into the kfifo, and queues
 *	work	which may sleep: it takes out all that there is, and prints it
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/completion.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kfifo.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

static int samples = 5;
module_param(samples, int, 0444);
MODULE_PARM_DESC(samples, "how many samples the timer takes");

static unsigned int period_ms = 10;
module_param(period_ms, uint, 0444);
MODULE_PARM_DESC(period_ms, "milliseconds between two samples");

static void timer_fn(struct timer_list *t);
static void tasklet_fn(struct tasklet_struct *t);
static void work_fn(struct work_struct *work);

static DEFINE_TIMER(sampler, timer_fn);
static DECLARE_TASKLET(mover, tasklet_fn);
static DECLARE_WORK(printer, work_fn);

static DEFINE_KFIFO(fifo, int, 16);	/* in: the tasklet alone; out: the work alone */

static int taken;			/* the timer's */
static int moved;			/* the tasklet's */
static DEFINE_MUTEX(lock);
static int printed, sum;		/* both under lock */
static DECLARE_COMPLETION(all_printed);

static void timer_fn(struct timer_list *t)
{
	taken++;
	tasklet_schedule(&mover);
	if (taken < samples)
		mod_timer(t, jiffies + msecs_to_jiffies(period_ms));
}

/* Scheduled twice before it runs it still moves both. */
static void tasklet_fn(struct tasklet_struct *t)
{
	while (moved < READ_ONCE(taken) && kfifo_put(&fifo, moved * moved))
		moved++;
	schedule_work(&printer);
}

static void work_fn(struct work_struct *work)
{
	int value;

	mutex_lock(&lock);
	while (kfifo_get(&fifo, &value)) {
		sum += value;
		pr_info("sample %d\n", value);
		if (++printed == samples)
			complete(&all_printed);
	}
	mutex_unlock(&lock);
}

static int __init relay_init(void)
{
	if (samples < 1)
		return -EINVAL;
	pr_info("%d samples\n", samples);
	mod_timer(&sampler, jiffies + 1);
	wait_for_completion(&all_printed);
	return 0;
}

/* From the source downwards: each can no longer start the next. */
static void __exit relay_exit(void)
{
	del_timer_sync(&sampler);
	tasklet_kill(&mover);
	cancel_work_sync(&printer);
	pr_info("sum %d, %u left in the fifo\n", sum, kfifo_len(&fifo));
}

module_init(relay_init);
module_exit(relay_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A timer, a tasklet, a work and a kfifo in a row");
