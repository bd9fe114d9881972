// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spinning reader/writer locks.
 */
#include <linux/rwlock.h>

#include "thread_helpers.h"

static DEFINE_RWLOCK(lock);
static atomic_t inside, met;

static int reset(struct kunit *test)
{
	atomic_set(&inside, 0);
	atomic_set(&met, 0);
	return 0;
}

/* Without SMP the lock word is not there, but for debugging. */
static bool lock_has_a_word(void)
{
	return IS_ENABLED(CONFIG_SMP) || IS_ENABLED(CONFIG_DEBUG_SPINLOCK);
}

static void all_forms_take_and_give_back(struct kunit *test)
{
	unsigned long flags;

	read_lock(&lock);
	read_unlock(&lock);
	read_lock_bh(&lock);
	KUNIT_EXPECT_TRUE(test, in_softirq());
	read_unlock_bh(&lock);
	read_lock_irq(&lock);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	read_unlock_irq(&lock);
	write_lock(&lock);
	write_unlock(&lock);
	write_lock_bh(&lock);
	write_unlock_bh(&lock);
	write_lock_irqsave(&lock, flags);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	write_unlock_irqrestore(&lock, flags);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_EQ(test, preempt_count(), 0U);
	KUNIT_EXPECT_EQ(test, atomic_read(&lock.word), 0);
}

static void reader_lets_readers_in_and_no_writer(struct kunit *test)
{
	if (!lock_has_a_word())
		kunit_skip(test, "needs SMP");
	read_lock(&lock);
	KUNIT_EXPECT_TRUE(test, read_trylock(&lock));
	KUNIT_EXPECT_FALSE(test, write_trylock(&lock));
	read_unlock(&lock);
	read_unlock(&lock);
	KUNIT_EXPECT_TRUE(test, write_trylock(&lock));
	KUNIT_EXPECT_FALSE(test, read_trylock(&lock));
	KUNIT_EXPECT_FALSE(test, write_trylock(&lock));
	write_unlock(&lock);
}

static DEFINE_RWLOCK(irq_lock);

static void read_in_irq(void *unused)
{
	read_lock(&irq_lock);
	atomic_inc(&met);
	read_unlock(&irq_lock);
}

static void interrupt_reads_while_a_reader_has_it_and_a_writer_waits(struct kunit *test)
{
	if (!lock_has_a_word())
		kunit_skip(test, "needs SMP");
	read_lock(&irq_lock);
	/* As if a writer on another CPU stood first in line. */
	atomic_or(RWLOCK_WAITING, &irq_lock.word);
	in_hard_irq(read_in_irq, NULL);
	atomic_andnot(RWLOCK_WAITING, &irq_lock.word);
	read_unlock(&irq_lock);
	KUNIT_EXPECT_EQ(test, atomic_read(&met), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&irq_lock.word), 0);
}

static void write_often(void *unused)
{
	int i;

	for (i = 0; i < 2000; i++) {
		write_lock(&lock);
		if (atomic_inc_return(&inside) != 1)
			atomic_inc(&met);
		atomic_dec(&inside);
		write_unlock(&lock);
	}
}

static void read_often(void *unused)
{
	int i;

	for (i = 0; i < 2000; i++) {
		read_lock(&lock);
		if (atomic_read(&inside))
			atomic_inc(&met);
		read_unlock(&lock);
	}
}

static void writers_and_readers_never_meet(struct kunit *test)
{
	struct actor actor[4];
	int i, online = (int)num_online_cpus();

	for (i = 0; i < 4; i++)
		actor_start(test, &actor[i], i % online, i & 1 ? read_often : write_often, NULL);
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&actor[i]));
	KUNIT_EXPECT_EQ(test, atomic_read(&met), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&lock.word), 0);
}

static struct kunit_case rwlock_cases[] = {
	KUNIT_CASE(all_forms_take_and_give_back),
	KUNIT_CASE(reader_lets_readers_in_and_no_writer),
	KUNIT_CASE(interrupt_reads_while_a_reader_has_it_and_a_writer_waits),
	KUNIT_CASE(writers_and_readers_never_meet),
	{}
};

static struct kunit_suite rwlock_suite = {
	.name = "rwlock",
	.init = reset,
	.test_cases = rwlock_cases,
};

kunit_test_suite(rwlock_suite);
