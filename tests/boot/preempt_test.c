// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wrong uses of the preemption count, and of the CPU's number.
 */
#include <linux/bug.h>
#include <linux/bottom_half.h>

#include "thread_helpers.h"

static int needs_debug_preempt(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG_PREEMPT))
		kunit_skip(test, "needs DEBUG_PREEMPT");
	return 0;
}

static void enable_without_disable_is_reported_and_not_made(struct kunit *test)
{
	bug_expect(2);
	preempt_enable();
	preempt_enable_no_resched();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0U);
	/* Nor does it eat from another field. */
	local_bh_disable();
	bug_expect(1);
	preempt_enable_no_resched();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_EQ(test, preempt_count(), SOFTIRQ_DISABLE_OFFSET);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, preempt_count(), 0U);
}

static void nesting_near_the_end_of_the_field_is_reported(struct kunit *test)
{
	int i;

	bug_expect(1);
	for (i = 0; i < 250; i++)
		preempt_disable();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	for (i = 0; i < 250; i++)
		preempt_enable();
	KUNIT_EXPECT_EQ(test, preempt_count(), 0U);
}

static void report_says_where_the_count_became_nonzero(struct kunit *test)
{
	u64 seq = printk_next_seq();

	bug_expect(1);
	preempt_disable();
	schedule();
	preempt_enable();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "the count became nonzero at"));
}

static void number_of_a_cpu_that_may_change_is_reported(struct kunit *test)
{
	SKIP_ON_ONE_CPU(test);
	bug_expect(1);
	(void)smp_processor_id();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	preempt_disable();
	(void)smp_processor_id();
	preempt_enable();
	stay_on(test, 0);
	KUNIT_EXPECT_EQ(test, smp_processor_id(), 0U);
}

static struct kunit_case preempt_cases[] = {
	KUNIT_CASE(enable_without_disable_is_reported_and_not_made),
	KUNIT_CASE(nesting_near_the_end_of_the_field_is_reported),
	KUNIT_CASE(report_says_where_the_count_became_nonzero),
	KUNIT_CASE(number_of_a_cpu_that_may_change_is_reported),
	{}
};

static struct kunit_suite preempt_suite = {
	.name = "preempt",
	.init = needs_debug_preempt,
	.test_cases = preempt_cases,
};

kunit_test_suite(preempt_suite);
