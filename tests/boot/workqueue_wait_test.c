// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workqueues: flush, drain, destroy, cancel, disable.
 */
#include <linux/bug.h>

#include "../../kernel/wq/internal.h"
#include "workqueue_helpers.h"

static struct workqueue_struct *wq;

static int reset(struct kunit *test)
{
	gates_reset();
	wq = alloc_workqueue("wait_test", 0, 0);
	return wq ? 0 : -ENOMEM;
}

static void finish(struct kunit *test)
{
	if (wq)
		destroy_workqueue(wq);
	wq = NULL;
}

static DECLARE_WORK(count_work, count_fn);

/* What another thread got as an answer. */
struct asked {
	struct work_struct *work;
	bool answer;
	bool was_running;	/* the function had not come out yet when the answer came */
};

static void flush_thread(void *arg)
{
	struct asked *asked = arg;

	asked->answer = flush_work(asked->work);
	asked->was_running = !atomic_read(&gates[0].runs);
}

static void cancel_thread(void *arg)
{
	struct asked *asked = arg;

	asked->answer = cancel_work_sync(asked->work);
	asked->was_running = !atomic_read(&gates[0].runs);
}

static void flush_wq_thread(void *arg)
{
	struct asked *asked = arg;

	flush_workqueue(wq);
	asked->was_running = !atomic_read(&gates[0].runs);
}

/* Give threads that are about to wait the time to get there; nothing is wrong if they do not. */
static void let_others_wait(void)
{
	schedule_timeout_uninterruptible(2);
}

static void enter_first_gate(struct kunit *test)
{
	queue_work_on(0, wq, &gates[0].work);
	KUNIT_ASSERT_TRUE(test, gate_entered(&gates[0]));
}

/* ---- flush ---- */

static void flush_of_an_idle_work_returns_false(struct kunit *test)
{
	static DECLARE_WORK(never, count_fn);

	KUNIT_EXPECT_FALSE(test, flush_work(&never));
	queue_work(wq, &count_work);
	flush_work(&count_work);
	KUNIT_EXPECT_FALSE(test, flush_work(&count_work));
}

static void flush_waits_for_a_queued_work(struct kunit *test)
{
	preempt_disable();
	queue_work(wq, &count_work);
	preempt_enable_no_resched();
	flush_work(&count_work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void flush_waits_for_a_running_work(struct kunit *test)
{
	struct asked asked[2] = { { &gates[0].work }, { &gates[0].work } };
	struct actor thread[2];
	int i;

	enter_first_gate(test);
	for (i = 0; i < 2; i++)
		actor_start(test, &thread[i], -1, flush_thread, &asked[i]);
	let_others_wait();
	complete(&gates[0].leave);
	for (i = 0; i < 2; i++) {
		KUNIT_EXPECT_TRUE(test, actor_join(&thread[i]));
		KUNIT_EXPECT_FALSE(test, asked[i].was_running);
	}
}

static void flush_of_a_work_queued_while_running_waits_for_both(struct kunit *test)
{
	enter_first_gate(test);
	queue_work_on(0, wq, &gates[0].work);
	complete(&gates[0].leave);
	complete(&gates[0].leave);
	flush_work(&gates[0].work);
	KUNIT_EXPECT_EQ(test, atomic_read(&gates[0].runs), 2);
}

static void flush_of_an_inactive_work_waits_for_it(struct kunit *test)
{
	struct workqueue_struct *narrow = alloc_workqueue("narrow", 0, 1);
	struct asked asked = { &count_work };
	struct actor thread;

	KUNIT_ASSERT_NOT_NULL(test, narrow);
	queue_work_on(0, narrow, &gates[0].work);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	queue_work_on(0, narrow, &count_work);
	actor_start(test, &thread, -1, flush_thread, &asked);
	let_others_wait();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, actor_join(&thread));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_TRUE(test, asked.answer);
	destroy_workqueue(narrow);
}

static void requeue_fn(struct work_struct *work)
{
	atomic_inc(&runs);
	queue_work(wq, work);
}

/* It waits for one run, not for those that come after. */
static void flush_of_a_work_that_always_queues_itself_returns(struct kunit *test)
{
	static DECLARE_WORK(again, requeue_fn);

	queue_work(wq, &again);
	flush_work(&again);
	KUNIT_EXPECT_GE(test, atomic_read(&runs), 1);
	flush_workqueue(wq);
	cancel_work_sync(&again);
	KUNIT_EXPECT_EQ(test, work_busy(&again), 0U);
}

static struct work_struct outer;

static void flush_other_fn(struct work_struct *work)
{
	queue_work(wq, &count_work);
	if (flush_work(&count_work))
		atomic_inc(&runs);
}

/* The outer one sleeps meanwhile, so the inner one finds a worker. */
static void flush_from_a_work_of_the_same_queue_works(struct kunit *test)
{
	INIT_WORK(&outer, flush_other_fn);
	queue_work_on(0, wq, &outer);
	flush_work(&outer);
	KUNIT_EXPECT_GE(test, atomic_read(&runs), 1);
}

static bool own_answer;

static void flush_itself_fn(struct work_struct *work)
{
	own_answer = flush_work(work);
	atomic_inc(&runs);
}

static void cancel_itself_fn(struct work_struct *work)
{
	own_answer = cancel_work_sync(work);
	atomic_inc(&runs);
}

static void flush_own_queue_fn(struct work_struct *work)
{
	flush_workqueue(wq);
	atomic_inc(&runs);
}

static void drain_own_queue_fn(struct work_struct *work)
{
	drain_workqueue(wq);
	atomic_inc(&runs);
}

/* For each of these Linux hangs. */
static void waiting_for_oneself_is_reported_and_returns(struct kunit *test)
{
	static const work_func_t fns[] = {
		flush_itself_fn, cancel_itself_fn, flush_own_queue_fn, drain_own_queue_fn,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fns); i++) {
		INIT_WORK(&outer, fns[i]);
		own_answer = true;
		bug_expect(1);
		queue_work(wq, &outer);
		flush_work(&outer);
		KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
		KUNIT_EXPECT_EQ(test, atomic_read(&runs), (int)i + 1);
		if (i < 2)
			KUNIT_EXPECT_FALSE(test, own_answer);
	}
	/* And cancelling left it enabled. */
	INIT_WORK(&outer, count_fn);
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &outer));
	flush_work(&outer);
}

/* ---- flush_workqueue ---- */

static void flush_workqueue_waits_for_all_works(struct kunit *test)
{
	static struct work_struct works[20];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(works); i++) {
		INIT_WORK(&works[i], count_fn);
		queue_work_on((int)(i % num_online_cpus()), wq, &works[i]);
	}
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), (int)ARRAY_SIZE(works));
	flush_workqueue(wq);
}

/* Return when one flush more has begun than @before: what is queued now is later. */
static void flush_has_begun(unsigned long before)
{
	while (READ_ONCE(wq->flush_next) == before)
		schedule_timeout_uninterruptible(1);
	mutex_lock(&wq->mutex);
	mutex_unlock(&wq->mutex);
}

static void flush_workqueue_does_not_wait_for_later_works(struct kunit *test)
{
	unsigned long before = READ_ONCE(wq->flush_next);
	struct asked asked = { NULL };
	struct actor thread;

	enter_first_gate(test);
	actor_start(test, &thread, -1, flush_wq_thread, &asked);
	flush_has_begun(before);
	queue_work_on(0, wq, &gates[1].work);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[1]));
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, actor_join(&thread));
	KUNIT_EXPECT_FALSE(test, asked.was_running);
	KUNIT_EXPECT_EQ(test, atomic_read(&gates[1].runs), 0);
	gate_open(&gates[1]);
}

static struct completion one_is_back;

static void flush_wq_and_tell_thread(void *arg)
{
	flush_wq_thread(arg);
	complete(&one_is_back);
}

/* More than there are colours: some wait for a colour first. */
static void many_flushers_of_a_queue_all_return(struct kunit *test)
{
	static struct actor thread[2 * WORK_NR_COLORS];
	static struct asked asked[2 * WORK_NR_COLORS];
	unsigned int i;

	init_completion(&one_is_back);
	enter_first_gate(test);
	for (i = 0; i < ARRAY_SIZE(thread); i++)
		actor_start(test, &thread[i], -1, flush_wq_and_tell_thread, &asked[i]);
	while (READ_ONCE(wq->flush_next) - READ_ONCE(wq->flush_first) < WORK_NR_COLORS - 1)
		schedule_timeout_uninterruptible(1);
	let_others_wait();

	/* The first of them do not wait for what is queued now. */
	queue_work_on(0, wq, &gates[1].work);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[1]));
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&one_is_back, PATIENCE) != 0);
	complete(&gates[1].leave);
	for (i = 0; i < ARRAY_SIZE(thread); i++) {
		KUNIT_EXPECT_TRUE(test, actor_join(&thread[i]));
		KUNIT_EXPECT_FALSE(test, asked[i].was_running);
	}
}

/* ---- drain, destroy ---- */

static void chain_fn(struct work_struct *work)
{
	if (atomic_inc_return(&runs) < 5)
		queue_work(wq, work);
}

static void drain_waits_for_works_that_works_queue(struct kunit *test)
{
	INIT_WORK(&outer, chain_fn);
	queue_work(wq, &outer);
	drain_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 5);
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &count_work));
	flush_work(&count_work);
}

static void drain_thread(void *unused)
{
	drain_workqueue(wq);
}

static void queueing_on_a_queue_that_is_drained_is_refused_and_reported(struct kunit *test)
{
	struct actor thread;

	enter_first_gate(test);
	actor_start(test, &thread, -1, drain_thread, NULL);
	while (!(READ_ONCE(wq->flags) & __WQ_DRAINING) || !READ_ONCE(wq->pwqs[0]->closed))
		schedule_timeout_uninterruptible(1);
	bug_expect(1);
	KUNIT_EXPECT_FALSE(test, queue_work_on(0, wq, &count_work));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	/* It is idle, not pending for ever. */
	KUNIT_EXPECT_FALSE(test, work_pending(&count_work));
	KUNIT_EXPECT_FALSE(test, cancel_work_sync(&count_work));
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, actor_join(&thread));
	KUNIT_EXPECT_TRUE(test, queue_work_on(0, wq, &count_work));
	flush_work(&count_work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void destroy_finishes_what_is_queued(struct kunit *test)
{
	static struct work_struct works[10];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(works); i++) {
		INIT_WORK(&works[i], count_fn);
		queue_work(wq, &works[i]);
	}
	INIT_WORK(&outer, chain_fn);
	queue_work(wq, &outer);
	destroy_workqueue(wq);
	wq = NULL;
	KUNIT_EXPECT_GE(test, atomic_read(&runs), (int)ARRAY_SIZE(works) + 1);
}

/* ---- cancel ---- */

static void cancel_of_an_idle_work_returns_false(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, cancel_work(&count_work));
	KUNIT_EXPECT_FALSE(test, cancel_work_sync(&count_work));
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &count_work));
	flush_work(&count_work);
	KUNIT_EXPECT_FALSE(test, cancel_work_sync(&count_work));
}

static void cancelled_before_it_starts_never_runs(struct kunit *test)
{
	preempt_disable();
	queue_work(wq, &count_work);
	KUNIT_EXPECT_TRUE(test, cancel_work(&count_work));
	preempt_enable();
	KUNIT_EXPECT_FALSE(test, flush_work(&count_work));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	flush_workqueue(wq);
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &count_work));
	flush_work(&count_work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

/* Semantics table: two concurrent cancel_work_sync: both return after the handler has ended. */
static void all_cancellers_of_a_running_work_wait_for_its_end(struct kunit *test)
{
	struct asked asked[3] = { { &gates[0].work }, { &gates[0].work }, { &gates[0].work } };
	struct actor thread[3];
	int i;

	enter_first_gate(test);
	for (i = 0; i < 3; i++)
		actor_start(test, &thread[i], -1, cancel_thread, &asked[i]);
	let_others_wait();
	complete(&gates[0].leave);
	for (i = 0; i < 3; i++) {
		KUNIT_EXPECT_TRUE(test, actor_join(&thread[i]));
		KUNIT_EXPECT_FALSE(test, asked[i].answer);
		KUNIT_EXPECT_FALSE(test, asked[i].was_running);
	}
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &gates[0].work));
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	gate_open(&gates[0]);
}

static void cancel_of_a_work_queued_while_running_takes_it_back_and_waits(struct kunit *test)
{
	struct asked asked = { &gates[0].work };
	struct actor thread;

	enter_first_gate(test);
	queue_work_on(0, wq, &gates[0].work);
	actor_start(test, &thread, -1, cancel_thread, &asked);
	let_others_wait();
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, actor_join(&thread));
	KUNIT_EXPECT_TRUE(test, asked.answer);
	KUNIT_EXPECT_FALSE(test, asked.was_running);
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&gates[0].runs), 1);
}

/* Not sync: it returns at once, and the work can be flushed still. */
static void cancel_without_sync_of_a_running_work_does_not_wait(struct kunit *test)
{
	enter_first_gate(test);
	queue_work_on(0, wq, &gates[0].work);
	KUNIT_EXPECT_TRUE(test, cancel_work(&gates[0].work));
	KUNIT_EXPECT_FALSE(test, cancel_work(&gates[0].work));
	KUNIT_EXPECT_EQ(test, work_busy(&gates[0].work), (unsigned int)WORK_BUSY_RUNNING);
	complete(&gates[0].leave);
	flush_work(&gates[0].work);
	KUNIT_EXPECT_EQ(test, atomic_read(&gates[0].runs), 1);
}

static void requeue_when_let_go_fn(struct work_struct *work)
{
	gate_fn(work);
	own_answer = queue_work(wq, work);
}

/* While it is being cancelled not even its own function queues it. */
static void function_cannot_queue_itself_while_it_is_cancelled(struct kunit *test)
{
	struct asked asked = { &gates[0].work };
	struct actor thread;

	own_answer = true;
	gates[0].work.func = requeue_when_let_go_fn;
	enter_first_gate(test);
	actor_start(test, &thread, -1, cancel_thread, &asked);
	while (!(atomic_long_read(&gates[0].work.data) & (long)WORK_OFFQ_DISABLE_MASK))
		schedule_timeout_uninterruptible(1);
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, actor_join(&thread));
	KUNIT_EXPECT_FALSE(test, own_answer);
	KUNIT_EXPECT_EQ(test, work_busy(&gates[0].work), 0U);
}

/* Who waits for a queued work that is cancelled goes on; if it ran at that time, after that run. */
static void cancel_lets_flushers_go(struct kunit *test)
{
	struct workqueue_struct *narrow = alloc_workqueue("narrow", 0, 1);
	struct asked asked[2] = { { &count_work }, { &gates[0].work } };
	struct actor thread[2];

	KUNIT_ASSERT_NOT_NULL(test, narrow);
	queue_work_on(0, narrow, &gates[0].work);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	queue_work_on(0, narrow, &count_work);
	queue_work_on(0, narrow, &gates[0].work);
	actor_start(test, &thread[0], -1, flush_thread, &asked[0]);
	actor_start(test, &thread[1], -1, flush_thread, &asked[1]);
	let_others_wait();
	KUNIT_EXPECT_TRUE(test, cancel_work(&count_work));
	KUNIT_EXPECT_TRUE(test, actor_join(&thread[0]));
	KUNIT_EXPECT_TRUE(test, cancel_work(&gates[0].work));
	let_others_wait();
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, actor_join(&thread[1]));
	KUNIT_EXPECT_FALSE(test, asked[1].was_running);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	destroy_workqueue(narrow);
}

static void cancel_count(void *answer)
{
	*(bool *)answer = cancel_work(&count_work);
}

static void cancelled_from_hard_irq_never_runs(struct kunit *test)
{
	bool answer = false;

	preempt_disable();
	queue_work(wq, &count_work);
	in_hard_irq(cancel_count, &answer);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, answer);
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
}

/* ---- disable ---- */

static void disabled_work_is_not_queued_until_enabled_as_often(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, disable_work(&count_work));
	KUNIT_EXPECT_FALSE(test, disable_work_sync(&count_work));
	KUNIT_EXPECT_FALSE(test, queue_work(wq, &count_work));
	KUNIT_EXPECT_FALSE(test, work_pending(&count_work));
	KUNIT_EXPECT_FALSE(test, enable_work(&count_work));
	KUNIT_EXPECT_FALSE(test, queue_work(wq, &count_work));
	KUNIT_EXPECT_TRUE(test, enable_work(&count_work));
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &count_work));
	flush_work(&count_work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void disable_takes_a_queued_work_back(struct kunit *test)
{
	preempt_disable();
	queue_work(wq, &count_work);
	KUNIT_EXPECT_TRUE(test, disable_work(&count_work));
	preempt_enable();
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_TRUE(test, enable_and_queue_work(wq, &count_work));
	flush_work(&count_work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void disable_thread(void *arg)
{
	struct asked *asked = arg;

	asked->answer = disable_work_sync(asked->work);
	asked->was_running = !atomic_read(&gates[0].runs);
}

static void disable_sync_of_a_running_work_waits_for_its_end(struct kunit *test)
{
	struct asked asked = { &gates[0].work };
	struct actor thread;

	enter_first_gate(test);
	actor_start(test, &thread, -1, disable_thread, &asked);
	let_others_wait();
	complete(&gates[0].leave);
	KUNIT_EXPECT_TRUE(test, actor_join(&thread));
	KUNIT_EXPECT_FALSE(test, asked.answer);
	KUNIT_EXPECT_FALSE(test, asked.was_running);
	KUNIT_EXPECT_FALSE(test, queue_work(wq, &gates[0].work));
	/* Cancelling a disabled work leaves it disabled. */
	KUNIT_EXPECT_FALSE(test, cancel_work_sync(&gates[0].work));
	KUNIT_EXPECT_FALSE(test, queue_work(wq, &gates[0].work));
	KUNIT_EXPECT_TRUE(test, enable_work(&gates[0].work));
}

static void enable_of_an_enabled_work_is_reported_and_takes_it_off(struct kunit *test)
{
	bug_expect(2);
	KUNIT_EXPECT_TRUE(test, enable_work(&count_work));
	preempt_disable();
	queue_work(wq, &count_work);
	KUNIT_EXPECT_TRUE(test, enable_work(&count_work));
	KUNIT_EXPECT_FALSE(test, work_pending(&count_work));
	preempt_enable();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
}

static void destroy_fn(struct work_struct *work)
{
	destroy_workqueue(wq);
}

/* It cannot be empty before it is: nothing is freed, and the queue goes on. */
static void destroy_from_its_own_work_is_reported_and_changes_nothing(struct kunit *test)
{
	static DECLARE_WORK(destroyer, destroy_fn);

	bug_expect(1);
	queue_work(wq, &destroyer);
	flush_work(&destroyer);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &count_work));
	flush_work(&count_work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static struct kunit_case workqueue_wait_cases[] = {
	KUNIT_CASE(flush_of_an_idle_work_returns_false),
	KUNIT_CASE(flush_waits_for_a_queued_work),
	KUNIT_CASE(flush_waits_for_a_running_work),
	KUNIT_CASE(flush_of_a_work_queued_while_running_waits_for_both),
	KUNIT_CASE(flush_of_an_inactive_work_waits_for_it),
	KUNIT_CASE(flush_of_a_work_that_always_queues_itself_returns),
	KUNIT_CASE(flush_from_a_work_of_the_same_queue_works),
	KUNIT_CASE(waiting_for_oneself_is_reported_and_returns),
	KUNIT_CASE(flush_workqueue_waits_for_all_works),
	KUNIT_CASE(flush_workqueue_does_not_wait_for_later_works),
	KUNIT_CASE(many_flushers_of_a_queue_all_return),
	KUNIT_CASE(drain_waits_for_works_that_works_queue),
	KUNIT_CASE(queueing_on_a_queue_that_is_drained_is_refused_and_reported),
	KUNIT_CASE(destroy_finishes_what_is_queued),
	KUNIT_CASE(destroy_from_its_own_work_is_reported_and_changes_nothing),
	KUNIT_CASE(cancel_of_an_idle_work_returns_false),
	KUNIT_CASE(cancelled_before_it_starts_never_runs),
	KUNIT_CASE(all_cancellers_of_a_running_work_wait_for_its_end),
	KUNIT_CASE(cancel_of_a_work_queued_while_running_takes_it_back_and_waits),
	KUNIT_CASE(cancel_without_sync_of_a_running_work_does_not_wait),
	KUNIT_CASE(function_cannot_queue_itself_while_it_is_cancelled),
	KUNIT_CASE(cancel_lets_flushers_go),
	KUNIT_CASE(cancelled_from_hard_irq_never_runs),
	KUNIT_CASE(disabled_work_is_not_queued_until_enabled_as_often),
	KUNIT_CASE(disable_takes_a_queued_work_back),
	KUNIT_CASE(disable_sync_of_a_running_work_waits_for_its_end),
	KUNIT_CASE(enable_of_an_enabled_work_is_reported_and_takes_it_off),
	{}
};

static struct kunit_suite workqueue_wait_suite = {
	.name = "workqueue_wait",
	.init = reset,
	.exit = finish,
	.test_cases = workqueue_wait_cases,
};

kunit_test_suite(workqueue_wait_suite);
