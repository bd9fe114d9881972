// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workqueues: queueing and running. Claims D1, D2, and D3's part about workers.
 *
 * Waiting and cancelling: workqueue_wait_test.c; delayed works: workqueue_delayed_test.c; works in
 * softirq context: workqueue_bh_test.c.
 */
#include <linux/bug.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../../kernel/wq/internal.h"
#include "workqueue_helpers.h"

enum { A = 1, B, C, D };

static struct event_log ran;

static int reset(struct kunit *test)
{
	log_reset(&ran);
	gates_reset();
	return 0;
}

static DECLARE_WORK(count_work, count_fn);

static void queue_from_irq(void *work)
{
	schedule_work(work);
	log_event(&ran, A);
}

static void structs_are_no_larger_than_on_linux(struct kunit *test)
{
	KUNIT_EXPECT_LE(test, sizeof(struct work_struct), (size_t)32);
	KUNIT_EXPECT_LE(test, sizeof(struct delayed_work), (size_t)88);
}

/* What a function can say of where it is. */
static struct {
	struct work_struct work;
	struct mutex mutex;
	bool in_task, may_sleep, kthread;
	struct work_struct *current_work;
	unsigned int busy;
	bool pending;
	int cpu, nice;
	char name[TASK_COMM_LEN];
} place;

static void place_fn(struct work_struct *work)
{
	place.in_task = in_task() && !irqs_disabled() && !in_atomic();
	place.kthread = current->flags & PF_KTHREAD && current->flags & PF_WQ_WORKER;
	place.current_work = current_work();
	place.busy = work_busy(work);
	place.pending = work_pending(work);
	place.cpu = (int)raw_smp_processor_id();
	place.nice = task_nice(current);
	strscpy(place.name, current->comm, sizeof(place.name));
	mutex_lock(&place.mutex);
	schedule_timeout_uninterruptible(1);
	mutex_unlock(&place.mutex);
	place.may_sleep = true;
}

static void look_around(int cpu, struct workqueue_struct *wq)
{
	memset(&place, 0, sizeof(place));
	mutex_init(&place.mutex);
	INIT_WORK(&place.work, place_fn);
	queue_work_on(cpu, wq, &place.work);
	flush_work(&place.work);
}

/* D1 */
static void work_runs_in_a_task_and_may_sleep(struct kunit *test)
{
	look_around(0, system_wq);
	KUNIT_EXPECT_TRUE(test, place.in_task);
	KUNIT_EXPECT_TRUE(test, place.kthread);
	KUNIT_EXPECT_TRUE(test, place.may_sleep);
	KUNIT_EXPECT_PTR_EQ(test, place.current_work, &place.work);
	KUNIT_EXPECT_PTR_EQ(test, current_work(), NULL);
	KUNIT_EXPECT_FALSE(test, current_is_workqueue_rescuer());
}

static void preempting_fn(struct work_struct *work)
{
	/* Others get the CPU although this one never sleeps. */
	while (!completion_done(&gates[0].entered))
		cond_resched();
}

static void complete_first(void *unused)
{
	complete(&gates[0].entered);
}

/* D1: scheduled like other tasks. */
static void work_that_spins_does_not_keep_a_task_from_running(struct kunit *test)
{
	static DECLARE_WORK(spin, preempting_fn);
	struct actor thread;

	schedule_work(&spin);
	actor_start(test, &thread, -1, complete_first, NULL);
	KUNIT_EXPECT_TRUE(test, actor_join(&thread));
	flush_work(&spin);
}

/* D3 */
static void workers_are_named_after_their_cpu(struct kunit *test)
{
	struct workqueue_struct *urgent = alloc_workqueue("test", WQ_UNBOUND | WQ_HIGHPRI, 0);
	char want[TASK_COMM_LEN];
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		look_around((int)cpu, system_wq);
		snprintf(want, sizeof(want), "kworker/%u:", cpu);
		KUNIT_EXPECT_EQ(test, strncmp(place.name, want, strlen(want)), 0);
		KUNIT_EXPECT_NE(test, place.name[strlen(place.name) - 1], 'H');
		KUNIT_EXPECT_EQ(test, place.nice, 0);
		KUNIT_EXPECT_EQ(test, place.cpu, (int)cpu);

		look_around((int)cpu, system_highpri_wq);
		KUNIT_EXPECT_EQ(test, strncmp(place.name, want, strlen(want)), 0);
		KUNIT_EXPECT_EQ(test, place.name[strlen(place.name) - 1], 'H');
		KUNIT_EXPECT_EQ(test, place.nice, -20);
		KUNIT_EXPECT_EQ(test, place.cpu, (int)cpu);
	}
	look_around(0, system_unbound_wq);
	KUNIT_EXPECT_EQ(test, strncmp(place.name, "kworker/u", 9), 0);

	KUNIT_ASSERT_NOT_NULL(test, urgent);
	look_around(0, urgent);
	KUNIT_EXPECT_EQ(test, strncmp(place.name, "kworker/u", 9), 0);
	KUNIT_EXPECT_NE(test, place.name[strlen(place.name) - 1], 'H');
	KUNIT_EXPECT_EQ(test, place.nice, -20);
	destroy_workqueue(urgent);
}

static void queued_twice_before_running_runs_once(struct kunit *test)
{
	preempt_disable();
	KUNIT_EXPECT_TRUE(test, schedule_work(&count_work));
	KUNIT_EXPECT_FALSE(test, schedule_work(&count_work));
	KUNIT_EXPECT_TRUE(test, work_pending(&count_work));
	KUNIT_EXPECT_EQ(test, work_busy(&count_work), (unsigned int)WORK_BUSY_PENDING);
	preempt_enable();
	flush_work(&count_work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, work_pending(&count_work));
	KUNIT_EXPECT_EQ(test, work_busy(&count_work), 0U);
}

/* Semantics table: queue_work of a running item: true; once more: false. */
static void queued_while_running_runs_again_afterwards(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, queue_work_on(0, system_wq, &gates[0].work));
	KUNIT_ASSERT_TRUE(test, gate_entered(&gates[0]));
	KUNIT_EXPECT_EQ(test, work_busy(&gates[0].work), (unsigned int)WORK_BUSY_RUNNING);
	KUNIT_EXPECT_TRUE(test, queue_work_on(0, system_wq, &gates[0].work));
	KUNIT_EXPECT_FALSE(test, queue_work_on(0, system_wq, &gates[0].work));
	KUNIT_EXPECT_EQ(test, work_busy(&gates[0].work),
			(unsigned int)(WORK_BUSY_RUNNING | WORK_BUSY_PENDING));

	/* Another worker takes it, and leaves it to the one that is inside. */
	pool_settle(0, system_wq);
	KUNIT_EXPECT_FALSE(test, gate_is_entered(&gates[0]));
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	KUNIT_EXPECT_EQ(test, atomic_read(&gates[0].runs), 1);
	gate_open(&gates[0]);
	KUNIT_EXPECT_EQ(test, atomic_read(&gates[0].runs), 2);
}

/* Never two at once on any CPUs: it goes where it runs. */
static void queued_on_another_cpu_while_running_stays_with_its_pool(struct kunit *test)
{
	SKIP_ON_ONE_CPU(test);
	KUNIT_ASSERT_TRUE(test, queue_work_on(1, system_wq, &gates[0].work));
	KUNIT_ASSERT_TRUE(test, gate_entered(&gates[0]));
	KUNIT_EXPECT_EQ(test, gates[0].cpu, 1);
	KUNIT_EXPECT_TRUE(test, queue_work_on(0, system_wq, &gates[0].work));
	pool_settle(0, system_wq);
	pool_settle(1, system_wq);
	KUNIT_EXPECT_FALSE(test, gate_is_entered(&gates[0]));
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	KUNIT_EXPECT_EQ(test, gates[0].cpu, 1);
	gate_open(&gates[0]);

	/* Not running any more: it goes where it is told to. */
	KUNIT_EXPECT_TRUE(test, queue_work_on(0, system_wq, &gates[0].work));
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	KUNIT_EXPECT_EQ(test, gates[0].cpu, 0);
	gate_open(&gates[0]);
}

/* Two queues that share a pool: not beside itself either. */
static void queued_on_another_queue_while_running_is_not_run_twice_at_once(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, queue_work_on(0, system_wq, &gates[0].work));
	KUNIT_ASSERT_TRUE(test, gate_entered(&gates[0]));
	KUNIT_EXPECT_TRUE(test, queue_work_on(0, system_long_wq, &gates[0].work));
	pool_settle(0, system_long_wq);
	KUNIT_EXPECT_FALSE(test, gate_is_entered(&gates[0]));
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	gate_open(&gates[0]);
}

static void queued_from_hard_irq_runs_after_it(struct kunit *test)
{
	in_hard_irq(queue_from_irq, &count_work);
	flush_work(&count_work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	EXPECT_LOG(test, &ran, A);
}

static void queued_with_interrupts_off_runs(struct kunit *test)
{
	local_irq_disable();
	KUNIT_EXPECT_TRUE(test, schedule_work(&count_work));
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_enable();
	flush_work(&count_work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static struct {
	struct work_struct work;
	int event;
} logged[4];

static void log_fn(struct work_struct *work)
{
	log_event(&ran, container_of(work, typeof(logged[0]), work)->event);
}

static void works_of_a_pool_run_in_order(struct kunit *test)
{
	int i;

	for (i = 0; i < 4; i++) {
		INIT_WORK(&logged[i].work, log_fn);
		logged[i].event = A + i;
	}
	preempt_disable();
	/* Two queues, one pool. */
	schedule_work(&logged[1].work);
	queue_work(system_long_wq, &logged[0].work);
	schedule_work(&logged[3].work);
	queue_work(system_long_wq, &logged[2].work);
	preempt_enable();
	for (i = 0; i < 4; i++)
		flush_work(&logged[i].work);
	EXPECT_LOG(test, &ran, B, A, D, C);
}

static void works_queued_on_a_cpu_run_there(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		gate_init(&gates[0]);
		queue_work_on((int)cpu, system_wq, &gates[0].work);
		KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
		KUNIT_EXPECT_EQ(test, gates[0].cpu, (int)cpu);
		gate_open(&gates[0]);
	}
}

/* D2 */
static void sleeping_work_does_not_hold_up_the_next(struct kunit *test)
{
	queue_work_on(0, system_wq, &gates[0].work);
	queue_work_on(0, system_wq, &gates[1].work);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[1]));
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	KUNIT_EXPECT_EQ(test, atomic_read(&gates[0].runs), 0);
	gate_open(&gates[1]);
	KUNIT_EXPECT_EQ(test, atomic_read(&gates[1].runs), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&gates[0].runs), 0);
	gate_open(&gates[0]);
}

/* D2: and there is always one more worker. */
static void many_sleeping_works_are_all_started(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(gates); i++)
		queue_work_on(0, system_wq, &gates[i].work);
	for (i = 0; i < ARRAY_SIZE(gates); i++)
		KUNIT_EXPECT_TRUE(test, gate_entered(&gates[i]));
	for (i = 0; i < ARRAY_SIZE(gates); i++)
		gate_open(&gates[i]);
	for (i = 0; i < ARRAY_SIZE(gates); i++)
		KUNIT_EXPECT_EQ(test, atomic_read(&gates[i].runs), 1);
}

/* D2: the old API is a wrapper. */
static void old_creators_are_wrappers(struct kunit *test)
{
	struct workqueue_struct *each = create_workqueue("test");
	struct workqueue_struct *single = create_singlethread_workqueue("test");
	struct workqueue_struct *freezable = create_freezable_workqueue("test");

	KUNIT_ASSERT_NOT_NULL(test, each);
	KUNIT_ASSERT_NOT_NULL(test, single);
	KUNIT_ASSERT_NOT_NULL(test, freezable);
	KUNIT_EXPECT_EQ(test, each->max_active, 1);
	KUNIT_EXPECT_FALSE(test, each->flags & WQ_UNBOUND);
	KUNIT_EXPECT_TRUE(test, each->flags & WQ_MEM_RECLAIM);
	KUNIT_EXPECT_EQ(test, single->max_active, 1);
	KUNIT_EXPECT_TRUE(test, single->flags & __WQ_ORDERED);
	KUNIT_EXPECT_TRUE(test, freezable->flags & WQ_FREEZABLE);
	KUNIT_EXPECT_STREQ(test, each->name, "test");
	KUNIT_EXPECT_PTR_EQ(test, each->pwqs[0]->pool, system_wq->pwqs[0]->pool);

	queue_work_on(0, each, &gates[0].work);
	queue_work(single, &gates[1].work);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[1]));
	gate_open(&gates[0]);
	gate_open(&gates[1]);
	destroy_workqueue(each);
	destroy_workqueue(single);
	destroy_workqueue(freezable);
}

static void max_active_out_of_range_is_clamped(struct kunit *test)
{
	struct workqueue_struct *none = alloc_workqueue("test", 0, 0);
	struct workqueue_struct *much = alloc_workqueue("test", 0, WQ_MAX_ACTIVE + 1);

	KUNIT_ASSERT_NOT_NULL(test, none);
	KUNIT_ASSERT_NOT_NULL(test, much);
	KUNIT_EXPECT_EQ(test, none->max_active, (int)WQ_DFL_ACTIVE);
	KUNIT_EXPECT_EQ(test, much->max_active, (int)WQ_MAX_ACTIVE);
	destroy_workqueue(none);
	destroy_workqueue(much);
}

static void newer_names_mean_the_same_queues(struct kunit *test)
{
	KUNIT_EXPECT_PTR_EQ(test, system_percpu_wq, system_wq);
	KUNIT_EXPECT_PTR_EQ(test, system_dfl_wq, system_unbound_wq);
}

static void free_fn(struct work_struct *work)
{
	/* What a debug slab fills in must not be missed by anybody. */
	kfree(work);
	atomic_inc(&runs);
}

static void work_may_be_freed_in_its_function(struct kunit *test)
{
	int i;

	for (i = 0; i < 50; i++) {
		struct work_struct *work = kmalloc(sizeof(*work), GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, work);
		INIT_WORK(work, free_fn);
		queue_work_on(0, system_wq, work);
	}
	pool_settle(0, system_wq);
	flush_scheduled_work();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 50);
}

static void requeue_fn(struct work_struct *work)
{
	int run = atomic_inc_return(&runs);

	if (run <= 2)
		log_event(&ran, A);
	if (run < 100)
		schedule_work(work);
	else
		complete(&gates[0].entered);
}

/* And others get their turn in between. */
static void work_that_queues_itself_goes_to_the_end(struct kunit *test)
{
	static DECLARE_WORK(again, requeue_fn);

	INIT_WORK(&logged[1].work, log_fn);
	logged[1].event = B;
	preempt_disable();
	schedule_work(&again);
	schedule_work(&logged[1].work);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	cancel_work_sync(&again);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 100);
	EXPECT_LOG(test, &ran, A, B, A);
}

static void leave_atomic_fn(struct work_struct *work)
{
	preempt_disable();
}

static void runs_on_each_online_cpu_once(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, schedule_on_each_cpu(count_fn), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), (int)num_online_cpus());
}

static long cpu_of(void *arg)
{
	*(int *)arg = in_task();
	return (long)raw_smp_processor_id();
}

static void work_on_cpu_returns_what_the_function_returned(struct kunit *test)
{
	int was_task = 0;
	unsigned int cpu;

	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, work_on_cpu((int)cpu, cpu_of, &was_task), (long)cpu);
	KUNIT_EXPECT_TRUE(test, was_task);
}

static struct execute_work deferred;

static void execute_from_irq(void *ret)
{
	*(int *)ret = execute_in_process_context(count_fn, &deferred);
}

static void execute_in_process_context_defers_from_an_interrupt(struct kunit *test)
{
	int ret = -1;

	KUNIT_EXPECT_EQ(test, execute_in_process_context(count_fn, &deferred), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	in_hard_irq(execute_from_irq, &ret);
	flush_work(&deferred.work);
	KUNIT_EXPECT_EQ(test, ret, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
}

static struct {
	struct work_struct work;
	bool as_member;
} member;

static void member_fn(struct work_struct *work)
{
	typeof(member) *from = from_work(from, work, work);

	set_worker_desc("member %d", 1);
	from->as_member = true;
	complete(&gates[0].entered);
	wait_for_completion(&gates[0].leave);
}

/* D3: the notes' name of the system queue. */
static void dump_shows_events_by_cpu_with_worker_and_work(struct kunit *test)
{
	u64 seq = printk_next_seq();

	INIT_WORK(&member.work, member_fn);
	queue_work_on(0, system_wq, &member.work);
	KUNIT_ASSERT_TRUE(test, gate_entered(&gates[0]));
	KUNIT_EXPECT_TRUE(test, member.as_member);
	show_all_workqueues();
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "workqueue events:"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "events/0: active 1 of"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "running: kworker/0:"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "[member 1]"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "pool 0: CPU 0, nice 0"));
	complete(&gates[0].leave);
	flush_work(&member.work);
}

static void function_that_returns_atomic_is_reported(struct kunit *test)
{
	static DECLARE_WORK(leaky, leave_atomic_fn);

	if (!IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP))
		kunit_skip(test, "needs DEBUG_ATOMIC_SLEEP");
	bug_expect(1);
	queue_work_on(0, system_wq, &leaky);
	flush_work(&leaky);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

static void work_set_up_or_freed_while_queued_is_reported(struct kunit *test)
{
	struct work_struct *work;

	if (!IS_ENABLED(CONFIG_DEBUG_OBJECTS))
		kunit_skip(test, "needs DEBUG_OBJECTS");
	work = kmalloc(sizeof(*work), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, work);
	INIT_WORK(work, count_fn);
	preempt_disable();
	bug_expect(2);
	schedule_work(work);
	debug_check_no_obj_freed(work, sizeof(*work));	/* as kfree() does */
	cancel_work(work);
	schedule_work(work);
	__init_work(work, 0);				/* as INIT_WORK() does */
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	preempt_enable();
	flush_work(work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	kfree(work);
}

static struct kunit_case workqueue_cases[] = {
	KUNIT_CASE(structs_are_no_larger_than_on_linux),
	KUNIT_CASE(work_runs_in_a_task_and_may_sleep),
	KUNIT_CASE(work_that_spins_does_not_keep_a_task_from_running),
	KUNIT_CASE(workers_are_named_after_their_cpu),
	KUNIT_CASE(queued_twice_before_running_runs_once),
	KUNIT_CASE(queued_while_running_runs_again_afterwards),
	KUNIT_CASE(queued_on_another_cpu_while_running_stays_with_its_pool),
	KUNIT_CASE(queued_on_another_queue_while_running_is_not_run_twice_at_once),
	KUNIT_CASE(queued_from_hard_irq_runs_after_it),
	KUNIT_CASE(queued_with_interrupts_off_runs),
	KUNIT_CASE(works_of_a_pool_run_in_order),
	KUNIT_CASE(works_queued_on_a_cpu_run_there),
	KUNIT_CASE(sleeping_work_does_not_hold_up_the_next),
	KUNIT_CASE(many_sleeping_works_are_all_started),
	KUNIT_CASE(old_creators_are_wrappers),
	KUNIT_CASE(max_active_out_of_range_is_clamped),
	KUNIT_CASE(newer_names_mean_the_same_queues),
	KUNIT_CASE(work_may_be_freed_in_its_function),
	KUNIT_CASE(work_that_queues_itself_goes_to_the_end),
	KUNIT_CASE(runs_on_each_online_cpu_once),
	KUNIT_CASE(work_on_cpu_returns_what_the_function_returned),
	KUNIT_CASE(execute_in_process_context_defers_from_an_interrupt),
	KUNIT_CASE(dump_shows_events_by_cpu_with_worker_and_work),
	KUNIT_CASE(function_that_returns_atomic_is_reported),
	KUNIT_CASE(work_set_up_or_freed_while_queued_is_reported),
	{}
};

static struct kunit_suite workqueue_suite = {
	.name = "workqueue",
	.init = reset,
	.test_cases = workqueue_cases,
};

kunit_test_suite(workqueue_suite);
