/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of mm/ tell each other.
 */
#ifndef _MM_INTERNAL_H
#define _MM_INTERNAL_H

#include <linux/mm.h>

/* memblock.c: no more changes, the page allocator has taken over. */
void memblock_close(void);

/*
 * What a page is: one byte for each page frame, in page_states[]; the truth about the page, where
 * struct page holds details that only mean something in one state. Written under the page lock, or by
 * the owner of an allocated block.
 *
 *	PAGE_STATE_NONE		not the first page of anything, or no memory at all
 *	PAGE_STATE_FREE + n	first page of a free block of order n
 *	PAGE_STATE_USED + n	first page of an allocated block of order n
 *	PAGE_STATE_SLAB		any page of a slab
 */
#define PAGE_STATE_NONE		0x00
#define PAGE_STATE_FREE		0x40
#define PAGE_STATE_USED		0x80
#define PAGE_STATE_SLAB		0xc0
#define PAGE_STATE_ORDER	0x0f

extern u8 *page_states;			/* I: the byte of pfn first_pfn is page_states[0] */
extern unsigned long first_pfn;		/* I */
extern unsigned long nr_pfns;		/* I */

/* The index into page_states[] of an address in the linear map; anything else gives nr_pfns or more. */
static __always_inline unsigned long page_index(const void *addr)
{
	return (((unsigned long)addr - PAGE_OFFSET) >> PAGE_SHIFT) - first_pfn;
}

static __always_inline struct page *page_by_index(unsigned long index)
{
	return mem_map + first_pfn + index;
}

/* The state of the page that holds @addr; PAGE_STATE_NONE for wild addresses. */
static __always_inline u8 page_state_of(const void *addr)
{
	unsigned long index = page_index(addr);

	return likely(index < nr_pfns) ? page_states[index] : PAGE_STATE_NONE;
}

/* page_alloc.c: turn an allocated block into a slab, and back so that it can be freed. */
void page_set_slab(struct page *page, unsigned int order);
void page_clear_slab(struct page *page, unsigned int order);

#endif
