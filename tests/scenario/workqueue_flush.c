// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for works and for queues: whoever waited has all that was queued before, and does come
 * back.
 */
#include "workqueue_helpers.h"

static struct measured m[3];
static atomic_t missed;		/* a waiter came back before what he asked for had been seen */

static void begin(struct workqueue_struct *wq, work_func_t fn)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(m); i++)
		measured_init(&m[i], wq, fn);
	atomic_set(&missed, 0);
}

static void finish(struct kunit *test)
{
	unsigned int i;

	scenario_settle();
	for (i = 0; i < ARRAY_SIZE(m); i++) {
		note_cancel(&m[i], cancel_work_sync(&m[i].work));
		measured_expect_sane(test, &m[i]);
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&missed), 0);
}

static void ask_and_flush(void *measured)
{
	struct measured *one = measured;
	int mine;

	mine = atomic_inc_return(&one->asked);
	if (queue_work(one->wq, &one->work))
		atomic_inc(&one->queued);
	flush_work(&one->work);
	if (atomic_read(&one->seen) < mine)
		atomic_inc(&missed);
}

/* Also when somebody else is just about to queue it, or it runs, or it is queued while it runs. */
static void flush_has_seen_what_was_asked_before(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin(system_wq, measured_fn);
	scenario_inject(ask, &m[0]);
	scenario_inject(ask_on_last_cpu, &m[0]);
	scenario_start_each(test, thread, 2, ask_and_flush, &m[0]);
	ask_and_flush(&m[0]);
	scenario_join_each(thread, 2);
	finish(test);
}
SCENARIO(flush_has_seen_what_was_asked_before);

static void sleeping_work_flushed_by_several_wakes_them_all(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin(system_wq, measured_sleepy_fn);
	scenario_start_each(test, thread, 2, ask_and_flush, &m[0]);
	ask_and_flush(&m[0]);
	scenario_join_each(thread, 2);
	finish(test);
}
SCENARIO(sleeping_work_flushed_by_several_wakes_them_all);

static void flush_first(void *unused)
{
	flush_work(&m[0].work);
}

/* Cancelled under their hands: the flushers go on, and the run that goes on is waited for. */
static void flushers_of_a_cancelled_work_return(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin(system_wq, measured_sleepy_fn);
	ask(&m[0]);
	scenario_inject(ask, &m[0]);
	scenario_start_each(test, thread, 2, flush_first, NULL);
	note_cancel(&m[0], cancel_work(&m[0].work));
	scenario_join_each(thread, 2);
	finish(test);
}
SCENARIO(flushers_of_a_cancelled_work_return,
	 .must_hit = { "workqueue: cancelled while somebody waits for it" });

static void flush_one(void *measured)
{
	struct measured *one = measured;

	flush_work(&one->work);
	if (!atomic_read(&one->runs))
		atomic_inc(&missed);
}

/* Three works in one pool, each with somebody who waits: each finds its own, wherever it stands in the list. */
static void waiters_for_several_works_all_return(struct kunit *test)
{
	struct scenario_thread thread[3];
	int i;

	begin(system_wq, measured_fn);
	for (i = 0; i < 3; i++)
		ask_on(&m[i], 0);
	for (i = 0; i < 3; i++)
		scenario_start(test, &thread[i], i, flush_one, &m[i]);
	scenario_join_each(thread, 3);
	finish(test);
}
SCENARIO(waiters_for_several_works_all_return);

static struct workqueue_struct *narrow;

static void ask_all_and_flush_queue(void *unused)
{
	int mine[ARRAY_SIZE(m)];
	unsigned int i;

	/*
	 * If somebody else is just queueing it, a flush of the queue need not know of it, as on
	 * Linux.
	 */
	for (i = 0; i < ARRAY_SIZE(m); i++) {
		mine[i] = atomic_inc_return(&m[i].asked);
		if (queue_work_on((int)(i % num_online_cpus()), narrow, &m[i].work))
			atomic_inc(&m[i].queued);
		else
			mine[i] = 0;
	}
	flush_workqueue(narrow);
	for (i = 0; i < ARRAY_SIZE(m); i++)
		if (atomic_read(&m[i].seen) < mine[i])
			atomic_inc(&missed);
}

/* max_active of 1: works wait for works, and flushers for all of them. */
static void flushes_of_a_narrow_queue_have_seen_all(struct kunit *test)
{
	struct scenario_thread thread[2];

	narrow = alloc_workqueue("narrow", 0, 1);
	KUNIT_ASSERT_NOT_NULL(test, narrow);
	begin(narrow, measured_sleepy_fn);
	scenario_inject(ask, &m[0]);
	scenario_inject(ask_on_last_cpu, &m[1]);
	scenario_start_each(test, thread, 2, ask_all_and_flush_queue, NULL);
	scenario_join_each(thread, 2);
	finish(test);
	destroy_workqueue(narrow);
}
SCENARIO(flushes_of_a_narrow_queue_have_seen_all);

static atomic_t at_once, too_many;

static void counted_fn(struct work_struct *work)
{
	struct measured *one = container_of(work, struct measured, work);

	measure_enter(one);
	if (atomic_inc_return(&at_once) > 1)
		atomic_inc(&too_many);
	schedule_timeout_uninterruptible(1);
	atomic_dec(&at_once);
	measure_leave(one);
}

static void ask_all(void *unused)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(m); i++)
		ask(&m[i]);
}

/* An ordered queue: one at a time on all CPUs together, and cancels do not let two through. */
static void ordered_queue_runs_one_at_a_time(struct kunit *test)
{
	struct scenario_thread thread[2];

	narrow = alloc_ordered_workqueue("ordered", 0);
	KUNIT_ASSERT_NOT_NULL(test, narrow);
	begin(narrow, counted_fn);
	atomic_set(&at_once, 0);
	atomic_set(&too_many, 0);
	scenario_start_each(test, thread, 2, ask_all, NULL);
	note_cancel(&m[1], cancel_work(&m[1].work));
	scenario_join_each(thread, 2);
	flush_workqueue(narrow);
	KUNIT_EXPECT_EQ(test, atomic_read(&too_many), 0);
	finish(test);
	destroy_workqueue(narrow);
}
SCENARIO(ordered_queue_runs_one_at_a_time);

static void chain_fn(struct work_struct *work)
{
	struct measured *one = container_of(work, struct measured, work);

	measure_enter(one);
	if (atomic_read(&one->runs) < 2)
		ask(one);
	measure_leave(one);
}

/* Destroyed while works queue works: all have run, and nothing touches the queue any more. */
static void destroyed_queue_has_run_its_chains(struct kunit *test)
{
	narrow = alloc_workqueue("chained", 0, 1);
	KUNIT_ASSERT_NOT_NULL(test, narrow);
	begin(narrow, chain_fn);
	ask_all(NULL);
	destroy_workqueue(narrow);
	KUNIT_EXPECT_EQ(test, atomic_read(&m[0].runs), 3);
	KUNIT_EXPECT_EQ(test, atomic_read(&m[2].runs), 3);
	finish(test);
}
SCENARIO(destroyed_queue_has_run_its_chains);
