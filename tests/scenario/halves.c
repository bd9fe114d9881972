// SPDX-License-Identifier: GPL-2.0-only
/*
 * From the top half to the bottom half under every schedule: what is lost is counted, what is kept is
 * whole and in order, and a source that is masked is unmasked (claims F1, F2, F3).
 */
#include <kunit/scenario.h>
#include <linux/cpumask.h>
#include <linux/sched.h>
#include <arch/cpu.h>
#include <bottomhalf/ring.h>

#define NUMBERS		8

/* A number written twice: half old and half new is noticed. */
struct wide {
	u8 number, again;
};

static atomic_t produced;

/* ---------------------------------------------------------------- one producer, no waiting */

static void put_next(void *ring)
{
	u8 number = (u8)atomic_inc_return(&produced);

	bh_ring_put(ring, &((struct wide){ number, number }));
}

static void put_all(void *ring)
{
	for (int i = 0; i < NUMBERS; i++)
		put_next(ring);
}

/* Take what there is: rising numbers, each whole. Returns how many. */
static unsigned int take_rising(struct kunit *test, struct bh_ring *ring, unsigned int *last)
{
	struct wide wide;
	unsigned int nr = 0;

	for (; bh_ring_take(ring, &wide); nr++) {
		KUNIT_EXPECT_EQ(test, wide.number, wide.again);
		KUNIT_EXPECT_GT(test, wide.number, *last);
		*last = wide.number;
	}
	return nr;
}

/* Nothing there yet. With two CPUs or more the producer goes on meanwhile. */
static void wait_a_moment(void)
{
	if (num_online_cpus() > 1)
		arch_cpu_relax();
	else
		schedule();
}

/* The producer is a thread here, and each item that it was told of is taken, forgotten, or refused. */
static void take_beside_producer(struct kunit *test, struct bh_ring *ring)
{
	struct scenario_thread producer;
	unsigned int taken = 0, last = 0;
	struct bh_counts counts;

	atomic_set(&produced, 0);
	scenario_start(test, &producer, 1, put_all, ring);
	while (atomic_read(&produced) < NUMBERS) {
		unsigned int nr = take_rising(test, ring, &last);

		taken += nr;
		if (!nr)
			wait_a_moment();
	}
	scenario_join(&producer);
	taken += take_rising(test, ring, &last);
	bh_ring_counts(ring, &counts);
	KUNIT_EXPECT_EQ(test, counts.taken, taken);
	if (ring->policy == BH_RING_DROP_OLDEST) {
		KUNIT_EXPECT_EQ(test, last, NUMBERS);
		KUNIT_EXPECT_EQ(test, counts.put, NUMBERS);
	}
	KUNIT_EXPECT_EQ(test, taken + counts.dropped, NUMBERS);
	KUNIT_EXPECT_LE(test, counts.high_water, ring->nr_items);
}

DEFINE_BH_RING(oldest, struct wide, 2, BH_RING_DROP_OLDEST);

static void ring_that_forgets_the_oldest_hands_out_whole_items_in_order(struct kunit *test)
{
	/* One place: who puts and who takes are always at the same. */
	bh_ring_init(&oldest, "oldest", oldest_items, 1, sizeof(struct wide), BH_RING_DROP_OLDEST);
	take_beside_producer(test, &oldest);
}
SCENARIO(ring_that_forgets_the_oldest_hands_out_whole_items_in_order,
	 .must_hit = { "ring: forgotten while it was being taken",
		       "ring: the oldest was taken while it was being forgotten" });

DEFINE_BH_RING(newest, struct wide, 2, BH_RING_DROP_NEWEST);

static void ring_that_refuses_the_newest_hands_out_whole_items_in_order(struct kunit *test)
{
	bh_ring_init(&newest, "newest", newest_items, 2, sizeof(struct wide), BH_RING_DROP_NEWEST);
	take_beside_producer(test, &newest);
}
SCENARIO(ring_that_refuses_the_newest_hands_out_whole_items_in_order);

/* The handler interrupts the very loop that drains, on its CPU, at any point of it. */
static void interrupts_that_overtake_the_drain_lose_only_what_is_counted(struct kunit *test)
{
	unsigned int taken = 0, last = 0;
	struct bh_counts counts;

	bh_ring_init(&oldest, "oldest", oldest_items, 2, sizeof(struct wide), BH_RING_DROP_OLDEST);
	atomic_set(&produced, 0);
	for (int i = 0; i < 4; i++)
		scenario_inject_on(0, put_next, &oldest);
	for (int i = 0; i < 20; i++)
		taken += take_rising(test, &oldest, &last);
	scenario_settle();
	taken += take_rising(test, &oldest, &last);
	bh_ring_counts(&oldest, &counts);
	KUNIT_EXPECT_EQ(test, last, 4);
	KUNIT_EXPECT_EQ(test, taken + counts.dropped, 4);
}
SCENARIO(interrupts_that_overtake_the_drain_lose_only_what_is_counted);

/* ---------------------------------------------------------------- a source that can be masked */

DEFINE_BH_RING(masking, struct wide, 2, BH_RING_MASK);
/* A bit of the device: masking twice is masking once, and what is done last counts. */
static atomic_t is_masked;

static void mask_it(void *unused)
{
	atomic_set(&is_masked, 1);
}

static void unmask_it(void *unused)
{
	atomic_set(&is_masked, 0);
}

/* A device that obeys: it comes only while it is not masked, and has one thing to say each time. */
static void produce_unless_masked(void *unused)
{
	for (int i = 0; i < NUMBERS; i++) {
		while (atomic_read(&is_masked))
			wait_a_moment();
		put_next(&masking);
	}
}

static void source_that_is_masked_when_it_is_full_loses_nothing_and_goes_on(struct kunit *test)
{
	struct scenario_thread producer;
	unsigned int taken = 0, last = 0;
	struct bh_counts counts;

	bh_ring_init(&masking, "masking", masking_items, 2, sizeof(struct wide), BH_RING_MASK);
	bh_ring_set_source(&masking, mask_it, unmask_it, NULL);
	atomic_set(&produced, 0);
	atomic_set(&is_masked, 0);
	scenario_start(test, &producer, 1, produce_unless_masked, NULL);
	/* The consumer begins when there is something, and ends when it is drained: nobody calls him again. */
	while (taken < NUMBERS) {
		if (bh_ring_used(&masking))
			taken += take_rising(test, &masking, &last);
		else
			wait_a_moment();
		KUNIT_EXPECT_EQ(test, last, taken);	/* none is missing */
	}
	scenario_join(&producer);
	bh_ring_counts(&masking, &counts);
	KUNIT_EXPECT_EQ(test, counts.dropped, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&is_masked), 0);
	KUNIT_EXPECT_FALSE(test, bh_ring_is_masked(&masking));
}
SCENARIO(source_that_is_masked_when_it_is_full_loses_nothing_and_goes_on,
	 .must_hit = { "ring: drained while its source was being masked" });

/* ---------------------------------------------------------------- status words */

#define SOURCES		2

DEFINE_BH_STATUS(status, SOURCES);
static unsigned int said[SOURCES];
static atomic_t firsts, saying;

static void say_twice(void *source)
{
	unsigned int number = (unsigned int)(unsigned long)source;

	for (unsigned int i = 1; i <= 2; i++) {
		WRITE_ONCE(said[number], i);
		if (bh_status_set(&status, number, i))
			atomic_inc(&firsts);
	}
	atomic_dec(&saying);
}

/* Whoever takes a source's bits sees what it had stored before it set them. */
static void take_status(struct kunit *test, unsigned long *bits, int *taken)
{
	unsigned int source;
	unsigned long got;

	while ((got = bh_status_take(&status, &source))) {
		if (got & 2)
			KUNIT_EXPECT_EQ(test, READ_ONCE(said[source]), 2);
		bits[source] |= got;
		++*taken;
	}
}

static void what_a_source_says_is_taken_once_and_by_who_sees_its_data(struct kunit *test)
{
	unsigned long bits[SOURCES] = { 0 };
	struct scenario_thread thread;
	int taken = 0;

	atomic_set(&firsts, 0);
	atomic_set(&saying, 2);
	said[0] = said[1] = 0;
	scenario_inject(say_twice, (void *)1UL);
	scenario_start(test, &thread, 1, say_twice, NULL);
	while (atomic_read(&saying)) {
		take_status(test, bits, &taken);
		schedule_timeout_uninterruptible(1);
	}
	scenario_join(&thread);
	scenario_settle();
	take_status(test, bits, &taken);
	KUNIT_EXPECT_EQ(test, bits[0], 3);
	KUNIT_EXPECT_EQ(test, bits[1], 3);
	KUNIT_EXPECT_EQ(test, taken, atomic_read(&firsts));
}
SCENARIO(what_a_source_says_is_taken_once_and_by_who_sees_its_data);

/* ---------------------------------------------------------------- many producers */

#define PRODUCERS	3
#define EACH		3

struct item {
	u8 producer, number, again;
};

DEFINE_BH_LIST(list, struct item, 2);
static atomic_t put_in, refused, done;

static void put_items(void *producer)
{
	u8 who = (u8)(unsigned long)producer;

	for (u8 i = 1; i <= EACH; i++) {
		struct item item = { who, i, i };

		atomic_inc(bh_list_put(&list, &item) ? &put_in : &refused);
	}
	atomic_inc(&done);
}

static unsigned int take_items(struct kunit *test, u8 *last)
{
	struct item item;
	unsigned int nr = 0;

	for (; bh_list_take(&list, &item); nr++) {
		KUNIT_EXPECT_EQ(test, item.number, item.again);
		KUNIT_EXPECT_GT(test, item.number, last[item.producer]);
		last[item.producer] = item.number;
	}
	return nr;
}

static void list_of_many_producers_keeps_the_order_of_each_and_counts_the_rest(struct kunit *test)
{
	struct scenario_thread threads[PRODUCERS - 1];
	u8 last[PRODUCERS] = { 0 };
	struct bh_counts counts;
	unsigned int taken = 0;

	bh_list_init(&list);
	atomic_set(&put_in, 0);
	atomic_set(&refused, 0);
	atomic_set(&done, 0);
	scenario_inject(put_items, (void *)2UL);
	for (unsigned long i = 0; i < PRODUCERS - 1; i++)
		scenario_start(test, &threads[i], (unsigned int)i, put_items, (void *)i);
	while (atomic_read(&done) < PRODUCERS) {
		taken += take_items(test, last);
		schedule_timeout_uninterruptible(1);
	}
	for (int i = 0; i < PRODUCERS - 1; i++)
		scenario_join(&threads[i]);
	scenario_settle();
	taken += take_items(test, last);
	bh_list_counts(&list, &counts);
	KUNIT_EXPECT_EQ(test, taken, atomic_read(&put_in));
	KUNIT_EXPECT_EQ(test, counts.taken, taken);
	KUNIT_EXPECT_EQ(test, counts.put, taken);
	KUNIT_EXPECT_EQ(test, counts.dropped, atomic_read(&refused));
	KUNIT_EXPECT_LE(test, counts.high_water, 2);
	KUNIT_EXPECT_EQ(test, atomic_read(&list.used), 0);
	/* No place is lost: all can be had at once. */
	put_items((void *)0UL);
	KUNIT_EXPECT_EQ(test, atomic_read(&list.used), 2);
}
SCENARIO(list_of_many_producers_keeps_the_order_of_each_and_counts_the_rest);
