// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory for devices: what the device's mask says is believed.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/printk.h>

#include "thread_helpers.h"

static struct device *dev;
static u64 mask;

static int begin(struct kunit *test)
{
	dev = root_device_register("dma-test");
	if (IS_ERR(dev))
		return PTR_ERR(dev);
	dev->dma_mask = &mask;
	return dma_set_mask_and_coherent(dev, DMA_BIT_MASK(64));
}

static void end(struct kunit *test)
{
	root_device_unregister(dev);
}

static void coherent_memory_is_zeroed_and_whole_pages(struct kunit *test)
{
	dma_addr_t handle;
	u8 *memory = dma_alloc_coherent(dev, 5000, &handle, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	KUNIT_EXPECT_EQ(test, handle % PAGE_SIZE, 0ULL);
	KUNIT_EXPECT_NULL(test, memchr_inv(memory, 0, 5000));
	KUNIT_EXPECT_EQ(test, dma_map_single(dev, memory + 7, 9, DMA_TO_DEVICE), handle + 7);
	dma_free_coherent(dev, 5000, memory, handle);
	KUNIT_EXPECT_NOT_NULL(test, dmam_alloc_coherent(dev, 100, &handle, GFP_KERNEL));
}

#define REACHED_BITS	24

/* Memory that nobody wants low comes from elsewhere. */
static void coherent_memory_is_within_the_mask(struct kunit *test)
{
	dma_addr_t first, second;
	u8 *memory, *lower;

	if (totalram_pages() < 2 << (REACHED_BITS - PAGE_SHIFT))
		kunit_skip(test, "there is not much more memory than the device reaches");
	KUNIT_EXPECT_EQ(test, dma_set_coherent_mask(dev, DMA_BIT_MASK(REACHED_BITS)), 0);
	memory = dma_alloc_coherent(dev, 5 * PAGE_SIZE - 1, &first, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	KUNIT_EXPECT_LE(test, first + 5 * PAGE_SIZE - 2, DMA_BIT_MASK(REACHED_BITS));
	/* The last byte counts: up to the end of the first page, which is taken. */
	KUNIT_EXPECT_EQ(test, dma_set_coherent_mask(dev, first + PAGE_SIZE - 1), 0);
	lower = dma_alloc_coherent(dev, PAGE_SIZE, &second, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, lower);
	KUNIT_EXPECT_LT(test, second, first);
	dma_free_coherent(dev, PAGE_SIZE, lower, second);
	dma_free_coherent(dev, 5 * PAGE_SIZE - 1, memory, first);
}

#define LOW_PAGES_MAX	256U		/* below 1 MiB */

static void mask_without_free_memory_is_refused_by_name(struct kunit *test)
{
	static void *memory[LOW_PAGES_MAX + 1];
	static dma_addr_t handle[LOW_PAGES_MAX + 1];
	unsigned int n = 0;
	u64 seq = printk_next_seq();

	KUNIT_EXPECT_EQ(test, dma_set_coherent_mask(dev, DMA_BIT_MASK(20)), 0);
	while (n <= LOW_PAGES_MAX && (memory[n] = dma_alloc_coherent(dev, PAGE_SIZE, &handle[n], GFP_KERNEL))) {
		KUNIT_EXPECT_LT(test, handle[n], 0x100000ULL);
		n++;
	}
	KUNIT_EXPECT_LE(test, n, LOW_PAGES_MAX);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "dma: no 4096 bytes of memory are free where it reaches them, up to 0xfffff"));
	while (n--)
		dma_free_coherent(dev, PAGE_SIZE, memory[n], handle[n]);
}

static void memory_beyond_the_mask_is_refused(struct kunit *test)
{
	dma_addr_t handle;
	u8 *memory = dma_alloc_coherent(dev, PAGE_SIZE, &handle, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	if (handle <= DMA_BIT_MASK(20))
		kunit_skip(test, "all memory is within 20 bits");
	KUNIT_EXPECT_EQ(test, dma_set_mask_and_coherent(dev, DMA_BIT_MASK(20)), 0);
	KUNIT_EXPECT_EQ(test, dma_mapping_error(dev, dma_map_single(dev, memory, 1, DMA_TO_DEVICE)),
			-ENOMEM);
	/* The last byte counts, too. */
	KUNIT_EXPECT_EQ(test, dma_set_mask(dev, handle + 8), 0);
	KUNIT_EXPECT_EQ(test, dma_map_single(dev, memory, 9, DMA_TO_DEVICE), handle);
	KUNIT_EXPECT_EQ(test, dma_map_single(dev, memory, 10, DMA_TO_DEVICE), DMA_MAPPING_ERROR);
	dma_free_coherent(dev, PAGE_SIZE, memory, handle);
}

static void mask_that_reaches_nothing_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, dma_set_mask(dev, DMA_BIT_MASK(12)), -EIO);
	KUNIT_EXPECT_EQ(test, dma_set_coherent_mask(dev, 0), -EIO);
	KUNIT_EXPECT_EQ(test, dma_get_mask(dev), ~0ULL);
	dev->dma_mask = NULL;
	KUNIT_EXPECT_EQ(test, dma_set_mask(dev, ~0ULL), -EIO);
	KUNIT_EXPECT_EQ(test, dma_get_mask(dev), DMA_BIT_MASK(32));
}

static struct kunit_case dma_cases[] = {
	KUNIT_CASE(coherent_memory_is_zeroed_and_whole_pages),
	KUNIT_CASE(coherent_memory_is_within_the_mask),
	KUNIT_CASE(mask_without_free_memory_is_refused_by_name),
	KUNIT_CASE(memory_beyond_the_mask_is_refused),
	KUNIT_CASE(mask_that_reaches_nothing_is_refused),
	{}
};

static struct kunit_suite dma_suite = {
	.name = "dma",
	.init = begin,
	.exit = end,
	.test_cases = dma_cases,
};
kunit_test_suite(dma_suite);
