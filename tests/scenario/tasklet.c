// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasklets under every schedule: never twice at once, no schedule lost, disable and kill mean it.
 *
 * The measure of "no schedule lost": before each tasklet_schedule() a number goes up; after it, some run
 * that starts later must see a number at least as high.
 */
#include <kunit/scenario.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/sched.h>
#include <arch/cpu.h>

static atomic_t asked;		/* schedules so far */
static atomic_t seen;		/* what the last run saw of it */
static atomic_t runs, inside, twice;
static int forbidden;		/* it must not run now */
static int ran_while_forbidden;

static void run(struct tasklet_struct *t)
{
	if (atomic_inc_return(&inside) != 1)
		atomic_inc(&twice);
	if (READ_ONCE(forbidden))
		WRITE_ONCE(ran_while_forbidden, 1);
	atomic_set(&seen, atomic_read(&asked));
	atomic_inc(&runs);
	atomic_dec(&inside);
}

static struct tasklet_struct tasklet;

static void begin(void (*fn)(struct tasklet_struct *))
{
	tasklet_setup(&tasklet, fn);
	atomic_set(&asked, 0);
	atomic_set(&seen, 0);
	atomic_set(&runs, 0);
	atomic_set(&inside, 0);
	atomic_set(&twice, 0);
	forbidden = ran_while_forbidden = 0;
}

static void ask(void *unused)
{
	atomic_inc(&asked);
	tasklet_schedule(&tasklet);
}

static void ask_hi(void *unused)
{
	atomic_inc(&asked);
	tasklet_hi_schedule(&tasklet);
}

static void finish(struct kunit *test)
{
	scenario_settle();
	tasklet_kill(&tasklet);
	KUNIT_EXPECT_EQ(test, atomic_read(&seen), atomic_read(&asked));
	KUNIT_EXPECT_EQ(test, atomic_read(&twice), 0);
	KUNIT_EXPECT_LE(test, atomic_read(&runs), atomic_read(&asked));
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
	KUNIT_EXPECT_EQ(test, tasklet.state, 0UL);
}

static void ask_twice(void *unused)
{
	ask(NULL);
	ask(NULL);
}

/* C1, C2, C3 */
static void scheduled_from_everywhere_runs_alone_and_sees_all(struct kunit *test)
{
	struct scenario_thread thread[2];
	int i;

	begin(run);
	for (i = 0; i < 4; i++)
		scenario_inject(i % 2 ? ask_hi : ask, NULL);
	scenario_start_each(test, thread, 2, ask_twice, NULL);
	scenario_join_each(thread, 2);
	finish(test);
}
SCENARIO(scheduled_from_everywhere_runs_alone_and_sees_all);

/* As many tasklets as there are who schedule; each takes one. */
#define MANY	8

static struct tasklet_struct many[MANY];
static atomic_t taken, ran_each[MANY];

static void count_mine(struct tasklet_struct *t)
{
	atomic_inc(&ran_each[t - many]);
}

static void schedule_mine(void *unused)
{
	tasklet_schedule(&many[atomic_fetch_inc(&taken)]);
}

static int how_many_ran_once(void)
{
	int i, n = 0;

	for (i = 0; i < MANY; i++)
		n += atomic_read(&ran_each[i]) == 1;
	return n;
}

/* Interrupts append while a task does, in each of its contexts, and while the list is being taken. */
static void appended_by_interrupts_at_any_point_none_is_lost(struct kunit *test)
{
	int i;

	atomic_set(&taken, 0);
	for (i = 0; i < MANY; i++) {
		tasklet_setup(&many[i], count_mine);
		atomic_set(&ran_each[i], 0);
	}
	for (i = 0; i < 3; i++)
		scenario_inject(schedule_mine, NULL);
	schedule_mine(NULL);
	local_bh_disable();
	schedule_mine(NULL);
	schedule_mine(NULL);
	local_bh_enable();
	schedule_mine(NULL);
	schedule_mine(NULL);
	scenario_settle();
	/* The rest is ksoftirqd's: a lost one does not run in any number of ticks. */
	for (i = 0; i < 10 && how_many_ran_once() < MANY; i++)
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, how_many_ran_once(), MANY);
}
SCENARIO(appended_by_interrupts_at_any_point_none_is_lost);

static void run_and_ask_again(struct tasklet_struct *t)
{
	bool first = atomic_read(&runs) == 0;

	run(t);
	if (first)
		ask(NULL);
}

/* C3, C4 */
static void scheduled_within_and_from_outside_runs_again(struct kunit *test)
{
	begin(run_and_ask_again);
	scenario_inject(ask, NULL);
	scenario_inject(ask, NULL);
	local_bh_disable();
	ask(NULL);
	local_bh_enable();
	finish(test);
	KUNIT_EXPECT_GE(test, atomic_read(&runs), 2);
}
SCENARIO(scheduled_within_and_from_outside_runs_again);

static void disable_and_enable(void *unused)
{
	tasklet_disable(&tasklet);
	WRITE_ONCE(forbidden, 1);
	smp_mb();
	if (atomic_read(&inside))
		WRITE_ONCE(ran_while_forbidden, 1);
	arch_cpu_relax();
	WRITE_ONCE(forbidden, 0);
	tasklet_enable(&tasklet);
}

/* C6: between the return of disable and enable it is not inside and does not start. */
static void disabled_never_runs_and_enabled_loses_nothing(struct kunit *test)
{
	struct scenario_thread thread;
	int i;

	begin(run);
	for (i = 0; i < 3; i++)
		scenario_inject(ask, NULL);
	scenario_start(test, &thread, 1, disable_and_enable, NULL);
	ask(NULL);
	scenario_join(&thread);
	disable_and_enable(NULL);
	finish(test);
}
SCENARIO(disabled_never_runs_and_enabled_loses_nothing,
	 .must_hit = { "tasklet: parked" });

static void disable_atomic_and_enable(void *unused)
{
	tasklet_disable_nosync(&tasklet);
	tasklet_enable(&tasklet);
}

static void disable_in_atomic_and_enable(void *unused)
{
	local_bh_disable();
	tasklet_disable_in_atomic(&tasklet);
	tasklet_enable(&tasklet);
	local_bh_enable();
}

/* The enable may be in a hard IRQ, on any CPU, at any point of a run or of a parking. */
static void enabled_in_an_interrupt_anywhere_loses_nothing(struct kunit *test)
{
	struct scenario_thread thread;
	int i;

	begin(run);
	for (i = 0; i < 3; i++)
		scenario_inject(disable_atomic_and_enable, NULL);
	for (i = 0; i < 2; i++)
		scenario_inject(ask, NULL);
	scenario_start(test, &thread, 1, ask_twice, NULL);
	disable_in_atomic_and_enable(NULL);
	scenario_join(&thread);
	finish(test);
}
SCENARIO(enabled_in_an_interrupt_anywhere_loses_nothing);

static int enabled_elsewhere_ran_on;

static void note_cpu(struct tasklet_struct *t)
{
	enabled_elsewhere_ran_on = (int)smp_processor_id();
	run(t);
}

static void enable_it(void *unused)
{
	tasklet_enable(&tasklet);
}

/* C1 with C6: parked by this CPU, enabled by another: runs here. */
static void parked_and_enabled_elsewhere_runs_at_home(struct kunit *test)
{
	struct scenario_thread thread;
	int home;

	begin(note_cpu);
	enabled_elsewhere_ran_on = -1;
	tasklet_disable(&tasklet);
	local_bh_disable();
	home = (int)smp_processor_id();
	ask(NULL);
	local_bh_enable();
	scenario_start(test, &thread, home + 1, enable_it, NULL);
	scenario_join(&thread);
	finish(test);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_EQ(test, enabled_elsewhere_ran_on, home);
}
SCENARIO(parked_and_enabled_elsewhere_runs_at_home, .cpus_min = 2);

static void kill_it(void *unused)
{
	tasklet_kill(&tasklet);
}

/* Two killers and a disabled, scheduled tasklet: both sleep, the enable lets both go. */
static void two_killers_both_return(struct kunit *test)
{
	struct scenario_thread first, second;

	begin(run);
	tasklet_disable(&tasklet);
	ask(NULL);
	scenario_start(test, &first, 1, kill_it, NULL);
	scenario_start(test, &second, 2, kill_it, NULL);
	scenario_inject(enable_it, NULL);
	scenario_join(&first);
	scenario_join(&second);
	finish(test);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}
SCENARIO(two_killers_both_return);

/* After kill it neither runs nor will. */
static void killed_is_over(struct kunit *test)
{
	begin(run);
	scenario_inject(ask, NULL);
	ask(NULL);
	scenario_settle();
	tasklet_kill(&tasklet);
	WRITE_ONCE(forbidden, 1);
	smp_mb();
	KUNIT_EXPECT_EQ(test, atomic_read(&inside), 0);
	schedule_timeout_uninterruptible(2);
	WRITE_ONCE(forbidden, 0);
	finish(test);
}
SCENARIO(killed_is_over);

static void ask_and_run(void *unused)
{
	int i;

	for (i = 0; i < 8; i++) {
		local_bh_disable();
		ask(NULL);
		local_bh_enable();
	}
}

static void look_for_a_run(void)
{
	int i;

	for (i = 0; i < 10; i++)
		if (atomic_read(&inside))
			WRITE_ONCE(ran_while_forbidden, 1);
}

/* C6, at its narrowest: the count goes up as the run begins, and each looks at what the other wrote. */
static void run_and_disable_at_once_never_meet(struct kunit *test)
{
	struct scenario_thread thread;
	int i;

	begin(run);
	scenario_start(test, &thread, 1, ask_and_run, NULL);
	while (!atomic_read(&asked)) {
		cond_resched();
		arch_cpu_relax();
	}
	for (i = 0; i < 8; i++) {
		tasklet_disable_nosync(&tasklet);
		if (!test_bit(TASKLET_STATE_RUN, &tasklet.state))
			look_for_a_run();
		tasklet_enable(&tasklet);
	}
	scenario_join(&thread);
	finish(test);
}
SCENARIO(run_and_disable_at_once_never_meet, .cpus_min = 2, .cpus_max = 3);

/* Whoever kills it as it runs comes back when it has. */
static void run_and_kill_at_once_never_meet(struct kunit *test)
{
	struct scenario_thread thread;

	begin(run);
	scenario_start(test, &thread, 1, ask, NULL);
	while (!test_bit(TASKLET_STATE_SCHED, &tasklet.state) && !atomic_read(&inside) && !atomic_read(&runs)) {
		cond_resched();
		arch_cpu_relax();
	}
	tasklet_kill(&tasklet);
	KUNIT_EXPECT_EQ(test, atomic_read(&inside), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	scenario_join(&thread);
	finish(test);
}
SCENARIO(run_and_kill_at_once_never_meet, .cpus_min = 2, .cpus_max = 3);

/* A store before tasklet_schedule() is seen, also when the tasklet was scheduled already. No atomic helps. */
static int told, heard, listened;

static void listen(struct tasklet_struct *t)
{
	WRITE_ONCE(heard, READ_ONCE(told));
	WRITE_ONCE(listened, 1);
}

static void tell(void *unused)
{
	int i;

	while (!(READ_ONCE(tasklet.state) & BIT(TASKLET_STATE_SCHED)) && !READ_ONCE(listened)) {
		cond_resched();
		arch_cpu_relax();
	}
	WRITE_ONCE(told, 1);
	tasklet_schedule(&tasklet);
	/* A store that is still on its way may be so for a while: nothing below pushes it out. */
	for (i = 0; i < 30; i++)
		READ_ONCE(heard);
}

static void store_before_schedule_is_seen_even_if_it_was_scheduled(struct kunit *test)
{
	struct scenario_thread thread;

	begin(listen);
	told = heard = listened = 0;
	scenario_start(test, &thread, 1, tell, NULL);
	local_bh_disable();
	tasklet_schedule(&tasklet);
	local_bh_enable();
	scenario_join(&thread);
	tasklet_kill(&tasklet);
	KUNIT_EXPECT_EQ(test, READ_ONCE(heard), 1);
}
SCENARIO(store_before_schedule_is_seen_even_if_it_was_scheduled, .cpus_min = 2);

static struct tasklet_struct order[3];
static atomic_t order_log;

static void note_order(unsigned long digit)
{
	atomic_set(&order_log, atomic_read(&order_log) * 10 + (int)digit);
}

/* C5 */
static void scheduled_in_order_runs_in_order_hi_first(struct kunit *test)
{
	int i;

	begin(run);
	atomic_set(&order_log, 0);
	for (i = 0; i < 3; i++)
		tasklet_init(&order[i], note_order, (unsigned long)i + 1);
	scenario_inject(ask, NULL);
	local_bh_disable();
	tasklet_schedule(&order[0]);
	tasklet_schedule(&order[1]);
	tasklet_hi_schedule(&order[2]);
	local_bh_enable();
	for (i = 0; i < 3; i++)
		tasklet_kill(&order[i]);
	KUNIT_EXPECT_EQ(test, atomic_read(&order_log), 312);
	finish(test);
}
SCENARIO(scheduled_in_order_runs_in_order_hi_first);
