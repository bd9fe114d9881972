// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cancelling and disabling against queueing and running: on return it is over, and the answers add
 * up.
 */
#include "workqueue_helpers.h"

static struct measured m;
static int forbidden, ran_while_forbidden;
static atomic_t early;		/* came back while the function was inside */

static void begin(work_func_t fn)
{
	measured_init(&m, system_wq, fn);
	forbidden = ran_while_forbidden = 0;
	atomic_set(&early, 0);
}

static void finish(struct kunit *test)
{
	scenario_settle();
	note_cancel(&m, cancel_work_sync(&m.work));
	measured_expect_sane(test, &m);
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&early), 0);
}

static void forbidden_fn(struct work_struct *work)
{
	measure_enter(&m);
	if (READ_ONCE(forbidden))
		WRITE_ONCE(ran_while_forbidden, 1);
	measure_leave(&m);
}

static void cancel_once(void *unused)
{
	note_cancel(&m, cancel_work_sync(&m.work));
}

static void cancel_from_irq(void *unused)
{
	note_cancel(&m, cancel_work(&m.work));
}

/* Who queues meanwhile may win or lose, but each queueing is run or cancelled, once. */
static void queueing_against_cancelling_adds_up(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin(measured_fn);
	scenario_inject(ask, &m);
	scenario_inject(ask, &m);
	scenario_inject(cancel_from_irq, NULL);
	scenario_start_each(test, thread, 2, cancel_once, NULL);
	ask(&m);
	ask(&m);
	scenario_join_each(thread, 2);
	finish(test);
}
SCENARIO(queueing_against_cancelling_adds_up,
	 .must_hit = { "workqueue: cancel waits for the end of a run" });

static void cancel_and_look(void *unused)
{
	note_cancel(&m, cancel_work_sync(&m.work));
	if (atomic_read(&m.inside))
		atomic_inc(&early);
}

/*
 * The one that nobody queues anew is not inside when any of them comes back; and each does come
 * back.
 */
static void several_cancellers_all_return_after_the_end(struct kunit *test)
{
	struct scenario_thread thread[3];

	begin(measured_sleepy_fn);
	ask(&m);
	scenario_start_each(test, thread, 3, cancel_and_look, NULL);
	scenario_join_each(thread, 3);
	finish(test);
}
SCENARIO(several_cancellers_all_return_after_the_end);

/* It queues itself for ever: a cancel ends that. */
static void queue_itself_fn(struct work_struct *work)
{
	measure_enter(&m);
	ask_on_last_cpu(&m);
	measure_leave(&m);
}

static void work_that_queues_itself_is_over_after_one_cancel(struct kunit *test)
{
	begin(queue_itself_fn);
	ask(&m);
	cancel_and_look(NULL);
	KUNIT_EXPECT_EQ(test, work_busy(&m.work), 0U);
	finish(test);
}
SCENARIO(work_that_queues_itself_is_over_after_one_cancel);

static void disable_and_enable(void *unused)
{
	note_cancel(&m, disable_work_sync(&m.work));
	WRITE_ONCE(forbidden, READ_ONCE(forbidden) + 1);
	smp_mb();
	if (atomic_read(&m.inside))
		WRITE_ONCE(ran_while_forbidden, 1);
	cond_resched();
	WRITE_ONCE(forbidden, READ_ONCE(forbidden) - 1);
	enable_work(&m.work);
}

static void disabled_work_never_runs(struct kunit *test)
{
	int i;

	begin(forbidden_fn);
	for (i = 0; i < 3; i++)
		scenario_inject(ask, &m);
	ask(&m);
	disable_and_enable(NULL);
	ask(&m);
	disable_and_enable(NULL);
	finish(test);
}
SCENARIO(disabled_work_never_runs);

static void disable_twice_at_once(void *unused)
{
	note_cancel(&m, disable_work(&m.work));
	enable_work(&m.work);
}

static void disabling_from_several_places_ends_enabled(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin(measured_fn);
	scenario_inject(ask, &m);
	scenario_start_each(test, thread, 2, disable_twice_at_once, NULL);
	disable_twice_at_once(NULL);
	scenario_join_each(thread, 2);
	scenario_settle();
	ask(&m);
	flush_work(&m.work);
	KUNIT_EXPECT_EQ(test, atomic_read(&m.seen), atomic_read(&m.asked));
	finish(test);
}
SCENARIO(disabling_from_several_places_ends_enabled);

/* Zephyr's lesson: cancelled and queued at once, it is not lost. */
static void work_queued_right_after_a_cancel_runs(struct kunit *test)
{
	struct scenario_thread thread;

	begin(measured_fn);
	ask(&m);
	scenario_start(test, &thread, 1, cancel_once, NULL);
	scenario_join(&thread);
	ask(&m);
	flush_work(&m.work);
	KUNIT_EXPECT_EQ(test, atomic_read(&m.seen), atomic_read(&m.asked));
	finish(test);
}
SCENARIO(work_queued_right_after_a_cancel_runs);
