// SPDX-License-Identifier: GPL-2.0-only
/*
 * Context predicates: what each of them answers in each context.
 */
#include <linux/interrupt.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "helpers.h"

#define TEST_SOFTIRQ	30

struct answers {
	bool interrupt, hardirq, softirq, serving_softirq, task, nmi, irqs_off;
};

static struct answers seen;

static void record(void *answers)
{
	*(struct answers *)answers = (struct answers){
		.interrupt = in_interrupt(),
		.hardirq = in_hardirq(),
		.softirq = in_softirq(),
		.serving_softirq = in_serving_softirq(),
		.task = in_task(),
		.nmi = in_nmi(),
		.irqs_off = irqs_disabled(),
	};
}

static void record_softirq(void)
{
	record(&seen);
}

static void expect_answers(struct kunit *test, struct answers want)
{
	KUNIT_EXPECT_EQ(test, seen.interrupt, want.interrupt);
	KUNIT_EXPECT_EQ(test, seen.hardirq, want.hardirq);
	KUNIT_EXPECT_EQ(test, seen.softirq, want.softirq);
	KUNIT_EXPECT_EQ(test, seen.serving_softirq, want.serving_softirq);
	KUNIT_EXPECT_EQ(test, seen.task, want.task);
	KUNIT_EXPECT_EQ(test, seen.nmi, want.nmi);
	KUNIT_EXPECT_EQ(test, seen.irqs_off, want.irqs_off);
}

static void in_a_task_is_task_only(struct kunit *test)
{
	record(&seen);
	expect_answers(test, (struct answers){ .task = true });
}

static void with_bottom_halves_off_is_softirq_but_not_serving(struct kunit *test)
{
	local_bh_disable();
	record(&seen);
	local_bh_enable();
	expect_answers(test, (struct answers){ .interrupt = true, .softirq = true, .task = true });
}

static void with_interrupts_off_is_still_task(struct kunit *test)
{
	local_irq_disable();
	record(&seen);
	local_irq_enable();
	expect_answers(test, (struct answers){ .task = true, .irqs_off = true });
}

static void in_a_softirq_is_serving(struct kunit *test)
{
	open_softirq(TEST_SOFTIRQ, record_softirq);
	local_bh_disable();
	raise_softirq(TEST_SOFTIRQ);
	local_bh_enable();
	expect_answers(test, (struct answers){ .interrupt = true, .softirq = true,
					       .serving_softirq = true });
}

static void in_a_hard_irq_is_hardirq(struct kunit *test)
{
	in_hard_irq(record, &seen);
	expect_answers(test, (struct answers){ .interrupt = true, .hardirq = true, .irqs_off = true });
}

static void in_a_hard_irq_over_a_bh_off_section_is_both(struct kunit *test)
{
	local_bh_disable();
	in_hard_irq(record, &seen);
	local_bh_enable();
	expect_answers(test, (struct answers){ .interrupt = true, .hardirq = true, .softirq = true,
					       .irqs_off = true });
}

static void bottom_halves_nest(struct kunit *test)
{
	unsigned int outside = softirq_count();

	local_bh_disable();
	local_bh_disable();
	KUNIT_EXPECT_EQ(test, softirq_count(), outside + 2 * SOFTIRQ_DISABLE_OFFSET);
	local_bh_enable();
	KUNIT_EXPECT_TRUE(test, in_softirq());
	local_bh_enable();
	KUNIT_EXPECT_FALSE(test, in_softirq());
	KUNIT_EXPECT_EQ(test, softirq_count(), outside);
}

static void preemption_off_is_atomic(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT))
		kunit_skip(test, "without PREEMPT_COUNT preemption off leaves no trace");
	KUNIT_EXPECT_FALSE(test, in_atomic());
	preempt_disable();
	KUNIT_EXPECT_TRUE(test, in_atomic());
	KUNIT_EXPECT_FALSE(test, preemptible());
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, preemptible());
}

static void a_spinlock_is_atomic(struct kunit *test)
{
	DEFINE_SPINLOCK(lock);

	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT))
		kunit_skip(test, "without PREEMPT_COUNT a lock leaves no trace");
	spin_lock(&lock);
	KUNIT_EXPECT_TRUE(test, in_atomic());
	spin_unlock(&lock);
	KUNIT_EXPECT_FALSE(test, in_atomic());
}

/* The _bh forms are bottom halves and a lock in one, and may be taken apart. */
static void a_bh_lock_undone_in_two_steps_leaves_the_count_as_it_was(struct kunit *test)
{
	DEFINE_SPINLOCK(lock);
	DEFINE_RWLOCK(rwlock);
	unsigned int before = preempt_count();

	spin_lock_bh(&lock);
	spin_unlock(&lock);
	KUNIT_EXPECT_EQ(test, preempt_count(), before + SOFTIRQ_DISABLE_OFFSET);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, preempt_count(), before);

	local_bh_disable();
	write_lock(&rwlock);
	write_unlock_bh(&rwlock);
	KUNIT_EXPECT_EQ(test, preempt_count(), before);

	local_bh_disable();
	if (spin_trylock(&lock))
		spin_unlock_bh(&lock);
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
}

static void irq_flags_nest(struct kunit *test)
{
	unsigned long outer, inner;

	local_irq_save(outer);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_save(inner);
	KUNIT_EXPECT_TRUE(test, irqs_disabled_flags(inner));
	KUNIT_EXPECT_FALSE(test, irqs_disabled_flags(outer));
	local_irq_restore(inner);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_restore(outer);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static struct task_struct *interrupted;

static void record_current(void *unused)
{
	interrupted = current;
}

/* Claim A10: current is whichever task was interrupted. */
static void current_in_a_hard_irq_is_the_interrupted_task(struct kunit *test)
{
	interrupted = NULL;
	preempt_disable();
	in_hard_irq(record_current, NULL);
	preempt_enable();
	KUNIT_EXPECT_PTR_EQ(test, interrupted, current);
}

static void sleep_in_hard_irq(void *unused)
{
	might_sleep();
}

/* Claim A10: handlers cannot sleep, and the one that tries is diagnosed. */
static void sleeping_in_a_hard_irq_is_diagnosed(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP))
		kunit_skip(test, "needs DEBUG_ATOMIC_SLEEP");
	bug_expect(1);
	in_hard_irq(sleep_in_hard_irq, NULL);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

static struct kunit_case context_cases[] = {
	KUNIT_CASE(in_a_task_is_task_only),
	KUNIT_CASE(with_bottom_halves_off_is_softirq_but_not_serving),
	KUNIT_CASE(with_interrupts_off_is_still_task),
	KUNIT_CASE(in_a_softirq_is_serving),
	KUNIT_CASE(in_a_hard_irq_is_hardirq),
	KUNIT_CASE(in_a_hard_irq_over_a_bh_off_section_is_both),
	KUNIT_CASE(bottom_halves_nest),
	KUNIT_CASE(preemption_off_is_atomic),
	KUNIT_CASE(a_spinlock_is_atomic),
	KUNIT_CASE(a_bh_lock_undone_in_two_steps_leaves_the_count_as_it_was),
	KUNIT_CASE(irq_flags_nest),
	KUNIT_CASE(current_in_a_hard_irq_is_the_interrupted_task),
	KUNIT_CASE(sleeping_in_a_hard_irq_is_diagnosed),
	{}
};

static struct kunit_suite context_suite = {
	.name = "context",
	.test_cases = context_cases,
};
kunit_test_suite(context_suite);
