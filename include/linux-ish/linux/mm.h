/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages: from address to struct page and back, and how many there are.
 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/math.h>
#include <asm/page.h>

struct kmem_cache;

/**
 * struct page - what is known of one page of memory
 * @lru: while free: its block's place among the free ones (first page); while a slab: among the
 *	 cache's partial slabs; else the owner's
 * @slab_cache: while a slab: the cache
 * @freelist: while a slab: its free objects
 * @inuse: while a slab: objects not on @freelist
 * @slab_page: while a slab: how many pages it is behind the slab's first
 *
 * The members of a page in another state mean nothing, and may never have been written: which state
 * a page is in says the allocator's own table (mm/page_alloc.c).
 */
struct page {
	struct list_head lru;
	struct kmem_cache *slab_cache;
	void *freelist;
	u32 inuse;
	u32 slab_page;
};

/* Indexed by page frame number; below the first frame it points outside. mm/page_alloc.c */
extern struct page *mem_map;

#define page_to_pfn(page)	((unsigned long)((page) - mem_map))
#define pfn_to_page(pfn)	(mem_map + (pfn))
#define page_to_phys(page)	((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)
#define phys_to_page(phys)	pfn_to_page((unsigned long)((phys) >> PAGE_SHIFT))

/** virt_to_page - the page of an address in the linear map. Context: any. */
#define virt_to_page(addr)	phys_to_page(arch_virt_to_phys((const void *)(addr)))
/** page_address, page_to_virt - the address of a page. Context: any. */
#define page_address(page)	arch_phys_to_virt(page_to_phys(page))
#define page_to_virt(page)	page_address(page)
#define nth_page(page, n)	((page) + (n))

/** virt_addr_valid - whether @addr is in memory that the page allocator manages. Context: any. */
bool virt_addr_valid(const void *addr);
/** totalram_pages - pages that the allocator was given at boot. Context: any. */
unsigned long totalram_pages(void);
/** nr_free_pages - pages that are free now. Context: any; a moment's truth. */
unsigned long nr_free_pages(void);

/**
 * struct sysinfo - how much memory there is, in units of mem_unit bytes
 * @totalram: given to the allocator at boot
 * @freeram: free now
 * @mem_unit: PAGE_SIZE
 */
struct sysinfo {
	unsigned long totalram;
	unsigned long freeram;
	unsigned int mem_unit;
};

/** si_meminfo - fill in a struct sysinfo. Context: any. */
void si_meminfo(struct sysinfo *val);

#include <linux/vmalloc.h>

#endif
