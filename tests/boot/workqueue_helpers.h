/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tests of workqueues share: works whose function stays inside, asleep, until it is let go, and one that
 * counts.
 *
 * Works are static: a case that ends early must not leave one on a stack that is gone.
 */
#ifndef _TESTS_BOOT_WORKQUEUE_HELPERS_H
#define _TESTS_BOOT_WORKQUEUE_HELPERS_H

#include <linux/completion.h>
#include <linux/smp.h>
#include <linux/workqueue.h>

#include "thread_helpers.h"

static atomic_t runs;			/* of functions that do no more than count */

static inline void count_fn(struct work_struct *work)
{
	atomic_inc(&runs);
}

struct gate {
	struct work_struct work;
	struct completion entered;	/* the function is inside */
	struct completion leave;	/* it may go on */
	atomic_t runs;			/* how often it came out */
	int cpu;			/* where it went in */
};

static inline void gate_fn(struct work_struct *work)
{
	struct gate *gate = container_of(work, struct gate, work);

	gate->cpu = (int)raw_smp_processor_id();
	complete(&gate->entered);
	wait_for_completion(&gate->leave);
	atomic_inc(&gate->runs);
}

static inline void gate_init(struct gate *gate)
{
	INIT_WORK(&gate->work, gate_fn);
	init_completion(&gate->entered);
	init_completion(&gate->leave);
	atomic_set(&gate->runs, 0);
	gate->cpu = -1;
}

static struct gate gates[24];

/* Before each case: nothing has run. */
static inline void gates_reset(void)
{
	unsigned int i;

	atomic_set(&runs, 0);
	for (i = 0; i < ARRAY_SIZE(gates); i++)
		gate_init(&gates[i]);
}

/* Whether it went in, within PATIENCE. */
static inline bool gate_entered(struct gate *gate)
{
	return wait_for_completion_timeout(&gate->entered, PATIENCE) != 0;
}

/* Whether it is, or was, inside; for when all that could let it in has been done. */
static inline bool gate_is_entered(struct gate *gate)
{
	return try_wait_for_completion(&gate->entered);
}

/* Let it out, and wait for that. */
static inline void gate_open(struct gate *gate)
{
	complete(&gate->leave);
	flush_work(&gate->work);
}

static inline void nothing_fn(struct work_struct *work)
{
}

/*
 * Return when each work that could begin on @cpu before this call has begun: pools take works in
 * order, so one at the end tells.
 */
static inline void pool_settle(int cpu, struct workqueue_struct *wq)
{
	struct work_struct last;

	INIT_WORK_ONSTACK(&last, nothing_fn);
	queue_work_on(cpu, wq, &last);
	flush_work(&last);
	destroy_work_on_stack(&last);
}

#endif
