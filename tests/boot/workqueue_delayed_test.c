// SPDX-License-Identifier: GPL-2.0-only
/*
 * Delayed works: E3, and the semantics table's rows on them.
 */
#include <linux/timer.h>

#include "workqueue_helpers.h"

/* Never within a test. */
#define LONG_DELAY	(1000 * HZ)

static unsigned long ran_at;
static int ran_on;
static struct completion ran;
static struct gate gate;
static struct delayed_work dwork;

static void note_fn(struct work_struct *work)
{
	ran_at = jiffies;
	ran_on = (int)raw_smp_processor_id();
	atomic_inc(&runs);
	complete(&ran);
}

static int reset(struct kunit *test)
{
	atomic_set(&runs, 0);
	init_completion(&ran);
	gate_init(&gate);
	INIT_DELAYED_WORK(&dwork, note_fn);
	return 0;
}

static void stop(struct kunit *test)
{
	cancel_delayed_work_sync(&dwork);
}

static bool has_run(void)
{
	return wait_for_completion_timeout(&ran, PATIENCE) != 0;
}

static void delayed_work_runs_when_the_time_is_over(struct kunit *test)
{
	unsigned long start = jiffies, flags;

	/* The time may be over before it is looked at, but no tick comes. */
	local_irq_save(flags);
	KUNIT_EXPECT_TRUE(test, schedule_delayed_work(&dwork, 3));
	KUNIT_EXPECT_TRUE(test, delayed_work_pending(&dwork));
	KUNIT_EXPECT_FALSE(test, schedule_delayed_work(&dwork, 1));
	local_irq_restore(flags);
	KUNIT_EXPECT_TRUE(test, has_run());
	KUNIT_EXPECT_TRUE(test, time_after_eq(ran_at, start + 3));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&dwork));
}

static void declared_delayed_work_runs(struct kunit *test)
{
	static DECLARE_DELAYED_WORK(declared, note_fn);

	schedule_delayed_work(&declared, 1);
	KUNIT_EXPECT_TRUE(test, has_run());
	cancel_delayed_work_sync(&declared);
}

static void no_delay_means_now(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, schedule_delayed_work(&dwork, 0));
	KUNIT_EXPECT_FALSE(test, timer_pending(&dwork.timer));
	flush_work(&dwork.work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void delayed_work_runs_on_the_cpu_that_was_named(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		schedule_delayed_work_on((int)cpu, &dwork, 1);
		KUNIT_EXPECT_TRUE(test, has_run());
		KUNIT_EXPECT_EQ(test, ran_on, (int)cpu);
		flush_work(&dwork.work);
	}
}

/* As queue_work_on() does. */
static void delayed_work_for_a_cpu_that_is_not_there_runs_here(struct kunit *test)
{
	schedule_delayed_work_on((int)nr_cpu_ids, &dwork, 1);
	KUNIT_ASSERT_TRUE(test, timer_pending(&dwork.timer) || atomic_read(&runs));
	KUNIT_EXPECT_TRUE(test, has_run());
}

/* Semantics table, row by row. */
static void cancel_sync_answers_whether_it_was_pending(struct kunit *test)
{
	/* idle: false */
	KUNIT_EXPECT_FALSE(test, cancel_delayed_work_sync(&dwork));

	/* timer armed: true */
	schedule_delayed_work(&dwork, LONG_DELAY);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(&dwork));
	KUNIT_EXPECT_FALSE(test, timer_pending(&dwork.timer));
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&dwork));

	/* queued, not started: true */
	preempt_disable();
	schedule_delayed_work(&dwork, 0);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work(&dwork));
	preempt_enable();
	KUNIT_EXPECT_FALSE(test, cancel_delayed_work_sync(&dwork));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
}

static void leave_gate(void *unused)
{
	schedule_timeout_uninterruptible(2);
	complete(&gate.leave);
}

static struct {
	struct delayed_work dwork;
	atomic_t runs;
} gated;

static void gated_fn(struct work_struct *work)
{
	complete(&gate.entered);
	wait_for_completion(&gate.leave);
	atomic_inc(&gated.runs);
}

/* running: false, and only after it has ended */
static void cancel_sync_of_a_running_one_answers_false_after_it_ended(struct kunit *test)
{
	struct actor thread;

	INIT_DELAYED_WORK(&gated.dwork, gated_fn);
	atomic_set(&gated.runs, 0);
	schedule_delayed_work(&gated.dwork, 1);
	KUNIT_ASSERT_TRUE(test, gate_entered(&gate));
	actor_start(test, &thread, -1, leave_gate, NULL);
	KUNIT_EXPECT_FALSE(test, cancel_delayed_work_sync(&gated.dwork));
	KUNIT_EXPECT_EQ(test, atomic_read(&gated.runs), 1);
	KUNIT_EXPECT_TRUE(test, actor_join(&thread));
}

/* running, and armed anew: true, and both are over */
static void cancel_sync_of_a_running_one_that_is_armed_again_stops_both(struct kunit *test)
{
	struct actor thread;

	INIT_DELAYED_WORK(&gated.dwork, gated_fn);
	atomic_set(&gated.runs, 0);
	schedule_delayed_work(&gated.dwork, 1);
	KUNIT_ASSERT_TRUE(test, gate_entered(&gate));
	KUNIT_EXPECT_TRUE(test, schedule_delayed_work(&gated.dwork, LONG_DELAY));
	actor_start(test, &thread, -1, leave_gate, NULL);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(&gated.dwork));
	KUNIT_EXPECT_EQ(test, atomic_read(&gated.runs), 1);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&gated.dwork));
	KUNIT_EXPECT_TRUE(test, actor_join(&thread));
}

static void cancel_work_of_an_armed_one_stops_its_timer(struct kunit *test)
{
	schedule_delayed_work(&dwork, LONG_DELAY);
	KUNIT_EXPECT_TRUE(test, cancel_work_sync(&dwork.work));
	KUNIT_EXPECT_FALSE(test, timer_pending(&dwork.timer));
}

static void mod_gives_a_new_time(struct kunit *test)
{
	unsigned long start;

	/* idle: false, and it is armed */
	KUNIT_EXPECT_FALSE(test, mod_delayed_work(system_wq, &dwork, LONG_DELAY));
	/* later, sooner: true */
	KUNIT_EXPECT_TRUE(test, mod_delayed_work(system_wq, &dwork, 2 * LONG_DELAY));
	KUNIT_EXPECT_TRUE(test, time_after(dwork.timer.expires, jiffies + LONG_DELAY));
	start = jiffies;
	KUNIT_EXPECT_TRUE(test, mod_delayed_work(system_wq, &dwork, 2));
	KUNIT_EXPECT_TRUE(test, has_run());
	KUNIT_EXPECT_TRUE(test, time_after_eq(ran_at, start + 2));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void mod_to_no_delay_runs_it_now(struct kunit *test)
{
	schedule_delayed_work(&dwork, LONG_DELAY);
	KUNIT_EXPECT_TRUE(test, mod_delayed_work(system_wq, &dwork, 0));
	flush_work(&dwork.work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, timer_pending(&dwork.timer));
}

static void mod_of_a_queued_one_takes_it_back(struct kunit *test)
{
	preempt_disable();
	schedule_delayed_work(&dwork, 0);
	KUNIT_EXPECT_TRUE(test, mod_delayed_work(system_wq, &dwork, LONG_DELAY));
	preempt_enable();
	flush_scheduled_work();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(&dwork));
}

static void mod_to_another_queue_goes_there(struct kunit *test)
{
	unsigned int last = cpumask_last(cpu_online_mask);

	schedule_delayed_work_on(0, &dwork, LONG_DELAY);
	KUNIT_EXPECT_TRUE(test, mod_delayed_work_on((int)last, system_highpri_wq, &dwork, 1));
	KUNIT_EXPECT_TRUE(test, has_run());
	KUNIT_EXPECT_EQ(test, ran_on, (int)last);
}

static void mod_from_irq(void *answer)
{
	*(bool *)answer = mod_delayed_work(system_wq, &dwork, 1);
}

static void mod_from_hard_irq_works(struct kunit *test)
{
	bool answer = false;

	schedule_delayed_work(&dwork, LONG_DELAY);
	in_hard_irq(mod_from_irq, &answer);
	KUNIT_EXPECT_TRUE(test, answer);
	KUNIT_EXPECT_TRUE(test, has_run());
}

static void flush_runs_an_armed_one_now(struct kunit *test)
{
	schedule_delayed_work(&dwork, LONG_DELAY);
	/* flush_work() does not: an armed timer is idle. */
	KUNIT_EXPECT_FALSE(test, flush_work(&dwork.work));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	flush_delayed_work(&dwork);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, timer_pending(&dwork.timer));
	KUNIT_EXPECT_FALSE(test, flush_delayed_work(&dwork));
}

static void disabled_one_is_neither_armed_nor_queued(struct kunit *test)
{
	schedule_delayed_work(&dwork, LONG_DELAY);
	KUNIT_EXPECT_TRUE(test, disable_delayed_work(&dwork));
	KUNIT_EXPECT_FALSE(test, schedule_delayed_work(&dwork, LONG_DELAY));
	KUNIT_EXPECT_FALSE(test, schedule_delayed_work(&dwork, 0));
	KUNIT_EXPECT_FALSE(test, mod_delayed_work(system_wq, &dwork, LONG_DELAY));
	KUNIT_EXPECT_FALSE(test, timer_pending(&dwork.timer));
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&dwork));
	KUNIT_EXPECT_FALSE(test, disable_delayed_work_sync(&dwork));
	KUNIT_EXPECT_FALSE(test, enable_delayed_work(&dwork));
	KUNIT_EXPECT_TRUE(test, enable_delayed_work(&dwork));
	KUNIT_EXPECT_TRUE(test, schedule_delayed_work(&dwork, 1));
	KUNIT_EXPECT_TRUE(test, has_run());
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void rearm_fn(struct work_struct *work)
{
	if (atomic_inc_return(&runs) < 5)
		schedule_delayed_work(to_delayed_work(work), 1);
	else
		complete(&ran);
}

static void delayed_work_may_arm_itself(struct kunit *test)
{
	static struct delayed_work periodic;

	INIT_DELAYED_WORK(&periodic, rearm_fn);
	schedule_delayed_work(&periodic, 1);
	KUNIT_EXPECT_TRUE(test, has_run());
	cancel_delayed_work_sync(&periodic);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 5);
}

static struct kunit_case workqueue_delayed_cases[] = {
	KUNIT_CASE(delayed_work_runs_when_the_time_is_over),
	KUNIT_CASE(declared_delayed_work_runs),
	KUNIT_CASE(no_delay_means_now),
	KUNIT_CASE(delayed_work_runs_on_the_cpu_that_was_named),
	KUNIT_CASE(delayed_work_for_a_cpu_that_is_not_there_runs_here),
	KUNIT_CASE(cancel_sync_answers_whether_it_was_pending),
	KUNIT_CASE(cancel_sync_of_a_running_one_answers_false_after_it_ended),
	KUNIT_CASE(cancel_sync_of_a_running_one_that_is_armed_again_stops_both),
	KUNIT_CASE(cancel_work_of_an_armed_one_stops_its_timer),
	KUNIT_CASE(mod_gives_a_new_time),
	KUNIT_CASE(mod_to_no_delay_runs_it_now),
	KUNIT_CASE(mod_of_a_queued_one_takes_it_back),
	KUNIT_CASE(mod_to_another_queue_goes_there),
	KUNIT_CASE(mod_from_hard_irq_works),
	KUNIT_CASE(flush_runs_an_armed_one_now),
	KUNIT_CASE(disabled_one_is_neither_armed_nor_queued),
	KUNIT_CASE(delayed_work_may_arm_itself),
	{}
};

static struct kunit_suite workqueue_delayed_suite = {
	.name = "workqueue_delayed",
	.init = reset,
	.exit = stop,
	.test_cases = workqueue_delayed_cases,
};

kunit_test_suite(workqueue_delayed_suite);
