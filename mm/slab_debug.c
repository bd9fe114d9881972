// SPDX-License-Identifier: GPL-2.0-only
/*
 * Checks of allocated and free objects (CONFIG_DEBUG_SLAB).
 *
 * What
 *	Each object is followed by a record: a red zone that nobody may write to, whether the object is
 *	free, and who allocated and freed it last. A free object is filled with POISON_FREE, so that a use
 *	after free shows at the next allocation, and one from a fresh allocation with POISON_INUSE, so that
 *	code which relies on zeroes fails.
 *
 * What is reported, with the cache's name, and what then happens
 *	write behind the object		at its free, or the next allocation; mended
 *	write to a free object		at its next allocation; the object is never used again
 *	double free			ignored
 *	free of a wrong address		ignored
 *
 * Contexts
 *	As mm/slab.c. An object's record belongs to whoever owns the object.
 *
 * Limits
 *	kmalloc() of 20 bytes has 32: writes to the last 12 are not seen.
 *
 * Tests
 *	tests/boot/slab_test.c
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/string.h>
#include "slab.h"

#define RED_ZONE	0xbbbbbbbbbbbbbbbbUL

enum { OBJECT_FREE = 0x66726565, OBJECT_ALLOCATED = 0x75736564 };

struct slab_record {
	unsigned long red_zone;
	unsigned long state;
	const void *allocated_by;
	const void *freed_by;
};

unsigned int slab_debug_record_size(void)
{
	return sizeof(struct slab_record);
}

static struct slab_record *record_of(const struct kmem_cache *cache, void *object)
{
	return object + round_up(cache->object_size, (unsigned int)sizeof(void *));
}

/* Objects that a constructor has filled keep their contents. */
static void poison_free(const struct kmem_cache *cache, void *object)
{
	if (cache->ctor)
		return;
	memset(object, POISON_FREE, cache->object_size - 1);
	((u8 *)object)[cache->object_size - 1] = POISON_END;
}

static bool poison_is_intact(const struct kmem_cache *cache, void *object)
{
	return cache->ctor || (!memchr_inv(object, POISON_FREE, cache->object_size - 1) &&
			       ((u8 *)object)[cache->object_size - 1] == POISON_END);
}

void slab_debug_init_object(const struct kmem_cache *cache, void *object)
{
	*record_of(cache, object) = (struct slab_record){ .red_zone = RED_ZONE, .state = OBJECT_FREE };
	poison_free(cache, object);
}

static void check_red_zone(const struct kmem_cache *cache, void *object)
{
	struct slab_record *record = record_of(cache, object);

	if (WARN(record->red_zone != RED_ZONE, "cache %s: somebody wrote behind object %p, allocated by %ps\n",
		 cache->name, object, record->allocated_by))
		record->red_zone = RED_ZONE;
}

bool slab_debug_alloc(const struct kmem_cache *cache, void *object, const void *caller)
{
	struct slab_record *record = record_of(cache, object);

	check_red_zone(cache, object);
	if (WARN(record->state != OBJECT_FREE, "cache %s: the record of free object %p is overwritten\n",
		 cache->name, object))
		return false;
	if (WARN(!poison_is_intact(cache, object), "cache %s: object %p was written to after %ps freed it\n",
		 cache->name, object, record->freed_by))
		return false;
	record->state = OBJECT_ALLOCATED;
	record->allocated_by = caller;
	if (!cache->ctor)
		memset(object, POISON_INUSE, cache->object_size);
	return true;
}

static bool is_object(const struct kmem_cache *cache, const struct page *page, const void *object)
{
	const void *first = page_address(page - page->slab_page);
	size_t offset = (size_t)(object - first);

	return offset % cache->stride == 0 && offset / cache->stride < cache->per_slab;
}

bool slab_debug_free(const struct kmem_cache *cache, const struct page *page, void *object, const void *caller)
{
	struct slab_record *record = record_of(cache, object);

	if (WARN(!is_object(cache, page, object), "cache %s: free of %p, which is not the start of an object\n",
		 cache->name, object))
		return false;
	check_red_zone(cache, object);
	if (WARN(record->state != OBJECT_ALLOCATED, "cache %s: double free of object %p, freed by %ps before\n",
		 cache->name, object, record->freed_by))
		return false;
	record->state = OBJECT_FREE;
	record->freed_by = caller;
	poison_free(cache, object);
	return true;
}

bool slab_debug_is_allocated(const struct kmem_cache *cache, void *object, const void **caller)
{
	struct slab_record *record = record_of(cache, object);

	*caller = record->allocated_by;
	return record->state == OBJECT_ALLOCATED;
}
