// SPDX-License-Identifier: GPL-2.0-only
/*
 * Softirqs under every schedule: none lost, none nested, none stuck.
 *
 * "None stuck": whenever a task looks, nothing is pending, or ksoftirqd is about to run.
 *
 * The measure of "none lost": raises are numbered. After raise k some run that starts later must see a
 * number of at least k, on the CPU of that raise.
 */
#include <kunit/scenario.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <bottomhalf/mark.h>

enum { ENTRY = 20, LOWER = 19 };

#define RAISES	6

struct numbers {
	int raised;	/* Q */
	int seen;	/* by the last run */
	int runs;
	int depth;	/* of runs on this CPU: never above one */
	int nested;
};

static DEFINE_PER_CPU(struct numbers, numbers);

static void see(void)
{
	struct numbers *here = this_cpu_ptr(&numbers);

	if (here->depth++)
		here->nested++;
	here->seen = READ_ONCE(here->raised);
	here->runs++;
	here->depth--;
}

static void raise_numbered(void *unused)
{
	unsigned long flags;

	local_irq_save(flags);
	WRITE_ONCE(this_cpu_ptr(&numbers)->raised, this_cpu_ptr(&numbers)->raised + 1);
	raise_softirq_irqoff(ENTRY);
	local_irq_restore(flags);
}

static bool all_seen(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		if (READ_ONCE(per_cpu(numbers, cpu).seen) != READ_ONCE(per_cpu(numbers, cpu).raised))
			return false;
	return true;
}

static void expect_none_lost(struct kunit *test)
{
	unsigned int cpu;

	/* What ksoftirqd has is on its way; when it never comes this is a hang, and found as one. */
	while (!all_seen())
		schedule_timeout_uninterruptible(1);
	for_each_online_cpu(cpu) {
		struct numbers *there = per_cpu_ptr(&numbers, cpu);

		KUNIT_EXPECT_EQ(test, there->seen, there->raised);
		KUNIT_EXPECT_LE(test, there->runs, there->raised);
		KUNIT_EXPECT_EQ(test, there->nested, 0);
	}
}

static void reset_numbers(void (*action)(void))
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		per_cpu(numbers, cpu) = (struct numbers){};
	open_softirq(ENTRY, action);
}

/* B2, B4: raised by interrupts at any point of a task that switches bottom halves off and on. */
static void raised_by_interrupts_anywhere_none_is_lost(struct kunit *test)
{
	int i;

	reset_numbers(see);
	for (i = 0; i < RAISES; i++)
		scenario_inject(raise_numbered, NULL);
	local_bh_disable();
	raise_numbered(NULL);
	local_bh_disable();
	local_bh_enable();
	local_bh_enable();
	raise_numbered(NULL);
	do_softirq();
	scenario_settle();
	expect_none_lost(test);
}
SCENARIO(raised_by_interrupts_anywhere_none_is_lost);

static void raise_from_task(void *unused)
{
	raise_numbered(NULL);
	local_bh_disable();
	raise_numbered(NULL);
	local_bh_enable();
	raise_numbered(NULL);
}

/* B2: raised by tasks on all CPUs, with and without a way out that looks at the pending word. */
static void raised_by_tasks_none_is_lost(struct kunit *test)
{
	struct scenario_thread thread[3];

	reset_numbers(see);
	scenario_start_each(test, thread, 3, raise_from_task, NULL);
	scenario_inject(raise_numbered, NULL);
	scenario_join_each(thread, 3);
	scenario_settle();
	expect_none_lost(test);
}
SCENARIO(raised_by_tasks_none_is_lost);

#define CHAIN	(2 * CONFIG_SOFTIRQ_MAX_RESTART + 3)

/*
 * What is pending while a task runs, bottom halves on, is ksoftirqd's: a thread that sleeps leaves it to the
 * next interrupt, which may be a tick away, or never come.
 */
static bool left_to_chance(void)
{
	bool left;

	local_irq_disable();
	left = local_softirq_pending() && !READ_ONCE(this_cpu_ksoftirqd()->on_rq);
	local_irq_enable();
	return left;
}

/* B2: an interrupt raises at any point of local_bh_enable(). */
static void enabling_bottom_halves_leaves_nothing_to_chance(struct kunit *test)
{
	bool left = false;
	int i;

	reset_numbers(see);
	for (i = 0; i < RAISES; i++)
		scenario_inject(raise_numbered, NULL);
	for (i = 0; i < 10; i++) {
		local_bh_disable();
		local_bh_enable();
		left |= left_to_chance();
	}
	scenario_settle();
	KUNIT_EXPECT_FALSE(test, left);
	expect_none_lost(test);
}
SCENARIO(enabling_bottom_halves_leaves_nothing_to_chance);

static struct completion go;
static int told;

static void let_go(void *unused)
{
	complete(&go);
}

/* Comes in between at any point of ksoftirqd: it is real-time, and woken by interrupts. */
static void raise_when_told(void *unused)
{
	int i;

	sched_set_fifo(current);
	for (i = 0; i < RAISES; i++) {
		wait_for_completion(&go);
		raise_numbered(NULL);
		WRITE_ONCE(told, i + 1);
	}
}

/* B2: raised by tasks alone, and also while ksoftirqd is going to sleep. */
static void ksoftirqd_never_sleeps_beside_pending_work(struct kunit *test)
{
	struct scenario_thread thread;
	bool left = false;
	int i;

	reset_numbers(see);
	init_completion(&go);
	told = 0;
	scenario_start(test, &thread, 0, raise_when_told, NULL);
	for (i = 0; i < RAISES; i++)
		scenario_inject(let_go, NULL);
	while (READ_ONCE(told) < RAISES) {
		left |= left_to_chance();
		yield();
	}
	scenario_join(&thread);
	for (i = 0; i < 3; i++) {
		left |= left_to_chance();
		yield();
	}
	scenario_settle();
	KUNIT_EXPECT_FALSE(test, left);
	expect_none_lost(test);
}
SCENARIO(ksoftirqd_never_sleeps_beside_pending_work, .cpus_max = 1);

/* More runs than a drain has passes. */
#define TOO_LONG	(CONFIG_SOFTIRQ_MAX_RESTART + 2)

static int still_to_run;

static void see_and_go_on(void)
{
	see();
	if (still_to_run && --still_to_run)
		raise_numbered(NULL);
}

static void raise_too_long(void *unused)
{
	still_to_run = TOO_LONG;
	raise_numbered(NULL);
}

/* B2, B3: an interrupt that leaves something behind comes at any point of ksoftirqd, its last before sleep too. */
static void what_interrupts_of_ksoftirqd_leave_is_not_left_to_chance(struct kunit *test)
{
	bool left = false;
	int i;

	reset_numbers(see_and_go_on);
	still_to_run = 0;
	for (i = 0; i < 4; i++)
		scenario_inject(raise_too_long, NULL);
	for (i = 0; i < 6; i++) {
		raise_numbered(NULL);
		left |= left_to_chance();
		yield();
		left |= left_to_chance();
	}
	scenario_settle();
	KUNIT_EXPECT_FALSE(test, left);
	expect_none_lost(test);
}
SCENARIO(what_interrupts_of_ksoftirqd_leave_is_not_left_to_chance, .cpus_max = 1);

static void see_and_raise_once_more(void)
{
	struct numbers *here = this_cpu_ptr(&numbers);

	see();
	if (here->runs < CHAIN)
		raise_numbered(NULL);
}

/* Each CPU that was raised on has run its whole chain. */
static bool chains_are_over(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		if (READ_ONCE(per_cpu(numbers, cpu).raised) && READ_ONCE(per_cpu(numbers, cpu).runs) < CHAIN)
			return false;
	return true;
}

/* B3: more passes than a drain makes; the rest is ksoftirqd's, and none is lost on the way. */
static void raised_by_itself_beyond_the_limit_none_is_lost(struct kunit *test)
{
	bool left = false;
	int i;

	reset_numbers(see_and_raise_once_more);
	local_bh_disable();
	raise_numbered(NULL);
	local_bh_enable();
	scenario_inject(raise_numbered, NULL);
	for (i = 0; i < 4; i++) {
		left |= left_to_chance();
		yield();
	}
	scenario_settle();
	KUNIT_EXPECT_FALSE(test, left);
	while (!chains_are_over())
		schedule_timeout_uninterruptible(1);
	expect_none_lost(test);
}
SCENARIO(raised_by_itself_beyond_the_limit_none_is_lost,
	 .must_hit = { "softirq: left to ksoftirqd" });

static DEFINE_PER_CPU(int, serving);
static int overlaps;

static void alone(void)
{
	if (this_cpu_inc_return(serving) != 1)
		WRITE_ONCE(overlaps, 1);
	see();
	this_cpu_dec(serving);
}

static void raise_both(void *unused)
{
	raise_softirq_irqoff(LOWER);
	raise_numbered(NULL);
}

/* B4: two entries, interrupts in the middle of both: on one CPU one at a time. */
static void two_entries_never_interleave_on_one_cpu(struct kunit *test)
{
	int i;

	WRITE_ONCE(overlaps, 0);
	reset_numbers(alone);
	open_softirq(LOWER, alone);
	for (i = 0; i < RAISES; i++)
		scenario_inject(raise_both, NULL);
	local_bh_disable();
	raise_both(NULL);
	local_bh_enable();
	scenario_settle();
	while (!all_seen())
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, READ_ONCE(overlaps), 0);
}
SCENARIO(two_entries_never_interleave_on_one_cpu);

static atomic_t inside;

static void count_inside(void)
{
	if (atomic_inc_return(&inside) == 2)
		MARK("test: one softirq on two CPUs at once");
	see();
	atomic_dec(&inside);
}

/* B5: nothing keeps the same softirq from running on two CPUs at once; some schedule shows it. */
static void the_same_entry_on_two_cpus_at_once_is_seen(struct kunit *test)
{
	struct scenario_thread thread[2];

	atomic_set(&inside, 0);
	reset_numbers(count_inside);
	scenario_start_each(test, thread, 2, raise_from_task, NULL);
	scenario_join_each(thread, 2);
	expect_none_lost(test);
}
SCENARIO(the_same_entry_on_two_cpus_at_once_is_seen, .cpus_min = 2,
	 .must_hit = { "test: one softirq on two CPUs at once" });
