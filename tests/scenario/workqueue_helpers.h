/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the scenarios of workqueues measure.
 *
 *	Nothing is lost	asked goes up before each queueing; a run notes what it finds; the last run
 *			must have found all.
 *	Nothing twice	queueings that answered "new", less cancels that answered "was pending", is
 *			how often it ran.
 *	Never two	inside is never above one.
 */
#ifndef _TESTS_SCENARIO_WORKQUEUE_HELPERS_H
#define _TESTS_SCENARIO_WORKQUEUE_HELPERS_H

#include <kunit/scenario.h>
#include <linux/cpumask.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

struct measured {
	struct work_struct work;
	struct workqueue_struct *wq;
	atomic_t asked, seen;
	atomic_t queued, cancelled, runs;
	atomic_t inside, twice;
};

/* The function, or part of it. */
static inline void measure_enter(struct measured *m)
{
	if (atomic_inc_return(&m->inside) != 1)
		atomic_inc(&m->twice);
	atomic_set(&m->seen, atomic_read(&m->asked));
}

static inline void measure_leave(struct measured *m)
{
	atomic_inc(&m->runs);
	atomic_dec(&m->inside);
}

static inline void measured_fn(struct work_struct *work)
{
	struct measured *m = container_of(work, struct measured, work);

	measure_enter(m);
	measure_leave(m);
}

/* Others get the CPU in the middle, and the pool another worker. */
static inline void measured_sleepy_fn(struct work_struct *work)
{
	struct measured *m = container_of(work, struct measured, work);

	measure_enter(m);
	schedule_timeout_uninterruptible(1);
	measure_leave(m);
}

static inline void measured_init(struct measured *m, struct workqueue_struct *wq, work_func_t fn)
{
	INIT_WORK(&m->work, fn);
	m->wq = wq;
	atomic_set(&m->asked, 0);
	atomic_set(&m->seen, 0);
	atomic_set(&m->queued, 0);
	atomic_set(&m->cancelled, 0);
	atomic_set(&m->runs, 0);
	atomic_set(&m->inside, 0);
	atomic_set(&m->twice, 0);
}

static inline void ask_on(struct measured *m, int cpu)
{
	atomic_inc(&m->asked);
	if (queue_work_on(cpu, m->wq, &m->work))
		atomic_inc(&m->queued);
}

static inline void ask(void *measured)
{
	ask_on(measured, WORK_CPU_UNBOUND);
}

static inline void ask_on_last_cpu(void *measured)
{
	ask_on(measured, (int)num_online_cpus() - 1);
}

static inline void note_cancel(struct measured *m, bool was_pending)
{
	if (was_pending)
		atomic_inc(&m->cancelled);
}

/* Nobody queues or runs it any more. */
static inline void measured_expect_sane(struct kunit *test, struct measured *m)
{
	KUNIT_EXPECT_EQ(test, atomic_read(&m->twice), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&m->inside), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&m->queued) - atomic_read(&m->cancelled),
			atomic_read(&m->runs));
	KUNIT_EXPECT_EQ(test, work_busy(&m->work), 0U);
}

#endif
