// SPDX-License-Identifier: GPL-2.0-only
/*
 * Works in softirq context: WQ_BH.
 */
#include <linux/bug.h>
#include <linux/interrupt.h>

#include "workqueue_helpers.h"

enum { NORMAL = 1, HIGH, TASKLET, TASKLET_HIGH };

static struct event_log ran;
static bool was_softirq, was_current;
static int ran_on;
static struct work_struct work;

static int reset(struct kunit *test)
{
	log_reset(&ran);
	atomic_set(&runs, 0);
	was_softirq = false;
	ran_on = -1;
	return 0;
}

static void note_fn(struct work_struct *w)
{
	was_softirq = in_serving_softirq() && !irqs_disabled();
	was_current = current_work() != NULL;
	ran_on = (int)raw_smp_processor_id();
	atomic_inc(&runs);
}

static void log_normal_fn(struct work_struct *w)
{
	log_event(&ran, NORMAL);
}

static void log_high_fn(struct work_struct *w)
{
	log_event(&ran, HIGH);
}

static void bh_work_runs_in_softirq_context_here(struct kunit *test)
{
	int cpu;

	INIT_WORK(&work, note_fn);
	cpu = (int)get_cpu();
	local_bh_disable();
	KUNIT_EXPECT_TRUE(test, queue_work(system_bh_wq, &work));
	KUNIT_EXPECT_FALSE(test, queue_work(system_bh_wq, &work));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	local_bh_enable();
	put_cpu();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_TRUE(test, was_softirq);
	/* As on Linux: only tasks have one. */
	KUNIT_EXPECT_FALSE(test, was_current);
	KUNIT_EXPECT_EQ(test, ran_on, cpu);
	KUNIT_EXPECT_FALSE(test, flush_work(&work));
}

static void bh_work_queued_on_another_cpu_runs_there(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		INIT_WORK(&work, note_fn);
		ran_on = -1;
		queue_work_on((int)cpu, system_bh_wq, &work);
		flush_work(&work);
		KUNIT_EXPECT_EQ(test, ran_on, (int)cpu);
		KUNIT_EXPECT_TRUE(test, was_softirq);
	}
}

/* As if that CPU had not come up. More works than one pass does. */
static void bh_works_for_a_cpu_that_is_not_online_run_here(struct kunit *test)
{
	static struct work_struct works[25];
	unsigned int here, other, i;

	SKIP_ON_ONE_CPU(test);
	here = get_cpu();
	other = cpumask_any_but(cpu_online_mask, here);
	local_bh_disable();
	set_cpu_online(other, false);
	for (i = 0; i < ARRAY_SIZE(works); i++) {
		INIT_WORK(&works[i], note_fn);
		queue_work_on((int)other, system_bh_wq, &works[i]);
	}
	set_cpu_online(other, true);
	local_bh_enable();
	put_cpu();
	flush_workqueue(system_bh_wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), (int)ARRAY_SIZE(works));
	KUNIT_EXPECT_EQ(test, ran_on, (int)here);

	/* It is there again: the next one runs there. */
	INIT_WORK(&works[0], note_fn);
	queue_work_on((int)other, system_bh_wq, &works[0]);
	flush_work(&works[0]);
	KUNIT_EXPECT_EQ(test, ran_on, (int)other);
}

static void highpri_bh_works_run_first(struct kunit *test)
{
	static struct work_struct high;

	INIT_WORK(&work, log_normal_fn);
	INIT_WORK(&high, log_high_fn);
	local_bh_disable();
	queue_work(system_bh_wq, &work);
	queue_work(system_bh_highpri_wq, &high);
	local_bh_enable();
	flush_work(&work);
	flush_work(&high);
	EXPECT_LOG(test, &ran, HIGH, NORMAL);
}

static void log_tasklet_fn(struct tasklet_struct *tasklet)
{
	log_event(&ran, TASKLET);
}

static void log_hi_tasklet_fn(struct tasklet_struct *tasklet)
{
	log_event(&ran, TASKLET_HIGH);
}

/* Though the tasklets were scheduled first. */
static void bh_works_run_before_the_tasklets_of_their_priority(struct kunit *test)
{
	static DECLARE_TASKLET(tasklet, log_tasklet_fn);
	static DECLARE_TASKLET(hi_tasklet, log_hi_tasklet_fn);
	static struct work_struct high;

	INIT_WORK(&work, log_normal_fn);
	INIT_WORK(&high, log_high_fn);
	local_bh_disable();
	tasklet_schedule(&tasklet);
	tasklet_hi_schedule(&hi_tasklet);
	queue_work(system_bh_wq, &work);
	queue_work(system_bh_highpri_wq, &high);
	local_bh_enable();
	tasklet_kill(&tasklet);
	tasklet_kill(&hi_tasklet);
	flush_work(&work);
	flush_work(&high);
	EXPECT_LOG(test, &ran, HIGH, TASKLET_HIGH, NORMAL, TASKLET);
}

static void cancelled_bh_work_never_runs(struct kunit *test)
{
	INIT_WORK(&work, note_fn);
	local_bh_disable();
	queue_work(system_bh_wq, &work);
	KUNIT_EXPECT_TRUE(test, cancel_work(&work));
	/* With works in softirq context this one need not be able to sleep. */
	KUNIT_EXPECT_FALSE(test, cancel_work_sync(&work));
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_FALSE(test, disable_work(&work));
	KUNIT_EXPECT_FALSE(test, queue_work(system_bh_wq, &work));
	KUNIT_EXPECT_TRUE(test, enable_and_queue_work(system_bh_wq, &work));
	flush_work(&work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void requeue_fn(struct work_struct *w)
{
	if (atomic_inc_return(&runs) < 1000)
		queue_work(system_bh_wq, w);
}

/* More than one drain does: ksoftirqd goes on with it. */
static void bh_work_that_queues_itself_lets_others_run(struct kunit *test)
{
	INIT_WORK(&work, requeue_fn);
	queue_work(system_bh_wq, &work);
	while (work_busy(&work) || atomic_read(&runs) < 1000)
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1000);
}

static void many_bh_works_all_run(struct kunit *test)
{
	static struct work_struct works[100];
	unsigned int i;

	local_bh_disable();
	for (i = 0; i < ARRAY_SIZE(works); i++) {
		INIT_WORK(&works[i], note_fn);
		queue_work(system_bh_wq, &works[i]);
	}
	local_bh_enable();
	flush_workqueue(system_bh_wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), (int)ARRAY_SIZE(works));
}

static bool own_answer;

static void cancel_itself_fn(struct work_struct *w)
{
	own_answer = cancel_work_sync(w);
	atomic_inc(&runs);
}

static void bh_work_that_waits_for_itself_is_reported(struct kunit *test)
{
	INIT_WORK(&work, cancel_itself_fn);
	own_answer = true;
	bug_expect(1);
	queue_work(system_bh_wq, &work);
	flush_work(&work);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_FALSE(test, own_answer);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void bh_queue_with_other_rules_is_refused(struct kunit *test)
{
	struct workqueue_struct *wq;

	bug_expect(2);
	KUNIT_EXPECT_NULL(test, alloc_workqueue("test", WQ_BH | WQ_UNBOUND, 0));
	KUNIT_EXPECT_NULL(test, alloc_workqueue("test", WQ_BH, 1));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);

	wq = alloc_workqueue("test", WQ_BH | WQ_PERCPU, 0);
	KUNIT_ASSERT_NOT_NULL(test, wq);
	INIT_WORK(&work, note_fn);
	queue_work(wq, &work);
	destroy_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static struct kunit_case workqueue_bh_cases[] = {
	KUNIT_CASE(bh_work_runs_in_softirq_context_here),
	KUNIT_CASE(bh_work_queued_on_another_cpu_runs_there),
	KUNIT_CASE(bh_works_for_a_cpu_that_is_not_online_run_here),
	KUNIT_CASE(highpri_bh_works_run_first),
	KUNIT_CASE(bh_works_run_before_the_tasklets_of_their_priority),
	KUNIT_CASE(cancelled_bh_work_never_runs),
	KUNIT_CASE(bh_work_that_queues_itself_lets_others_run),
	KUNIT_CASE(many_bh_works_all_run),
	KUNIT_CASE(bh_work_that_waits_for_itself_is_reported),
	KUNIT_CASE(bh_queue_with_other_rules_is_refused),
	{}
};

static struct kunit_suite workqueue_bh_suite = {
	.name = "workqueue_bh",
	.init = reset,
	.test_cases = workqueue_bh_cases,
};

kunit_test_suite(workqueue_bh_suite);
