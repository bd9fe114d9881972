// SPDX-License-Identifier: GPL-2.0-only
/*
 * Delayed works: timer against cancel, mod, flush and queue. The answers add up: what was armed is
 * run or cancelled.
 *
 * A mod that finds the work idle answers false, also when it is just being cancelled and so cannot
 * be armed: where things are to add up the cancellers beside a mod do not wait.
 */
#include "workqueue_helpers.h"

static struct delayed_work dwork;
static atomic_t armed, cancelled, runs, inside, twice;

static void note_fn(struct work_struct *work)
{
	if (atomic_inc_return(&inside) != 1)
		atomic_inc(&twice);
	atomic_inc(&runs);
	atomic_dec(&inside);
}

static void begin(void)
{
	INIT_DELAYED_WORK(&dwork, note_fn);
	atomic_set(&armed, 0);
	atomic_set(&cancelled, 0);
	atomic_set(&runs, 0);
	atomic_set(&inside, 0);
	atomic_set(&twice, 0);
}

static void arm(void *unused)
{
	if (schedule_delayed_work(&dwork, scenario_choose(3)))
		atomic_inc(&armed);
}

static void mod(void *unused)
{
	if (!mod_delayed_work(system_wq, &dwork, scenario_choose(3)))
		atomic_inc(&armed);
}

static void mod_elsewhere(void *unused)
{
	/*
	 * Another queue, and another CPU, but the pools are of one kind: else it would run beside
	 * itself.
	 */
	if (!mod_delayed_work_on((int)num_online_cpus() - 1, system_long_wq, &dwork,
				 scenario_choose(2)))
		atomic_inc(&armed);
}

static void cancel_from_irq(void *unused)
{
	if (cancel_delayed_work(&dwork))
		atomic_inc(&cancelled);
}

static void cancel_sync(void *unused)
{
	if (cancel_delayed_work_sync(&dwork))
		atomic_inc(&cancelled);
}

static void flush(void *unused)
{
	flush_delayed_work(&dwork);
}

static void finish(struct kunit *test)
{
	scenario_settle();
	cancel_sync(NULL);
	KUNIT_EXPECT_EQ(test, atomic_read(&inside), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&twice), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&armed) - atomic_read(&cancelled), atomic_read(&runs));
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&dwork));
	KUNIT_EXPECT_FALSE(test, timer_pending(&dwork.timer));
}

/* E3 */
static void timer_against_mod_and_cancel_adds_up(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin();
	arm(NULL);
	scenario_inject(mod, NULL);
	scenario_inject(cancel_from_irq, NULL);
	scenario_start(test, &thread[0], 0, mod, NULL);
	scenario_start(test, &thread[1], 1, cancel_from_irq, NULL);
	schedule_timeout_uninterruptible(1);
	arm(NULL);
	scenario_join(&thread[0]);
	scenario_join(&thread[1]);
	finish(test);
}
SCENARIO(timer_against_mod_and_cancel_adds_up);

static void timer_against_waiting_cancellers_adds_up(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin();
	arm(NULL);
	scenario_inject(arm, NULL);
	scenario_inject(cancel_from_irq, NULL);
	scenario_start_each(test, thread, 2, cancel_sync, NULL);
	schedule_timeout_uninterruptible(1);
	arm(NULL);
	scenario_join_each(thread, 2);
	finish(test);
}
SCENARIO(timer_against_waiting_cancellers_adds_up);

static void mods_to_different_queues_add_up(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin();
	arm(NULL);
	scenario_inject(mod, NULL);
	scenario_start(test, &thread[0], 0, mod_elsewhere, NULL);
	scenario_start(test, &thread[1], 1, mod, NULL);
	schedule_timeout_uninterruptible(1);
	mod_elsewhere(NULL);
	scenario_join(&thread[0]);
	scenario_join(&thread[1]);
	finish(test);
}
SCENARIO(mods_to_different_queues_add_up);

/* After a flush that follows the arming, and nobody else, it has run. */
static void flush_of_an_armed_one_has_run_it(struct kunit *test)
{
	struct scenario_thread thread;

	begin();
	if (schedule_delayed_work(&dwork, 1 + scenario_choose(3)))
		atomic_inc(&armed);
	scenario_start(test, &thread, 1, flush, NULL);
	if (scenario_choose(2))
		schedule_timeout_uninterruptible(1);
	flush_delayed_work(&dwork);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	scenario_join(&thread);
	finish(test);
}
SCENARIO(flush_of_an_armed_one_has_run_it);

static void flush_against_mod_and_cancel_returns(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin();
	arm(NULL);
	scenario_inject(mod, NULL);
	scenario_start(test, &thread[0], 0, flush, NULL);
	scenario_start(test, &thread[1], 1, cancel_from_irq, NULL);
	mod(NULL);
	scenario_join(&thread[0]);
	scenario_join(&thread[1]);
	finish(test);
}
SCENARIO(flush_against_mod_and_cancel_returns);

/* Only the function arms it: a cancel ends that. */
static void rearm_fn(struct work_struct *work)
{
	note_fn(work);
	arm(NULL);
}

static void periodic_one_is_over_after_one_cancel(struct kunit *test)
{
	begin();
	dwork.work.func = rearm_fn;
	arm(NULL);
	if (scenario_choose(2))
		schedule_timeout_uninterruptible(2);
	cancel_sync(NULL);
	KUNIT_EXPECT_EQ(test, work_busy(&dwork.work), 0U);
	finish(test);
}
SCENARIO(periodic_one_is_over_after_one_cancel);

static void inject_cancel(struct timer_list *timer)
{
	scenario_inject_on(raw_smp_processor_id(), cancel_from_irq, NULL);
}

/*
 * An interrupt in the middle of the softirq that runs the timers, where the timer is not pending
 * any more and the work not queued yet: who spins there for the work spins for ever, unless the
 * timer is IRQSAFE.
 */
static void interrupted_timer_softirq_does_not_hang(struct kunit *test)
{
	struct timer_list before, after;

	begin();
	timer_setup_on_stack(&before, inject_cancel, 0);
	timer_setup_on_stack(&after, inject_cancel, 0);
	preempt_disable();
	mod_timer(&before, jiffies + 2);
	if (schedule_delayed_work(&dwork, 2))
		atomic_inc(&armed);
	mod_timer(&after, jiffies + 2);
	preempt_enable();
	schedule_timeout_uninterruptible(4);
	timer_delete_sync(&before);
	timer_delete_sync(&after);
	timer_destroy_on_stack(&before);
	timer_destroy_on_stack(&after);
	finish(test);
}
SCENARIO(interrupted_timer_softirq_does_not_hang, .cpus_max = 2);
