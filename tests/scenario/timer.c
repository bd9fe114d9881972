// SPDX-License-Identifier: GPL-2.0-only
/*
 * Timers under every schedule: no arming is lost, no function runs twice at once, and who has deleted one
 * and waited is alone.
 *
 * The measure of "no arming lost": before each mod_timer() a number goes up; after it, some run that starts
 * later must see a number at least as high.
 */
#include <kunit/scenario.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/timer.h>
#include <arch/cpu.h>

static struct timer_list timer;
static atomic_t asked;		/* armings so far */
static atomic_t seen;		/* what the last run saw of it */
static atomic_t runs, inside, twice;
static int forbidden;		/* it must not run now */
static int ran_while_forbidden;
static unsigned long not_before;	/* the earliest jiffy that it was armed for */
static int early;

static void run(struct timer_list *t)
{
	if (atomic_inc_return(&inside) != 1)
		atomic_inc(&twice);
	if (READ_ONCE(forbidden))
		WRITE_ONCE(ran_while_forbidden, 1);
	if (time_before_eq(jiffies, READ_ONCE(not_before)))
		WRITE_ONCE(early, 1);
	atomic_set(&seen, atomic_read(&asked));
	atomic_inc(&runs);
	atomic_dec(&inside);
}

static void begin(void (*fn)(struct timer_list *))
{
	timer_setup(&timer, fn, 0);
	atomic_set(&asked, 0);
	atomic_set(&seen, 0);
	atomic_set(&runs, 0);
	atomic_set(&inside, 0);
	atomic_set(&twice, 0);
	forbidden = ran_while_forbidden = early = 0;
	not_before = jiffies;
}

static void arm(void *unused)
{
	atomic_inc(&asked);
	mod_timer(&timer, jiffies + scenario_choose(2));
}

/* Arms it on the CPU that is returned. */
static int arm_here(void)
{
	int cpu = (int)get_cpu();

	arm(NULL);
	put_cpu();
	return cpu;
}

static void arm_twice(void *unused)
{
	arm(NULL);
	arm(NULL);
}

/*
 * Waits until the timer is neither pending nor running. Not by timer_pending(): without the lock it may miss
 * what an interrupt on another CPU has just done.
 */
static void wait_until_idle(void)
{
	while (mod_timer_pending(&timer, jiffies))
		msleep(1);
	timer_delete_sync(&timer);
}

static void finish(struct kunit *test)
{
	scenario_settle();
	wait_until_idle();
	KUNIT_EXPECT_EQ(test, atomic_read(&seen), atomic_read(&asked));
	KUNIT_EXPECT_EQ(test, atomic_read(&twice), 0);
	KUNIT_EXPECT_LE(test, atomic_read(&runs), atomic_read(&asked));
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
	KUNIT_EXPECT_EQ(test, early, 0);
}

/* E1 */
static void armed_from_everywhere_runs_alone_and_sees_all(struct kunit *test)
{
	struct scenario_thread thread[2];
	int i;

	begin(run);
	for (i = 0; i < 3; i++)
		scenario_inject(arm, NULL);
	scenario_start_each(test, thread, 2, arm_twice, NULL);
	scenario_join_each(thread, 2);
	finish(test);
}
SCENARIO(armed_from_everywhere_runs_alone_and_sees_all);

/* Long enough inside for the others to find it there. */
static void run_slowly(struct timer_list *t)
{
	atomic_inc(&inside);
	arch_cpu_relax();
	atomic_dec(&inside);
	run(t);
}

/* Armed by another CPU while it runs, it must stay with its base, or it would run on two CPUs at once. */
static void armed_elsewhere_while_it_runs_never_runs_twice_at_once(struct kunit *test)
{
	struct scenario_thread thread[2];
	int i, home;

	begin(run_slowly);
	home = arm_here();
	for (i = 0; i < 2; i++)
		scenario_start(test, &thread[i], home + 1 + i, arm_twice, NULL);
	scenario_join_each(thread, 2);
	finish(test);
}
SCENARIO(armed_elsewhere_while_it_runs_never_runs_twice_at_once, .cpus_min = 2,
	 .must_hit = { "timer: set while its function runs on another CPU" });

static void delete_and_check(void *unused)
{
	timer_delete_sync(&timer);
	WRITE_ONCE(forbidden, 1);
	smp_mb();
	if (atomic_read(&inside))
		WRITE_ONCE(ran_while_forbidden, 1);
}

/* Begins when the function does, or at any point after that. */
static void delete_once_it_runs(void *unused)
{
	while (!atomic_read(&inside) && !atomic_read(&runs))
		arch_cpu_relax();
	delete_and_check(NULL);
}

/* What a driver does before it frees what the function uses. */
static void deleted_and_waited_for_is_over(struct kunit *test)
{
	struct scenario_thread thread;

	begin(run_slowly);
	scenario_start(test, &thread, arm_here() + 1, delete_once_it_runs, NULL);
	scenario_join(&thread);
	schedule_timeout_uninterruptible(3);
	KUNIT_EXPECT_FALSE(test, timer_pending(&timer));
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&inside), 0);
}
SCENARIO(deleted_and_waited_for_is_over, .cpus_min = 2,
	 .must_hit = { "timer: delete waits for the function" });

static void run_and_arm_again(struct timer_list *t)
{
	run_slowly(t);
	arm(NULL);
}

/* The function arms it again and again: delete waits for a moment in between, and that is the end. */
static void deleted_while_it_arms_itself_is_over(struct kunit *test)
{
	struct scenario_thread thread;

	begin(run_and_arm_again);
	scenario_start(test, &thread, arm_here() + 1, delete_once_it_runs, NULL);
	scenario_join(&thread);
	schedule_timeout_uninterruptible(3);
	KUNIT_EXPECT_FALSE(test, timer_pending(&timer));
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
}
SCENARIO(deleted_while_it_arms_itself_is_over);

/* The function deletes nothing and arms nothing; a hard IRQ stops it at any point, without waiting. */
static void stop(void *unused)
{
	timer_delete(&timer);
}

static void stopped_in_an_interrupt_anywhere_is_never_half_stopped(struct kunit *test)
{
	struct scenario_thread thread;
	int i;

	begin(run);
	for (i = 0; i < 3; i++)
		scenario_inject(stop, NULL);
	scenario_start(test, &thread, 1, arm_twice, NULL);
	arm_twice(NULL);
	scenario_join(&thread);
	scenario_settle();
	arm(NULL);
	finish(test);
}
SCENARIO(stopped_in_an_interrupt_anywhere_is_never_half_stopped);

/* ---- moves between CPUs ---- */

static atomic_t began, stopped;		/* idle -> pending, pending -> idle, by the return values */

static void move_here(void *far)
{
	unsigned long expires = (unsigned long)far;
	int i;

	for (i = 0; i < 3; i++)
		if (!mod_timer(&timer, expires + scenario_choose(3)))
			atomic_inc(&began);
}

static void stop_sometimes(void *unused)
{
	int i;

	for (i = 0; i < 3; i++)
		if (timer_delete(&timer))
			atomic_inc(&stopped);
}

/* Each change of state is told to exactly one caller, whichever CPU's wheel the timer is in or between. */
static void moved_and_stopped_at_once_every_change_is_told_once(struct kunit *test)
{
	struct scenario_thread thread[3];
	void *far = (void *)(jiffies + 1000UL * HZ);

	begin(run);
	atomic_set(&began, 0);
	atomic_set(&stopped, 0);
	scenario_inject(move_here, far);
	scenario_start_each(test, thread, 2, move_here, far);
	scenario_start(test, &thread[2], 2, stop_sometimes, NULL);
	scenario_join_each(thread, 3);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, atomic_read(&began) - atomic_read(&stopped), (int)timer_pending(&timer));
	timer_delete_sync(&timer);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
}
SCENARIO(moved_and_stopped_at_once_every_change_is_told_once, .cpus_min = 2,
	 .must_hit = { "timer: moved to another base while we took the lock" });

static void shut_down(void *unused)
{
	timer_shutdown_sync(&timer);
	WRITE_ONCE(forbidden, 1);
	smp_mb();
	if (atomic_read(&inside) || timer_pending(&timer))
		WRITE_ONCE(ran_while_forbidden, 1);
}

/* Whoever arms it later arms nothing. */
static void shut_down_at_any_point_stays_down(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin(run_and_arm_again);
	scenario_inject(arm, NULL);
	arm(NULL);
	scenario_start(test, &thread[0], 1, shut_down, NULL);
	scenario_start(test, &thread[1], 2, arm_twice, NULL);
	scenario_join(&thread[0]);
	scenario_join(&thread[1]);
	scenario_settle();
	arm(NULL);
	KUNIT_EXPECT_FALSE(test, timer_pending(&timer));
	schedule_timeout_uninterruptible(3);
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
	timer_setup(&timer, run, 0);
}
SCENARIO(shut_down_at_any_point_stays_down);

/* ---- a pending timer is moved to another time, another CPU, further down the wheel ---- */

static int was_not_pending;

static void move_about(void *unused)
{
	int i;

	for (i = 0; i < 4; i++)
		mod_timer(&timer, jiffies + 1000 + scenario_choose(100));
}

/* A driver that deletes it, or arms it if it is not pending, must not be told that it is not. */
static void pending_timer_is_pending_while_it_is_moved(struct kunit *test)
{
	struct scenario_thread thread;
	int i;

	begin(run);
	was_not_pending = 0;
	mod_timer(&timer, jiffies + 5000);
	scenario_start(test, &thread, 1, move_about, NULL);
	scenario_inject(move_about, NULL);
	for (i = 0; i < 30; i++)
		if (!timer_pending(&timer))
			was_not_pending = 1;
	scenario_join(&thread);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, was_not_pending, 0);
	KUNIT_EXPECT_EQ(test, timer_delete(&timer), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
}
SCENARIO(pending_timer_is_pending_while_it_is_moved);

/* ---- many, with the wheel turning ---- */

static struct timer_list many[6];
static unsigned long due[6];
static atomic_t many_runs;

static void note_many(struct timer_list *t)
{
	unsigned long i = (unsigned long)(t - many);

	/* A tick that has been waiting for its turn makes it later than one jiffy, never earlier than due. */
	if (time_before_eq(jiffies, due[i]))
		WRITE_ONCE(early, 1);
	atomic_inc(&many_runs);
}

static void arm_three(void *arg)
{
	unsigned long first = (unsigned long)arg, i;

	for (i = first; i < first + 3; i++) {
		due[i] = jiffies + scenario_choose(5) * 17;
		mod_timer(&many[i], due[i] + 100);
		/* To an earlier time, from another slot. */
		mod_timer(&many[i], due[i]);
	}
}

static void timers_of_many_distances_each_run_once_and_not_early(struct kunit *test)
{
	struct scenario_thread thread;
	unsigned int i;

	begin(run);
	atomic_set(&many_runs, 0);
	for (i = 0; i < ARRAY_SIZE(many); i++)
		timer_setup(&many[i], note_many, 0);
	scenario_start(test, &thread, 1, arm_three, (void *)3);
	arm_three(NULL);
	scenario_join(&thread);
	for (i = 0; i < ARRAY_SIZE(many); i++)
		while (timer_pending(&many[i]))
			msleep(10);
	for (i = 0; i < ARRAY_SIZE(many); i++)
		KUNIT_EXPECT_EQ(test, timer_delete_sync(&many[i]), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&many_runs), 6);
	KUNIT_EXPECT_EQ(test, early, 0);
}
SCENARIO(timers_of_many_distances_each_run_once_and_not_early);

static void sleep_a_little(void *unused)
{
	unsigned long before = jiffies;

	schedule_timeout_uninterruptible(2);
	if (time_before(jiffies, before + 2))
		WRITE_ONCE(early, 1);
}

/* The timer of a sleeper is on its stack: its function is done with it when the sleeper goes on. */
static void sleepers_wake_on_time_and_leave_no_timer_behind(struct kunit *test)
{
	struct scenario_thread thread[2];

	begin(run);
	scenario_start_each(test, thread, 2, sleep_a_little, NULL);
	sleep_a_little(NULL);
	scenario_join_each(thread, 2);
	KUNIT_EXPECT_EQ(test, early, 0);
}
SCENARIO(sleepers_wake_on_time_and_leave_no_timer_behind);
