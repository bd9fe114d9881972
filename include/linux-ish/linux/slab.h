/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory in pieces of any size.
 *
 * What
 *	kmalloc(), kzalloc(), kcalloc(), kfree()	anything up to 4 MiB, aligned to 8 bytes at least, and
 *							to its size if that is a power of two
 *	kmem_cache_create(), kmem_cache_alloc()		many objects of one kind
 *
 * Contexts
 *	GFP_KERNEL: task, may sleep.  GFP_ATOMIC, GFP_NOWAIT, and all ways to free: any but NMI.
 *
 * Follows Linux, Documentation/core-api/memory-allocation.rst; Linux Device Drivers, chapter 8. How it
 * works, and what debug builds check: mm/slab.c.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/gfp.h>
#include <linux/overflow.h>

struct kmem_cache;

typedef unsigned int slab_flags_t;

#define SLAB_CONSISTENCY_CHECKS	0x00000100U	/* accepted: a matter of the configuration */
#define SLAB_RED_ZONE		0x00000400U	/* the same */
#define SLAB_POISON		0x00000800U	/* the same */
#define SLAB_HWCACHE_ALIGN	0x00002000U	/* objects begin on a cache line */
#define SLAB_CACHE_DMA		0x00004000U
#define SLAB_STORE_USER		0x00010000U
#define SLAB_PANIC		0x00040000U	/* panic if the cache cannot be made */
#define SLAB_RECLAIM_ACCOUNT	0U
#define SLAB_MEM_SPREAD		0U
#define SLAB_ACCOUNT		0U
#define SLAB_NO_MERGE		0U
#define SLAB_TEMPORARY		0U

/* What an allocation of no bytes returns: not NULL, and kfree() takes it. */
#define ZERO_SIZE_PTR		((void *)16)
#define ZERO_OR_NULL_PTR(x)	((unsigned long)(x) <= (unsigned long)ZERO_SIZE_PTR)

#define KMALLOC_MIN_SIZE	8
#define KMALLOC_MAX_CACHE_SIZE	8192
#define KMALLOC_MAX_SIZE	(PAGE_SIZE << MAX_PAGE_ORDER)
#define ARCH_KMALLOC_MINALIGN	8
#define ARCH_SLAB_MINALIGN	8

/* Sizes of the kmalloc caches, in the order of kmalloc_caches[]. */
#define __KMALLOC_SIZES(X) \
	X(8) X(16) X(32) X(64) X(96) X(128) X(192) X(256) X(512) X(1024) X(2048) X(4096) X(8192)
#define NR_KMALLOC_CACHES	13
extern struct kmem_cache *kmalloc_caches[NR_KMALLOC_CACHES];

/* The cache for a size known at compile time. */
static __always_inline unsigned int __kmalloc_index(size_t size)
{
	return size <= 8 ? 0 : size <= 16 ? 1 : size <= 32 ? 2 : size <= 64 ? 3 : size <= 96 ? 4 :
	       size <= 128 ? 5 : size <= 192 ? 6 : size <= 256 ? 7 : size <= 512 ? 8 :
	       size <= 1024 ? 9 : size <= 2048 ? 10 : size <= 4096 ? 11 : 12;
}

void *__kmalloc(size_t size, gfp_t flags) __malloc;
/** kmem_cache_alloc - an object of a cache, not zeroed, or NULL. Context: as kmalloc(). */
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t flags) __malloc;

/**
 * kmalloc - allocate @size bytes
 * @size: how many
 * @flags: GFP_*, also with __GFP_ZERO, __GFP_NOWARN
 *
 * Context: see above. Lifetime: until kfree().
 * Return: the memory, ZERO_SIZE_PTR for no bytes, or NULL, with a message unless __GFP_NOWARN.
 */
static __always_inline __malloc void *kmalloc(size_t size, gfp_t flags)
{
	if (__builtin_constant_p(size) && size != 0 && size <= KMALLOC_MAX_CACHE_SIZE)
		return kmem_cache_alloc(kmalloc_caches[__kmalloc_index(size)], flags);
	return __kmalloc(size, flags);
}

/** kzalloc - the same, zeroed */
static __always_inline __malloc void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}

/** kmalloc_array - @n elements of @size bytes. Return: as kmalloc(); NULL when the product overflows. */
static __always_inline __malloc void *kmalloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(n, size, &bytes)))
		return NULL;
	return kmalloc(bytes, flags);
}

/** kcalloc - the same, zeroed */
static __always_inline __malloc void *kcalloc(size_t n, size_t size, gfp_t flags)
{
	return kmalloc_array(n, size, flags | __GFP_ZERO);
}

#define kmalloc_node(size, flags, node)		((void)(node), kmalloc(size, flags))
#define kzalloc_node(size, flags, node)		((void)(node), kzalloc(size, flags))
#define kcalloc_node(n, size, flags, node)	((void)(node), kcalloc(n, size, flags))
#define kmalloc_array_node(n, size, flags, node) ((void)(node), kmalloc_array(n, size, flags))

/**
 * kfree - give back what any k*alloc() or kmem_cache_alloc() returned
 * @p: NULL and ZERO_SIZE_PTR are allowed
 *
 * Context: any but NMI.
 */
void kfree(const void *p);
/** kfree_sensitive - the same, overwritten with zeroes first */
void kfree_sensitive(const void *p);
/** ksize - how many bytes the allocation really has; 0 for NULL. Context: any. */
size_t ksize(const void *p);

/**
 * krealloc - change the size of an allocation, keeping what fits of the contents
 * @p: from kmalloc(), or NULL
 * @new_size: 0 frees
 * @flags: GFP_*; __GFP_ZERO zeroes what is new only if the memory was always zeroed beyond its size
 *
 * Context: as kmalloc().
 * Return: the memory, moved or not; NULL when it cannot be had: then @p is still there.
 */
void *__must_check krealloc(const void *p, size_t new_size, gfp_t flags);

/** krealloc_array - krealloc() for @new_n objects; NULL where the product overflows */
static inline void *__must_check krealloc_array(void *p, size_t new_n, size_t new_size, gfp_t flags)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(new_n, new_size, &bytes)))
		return NULL;
	return krealloc(p, bytes, flags);
}

/* Here there is no other kind of memory to fall back to. */
static inline void *kvmalloc(size_t size, gfp_t flags) { return kmalloc(size, flags); }
static inline void *kvzalloc(size_t size, gfp_t flags) { return kzalloc(size, flags); }
static inline void *kvmalloc_array(size_t n, size_t size, gfp_t flags) { return kmalloc_array(n, size, flags); }
static inline void *kvcalloc(size_t n, size_t size, gfp_t flags) { return kcalloc(n, size, flags); }
static inline void kvfree(const void *p) { kfree(p); }

/**
 * kmem_cache_create - make a cache of objects of one size
 * @name: for messages; must live as long as the cache
 * @size: bytes of an object, 1 to 65536
 * @align: a power of two up to PAGE_SIZE; 0 for the usual 8
 * @flags: SLAB_*
 * @ctor: called once for each object when its memory comes from the page allocator, and again after a
 *	  free only in debug builds; or NULL
 *
 * Context: task, may sleep, once per-CPU areas exist.
 * Return: the cache, or NULL (a panic with SLAB_PANIC).
 */
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     slab_flags_t flags, void (*ctor)(void *object));

/**
 * kmem_cache_destroy - give a cache and its memory back
 * @cache: NULL is allowed; nobody uses it any more
 *
 * Context: task, may sleep. Objects that are still allocated are reported with the cache's name and
 * their addresses, and the cache then stays, so that freeing them late does no harm.
 */
void kmem_cache_destroy(struct kmem_cache *cache);

/** kmem_cache_zalloc - kmem_cache_alloc(), zeroed; not for caches with a constructor */
static inline void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t flags)
{
	return kmem_cache_alloc(cache, flags | __GFP_ZERO);
}

#define kmem_cache_alloc_node(cache, flags, node) ((void)(node), kmem_cache_alloc(cache, flags))
/** kmem_cache_free - give back an object of this cache; of another cache: reported. Context: any but NMI. */
void kmem_cache_free(struct kmem_cache *cache, void *object);
/** kmem_cache_size - bytes of an object, as asked for */
unsigned int kmem_cache_size(struct kmem_cache *cache);
/** kmem_cache_shrink - give back memory that no object needs. Context: task. Return: 0. */
int kmem_cache_shrink(struct kmem_cache *cache);

/** KMEM_CACHE - a cache for objects of type struct @__struct, named so */
#define KMEM_CACHE(__struct, __flags) \
	kmem_cache_create(#__struct, sizeof(struct __struct), __alignof__(struct __struct), (__flags), NULL)

/** slab_is_available - whether kmalloc() works already. Context: any. */
bool slab_is_available(void);

#endif
