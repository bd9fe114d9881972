// SPDX-License-Identifier: GPL-2.0-only
/*
 * Making and destroying object caches: the cold part of mm/slab.c.
 *
 * What
 *	A struct kmem_cache is itself an object of kmalloc(); its CPUs' lists are dynamic per-CPU memory.
 *	Destroying one takes back what lies on all CPUs' lists without asking those CPUs: the caller vouches
 *	that nobody uses the cache any more, so nobody touches the lists either.
 *
 * Contexts
 *	Task, may sleep, once per-CPU areas exist.
 *
 * Limits
 *	An object is at most 64 KiB.
 *
 * Tests
 *	tests/boot/slab_test.c
 */
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "slab.h"

#define OBJECT_SIZE_MAX		65536U
#define REPORTED_OBJECTS	8

static bool arguments_are_valid(unsigned int size, unsigned int align)
{
	return size >= 1 && size <= OBJECT_SIZE_MAX && align <= PAGE_SIZE && (align & (align - 1)) == 0;
}

static struct kmem_cache *make_cache(const char *name, unsigned int size, unsigned int align,
				     slab_flags_t flags, void (*ctor)(void *object))
{
	struct kmem_cache *cache;

	if (WARN(!arguments_are_valid(size, align), "cache %s: size %u, alignment %u\n", name, size, align))
		return NULL;
	cache = kzalloc(sizeof(*cache), GFP_KERNEL);
	if (!cache)
		return NULL;
	slab_cache_setup(cache, name, size, align, flags, ctor);
	cache->cpu = alloc_percpu(struct slab_cpu);
	if (!cache->cpu) {
		kfree(cache);
		return NULL;
	}
	return cache;
}

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     slab_flags_t flags, void (*ctor)(void *object))
{
	struct kmem_cache *cache;

	might_sleep();
	cache = make_cache(name, size, align, flags, ctor);
	if (!cache && (flags & SLAB_PANIC))
		panic("cache %s cannot be made", name);
	return cache;
}

static void flush_all_cpus(struct kmem_cache *cache)
{
	unsigned long flags;
	unsigned int cpu;

	local_irq_save(flags);
	for_each_possible_cpu(cpu)
		slab_flush(cache, per_cpu_ptr(cache->cpu, cpu));
	local_irq_restore(flags);
}

static bool on_freelist(const struct kmem_cache *cache, const struct page *page, const void *object)
{
	void *free;

	for (free = page->freelist; free; free = *object_link(cache, free))
		if (free == object)
			return true;
	return false;
}

/* Prints the objects of one slab that are still allocated. Return: how many more may be printed. */
static unsigned int report_slab(const struct kmem_cache *cache, const struct page *page, unsigned int left)
{
	void *object = page_address(page);
	const void *caller;
	unsigned int i;

	for (i = 0; i < cache->per_slab && left; i++, object += cache->stride) {
		if (on_freelist(cache, page, object))
			continue;
		if (IS_ENABLED(CONFIG_DEBUG_SLAB) && slab_debug_is_allocated(cache, object, &caller))
			pr_warn("cache %s: object %p, allocated by %ps\n", cache->name, object, caller);
		else
			pr_warn("cache %s: object %p\n", cache->name, object);
		left--;
	}
	return left;
}

static void report_live_objects(const struct kmem_cache *cache)
{
	unsigned int left = REPORTED_OBJECTS;
	struct page *page;

	list_for_each_entry(page, &cache->full, lru)
		left = report_slab(cache, page, left);
	list_for_each_entry(page, &cache->partial, lru)
		left = report_slab(cache, page, left);
}

void kmem_cache_destroy(struct kmem_cache *cache)
{
	might_sleep();
	if (!cache)
		return;
	flush_all_cpus(cache);
	slab_release_empty(cache);
	if (WARN(cache->nr_slabs, "cache %s is destroyed while objects of it are in use\n", cache->name)) {
		report_live_objects(cache);
		return;
	}
	free_percpu(cache->cpu);
	kfree(cache);
}

int kmem_cache_shrink(struct kmem_cache *cache)
{
	unsigned long flags;

	local_irq_save(flags);
	slab_flush(cache, this_cpu_ptr(cache->cpu));
	local_irq_restore(flags);
	slab_release_empty(cache);
	return 0;
}

unsigned int kmem_cache_size(struct kmem_cache *cache)
{
	return cache->object_size;
}
