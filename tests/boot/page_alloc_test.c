// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page allocator.
 */
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "helpers.h"

#define QUIETLY	(GFP_KERNEL | __GFP_NOWARN)

/*
 * How many pages are free is everybody's business: threads of earlier tests may still be going. So what
 * compares numbers of free pages says whether they agreed, and gets some tries.
 */
static bool agrees_in_some_try(bool (*compare)(struct kunit *test, unsigned long free_before), struct kunit *test)
{
	unsigned int tries;

	for (tries = 0; tries < 20; tries++) {
		if (compare(test, nr_free_pages()))
			return true;
		msleep(20);
	}
	return false;
}

static bool take_and_give_each_order(struct kunit *test, unsigned long free_before)
{
	unsigned int order;
	bool agrees = true;

	for (order = 0; order <= MAX_PAGE_ORDER; order++) {
		struct page *page = alloc_pages(QUIETLY, order);

		if (!page)	/* a small machine */
			continue;
		KUNIT_EXPECT_EQ(test, page_to_phys(page) & ((PAGE_SIZE << order) - 1), 0ULL);
		agrees &= nr_free_pages() == free_before - (1UL << order);
		__free_pages(page, order);
		agrees &= nr_free_pages() == free_before;
	}
	return agrees;
}

static void block_of_each_order_is_aligned_and_comes_back(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, agrees_in_some_try(take_and_give_each_order, test));
}

static void block_is_memory_from_end_to_end(struct kunit *test)
{
	u8 *addr = (u8 *)__get_free_pages(GFP_KERNEL, 2);

	KUNIT_ASSERT_NOT_NULL(test, addr);
	memset(addr, 0x55, PAGE_SIZE << 2);
	KUNIT_EXPECT_NULL(test, memchr_inv(addr, 0x55, PAGE_SIZE << 2));
	free_pages((unsigned long)addr, 2);
}

static void address_and_page_convert_both_ways(struct kunit *test)
{
	static int not_ours;
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_PTR_EQ(test, virt_to_page(page_address(page)), page);
	KUNIT_EXPECT_PTR_EQ(test, pfn_to_page(page_to_pfn(page)), page);
	KUNIT_EXPECT_TRUE(test, virt_addr_valid(page_address(page)));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(NULL));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(&not_ours));
	__free_page(page);
}

static void zeroed_page_is_zero_where_another_was_freed(struct kunit *test)
{
	unsigned long addr = __get_free_page(GFP_KERNEL);

	KUNIT_ASSERT_NE(test, addr, 0UL);
	memset((void *)addr, 0xff, PAGE_SIZE);
	free_page(addr);
	addr = get_zeroed_page(GFP_KERNEL);
	KUNIT_ASSERT_NE(test, addr, 0UL);
	KUNIT_EXPECT_NULL(test, memchr_inv((void *)addr, 0, PAGE_SIZE));
	free_page(addr);
}

static void order_that_is_too_large_fails(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, alloc_pages(QUIETLY, MAX_PAGE_ORDER + 1));
	KUNIT_EXPECT_EQ(test, __get_free_pages(QUIETLY, 60), 0UL);
}

static void low_memory_is_below_1_mib(struct kunit *test)
{
	struct page *page = alloc_page(QUIETLY | GFP_DMA);

	if (!page)
		kunit_skip(test, "this machine has no memory below 1 MiB");
	KUNIT_EXPECT_LT(test, page_to_phys(page), 0x100000ULL);
	__free_page(page);
}

static bool take_and_give_five(struct kunit *test, unsigned long free_before)
{
	void *addr = alloc_pages_exact(5 * PAGE_SIZE - 1, GFP_KERNEL);
	bool agrees = nr_free_pages() == free_before - 5;

	KUNIT_ASSERT_NOT_NULL(test, addr);
	free_pages_exact(addr, 5 * PAGE_SIZE - 1);
	return agrees && nr_free_pages() == free_before;
}

static void exact_pages_leave_the_rest_free(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, agrees_in_some_try(take_and_give_five, test));
}

/* Takes all blocks of an order onto a list. Return: how many. */
static unsigned long take_all(struct list_head *blocks, unsigned int order)
{
	struct page *page;
	unsigned long count = 0;

	while ((page = alloc_pages(QUIETLY, order))) {
		list_add(&page->lru, blocks);
		count++;
	}
	return count;
}

static void give_all_back(struct list_head *blocks, unsigned int order)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, blocks, lru)
		__free_pages(page, order);
	INIT_LIST_HEAD(blocks);
}

static bool take_all_memory(struct kunit *test, unsigned long free_before)
{
	unsigned long large_before, pages, large_after;
	LIST_HEAD(blocks);

	large_before = take_all(&blocks, 8);
	give_all_back(&blocks, 8);
	pages = take_all(&blocks, 0);
	give_all_back(&blocks, 0);
	large_after = take_all(&blocks, 8);
	give_all_back(&blocks, 8);
	return pages == free_before && large_after == large_before && nr_free_pages() == free_before;
}

static void all_memory_can_be_taken_in_pages_and_joins_again(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, agrees_in_some_try(take_all_memory, test));
}

#define MODEL_BLOCKS	64U

struct model_block {
	unsigned long pfn;		/* 0: none */
	unsigned int order;
};

static bool overlaps(const struct model_block *a, const struct model_block *b)
{
	return a->pfn < b->pfn + (1UL << b->order) && b->pfn < a->pfn + (1UL << a->order);
}

static void take_model_block(struct kunit *test, struct model_block *blocks, struct model_block *new)
{
	struct page *page = alloc_pages(QUIETLY, new->order);
	unsigned int i;

	if (!page)
		return;
	new->pfn = page_to_pfn(page);
	for (i = 0; i < MODEL_BLOCKS; i++)
		if (&blocks[i] != new && blocks[i].pfn)
			KUNIT_EXPECT_FALSE(test, overlaps(&blocks[i], new));
}

static void give_model_block(struct model_block *block)
{
	if (block->pfn)
		__free_pages(pfn_to_page(block->pfn), block->order);
	block->pfn = 0;
}

static void blocks_taken_and_freed_in_any_order_never_overlap(struct kunit *test)
{
	struct model_block *blocks = kunit_kzalloc(test, MODEL_BLOCKS * sizeof(*blocks), GFP_KERNEL);
	unsigned int i;
	u32 random = 1;

	KUNIT_ASSERT_NOT_NULL(test, blocks);
	for (i = 0; i < 1500; i++) {
		struct model_block *block;

		random = random * 1664525U + 1013904223U;
		block = &blocks[(random >> 8) % MODEL_BLOCKS];
		if (block->pfn) {
			give_model_block(block);
		} else {
			block->order = (random >> 16) % 5;
			take_model_block(test, blocks, block);
		}
	}
	for (i = 0; i < MODEL_BLOCKS; i++)
		give_model_block(&blocks[i]);
}

static bool free_twice(struct kunit *test, unsigned long free_before)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	__free_page(page);
	bug_expect(1);
	__free_page(page);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	return nr_free_pages() == free_before;
}

static void double_free_is_reported_and_does_nothing(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, agrees_in_some_try(free_twice, test));
}

static bool free_with_other_orders(struct kunit *test, unsigned long free_before)
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);

	KUNIT_ASSERT_NOT_NULL(test, page);
	bug_expect(2);
	__free_pages(page, 0);
	__free_pages(page + 1, 0);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	__free_pages(page, 1);
	return nr_free_pages() == free_before;
}

static void free_with_another_order_is_reported_and_does_nothing(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, agrees_in_some_try(free_with_other_orders, test));
}

static void order_of_a_size_is_the_smallest_that_holds_it(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, get_order(1), 0);
	KUNIT_EXPECT_EQ(test, get_order(PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, get_order(PAGE_SIZE + 1), 1);
	KUNIT_EXPECT_EQ(test, get_order(4 * PAGE_SIZE), 2);
	KUNIT_EXPECT_EQ(test, get_order(4 * PAGE_SIZE + 1), 3);
	KUNIT_EXPECT_EQ(test, get_order(~0UL), 64 - PAGE_SHIFT);
}

static struct kunit_case page_alloc_cases[] = {
	KUNIT_CASE(block_of_each_order_is_aligned_and_comes_back),
	KUNIT_CASE(block_is_memory_from_end_to_end),
	KUNIT_CASE(address_and_page_convert_both_ways),
	KUNIT_CASE(zeroed_page_is_zero_where_another_was_freed),
	KUNIT_CASE(order_that_is_too_large_fails),
	KUNIT_CASE(low_memory_is_below_1_mib),
	KUNIT_CASE(exact_pages_leave_the_rest_free),
	KUNIT_CASE(all_memory_can_be_taken_in_pages_and_joins_again),
	KUNIT_CASE(blocks_taken_and_freed_in_any_order_never_overlap),
	KUNIT_CASE(double_free_is_reported_and_does_nothing),
	KUNIT_CASE(free_with_another_order_is_reported_and_does_nothing),
	KUNIT_CASE(order_of_a_size_is_the_smallest_that_holds_it),
	{}
};

static struct kunit_suite page_alloc_suite = {
	.name = "page_alloc",
	.test_cases = page_alloc_cases,
};
kunit_test_suite(page_alloc_suite);
