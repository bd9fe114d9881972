// SPDX-License-Identifier: GPL-2.0-only
/*
 * The first C code: catch exceptions, find the console, read what the loader left.
 *
 * What
 *	head.S calls x86_start() in long mode, on init_stack, interrupts off, everything below 4 GiB
 *	mapped. It ends in start_kernel() with the state that init/main.c expects: per-CPU data is
 *	the template, the console works, exceptions are reported, boot_info is filled.
 *
 * Limits
 *	What the loader left is below 4 GiB and, for multiboot2, at most 16 MiB long. It is
 *	outside input: the parsers (init/boot/) check each length; here only the end of what is
 *	mapped is known.
 *
 * Tests
 *	tests/boot/{multiboot2,pvh}_test.c (parsers), tools/matrix (each way in), tools/crash (loaders that
 *	hand over nonsense)
 */
#include <linux/printk.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <arch/memory.h>
#include <bottomhalf/boot_info.h>
#include <bottomhalf/start_kernel.h>
#include <x86/boot.h>
#include <x86/cpu.h>
#include <x86/console.h>

#define BOOT_MAPPED_END		0x100000000ULL
#define MULTIBOOT2_SIZE_MAX	0x1000000ULL

__noreturn void x86_start(u32 magic, u32 info);

static const void *boot_map(u64 phys, u64 size)
{
	if (phys >= BOOT_MAPPED_END || size > BOOT_MAPPED_END - phys)
		return NULL;
	return arch_phys_to_virt(phys);
}

static void parse_loader_block(u32 magic, u32 info)
{
	const void *block = arch_phys_to_virt(info);
	u64 limit = min(BOOT_MAPPED_END - info, MULTIBOOT2_SIZE_MAX);

	switch (magic) {
	case X86_BOOT_MULTIBOOT2:
		if (multiboot2_parse(block, limit, &boot_info))
			panic("boot: the loader's multiboot2 information at %#x is corrupt", info);
		break;
	case X86_BOOT_PVH:
		if (pvh_parse(block, boot_map, &boot_info))
			panic("boot: the loader's PVH start information at %#x is corrupt", info);
		break;
	default:
		panic("boot: the loader speaks neither multiboot2 nor PVH (eax was %#x)", magic);
	}
	if (boot_info.dropped)
		pr_warn("boot: %u entries of the loader's information made no sense: dropped\n",
			boot_info.dropped);
	if (!boot_info.nr_ranges)
		panic("boot: the loader gave no memory map");
}

void x86_start(u32 magic, u32 info)
{
	x86_cpu_early_init();
	x86_console_init();
	parse_loader_block(magic, info);
	start_kernel();
}
