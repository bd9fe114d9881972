/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tests of workqueues share: a work whose function stays inside, asleep, until it is let
 * go.
 *
 * Works are static: a case that ends early must not leave one on a stack that is gone.
 */
#ifndef _TESTS_BOOT_WORKQUEUE_HELPERS_H
#define _TESTS_BOOT_WORKQUEUE_HELPERS_H

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

#include "helpers.h"

/* Far more than anything here takes. */
#define PATIENCE	(20 * HZ)

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

/* Run @fn in a thread; join before @thread goes. */
struct test_thread {
	void (*fn)(void *arg);
	void *arg;
	struct completion done;
};

static inline int test_thread_fn(void *arg)
{
	struct test_thread *thread = arg;

	thread->fn(thread->arg);
	complete(&thread->done);
	return 0;
}

static inline void test_thread_start(struct kunit *test, struct test_thread *thread,
				     void (*fn)(void *arg), void *arg)
{
	struct task_struct *task;

	thread->fn = fn;
	thread->arg = arg;
	init_completion(&thread->done);
	task = kthread_run(test_thread_fn, thread, "test");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
}

static inline bool test_thread_join(struct test_thread *thread)
{
	return wait_for_completion_timeout(&thread->done, PATIENCE) != 0;
}

#endif
