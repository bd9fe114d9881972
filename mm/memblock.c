// SPDX-License-Identifier: GPL-2.0-only
/*
 * memblock: the ranges of memory, before there is an allocator.
 *
 * What
 *	Two sets of ranges, memory and reserved. A set is kept sorted, and what overlaps or touches is made
 *	one, so that every question is a walk along two sorted lists. mm_init() takes what is in memory and
 *	not in reserved; nobody asks after that.
 *
 * Contexts
 *	The boot CPU, before mm_init(). No locks.
 *
 * Limits
 *	MEMBLOCK_REGIONS ranges a set. The lists of a firmware are outside input: when a set is full the
 *	harmless thing is done, counted and reported: reserved grows over the smallest gap, memory loses
 *	its smallest range. A range that runs past the end of the address space ends there; the last byte
 *	of the address space belongs to no range, so that an end never wraps to 0.
 *
 * Tests
 *	tests/boot/memblock_test.c
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <bottomhalf/memblock.h>
#include <arch/memory.h>
#include "internal.h"

#define PHYS_ADDR_END	(~(phys_addr_t)0)

struct memblock memblock = {
	.memory = { .name = "memory" },
	.reserved = { .name = "reserved", .close_gaps = true },
};

/* Set by mm_init(): the ranges have been handed over, later changes would be lost. */
static bool memblock_closed;

static phys_addr_t region_end(const struct memblock_region *region)
{
	return region->base + region->size;
}

static void remove_regions(struct memblock_type *type, unsigned int first, unsigned int count)
{
	memmove(&type->regions[first], &type->regions[first + count],
		(type->nr - first - count) * sizeof(type->regions[0]));
	type->nr -= count;
}

static void insert_region(struct memblock_type *type, unsigned int at, phys_addr_t base, phys_addr_t end)
{
	memmove(&type->regions[at + 1], &type->regions[at], (type->nr - at) * sizeof(type->regions[0]));
	type->regions[at] = (struct memblock_region){ .base = base, .size = end - base };
	type->nr++;
}

static void close_smallest_gap(struct memblock_type *type)
{
	struct memblock_region *r = type->regions;
	unsigned int i, best = 0;

	for (i = 1; i + 1 < type->nr; i++)
		if (r[i + 1].base - region_end(&r[i]) < r[best + 1].base - region_end(&r[best]))
			best = i;
	r[best].size = region_end(&r[best + 1]) - r[best].base;
	remove_regions(type, best + 1, 1);
}

static void drop_smallest_region(struct memblock_type *type)
{
	unsigned int i, smallest = 0;

	for (i = 1; i < type->nr; i++)
		if (type->regions[i].size < type->regions[smallest].size)
			smallest = i;
	remove_regions(type, smallest, 1);
}

static void give_way(struct memblock_type *type)
{
	if (type->lost++ == 0)
		pr_warn("memblock: more than %u ranges of %s memory, the smallest give way\n",
			MEMBLOCK_REGIONS, type->name);
	if (type->close_gaps)
		close_smallest_gap(type);
	else
		drop_smallest_region(type);
}

void memblock_type_add(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	phys_addr_t end = size > PHYS_ADDR_END - base ? PHYS_ADDR_END : base + size;
	unsigned int first = 0, behind;

	if (base == end)
		return;
	/* [first, behind) are the ranges that overlap or touch the new one. */
	while (first < type->nr && region_end(&type->regions[first]) < base)
		first++;
	for (behind = first; behind < type->nr && type->regions[behind].base <= end; behind++)
		;
	if (first == behind) {
		insert_region(type, first, base, end);
		if (type->nr > MEMBLOCK_REGIONS)
			give_way(type);
		return;
	}
	base = min(base, type->regions[first].base);
	end = max(end, region_end(&type->regions[behind - 1]));
	type->regions[first] = (struct memblock_region){ .base = base, .size = end - base };
	remove_regions(type, first + 1, behind - first - 1);
}

void memblock_add(phys_addr_t base, phys_addr_t size)
{
	if (!WARN_ON_ONCE(memblock_closed))
		memblock_type_add(&memblock.memory, base, size);
}

void memblock_reserve(phys_addr_t base, phys_addr_t size)
{
	if (!WARN_ON_ONCE(memblock_closed))
		memblock_type_add(&memblock.reserved, base, size);
}

/* The first part of [*start, *end) that is not reserved; false when all of it is. */
static bool cut_reserved(const struct memblock_type *reserved, phys_addr_t *start, phys_addr_t *end)
{
	const struct memblock_region *r = reserved->regions;
	const struct memblock_region *behind = r + reserved->nr;

	for (; r < behind && r->base < *end; r++) {
		if (region_end(r) <= *start)
			continue;
		if (r->base > *start) {
			*end = r->base;
			return true;
		}
		*start = region_end(r);
	}
	return *start < *end;
}

bool memblock_next_free(const struct memblock *block, phys_addr_t from, phys_addr_t *start, phys_addr_t *end)
{
	unsigned int i;

	for (i = 0; i < block->memory.nr; i++) {
		const struct memblock_region *r = &block->memory.regions[i];

		*start = max(from, r->base);
		*end = region_end(r);
		if (*start < *end && cut_reserved(&block->reserved, start, end))
			return true;
	}
	return false;
}

phys_addr_t memblock_find(const struct memblock *block, phys_addr_t size, phys_addr_t align,
			  phys_addr_t min_addr, phys_addr_t max_addr)
{
	phys_addr_t start, end, from = max_t(phys_addr_t, min_addr, PAGE_SIZE), found = 0;

	if (size == 0)
		return 0;
	if (max_addr == 0)
		max_addr = PHYS_ADDR_END;
	for (; memblock_next_free(block, from, &start, &end); from = end) {
		phys_addr_t limit = min(end, max_addr);
		phys_addr_t place;

		if (start >= limit || limit - start < size)
			continue;
		place = round_down(limit - size, align);
		if (place >= start)
			found = place;
	}
	return found;
}

phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr, phys_addr_t max_addr)
{
	phys_addr_t place = memblock_find(&memblock, size, align, min_addr, max_addr);

	if (place)
		memblock_reserve(place, size);
	return place;
}

void *memblock_alloc(phys_addr_t size, phys_addr_t align)
{
	phys_addr_t place = memblock_phys_alloc(size, align, 0, 0);
	void *memory;

	if (!place)
		panic("memblock: no %llu bytes aligned to %llu among the usable memory", size, align);
	memory = arch_phys_to_virt(place);
	memset(memory, 0, size);
	return memory;
}

void memblock_close(void)
{
	memblock_closed = true;
}
