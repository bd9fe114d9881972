// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory at boot: which there is, and the final page tables.
 *
 * What
 *	arch_memory_init() hands the loader's memory map to the core (memblock_add(),
 *	memblock_reserve()), builds the final page tables beside those of head.S, and switches to
 *	them:
 *
 *	  linear map	each page of usable memory, and no other: devices and holes are not in it
 *	  image		code: read, execute; constants and what is written at boot only: read;
 *			data: read, write. The linear map gives no more rights than that.
 *	  devices	an empty range, for arch_ioremap()
 *	  stacks	likewise, for x86_map_stack(): the boot CPU's move there at once
 *
 *	The lower half is empty, so a NULL pointer faults from here on. boot_pml4 keeps its
 *	identity map for other CPUs' first instructions, and gets the same upper half.
 *
 * Limits
 *	Page tables come from usable memory between 1 MiB and 4 GiB, since that is what is mapped; a
 *	machine without any cannot run. Usable memory beyond X86_LINEAR_SIZE is left alone.
 *	The first page of memory is never used: address 0 is nobody's.
 *
 * Contexts
 *	Boot CPU, once, interrupts off.
 *
 * Tests
 *	arch/x86/tests/memory_test.c; tools/crash (odd machines)
 */
#include <linux/kernel.h>
#include <bottomhalf/memblock.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <asm/page.h>
#include <bottomhalf/boot_info.h>
#include <x86/boot.h>
#include <x86/cpu.h>
#include <x86/smp.h>
#include "pagetable.h"

extern u64 boot_pml4[];
extern unsigned long init_stack[];

unsigned long x86_kernel_cr3;		/* I */
u32 x86_boot_cr3, x86_boot_efer;	/* I */

struct piece {
	phys_addr_t start, end;		/* whole pages; empty if end <= start */
};

static phys_addr_t image_phys(const char *symbol)
{
	return arch_virt_to_phys(symbol);
}

/* The whole pages of a usable range. */
static struct piece usable_pages(const struct boot_range *range)
{
	phys_addr_t end = min(range->start + range->size, X86_LINEAR_SIZE);

	if (range->type != BOOT_RANGE_USABLE || range->start >= X86_LINEAR_SIZE)
		return (struct piece) { 0, 0 };
	return (struct piece) {
		.start = max(PAGE_ALIGN(range->start), PAGE_SIZE),
		.end = end & PAGE_MASK,
	};
}

/* ---------------------------------------------------------------- what there is */

static const char *range_name(enum boot_range_type type)
{
	switch (type) {
	case BOOT_RANGE_USABLE:
		return "usable";
	case BOOT_RANGE_RESERVED:
		return "reserved";
	case BOOT_RANGE_ACPI:
		return "ACPI tables";
	case BOOT_RANGE_NVS:
		return "ACPI, not to be touched";
	case BOOT_RANGE_BAD:
		return "bad";
	}
	return "of an unknown kind";
}

static void reserve(phys_addr_t start, phys_addr_t end)
{
	start &= PAGE_MASK;
	memblock_reserve(start, PAGE_ALIGN(end) - start);
}

/* Firmware sometimes lists a place twice; what it says is reserved, is. */
static void announce_ranges(void)
{
	unsigned int i;

	for (i = 0; i < boot_info.nr_ranges; i++) {
		const struct boot_range *range = &boot_info.ranges[i];
		struct piece pages = usable_pages(range);
		u64 end = range->start + range->size;

		pr_info("memory: %016llx-%016llx %s\n", range->start, end - 1,
			range_name(range->type));
		if (pages.end > pages.start)
			memblock_add(pages.start, pages.end - pages.start);
		if (range->type != BOOT_RANGE_USABLE)
			reserve(range->start, end);
		else if (end > X86_LINEAR_SIZE)
			pr_warn("memory: nothing above %#lx is used\n", X86_LINEAR_SIZE);
	}
}

static void reserve_taken(void)
{
	unsigned int i;

	reserve(X86_LOAD_ADDRESS, image_phys(_end));
	for (i = 0; i < boot_info.nr_modules; i++) {
		const struct boot_module *module = &boot_info.modules[i];

		reserve(module->start, module->start + module->size);
	}
	x86_reserve_low_page();
}

/* ---------------------------------------------------------------- what is mapped */

static void map(unsigned long virt, phys_addr_t phys, u64 size, u64 rights)
{
	if (!pagetable_map(virt, phys, size, rights))
		panic("memory: no room for page tables");
}

/* A part of the image, in both places. The linear map never has the right to execute. */
static void map_image_part(const char *start, const char *end, u64 rights)
{
	unsigned long first = (unsigned long)start & PAGE_MASK;
	unsigned long size = PAGE_ALIGN((unsigned long)end) - first;
	phys_addr_t phys = first - X86_KERNEL_BASE;

	map(first, phys, size, rights);
	map((unsigned long)arch_phys_to_virt(phys), phys, size, rights | X86_PTE_NX);
}

static void map_everything(void)
{
	unsigned int i;

	map_image_part(_text, _etext, PAGE_KERNEL_RX);
	map_image_part(__rodata_start, __rodata_end, PAGE_KERNEL_RO);
	map_image_part(__ro_after_init_start, __ro_after_init_end, PAGE_KERNEL_RO);
	/* In between is nothing: what runs over the first task's stack faults. */
	map_image_part((const char *)init_stack, _end, PAGE_KERNEL_RW);

	for (i = 0; i < boot_info.nr_ranges; i++) {
		struct piece pages = usable_pages(&boot_info.ranges[i]);

		if (pages.end > pages.start)
			map((unsigned long)arch_phys_to_virt(pages.start), pages.start,
			    pages.end - pages.start, PAGE_KERNEL_RW);
	}
	if (!ioremap_init() || !stackmap_init())
		panic("memory: no room for page tables");
}

static void share_with_other_cpus(void)
{
	unsigned int slot;

	for (slot = 256; slot < 512; slot++)
		boot_pml4[slot] = kernel_pml4[slot];
	x86_boot_cr3 = (u32)arch_virt_to_phys(boot_pml4);
	x86_boot_efer = X86_EFER_LME | (x86_features.nx ? X86_EFER_NXE : 0);
}

void arch_memory_init(void)
{
	announce_ranges();
	reserve_taken();

	if (!pagetable_init())
		panic("memory: no usable memory between 1 MiB and 4 GiB");
	map_everything();
	x86_kernel_cr3 = arch_virt_to_phys(kernel_pml4);
	x86_write_cr3(x86_kernel_cr3);
	share_with_other_cpus();
	x86_stacks_guard();
	pagetable_boot_done();
}
