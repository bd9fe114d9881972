// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spinning locks under every schedule: one holder, nobody left in line, contexts nest.
 */
#include <kunit/scenario.h>
#include <linux/spinlock.h>
#include <linux/sched.h>

static DEFINE_SPINLOCK(lock);
static DEFINE_SPINLOCK(handler_lock);	/* handlers take it: never with interrupts on */
static DEFINE_SPINLOCK(inner_lock);
static int holders, collisions, total;

static void work_locked(void)
{
	if (READ_ONCE(holders))
		WRITE_ONCE(collisions, 1);
	WRITE_ONCE(holders, 1);
	/* Not atomic on purpose: the lock is all that keeps the sum right. */
	WRITE_ONCE(total, READ_ONCE(total) + 1);
	WRITE_ONCE(holders, 0);
}

static void take_plain(void *unused)
{
	int i;

	for (i = 0; i < 3; i++) {
		spin_lock(&lock);
		work_locked();
		spin_unlock(&lock);
	}
}

static void four_plain_holders_never_meet(struct kunit *test)
{
	struct scenario_thread thread[4];

	holders = collisions = total = 0;
	scenario_start_each(test, thread, 4, take_plain, NULL);
	scenario_join_each(thread, 4);
	KUNIT_EXPECT_EQ(test, collisions, 0);
	KUNIT_EXPECT_EQ(test, total, 12);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&lock));
}
SCENARIO(four_plain_holders_never_meet);

static void take_irqsave(void *unused)
{
	unsigned long flags;

	spin_lock_irqsave(&handler_lock, flags);
	work_locked();
	spin_unlock_irqrestore(&handler_lock, flags);
}

static void take_irqsave_thrice(void *unused)
{
	take_irqsave(NULL);
	take_irqsave(NULL);
	take_irqsave(NULL);
}

/* A waiter in a task is interrupted by a handler that waits for the same lock in a line of its own. */
static void handlers_and_tasks_never_meet(struct kunit *test)
{
	struct scenario_thread thread[3];
	int i;

	holders = collisions = total = 0;
	for (i = 0; i < 5; i++)
		scenario_inject(take_irqsave, NULL);
	scenario_start_each(test, thread, 3, take_irqsave_thrice, NULL);
	scenario_join_each(thread, 3);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, collisions, 0);
	KUNIT_EXPECT_EQ(test, total, 14);
}
SCENARIO(handlers_and_tasks_never_meet);

static int inner_total;

static void take_inner_irqsave(void *unused)
{
	unsigned long flags;
	int i;

	spin_lock_irqsave(&inner_lock, flags);
	WRITE_ONCE(inner_total, READ_ONCE(inner_total) + 1);
	/* Long enough for others to come here. */
	for (i = 0; i < 5; i++)
		READ_ONCE(inner_total);
	spin_unlock_irqrestore(&inner_lock, flags);
}

/* Interrupts on while waiting for one lock, a handler waits for another: two nodes of one CPU in use. */
static void a_wait_within_a_wait_nests(struct kunit *test)
{
	struct scenario_thread thread[3];
	int i;

	holders = collisions = total = inner_total = 0;
	for (i = 0; i < 5; i++)
		scenario_inject(take_inner_irqsave, NULL);
	scenario_start_each(test, thread, 3, take_plain, NULL);
	for (i = 0; i < 4; i++)
		take_inner_irqsave(NULL);
	scenario_join_each(thread, 3);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, collisions, 0);
	KUNIT_EXPECT_EQ(test, total, 9);
	KUNIT_EXPECT_EQ(test, inner_total, 9);
}
SCENARIO(a_wait_within_a_wait_nests);

static int taken, refused;

static void try_it(void *unused)
{
	if (!spin_trylock(&lock)) {
		WRITE_ONCE(refused, 1);
		return;
	}
	work_locked();
	WRITE_ONCE(taken, 1);
	spin_unlock(&lock);
}

static void trylock_takes_or_refuses(struct kunit *test)
{
	struct scenario_thread thread[2];

	holders = collisions = total = taken = refused = 0;
	scenario_start(test, &thread[0], 1, try_it, NULL);
	scenario_start(test, &thread[1], 2, take_plain, NULL);
	try_it(NULL);
	scenario_join(&thread[0]);
	scenario_join(&thread[1]);
	KUNIT_EXPECT_EQ(test, collisions, 0);
	KUNIT_EXPECT_TRUE(test, taken || refused);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&lock));
}
SCENARIO(trylock_takes_or_refuses);
