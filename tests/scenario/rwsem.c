// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reader/writer locks, sleeping and spinning, under every schedule: writers alone, nobody left waiting.
 */
#include <kunit/scenario.h>
#include <linux/rwlock.h>
#include <linux/rwsem.h>
#include <linux/sched.h>

static DECLARE_RWSEM(sem);
static DEFINE_RWLOCK(lock);
static atomic_t readers, writers;
static int met, total;

static void begin(void)
{
	atomic_set(&readers, 0);
	atomic_set(&writers, 0);
	met = total = 0;
}

static void read_inside(void)
{
	atomic_inc(&readers);
	if (atomic_read(&writers))
		WRITE_ONCE(met, 1);
	atomic_dec(&readers);
}

static void write_inside(void)
{
	if (atomic_inc_return(&writers) != 1 || atomic_read(&readers))
		WRITE_ONCE(met, 1);
	/* Not atomic on purpose: the lock is all that keeps the sum right. */
	WRITE_ONCE(total, READ_ONCE(total) + 1);
	atomic_dec(&writers);
}

static void read_sem(void *unused)
{
	int i;

	for (i = 0; i < 2; i++) {
		down_read(&sem);
		read_inside();
		up_read(&sem);
	}
}

static void write_sem(void *unused)
{
	down_write(&sem);
	write_inside();
	up_write(&sem);
	if (down_write_trylock(&sem)) {
		write_inside();
		downgrade_write(&sem);
		read_inside();
		up_read(&sem);
	} else {
		down_write(&sem);
		write_inside();
		up_write(&sem);
	}
}

static void rwsem_writers_are_alone(struct kunit *test)
{
	struct scenario_thread thread[4];
	int i;

	begin();
	for (i = 0; i < 4; i++)
		scenario_start(test, &thread[i], i, i & 1 ? write_sem : read_sem, NULL);
	scenario_join_each(thread, 4);
	KUNIT_EXPECT_EQ(test, met, 0);
	KUNIT_EXPECT_EQ(test, total, 4);
	KUNIT_EXPECT_EQ(test, rwsem_is_locked(&sem), 0);
	KUNIT_EXPECT_EQ(test, rwsem_is_contended(&sem), 0);
}
SCENARIO(rwsem_writers_are_alone, .must_hit = { "rwsem: let in by another" });

static void read_spinning(void *unused)
{
	read_lock(&lock);
	read_inside();
	read_unlock(&lock);
}

static void write_spinning(void *unused)
{
	int i;

	for (i = 0; i < 2; i++) {
		/* Interrupts read it. */
		write_lock_irq(&lock);
		write_inside();
		write_unlock_irq(&lock);
	}
}

static void read_spinning_twice(void *unused)
{
	read_spinning(NULL);
	read_spinning(NULL);
}

static void rwlock_writers_are_alone(struct kunit *test)
{
	struct scenario_thread thread[4];
	int i;

	begin();
	for (i = 0; i < 3; i++)
		scenario_inject(read_spinning, NULL);
	for (i = 0; i < 4; i++)
		scenario_start(test, &thread[i], i, i & 1 ? write_spinning : read_spinning_twice, NULL);
	scenario_join_each(thread, 4);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, met, 0);
	KUNIT_EXPECT_EQ(test, total, 4);
	KUNIT_EXPECT_EQ(test, atomic_read(&lock.word), 0);
}
SCENARIO(rwlock_writers_are_alone);
