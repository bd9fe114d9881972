/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages, and how physical and virtual addresses convert. PAGE_SIZE and its kin come from the
 * contract.
 */
#ifndef _ASM_PAGE_H
#define _ASM_PAGE_H

#include <arch/memory.h>

#define PAGE_ALIGN(address)	(((address) + PAGE_SIZE - 1) & PAGE_MASK)
#define PAGE_ALIGN_DOWN(address) ((address) & PAGE_MASK)
#define PAGE_ALIGNED(address)	(((unsigned long)(address) & (PAGE_SIZE - 1)) == 0)
#define offset_in_page(p)	((unsigned long)(p) & (PAGE_SIZE - 1))

/** PFN_UP, PFN_DOWN, PFN_PHYS - physical addresses to page frame numbers and back */
#define PFN_UP(phys)		(((phys) + PAGE_SIZE - 1) >> PAGE_SHIFT)
#define PFN_DOWN(phys)		((phys) >> PAGE_SHIFT)
#define PFN_PHYS(pfn)		((phys_addr_t)(pfn) << PAGE_SHIFT)

/** __pa, __va - of an address in the linear map or the kernel image. Context: any. */
#define __pa(virt)		arch_virt_to_phys((const void *)(virt))
#define __va(phys)		arch_phys_to_virt(phys)

#define virt_to_phys(virt)	arch_virt_to_phys((const void *)(virt))
#define phys_to_virt(phys)	arch_phys_to_virt(phys)

#endif
