// SPDX-License-Identifier: GPL-2.0-only
/*
 * From the top half to the bottom half: what each container keeps, loses and counts (claims F1, F2,
 * F3). Under every schedule: tests/scenario/halves.c.
 */
#include <linux/interrupt.h>
#include <linux/string.h>
#include <bottomhalf/ring.h>

#include "helpers.h"

#define PLACES	4

struct event {
	u16 number;
	u8 payload[3];
};

static void expect_counts(struct kunit *test, const struct bh_counts *counts, unsigned long put,
			  unsigned long taken, unsigned long dropped, unsigned long high_water)
{
	KUNIT_EXPECT_EQ(test, counts->put, put);
	KUNIT_EXPECT_EQ(test, counts->taken, taken);
	KUNIT_EXPECT_EQ(test, counts->dropped, dropped);
	KUNIT_EXPECT_EQ(test, counts->high_water, high_water);
}

/* Put numbers 0 to @nr - 1; returns how many went in. */
static unsigned int put_numbers(struct bh_ring *ring, unsigned int nr)
{
	struct event event = { .payload = "ab" };
	unsigned int in = 0;

	for (event.number = 0; event.number < nr; event.number++)
		in += bh_ring_put(ring, &event);
	return in;
}

/* Take all: they must be @first and so on. Returns how many there were. */
static unsigned int take_numbers(struct kunit *test, struct bh_ring *ring, unsigned int first)
{
	struct event event;
	unsigned int nr = 0;

	while (bh_ring_take(ring, &event)) {
		KUNIT_EXPECT_EQ(test, event.number, first + nr++);
		KUNIT_EXPECT_STREQ(test, (const char *)event.payload, "ab");
	}
	return nr;
}

DEFINE_BH_RING(newest, struct event, PLACES, BH_RING_DROP_NEWEST);

static void full_ring_that_drops_the_newest_keeps_the_oldest(struct kunit *test)
{
	struct bh_counts counts;

	bh_ring_init(&newest, "newest", newest_items, PLACES, sizeof(struct event),
		     BH_RING_DROP_NEWEST);
	KUNIT_EXPECT_EQ(test, bh_ring_room(&newest), PLACES);
	KUNIT_EXPECT_EQ(test, put_numbers(&newest, PLACES + 3), PLACES);
	KUNIT_EXPECT_EQ(test, bh_ring_used(&newest), PLACES);
	KUNIT_EXPECT_EQ(test, bh_ring_room(&newest), 0);
	KUNIT_EXPECT_EQ(test, take_numbers(test, &newest, 0), PLACES);
	bh_ring_counts(&newest, &counts);
	expect_counts(test, &counts, PLACES, PLACES, 3, PLACES);
	KUNIT_EXPECT_EQ(test, counts.masked, 0);
}

DEFINE_BH_RING(oldest, struct event, PLACES, BH_RING_DROP_OLDEST);

static void full_ring_that_drops_the_oldest_keeps_the_newest(struct kunit *test)
{
	struct bh_counts counts;

	bh_ring_init(&oldest, "oldest", oldest_items, PLACES, sizeof(struct event),
		     BH_RING_DROP_OLDEST);
	KUNIT_EXPECT_EQ(test, put_numbers(&oldest, PLACES + 3), PLACES + 3);
	KUNIT_EXPECT_EQ(test, bh_ring_used(&oldest), PLACES);
	KUNIT_EXPECT_EQ(test, take_numbers(test, &oldest, 3), PLACES);
	bh_ring_counts(&oldest, &counts);
	expect_counts(test, &counts, PLACES + 3, PLACES, 3, PLACES);
}

/* A source that can be masked: it says how deep. */
static int mask_depth;

static void mask_deeper(void *depth)
{
	++*(int *)depth;
}

static void unmask_once(void *depth)
{
	--*(int *)depth;
}

DEFINE_BH_RING(masking, struct event, PLACES, BH_RING_MASK);

static void full_ring_that_masks_unmasks_when_it_is_drained(struct kunit *test)
{
	struct bh_counts counts;
	struct event event;

	bh_ring_init(&masking, "masking", masking_items, PLACES, sizeof(struct event),
		     BH_RING_MASK);
	bh_ring_set_source(&masking, mask_deeper, unmask_once, &mask_depth);
	mask_depth = 0;
	put_numbers(&masking, PLACES - 1);
	KUNIT_EXPECT_EQ(test, mask_depth, 0);
	KUNIT_EXPECT_TRUE(test, bh_ring_put(&masking, &event));
	KUNIT_EXPECT_EQ(test, mask_depth, 1);
	KUNIT_EXPECT_TRUE(test, bh_ring_is_masked(&masking));
	KUNIT_EXPECT_FALSE(test, bh_ring_put(&masking, &event));	/* it came all the same */
	for (int i = 0; i < PLACES; i++) {
		KUNIT_EXPECT_TRUE(test, bh_ring_take(&masking, &event));
		KUNIT_EXPECT_EQ(test, mask_depth, 1);
	}
	KUNIT_EXPECT_FALSE(test, bh_ring_take(&masking, &event));
	KUNIT_EXPECT_EQ(test, mask_depth, 0);
	KUNIT_EXPECT_FALSE(test, bh_ring_is_masked(&masking));
	KUNIT_EXPECT_FALSE(test, bh_ring_take(&masking, &event));
	KUNIT_EXPECT_EQ(test, mask_depth, 0);
	bh_ring_counts(&masking, &counts);
	expect_counts(test, &counts, PLACES, PLACES, 1, PLACES);
	KUNIT_EXPECT_EQ(test, counts.masked, 1);
}

static void ring_whose_size_is_no_power_of_two_is_refused(struct kunit *test)
{
	struct bh_ring ring;
	u8 bytes[6];

	KUNIT_EXPECT_EQ(test, bh_ring_init(&ring, "six", bytes, 6, 1, BH_RING_DROP_NEWEST), -EINVAL);
	KUNIT_EXPECT_EQ(test, bh_ring_init(&ring, "none", bytes, 0, 1, BH_RING_DROP_NEWEST), -EINVAL);
	KUNIT_EXPECT_EQ(test, bh_ring_init(&ring, "empty", bytes, 4, 0, BH_RING_DROP_NEWEST), -EINVAL);
	KUNIT_EXPECT_EQ(test, bh_ring_init(&ring, "four", bytes, 4, 1, BH_RING_DROP_NEWEST), 0);
}

static void ring_of_any_policy_goes_round_for_ever(struct kunit *test)
{
	static const enum bh_ring_policy policies[] = {
		BH_RING_DROP_NEWEST, BH_RING_DROP_OLDEST, BH_RING_MASK,
	};
	unsigned long items[2];

	for (unsigned int i = 0; i < ARRAY_SIZE(policies); i++) {
		struct bh_ring ring;

		bh_ring_init(&ring, "round", items, 2, sizeof(items[0]), policies[i]);
		bh_ring_set_source(&ring, mask_deeper, unmask_once, &mask_depth);
		ring.head = ring.tail = -3UL;	/* the counters wrap */
		for (unsigned long in = 0; in < 9; in++) {
			unsigned long out = ~0UL;

			KUNIT_EXPECT_TRUE(test, bh_ring_put(&ring, &in));
			KUNIT_EXPECT_EQ(test, bh_ring_used(&ring), 1);
			KUNIT_EXPECT_TRUE(test, bh_ring_take(&ring, &out));
			KUNIT_EXPECT_EQ(test, out, in);
		}
	}
}

/* ---- each CPU its own ---- */

static DEFINE_PER_CPU(struct bh_ring, cpu_rings);
static DEFINE_PER_CPU(u32 [PLACES], cpu_items);

static void put_cpu_number(void *unused)
{
	u32 cpu = raw_smp_processor_id();

	bh_ring_put_here(&cpu_rings, &cpu);
}

static void items_of_all_cpus_are_taken_and_say_where_they_came_from(struct kunit *test)
{
	unsigned int cpu, from = 0, nr = 0;
	u32 item;

	for_each_possible_cpu(cpu)
		bh_ring_init(per_cpu_ptr(&cpu_rings, cpu), "cpu", per_cpu(cpu_items, cpu), PLACES,
			     sizeof(u32), BH_RING_DROP_NEWEST);
	for (int i = 0; i < 2; i++)
		on_each_cpu(put_cpu_number, NULL, 1);
	for (; bh_ring_take_any(&cpu_rings, &from, &item); nr++)
		KUNIT_EXPECT_EQ(test, item, from);
	KUNIT_EXPECT_EQ(test, nr, 2 * num_online_cpus());
	KUNIT_EXPECT_FALSE(test, bh_ring_take_any(&cpu_rings, &from, &item));
}

/* ---- status words ---- */

DEFINE_BH_STATUS(status, 3);

static void status_words_keep_that_it_happened_and_not_how_often(struct kunit *test)
{
	struct bh_counts before, counts;
	unsigned int source;

	bh_status_counts(&status, &before);
	status.next = 0;
	KUNIT_EXPECT_EQ(test, bh_status_take(&status, &source), 0);
	KUNIT_EXPECT_TRUE(test, bh_status_set(&status, 2, 1));
	KUNIT_EXPECT_FALSE(test, bh_status_set(&status, 2, 4));
	KUNIT_EXPECT_FALSE(test, bh_status_set(&status, 2, 1));		/* nothing new */
	KUNIT_EXPECT_TRUE(test, bh_status_set(&status, 1, 8));
	KUNIT_EXPECT_EQ(test, bh_status_take(&status, &source), 8);	/* by number, not by time */
	KUNIT_EXPECT_EQ(test, source, 1);
	KUNIT_EXPECT_EQ(test, bh_status_take(&status, &source), 5);
	KUNIT_EXPECT_EQ(test, source, 2);
	KUNIT_EXPECT_EQ(test, bh_status_take(&status, &source), 0);
	bh_status_counts(&status, &counts);
	KUNIT_EXPECT_EQ(test, counts.put - before.put, 4);
	KUNIT_EXPECT_EQ(test, counts.dropped - before.dropped, 1);
	KUNIT_EXPECT_EQ(test, counts.taken - before.taken, 2);
}

static void source_that_is_always_busy_keeps_no_other_from_its_turn(struct kunit *test)
{
	unsigned int source, seen = 0;

	for (int i = 0; i < 3; i++)
		bh_status_set(&status, (unsigned int)i, 1);
	for (int i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, bh_status_take(&status, &source), 1);
		seen |= 1U << source;
		bh_status_set(&status, 0, 1);
	}
	KUNIT_EXPECT_EQ(test, seen, 7);
	while (bh_status_take(&status, &source))
		;
}

/* ---- the list ---- */

DEFINE_BH_LIST(list, struct event, 3);

static void full_list_refuses_and_keeps_the_order(struct kunit *test)
{
	struct event event = { .payload = "ab" };
	struct bh_counts counts;

	bh_list_init(&list);
	KUNIT_EXPECT_FALSE(test, bh_list_take(&list, &event));
	for (int round = 0; round < 3; round++) {
		for (event.number = 0; event.number < 5; event.number++)
			KUNIT_EXPECT_EQ(test, bh_list_put(&list, &event), event.number < 3);
		for (int i = 0; i < 3; i++) {
			KUNIT_EXPECT_TRUE(test, bh_list_take(&list, &event));
			KUNIT_EXPECT_EQ(test, event.number, i);
		}
		KUNIT_EXPECT_FALSE(test, bh_list_take(&list, &event));
	}
	bh_list_counts(&list, &counts);
	expect_counts(test, &counts, 9, 9, 6, 3);
}

static void place_of_a_taken_item_is_free_before_the_batch_is_eaten_up(struct kunit *test)
{
	struct event event = { 0 };

	bh_list_init(&list);
	for (event.number = 0; event.number < 3; event.number++)
		bh_list_put(&list, &event);
	for (u16 i = 0; i < 6; i++) {
		KUNIT_EXPECT_TRUE(test, bh_list_take(&list, &event));
		KUNIT_EXPECT_EQ(test, event.number, i);
		event.number = i + 3;
		KUNIT_EXPECT_TRUE(test, bh_list_put(&list, &event));
	}
}

static struct kunit_case ring_cases[] = {
	KUNIT_CASE(full_ring_that_drops_the_newest_keeps_the_oldest),
	KUNIT_CASE(full_ring_that_drops_the_oldest_keeps_the_newest),
	KUNIT_CASE(full_ring_that_masks_unmasks_when_it_is_drained),
	KUNIT_CASE(ring_whose_size_is_no_power_of_two_is_refused),
	KUNIT_CASE(ring_of_any_policy_goes_round_for_ever),
	KUNIT_CASE(items_of_all_cpus_are_taken_and_say_where_they_came_from),
	KUNIT_CASE(status_words_keep_that_it_happened_and_not_how_often),
	KUNIT_CASE(source_that_is_always_busy_keeps_no_other_from_its_turn),
	KUNIT_CASE(full_list_refuses_and_keeps_the_order),
	KUNIT_CASE(place_of_a_taken_item_is_free_before_the_batch_is_eaten_up),
	{}
};

static struct kunit_suite ring_suite = {
	.name = "ring",
	.test_cases = ring_cases,
};
kunit_test_suite(ring_suite);
