/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_MEMORY_H
#define _ARCH_IMPL_MEMORY_H

#include <linux/compiler.h>
#include <x86/layout.h>

#define PAGE_SHIFT	X86_PAGE_SHIFT
#define PAGE_SIZE	X86_PAGE_SIZE
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PAGE_OFFSET	X86_LINEAR_START

void arch_memory_init(void);
void *arch_ioremap(phys_addr_t phys, size_t size);

static __always_inline void *arch_phys_to_virt(phys_addr_t phys)
{
	return (void *)(phys + PAGE_OFFSET);
}

/* The image lies above the linear map, so one comparison tells the two apart. */
static __always_inline phys_addr_t arch_virt_to_phys(const void *virt)
{
	unsigned long address = (unsigned long)virt;

	return address - (address >= X86_KERNEL_BASE ? X86_KERNEL_BASE : PAGE_OFFSET);
}

#endif
