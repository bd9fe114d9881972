// SPDX-License-Identifier: GPL-2.0-only
/*
 * Queueing against running, under every schedule: nothing lost, nothing twice, never two at once.
 */
#include "workqueue_helpers.h"

static struct measured m;

static void ask_twice(void *unused)
{
	ask(&m);
	ask(&m);
}

static void finish(struct kunit *test)
{
	scenario_settle();
	while (flush_work(&m.work))	/* it may have queued itself */
		;
	measured_expect_sane(test, &m);
	KUNIT_EXPECT_EQ(test, atomic_read(&m.seen), atomic_read(&m.asked));
}

static void queued_from_everywhere(struct kunit *test, struct workqueue_struct *wq, work_func_t fn)
{
	struct scenario_thread thread[2];
	int i;

	measured_init(&m, wq, fn);
	for (i = 0; i < 3; i++)
		scenario_inject(i % 2 ? ask_on_last_cpu : ask, &m);
	scenario_start_each(test, thread, 2, ask_twice, NULL);
	scenario_join_each(thread, 2);
	finish(test);
}

/* D1 */
static void work_queued_from_everywhere_runs_alone_and_sees_all(struct kunit *test)
{
	queued_from_everywhere(test, system_wq, measured_fn);
}
SCENARIO(work_queued_from_everywhere_runs_alone_and_sees_all,
	 .must_hit = { "workqueue: queued again while it runs" });

/* While it sleeps other workers of its pool, and other CPUs' pools, get hold of it. */
static void sleeping_work_queued_from_everywhere_runs_alone(struct kunit *test)
{
	queued_from_everywhere(test, system_wq, measured_sleepy_fn);
}
SCENARIO(sleeping_work_queued_from_everywhere_runs_alone,
	 .must_hit = { "workqueue: queued again while it runs",
		       "workqueue: left to the worker that runs it" });

static void unbound_work_queued_from_everywhere_runs_alone(struct kunit *test)
{
	queued_from_everywhere(test, system_unbound_wq, measured_sleepy_fn);
}
SCENARIO(unbound_work_queued_from_everywhere_runs_alone);

static void bh_work_queued_from_everywhere_runs_alone(struct kunit *test)
{
	if (!system_bh_wq)
		kunit_skip(test, "needs TASKLET");
	queued_from_everywhere(test, system_bh_wq, measured_fn);
}
SCENARIO(bh_work_queued_from_everywhere_runs_alone);

static void ask_again_fn(struct work_struct *work)
{
	bool first = atomic_read(&m.runs) == 0;

	measure_enter(&m);
	if (first)
		ask_on_last_cpu(&m);
	measure_leave(&m);
}

static void work_queued_by_itself_and_from_outside_runs_again(struct kunit *test)
{
	measured_init(&m, system_wq, ask_again_fn);
	scenario_inject(ask, &m);
	ask(&m);
	finish(test);
	KUNIT_EXPECT_GE(test, atomic_read(&m.runs), 2);
}
SCENARIO(work_queued_by_itself_and_from_outside_runs_again);

/*
 * The oldest promise: a store before queue_work() is seen, whatever it answered. No lock, no atomic
 * helps.
 */
static int told, heard;

static void listen_fn(struct work_struct *work)
{
	WRITE_ONCE(heard, READ_ONCE(told));
}

static void tell(void *work)
{
	int i;

	WRITE_ONCE(told, 1);
	queue_work_on(0, system_wq, work);
	/* A store that is still on its way may be so for a while: nothing below pushes it out. */
	for (i = 0; i < 30; i++)
		READ_ONCE(heard);
}

static void store_before_queueing_is_seen_even_if_it_was_pending(struct kunit *test)
{
	static struct work_struct work;
	struct scenario_thread thread;

	INIT_WORK(&work, listen_fn);
	told = heard = 0;
	queue_work_on(0, system_wq, &work);
	scenario_start(test, &thread, 1, tell, &work);
	scenario_join(&thread);
	flush_work(&work);
	KUNIT_EXPECT_EQ(test, READ_ONCE(heard), 1);
}
SCENARIO(store_before_queueing_is_seen_even_if_it_was_pending, .cpus_min = 2);
