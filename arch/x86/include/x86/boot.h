/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The way in, and what it shares with the start of other CPUs.
 *
 * How a CPU other than the first one starts (smp/ has the 16-bit part)
 *	1. x86_cpu_prepare(cpu) gives it its stacks (cpu.h); boot CPU, task context
 *	2. its start-up code, identity mapped below 1 MiB, takes x86_boot_cr3 as CR3 and
 *	   x86_boot_efer as EFER (LME, and NXE if the tables use it), and enters long mode
 *	3. it jumps to x86_secondary_entry with its number in rdi and the end of its stack in rsi
 */
#ifndef _X86_BOOT_H
#define _X86_BOOT_H

#include <x86/layout.h>

/* What eax is when a multiboot2 loader calls, and what we take for PVH (its block's magic). */
#define X86_BOOT_MULTIBOOT2	0x36d76289
#define X86_BOOT_PVH		0x336ec578

/* CPUID 0x80000001, edx. */
#define X86_CPUID_NX		(1 << 20)
#define X86_CPUID_PAGE_1G	(1 << 26)
#define X86_CPUID_LONG_MODE	(1 << 29)

/* Segment descriptors: present, flat, ring 0, already marked accessed. */
#define X86_SEGMENT_CODE64	0x00af9b000000ffff
#define X86_SEGMENT_DATA	0x00cf93000000ffff

/* QEMU's isa-debug-exit: what is written comes out as (value << 1) | 1. */
#define X86_PORT_DEBUG_EXIT	0xf4
#define X86_EXIT_SUCCESS	0x10
#define X86_EXIT_FAILURE	0x11

#ifndef __ASSEMBLY__

#include <linux/types.h>

/* I: for other CPUs' first instructions: physical address of the top page table, EFER. */
extern u32 x86_boot_cr3;
extern u32 x86_boot_efer;

/* I: the final page tables, as CR3 wants them. */
extern unsigned long x86_kernel_cr3;

/* The symbol to jump to; not a C function. */
extern char x86_secondary_entry[];

/* The image, as kernel.lds.S lays it out. */
extern char _text[], _etext[], __rodata_start[], __rodata_end[];
extern char __ro_after_init_start[], __ro_after_init_end[], _edata[], _end[];

#endif
#endif
