// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page allocator.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "helpers.h"

#define QUIETLY	(GFP_KERNEL | __GFP_NOWARN)

static unsigned long free_before;

static int remember_free(struct kunit *test)
{
	free_before = nr_free_pages();
	return 0;
}

static void block_of_each_order_is_aligned_and_comes_back(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order <= MAX_PAGE_ORDER; order++) {
		struct page *page = alloc_pages(QUIETLY, order);

		if (!page)	/* a small machine */
			continue;
		KUNIT_EXPECT_EQ(test, page_to_phys(page) & ((PAGE_SIZE << order) - 1), 0ULL);
		KUNIT_EXPECT_EQ(test, nr_free_pages(), free_before - (1UL << order));
		memset(page_address(page), 0x55, PAGE_SIZE << order);
		__free_pages(page, order);
		KUNIT_EXPECT_EQ(test, nr_free_pages(), free_before);
	}
}

static void address_and_page_convert_both_ways(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_PTR_EQ(test, virt_to_page(page_address(page)), page);
	KUNIT_EXPECT_PTR_EQ(test, pfn_to_page(page_to_pfn(page)), page);
	KUNIT_EXPECT_TRUE(test, virt_addr_valid(page_address(page)));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(NULL));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(&free_before));
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

static void exact_pages_leave_the_rest_free(struct kunit *test)
{
	void *addr = alloc_pages_exact(5 * PAGE_SIZE - 1, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free_before - 5);
	free_pages_exact(addr, 5 * PAGE_SIZE - 1);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free_before);
}

/* Takes all blocks of an order, chained through their first words. */
static void **take_all(unsigned int order, unsigned long *count)
{
	void **first = NULL, **block;

	while ((block = (void **)__get_free_pages(QUIETLY, order))) {
		*block = first;
		first = block;
		++*count;
	}
	return first;
}

static void give_all_back(void **first, unsigned int order)
{
	while (first) {
		void **next = *first;

		free_pages((unsigned long)first, order);
		first = next;
	}
}

static void all_memory_can_be_taken_in_pages_and_joins_again(struct kunit *test)
{
	unsigned long large_before = 0, pages = 0, large_after = 0;

	give_all_back(take_all(8, &large_before), 8);
	give_all_back(take_all(0, &pages), 0);
	KUNIT_EXPECT_EQ(test, pages, free_before);
	give_all_back(take_all(8, &large_after), 8);
	KUNIT_EXPECT_EQ(test, large_after, large_before);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free_before);
}

static void double_free_is_reported_and_does_nothing(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	__free_page(page);
	bug_expect(1);
	__free_page(page);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free_before);
}

static void free_with_another_order_is_reported_and_does_nothing(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);

	KUNIT_ASSERT_NOT_NULL(test, page);
	bug_expect(2);
	__free_pages(page, 0);
	__free_pages(page + 1, 0);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	__free_pages(page, 1);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free_before);
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
	KUNIT_CASE(address_and_page_convert_both_ways),
	KUNIT_CASE(zeroed_page_is_zero_where_another_was_freed),
	KUNIT_CASE(order_that_is_too_large_fails),
	KUNIT_CASE(low_memory_is_below_1_mib),
	KUNIT_CASE(exact_pages_leave_the_rest_free),
	KUNIT_CASE(all_memory_can_be_taken_in_pages_and_joins_again),
	KUNIT_CASE(double_free_is_reported_and_does_nothing),
	KUNIT_CASE(free_with_another_order_is_reported_and_does_nothing),
	KUNIT_CASE(order_of_a_size_is_the_smallest_that_holds_it),
	{}
};

static struct kunit_suite page_alloc_suite = {
	.name = "page_alloc",
	.init = remember_free,
	.test_cases = page_alloc_cases,
};
kunit_test_suite(page_alloc_suite);
