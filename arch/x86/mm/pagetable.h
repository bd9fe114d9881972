/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between the files of mm/.
 */
#ifndef _X86_MM_PAGETABLE_H
#define _X86_MM_PAGETABLE_H

#include <linux/types.h>
#include <x86/processor.h>

/* Rights of a page; all are global, none is the user's. */
#define PAGE_READ	(X86_PTE_PRESENT | X86_PTE_GLOBAL | X86_PTE_ACCESSED | X86_PTE_DIRTY)
#define PAGE_KERNEL_RX	PAGE_READ
#define PAGE_KERNEL_RO	(PAGE_READ | X86_PTE_NX)
#define PAGE_KERNEL_RW	(PAGE_READ | X86_PTE_NX | X86_PTE_WRITE)
#define PAGE_DEVICE	(PAGE_KERNEL_RW | X86_PTE_PCD | X86_PTE_PWT)

/* The kernel's top page table. I: from pagetable_init() on. */
extern u64 *kernel_pml4;

/** pagetable_init - an empty top table; tables are memblock's at first. Return: false without memory. */
bool pagetable_init(void);
/** pagetable_boot_done - tables are the page allocator's from now on */
void pagetable_boot_done(void);

/**
 * pagetable_map - map physical memory, with the largest pages that fit
 * @virt, @phys, @size: whole 4 KiB pages
 * @rights: PAGE_...
 *
 * Pages that are mapped already stay as they are. Context: boot CPU, or with the caller's lock.
 * Return: false when there is no memory for a table; part of it is mapped then.
 */
bool pagetable_map(unsigned long virt, phys_addr_t phys, u64 size, u64 rights);

/** pagetable_entry - the entry that maps @virt, or 0. Context: any. */
u64 pagetable_entry(unsigned long virt);

/** pagetable_add_slot - the top table gets an entry for @virt. Return: false without memory. */
bool pagetable_add_slot(unsigned long virt);

/** ioremap_init - boot CPU, once, before the top table is copied for other CPUs' start */
bool ioremap_init(void);
/** stackmap_init - the same for stacks */
bool stackmap_init(void);

#endif
