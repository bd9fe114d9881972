/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What tests of the scheduler, of waiting and of locks share: threads of a case, and what was logged.
 */
#ifndef _TESTS_BOOT_THREAD_HELPERS_H
#define _TESTS_BOOT_THREAD_HELPERS_H

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "helpers.h"

/* Far more than anything here takes. */
#define PATIENCE	(20 * HZ)

/* A thread that calls a function once. Static or on the stack of a case that joins it. */
struct actor {
	void (*fn)(void *arg);
	void *arg;
	struct task_struct *task;	/* valid until the function has returned */
	struct completion done;
	unsigned int cpu;		/* where the function returned */
};

static inline int actor_main(void *data)
{
	struct actor *actor = data;

	actor->fn(actor->arg);
	actor->cpu = raw_smp_processor_id();
	kthread_complete_and_exit(&actor->done, 0);
}

/* Made, and bound to @cpu unless that is negative, but not woken. */
static inline void actor_create(struct kunit *test, struct actor *actor, int cpu, void (*fn)(void *arg),
				void *arg)
{
	actor->fn = fn;
	actor->arg = arg;
	init_completion(&actor->done);
	actor->task = kthread_create(actor_main, actor, "actor");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, actor->task);
	if (cpu >= 0)
		kthread_bind(actor->task, (unsigned int)cpu);
}

static inline void actor_start(struct kunit *test, struct actor *actor, int cpu, void (*fn)(void *arg),
			       void *arg)
{
	actor_create(test, actor, cpu, fn, arg);
	wake_up_process(actor->task);
}

/* Whether it returned, within PATIENCE. */
static inline bool actor_join(struct actor *actor)
{
	return wait_for_completion_timeout(&actor->done, PATIENCE) != 0;
}

/* Wait until @task sleeps in one of the states; it is not woken by anybody meanwhile. */
static inline bool sleeps_in(struct task_struct *task, unsigned int states)
{
	unsigned long end = jiffies + PATIENCE;

	while (!(READ_ONCE(task->__state) & states) || task_curr(task)) {
		if (time_after(jiffies, end))
			return false;
		schedule_timeout_uninterruptible(1);
	}
	return true;
}

/* The case's thread stays on that CPU until it ends. */
static inline void stay_on(struct kunit *test, unsigned int cpu)
{
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
}

/* Whether a line that holds @text was logged since @seq. */
static inline bool logged_since(u64 seq, const char *text)
{
	static struct printk_record record;

	while (printk_read(seq, &record)) {
		if (strstr(record.text, text))
			return true;
		seq = record.seq + 1;
	}
	return false;
}

#endif
