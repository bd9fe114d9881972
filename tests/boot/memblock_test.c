// SPDX-License-Identifier: GPL-2.0-only
/*
 * memblock: sets of ranges, fed with what firmware might say.
 */
#include <linux/bitmap.h>
#include <linux/slab.h>
#include <bottomhalf/memblock.h>
#include <arch/memory.h>

#include "helpers.h"

static struct memblock *block;

static int make_block(struct kunit *test)
{
	block = kunit_kzalloc(test, sizeof(*block), GFP_KERNEL);
	if (!block)
		return -ENOMEM;
	block->memory.name = "test";
	block->reserved.name = "test";
	block->reserved.close_gaps = true;
	return 0;
}

static void expect_region(struct kunit *test, const struct memblock_type *type, unsigned int i, u64 base, u64 size)
{
	KUNIT_EXPECT_GT(test, type->nr, i);
	KUNIT_EXPECT_EQ(test, type->regions[i].base, base);
	KUNIT_EXPECT_EQ(test, type->regions[i].size, size);
}

static void unsorted_ranges_become_sorted(struct kunit *test)
{
	memblock_type_add(&block->memory, 0x5000, 0x1000);
	memblock_type_add(&block->memory, 0x1000, 0x1000);
	memblock_type_add(&block->memory, 0x3000, 0x1000);
	KUNIT_EXPECT_EQ(test, block->memory.nr, 3u);
	expect_region(test, &block->memory, 0, 0x1000, 0x1000);
	expect_region(test, &block->memory, 1, 0x3000, 0x1000);
	expect_region(test, &block->memory, 2, 0x5000, 0x1000);
}

static void overlapping_and_touching_ranges_become_one(struct kunit *test)
{
	memblock_type_add(&block->memory, 0x1000, 0x1000);
	memblock_type_add(&block->memory, 0x3000, 0x1000);
	memblock_type_add(&block->memory, 0x5000, 0x1000);
	memblock_type_add(&block->memory, 0x2000, 0x1800);
	KUNIT_EXPECT_EQ(test, block->memory.nr, 2u);
	expect_region(test, &block->memory, 0, 0x1000, 0x3000);
	memblock_type_add(&block->memory, 0, 0x10000);
	KUNIT_EXPECT_EQ(test, block->memory.nr, 1u);
	expect_region(test, &block->memory, 0, 0, 0x10000);
}

static void empty_range_changes_nothing(struct kunit *test)
{
	memblock_type_add(&block->memory, 0x1000, 0);
	KUNIT_EXPECT_EQ(test, block->memory.nr, 0u);
}

static void range_past_the_end_of_the_address_space_ends_there(struct kunit *test)
{
	memblock_type_add(&block->memory, ~0ULL - 0xfff, 0x100000);
	expect_region(test, &block->memory, 0, ~0ULL - 0xfff, 0xfff);
	memblock_type_add(&block->memory, ~0ULL, ~0ULL);
	KUNIT_EXPECT_EQ(test, block->memory.nr, 1u);
	memblock_type_add(&block->memory, 0, ~0ULL);
	KUNIT_EXPECT_EQ(test, block->memory.nr, 1u);
	expect_region(test, &block->memory, 0, 0, ~0ULL);
}

static void full_memory_table_loses_its_smallest_range(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i <= MEMBLOCK_REGIONS; i++)
		memblock_type_add(&block->memory, 0x10000ULL * (i + 1), i == 7 ? 0x1000 : 0x2000);
	KUNIT_EXPECT_EQ(test, block->memory.nr, (unsigned int)MEMBLOCK_REGIONS);
	KUNIT_EXPECT_EQ(test, block->memory.lost, 1u);
	for (i = 0; i < block->memory.nr; i++)
		KUNIT_EXPECT_EQ(test, block->memory.regions[i].size, 0x2000ULL);
}

static void full_reserved_table_grows_over_its_smallest_gap(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i <= MEMBLOCK_REGIONS; i++)
		memblock_type_add(&block->reserved, 0x10000ULL * (i + 1), i == 7 ? 0xf000 : 0x2000);
	KUNIT_EXPECT_EQ(test, block->reserved.nr, (unsigned int)MEMBLOCK_REGIONS);
	expect_region(test, &block->reserved, 7, 0x80000, 0x12000);
}

static void free_ranges_are_memory_less_reserved(struct kunit *test)
{
	phys_addr_t start = 0, end = 0;

	memblock_type_add(&block->memory, 0x1000, 0x7000);
	memblock_type_add(&block->memory, 0x10000, 0x1000);
	memblock_type_add(&block->reserved, 0, 0x2000);
	memblock_type_add(&block->reserved, 0x4000, 0x1000);
	memblock_type_add(&block->reserved, 0x7000, 0x9800);
	KUNIT_EXPECT_TRUE(test, memblock_next_free(block, 0, &start, &end));
	KUNIT_EXPECT_EQ(test, start, 0x2000ULL);
	KUNIT_EXPECT_EQ(test, end, 0x4000ULL);
	KUNIT_EXPECT_TRUE(test, memblock_next_free(block, end, &start, &end));
	KUNIT_EXPECT_EQ(test, start, 0x5000ULL);
	KUNIT_EXPECT_EQ(test, end, 0x7000ULL);
	KUNIT_EXPECT_TRUE(test, memblock_next_free(block, end, &start, &end));
	KUNIT_EXPECT_EQ(test, start, 0x10800ULL);
	KUNIT_EXPECT_EQ(test, end, 0x11000ULL);
	KUNIT_EXPECT_FALSE(test, memblock_next_free(block, end, &start, &end));
}

static void find_takes_the_highest_place_that_fits(struct kunit *test)
{
	memblock_type_add(&block->memory, 0, 0x100000);
	memblock_type_add(&block->memory, 0x200000, 0x1800);
	KUNIT_EXPECT_EQ(test, memblock_find(block, 0x1000, 0x1000, 0, 0), 0x200000ULL);
	KUNIT_EXPECT_EQ(test, memblock_find(block, 0x1800, 8, 0, 0), 0x200000ULL);
	KUNIT_EXPECT_EQ(test, memblock_find(block, 0x2000, 0x1000, 0, 0), 0xfe000ULL);
	KUNIT_EXPECT_EQ(test, memblock_find(block, 0x2000, 0x1000, 0, 0x80000), 0x7e000ULL);
	KUNIT_EXPECT_EQ(test, memblock_find(block, 0x2000, 0x1000, 0xff000, 0), 0ULL);
	KUNIT_EXPECT_EQ(test, memblock_find(block, ~0ULL, 1, 0, 0), 0ULL);
	KUNIT_EXPECT_EQ(test, memblock_find(block, 0, 1, 0, 0), 0ULL);
}

/* The first page is what 0, no place, would name. */
static void find_never_returns_page_0(struct kunit *test)
{
	memblock_type_add(&block->memory, 0, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, memblock_find(block, PAGE_SIZE, 1, 0, 0), (phys_addr_t)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, memblock_find(block, 2 * PAGE_SIZE, 1, 0, 0), 0ULL);
}

#define MODEL_UNITS	256U

/* A small generator of numbers: the same sequence in each run. */
static u32 next_random(u32 *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 8;
}

static void random_range(u32 *state, unsigned int *first, unsigned int *count)
{
	*first = next_random(state) % MODEL_UNITS;
	*count = next_random(state) % 24;
	if (*first + *count > MODEL_UNITS)
		*count = MODEL_UNITS - *first;
}

static void expect_same_as_model(struct kunit *test, const unsigned long *memory, const unsigned long *reserved)
{
	DECLARE_BITMAP(want, MODEL_UNITS);
	DECLARE_BITMAP(have, MODEL_UNITS) = { 0 };
	phys_addr_t start, end, from = 0;

	bitmap_andnot(want, memory, reserved, MODEL_UNITS);
	for (; memblock_next_free(block, from, &start, &end); from = end)
		bitmap_set(have, (unsigned int)start, (unsigned int)(end - start));
	KUNIT_EXPECT_TRUE(test, bitmap_equal(want, have, MODEL_UNITS));
}

static void random_ranges_agree_with_a_bit_map(struct kunit *test)
{
	u32 seed, state;

	for (seed = 0; seed < 50; seed++) {
		DECLARE_BITMAP(memory, MODEL_UNITS) = { 0 };
		DECLARE_BITMAP(reserved, MODEL_UNITS) = { 0 };
		unsigned int i, first, count;

		state = seed;
		block->memory.nr = 0;
		block->reserved.nr = 0;
		for (i = 0; i < 40; i++) {
			random_range(&state, &first, &count);
			memblock_type_add(i % 2 ? &block->memory : &block->reserved, first, count);
			bitmap_set(i % 2 ? memory : reserved, first, count);
			expect_same_as_model(test, memory, reserved);
		}
	}
}

static void garbage_leaves_a_sorted_set(struct kunit *test)
{
	struct memblock_type *type = &block->reserved;
	u32 state = 1;
	unsigned int i;

	for (i = 0; i < 2000; i++) {
		u64 base = (u64)next_random(&state) << (next_random(&state) % 45);
		u64 size = (u64)next_random(&state) << (next_random(&state) % 45);

		memblock_type_add(i % 3 ? &block->reserved : &block->memory, base << 5, size);
	}
	KUNIT_EXPECT_LE(test, type->nr, (unsigned int)MEMBLOCK_REGIONS);
	for (i = 1; i < type->nr; i++)
		KUNIT_EXPECT_LT(test, type->regions[i - 1].base + type->regions[i - 1].size,
				type->regions[i].base);
}

static struct kunit_case memblock_cases[] = {
	KUNIT_CASE(unsorted_ranges_become_sorted),
	KUNIT_CASE(overlapping_and_touching_ranges_become_one),
	KUNIT_CASE(empty_range_changes_nothing),
	KUNIT_CASE(range_past_the_end_of_the_address_space_ends_there),
	KUNIT_CASE(full_memory_table_loses_its_smallest_range),
	KUNIT_CASE(full_reserved_table_grows_over_its_smallest_gap),
	KUNIT_CASE(free_ranges_are_memory_less_reserved),
	KUNIT_CASE(find_takes_the_highest_place_that_fits),
	KUNIT_CASE(find_never_returns_page_0),
	KUNIT_CASE(random_ranges_agree_with_a_bit_map),
	KUNIT_CASE(garbage_leaves_a_sorted_set),
	{}
};

static struct kunit_suite memblock_suite = {
	.name = "memblock",
	.init = make_block,
	.test_cases = memblock_cases,
};
kunit_test_suite(memblock_suite);
