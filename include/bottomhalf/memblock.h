/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which memory there is, before there is an allocator.
 *
 * What
 *	The machine adds usable ranges and reserves taken ones, in any order, as the firmware lists them:
 *	overlapping, unsorted, empty, running past the end of the address space. Usable memory is what was
 *	added and not reserved. mm_init() takes it all over; until then memblock_alloc() serves the few who
 *	cannot wait.
 *
 * Follows the idea of Linux, mm/memblock.c. How a full table is handled: mm/memblock.c.
 */
#ifndef _BOTTOMHALF_MEMBLOCK_H
#define _BOTTOMHALF_MEMBLOCK_H

#include <linux/types.h>

#define MEMBLOCK_REGIONS	128

struct memblock_region {
	phys_addr_t base;
	phys_addr_t size;
};

/**
 * struct memblock_type - a set of ranges: sorted, apart from each other, none empty
 * @nr: how many
 * @lost: how often the table was full and something had to give way
 * @close_gaps: what gives way: true: the smallest gap between two ranges is closed (reserved: taking more
 *	than was said is safe); false: the smallest range is dropped (memory: leaving some unused is safe)
 * @name: for messages
 * @regions: the ranges, and room for one more while something gives way
 */
struct memblock_type {
	unsigned int nr;
	unsigned int lost;
	bool close_gaps;
	const char *name;
	struct memblock_region regions[MEMBLOCK_REGIONS + 1];
};

struct memblock {
	struct memblock_type memory;
	struct memblock_type reserved;
};

extern struct memblock memblock;

/** memblock_add - @size bytes at @base are usable memory. Context: boot CPU, before mm_init(). */
void memblock_add(phys_addr_t base, phys_addr_t size);
/** memblock_reserve - @size bytes at @base are taken, whether or not they are memory. Context: same. */
void memblock_reserve(phys_addr_t base, phys_addr_t size);

/**
 * memblock_phys_alloc - take memory for ever
 * @size: bytes, not 0
 * @align: a power of two
 * @min_addr: not below this
 * @max_addr: not reaching above this; 0: anywhere
 *
 * Context: boot CPU, before mm_init(). Takes the highest place that fits.
 * Return: the physical address, or 0 when there is none. The memory is not zeroed.
 */
phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr, phys_addr_t max_addr);
/** memblock_alloc - the same anywhere, zeroed. Return: its address in the linear map; panics when there is none. */
void *memblock_alloc(phys_addr_t size, phys_addr_t align);

/* The same on a set of one's own: for tests. */
void memblock_type_add(struct memblock_type *type, phys_addr_t base, phys_addr_t size);
phys_addr_t memblock_find(const struct memblock *block, phys_addr_t size, phys_addr_t align,
			  phys_addr_t min_addr, phys_addr_t max_addr);
/**
 * memblock_next_free - the ranges that are memory and not reserved, one after the other, upwards
 * @block: the sets
 * @from: where to begin
 * @start: the range found, in bytes
 * @end: its end; the last byte of the address space is never part of a range
 *
 * Return: false when there is none from @from on.
 */
bool memblock_next_free(const struct memblock *block, phys_addr_t from, phys_addr_t *start, phys_addr_t *end);

#endif
