// SPDX-License-Identifier: GPL-2.0-only
/*
 * Semaphores, and sleeping reader/writer locks.
 */
#include <linux/bug.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>

#include "thread_helpers.h"

static struct semaphore sem;
static DECLARE_RWSEM(rwsem);
static struct event_log order;
static struct completion leave;

static int reset(struct kunit *test)
{
	sema_init(&sem, 1);
	init_completion(&leave);
	log_reset(&order);
	return 0;
}

static bool asleep(struct actor *actor)
{
	return sleeps_in(actor->task, TASK_UNINTERRUPTIBLE);
}

static void semaphore_lets_as_many_pass_as_it_counts(struct kunit *test)
{
	static DEFINE_SEMAPHORE(three, 3);
	int i;

	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, down_trylock(&three), 0);
	KUNIT_EXPECT_EQ(test, down_trylock(&three), 1);
	up(&three);
	down(&three);
	for (i = 0; i < 3; i++)
		up(&three);
	KUNIT_EXPECT_EQ(test, three.count, 3U);
}

static void down_and_log(void *number)
{
	down(&sem);
	log_event(&order, (int)(long)number);
}

static void up_it(void *unused)
{
	up(&sem);
}

static void semaphore_waiters_pass_in_order(struct kunit *test)
{
	struct actor actor[3];
	int i;

	down(&sem);
	for (i = 0; i < 3; i++) {
		actor_start(test, &actor[i], -1, down_and_log, (void *)(long)(i + 1));
		KUNIT_ASSERT_TRUE(test, asleep(&actor[i]));
	}
	for (i = 0; i < 3; i++) {
		/* Anybody may give one back, interrupts too. */
		in_hard_irq(up_it, NULL);
		KUNIT_EXPECT_EQ(test, down_trylock(&sem), 1);
		KUNIT_EXPECT_TRUE(test, actor_join(&actor[i]));
	}
	EXPECT_LOG(test, &order, 1, 2, 3);
}

static void semaphore_wait_can_time_out(struct kunit *test)
{
	unsigned long begin = jiffies;

	down(&sem);
	KUNIT_EXPECT_EQ(test, down_timeout(&sem, 2), -ETIME);
	KUNIT_EXPECT_GE(test, jiffies - begin, 2UL);
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_timeout(&sem, 2), 0);
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_interruptible(&sem), 0);
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_killable(&sem), 0);
}

/* ---- reader/writer ---- */

static void read_log_and_stay(void *number)
{
	down_read(&rwsem);
	log_event(&order, (int)(long)number);
	wait_for_completion(&leave);
	up_read(&rwsem);
}

static void write_and_log(void *number)
{
	down_write(&rwsem);
	log_event(&order, (int)(long)number);
	up_write(&rwsem);
}

static bool logged(int n)
{
	unsigned long end = jiffies + PATIENCE;

	while (atomic_read(&order.used) < n && time_before(jiffies, end))
		schedule_timeout_uninterruptible(1);
	return atomic_read(&order.used) == n;
}

static void rwsem_has_readers_together_and_writers_alone(struct kunit *test)
{
	struct actor reader[2], writer;
	int i;

	for (i = 0; i < 2; i++)
		actor_start(test, &reader[i], -1, read_log_and_stay, (void *)1L);
	KUNIT_ASSERT_TRUE(test, logged(2));
	KUNIT_EXPECT_EQ(test, down_write_trylock(&rwsem), 0);
	actor_start(test, &writer, -1, write_and_log, (void *)2L);
	KUNIT_ASSERT_TRUE(test, asleep(&writer));
	KUNIT_EXPECT_EQ(test, rwsem_is_contended(&rwsem), 1);
	complete_all(&leave);
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&reader[i]));
	KUNIT_EXPECT_TRUE(test, actor_join(&writer));
	EXPECT_LOG(test, &order, 1, 1, 2);
	KUNIT_EXPECT_EQ(test, rwsem_is_locked(&rwsem), 0);
}

static void rwsem_reader_does_not_overtake_a_waiting_writer(struct kunit *test)
{
	struct actor first, second, writer;

	actor_start(test, &first, -1, read_log_and_stay, (void *)1L);
	KUNIT_ASSERT_TRUE(test, logged(1));
	actor_start(test, &writer, -1, write_and_log, (void *)2L);
	KUNIT_ASSERT_TRUE(test, asleep(&writer));
	KUNIT_EXPECT_EQ(test, down_read_trylock(&rwsem), 0);
	actor_start(test, &second, -1, read_log_and_stay, (void *)3L);
	KUNIT_ASSERT_TRUE(test, asleep(&second));
	complete_all(&leave);
	KUNIT_EXPECT_TRUE(test, actor_join(&first));
	KUNIT_EXPECT_TRUE(test, actor_join(&writer));
	KUNIT_EXPECT_TRUE(test, actor_join(&second));
	EXPECT_LOG(test, &order, 1, 2, 3);
}

static void rwsem_readers_that_wait_are_let_in_together(struct kunit *test)
{
	struct actor reader[3];
	int i;

	down_write(&rwsem);
	for (i = 0; i < 3; i++) {
		actor_start(test, &reader[i], -1, read_log_and_stay, (void *)1L);
		KUNIT_ASSERT_TRUE(test, asleep(&reader[i]));
	}
	up_write(&rwsem);
	/* All three are in at once. */
	KUNIT_EXPECT_TRUE(test, logged(3));
	complete_all(&leave);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&reader[i]));
}

static void rwsem_downgrade_lets_readers_in(struct kunit *test)
{
	struct actor reader;

	down_write(&rwsem);
	actor_start(test, &reader, -1, read_log_and_stay, (void *)1L);
	KUNIT_ASSERT_TRUE(test, asleep(&reader));
	downgrade_write(&rwsem);
	KUNIT_EXPECT_TRUE(test, logged(1));
	KUNIT_EXPECT_EQ(test, down_write_trylock(&rwsem), 0);
	up_read(&rwsem);
	complete_all(&leave);
	KUNIT_EXPECT_TRUE(test, actor_join(&reader));
	KUNIT_EXPECT_EQ(test, down_write_trylock(&rwsem), 1);
	up_write(&rwsem);
}

static void rwsem_given_back_wrongly_is_reported(struct kunit *test)
{
	bug_expect(2);
	up_read(&rwsem);
	up_write(&rwsem);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_EQ(test, rwsem_is_locked(&rwsem), 0);
}

static struct kunit_case semaphore_cases[] = {
	KUNIT_CASE(semaphore_lets_as_many_pass_as_it_counts),
	KUNIT_CASE(semaphore_waiters_pass_in_order),
	KUNIT_CASE(semaphore_wait_can_time_out),
	KUNIT_CASE(rwsem_has_readers_together_and_writers_alone),
	KUNIT_CASE(rwsem_reader_does_not_overtake_a_waiting_writer),
	KUNIT_CASE(rwsem_readers_that_wait_are_let_in_together),
	KUNIT_CASE(rwsem_downgrade_lets_readers_in),
	KUNIT_CASE(rwsem_given_back_wrongly_is_reported),
	{}
};

static struct kunit_suite semaphore_suite = {
	.name = "semaphore",
	.init = reset,
	.test_cases = semaphore_cases,
};

kunit_test_suite(semaphore_suite);
