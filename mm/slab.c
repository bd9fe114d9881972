// SPDX-License-Identifier: GPL-2.0-only
/*
 * The object allocator: kmalloc(), kfree(), kmem_cache_alloc(), kmem_cache_free().
 *
 * What
 *	A cache serves objects of one size. It gets memory in slabs, blocks of pages cut into objects.
 *	Each CPU has a list of free objects of each cache; allocation takes its first, free puts one in
 *	front. When the list is empty a batch comes from the slabs; when it is too long, half of it goes
 *	back to them. A slab without used objects goes back to the page allocator, but for one per cache.
 *
 *	kmalloc() is thirteen caches from 8 to 8192 bytes; what is larger is whole pages. kfree() finds out
 *	which by the state of the page (page_states[]) and the cache by its struct page.
 *
 * Contexts
 *	Any but NMI. Nothing sleeps; GFP_KERNEL where sleeping is forbidden is reported in debug builds.
 *
 * States of an object		who moves it
 *	in its slab -> on a CPU's list	slab_refill(), under the cache's lock, interrupts off
 *	on a CPU's list -> allocated	that CPU, interrupts off
 *	allocated -> on a CPU's list	whoever frees, his CPU, interrupts off
 *	on a CPU's list -> in its slab	slab_give_back(), under the cache's lock, interrupts off
 *
 * Locks
 *	cache->lock guards the slabs of a cache; innermost: pages come and go without it. A CPU's list needs
 *	interrupts off on that CPU, no lock: nobody else touches it.
 *
 * Limits
 *	kmalloc(): 4 MiB. A CPU keeps at most cache->keep free objects of each cache (2 to 64, by size).
 *
 * Differs from Linux
 *	Sizes of 96 and 192 bytes are aligned to 32 and 64. Caches are never merged. Debug checks are a
 *	matter of the configuration (CONFIG_DEBUG_SLAB, mm/slab_debug.c), not of flags.
 *
 * Tests
 *	tests/boot/slab_test.c
 */
#include <linux/debugobjects.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/ratelimit.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <bottomhalf/mm.h>
#include "slab.h"

/* ---- the hot path ---- */

static noinline void *slab_alloc_slow(struct kmem_cache *cache, gfp_t gfp, unsigned long flags);
static noinline void slab_give_back(struct kmem_cache *cache, struct slab_cpu *cpu);

/* The first free object of this CPU, or NULL. */
static __always_inline void *slab_pop_irqoff(const struct kmem_cache *cache, struct slab_cpu *cpu)
{
	void *object = cpu->freelist;

	if (likely(object)) {
		cpu->freelist = *object_link(cache, object);
		cpu->count--;
	}
	return object;
}

static __always_inline void slab_push_irqoff(struct kmem_cache *cache, struct slab_cpu *cpu, void *object)
{
	*object_link(cache, object) = cpu->freelist;
	cpu->freelist = object;
	if (unlikely(++cpu->count > cache->keep))
		slab_give_back(cache, cpu);
}

static noinline void *slab_zero(const struct kmem_cache *cache, void *object)
{
	return memset(object, 0, cache->object_size);
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	unsigned long flags;
	void *object;

	might_sleep_if(gfp & __GFP_DIRECT_RECLAIM);
	local_irq_save(flags);
	object = slab_pop_irqoff(cache, this_cpu_ptr(cache->cpu));
	if (unlikely(!object))
		return slab_alloc_slow(cache, gfp, flags);
	local_irq_restore(flags);
	if (IS_ENABLED(CONFIG_DEBUG_SLAB) && !slab_debug_alloc(cache, object, __builtin_return_address(0)))
		return kmem_cache_alloc(cache, gfp);
	if (unlikely(gfp & __GFP_ZERO))
		return slab_zero(cache, object);
	return object;
}

static __always_inline void slab_free(struct kmem_cache *cache, void *object, const void *caller)
{
	unsigned long flags;

	debug_check_no_obj_freed(object, cache->object_size);
	if (IS_ENABLED(CONFIG_DEBUG_SLAB) &&
	    !slab_debug_free(cache, page_by_index(page_index(object)), object, caller))
		return;
	local_irq_save(flags);
	slab_push_irqoff(cache, this_cpu_ptr(cache->cpu), object);
	local_irq_restore(flags);
}

void kmem_cache_free(struct kmem_cache *cache, void *object)
{
	if (IS_ENABLED(CONFIG_DEBUG_SLAB)) {
		struct page *page = page_by_index(page_index(object));

		if (WARN(page_state_of(object) != PAGE_STATE_SLAB || page->slab_cache != cache,
			 "%p is no object of cache %s\n", object, cache->name))
			return;
	}
	slab_free(cache, object, __builtin_return_address(0));
}

static noinline void kfree_pages(const void *p)
{
	u8 state = page_state_of(p);

	if (state >= PAGE_STATE_USED && state < PAGE_STATE_SLAB && PAGE_ALIGNED(p))
		free_pages((unsigned long)p, state & PAGE_STATE_ORDER);
	else
		WARN(1, "kfree of %p, which kmalloc() never returned or which is free already\n", p);
}

void kfree(const void *p)
{
	unsigned long index;

	if (unlikely(ZERO_OR_NULL_PTR(p)))
		return;
	index = page_index(p);
	if (likely(index < nr_pfns && page_states[index] == PAGE_STATE_SLAB))
		slab_free(page_by_index(index)->slab_cache, (void *)p, __builtin_return_address(0));
	else
		kfree_pages(p);
}

/* ---- between a CPU's list and the slabs ---- */

/* Object @object is free and goes into its slab. */
static void slab_return_locked(struct kmem_cache *cache, void *object)
{
	struct page *page = page_by_index(page_index(object));

	page -= page->slab_page;
	if (!page->freelist)
		list_move(&page->lru, &cache->partial);
	*object_link(cache, object) = page->freelist;
	page->freelist = object;
	if (--page->inuse)
		return;
	/* All free: the last of the partial ones, so that it has a chance to stay so. */
	list_move_tail(&page->lru, &cache->partial);
	cache->nr_empty++;
}

/* Takes an empty slab off the cache if it has more than @keep of them. */
static struct page *slab_take_empty_locked(struct kmem_cache *cache, unsigned int keep)
{
	struct page *page;

	if (cache->nr_empty <= keep)
		return NULL;
	page = list_last_entry(&cache->partial, struct page, lru);
	KASSERT(page->inuse == 0);
	list_del(&page->lru);
	cache->nr_empty--;
	cache->nr_slabs--;
	return page;
}

static void slab_free_pages(struct kmem_cache *cache, struct page *page)
{
	page_clear_slab(page, cache->order);
	__free_pages(page, cache->order);
}

/* Frees empty slabs but for @keep. Interrupts off. */
static void slab_trim(struct kmem_cache *cache, unsigned int keep)
{
	struct page *page;

	do {
		raw_spin_lock(&cache->lock);
		page = slab_take_empty_locked(cache, keep);
		raw_spin_unlock(&cache->lock);
		if (page)
			slab_free_pages(cache, page);
	} while (page);
}

/* Objects from @list on, @count of them, go back to their slabs. Interrupts off. */
static void slab_return_list(struct kmem_cache *cache, void *list, unsigned int count)
{
	raw_spin_lock(&cache->lock);
	while (count--) {
		void *next = *object_link(cache, list);

		slab_return_locked(cache, list);
		list = next;
	}
	raw_spin_unlock(&cache->lock);
	if (unlikely(READ_ONCE(cache->nr_empty) > 1))
		slab_trim(cache, 1);
}

/* This CPU's list is too long: keep the half that was used last, it is the warmer one. Interrupts off. */
static noinline void slab_give_back(struct kmem_cache *cache, struct slab_cpu *cpu)
{
	unsigned int i, keep = cpu->count / 2;
	void *last = cpu->freelist, *rest;

	for (i = 1; i < keep; i++)
		last = *object_link(cache, last);
	rest = *object_link(cache, last);
	*object_link(cache, last) = NULL;
	slab_return_list(cache, rest, cpu->count - keep);
	cpu->count = keep;
}

/* Moves up to half of what a CPU may keep from the slabs to this CPU's list. Interrupts off. */
static void slab_refill(struct kmem_cache *cache, struct slab_cpu *cpu)
{
	unsigned int want = cache->keep / 2;

	raw_spin_lock(&cache->lock);
	while (cpu->count < want && !list_empty(&cache->partial)) {
		struct page *page = list_first_entry(&cache->partial, struct page, lru);
		void *object = page->freelist;

		if (page->inuse++ == 0)
			cache->nr_empty--;
		page->freelist = *object_link(cache, object);
		if (!page->freelist)
			list_move(&page->lru, &cache->full);
		*object_link(cache, object) = cpu->freelist;
		cpu->freelist = object;
		cpu->count++;
	}
	raw_spin_unlock(&cache->lock);
}

/* Cuts a new block of pages into objects, in the order of their addresses. */
static void slab_cut(struct kmem_cache *cache, struct page *page)
{
	void *object = page_address(page) + (size_t)cache->stride * cache->per_slab;
	unsigned int i;

	page->freelist = NULL;
	page->inuse = 0;
	for (i = 0; i < cache->per_slab; i++) {
		object -= cache->stride;
		if (IS_ENABLED(CONFIG_DEBUG_SLAB))
			slab_debug_init_object(cache, object);
		if (cache->ctor)
			cache->ctor(object);
		*object_link(cache, object) = page->freelist;
		page->freelist = object;
	}
}

static bool slab_grow(struct kmem_cache *cache, gfp_t gfp)
{
	struct page *page = alloc_pages(gfp & ~__GFP_ZERO, cache->order);
	unsigned long flags;
	unsigned int i;

	if (!page)
		return false;
	for (i = 0; i < 1U << cache->order; i++) {
		page[i].slab_cache = cache;
		page[i].slab_page = i;
	}
	slab_cut(cache, page);
	page_set_slab(page, cache->order);
	raw_spin_lock_irqsave(&cache->lock, flags);
	list_add_tail(&page->lru, &cache->partial);
	cache->nr_slabs++;
	cache->nr_empty++;
	raw_spin_unlock_irqrestore(&cache->lock, flags);
	return true;
}

/* This CPU has no free object. Interrupts are off; @flags says how to leave them. */
static noinline void *slab_alloc_slow(struct kmem_cache *cache, gfp_t gfp, unsigned long flags)
{
	for (;;) {
		struct slab_cpu *cpu = this_cpu_ptr(cache->cpu);

		slab_refill(cache, cpu);
		if (cpu->count)
			break;
		/* While interrupts are on, others may use up the new slab: hence the loop. */
		local_irq_restore(flags);
		if (!slab_grow(cache, gfp))
			return NULL;
		local_irq_save(flags);
	}
	local_irq_restore(flags);
	return kmem_cache_alloc(cache, gfp);
}

/*
 * All free objects of a CPU go back to their slabs. Interrupts off. The CPU is this one, or nobody uses
 * the cache any more.
 */
void slab_flush(struct kmem_cache *cache, struct slab_cpu *cpu)
{
	slab_return_list(cache, cpu->freelist, cpu->count);
	cpu->freelist = NULL;
	cpu->count = 0;
}

/* Gives all memory back that no object needs, but for what is on CPUs' lists. */
void slab_release_empty(struct kmem_cache *cache)
{
	unsigned long flags;

	local_irq_save(flags);
	slab_trim(cache, 0);
	local_irq_restore(flags);
}

/* ---- kmalloc() and its kin ---- */

static struct kmem_cache kmalloc_table[NR_KMALLOC_CACHES];
static DEFINE_PER_CPU(struct slab_cpu[NR_KMALLOC_CACHES], kmalloc_cpu);
struct kmem_cache *kmalloc_caches[NR_KMALLOC_CACHES];

static noinline void *kmalloc_pages(size_t size, gfp_t gfp)
{
	if (size == 0)
		return ZERO_SIZE_PTR;
	if (size > KMALLOC_MAX_SIZE) {
		if (!(gfp & __GFP_NOWARN))
			pr_warn_ratelimited("kmalloc of %zu bytes: the largest size is %lu\n",
					    size, KMALLOC_MAX_SIZE);
		return NULL;
	}
	return (void *)__get_free_pages(gfp, get_order(size));
}

void *__kmalloc(size_t size, gfp_t gfp)
{
	/* Sizes up to 192 by eights; the powers of two above by their highest bit. */
	static const u8 small[24] = {
		0, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6,
	};

	if (unlikely(size - 1 >= KMALLOC_MAX_CACHE_SIZE))
		return kmalloc_pages(size, gfp);
	if (size <= 192)
		return kmem_cache_alloc(kmalloc_caches[small[(size - 1) / 8]], gfp);
	return kmem_cache_alloc(kmalloc_caches[__fls(size - 1)], gfp);
}

size_t ksize(const void *p)
{
	u8 state;

	if (ZERO_OR_NULL_PTR(p))
		return 0;
	state = page_state_of(p);
	if (state == PAGE_STATE_SLAB)
		return page_by_index(page_index(p))->slab_cache->object_size;
	if (WARN_ON(state < PAGE_STATE_USED))
		return 0;
	return PAGE_SIZE << (state & PAGE_STATE_ORDER);
}

void kfree_sensitive(const void *p)
{
	size_t size = ksize(p);

	if (size)
		memzero_explicit((void *)p, size);
	kfree(p);
}

void *krealloc(const void *p, size_t new_size, gfp_t gfp)
{
	size_t old_size = ksize(p);
	void *new;

	if (new_size == 0) {
		kfree(p);
		return ZERO_SIZE_PTR;
	}
	if (new_size <= old_size)
		return (void *)p;
	new = kmalloc(new_size, gfp);
	if (new && old_size) {
		memcpy(new, p, old_size);
		kfree(p);
	}
	return new;
}

/* ---- setting up ---- */

/* How many free objects a CPU may keep: about 16 KiB of them, 2 at least, 64 at most. */
static unsigned int objects_to_keep(unsigned int stride)
{
	return clamp(16384U / stride, 2U, 64U);
}

/* Slabs hold at least four objects, or two where these are a page and more. */
static unsigned int slab_order(unsigned int stride)
{
	return get_order((unsigned long)stride * (stride < PAGE_SIZE ? 4 : 2));
}

void slab_cache_setup(struct kmem_cache *cache, const char *name, unsigned int size, unsigned int align,
		      slab_flags_t flags, void (*ctor)(void *object))
{
	unsigned int room = round_up(size, (unsigned int)sizeof(void *));

	align = max_t(unsigned int, align, flags & SLAB_HWCACHE_ALIGN ? L1_CACHE_BYTES : ARCH_SLAB_MINALIGN);
	/* A free object's link may lie in it, unless a constructor or poison fills it. */
	cache->link = 0;
	if (IS_ENABLED(CONFIG_DEBUG_SLAB))
		room += slab_debug_record_size();
	if (IS_ENABLED(CONFIG_DEBUG_SLAB) || ctor) {
		cache->link = room;
		room += sizeof(void *);
	}
	cache->stride = round_up(room, align);
	cache->object_size = size;
	cache->order = slab_order(cache->stride);
	cache->per_slab = (PAGE_SIZE << cache->order) / cache->stride;
	cache->keep = objects_to_keep(cache->stride);
	cache->flags = flags;
	cache->ctor = ctor;
	cache->name = name;
	raw_spin_lock_init(&cache->lock);
	INIT_LIST_HEAD(&cache->partial);
	INIT_LIST_HEAD(&cache->full);
}

bool slab_is_available(void)
{
	return kmalloc_caches[0] != NULL;
}

void slab_flush_this_cpu(void)
{
	unsigned int i;

	for (i = 0; i < NR_KMALLOC_CACHES; i++)
		slab_flush(&kmalloc_table[i], this_cpu_ptr(kmalloc_table[i].cpu));
}

void slab_init(void)
{
	static const struct {
		const char *name;
		unsigned int size;
	} kmalloc_sizes[NR_KMALLOC_CACHES] = {
#define KMALLOC_ENTRY(bytes) { "kmalloc-" #bytes, bytes },
		__KMALLOC_SIZES(KMALLOC_ENTRY)
	};
	unsigned int i;

	for (i = 0; i < NR_KMALLOC_CACHES; i++) {
		struct kmem_cache *cache = &kmalloc_table[i];
		unsigned int size = kmalloc_sizes[i].size;

		/* The largest power of two that divides the size: all of it, or a third of 96 and 192. */
		slab_cache_setup(cache, kmalloc_sizes[i].name, size, 1U << __ffs(size), 0, NULL);
		cache->cpu = &kmalloc_cpu[0] + i;
		kmalloc_caches[i] = cache;
	}
}
