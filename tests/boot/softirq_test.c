// SPDX-License-Identifier: GPL-2.0-only
/*
 * Softirqs: claims B1 to B6, D7's softirq half, and the limits of the drain.
 *
 * The tests use entries 10 to 31, which nothing else does.
 */
#include <linux/interrupt.h>
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/err.h>

#include "helpers.h"

enum { FIRST = 12, SECOND = 13, THIRD = 14, LAST = 31 };

static struct event_log ran;
static atomic_t runs;

static int reset(struct kunit *test)
{
	log_reset(&ran);
	atomic_set(&runs, 0);
	return 0;
}

static void log_first(void)	{ log_event(&ran, FIRST); }
static void log_second(void)	{ log_event(&ran, SECOND); }
static void log_third(void)	{ log_event(&ran, THIRD); }
static void log_last(void)	{ log_event(&ran, LAST); }

static void count_run(void)
{
	atomic_inc(&runs);
}

/* B1: 32 entries, opened at run time; the lowest number runs first, whatever the order of raising. */
static void raised_together_run_lowest_number_first(struct kunit *test)
{
	open_softirq(FIRST, log_first);
	open_softirq(SECOND, log_second);
	open_softirq(THIRD, log_third);
	open_softirq(LAST, log_last);

	local_bh_disable();
	raise_softirq(LAST);
	raise_softirq(SECOND);
	raise_softirq(THIRD);
	raise_softirq(FIRST);
	local_bh_enable();
	EXPECT_LOG(test, &ran, FIRST, SECOND, THIRD, LAST);
}

/* B1: the older form of an action, which gets its entry. */
static struct softirq_action *given;

static void take_entry(struct softirq_action *self)
{
	given = self;
}

static void action_of_the_older_form_gets_its_entry(struct kunit *test)
{
	given = NULL;
	open_softirq(FIRST, take_entry);
	local_bh_disable();
	raise_softirq(FIRST);
	local_bh_enable();
	KUNIT_ASSERT_NOT_NULL(test, given);
	KUNIT_EXPECT_PTR_EQ(test, (void *)given->action, (void *)take_entry);
}

static void entry_out_of_range_is_refused(struct kunit *test)
{
	bug_expect(2);
	open_softirq(NR_SOFTIRQS, count_run);
	open_softirq(-1, count_run);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

static void names_are_linux_names(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, softirq_to_name[HI_SOFTIRQ], "HI");
	KUNIT_EXPECT_STREQ(test, softirq_to_name[TASKLET_SOFTIRQ], "TASKLET");
	KUNIT_EXPECT_STREQ(test, softirq_to_name[RCU_SOFTIRQ], "RCU");
	KUNIT_EXPECT_EQ(test, (int)NR_SOFTIRQS, 32);
}

/* B2: marked, and run by the last local_bh_enable(), not before. */
static void raised_with_bottom_halves_off_runs_at_the_last_enable(struct kunit *test)
{
	open_softirq(FIRST, count_run);
	local_bh_disable();
	local_bh_disable();
	raise_softirq(FIRST);
	KUNIT_EXPECT_TRUE(test, local_softirq_pending() & BIT(FIRST));
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, local_softirq_pending() & BIT(FIRST));
}

static void raise_from_irq(void *nr)
{
	raise_softirq_irqoff((unsigned int)(unsigned long)nr);
	if (in_hardirq() && atomic_read(&runs) == 0)
		log_event(&ran, 0);
}

/* B2: from a hard interrupt it runs when that is over, not within. */
static void raised_in_a_hard_irq_runs_on_its_way_out(struct kunit *test)
{
	open_softirq(FIRST, log_first);
	in_hard_irq(raise_from_irq, (void *)FIRST);
	EXPECT_LOG(test, &ran, 0, FIRST);
}

static void raise_and_nest(void *unused)
{
	raise_softirq_irqoff(FIRST);
	irq_enter();
	irq_exit();
	log_event(&ran, 0);
}

/* B2: the end of an interrupt within an interrupt runs nothing: the outer one is not over. */
static void raised_in_a_nested_hard_irq_runs_after_the_outer_one(struct kunit *test)
{
	open_softirq(FIRST, log_first);
	in_hard_irq(raise_and_nest, NULL);
	EXPECT_LOG(test, &ran, 0, FIRST);
}

static void raised_in_a_hard_irq_over_a_bh_off_section_waits_for_the_enable(struct kunit *test)
{
	open_softirq(FIRST, count_run);
	local_bh_disable();
	in_hard_irq(raise_from_irq, (void *)FIRST);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static struct completion done;
static struct task_struct *borrowed;

static void complete_run(void)
{
	borrowed = current;
	complete(&done);
}

/* B2: raised by a task, nobody on the way out: ksoftirqd runs it, not the next interrupt that comes. */
static void raised_by_a_task_runs_in_ksoftirqd(struct kunit *test)
{
	struct task_struct *mine;

	init_completion(&done);
	open_softirq(FIRST, complete_run);
	local_irq_disable();
	mine = this_cpu_ksoftirqd();
	raise_softirq_irqoff(FIRST);
	KUNIT_EXPECT_TRUE(test, READ_ONCE(mine->__state) == TASK_RUNNING);
	local_irq_enable();
	wait_for_completion(&done);
	/* An interrupt that came just then may have run it first: then it borrowed us, or idle. */
	KUNIT_EXPECT_NOT_NULL(test, borrowed);
}

/* B2: do_softirq() runs what was marked without anybody being told. */
static void marked_only_runs_in_do_softirq(struct kunit *test)
{
	open_softirq(FIRST, count_run);
	local_irq_disable();
	__raise_softirq_irqoff(FIRST);
	do_softirq();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_enable();
}

static void do_softirq_with_bottom_halves_off_does_nothing(struct kunit *test)
{
	open_softirq(FIRST, count_run);
	local_bh_disable();
	raise_softirq(FIRST);
	do_softirq();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

/* B3: one raise, one run: the snapshot is taken and the word cleared. */
static void raised_once_runs_once(struct kunit *test)
{
	unsigned int before;
	unsigned int cpu;

	open_softirq(FIRST, count_run);
	local_bh_disable();
	cpu = smp_processor_id();
	before = softirq_runs(FIRST, cpu);
	raise_softirq(FIRST);
	raise_softirq(FIRST);
	raise_softirq(FIRST);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_EQ(test, softirq_runs(FIRST, cpu) - before, 1U);
}

static void raise_lower_and_higher(void)
{
	log_event(&ran, SECOND);
	raise_softirq(FIRST);
	raise_softirq(LAST);
}

/* B3: what is raised while a snapshot runs waits for the next pass, however low its number. */
static void raised_during_a_pass_waits_for_the_next(struct kunit *test)
{
	open_softirq(FIRST, log_first);
	open_softirq(SECOND, raise_lower_and_higher);
	open_softirq(THIRD, log_third);
	open_softirq(LAST, log_last);
	local_bh_disable();
	raise_softirq(SECOND);
	raise_softirq(THIRD);
	local_bh_enable();
	/* At a limit the last pass may be ksoftirqd's, a little later. */
	wait_until(atomic_read(&ran.used) == 4);
	EXPECT_LOG(test, &ran, SECOND, THIRD, FIRST, LAST);
}

static int raise_again;

static void raise_itself(void)
{
	atomic_inc(&runs);
	if (--raise_again > 0)
		raise_softirq(FIRST);
	else
		complete(&done);
}

/*
 * B3: at most ten passes, then ksoftirqd. The time limit and a wanted reschedule can end a drain sooner,
 * so no attempt may show more than ten, and one of them has to show just ten. Interrupts are off around
 * the drain, so that the count is read before anybody else can drain.
 */
static void raised_by_itself_gets_ten_passes_then_ksoftirqd(struct kunit *test)
{
	const int total = 2 * CONFIG_SOFTIRQ_MAX_RESTART + 5;
	bool saw_ten = false;
	int attempt;

	open_softirq(FIRST, raise_itself);
	for (attempt = 0; attempt < 200 && !saw_ten; attempt++) {
		int in_one_drain;

		init_completion(&done);
		atomic_set(&runs, 0);
		raise_again = total;

		local_irq_disable();
		__raise_softirq_irqoff(FIRST);
		do_softirq();
		in_one_drain = atomic_read(&runs);
		local_irq_enable();
		wait_for_completion(&done);

		KUNIT_ASSERT_LE(test, in_one_drain, CONFIG_SOFTIRQ_MAX_RESTART);
		KUNIT_ASSERT_EQ(test, atomic_read(&runs), total);
		saw_ten = in_one_drain == CONFIG_SOFTIRQ_MAX_RESTART;
	}
	KUNIT_EXPECT_TRUE(test, saw_ten);
}

static bool inside, overlapped;

static void note_overlap(void)
{
	if (inside)
		overlapped = true;
	atomic_inc(&runs);
}

static void interrupted_action(void)
{
	inside = true;
	in_hard_irq(raise_from_irq, (void *)FIRST);
	inside = false;
	log_event(&ran, SECOND);
}

/* B4: a hard interrupt gets in between; the softirq it raises, though more urgent, does not. */
static void raised_by_an_interrupt_within_a_softirq_waits_for_its_end(struct kunit *test)
{
	overlapped = false;
	open_softirq(FIRST, note_overlap);
	open_softirq(SECOND, interrupted_action);
	local_bh_disable();
	raise_softirq(SECOND);
	local_bh_enable();
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs) == 1));
	KUNIT_EXPECT_FALSE(test, overlapped);
}

static atomic_t in_both;
static atomic_t met;

static void meet_the_other(void)
{
	atomic_inc(&in_both);
	if (wait_until(atomic_read(&in_both) == 2))
		atomic_inc(&met);
	atomic_inc(&runs);
}

static void raise_here(void *unused)
{
	raise_softirq_irqoff(FIRST);
}

/* B5: the same softirq on two CPUs, both seen inside together. */
static void raised_on_two_cpus_runs_on_both_at_once(struct kunit *test)
{
	unsigned int other;

	SKIP_ON_ONE_CPU(test);
	atomic_set(&in_both, 0);
	atomic_set(&met, 0);
	open_softirq(FIRST, meet_the_other);

	local_bh_disable();
	other = smp_processor_id() ? 0 : 1;
	smp_call_function_single((int)other, raise_here, NULL, 1);
	raise_softirq(FIRST);
	local_bh_enable();
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs) == 2));
	KUNIT_EXPECT_EQ(test, atomic_read(&met), 2);
}

static unsigned int flags_inside;

static void record_borrowed(void)
{
	borrowed = current;
	flags_inside = current->flags;
	atomic_inc(&runs);
}

/* B6: it borrows the current task, less its licence to use the last memory. */
static void a_softirq_borrows_the_task_without_memalloc(struct kunit *test)
{
	open_softirq(FIRST, record_borrowed);
	current->flags |= PF_MEMALLOC;
	local_bh_disable();
	raise_softirq(FIRST);
	local_bh_enable();
	KUNIT_EXPECT_TRUE(test, current->flags & PF_MEMALLOC);
	current->flags &= ~PF_MEMALLOC;
	KUNIT_ASSERT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_PTR_EQ(test, borrowed, current);
	KUNIT_EXPECT_FALSE(test, flags_inside & PF_MEMALLOC);
}

static void sleep_inside(void)
{
	might_sleep();
}

/* B6: it cannot sleep, and is told so. */
static void sleeping_in_a_softirq_is_diagnosed(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP))
		kunit_skip(test, "needs DEBUG_ATOMIC_SLEEP");
	open_softirq(FIRST, sleep_inside);
	bug_expect(1);
	local_bh_disable();
	raise_softirq(FIRST);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

static void leak_a_bh_disable(void)
{
	local_bh_disable();
	atomic_inc(&runs);
}

static void an_action_that_leaks_a_count_is_named_and_mended(struct kunit *test)
{
	open_softirq(FIRST, leak_a_bh_disable);
	open_softirq(SECOND, log_second);
	bug_expect(1);
	local_bh_disable();
	raise_softirq(FIRST);
	raise_softirq(SECOND);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, in_softirq());
	EXPECT_LOG(test, &ran, SECOND);
}

static bool storm_over;

static void storm(void)
{
	atomic_inc(&runs);
	if (!READ_ONCE(storm_over))
		raise_softirq(FIRST);
	else
		complete(&done);
}

/*
 * B3: with a softirq that raises itself for ever, a task on that CPU still gets on: it counts its turns
 * through ten ticks, or more on an emulator that is held up. How much of the CPU it gets is measured
 * elsewhere (tests/bench/).
 */
static void a_softirq_storm_leaves_tasks_running(struct kunit *test)
{
	unsigned long begin = jiffies, turns = 0;

	init_completion(&done);
	WRITE_ONCE(storm_over, false);
	open_softirq(FIRST, storm);
	local_bh_disable();
	raise_softirq(FIRST);
	local_bh_enable();

	while (turns <= 10 || atomic_read(&runs) <= 10 || time_before(jiffies, begin + 10)) {
		turns++;
		cond_resched();
	}
	WRITE_ONCE(storm_over, true);
	wait_for_completion(&done);
	KUNIT_EXPECT_GT(test, turns, 10UL);
	KUNIT_EXPECT_GT(test, atomic_read(&runs), 10);
}

static struct kunit_case softirq_cases[] = {
	KUNIT_CASE(raised_together_run_lowest_number_first),
	KUNIT_CASE(action_of_the_older_form_gets_its_entry),
	KUNIT_CASE(entry_out_of_range_is_refused),
	KUNIT_CASE(names_are_linux_names),
	KUNIT_CASE(raised_with_bottom_halves_off_runs_at_the_last_enable),
	KUNIT_CASE(raised_in_a_hard_irq_runs_on_its_way_out),
	KUNIT_CASE(raised_in_a_nested_hard_irq_runs_after_the_outer_one),
	KUNIT_CASE(raised_in_a_hard_irq_over_a_bh_off_section_waits_for_the_enable),
	KUNIT_CASE(raised_by_a_task_runs_in_ksoftirqd),
	KUNIT_CASE(marked_only_runs_in_do_softirq),
	KUNIT_CASE(do_softirq_with_bottom_halves_off_does_nothing),
	KUNIT_CASE(raised_once_runs_once),
	KUNIT_CASE(raised_during_a_pass_waits_for_the_next),
	KUNIT_CASE(raised_by_itself_gets_ten_passes_then_ksoftirqd),
	KUNIT_CASE(raised_by_an_interrupt_within_a_softirq_waits_for_its_end),
	KUNIT_CASE(raised_on_two_cpus_runs_on_both_at_once),
	KUNIT_CASE(a_softirq_borrows_the_task_without_memalloc),
	KUNIT_CASE(sleeping_in_a_softirq_is_diagnosed),
	KUNIT_CASE(an_action_that_leaks_a_count_is_named_and_mended),
	KUNIT_CASE(a_softirq_storm_leaves_tasks_running),
	{}
};

static struct kunit_suite softirq_suite = {
	.name = "softirq",
	.init = reset,
	.test_cases = softirq_cases,
};
kunit_test_suite(softirq_suite);
