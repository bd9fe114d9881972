// SPDX-License-Identifier: GPL-2.0-only
/*
 * Completions.
 */
#include "thread_helpers.h"

static DECLARE_COMPLETION(shared);
static struct event_log order;

static int reset(struct kunit *test)
{
	init_completion(&shared);
	log_reset(&order);
	return 0;
}

static void wait_and_log(void *number)
{
	wait_for_completion(&shared);
	log_event(&order, (int)(long)number);
}

static bool asleep(struct actor *actor)
{
	return sleeps_in(actor->task, TASK_UNINTERRUPTIBLE);
}

static void completed_before_the_wait_passes_at_once(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, completion_done(&shared));
	complete(&shared);
	KUNIT_EXPECT_TRUE(test, completion_done(&shared));
	wait_for_completion(&shared);
	KUNIT_EXPECT_FALSE(test, completion_done(&shared));
}

static void each_complete_lets_one_pass(struct kunit *test)
{
	complete(&shared);
	complete(&shared);
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&shared));
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&shared));
	KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&shared));
}

static void complete_all_lets_everybody_pass_for_ever(struct kunit *test)
{
	struct actor actor[2];
	int i;

	for (i = 0; i < 2; i++) {
		actor_start(test, &actor[i], -1, wait_and_log, NULL);
		KUNIT_ASSERT_TRUE(test, asleep(&actor[i]));
	}
	complete_all(&shared);
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&actor[i]));
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&shared));
	complete(&shared);
	KUNIT_EXPECT_TRUE(test, completion_done(&shared));
	reinit_completion(&shared);
	KUNIT_EXPECT_FALSE(test, completion_done(&shared));
}

static void waiters_pass_in_order(struct kunit *test)
{
	struct actor actor[3];
	int i;

	for (i = 0; i < 3; i++) {
		actor_start(test, &actor[i], -1, wait_and_log, (void *)(long)(i + 1));
		KUNIT_ASSERT_TRUE(test, asleep(&actor[i]));
	}
	for (i = 0; i < 3; i++) {
		complete(&shared);
		/* The one who asks now must not overtake those who wait. */
		KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&shared));
		KUNIT_EXPECT_TRUE(test, actor_join(&actor[i]));
	}
	EXPECT_LOG(test, &order, 1, 2, 3);
}

static void complete_it(void *unused)
{
	complete(&shared);
}

static void interrupt_can_complete(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, -1, wait_and_log, NULL);
	KUNIT_ASSERT_TRUE(test, asleep(&actor));
	in_hard_irq(complete_it, NULL);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
}

static void completion_survives_reinit_once_it_is_handed_over(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, -1, wait_and_log, NULL);
	KUNIT_ASSERT_TRUE(test, asleep(&actor));
	preempt_disable();
	complete(&shared);
	reinit_completion(&shared);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
}

static void wait_times_out_and_leaves_nothing_behind(struct kunit *test)
{
	unsigned long begin = jiffies;

	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&shared, 3), 0UL);
	KUNIT_EXPECT_GE(test, jiffies - begin, 3UL);
	KUNIT_EXPECT_EQ(test, wait_for_completion_interruptible_timeout(&shared, 1), 0L);
	/* Counted, not given to the waiter that left. */
	complete(&shared);
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&shared));
}

static void timeout_returns_what_is_left_and_at_least_1(struct kunit *test)
{
	complete_all(&shared);
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&shared, 100), 100UL);
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&shared, 0), 1UL);
	KUNIT_EXPECT_EQ(test, wait_for_completion_killable_timeout(&shared, 5), 5L);
	KUNIT_EXPECT_EQ(test, wait_for_completion_interruptible(&shared), 0);
	KUNIT_EXPECT_EQ(test, wait_for_completion_killable(&shared), 0);
}

static void answer(void *data)
{
	struct completion *question = data;

	complete(question);
}

static void completion_on_the_stack_can_go_after_the_wait(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 100; i++) {
		DECLARE_COMPLETION_ONSTACK(question);
		struct actor actor;

		actor_start(test, &actor, -1, answer, &question);
		wait_for_completion(&question);
		memset(&question, 0xff, sizeof(question));
		KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	}
}

static struct kunit_case completion_cases[] = {
	KUNIT_CASE(completed_before_the_wait_passes_at_once),
	KUNIT_CASE(each_complete_lets_one_pass),
	KUNIT_CASE(complete_all_lets_everybody_pass_for_ever),
	KUNIT_CASE(waiters_pass_in_order),
	KUNIT_CASE(interrupt_can_complete),
	KUNIT_CASE(completion_survives_reinit_once_it_is_handed_over),
	KUNIT_CASE(wait_times_out_and_leaves_nothing_behind),
	KUNIT_CASE(timeout_returns_what_is_left_and_at_least_1),
	KUNIT_CASE(completion_on_the_stack_can_go_after_the_wait),
	{}
};

static struct kunit_suite completion_suite = {
	.name = "completion",
	.init = reset,
	.test_cases = completion_cases,
};

kunit_test_suite(completion_suite);
