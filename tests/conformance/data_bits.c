// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bits, bitmaps, masks of CPUs.
 */
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/find.h>
#include <linux/string.h>

#include "data.h"
#include "observe.h"

#define BITS	100

static DECLARE_BITMAP(map, BITS);
static DECLARE_BITMAP(second, BITS);
static DECLARE_BITMAP(result, BITS);

static void observe_single_bits(void)
{
	unsigned long word = 0;
	int set, again, cleared, changed;

	set = test_and_set_bit(5, &word);
	again = test_and_set_bit(5, &word);
	cleared = test_and_clear_bit(5, &word);
	changed = test_and_change_bit(6, &word);
	OBSERVE("data.bit_operations", "set %d, again %d, clear %d, change %d, then %#lx", set, again,
		cleared, changed, word);
	OBSERVE("data.bit_numbers_of_0x50", "__ffs %lu, __fls %lu, ffs %d, fls %d, fls64 %d, ffz %lu",
		__ffs(0x50UL), __fls(0x50UL), ffs(0x50), fls(0x50), fls64(0x50ULL), ffz(0x5fUL));
	OBSERVE("data.bit_numbers_of_0", "ffs %d, fls %d, fls64 %d", ffs(0), fls(0), fls64(0));
	OBSERVE("data.bit_weights", "%u %u %u", hweight8(0xff), hweight32(0xf0f0f0f0),
		(unsigned int)hweight64(~0ULL));
}

static void observe_bitmaps(void)
{
	bool and, andnot;

	bitmap_zero(map, BITS);
	OBSERVE("data.bitmap_of_none", "empty %d, full %d, weight %u, first %lu, last %lu",
		!!bitmap_empty(map, BITS), !!bitmap_full(map, BITS), (unsigned int)bitmap_weight(map, BITS),
		(unsigned long)find_first_bit(map, BITS), (unsigned long)find_last_bit(map, BITS));
	bitmap_set(map, 60, 10);
	__set_bit(3, map);
	__set_bit(99, map);
	OBSERVE("data.bitmap_of_3_60_to_69_99", "%*pbl, weight %u", BITS, map,
		(unsigned int)bitmap_weight(map, BITS));
	OBSERVE("data.bitmap_find_next", "%lu %lu %lu %lu %lu", (unsigned long)find_next_bit(map, BITS, 3),
		(unsigned long)find_next_bit(map, BITS, 4), (unsigned long)find_next_bit(map, BITS, 70),
		(unsigned long)find_next_bit(map, 99, 70), (unsigned long)find_next_bit(map, BITS, BITS));
	OBSERVE("data.bitmap_find_next_zero", "%lu %lu %lu", (unsigned long)find_first_zero_bit(map, BITS),
		(unsigned long)find_next_zero_bit(map, BITS, 60),
		(unsigned long)find_next_zero_bit(map, BITS, 99));
	OBSERVE("data.bitmap_find_last", "%lu, of 99 %lu", (unsigned long)find_last_bit(map, BITS),
		(unsigned long)find_last_bit(map, 99));
	OBSERVE("data.bitmap_find_next_zero_area", "%lu, aligned to 8 %lu, too long %d",
		bitmap_find_next_zero_area(map, BITS, 0, 20, 0),
		bitmap_find_next_zero_area(map, BITS, 0, 20, 7),
		bitmap_find_next_zero_area(map, BITS, 0, 60, 0) > BITS - 60);

	bitmap_fill(second, BITS);
	OBSERVE("data.bitmap_filled", "full %d, weight %u, %*pbl", !!bitmap_full(second, BITS),
		(unsigned int)bitmap_weight(second, BITS), BITS, second);
	bitmap_clear(second, 10, 55);
	and = bitmap_and(result, map, second, BITS);
	OBSERVE("data.bitmap_and", "%d, %*pbl", and, BITS, result);
	andnot = bitmap_andnot(result, map, second, BITS);
	OBSERVE("data.bitmap_andnot", "%d, %*pbl", andnot, BITS, result);
	bitmap_or(result, map, second, BITS);
	OBSERVE("data.bitmap_or", "%*pbl", BITS, result);
	bitmap_xor(result, map, second, BITS);
	OBSERVE("data.bitmap_xor", "%*pbl", BITS, result);
	bitmap_complement(result, map, BITS);
	OBSERVE("data.bitmap_complement", "%*pbl", BITS, result);
	OBSERVE("data.bitmap_relations", "equal %d, intersects %d, subset %d, and of nothing %d",
		!!bitmap_equal(map, second, BITS), !!bitmap_intersects(map, second, BITS),
		!!bitmap_subset(map, second, BITS), !!bitmap_and(result, map, result, BITS));
	bitmap_shift_left(result, map, 10, BITS);
	OBSERVE("data.bitmap_shift_left", "%*pbl", BITS, result);
	bitmap_shift_right(result, map, 10, BITS);
	OBSERVE("data.bitmap_shift_right", "%*pbl", BITS, result);
	OBSERVE("data.bitmap_printed", "%*pb", 70, map);
}

#define OBSERVE_PARSED(name, text) do {					\
	int __ret;							\
									\
	bitmap_zero(result, BITS);					\
	__ret = bitmap_parselist(text, result, BITS);			\
	if (__ret)							\
		OBSERVE("data.bitmap_parselist_" name, "%d", __ret);	\
	else								\
		OBSERVE("data.bitmap_parselist_" name, "0, '%*pbl'", BITS, result);	\
} while (0)

static void observe_parsing(void)
{
	OBSERVE_PARSED("numbers", "1,3-5,7");
	OBSERVE_PARSED("spaces", " 1 , 3 ");
	OBSERVE_PARSED("groups", "0-31:2/8");
	OBSERVE_PARSED("n", "90-N");
	OBSERVE_PARSED("n_alone", "N");
	OBSERVE_PARSED("n_small", "n");
	OBSERVE_PARSED("all", "all");
	OBSERVE_PARSED("all_in_capitals", "ALL");
	OBSERVE_PARSED("all_in_groups", "all:1/10");
	OBSERVE_PARSED("group_of_which_none", "0-31:0/8");
	OBSERVE_PARSED("beyond_32_bits", "4294967296");
	OBSERVE_PARSED("beyond_64_bits", "18446744073709551617");
	OBSERVE_PARSED("empty", "");
	OBSERVE_PARSED("newline", "4\n");
	OBSERVE_PARSED("out_of_range", "100");
	OBSERVE_PARSED("backwards", "5-3");
	OBSERVE_PARSED("letter", "x");
	OBSERVE_PARSED("open_end", "3-");
	OBSERVE_PARSED("group_of_0", "0-31:2/0");
	OBSERVE_PARSED("group_too_large", "0-31:9/8");
}

static void observe_cpumasks(void)
{
	static cpumask_t mask, all;
	unsigned int cpu, n = 0;
	bool set, again;

	OBSERVE("data.cpumask_of_none", "empty %d, weight %u, first is no CPU %d, any is no CPU %d",
		!!cpumask_empty(&mask), cpumask_weight(&mask), cpumask_first(&mask) >= nr_cpu_ids,
		cpumask_any(&mask) >= nr_cpu_ids);
	set = cpumask_test_and_set_cpu(0, &mask);
	again = cpumask_test_and_set_cpu(0, &mask);
	OBSERVE("data.cpumask_test_and_set_cpu", "%d, again %d, test %d", set, again,
		!!cpumask_test_cpu(0, &mask));
	OBSERVE("data.cpumask_of_0", "first %u, next is no CPU %d, any but 0 is no CPU %d",
		cpumask_first(&mask), cpumask_next(0, &mask) >= nr_cpu_ids,
		cpumask_any_but(&mask, 0) >= nr_cpu_ids);
	cpumask_setall(&all);
	for_each_cpu(cpu, &all)
		n++;
	OBSERVE("data.cpumask_setall", "full %d, has all %d, subset %d", !!cpumask_full(&all),
		n == nr_cpu_ids, !!cpumask_subset(cpu_online_mask, &all));
	OBSERVE("data.cpumask_and_of_nothing", "%d", !!cpumask_andnot(&all, &mask, &mask));
	OBSERVE("data.cpulist_parse", "%d, bad %d", cpulist_parse("0", &mask), cpulist_parse("0-x", &all));
	OBSERVE("data.cpumask_of_0_equals", "%d", !!cpumask_equal(&mask, cpumask_of(0)));
	OBSERVE("data.cpus_online", "first %u, all %d", cpumask_first(cpu_online_mask),
		num_online_cpus() == cpumask_weight(cpu_online_mask));
}

void observe_bits(void)
{
	observe_single_bits();
	observe_bitmaps();
	observe_parsing();
	observe_cpumasks();
}
