// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sleeping, waking, preempting, moving: under every schedule no wake-up is lost, none counts twice, a
 * task runs in one place at a time, and where it may.
 */
#include <kunit/scenario.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/task.h>

/* ---- a condition and a wake-up ---- */

static int condition;
static struct task_struct *waiter;

static void set_and_wake(void *unused)
{
	WRITE_ONCE(condition, 1);
	wake_up_process(waiter);
}

static void wait_for_condition(void)
{
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (READ_ONCE(condition))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	WRITE_ONCE(condition, 0);
}

static void wake_up_from_an_interrupt_is_not_lost(struct kunit *test)
{
	int i;

	condition = 0;
	waiter = current;
	for (i = 0; i < 5; i++) {
		scenario_inject(set_and_wake, NULL);
		wait_for_condition();
		scenario_settle();
		condition = 0;
	}
}
SCENARIO(wake_up_from_an_interrupt_is_not_lost, .must_hit = { "sched: woken before it slept" });

static void wake_up_from_another_task_is_not_lost(struct kunit *test)
{
	struct scenario_thread thread[2];
	int i;

	condition = 0;
	waiter = current;
	for (i = 0; i < 2; i++) {
		scenario_start(test, &thread[i], i, set_and_wake, NULL);
		wait_for_condition();
		scenario_join(&thread[i]);
	}
}
SCENARIO(wake_up_from_another_task_is_not_lost);

static u64 woken_at;

static void set_and_wake_and_tell_when(void *unused)
{
	woken_at = sched_clock();
	set_and_wake(NULL);
}

/*
 * Were the idle task to look at need-resched with interrupts on, it would sleep over a wake-up that comes
 * right after, until the next tick. On one CPU nothing else can make it that late.
 */
static void wake_up_of_an_idle_cpu_takes_effect_at_once(struct kunit *test)
{
	int i;

	condition = 0;
	waiter = current;
	for (i = 0; i < 5; i++) {
		scenario_inject(set_and_wake_and_tell_when, NULL);
		wait_for_condition();
		if (scenario_simulated())
			KUNIT_EXPECT_LT(test, sched_clock() - woken_at, NSEC_PER_SEC / HZ / 4 * 3);
		scenario_settle();
		condition = 0;
	}
}
SCENARIO(wake_up_of_an_idle_cpu_takes_effect_at_once, .cpus_min = 1, .cpus_max = 1);

/* ---- many wakers, one sleeper ---- */

#define SLEEPS	6

static atomic_t answered;	/* wake-ups that said that they woke */
static int sleeps_done;

static void sleep_a_few_times(void *unused)
{
	int i;

	for (i = 0; i < SLEEPS; i++) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	WRITE_ONCE(sleeps_done, 1);
}

static void wake_once(void *unused)
{
	atomic_add(wake_up_process(waiter), &answered);
}

static void wake_until_done(void *unused)
{
	while (!READ_ONCE(sleeps_done)) {
		wake_once(NULL);
		yield();
		arch_cpu_relax();
	}
}

/* Each sleep ends by one wake-up that says so, and each that says so ends one sleep. */
static void each_successful_wake_up_ends_one_sleep(struct kunit *test)
{
	struct scenario_thread sleeper, waker[2];
	int i;

	atomic_set(&answered, 0);
	sleeps_done = 0;
	scenario_start(test, &sleeper, (int)scenario_choose(3) - 1, sleep_a_few_times, NULL);
	waiter = get_task_struct(sleeper.task);
	for (i = 0; i < 3; i++)
		scenario_inject(wake_once, NULL);
	scenario_start_each(test, waker, 2, wake_until_done, NULL);
	scenario_join(&sleeper);
	scenario_join_each(waker, 2);
	scenario_settle();
	/* The wake-up that started the thread was the helper's. */
	KUNIT_EXPECT_EQ(test, atomic_read(&answered), SLEEPS);
	put_task_struct(waiter);
}
SCENARIO(each_successful_wake_up_ends_one_sleep);

/* ---- preempted anywhere ---- */

static int shared[4];		/* a word a CPU, protected by preempt_disable() alone */
static int torn;

static void touch_shared(void)
{
	int *word, seen;

	preempt_disable();
	word = &shared[raw_smp_processor_id() % 4];
	seen = READ_ONCE(*word);
	WRITE_ONCE(*word, seen + 1);
	if (READ_ONCE(*word) != seen + 1)
		WRITE_ONCE(torn, 1);
	WRITE_ONCE(*word, seen);
	preempt_enable();
}

static void touch_and_sleep(void *unused)
{
	int i;

	for (i = 0; i < 3; i++) {
		touch_shared();
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
	touch_shared();
}

static struct scenario_thread urgent;

static void wake_urgent(void *unused)
{
	wake_up_process(urgent.task);
}

static void preempt_disable_keeps_everybody_off_this_cpu(struct kunit *test)
{
	int i;

	torn = 0;
	scenario_start(test, &urgent, 0, touch_and_sleep, NULL);
	get_task_struct(urgent.task);
	sched_set_fifo(urgent.task);
	for (i = 0; i < 6; i++)
		scenario_inject(wake_urgent, NULL);
	for (i = 0; i < 20; i++)
		touch_shared();
	scenario_settle();
	while (!completion_done(&urgent.done)) {
		wake_urgent(NULL);
		schedule_timeout_uninterruptible(1);
	}
	scenario_join(&urgent);
	put_task_struct(urgent.task);
	KUNIT_EXPECT_EQ(test, torn, 0);
}
SCENARIO(preempt_disable_keeps_everybody_off_this_cpu);

/* ---- moved while it sleeps, wakes, waits and runs ---- */

static unsigned long allowed;		/* the mask, once it is in force */
static int version;			/* odd: it is being changed */
static int outside, finished;

static void check_where_i_am(void)
{
	unsigned int cpu;
	int before, after;
	unsigned long mask;

	preempt_disable();
	before = READ_ONCE(version);
	smp_rmb();	/* pairs with the smp_wmb() in change_mask() */
	mask = READ_ONCE(allowed);
	cpu = raw_smp_processor_id();
	smp_rmb();	/* the same */
	after = READ_ONCE(version);
	if (before == after && !(before & 1) && !(mask & BIT(cpu)))
		WRITE_ONCE(outside, 1);
	preempt_enable();
}

static void run_and_sleep_until_finished(void *unused)
{
	while (!READ_ONCE(finished)) {
		check_where_i_am();
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (!READ_ONCE(finished))
			schedule();
		__set_current_state(TASK_RUNNING);
		check_where_i_am();
	}
}

static void change_mask(unsigned long bits)
{
	struct cpumask mask = CPU_MASK_NONE;

	cpumask_bits(&mask)[0] = bits;
	WRITE_ONCE(version, version + 1);
	smp_wmb();	/* pairs with the smp_rmb() in check_where_i_am() */
	set_cpus_allowed_ptr(waiter, &mask);
	WRITE_ONCE(allowed, bits);
	smp_wmb();	/* the same */
	WRITE_ONCE(version, version + 1);
}

static void wake_waiter(void *unused)
{
	wake_up_process(waiter);
}

static void wake_a_few_times(void *unused)
{
	int i;

	for (i = 0; i < 4; i++)
		wake_waiter(NULL);
}

static void moved_task_runs_where_it_may(struct kunit *test)
{
	unsigned long all = cpumask_bits(cpu_online_mask)[0];
	struct scenario_thread mover, waker;
	int i;

	outside = finished = version = 0;
	allowed = all;
	scenario_start(test, &mover, -1, run_and_sleep_until_finished, NULL);
	waiter = get_task_struct(mover.task);
	scenario_start(test, &waker, 0, wake_a_few_times, NULL);
	scenario_inject(wake_waiter, NULL);
	scenario_inject(wake_waiter, NULL);
	for (i = 0; i < 4; i++) {
		unsigned long one = BIT(scenario_choose(num_online_cpus()));

		change_mask(i & 1 ? one : all & ~one);
		wake_waiter(NULL);
	}
	scenario_join(&waker);
	scenario_settle();
	WRITE_ONCE(finished, 1);
	wake_waiter(NULL);
	scenario_join(&mover);
	put_task_struct(waiter);
	KUNIT_EXPECT_EQ(test, outside, 0);
}
SCENARIO(moved_task_runs_where_it_may, .cpus_min = 2, .cpus_max = 3,
	 .must_hit = { "sched: woken on another CPU", "sched: running task carried to another CPU",
		       "sched: task moved to another run queue while we took the lock" });

/* ---- everything at once ---- */

static void change_policy(void *unused)
{
	int i;

	for (i = 0; i < 3; i++) {
		sched_set_fifo(waiter);
		set_user_nice(waiter, i);
		sched_set_normal(waiter, -i);
	}
}

static void policy_may_change_at_any_time(struct kunit *test)
{
	struct scenario_thread target, changer[2];
	int i;

	finished = version = 0;
	allowed = cpumask_bits(cpu_online_mask)[0];
	scenario_start(test, &target, -1, run_and_sleep_until_finished, NULL);
	waiter = get_task_struct(target.task);
	for (i = 0; i < 3; i++)
		scenario_inject(wake_waiter, NULL);
	scenario_start_each(test, changer, 2, change_policy, NULL);
	scenario_join_each(changer, 2);
	scenario_settle();
	WRITE_ONCE(finished, 1);
	wake_waiter(NULL);
	scenario_join(&target);
	KUNIT_EXPECT_TRUE(test, !rt_task(waiter));
	put_task_struct(waiter);
}
SCENARIO(policy_may_change_at_any_time);

/* ---- idle CPUs help ---- */

static void spin_a_little(void *unused)
{
	int i;

	for (i = 0; i < 50; i++) {
		touch_shared();
		cond_resched();
	}
}

static void more_tasks_than_cpus_all_end(struct kunit *test)
{
	struct scenario_thread thread[6];
	int i;

	torn = 0;
	for (i = 0; i < 6; i++)
		scenario_start(test, &thread[i], -1, spin_a_little, NULL);
	scenario_join_each(thread, 6);
	KUNIT_EXPECT_EQ(test, torn, 0);
}
SCENARIO(more_tasks_than_cpus_all_end);
