// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sequence counters and locks.
 */
#include <linux/seqlock.h>

#include "thread_helpers.h"

static DEFINE_SEQLOCK(lock);
static unsigned long first, second;
static atomic_t torn;

static void read_without_a_writer_is_done_once(struct kunit *test)
{
	unsigned int seq = read_seqbegin(&lock);

	KUNIT_EXPECT_EQ(test, seq & 1, 0U);
	KUNIT_EXPECT_EQ(test, read_seqretry(&lock, seq), 0U);
}

static void write_in_between_makes_the_read_start_again(struct kunit *test)
{
	unsigned int seq = read_seqbegin(&lock);
	unsigned long flags;

	write_seqlock(&lock);
	write_sequnlock(&lock);
	KUNIT_EXPECT_EQ(test, read_seqretry(&lock, seq), 1U);
	seq = read_seqbegin(&lock);
	write_seqlock_irqsave(&lock, flags);
	KUNIT_EXPECT_EQ(test, read_seqretry(&lock, seq), 1U);
	write_sequnlock_irqrestore(&lock, flags);
	KUNIT_EXPECT_EQ(test, read_seqretry(&lock, seq), 1U);
}

static void exclusive_reader_does_not_disturb_readers(struct kunit *test)
{
	unsigned int seq = read_seqbegin(&lock);

	read_seqlock_excl(&lock);
	read_sequnlock_excl(&lock);
	KUNIT_EXPECT_EQ(test, read_seqretry(&lock, seq), 0U);
}

static void counter_alone_tells_a_write_under_way(struct kunit *test)
{
	seqcount_t count = SEQCNT_ZERO(count);
	unsigned int seq;

	write_seqcount_begin(&count);
	KUNIT_EXPECT_EQ(test, raw_read_seqcount(&count) & 1, 1U);
	/* A reader that would rather fail than wait. */
	seq = raw_seqcount_begin(&count);
	KUNIT_EXPECT_EQ(test, read_seqcount_retry(&count, seq), 1);
	write_seqcount_end(&count);
	seq = read_seqcount_begin(&count);
	write_seqcount_invalidate(&count);
	KUNIT_EXPECT_EQ(test, read_seqcount_retry(&count, seq), 1);
}

static void write_pairs(void *unused)
{
	unsigned long i;

	for (i = 1; i <= 2000; i++) {
		write_seqlock(&lock);
		WRITE_ONCE(first, i);
		WRITE_ONCE(second, i);
		write_sequnlock(&lock);
	}
}

static void read_pairs(void *unused)
{
	unsigned int seq, i;
	unsigned long a, b;

	for (i = 0; i < 2000; i++) {
		do {
			seq = read_seqbegin(&lock);
			a = READ_ONCE(first);
			b = READ_ONCE(second);
		} while (read_seqretry(&lock, seq));
		if (a != b)
			atomic_inc(&torn);
	}
}

static void pair_is_never_seen_half_written(struct kunit *test)
{
	struct actor actor[4];
	int i, online = (int)num_online_cpus();

	atomic_set(&torn, 0);
	for (i = 0; i < 4; i++)
		actor_start(test, &actor[i], i % online, i & 1 ? read_pairs : write_pairs, NULL);
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&actor[i]));
	KUNIT_EXPECT_EQ(test, atomic_read(&torn), 0);
}

static struct kunit_case seqlock_cases[] = {
	KUNIT_CASE(read_without_a_writer_is_done_once),
	KUNIT_CASE(write_in_between_makes_the_read_start_again),
	KUNIT_CASE(exclusive_reader_does_not_disturb_readers),
	KUNIT_CASE(counter_alone_tells_a_write_under_way),
	KUNIT_CASE(pair_is_never_seen_half_written),
	{}
};

static struct kunit_suite seqlock_suite = {
	.name = "seqlock",
	.test_cases = seqlock_cases,
};

kunit_test_suite(seqlock_suite);
