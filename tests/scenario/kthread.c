// SPDX-License-Identifier: GPL-2.0-only
/*
 * Threads that are made, parked, stopped and end, all at once; workers against cancelling.
 */
#include <kunit/scenario.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <arch/cpu.h>

static atomic_t calls, ended;
static struct task_struct *thread;

static int end_by_itself(void *unused)
{
	atomic_inc(&calls);
	return 3;
}

/* Stopped before, while or after it runs: the answer says whether the function was called. */
static void stop_meets_the_end_of_the_thread(struct kunit *test)
{
	int result;

	atomic_set(&calls, 0);
	thread = kthread_create(end_by_itself, NULL, "ends");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, thread);
	get_task_struct(thread);
	wake_up_process(thread);
	result = kthread_stop_put(thread);
	KUNIT_EXPECT_EQ(test, result, atomic_read(&calls) ? 3 : -EINTR);
}
SCENARIO(stop_meets_the_end_of_the_thread);

static int until_stopped(void *unused)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

static void wake_thread(void *unused)
{
	wake_up_process(thread);
}

static void stop_is_never_missed(struct kunit *test)
{
	int i;

	thread = kthread_run(until_stopped, NULL, "stops");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, thread);
	get_task_struct(thread);
	for (i = 0; i < 3; i++)
		scenario_inject(wake_thread, NULL);
	i = kthread_stop(thread);
	KUNIT_EXPECT_TRUE(test, i == 0 || i == -EINTR);
	scenario_settle();
	put_task_struct(thread);
}
SCENARIO(stop_is_never_missed);

/* The mask changes while the task ends: nobody waits for ever, and what it had is given back. */
static void moved_while_it_ends_is_still_freed(struct kunit *test)
{
	struct task_struct *p = kthread_create(end_by_itself, NULL, "ends");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	get_task_struct(p);
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(0)), 0);
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(p, cpumask_of(1)), 0);
	wake_up_process(p);
	while (READ_ONCE(p->__state) != TASK_DEAD)
		arch_cpu_relax();
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(p, cpumask_of(0)), 0);
	while (atomic_read(&p->usage) != 1)
		schedule_timeout_uninterruptible(1);
	put_task_struct(p);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(current, cpu_possible_mask), 0);
}
SCENARIO(moved_while_it_ends_is_still_freed, .cpus_min = 2, .runs = 10);

static int running_while_parked, parked;

static int park_when_asked(void *unused)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		if (READ_ONCE(parked))
			WRITE_ONCE(running_while_parked, 1);
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop() && !kthread_should_park())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

static void parked_thread_does_nothing_until_unparked(struct kunit *test)
{
	int i;

	parked = running_while_parked = 0;
	thread = kthread_run(park_when_asked, NULL, "parks");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, thread);
	for (i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, kthread_park(thread), 0);
		WRITE_ONCE(parked, 1);
		scenario_inject(wake_thread, NULL);
		wake_up_process(thread);
		scenario_settle();
		WRITE_ONCE(parked, 0);
		kthread_unpark(thread);
	}
	kthread_stop(thread);
	KUNIT_EXPECT_EQ(test, running_while_parked, 0);
}
SCENARIO(parked_thread_does_nothing_until_unparked);

static int count_end(void *unused)
{
	atomic_inc(&ended);
	return 0;
}

static void make_some(void *unused)
{
	int i;

	for (i = 0; i < 3; i++)
		kthread_run(count_end, NULL, "child");
}

/* Stacks go from the dead to the next task, structures to the next that is made. */
static void threads_are_made_and_end_on_all_cpus(struct kunit *test)
{
	struct scenario_thread maker[3];
	int i;

	atomic_set(&ended, 0);
	scenario_start_each(test, maker, 3, make_some, NULL);
	scenario_join_each(maker, 3);
	for (i = 0; i < 1000 && atomic_read(&ended) != 9; i++)
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&ended), 9);
}
SCENARIO(threads_are_made_and_end_on_all_cpus);

/* ---- workers ---- */

static struct kthread_worker *worker;
static struct kthread_delayed_work work;
static atomic_t queued, ran, cancelled, inside;
static int met;

static void work_fn(struct kthread_work *unused)
{
	if (atomic_inc_return(&inside) != 1)
		WRITE_ONCE(met, 1);
	atomic_inc(&ran);
	atomic_dec(&inside);
}

static void queue_it(void *unused)
{
	atomic_add(kthread_queue_work(worker, &work.work), &queued);
}

static void cancel_it(void *unused)
{
	atomic_add(kthread_cancel_work_sync(&work.work), &cancelled);
}

static bool begin_works(struct kunit *test)
{
	atomic_set(&queued, 0);
	atomic_set(&ran, 0);
	atomic_set(&cancelled, 0);
	atomic_set(&inside, 0);
	met = 0;
	kthread_init_delayed_work(&work, work_fn);
	worker = kthread_create_worker(0, "worker");
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, worker);
	return !IS_ERR_OR_NULL(worker);
}

static void expect_sum(struct kunit *test)
{
	kthread_flush_worker(worker);
	KUNIT_EXPECT_EQ(test, atomic_read(&ran) + atomic_read(&cancelled), atomic_read(&queued));
	KUNIT_EXPECT_EQ(test, met, 0);
	kthread_destroy_worker(worker);
}

/* Each queueing that said so is run, or cancelled by one that said so. */
static void kthread_work_is_run_or_cancelled(struct kunit *test)
{
	struct scenario_thread canceller[2];
	int i;

	if (!begin_works(test))
		return;
	for (i = 0; i < 3; i++)
		scenario_inject(queue_it, NULL);
	scenario_start_each(test, canceller, 2, cancel_it, NULL);
	queue_it(NULL);
	queue_it(NULL);
	scenario_join_each(canceller, 2);
	scenario_settle();
	expect_sum(test);
}
SCENARIO(kthread_work_is_run_or_cancelled);

/* Nobody queues it anew: when the cancel returns it is not inside, and never comes again. */
static void cancelled_kthread_work_is_over(struct kunit *test)
{
	int i;

	if (!begin_works(test))
		return;
	for (i = 0; i < 3; i++) {
		queue_it(NULL);
		if (scenario_choose(2))
			yield();
		cancel_it(NULL);
		KUNIT_EXPECT_EQ(test, atomic_read(&inside), 0);
		KUNIT_EXPECT_EQ(test, atomic_read(&ran) + atomic_read(&cancelled), atomic_read(&queued));
	}
	expect_sum(test);
}
SCENARIO(cancelled_kthread_work_is_over);

static void queue_delayed(void *unused)
{
	atomic_add(kthread_queue_delayed_work(worker, &work, scenario_choose(3)), &queued);
}

static void cancel_delayed(void *unused)
{
	atomic_add(kthread_cancel_delayed_work_sync(&work), &cancelled);
}

static void delayed_kthread_work_is_run_or_cancelled(struct kunit *test)
{
	struct scenario_thread canceller;
	int i;

	if (!begin_works(test))
		return;
	for (i = 0; i < 2; i++)
		scenario_inject(queue_delayed, NULL);
	scenario_start(test, &canceller, -1, cancel_delayed, NULL);
	queue_delayed(NULL);
	schedule_timeout_uninterruptible(1);
	queue_delayed(NULL);
	scenario_join(&canceller);
	scenario_settle();
	cancel_delayed(NULL);
	expect_sum(test);
}
SCENARIO(delayed_kthread_work_is_run_or_cancelled);
