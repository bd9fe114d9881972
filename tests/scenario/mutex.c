// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutexes and semaphores under every schedule: one holder, nobody left asleep.
 */
#include <kunit/scenario.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/semaphore.h>

static DEFINE_MUTEX(lock);
static int holders, met, total;

static void work_locked(void)
{
	if (READ_ONCE(holders))
		WRITE_ONCE(met, 1);
	WRITE_ONCE(holders, 1);
	/* Not atomic on purpose: the lock is all that keeps the sum right. */
	WRITE_ONCE(total, READ_ONCE(total) + 1);
	WRITE_ONCE(holders, 0);
}

static void lock_thrice(void *unused)
{
	int i;

	for (i = 0; i < 3; i++) {
		mutex_lock(&lock);
		work_locked();
		if (i == 1)
			yield();
		mutex_unlock(&lock);
	}
}

static void mutex_holders_never_meet(struct kunit *test)
{
	struct scenario_thread thread[4];

	holders = met = total = 0;
	scenario_start_each(test, thread, 4, lock_thrice, NULL);
	scenario_join_each(thread, 4);
	KUNIT_EXPECT_EQ(test, met, 0);
	KUNIT_EXPECT_EQ(test, total, 12);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&lock));
}
SCENARIO(mutex_holders_never_meet, .must_hit = { "mutex: handed to a waiter", "mutex: free by now" });

static void try_a_few_times(void *unused)
{
	int i;

	for (i = 0; i < 3; i++) {
		if (!mutex_trylock(&lock))
			continue;
		work_locked();
		mutex_unlock(&lock);
	}
}

static void mutex_trylock_takes_or_refuses(struct kunit *test)
{
	struct scenario_thread thread[2];

	holders = met = total = 0;
	scenario_start(test, &thread[0], 0, lock_thrice, NULL);
	scenario_start(test, &thread[1], 1, try_a_few_times, NULL);
	try_a_few_times(NULL);
	scenario_join(&thread[0]);
	scenario_join(&thread[1]);
	KUNIT_EXPECT_EQ(test, met, 0);
	KUNIT_EXPECT_GE(test, total, 3);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&lock));
}
SCENARIO(mutex_trylock_takes_or_refuses);

static struct semaphore sem;
static atomic_t inside, most;

static void enter_and_leave(void *unused)
{
	int now, before;

	down(&sem);
	now = atomic_inc_return(&inside);
	before = atomic_read(&most);
	while (now > before && !atomic_try_cmpxchg(&most, &before, now))
		;
	atomic_dec(&inside);
	up(&sem);
}

static void up_once(void *unused)
{
	up(&sem);
}

/* One may be inside at first, two after an interrupt has added one. */
static void semaphore_lets_in_as_many_as_it_counts(struct kunit *test)
{
	struct scenario_thread thread[4];

	sema_init(&sem, 1);
	atomic_set(&inside, 0);
	atomic_set(&most, 0);
	scenario_start_each(test, thread, 4, enter_and_leave, NULL);
	scenario_inject(up_once, NULL);
	scenario_join_each(thread, 4);
	scenario_settle();
	KUNIT_EXPECT_LE(test, atomic_read(&most), 2);
	KUNIT_EXPECT_EQ(test, sem.count, 2U);
}
SCENARIO(semaphore_lets_in_as_many_as_it_counts);

static atomic_t got;

static void down_a_little(void *unused)
{
	if (!down_timeout(&sem, 1))
		atomic_inc(&got);
}

static void semaphore_given_at_the_end_of_a_timeout_is_not_lost(struct kunit *test)
{
	struct scenario_thread thread;

	sema_init(&sem, 0);
	atomic_set(&got, 0);
	scenario_start(test, &thread, 1, down_a_little, NULL);
	schedule_timeout_uninterruptible(1);
	up(&sem);
	scenario_join(&thread);
	KUNIT_EXPECT_EQ(test, atomic_read(&got) + (int)sem.count, 1);
}
SCENARIO(semaphore_given_at_the_end_of_a_timeout_is_not_lost);
