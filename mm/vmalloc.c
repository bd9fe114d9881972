// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmalloc(): whole pages, for the time being contiguous ones.
 *
 * What
 *	A request becomes one block of the page allocator; vfree() finds its order by the page's state.
 *
 * Contexts
 *	vmalloc(): task, may sleep.  vfree(): any but NMI.
 *
 * Limits
 *	4 MiB, rounded up to a power of two.
 *
 * Differs from Linux
 *	No address space of its own: the memory is in the linear map, and a request fails where memory is
 *	in small pieces.
 *
 * Tests
 *	tests/boot/slab_test.c
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

static void *alloc_whole_pages(unsigned long size, gfp_t gfp)
{
	if (WARN_ON_ONCE(size == 0))
		return NULL;
	return (void *)__get_free_pages(gfp, get_order(size));
}

void *vmalloc(unsigned long size)
{
	return alloc_whole_pages(size, GFP_KERNEL);
}

void *vzalloc(unsigned long size)
{
	return alloc_whole_pages(size, GFP_KERNEL | __GFP_ZERO);
}

void *vmalloc_array(size_t n, size_t size)
{
	return vmalloc(size_mul(n, size));
}

void *vcalloc(size_t n, size_t size)
{
	return vzalloc(size_mul(n, size));
}

void vfree(const void *addr)
{
	kfree(addr);
}
