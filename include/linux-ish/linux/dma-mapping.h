/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that a device reads and writes by itself.
 *
 * What
 *	A device sees physical addresses, as far as its mask says; caches are kept right by the machine.
 *	So mapping is to look whether the device can reach the memory, and nothing else.
 *
 * Contexts
 *	dma_alloc_coherent(), dma_free_coherent(): what @gfp allows. Mapping, syncing: any.
 *
 * Differs from Linux
 *	No IOMMU and no bounce buffers: mapping memory that the device cannot reach is refused, with a message.
 *
 * Tests
 *	tests/boot/dma_test.c
 */
#ifndef _LINUX_DMA_MAPPING_H
#define _LINUX_DMA_MAPPING_H

#include <linux/device.h>
#include <linux/errno.h>
#include <linux/types.h>

enum dma_data_direction {
	DMA_BIDIRECTIONAL = 0,
	DMA_TO_DEVICE = 1,
	DMA_FROM_DEVICE = 2,
	DMA_NONE = 3,
};

#define DMA_MAPPING_ERROR	(~(dma_addr_t)0)
#define DMA_BIT_MASK(n)		((n) == 64 ? ~0ULL : (1ULL << (n)) - 1)

/**
 * dma_set_mask, dma_set_coherent_mask, dma_set_mask_and_coherent - how many bits of addresses it has
 *
 * Return: 0, or -EIO: it can reach no memory.
 */
int dma_set_mask(struct device *dev, u64 mask);
int dma_set_coherent_mask(struct device *dev, u64 mask);
static inline int dma_set_mask_and_coherent(struct device *dev, u64 mask)
{
	int error = dma_set_mask(dev, mask);

	return error ? error : dma_set_coherent_mask(dev, mask);
}
/** dma_get_mask - the mask, 32 bits if none was set */
u64 dma_get_mask(struct device *dev);

/**
 * dma_alloc_coherent - memory that device and CPUs use at the same time, zeroed
 * @dev: the device
 * @size: bytes; it begins at a page
 * @handle: its address for the device
 * @gfp: GFP_*
 *
 * It is where the device reaches it, as its coherent mask says. Return: its address for CPUs, or NULL, with a
 * message: none is free there. It goes by dma_free_coherent().
 */
void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp);
void dma_free_coherent(struct device *dev, size_t size, void *memory, dma_addr_t handle);
/** dmam_alloc_coherent - the same, until the driver leaves the device */
void *dmam_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp);

/**
 * dma_map_single - let the device use memory from kmalloc() and the like
 *
 * From now on until dma_unmap_single() it is the device's. Return: the address for the device, to be
 * looked at with dma_mapping_error().
 */
dma_addr_t dma_map_single(struct device *dev, void *memory, size_t size,
			  enum dma_data_direction direction);
static inline void dma_unmap_single(struct device *dev, dma_addr_t handle, size_t size,
				    enum dma_data_direction direction)
{
}
/** dma_mapping_error - whether mapping failed. Return: 0 or -ENOMEM. */
static inline int dma_mapping_error(struct device *dev, dma_addr_t handle)
{
	return handle == DMA_MAPPING_ERROR ? -ENOMEM : 0;
}

/* The machine keeps caches right: the CPU may look at once, and so may the device. */
static inline void dma_sync_single_for_cpu(struct device *dev, dma_addr_t handle, size_t size,
					   enum dma_data_direction direction)
{
}
static inline void dma_sync_single_for_device(struct device *dev, dma_addr_t handle, size_t size,
					      enum dma_data_direction direction)
{
}

#endif
