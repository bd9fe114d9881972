// SPDX-License-Identifier: GPL-2.0-only
/*
 * Three threads on one wait queue. Each wake-up wakes all of them; each goes on only when what it
 * waits for is true, so they pass in their order, whoever runs first.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/wait.h>

#define WAITERS	3

static DECLARE_WAIT_QUEUE_HEAD(queue);
static DECLARE_COMPLETION(all_through);
static int turn;
static struct task_struct *threads[WAITERS];

static int waiter_fn(void *data)
{
	int number = (int)(long)data;

	wait_event(queue, READ_ONCE(turn) == number || kthread_should_stop());
	if (READ_ONCE(turn) != number)
		return -EINTR;
	pr_info("waiter %d has its turn\n", number);
	WRITE_ONCE(turn, number + 1);
	wake_up_all(&queue);
	if (number == WAITERS)
		complete(&all_through);
	wait_event(queue, kthread_should_stop());
	return number;
}

static void stop_all(int count)
{
	int i;

	for (i = 0; i < count; i++)
		pr_info("waiter %d returned %d\n", i + 1, kthread_stop(threads[i]));
}

static int __init waiters_init(void)
{
	int i;

	for (i = 0; i < WAITERS; i++) {
		threads[i] = kthread_run(waiter_fn, (void *)(long)(i + 1), "waiter/%d", i + 1);
		if (IS_ERR(threads[i])) {
			stop_all(i);
			return PTR_ERR(threads[i]);
		}
	}
	pr_info("%d threads wait\n", WAITERS);
	WRITE_ONCE(turn, 1);
	wake_up_all(&queue);
	return 0;
}

static void __exit waiters_exit(void)
{
	wait_for_completion(&all_through);
	stop_all(WAITERS);
	pr_info("the queue is %s\n", waitqueue_active(&queue) ? "in use" : "empty");
}

module_init(waiters_init);
module_exit(waiters_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Three threads on a wait queue");
