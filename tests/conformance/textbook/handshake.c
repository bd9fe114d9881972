// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two kernel threads that take turns, each completing what the other one waits for.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>

static int turns = 3;
module_param(turns, int, 0444);
MODULE_PARM_DESC(turns, "how often each of the two has its turn");

struct player {
	const char *says;
	struct completion turn;
	struct player *other;
	struct task_struct *thread;
};

static struct player ping = { .says = "ping" }, pong = { .says = "pong" };
static DECLARE_COMPLETION(game_over);

static int play(void *data)
{
	struct player *me = data;
	int i;

	for (i = 1; i <= turns; i++) {
		wait_for_completion(&me->turn);
		pr_info("%s %d\n", me->says, i);
		complete(&me->other->turn);
	}
	if (me == &pong)
		complete(&game_over);
	/* Only a thread that is still there can be stopped: wait until somebody does. */
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return turns;
}

static int start(struct player *me, struct player *other)
{
	init_completion(&me->turn);
	me->other = other;
	me->thread = kthread_create(play, me, "%s", me->says);
	return PTR_ERR_OR_ZERO(me->thread);
}

static int __init handshake_init(void)
{
	int err = start(&ping, &pong);

	if (err)
		return err;
	err = start(&pong, &ping);
	if (err) {
		kthread_stop(ping.thread);
		return err;
	}
	wake_up_process(ping.thread);
	wake_up_process(pong.thread);
	complete(&ping.turn);
	return 0;
}

static void __exit handshake_exit(void)
{
	int first, second;

	wait_for_completion(&game_over);
	first = kthread_stop(ping.thread);
	second = kthread_stop(pong.thread);
	pr_info("%d turns and %d turns\n", first, second);
}

module_init(handshake_init);
module_exit(handshake_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Two threads and two completions");
