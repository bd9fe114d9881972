// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page tables: four levels, filled top-down, never taken apart.
 *
 * What
 *	pagetable_map() puts the largest page that fits at each place: 1 GiB where the processor
 *	has such, 2 MiB, 4 KiB. What is mapped already is left alone. So exact maps are made by
 *	mapping the special parts first, with their own rights, and then everything around them.
 *
 *	Tables are pages of usable memory: during boot memblock's, below 4 GiB, where the boot
 *	page tables reach; later the page allocator's.
 *
 * Ordering
 *	Only entries that were not present are written, so no other CPU can have them in its TLB,
 *	and nobody needs to be told.
 *
 * Source: Intel SDM volume 3, 4.5.
 * Tests
 *	arch/x86/tests/memory_test.c
 */
#include <linux/compiler.h>
#include <linux/gfp.h>
#include <linux/string.h>
#include <asm/page.h>
#include <bottomhalf/memblock.h>
#include <x86/cpu.h>
#include "pagetable.h"

#define BOOT_MAPPED_END	0x100000000ULL	/* by head.S */

u64 *kernel_pml4;			/* I */

static bool boot_done;			/* the page allocator is in charge, or about to be */

static u64 *new_table(void)
{
	phys_addr_t phys;
	u64 *table;

	if (boot_done)
		return (u64 *)get_zeroed_page(GFP_ATOMIC);
	phys = memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE, X86_LOAD_ADDRESS, BOOT_MAPPED_END);
	if (!phys)
		return NULL;
	table = arch_phys_to_virt(phys);
	memset(table, 0, PAGE_SIZE);
	return table;
}

bool pagetable_init(void)
{
	kernel_pml4 = new_table();
	return kernel_pml4;
}

void pagetable_boot_done(void)
{
	boot_done = true;
}

/* Level 1 holds 4 KiB pages, level 4 is the top. */
static u64 level_size(unsigned int level)
{
	return 1ULL << (X86_PAGE_SHIFT + 9 * (level - 1));
}

static unsigned int level_index(unsigned long virt, unsigned int level)
{
	return virt / level_size(level) % 512;
}

static u64 *table_of(u64 entry)
{
	return arch_phys_to_virt(entry & X86_PTE_ADDRESS);
}

static bool is_page(u64 entry, unsigned int level)
{
	return (entry & X86_PTE_PRESENT) && (level == 1 || (entry & X86_PTE_LARGE));
}

/* The table below @entry, made if there is none. */
static u64 *descend(u64 *entry)
{
	u64 *table;

	if (*entry & X86_PTE_PRESENT)
		return table_of(*entry);
	table = new_table();
	if (table)
		WRITE_ONCE(*entry, arch_virt_to_phys(table) | X86_PTE_PRESENT | X86_PTE_WRITE);
	return table;
}

static bool page_fits(const u64 *entry, unsigned long virt, phys_addr_t phys, u64 size,
		      unsigned int level)
{
	u64 mask = level_size(level) - 1;

	if (level == 1)
		return true;
	if (level == 4 || (level == 3 && !x86_features.page_1g) || (*entry & X86_PTE_PRESENT))
		return false;
	return !((virt | phys) & mask) && size > mask;
}

/* Map one page at @virt, or find one there. Return: bytes up to its end, or 0 without memory. */
static u64 map_one(unsigned long virt, phys_addr_t phys, u64 size, u64 rights)
{
	unsigned int level = 4;
	u64 *table = kernel_pml4;

	for (;;) {
		u64 *entry = &table[level_index(virt, level)];

		if (is_page(*entry, level))
			return level_size(level) - (virt & (level_size(level) - 1));
		if (page_fits(entry, virt, phys, size, level)) {
			WRITE_ONCE(*entry, phys | rights | (level > 1 ? X86_PTE_LARGE : 0));
			return level_size(level);
		}
		table = descend(entry);
		if (!table)
			return 0;
		level--;
	}
}

bool pagetable_map(unsigned long virt, phys_addr_t phys, u64 size, u64 rights)
{
	u64 done, step;

	if (!x86_features.nx)
		rights &= ~X86_PTE_NX;
	for (done = 0; done < size; done += step) {
		step = map_one(virt + done, phys + done, size - done, rights);
		if (!step)
			return false;
	}
	return true;
}

u64 pagetable_entry(unsigned long virt)
{
	const u64 *table = kernel_pml4;
	unsigned int level;

	for (level = 4; level; level--) {
		u64 entry = READ_ONCE(table[level_index(virt, level)]);

		if (!(entry & X86_PTE_PRESENT))
			return 0;
		if (is_page(entry, level))
			return entry;
		table = table_of(entry);
	}
	return 0;
}

bool pagetable_add_slot(unsigned long virt)
{
	return descend(&kernel_pml4[level_index(virt, 4)]);
}
