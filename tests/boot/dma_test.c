// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory for devices: what the device's mask says is believed.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>

#include "helpers.h"

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
