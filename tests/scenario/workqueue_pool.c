// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workers asleep and awake: a work that can run does run, whoever sleeps, comes or goes.
 */
#include "workqueue_helpers.h"
#include "../../kernel/wq/internal.h"

static struct {
	struct work_struct work;
	struct completion done;
} link[4];

/*
 * Each one waits for the next, all are on one CPU: they end only if each sleeper lets another
 * begin.
 */
static void wait_for_next_fn(struct work_struct *work)
{
	typeof(link[0]) *self = container_of(work, typeof(link[0]), work);
	typeof(link[0]) *next = self + 1;

	if (next < link + ARRAY_SIZE(link))
		wait_for_completion(&next->done);
	complete(&self->done);
}

static void queue_link(void *arg)
{
	queue_work_on(0, system_wq, &((typeof(link[0]) *)arg)->work);
}

static void init_links(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(link); i++) {
		INIT_WORK(&link[i].work, wait_for_next_fn);
		init_completion(&link[i].done);
	}
}

/* D2 */
static void works_that_wait_for_later_works_end(struct kunit *test)
{
	struct scenario_thread thread;

	init_links();
	queue_link(&link[0]);
	scenario_inject(queue_link, &link[1]);
	scenario_start(test, &thread, 1, queue_link, &link[2]);
	queue_link(&link[3]);
	wait_for_completion(&link[0].done);
	scenario_join(&thread);
	scenario_settle();
	flush_workqueue(system_wq);
}
SCENARIO(works_that_wait_for_later_works_end);

/* The same while no worker can be made at first. */
static void works_end_although_a_worker_cannot_be_made_at_once(struct kunit *test)
{
	init_links();
	if (!fault_arm("workqueue.create_worker", scenario_choose(2)))
		kunit_skip(test, "needs CONFIG_MARKS");
	queue_link(&link[0]);
	queue_link(&link[1]);
	scenario_inject(queue_link, &link[2]);
	queue_link(&link[3]);
	wait_for_completion(&link[0].done);
	scenario_settle();
	flush_workqueue(system_wq);
	fault_disarm_all();
}
SCENARIO(works_end_although_a_worker_cannot_be_made_at_once,
	 .must_hit = { "workqueue: no worker could be made" });

/* Idle workers go while works come. */
static void culling_against_queueing_loses_nothing(struct kunit *test)
{
	unsigned long timeout = wq_idle_timeout;
	int i;

	wq_idle_timeout = 1;
	for (i = 0; i < 3; i++) {
		init_links();
		queue_link(&link[3]);
		queue_link(&link[0]);
		queue_link(&link[1]);
		scenario_inject(queue_link, &link[2]);
		wait_for_completion(&link[0].done);
		scenario_settle();
		flush_workqueue(system_wq);
		schedule_timeout_uninterruptible(1 + scenario_choose(4));
	}
	wq_idle_timeout = timeout;
}
SCENARIO(culling_against_queueing_loses_nothing,
	 .must_hit = { "workqueue: worker culled" });

static atomic_t at_once, most;

static void busy_fn(struct work_struct *work)
{
	int now = atomic_inc_return(&at_once);

	if (now > atomic_read(&most))
		atomic_set(&most, now);
	yield();	/* to a second worker, if one was woken */
	atomic_dec(&at_once);
}

static void nothing_fn(struct work_struct *work)
{
}

static void queue_busy(void *work)
{
	queue_work_on(0, system_wq, work);
}

/*
 * Simulated time is not what takes long: nobody is a hog from now on. Returns what is to be put
 * back.
 */
static unsigned int allow_hogs(void)
{
	unsigned int before = wq_hog_ticks;

	WRITE_ONCE(wq_hog_ticks, UINT_MAX);
	return before;
}

/* Works that never sleep: one worker at a time, in whatever order they are queued and woken. */
static void works_that_do_not_sleep_run_one_at_a_time(struct kunit *test)
{
	unsigned int i, hog_ticks = allow_hogs();
	static struct work_struct busy[4];
	struct scenario_thread thread;

	atomic_set(&at_once, 0);
	atomic_set(&most, 0);
	for (i = 0; i < ARRAY_SIZE(busy); i++)
		INIT_WORK(&busy[i], busy_fn);
	scenario_inject(queue_busy, &busy[0]);
	scenario_start(test, &thread, 1, queue_busy, &busy[1]);
	queue_busy(&busy[2]);
	queue_busy(&busy[3]);
	scenario_join(&thread);
	scenario_settle();
	flush_workqueue(system_wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&most), 1);
	WRITE_ONCE(wq_hog_ticks, hog_ticks);
}
SCENARIO(works_that_do_not_sleep_run_one_at_a_time);

/* A work that holds up nobody, and after it, maybe in the same worker, works that do. */
static void works_after_a_cpu_intensive_one_run_one_at_a_time(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("intensive", WQ_CPU_INTENSIVE, 0);
	unsigned int i, hog_ticks = allow_hogs();
	static struct work_struct busy[4], intensive;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	atomic_set(&at_once, 0);
	atomic_set(&most, 0);
	INIT_WORK(&intensive, nothing_fn);
	for (i = 0; i < ARRAY_SIZE(busy); i++)
		INIT_WORK(&busy[i], busy_fn);
	queue_work_on(0, wq, &intensive);
	for (i = 0; i < ARRAY_SIZE(busy); i++)
		queue_busy(&busy[i]);
	flush_workqueue(wq);
	flush_workqueue(system_wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&most), 1);
	destroy_workqueue(wq);
	WRITE_ONCE(wq_hog_ticks, hog_ticks);
}
SCENARIO(works_after_a_cpu_intensive_one_run_one_at_a_time);

static void wake_all_workers(void *unused)
{
	struct worker_pool *pool = system_wq->pwqs[0]->pool;
	struct worker *worker;
	unsigned long irqflags;

	raw_spin_lock_irqsave(&pool->lock, irqflags);
	list_for_each_entry(worker, &pool->workers, node)
		if (worker->task)
			wake_up_process(worker->task);
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);
}

/* Wake-ups out of nowhere, as late ones of other waits are: an idle worker goes on sleeping. */
static void spurious_wakeups_of_workers_change_nothing(struct kunit *test)
{
	struct worker_pool *pool = system_wq->pwqs[0]->pool;
	int i;

	init_links();
	for (i = 0; i < 3; i++)
		scenario_inject(wake_all_workers, NULL);
	for (i = 0; i < 4; i++)
		queue_link(&link[i]);
	wake_all_workers(NULL);
	wait_for_completion(&link[0].done);
	scenario_settle();
	flush_workqueue(system_wq);

	wake_all_workers(NULL);
	init_links();
	queue_link(&link[3]);
	flush_work(&link[3].work);
	raw_spin_lock_irq(&pool->lock);
	KUNIT_EXPECT_LE(test, pool->nr_running, 1U);
	KUNIT_EXPECT_LE(test, pool->nr_idle, pool->nr_workers);
	raw_spin_unlock_irq(&pool->lock);
}
SCENARIO(spurious_wakeups_of_workers_change_nothing);
