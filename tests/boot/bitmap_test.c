// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bit sets and the search for bits: every operation against the plainest loop over single bits, for
 * sizes around the borders of words, in the long form and in the one-word form that constants get.
 */
#include <linux/bitmap.h>
#include <linux/slab.h>
#include <kunit/test.h>

#define BITS	200

static const unsigned int sizes[] = { 1, 7, 63, 64, 65, 127, 128, 130, 200 };

static u64 next_random(u64 *seed)
{
	*seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return *seed ^ *seed >> 29;
}

static void randomise(unsigned long *map, u64 *seed)
{
	for (int i = 0; i < BITS_TO_LONGS(BITS); i++)
		map[i] = next_random(seed) & next_random(seed);
}

static void search_finds_each_bit_of_any_set(struct kunit *test)
{
	DECLARE_BITMAP(a, BITS);
	DECLARE_BITMAP(b, BITS);
	u64 seed = 7;

	randomise(a, &seed);
	randomise(b, &seed);
	for (int s = 0; s < ARRAY_SIZE(sizes); s++) {
		unsigned int size = sizes[s], one = size, zero = size, both = size, last = size;

		/* Downwards, so that the next one is always known. */
		for (int i = (int)size - 1; i >= 0; i--) {
			if (test_bit(i, a)) {
				one = i;
				if (last == size)
					last = i;
			} else {
				zero = i;
			}
			if (test_bit(i, a) && test_bit(i, b))
				both = i;
			KUNIT_ASSERT_EQ(test, find_next_bit(a, size, i), one);
			KUNIT_ASSERT_EQ(test, find_next_zero_bit(a, size, i), zero);
			KUNIT_ASSERT_EQ(test, find_next_and_bit(a, b, size, i), both);
		}
		KUNIT_EXPECT_EQ(test, find_first_bit(a, size), one);
		KUNIT_EXPECT_EQ(test, find_last_bit(a, size), last);
		KUNIT_EXPECT_GE(test, find_next_bit(a, size, size), size);
		KUNIT_EXPECT_GE(test, find_next_bit(a, size, size + 100), size);
	}
}

static void operations_of_sets_are_those_of_their_bits(struct kunit *test)
{
	DECLARE_BITMAP(a, BITS);
	DECLARE_BITMAP(b, BITS);
	DECLARE_BITMAP(r, BITS);
	u64 seed = 99;

	for (int s = 0; s < ARRAY_SIZE(sizes); s++) {
		unsigned int n = sizes[s], weight = 0;
		bool any_and = false, any_andnot = false;

		randomise(a, &seed);
		randomise(b, &seed);
		for (unsigned int i = 0; i < n; i++) {
			weight += test_bit(i, a);
			any_and |= test_bit(i, a) && test_bit(i, b);
			any_andnot |= test_bit(i, a) && !test_bit(i, b);
		}
		KUNIT_EXPECT_EQ(test, bitmap_weight(a, n), weight);
		KUNIT_EXPECT_EQ(test, bitmap_intersects(a, b, n), any_and);
		KUNIT_EXPECT_EQ(test, bitmap_subset(a, b, n), !any_andnot);

		KUNIT_EXPECT_EQ(test, bitmap_and(r, a, b, n), any_and);
		for (unsigned int i = 0; i < n; i++)
			KUNIT_ASSERT_EQ(test, test_bit(i, r), test_bit(i, a) && test_bit(i, b));
		KUNIT_EXPECT_EQ(test, bitmap_andnot(r, a, b, n), any_andnot);
		for (unsigned int i = 0; i < n; i++)
			KUNIT_ASSERT_EQ(test, test_bit(i, r), test_bit(i, a) && !test_bit(i, b));
		bitmap_or(r, a, b, n);
		for (unsigned int i = 0; i < n; i++)
			KUNIT_ASSERT_EQ(test, test_bit(i, r), test_bit(i, a) || test_bit(i, b));
		bitmap_xor(r, a, b, n);
		for (unsigned int i = 0; i < n; i++)
			KUNIT_ASSERT_EQ(test, test_bit(i, r), test_bit(i, a) != test_bit(i, b));
		bitmap_complement(r, a, n);
		KUNIT_EXPECT_EQ(test, bitmap_weight(r, n), n - weight);
		bitmap_complement(r, r, n);
		KUNIT_EXPECT_TRUE(test, bitmap_equal(r, a, n));
		if (n < BITS) {
			change_bit(n, r);
			KUNIT_EXPECT_TRUE(test, bitmap_equal(r, a, n));
		}
		change_bit(n - 1, r);
		KUNIT_EXPECT_FALSE(test, bitmap_equal(r, a, n));
	}
}

/* The in-line forms, for sizes that are constants. */
static void one_word_forms_ignore_bits_beyond_their_size(struct kunit *test)
{
	unsigned long a = 0xf5, b = 0x0f, r = 0;

	KUNIT_EXPECT_EQ(test, bitmap_weight(&a, 4), 2);
	KUNIT_EXPECT_EQ(test, find_first_bit(&a, 64), 0);
	KUNIT_EXPECT_EQ(test, find_next_bit(&a, 4, 3), 4);
	KUNIT_EXPECT_EQ(test, find_last_bit(&a, 4), 2);
	KUNIT_EXPECT_EQ(test, find_first_zero_bit(&b, 4), 4);
	KUNIT_EXPECT_TRUE(test, bitmap_full(&b, 4));
	KUNIT_EXPECT_FALSE(test, bitmap_full(&b, 5));
	KUNIT_EXPECT_FALSE(test, bitmap_andnot(&r, &b, &b, 64));
	KUNIT_EXPECT_TRUE(test, bitmap_empty(&r, 64));
	KUNIT_EXPECT_TRUE(test, bitmap_and(&r, &a, &b, 8));
	KUNIT_EXPECT_EQ(test, r, 5);
}

static void runs_are_set_and_cleared_exactly(struct kunit *test)
{
	DECLARE_BITMAP(map, BITS);

	for (unsigned int start = 60; start < 70; start++)
		for (unsigned int n = 0; n < 130; n += 13) {
			bitmap_zero(map, BITS);
			bitmap_set(map, start, n);
			KUNIT_ASSERT_EQ(test, bitmap_weight(map, BITS), n);
			KUNIT_ASSERT_TRUE(test, !n || find_first_bit(map, BITS) == start);
			bitmap_fill(map, BITS);
			bitmap_clear(map, start, n);
			KUNIT_ASSERT_EQ(test, bitmap_weight(map, BITS), BITS - n);
			KUNIT_ASSERT_TRUE(test, !n || find_first_zero_bit(map, BITS) == start);
		}
}

static void shifts_move_every_bit_and_drop_those_at_the_end(struct kunit *test)
{
	DECLARE_BITMAP(a, BITS);
	DECLARE_BITMAP(r, BITS);
	u64 seed = 5;

	randomise(a, &seed);
	for (unsigned int shift = 0; shift < 140; shift += 9) {
		bitmap_shift_right(r, a, shift, BITS);
		for (unsigned int i = 0; i < BITS; i++)
			KUNIT_ASSERT_EQ(test, test_bit(i, r),
					i + shift < BITS && test_bit(i + shift, a));
		bitmap_shift_left(r, a, shift, BITS);
		for (unsigned int i = 0; i < BITS; i++)
			KUNIT_ASSERT_EQ(test, test_bit(i, r), i >= shift && test_bit(i - shift, a));
	}
}

static void free_run_is_found_at_its_alignment(struct kunit *test)
{
	DECLARE_BITMAP(map, BITS);

	bitmap_zero(map, BITS);
	bitmap_set(map, 0, 3);
	bitmap_set(map, 10, 60);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, BITS, 0, 7, 0), 3);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, BITS, 0, 8, 0), 70);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, BITS, 0, 4, 3), 4);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, BITS, 0, 8, 7), 72);
	KUNIT_EXPECT_GT(test, bitmap_find_next_zero_area(map, BITS, 0, 150, 0), BITS - 150);
}

static const struct {
	const char *text;
	int err;
	unsigned int weight;
} lists[] = {
	{ "", 0, 0 }, { "0", 0, 1 }, { "0-3,7", 0, 5 }, { " 1 , 2\n", 0, 2 }, { "all", 0, 100 },
	{ "0-99:1/10", 0, 10 }, { "5-9:2/4", 0, 3 }, { "99", 0, 1 }, { "100", -ERANGE, 0 },
	{ "0-100", -ERANGE, 0 }, { "3-1", -EINVAL, 0 }, { "1-", -EINVAL, 0 }, { "-1", -EINVAL, 0 },
	{ "x", -EINVAL, 0 }, { "1x", -EINVAL, 0 }, { "1-2:", -EINVAL, 0 }, { "1-2:1", -EINVAL, 0 },
	{ "1-2:1/0", -EINVAL, 0 }, { "1-2:3/2", -EINVAL, 0 }, { "allx", -EINVAL, 0 },
	{ "4294967295", -ERANGE, 0 }, { "4294967296", -EOVERFLOW, 0 }, { "0-99999999999", -EOVERFLOW, 0 },
	{ "18446744073709551617", -EOVERFLOW, 0 }, { "N", 0, 1 }, { "90-N", 0, 10 }, { "N-1", -EINVAL, 0 },
	{ "ALL", 0, 100 }, { "aLl:1/10", 0, 10 }, { "n", -EINVAL, 0 }, { "0-9:0/2", 0, 0 },
};

static void list_in_text_becomes_its_set_or_an_error(struct kunit *test)
{
	DECLARE_BITMAP(map, 100);

	for (int i = 0; i < ARRAY_SIZE(lists); i++) {
		KUNIT_EXPECT_EQ_MSG(test, bitmap_parselist(lists[i].text, map, 100), lists[i].err,
				    "'%s'", lists[i].text);
		if (!lists[i].err)
			KUNIT_EXPECT_EQ_MSG(test, bitmap_weight(map, 100), lists[i].weight, "'%s'",
					    lists[i].text);
	}
}

static void walks_meet_each_bit_once(struct kunit *test)
{
	unsigned long *map = bitmap_zalloc(BITS, GFP_KERNEL);
	unsigned int bit, set = 0, clear = 0;

	KUNIT_ASSERT_NOT_NULL(test, map);
	for (unsigned int i = 0; i < BITS; i += 3)
		__set_bit(i, map);
	for_each_set_bit(bit, map, BITS)
		set += bit % 3 == 0;
	for_each_clear_bit(bit, map, BITS)
		clear += bit % 3 != 0;
	KUNIT_EXPECT_EQ(test, set, 67);
	KUNIT_EXPECT_EQ(test, clear, 133);
	bitmap_free(map);
}

static struct kunit_case bitmap_cases[] = {
	KUNIT_CASE(search_finds_each_bit_of_any_set),
	KUNIT_CASE(operations_of_sets_are_those_of_their_bits),
	KUNIT_CASE(one_word_forms_ignore_bits_beyond_their_size),
	KUNIT_CASE(runs_are_set_and_cleared_exactly),
	KUNIT_CASE(shifts_move_every_bit_and_drop_those_at_the_end),
	KUNIT_CASE(free_run_is_found_at_its_alignment),
	KUNIT_CASE(list_in_text_becomes_its_set_or_an_error),
	KUNIT_CASE(walks_meet_each_bit_once),
	{}
};
static struct kunit_suite bitmap_suite = { .name = "bitmap", .test_cases = bitmap_cases };
kunit_test_suite(bitmap_suite);
