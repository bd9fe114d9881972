// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mappings of what is not ordinary memory: device registers, firmware's tables.
 *
 * What
 *	One range of addresses (x86/layout.h) is handed out from its beginning on, never twice,
 *	with an unmapped page behind each mapping. Device registers are mapped uncached; tables
 *	cached and read-only, unless the linear map has them anyway.
 *
 * Locks
 *	ioremap_lock: the next free address, and the page tables of that range.
 *
 * Limits
 *	512 GiB of addresses. A table needs no page of its own for each mapping: 2 MiB share one.
 *
 * Tests
 *	arch/x86/tests/memory_test.c
 */
#include <linux/spinlock.h>
#include <asm/page.h>
#include <x86/memory.h>
#include "pagetable.h"

static DEFINE_RAW_SPINLOCK(ioremap_lock);
static unsigned long ioremap_next = X86_IOREMAP_START;	/* G: ioremap_lock */

#define PHYSICAL_END	(X86_PTE_ADDRESS + X86_PAGE_SIZE)

bool ioremap_init(void)
{
	return pagetable_add_slot(X86_IOREMAP_START);
}

/* Large mappings begin where large pages can. Return: the address, or 0 when there is no room. */
static unsigned long take_addresses(phys_addr_t phys, u64 size)
{
	u64 large = 1ULL << 21;
	unsigned long virt = ioremap_next;

	if (size >= large)
		virt = ((virt + large - 1) & ~(large - 1)) + (phys & (large - 1));
	if (size + PAGE_SIZE > X86_IOREMAP_START + X86_IOREMAP_SIZE - virt)
		return 0;
	ioremap_next = virt + size + PAGE_SIZE;
	return virt;
}

static void *map(phys_addr_t phys, size_t size, u64 rights)
{
	phys_addr_t first = phys & PAGE_MASK;
	unsigned long flags, virt;
	u64 bytes;

	if (!size || phys >= PHYSICAL_END || size > PHYSICAL_END - phys)
		return NULL;
	bytes = PAGE_ALIGN(phys + size) - first;

	raw_spin_lock_irqsave(&ioremap_lock, flags);
	virt = take_addresses(first, bytes);
	if (virt && !pagetable_map(virt, first, bytes, rights))
		virt = 0;
	raw_spin_unlock_irqrestore(&ioremap_lock, flags);

	return virt ? (void *)(virt + offset_in_page(phys)) : NULL;
}

void *arch_ioremap(phys_addr_t phys, size_t size)
{
	return map(phys, size, PAGE_DEVICE);
}

static bool in_linear_map(phys_addr_t phys, size_t size)
{
	phys_addr_t page;

	if (!size || phys >= X86_LINEAR_SIZE || size > X86_LINEAR_SIZE - phys)
		return false;
	for (page = phys & PAGE_MASK; page < phys + size; page += PAGE_SIZE)
		if (!pagetable_entry((unsigned long)arch_phys_to_virt(page)))
			return false;
	return true;
}

const void *x86_map_table(phys_addr_t phys, size_t size)
{
	if (in_linear_map(phys, size))
		return arch_phys_to_virt(phys);
	return map(phys, size, PAGE_KERNEL_RO);
}
