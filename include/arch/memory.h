/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: memory.
 *
 *	PAGE_SHIFT, PAGE_SIZE, PAGE_MASK
 *	void *arch_phys_to_virt(phys_addr_t)	all usable memory that the machine handed to the core is mapped,
 *	phys_addr_t arch_virt_to_phys(const void *)	linearly; kernel image addresses convert too
 *	PAGE_OFFSET				where that linear map begins
 *	void arch_memory_init(void)		boot CPU, once: calls memblock_add(start, size) for usable ranges and
 *						memblock_reserve(start, size) for what is taken (image, boot data)
 *	void *arch_ioremap(phys_addr_t, size_t)	device registers, uncached; NULL when not possible. Lasts for ever.
 */
#ifndef _ARCH_MEMORY_H
#define _ARCH_MEMORY_H
#include <linux/types.h>
#include <arch-impl/memory.h>
#endif
