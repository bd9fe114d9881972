/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the workqueue and interrupt units share: a log, waiting that ends, tasks that do one thing and can be
 * seen to sleep in it.
 *
 * What
 *	An order is seen in the log: each function notes a letter. Whether a call blocks is seen from
 *	outside: an actor makes it, and the unit waits until the actor sleeps.
 *
 *	Nothing waits for time to pass. All waits have a limit (waiting.h), and one that runs out shows
 *	in the value.
 *
 * Contexts
 *	note(): any. The rest: task, may sleep.
 */
#ifndef CONFORMANCE_NOTES_H
#define CONFORMANCE_NOTES_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/version.h>

#include "observe.h"
#include "waiting.h"

/* ---- the log ---- */

static struct {
	atomic_t used;
	char text[64];
} notes;

static inline void note(char letter)
{
	int slot = atomic_inc_return(&notes.used) - 1;

	if (slot < (int)sizeof(notes.text) - 1)
		notes.text[slot] = letter;
}

static inline void forget_notes(void)
{
	memset(notes.text, 0, sizeof(notes.text));
	atomic_set(&notes.used, 0);
}

static inline const char *noted(void)
{
	return notes.text[0] ? notes.text : "nothing";
}

/* What is queued "here" goes to CPU 0, and nothing moves the caller. */
static inline void stay_on_cpu_0(void)
{
	if (set_cpus_allowed_ptr(current, cpumask_of(0)))
		pr_err("cannot stay on CPU 0\n");
}

static inline void leave_cpu_0(void)
{
	if (set_cpus_allowed_ptr(current, cpu_possible_mask))
		pr_err("cannot leave CPU 0\n");
}

/* ---- actors ---- */

struct actor {
	int (*act)(void *arg);
	void *arg;
	int result;
	bool begun;
	struct completion done;
	struct task_struct *task;
};

static inline int actor_main(void *data)
{
	struct actor *actor = data;

	WRITE_ONCE(actor->begun, true);
	actor->result = actor->act(actor->arg);
	complete(&actor->done);
	return wait_for_stop();
}

static inline bool actor_start(struct actor *actor, int (*act)(void *arg), void *arg)
{
	actor->act = act;
	actor->arg = arg;
	actor->result = -1;
	actor->begun = false;
	init_completion(&actor->done);
	actor->task = kthread_run(actor_main, actor, "conformance");
	return !IS_ERR(actor->task);
}

/* Wait until the call that it makes sleeps. False: it is over already. */
static inline bool actor_sleeps(struct actor *actor)
{
	return in_the_end(completion_done(&actor->done) ||
			  (READ_ONCE(actor->begun) &&
			   READ_ONCE(actor->task->__state) == TASK_UNINTERRUPTIBLE)) &&
	       !completion_done(&actor->done);
}

static inline bool actor_is_done(struct actor *actor)
{
	return completion_done(&actor->done);
}

/* What the call returned; -2: it did not return. */
static inline int actor_join(struct actor *actor)
{
	if (!arrives(&actor->done))
		return -2;
	kthread_stop(actor->task);
	return actor->result;
}

#endif
