/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of the object allocator: shared by slab.c, slab_cache.c and slab_debug.c alone.
 */
#ifndef _MM_SLAB_H
#define _MM_SLAB_H

#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "internal.h"

/**
 * struct slab_cpu - free objects that belong to one CPU
 * @freelist: the first, or NULL; each holds the address of the next
 * @count: how many
 */
struct slab_cpu {
	void *freelist;			/* Q */
	unsigned int count;		/* Q */
};

/**
 * struct kmem_cache - objects of one size
 *
 * Marks: I after creation; Q this CPU, interrupts off; L @lock.
 */
struct kmem_cache {
	/* What every allocation and free reads comes first. */
	struct slab_cpu __percpu *cpu;	/* I, what it points to Q */
	unsigned int link;		/* I: offset in a free object of the address of the next */
	unsigned int keep;		/* I: a CPU that has more free objects than this gives half back */
	unsigned int object_size;	/* I: bytes asked for */

	unsigned int stride;		/* I: bytes from one object to the next */
	unsigned int order;		/* I: pages of a slab */
	unsigned int per_slab;		/* I: objects of a slab */
	slab_flags_t flags;		/* I */
	void (*ctor)(void *object);	/* I */
	const char *name;		/* I */

	raw_spinlock_t lock;
	struct list_head partial;	/* L: slabs with free objects, by their page's lru */
	struct list_head full;		/* L: slabs without */
	unsigned int nr_slabs;		/* L */
	unsigned int nr_empty;		/* L: slabs with nothing but free objects; at most one is kept */
};

static inline void **object_link(const struct kmem_cache *cache, void *object)
{
	return object + cache->link;
}

/* slab.c */
void slab_cache_setup(struct kmem_cache *cache, const char *name, unsigned int size, unsigned int align,
		      slab_flags_t flags, void (*ctor)(void *object));
void slab_flush(struct kmem_cache *cache, struct slab_cpu *cpu);
void slab_release_empty(struct kmem_cache *cache);

/*
 * slab_debug.c, all of it for CONFIG_DEBUG_SLAB. Each object is followed by a record, before its link.
 * slab_debug_alloc() and slab_debug_free() check an object that changes hands, and report; false: leave
 * the object alone, it is not what the caller takes it for.
 */
unsigned int slab_debug_record_size(void);
void slab_debug_init_object(const struct kmem_cache *cache, void *object);
bool slab_debug_alloc(const struct kmem_cache *cache, void *object, const void *caller);
bool slab_debug_free(const struct kmem_cache *cache, const struct page *page, void *object, const void *caller);
bool slab_debug_is_allocated(const struct kmem_cache *cache, void *object, const void **caller);

#endif
