/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whole pages of memory, in blocks of 2^order.
 *
 * Follows Linux, Documentation/core-api/memory-allocation.rst; Linux Device Drivers, chapter 8.
 */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H

#include <linux/gfp_types.h>
#include <linux/compiler.h>
#include <arch/memory.h>

struct page;

/* The largest block is 2^MAX_PAGE_ORDER pages: 4 MiB. */
#define MAX_PAGE_ORDER	10
#define MAX_ORDER	MAX_PAGE_ORDER
#define NR_PAGE_ORDERS	(MAX_PAGE_ORDER + 1)

/** gfpflags_allow_blocking - whether @gfp_flags are those of a caller that may sleep */
static inline bool gfpflags_allow_blocking(const gfp_t gfp_flags)
{
	return (gfp_flags & __GFP_DIRECT_RECLAIM) != 0;
}

/**
 * alloc_pages - allocate 2^@order pages, in one piece, aligned to their size
 * @gfp: GFP_*
 * @order: at most MAX_PAGE_ORDER
 *
 * Context: any but NMI with GFP_ATOMIC or GFP_NOWAIT; task that may sleep with GFP_KERNEL.
 * Return: the first page, or NULL, with a message unless __GFP_NOWARN.
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order);
#define alloc_page(gfp)			alloc_pages(gfp, 0)
#define alloc_pages_node(nid, gfp, order) ((void)(nid), alloc_pages(gfp, order))

/**
 * __free_pages - give back what alloc_pages() returned
 * @page: the first page
 * @order: as allocated
 *
 * Context: any but NMI. A page that is free already, or another order, is reported and left alone.
 */
void __free_pages(struct page *page, unsigned int order);
#define __free_page(page)		__free_pages(page, 0)

/** __get_free_pages - alloc_pages() for whoever wants the address. Return: it, or 0. */
unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
#define __get_free_page(gfp)		__get_free_pages(gfp, 0)
#define __get_dma_pages(gfp, order)	__get_free_pages((gfp) | GFP_DMA, order)
/** get_zeroed_page - one page full of zeroes. Return: its address, or 0. */
unsigned long get_zeroed_page(gfp_t gfp);
/** free_pages - give back by address; 0 is allowed. Context: any but NMI. */
void free_pages(unsigned long addr, unsigned int order);
#define free_page(addr)			free_pages(addr, 0)

/**
 * alloc_pages_exact - @size bytes in whole pages, without rounding up to a power of two
 * @size: bytes, not 0
 * @gfp: GFP_*
 *
 * Context, Return: as alloc_pages(), but the address.
 */
void *alloc_pages_exact(size_t size, gfp_t gfp);
/** free_pages_exact - give back what alloc_pages_exact() returned, with the same @size */
void free_pages_exact(void *addr, size_t size);

/** get_order - the smallest order whose block holds @size bytes */
static inline __attribute_const__ int get_order(unsigned long size)
{
	return size <= PAGE_SIZE ? 0 : 64 - __builtin_clzl((size - 1) >> PAGE_SHIFT);
}

#endif
