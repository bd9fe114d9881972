// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workqueues: how many works run, and how many workers there are for them.
 */
#include <linux/delay.h>
#include <bottomhalf/mark.h>

#include "../../kernel/wq/internal.h"
#include "workqueue_helpers.h"

enum { A = 1, B, C, D };

static struct event_log ran;

/* A slow emulator must not make a hog of a work: only the test of that lets the tick count. */
static unsigned int hog_ticks;

static int remember_hog_ticks(struct kunit_suite *suite)
{
	hog_ticks = wq_hog_ticks;
	return 0;
}

static void restore_hog_ticks(struct kunit_suite *suite)
{
	wq_hog_ticks = hog_ticks;
}

static int reset(struct kunit *test)
{
	wq_hog_ticks = UINT_MAX;
	log_reset(&ran);
	gates_reset();
	return 0;
}

static struct {
	struct work_struct work;
	int event;
} logged[4];

static void log_fn(struct work_struct *work)
{
	log_event(&ran, container_of(work, typeof(logged[0]), work)->event);
}

static atomic_t inside, most_inside;

static void alone_fn(struct work_struct *work)
{
	int now = atomic_inc_return(&inside);

	if (now > atomic_read(&most_inside))
		atomic_set(&most_inside, now);
	udelay(200);
	cond_resched();
	atomic_dec(&inside);
	atomic_inc(&runs);
}

/* Works that do not sleep run one after the other, however many workers there are. */
static void works_that_do_not_sleep_run_one_at_a_time_on_a_cpu(struct kunit *test)
{
	unsigned int i;

	atomic_set(&inside, 0);
	atomic_set(&most_inside, 0);
	for (i = 0; i < 8; i++) {
		INIT_WORK(&gates[i].work, alone_fn);
		queue_work_on(0, system_wq, &gates[i].work);
	}
	for (i = 0; i < 8; i++)
		flush_work(&gates[i].work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 8);
	KUNIT_EXPECT_EQ(test, atomic_read(&most_inside), 1);
}

static bool gave_up;

/* Stays, without sleeping, until the next work has begun. */
static void spin_until_next_fn(struct work_struct *work)
{
	unsigned long end = jiffies + PATIENCE;

	while (!completion_done(&gates[1].entered) && time_before(jiffies, end))
		cond_resched();
	gave_up = !completion_done(&gates[1].entered);
}

static void expect_next_beside_a_spinner(struct kunit *test, struct workqueue_struct *wq)
{
	INIT_WORK(&gates[0].work, spin_until_next_fn);
	queue_work_on(0, wq, &gates[0].work);
	queue_work_on(0, wq, &gates[1].work);
	flush_work(&gates[0].work);
	KUNIT_EXPECT_FALSE(test, gave_up);
	gate_open(&gates[1]);
}

static void cpu_intensive_work_does_not_hold_up_the_next(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("test", WQ_CPU_INTENSIVE, 0);

	KUNIT_ASSERT_NOT_NULL(test, wq);
	expect_next_beside_a_spinner(test, wq);
	destroy_workqueue(wq);
}

static void unbound_work_does_not_hold_up_the_next(struct kunit *test)
{
	expect_next_beside_a_spinner(test, system_unbound_wq);
}

/* An ordinary work that takes its CPU for long is set apart by the tick. */
static void hog_does_not_hold_up_the_next_for_long(struct kunit *test)
{
	unsigned long hogs = system_wq->pwqs[0]->nr_hogs;

	wq_hog_ticks = hog_ticks;
	expect_next_beside_a_spinner(test, system_wq);
	KUNIT_EXPECT_EQ(test, system_wq->pwqs[0]->nr_hogs, hogs + 1);
}

static void max_active_limits_the_works_that_run_on_a_cpu(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("test", 0, 2);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	for (i = 0; i < 4; i++)
		queue_work_on(0, wq, &gates[i].work);
	pool_settle(0, system_wq);
	KUNIT_EXPECT_TRUE(test, gate_is_entered(&gates[0]));
	KUNIT_EXPECT_TRUE(test, gate_is_entered(&gates[1]));
	KUNIT_EXPECT_FALSE(test, gate_is_entered(&gates[2]));
	KUNIT_EXPECT_FALSE(test, gate_is_entered(&gates[3]));
	KUNIT_EXPECT_TRUE(test, workqueue_congested(0, wq));

	/* The one that ends makes room for the one that waited longest. */
	gate_open(&gates[1]);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[2]));
	pool_settle(0, system_wq);
	KUNIT_EXPECT_FALSE(test, gate_is_entered(&gates[3]));
	gate_open(&gates[0]);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[3]));
	KUNIT_EXPECT_FALSE(test, workqueue_congested(0, wq));
	gate_open(&gates[2]);
	gate_open(&gates[3]);
	destroy_workqueue(wq);
}

static void max_active_counts_for_each_cpu(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("test", 0, 1);
	unsigned int i;

	SKIP_ON_ONE_CPU(test);
	KUNIT_ASSERT_NOT_NULL(test, wq);
	for (i = 0; i < 2; i++)
		queue_work_on((int)i, wq, &gates[i].work);
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_TRUE(test, gate_entered(&gates[i]));
	for (i = 0; i < 2; i++)
		gate_open(&gates[i]);
	destroy_workqueue(wq);
}

static void raised_max_active_starts_what_waited(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("test", 0, 1);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	for (i = 0; i < 3; i++)
		queue_work_on(0, wq, &gates[i].work);
	pool_settle(0, system_wq);
	KUNIT_EXPECT_FALSE(test, gate_is_entered(&gates[1]));
	workqueue_set_max_active(wq, 3);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_TRUE(test, gate_entered(&gates[i]));
	for (i = 0; i < 3; i++)
		gate_open(&gates[i]);
	destroy_workqueue(wq);
}

static void lowered_max_active_starts_none_until_there_is_a_place(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("test", 0, 2);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	for (i = 0; i < 3; i++)
		queue_work_on(0, wq, &gates[i].work);
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_TRUE(test, gate_entered(&gates[i]));
	workqueue_set_max_active(wq, 1);
	gate_open(&gates[0]);
	pool_settle(0, system_wq);
	KUNIT_EXPECT_FALSE(test, gate_is_entered(&gates[2]));
	gate_open(&gates[1]);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[2]));
	gate_open(&gates[2]);
	destroy_workqueue(wq);
}

/* A work that waits below max_active and is cancelled takes nobody's place. */
static void cancelled_inactive_work_does_not_count(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("test", 0, 1);

	KUNIT_ASSERT_NOT_NULL(test, wq);
	queue_work_on(0, wq, &gates[0].work);
	queue_work_on(0, wq, &gates[1].work);
	queue_work_on(0, wq, &gates[2].work);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	KUNIT_EXPECT_TRUE(test, cancel_work_sync(&gates[1].work));
	gate_open(&gates[0]);
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[2]));
	KUNIT_EXPECT_FALSE(test, gate_is_entered(&gates[1]));
	gate_open(&gates[2]);

	/* And an active one that is cancelled gives its place away. */
	preempt_disable();
	queue_work(wq, &gates[3].work);
	queue_work(wq, &gates[4].work);
	KUNIT_EXPECT_TRUE(test, cancel_work(&gates[3].work));
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[4]));
	gate_open(&gates[4]);
	destroy_workqueue(wq);
}

static void ordered_queue_runs_one_at_a_time_in_order(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("test", 0);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	/* The first one keeps the others waiting, from whatever CPU they come. */
	queue_work(wq, &gates[0].work);
	for (i = 0; i < 4; i++) {
		INIT_WORK(&logged[i].work, log_fn);
		logged[i].event = A + i;
		queue_work_on((int)(i % num_online_cpus()), wq, &logged[i].work);
	}
	KUNIT_EXPECT_TRUE(test, gate_entered(&gates[0]));
	pool_settle(0, system_unbound_wq);
	EXPECT_LOG(test, &ran);
	gate_open(&gates[0]);
	flush_workqueue(wq);
	EXPECT_LOG(test, &ran, A, B, C, D);
	destroy_workqueue(wq);
}

static int nr_workers(struct worker_pool *pool)
{
	int nr;

	raw_spin_lock_irq(&pool->lock);
	nr = (int)pool->nr_workers;
	raw_spin_unlock_irq(&pool->lock);
	return nr;
}

/* A waker counts the worker that it wakes: a batch wakes one. */
static void batch_of_quick_works_needs_no_more_workers(struct kunit *test)
{
	struct worker_pool *pool = system_wq->pwqs[0]->pool;
	static struct work_struct batch[100];
	int i, before;

	pool_settle(0, system_wq);
	before = nr_workers(pool);
	for (i = 0; i < 100; i++) {
		INIT_WORK(&batch[i], count_fn);
		queue_work_on(0, system_wq, &batch[i]);
	}
	flush_workqueue(system_wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 100);
	KUNIT_EXPECT_EQ(test, nr_workers(pool), before);
}

static int nr_threads(struct worker_pool *pool)
{
	int nr;

	raw_spin_lock_irq(&pool->lock);
	nr = (int)list_count_nodes(&pool->workers);
	raw_spin_unlock_irq(&pool->lock);
	return nr;
}

static void use_eight_workers(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 8; i++)
		queue_work_on(0, system_highpri_wq, &gates[i].work);
	for (i = 0; i < 8; i++)
		KUNIT_EXPECT_TRUE(test, gate_entered(&gates[i]));
	KUNIT_EXPECT_GE(test, nr_workers(system_highpri_wq->pwqs[0]->pool), 9);
	for (i = 0; i < 8; i++)
		gate_open(&gates[i]);
}

static void idle_workers_above_the_kept_number_are_culled(struct kunit *test)
{
	struct worker_pool *pool = system_highpri_wq->pwqs[0]->pool;
	unsigned long end = jiffies + PATIENCE;
	unsigned long timeout = wq_idle_timeout;

	wq_idle_timeout = 1;
	use_eight_workers(test);
	/* It may have been armed with the usual time before. */
	mod_timer(&pool->cull_timer, jiffies);
	while (nr_threads(pool) > WORKERS_KEPT_IDLE && time_before(jiffies, end))
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, nr_threads(pool), WORKERS_KEPT_IDLE);
	KUNIT_EXPECT_EQ(test, nr_workers(pool), WORKERS_KEPT_IDLE);
	wq_idle_timeout = timeout;

	/* None that is gone is called. */
	use_eight_workers(test);
}

/* Until all workers are idle; then nobody but the timer changes that, and it is out. */
static void come_to_rest(struct kunit *test, struct worker_pool *pool)
{
	unsigned long end = jiffies + PATIENCE;
	bool idle;

	do {
		schedule_timeout_uninterruptible(1);
		raw_spin_lock_irq(&pool->lock);
		idle = pool->nr_idle == pool->nr_workers;
		raw_spin_unlock_irq(&pool->lock);
	} while (!idle && time_before(jiffies, end));
	KUNIT_EXPECT_TRUE(test, idle);
	timer_delete_sync(&pool->cull_timer);
}

static void idle_worker_whose_time_is_not_over_is_looked_at_again(struct kunit *test)
{
	struct worker_pool *pool = system_highpri_wq->pwqs[0]->pool;
	unsigned long timeout = wq_idle_timeout;
	int before;

	use_eight_workers(test);
	come_to_rest(test, pool);
	wq_idle_timeout = 1000 * HZ;
	before = nr_workers(pool);
	cull_timer_fn(&pool->cull_timer);
	KUNIT_EXPECT_EQ(test, nr_workers(pool), before);
	KUNIT_EXPECT_TRUE(test, timer_pending(&pool->cull_timer));
	KUNIT_EXPECT_TRUE(test, time_after(pool->cull_timer.expires, jiffies + 900 * HZ));
	wq_idle_timeout = timeout;
}

static struct gate crowd[WORKERS_CULLED_AT_ONCE + 8];

/* So many works asleep at once that the pool has as many workers. */
static void gather_a_crowd(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(crowd); i++) {
		gate_init(&crowd[i]);
		queue_work_on(0, system_highpri_wq, &crowd[i].work);
	}
	for (i = 0; i < ARRAY_SIZE(crowd); i++)
		KUNIT_EXPECT_TRUE(test, gate_entered(&crowd[i]));
	for (i = 0; i < ARRAY_SIZE(crowd); i++)
		gate_open(&crowd[i]);
}

static bool numbers_ascend(struct worker_pool *pool)
{
	struct worker *worker;
	int last = -1;
	bool ascend = true;

	raw_spin_lock_irq(&pool->lock);
	list_for_each_entry(worker, &pool->workers, node) {
		ascend = ascend && (int)worker->number > last;
		last = (int)worker->number;
	}
	raw_spin_unlock_irq(&pool->lock);
	return ascend;
}

/* Interrupts are off meanwhile. */
static void crowd_of_idle_workers_goes_a_few_at_a_time(struct kunit *test)
{
	struct worker_pool *pool = system_highpri_wq->pwqs[0]->pool;
	unsigned long timeout = wq_idle_timeout;
	unsigned long end;
	int before;

	gather_a_crowd(test);
	come_to_rest(test, pool);
	wq_idle_timeout = 0;
	/* The timer is armed again, on this CPU, and waits. */
	local_bh_disable();
	before = nr_workers(pool);
	KUNIT_EXPECT_GT(test, before, (int)ARRAY_SIZE(crowd));
	cull_timer_fn(&pool->cull_timer);
	KUNIT_EXPECT_EQ(test, before - nr_workers(pool), WORKERS_CULLED_AT_ONCE);
	local_bh_enable();
	end = jiffies + PATIENCE;
	while (nr_threads(pool) > WORKERS_KEPT_IDLE && time_before(jiffies, end))
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, nr_threads(pool), WORKERS_KEPT_IDLE);
	wq_idle_timeout = timeout;

	/* New ones fill the gaps. */
	use_eight_workers(test);
	KUNIT_EXPECT_TRUE(test, numbers_ascend(pool));
}

static void worker_that_cannot_be_made_is_made_later(struct kunit *test)
{
	struct worker_pool *pool = system_highpri_wq->pwqs[0]->pool;
	unsigned int i;

	if (!fault_arm("workqueue.create_worker", 0))
		kunit_skip(test, "needs CONFIG_MARKS");
	/*
	 * More works that sleep than there are workers: one must be made, and the first try fails.
	 */
	for (i = 0; i < ARRAY_SIZE(gates); i++)
		queue_work_on(0, system_highpri_wq, &gates[i].work);
	for (i = 0; i < ARRAY_SIZE(gates); i++)
		KUNIT_EXPECT_TRUE(test, gate_entered(&gates[i]));
	for (i = 0; i < ARRAY_SIZE(gates); i++)
		gate_open(&gates[i]);
	KUNIT_EXPECT_EQ(test, fault_disarm_all(), 0U);
	KUNIT_EXPECT_GE(test, nr_workers(pool), (int)ARRAY_SIZE(gates));
}

static struct kunit_case workqueue_pool_cases[] = {
	KUNIT_CASE(works_that_do_not_sleep_run_one_at_a_time_on_a_cpu),
	KUNIT_CASE(cpu_intensive_work_does_not_hold_up_the_next),
	KUNIT_CASE(unbound_work_does_not_hold_up_the_next),
	KUNIT_CASE(hog_does_not_hold_up_the_next_for_long),
	KUNIT_CASE(max_active_limits_the_works_that_run_on_a_cpu),
	KUNIT_CASE(max_active_counts_for_each_cpu),
	KUNIT_CASE(raised_max_active_starts_what_waited),
	KUNIT_CASE(lowered_max_active_starts_none_until_there_is_a_place),
	KUNIT_CASE(cancelled_inactive_work_does_not_count),
	KUNIT_CASE(ordered_queue_runs_one_at_a_time_in_order),
	KUNIT_CASE(batch_of_quick_works_needs_no_more_workers),
	KUNIT_CASE(idle_workers_above_the_kept_number_are_culled),
	KUNIT_CASE(idle_worker_whose_time_is_not_over_is_looked_at_again),
	KUNIT_CASE(crowd_of_idle_workers_goes_a_few_at_a_time),
	KUNIT_CASE(worker_that_cannot_be_made_is_made_later),
	{}
};

static struct kunit_suite workqueue_pool_suite = {
	.name = "workqueue_pool",
	.suite_init = remember_hog_ticks,
	.suite_exit = restore_hog_ticks,
	.init = reset,
	.test_cases = workqueue_pool_cases,
};

kunit_test_suite(workqueue_pool_suite);
