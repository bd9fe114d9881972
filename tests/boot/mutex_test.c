// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutexes.
 */
#include <linux/bug.h>
#include <linux/mutex.h>

#include "thread_helpers.h"

static DEFINE_MUTEX(lock);
static struct event_log order;

static int reset(struct kunit *test)
{
	log_reset(&order);
	return 0;
}

static void lock_and_log(void *number)
{
	mutex_lock(&lock);
	log_event(&order, (int)(long)number);
	mutex_unlock(&lock);
}

static void free_mutex_is_taken_and_given_back(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&lock));
	mutex_lock(&lock);
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&lock));
	mutex_unlock(&lock);
	KUNIT_EXPECT_EQ(test, mutex_lock_interruptible(&lock), 0);
	mutex_unlock(&lock);
	KUNIT_EXPECT_EQ(test, mutex_lock_killable(&lock), 0);
	mutex_unlock(&lock);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&lock));
}

static void try_it(void *taken)
{
	*(int *)taken = mutex_trylock(&lock);
}

static void trylock_of_a_held_one_fails(struct kunit *test)
{
	struct actor actor;
	int taken = -1;

	KUNIT_EXPECT_EQ(test, mutex_trylock(&lock), 1);
	actor_start(test, &actor, -1, try_it, &taken);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, taken, 0);
	mutex_unlock(&lock);
}

static void waiters_get_it_in_order(struct kunit *test)
{
	struct actor actor[3];
	int i;

	mutex_lock(&lock);
	for (i = 0; i < 3; i++) {
		actor_start(test, &actor[i], -1, lock_and_log, (void *)(long)(i + 1));
		KUNIT_ASSERT_TRUE(test, sleeps_in(actor[i].task, TASK_UNINTERRUPTIBLE));
	}
	mutex_unlock(&lock);
	/* It went to the first waiter: nobody can slip in. */
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&lock) || atomic_read(&order.used) == 3);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&actor[i]));
	EXPECT_LOG(test, &order, 1, 2, 3);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&lock));
}

static int sum;

static void add_100(void *unused)
{
	int i;

	for (i = 0; i < 100; i++) {
		int seen;

		mutex_lock(&lock);
		seen = READ_ONCE(sum);
		cond_resched();
		WRITE_ONCE(sum, seen + 1);
		mutex_unlock(&lock);
	}
}

static void holders_never_meet(struct kunit *test)
{
	struct actor actor[4];
	int i;

	sum = 0;
	for (i = 0; i < 4; i++)
		actor_start(test, &actor[i], -1, add_100, NULL);
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&actor[i]));
	KUNIT_EXPECT_EQ(test, sum, 400);
}

static void second_lock_by_the_owner_is_reported(struct kunit *test)
{
	struct mutex twice;

	mutex_init(&twice);
	mutex_lock(&twice);
	bug_expect(1);
	mutex_lock(&twice);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	mutex_unlock(&twice);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&twice));
	/* One lock, one unlock: the second one is wrong. */
	bug_expect(1);
	mutex_unlock(&twice);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

static void unlock_it(void *unused)
{
	mutex_unlock(&lock);
}

static void unlock_by_another_is_reported(struct kunit *test)
{
	struct actor actor;

	mutex_lock(&lock);
	bug_expect(1);
	actor_start(test, &actor, -1, unlock_it, NULL);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&lock));
	mutex_unlock(&lock);
}

static struct kunit_case mutex_cases[] = {
	KUNIT_CASE(free_mutex_is_taken_and_given_back),
	KUNIT_CASE(trylock_of_a_held_one_fails),
	KUNIT_CASE(waiters_get_it_in_order),
	KUNIT_CASE(holders_never_meet),
	KUNIT_CASE(second_lock_by_the_owner_is_reported),
	KUNIT_CASE(unlock_by_another_is_reported),
	{}
};

static struct kunit_suite mutex_suite = {
	.name = "mutex",
	.init = reset,
	.test_cases = mutex_cases,
};

kunit_test_suite(mutex_suite);
