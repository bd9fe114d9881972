/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Larger pieces of memory.
 *
 * Differs from Linux
 *	What vmalloc() returns is contiguous in physical memory too, comes from the linear map, and is
 *	therefore limited to the largest block (4 MiB), and fails where memory is in small pieces.
 */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/types.h>

/**
 * vmalloc - at least @size bytes, page aligned
 * @size: bytes, not 0, at most 4 MiB
 *
 * Context: task, may sleep. Lifetime: until vfree().
 * Return: the address, or NULL.
 */
void *vmalloc(unsigned long size);
/** vzalloc - the same, zeroed */
void *vzalloc(unsigned long size);
/** vmalloc_array, vcalloc - @n elements of @size bytes; NULL when the product does not fit */
void *vmalloc_array(size_t n, size_t size);
void *vcalloc(size_t n, size_t size);
/** vfree - give back; NULL is allowed. Context: task or softirq. */
void vfree(const void *addr);
/** is_vmalloc_addr - false: there is no area of its own */
static inline bool is_vmalloc_addr(const void *addr) { return false; }

#endif
