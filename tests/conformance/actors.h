/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What conformance sources share that need other threads: threads that do one thing, and a log of
 * what happened in which order.
 *
 * What
 *	struct trail	one letter for each thing that happened; the text is the observation.
 *	struct actor	a thread that calls a function once. actor_start() returns when it runs,
 *			actor_asleep() when it sleeps inside that function, actor_join() when it is
 *			through.
 *
 * Contexts
 *	trail_add(): any. The rest: task, may sleep.
 *
 * Limits
 *	Whoever waits here looks again each tick and gives up after PATIENCE: then it says "no", and
 *	the observation shows it. Nothing is concluded from time that passed.
 *	An actor that was not joined may still run in a module that is gone: a source that is given a
 *	"no" by actor_join() ends there on no kernel without harm, and needs to be mended.
 */
#ifndef CONFORMANCE_ACTORS_H
#define CONFORMANCE_ACTORS_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "waiting.h"

/* Static or zeroed. */
struct trail {
	atomic_t places;	/* given away */
	atomic_t count;		/* letters that are there: whoever sees one counted sees it in the text */
	char text[64];		/* ends with a zero: the last place is never used */
};

static inline void trail_add(struct trail *trail, char mark)
{
	int place = atomic_inc_return(&trail->places) - 1;

	if (place < (int)sizeof(trail->text) - 1)
		trail->text[place] = mark;
	atomic_inc_return(&trail->count);	/* a full barrier */
}

/* Before it is used again, and nobody adds. */
static inline void trail_clear(struct trail *trail)
{
	memset(trail, 0, sizeof(*trail));
}

struct actor {
	void (*fn)(struct actor *actor);
	char mark;			/* what it adds to a trail */
	long result;			/* whatever fn leaves there */
	unsigned long waits;		/* how often it had waited before fn */
	struct task_struct *task;	/* valid until actor_join() */
	struct completion started;
	struct completion done;
};

static inline int actor_main(void *data)
{
	struct actor *actor = data;

	actor->waits = current->nvcsw;
	complete(&actor->started);
	actor->fn(actor);
	kthread_complete_and_exit(&actor->done, 0);
}

/* On @cpu, or anywhere if that is negative. Return: whether it runs. */
static inline bool actor_start_on(struct actor *actor, int cpu, char mark, void (*fn)(struct actor *))
{
	actor->fn = fn;
	actor->mark = mark;
	actor->result = 0;
	init_completion(&actor->started);
	init_completion(&actor->done);
	actor->task = kthread_create(actor_main, actor, "actor-%c", mark);
	if (IS_ERR(actor->task))
		return false;
	if (cpu >= 0)
		kthread_bind(actor->task, (unsigned int)cpu);
	wake_up_process(actor->task);
	return arrives(&actor->started);
}

static inline bool actor_start(struct actor *actor, char mark, void (*fn)(struct actor *))
{
	return actor_start_on(actor, -1, mark, fn);
}

/*
 * Whether the actor sleeps inside its function, once it does. The state alone says less: it is set
 * before the last look at what is waited for.
 */
static inline bool actor_asleep(struct actor *actor)
{
	return in_the_end(READ_ONCE(actor->task->__state) & (TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE) &&
			  READ_ONCE(actor->task->nvcsw) != actor->waits);
}

/* Start it, and return when it sleeps inside its function: so those started so wait in that order. */
static inline bool actor_start_asleep(struct actor *actor, char mark, void (*fn)(struct actor *))
{
	return actor_start(actor, mark, fn) && actor_asleep(actor);
}

static inline bool actor_join(struct actor *actor)
{
	return arrives(&actor->done);
}

#endif
