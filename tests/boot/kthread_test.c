// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel threads, their workers, and threads of which there is one a CPU; D3.
 */
#include <bottomhalf/mark.h>
#include <linux/bug.h>
#include <linux/mm.h>
#include <linux/sched/task.h>
#include <linux/smpboot.h>
#include <arch/task.h>

#include "thread_helpers.h"

static atomic_t runs;
static struct completion entered, leave;

static int reset(struct kunit *test)
{
	atomic_set(&runs, 0);
	init_completion(&entered);
	init_completion(&leave);
	return 0;
}

static bool was_entered(void)
{
	return wait_for_completion_timeout(&entered, PATIENCE) != 0;
}

/* ---- making, running, stopping ---- */

static int until_stopped(void *data)
{
	atomic_inc(&runs);
	complete(&entered);
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return (int)(long)data;
}

static void created_thread_waits_for_its_wake_up(struct kunit *test)
{
	struct task_struct *p = kthread_create(until_stopped, (void *)42L, "waits");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_PTR_EQ(test, kthread_data(p), (void *)42L);
	KUNIT_EXPECT_PTR_EQ(test, kthread_func(p), (void *)until_stopped);
	KUNIT_EXPECT_EQ(test, wake_up_process(p), 1);
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 42);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void stop_returns_what_the_function_returned(struct kunit *test)
{
	struct task_struct *p = kthread_run(until_stopped, (void *)-7L, "returns");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_EQ(test, kthread_stop(p), -7);
}

static void stop_of_a_thread_that_never_ran_calls_nothing(struct kunit *test)
{
	struct task_struct *p = kthread_create(until_stopped, NULL, "never");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	KUNIT_EXPECT_EQ(test, kthread_stop(p), -EINTR);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
}

static int return_at_once(void *data)
{
	complete(&entered);
	return (int)(long)data;
}

static void stop_of_a_thread_that_returned_gives_its_result(struct kunit *test)
{
	struct task_struct *p = kthread_create(return_at_once, (void *)5L, "returned");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	get_task_struct(p);
	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_TRUE(test, sleeps_in(p, TASK_DEAD));
	KUNIT_EXPECT_EQ(test, task_state_to_char(p), 'X');
	KUNIT_EXPECT_EQ(test, kthread_stop_put(p), 5);
}

static int exit_in_the_middle(void *unused)
{
	complete(&entered);
	kthread_exit(9);
}

static void exit_ends_the_thread_there(struct kunit *test)
{
	struct task_struct *p = kthread_create(exit_in_the_middle, NULL, "exits");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	get_task_struct(p);
	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_EQ(test, kthread_stop_put(p), 9);
}

static void many_threads_come_and_go(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 200; i++) {
		struct task_struct *p = kthread_run(return_at_once, NULL, "many/%u", i);

		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
		KUNIT_ASSERT_TRUE(test, was_entered());
	}
}

#define CROWD		20
#define ROUNDS		6

static void crowd_comes_and_goes(struct kunit *test)
{
	struct task_struct *p[CROWD];
	unsigned int i;

	for (i = 0; i < CROWD; i++) {
		p[i] = kthread_run(until_stopped, NULL, "crowd/%u", i);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p[i]);
	}
	for (i = 0; i < CROWD; i++)
		kthread_stop(p[i]);
}

/* The last stacks may not be free yet when the next crowd comes: twice as many are enough for ever. */
static void stacks_of_a_crowd_serve_the_next_one(struct kunit *test)
{
	unsigned long after_first, round;

	crowd_comes_and_goes(test);
	after_first = nr_free_pages();
	for (round = 1; round < ROUNDS; round++)
		crowd_comes_and_goes(test);
	KUNIT_EXPECT_GE(test, nr_free_pages() + 2 * CROWD * (THREAD_SIZE / PAGE_SIZE), after_first);
}

static void name_is_formatted_and_cut(struct kunit *test)
{
	struct task_struct *p = kthread_create(until_stopped, NULL, "a/%d and too long a name", 12);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	KUNIT_EXPECT_STREQ(test, p->comm, "a/12 and too lo");
	kthread_stop(p);
}

static void thread_without_memory_is_an_error(struct kunit *test)
{
	static const char *const step[] = { "kthread.alloc", "sched.alloc_task", "sched.alloc_stack" };
	unsigned int i;

	if (!IS_ENABLED(CONFIG_MARKS))
		kunit_skip(test, "needs MARKS");
	for (i = 0; i < ARRAY_SIZE(step); i++) {
		KUNIT_EXPECT_EQ(test, fault_arm(step[i], 0), 1U);
		KUNIT_EXPECT_EQ(test, PTR_ERR(kthread_create(until_stopped, NULL, "fails")), -ENOMEM);
		KUNIT_EXPECT_EQ(test, fault_disarm_all(), 0U);
	}
}

/* ---- bound ---- */

static int tell_cpu(void *cpu)
{
	*(unsigned int *)cpu = raw_smp_processor_id();
	complete(&entered);
	return 0;
}

static void bound_thread_runs_where_it_is_bound(struct kunit *test)
{
	unsigned int cpu, ran_on;

	for_each_online_cpu(cpu) {
		struct task_struct *p = kthread_create(tell_cpu, &ran_on, "bound/%u", cpu);

		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
		kthread_bind(p, cpu);
		wake_up_process(p);
		KUNIT_ASSERT_TRUE(test, was_entered());
		KUNIT_EXPECT_EQ(test, ran_on, cpu);
	}
}

static void create_on_cpu_names_and_binds(struct kunit *test)
{
	unsigned int cpu = cpumask_last(cpu_online_mask), ran_on = ~0U;
	struct task_struct *p = kthread_create_on_cpu(tell_cpu, &ran_on, cpu, "percpu/%u");
	char name[TASK_COMM_LEN];

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	snprintf(name, sizeof(name), "percpu/%u", cpu);
	KUNIT_EXPECT_STREQ(test, p->comm, name);
	KUNIT_EXPECT_TRUE(test, kthread_is_per_cpu(p));
	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_EQ(test, ran_on, cpu);
}

static void bind_of_a_thread_that_runs_is_refused(struct kunit *test)
{
	struct task_struct *p = kthread_run(until_stopped, NULL, "runs");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_ASSERT_TRUE(test, sleeps_in(p, TASK_INTERRUPTIBLE));
	bug_expect(1);
	kthread_bind(p, 0);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_FALSE(test, p->flags & PF_NO_SETAFFINITY);
	kthread_stop(p);
}

/* ---- parked ---- */

static int park_when_asked(void *unused)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		atomic_inc(&runs);
		complete(&entered);
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop() && !kthread_should_park())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

static void parked_thread_sleeps_until_unparked(struct kunit *test)
{
	struct task_struct *p = kthread_run(park_when_asked, NULL, "parks");
	int before;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_EQ(test, kthread_park(p), 0);
	KUNIT_EXPECT_TRUE(test, sleeps_in(p, TASK_PARKED));
	KUNIT_EXPECT_EQ(test, task_state_to_char(p), 'P');
	before = atomic_read(&runs);
	/* A wake-up for something else does not unpark it. */
	KUNIT_EXPECT_EQ(test, wake_up_process(p), 0);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), before);
	reinit_completion(&entered);
	kthread_unpark(p);
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 0);
}

static void park_works_again_and_again(struct kunit *test)
{
	struct task_struct *p = kthread_run(park_when_asked, NULL, "parks");
	unsigned int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	for (i = 0; i < 50; i++) {
		KUNIT_EXPECT_EQ(test, kthread_park(p), 0);
		kthread_unpark(p);
	}
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 0);
}

static void thread_can_be_parked_before_it_first_runs(struct kunit *test)
{
	struct task_struct *p = kthread_create(park_when_asked, NULL, "early");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	KUNIT_EXPECT_EQ(test, kthread_park(p), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	kthread_unpark(p);
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 0);
}

static void stop_of_a_parked_thread_ends_it(struct kunit *test)
{
	struct task_struct *p = kthread_run(park_when_asked, NULL, "parked");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	KUNIT_EXPECT_EQ(test, kthread_park(p), 0);
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 0);
}

/* ---- workers ---- */

static struct event_log order;

struct numbered_work {
	struct kthread_work work;
	int number;
};

static void log_number(struct kthread_work *work)
{
	log_event(&order, container_of(work, struct numbered_work, work)->number);
}

static void hold(struct kthread_work *work)
{
	atomic_inc(&runs);
	complete(&entered);
	wait_for_completion(&leave);
}

static struct kthread_worker *new_worker(struct kunit *test)
{
	struct kthread_worker *worker = kthread_create_worker(0, "tester");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, worker);
	log_reset(&order);
	return worker;
}

static void worker_runs_works_in_order(struct kunit *test)
{
	struct kthread_worker *worker = new_worker(test);
	struct numbered_work work[3];
	int i;

	for (i = 0; i < 3; i++) {
		kthread_init_work(&work[i].work, log_number);
		work[i].number = i;
		KUNIT_EXPECT_TRUE(test, kthread_queue_work(worker, &work[i].work));
	}
	kthread_flush_worker(worker);
	EXPECT_LOG(test, &order, 0, 1, 2);
	kthread_destroy_worker(worker);
}

static void work_queued_twice_runs_once(struct kunit *test)
{
	struct kthread_worker *worker = new_worker(test);
	static DEFINE_KTHREAD_WORK(holder, hold);
	struct numbered_work work = { .number = 1 };

	kthread_init_work(&work.work, log_number);
	kthread_queue_work(worker, &holder);
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_TRUE(test, kthread_queue_work(worker, &work.work));
	KUNIT_EXPECT_FALSE(test, kthread_queue_work(worker, &work.work));
	/* Running, it can be queued again. */
	KUNIT_EXPECT_TRUE(test, kthread_queue_work(worker, &holder));
	complete(&leave);
	complete(&leave);
	kthread_flush_worker(worker);
	EXPECT_LOG(test, &order, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
	kthread_destroy_worker(worker);
}

static void flush_waits_for_a_running_work(struct kunit *test)
{
	struct kthread_worker *worker = new_worker(test);
	static DEFINE_KTHREAD_WORK(holder, hold);

	kthread_queue_work(worker, &holder);
	KUNIT_EXPECT_TRUE(test, was_entered());
	complete(&leave);
	kthread_flush_work(&holder);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	/* Idle: returns at once. */
	kthread_flush_work(&holder);
	kthread_destroy_worker(worker);
}

static void cancel_tells_whether_the_work_was_queued(struct kunit *test)
{
	struct kthread_worker *worker = new_worker(test);
	static DEFINE_KTHREAD_WORK(holder, hold);
	struct numbered_work work = { .number = 1 };

	kthread_init_work(&work.work, log_number);
	KUNIT_EXPECT_FALSE(test, kthread_cancel_work_sync(&work.work));
	kthread_queue_work(worker, &holder);
	KUNIT_EXPECT_TRUE(test, was_entered());
	kthread_queue_work(worker, &work.work);
	KUNIT_EXPECT_TRUE(test, kthread_cancel_work_sync(&work.work));
	KUNIT_EXPECT_FALSE(test, kthread_cancel_work_sync(&work.work));
	complete(&leave);
	KUNIT_EXPECT_FALSE(test, kthread_cancel_work_sync(&holder));
	kthread_flush_worker(worker);
	KUNIT_EXPECT_EQ(test, atomic_read(&order.used), 0);
	kthread_destroy_worker(worker);
}

static void destroy_finishes_what_is_queued(struct kunit *test)
{
	struct kthread_worker *worker = new_worker(test);
	struct numbered_work work = { .number = 1 };

	kthread_init_work(&work.work, log_number);
	kthread_queue_work(worker, &work.work);
	kthread_destroy_worker(worker);
	EXPECT_LOG(test, &order, 1);
}

static void worker_on_a_cpu_runs_there(struct kunit *test)
{
	unsigned int cpu = cpumask_last(cpu_online_mask);
	struct kthread_worker *worker = kthread_create_worker_on_cpu((int)cpu, 0, "tester/%u", cpu);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, worker);
	kthread_flush_worker(worker);
	KUNIT_EXPECT_EQ(test, task_cpu(worker->task), cpu);
	kthread_destroy_worker(worker);
}

/* ---- delayed works ---- */

static void count(struct kthread_work *work)
{
	atomic_inc(&runs);
	complete(&entered);
}

static void delayed_work_runs_after_its_delay(struct kunit *test)
{
	struct kthread_worker *worker = new_worker(test);
	static DEFINE_KTHREAD_DELAYED_WORK(work, count);
	unsigned long begin = jiffies;

	KUNIT_EXPECT_TRUE(test, kthread_queue_delayed_work(worker, &work, 3));
	KUNIT_EXPECT_FALSE(test, kthread_queue_delayed_work(worker, &work, 3));
	KUNIT_EXPECT_FALSE(test, kthread_queue_work(worker, &work.work));
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_GE(test, jiffies - begin, 3UL);
	kthread_destroy_worker(worker);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void delayed_work_can_be_brought_forward(struct kunit *test)
{
	struct kthread_worker *worker = new_worker(test);
	static DEFINE_KTHREAD_DELAYED_WORK(work, count);

	KUNIT_EXPECT_FALSE(test, kthread_mod_delayed_work(worker, &work, 1000 * HZ));
	KUNIT_EXPECT_TRUE(test, kthread_mod_delayed_work(worker, &work, 1));
	KUNIT_EXPECT_TRUE(test, was_entered());
	KUNIT_EXPECT_FALSE(test, kthread_mod_delayed_work(worker, &work, 0));
	KUNIT_EXPECT_TRUE(test, was_entered());
	kthread_destroy_worker(worker);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
}

static void delayed_work_can_be_cancelled(struct kunit *test)
{
	struct kthread_worker *worker = new_worker(test);
	static DEFINE_KTHREAD_DELAYED_WORK(work, count);

	KUNIT_EXPECT_FALSE(test, kthread_cancel_delayed_work_sync(&work));
	kthread_queue_delayed_work(worker, &work, 1000 * HZ);
	KUNIT_EXPECT_TRUE(test, kthread_cancel_delayed_work_sync(&work));
	KUNIT_EXPECT_FALSE(test, kthread_cancel_delayed_work_sync(&work));
	kthread_destroy_worker(worker);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
}

/* ---- one a CPU ---- */

static DEFINE_PER_CPU(struct task_struct *, percpu_task);
static DEFINE_PER_CPU(int, percpu_asked);
static atomic_t set_up, cleaned_up, parked_again, wrong_cpu;

static void check_cpu(unsigned int cpu)
{
	if (cpu != raw_smp_processor_id())
		atomic_inc(&wrong_cpu);
}

static int percpu_should_run(unsigned int cpu)
{
	check_cpu(cpu);
	return per_cpu(percpu_asked, cpu);
}

static void percpu_run(unsigned int cpu)
{
	check_cpu(cpu);
	per_cpu(percpu_asked, cpu) = 0;
	atomic_inc(&runs);
}

static void percpu_setup(unsigned int cpu)
{
	check_cpu(cpu);
	atomic_inc(&set_up);
}

static void percpu_cleanup(unsigned int cpu, bool online)
{
	check_cpu(cpu);
	atomic_inc(&cleaned_up);
}

static void percpu_park(unsigned int cpu)
{
	check_cpu(cpu);
	atomic_inc(&parked_again);
}

static struct smp_hotplug_thread percpu_threads = {
	.store = &percpu_task,
	.thread_should_run = percpu_should_run,
	.thread_fn = percpu_run,
	.setup = percpu_setup,
	.cleanup = percpu_cleanup,
	.park = percpu_park,
	.unpark = percpu_setup,
	.thread_comm = "percpu/%u",
};

static bool reaches(atomic_t *counter, int want)
{
	unsigned long end = jiffies + PATIENCE;

	while (atomic_read(counter) < want && time_before(jiffies, end))
		schedule_timeout_uninterruptible(1);
	return atomic_read(counter) == want;
}

static void percpu_threads_run_on_their_cpus(struct kunit *test)
{
	int n = (int)num_online_cpus(), round;
	unsigned int cpu;

	if (n != (int)num_possible_cpus())
		kunit_skip(test, "a CPU is missing");
	atomic_set(&set_up, 0);
	atomic_set(&cleaned_up, 0);
	atomic_set(&parked_again, 0);
	atomic_set(&wrong_cpu, 0);
	KUNIT_ASSERT_EQ(test, smpboot_register_percpu_thread(&percpu_threads), 0);
	KUNIT_EXPECT_TRUE(test, reaches(&set_up, n));
	for (round = 1; round <= 3; round++) {
		for_each_online_cpu(cpu) {
			per_cpu(percpu_asked, cpu) = 1;
			wake_up_process(per_cpu(percpu_task, cpu));
		}
		KUNIT_EXPECT_TRUE(test, reaches(&runs, round * n));
	}
	KUNIT_EXPECT_EQ(test, kthread_park(per_cpu(percpu_task, 0)), 0);
	kthread_unpark(per_cpu(percpu_task, 0));
	KUNIT_EXPECT_TRUE(test, reaches(&set_up, n + 1));
	KUNIT_EXPECT_EQ(test, atomic_read(&parked_again), 1);
	smpboot_unregister_percpu_thread(&percpu_threads);
	KUNIT_EXPECT_EQ(test, atomic_read(&cleaned_up), n);
	KUNIT_EXPECT_EQ(test, atomic_read(&wrong_cpu), 0);
}

static struct kunit_case kthread_cases[] = {
	KUNIT_CASE(created_thread_waits_for_its_wake_up),
	KUNIT_CASE(stop_returns_what_the_function_returned),
	KUNIT_CASE(stop_of_a_thread_that_never_ran_calls_nothing),
	KUNIT_CASE(stop_of_a_thread_that_returned_gives_its_result),
	KUNIT_CASE(exit_ends_the_thread_there),
	KUNIT_CASE(many_threads_come_and_go),
	KUNIT_CASE(stacks_of_a_crowd_serve_the_next_one),
	KUNIT_CASE(name_is_formatted_and_cut),
	KUNIT_CASE(thread_without_memory_is_an_error),
	KUNIT_CASE(bound_thread_runs_where_it_is_bound),
	KUNIT_CASE(create_on_cpu_names_and_binds),
	KUNIT_CASE(bind_of_a_thread_that_runs_is_refused),
	KUNIT_CASE(parked_thread_sleeps_until_unparked),
	KUNIT_CASE(park_works_again_and_again),
	KUNIT_CASE(thread_can_be_parked_before_it_first_runs),
	KUNIT_CASE(stop_of_a_parked_thread_ends_it),
	KUNIT_CASE(worker_runs_works_in_order),
	KUNIT_CASE(work_queued_twice_runs_once),
	KUNIT_CASE(flush_waits_for_a_running_work),
	KUNIT_CASE(cancel_tells_whether_the_work_was_queued),
	KUNIT_CASE(destroy_finishes_what_is_queued),
	KUNIT_CASE(worker_on_a_cpu_runs_there),
	KUNIT_CASE(delayed_work_runs_after_its_delay),
	KUNIT_CASE(delayed_work_can_be_brought_forward),
	KUNIT_CASE(delayed_work_can_be_cancelled),
	KUNIT_CASE(percpu_threads_run_on_their_cpus),
	{}
};

static struct kunit_suite kthread_suite = {
	.name = "kthread",
	.init = reset,
	.test_cases = kthread_cases,
};

kunit_test_suite(kthread_suite);
