/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the workqueue units share: a log, works that stay inside until they are let go, tasks that
 * do one thing and can be seen to sleep in it.
 *
 * What
 *	An order is seen in the log: each function notes a letter. Something that must be under way
 *	while something else happens is held there: a gate work notes its small letter, waits until
 *	it is opened, and notes its large one. Whether a call blocks is seen from outside: an actor
 *	makes it, and the unit waits until the actor sleeps.
 *
 *	Nothing waits for time to pass. All waits are bounded by PATIENCE, and one that runs out
 *	shows in the value.
 *
 * Contexts
 *	note(): any. The rest: task, may sleep.
 */
#ifndef CONFORMANCE_WORKQUEUE_H
#define CONFORMANCE_WORKQUEUE_H

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
#include <linux/workqueue.h>

#include "observe.h"

/* Far more than anything here takes. */
#define PATIENCE	(20 * HZ)

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

static inline bool arrives(struct completion *event)
{
	return wait_for_completion_timeout(event, PATIENCE) != 0;
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

/* ---- works ---- */

struct letter_work {
	struct work_struct work;
	char letter;
};

static inline void letter_fn(struct work_struct *work)
{
	note(container_of(work, struct letter_work, work)->letter);
}

static inline void letter_init(struct letter_work *letter, char name)
{
	INIT_WORK(&letter->work, letter_fn);
	letter->letter = name;
}

struct gate_work {
	struct work_struct work;
	struct completion inside;	/* its function has begun */
	struct completion open;		/* it may end */
	char letter;			/* a small one */
	unsigned int cpu;		/* where it ran last */
};

/* How many gates are inside at once, and how many were at most. */
static atomic_t gates_inside, gates_most;

static inline void gate_enter(struct gate_work *gate)
{
	int inside = atomic_inc_return(&gates_inside);
	int most = atomic_read(&gates_most);

	while (inside > most && !atomic_try_cmpxchg(&gates_most, &most, inside))
		;
	gate->cpu = raw_smp_processor_id();
	note(gate->letter);
}

static inline void gate_fn(struct work_struct *work)
{
	struct gate_work *gate = container_of(work, struct gate_work, work);

	gate_enter(gate);
	complete(&gate->inside);
	if (!arrives(&gate->open))
		note('!');
	note(gate->letter - 'a' + 'A');
	atomic_dec(&gates_inside);
}

static inline void gate_init(struct gate_work *gate, char letter)
{
	INIT_WORK(&gate->work, gate_fn);
	init_completion(&gate->inside);
	init_completion(&gate->open);
	gate->letter = letter;
}

/* Queue it on CPU 0, and wait until it is inside. */
static inline void gate_start(struct gate_work *gate, struct workqueue_struct *wq)
{
	queue_work_on(0, wq, &gate->work);
	if (!arrives(&gate->inside))
		note('?');
}

/* Let it go, and wait until it has ended. */
static inline void gate_end(struct gate_work *gate)
{
	complete(&gate->open);
	flush_work(&gate->work);
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
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
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
	unsigned long end = jiffies + PATIENCE;

	while (!READ_ONCE(actor->begun) ||
	       READ_ONCE(actor->task->__state) != TASK_UNINTERRUPTIBLE) {
		if (completion_done(&actor->done) || time_after(jiffies, end))
			return false;
		schedule_timeout_uninterruptible(1);
	}
	return true;
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
