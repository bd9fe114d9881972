/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory of the simulated machine: one arena at a fixed address of the process, physical address
 * HOST_RAM_START and up. The image (code and static data) has physical addresses, too, above all
 * memory.
 */
#ifndef _ARCH_IMPL_MEMORY_H
#define _ARCH_IMPL_MEMORY_H

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))

/* The linear map begins here: physical address 0. */
#define PAGE_OFFSET	0x100000000000UL
#define HOST_RAM_START	0x100000UL
#define HOST_RAM_SIZE	0x1000000UL
/* Where the image lies in the machine's eyes: its address in the process, plus this. */
#define HOST_IMAGE_PHYS	0x10000000000UL

static inline void *arch_phys_to_virt(phys_addr_t phys)
{
	return (void *)(phys >= HOST_IMAGE_PHYS ? phys - HOST_IMAGE_PHYS : phys + PAGE_OFFSET);
}

static inline phys_addr_t arch_virt_to_phys(const void *virt)
{
	unsigned long address = (unsigned long)virt;

	return address >= PAGE_OFFSET ? address - PAGE_OFFSET : address + HOST_IMAGE_PHYS;
}

void arch_memory_init(void);
/* The machine has no device registers. */
static inline void *arch_ioremap(phys_addr_t phys, size_t size) { return NULL; }

#endif
