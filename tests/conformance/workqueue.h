/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the workqueue units share beside notes.h: works that stay inside until they are let go.
 *
 * What
 *	Something that must be under way while something else happens is held there: a gate work
 *	notes its small letter, waits until it is opened, and notes its large one.
 *
 * Contexts
 *	Task, may sleep.
 */
#ifndef CONFORMANCE_WORKQUEUE_H
#define CONFORMANCE_WORKQUEUE_H

#include <linux/workqueue.h>

#include "notes.h"

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

#endif
