// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory for devices: any memory that they can reach.
 *
 * Contexts, Differs from Linux
 *	See <linux/dma-mapping.h>.
 *
 * Tests
 *	tests/boot/dma_test.c
 */
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <arch/memory.h>
#include <bottomhalf/mm.h>
#include "base.h"

/* A mask below this reaches no memory that is ever given away. */
#define LEAST_MASK	DMA_BIT_MASK(20)

static bool reaches(u64 mask, phys_addr_t phys, size_t size)
{
	return phys <= mask && size - 1 <= mask - phys;
}

u64 dma_get_mask(struct device *dev)
{
	return dev->dma_mask && *dev->dma_mask ? *dev->dma_mask : DMA_BIT_MASK(32);
}

int dma_set_mask(struct device *dev, u64 mask)
{
	if (!dev->dma_mask || mask < LEAST_MASK)
		return -EIO;
	*dev->dma_mask = mask;
	return 0;
}

int dma_set_coherent_mask(struct device *dev, u64 mask)
{
	if (mask < LEAST_MASK)
		return -EIO;
	dev->coherent_dma_mask = mask;
	return 0;
}

void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp)
{
	void *memory = size ? alloc_pages_exact_within(size, gfp | __GFP_NOWARN, dev->coherent_dma_mask) : NULL;

	if (!memory) {
		dev_err(dev, "dma: no %zu bytes of memory are free where it reaches them, up to %#llx\n", size,
			dev->coherent_dma_mask);
		return NULL;
	}
	*handle = arch_virt_to_phys(memory);
	return memset(memory, 0, size);
}

void dma_free_coherent(struct device *dev, size_t size, void *memory, dma_addr_t handle)
{
	if (memory)
		free_pages_exact(memory, size);
}

dma_addr_t dma_map_single(struct device *dev, void *memory, size_t size,
			  enum dma_data_direction direction)
{
	phys_addr_t phys = arch_virt_to_phys(memory);

	if (size && reaches(dma_get_mask(dev), phys, size))
		return phys;
	dev_err(dev, "dma: memory at %#llx, and it reaches up to %#llx\n", phys, dma_get_mask(dev));
	return DMA_MAPPING_ERROR;
}

/* ---- until the driver leaves ---- */

struct coherent {
	size_t size;
	void *memory;
	dma_addr_t handle;
};

static void release_coherent(struct device *dev, void *res)
{
	struct coherent *coherent = res;

	dma_free_coherent(dev, coherent->size, coherent->memory, coherent->handle);
}

void *dmam_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp)
{
	struct coherent *coherent = devres_alloc(release_coherent, sizeof(*coherent), gfp);

	if (!coherent)
		return NULL;
	coherent->size = size;
	coherent->memory = dma_alloc_coherent(dev, size, handle, gfp);
	if (!coherent->memory) {
		devres_free(coherent);
		return NULL;
	}
	coherent->handle = *handle;
	devres_add(dev, coherent);
	return coherent->memory;
}
