/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory management: as the boot sequence sees it, and what Linux has no name for.
 */
#ifndef _BOTTOMHALF_MM_H
#define _BOTTOMHALF_MM_H

#include <linux/gfp_types.h>
#include <linux/types.h>

/**
 * mm_init - page allocator and kmalloc() from what memblock knows
 *
 * Context: boot CPU, once, interrupts off. Panics when there is not enough memory to go on.
 */
void mm_init(void);

/**
 * setup_per_cpu_areas - give each possible CPU its copy of the per-CPU variables
 *
 * Context: boot CPU, once, interrupts off, after mm_init() and with nr_cpu_ids known. This CPU uses its
 * own copy from the return on.
 */
void setup_per_cpu_areas(void);

/**
 * alloc_pages_exact_within - alloc_pages_exact() of memory that somebody can reach who does not reach all
 * @size: bytes, not 0
 * @gfp: GFP_*
 * @last: the highest physical address that the last of these bytes may have
 *
 * The free blocks are looked through until one will do: for those who ask seldom. Goes by free_pages_exact().
 * Context, Return: as alloc_pages_exact().
 */
void *alloc_pages_exact_within(size_t size, gfp_t gfp, phys_addr_t last);

/* Steps of mm_init(), and what setup_per_cpu_areas() needs before it copies the template. */
void page_alloc_init(void);
void slab_init(void);
void slab_flush_this_cpu(void);

#endif
