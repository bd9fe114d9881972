/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where things are: virtual addresses, segment selectors, sizes of stacks. For C, assembly and the
 * linker script.
 *
 * What
 *	physical	virtual
 *	0..4 GiB	the same		boot only, and in boot_pml4, for other CPUs' start
 *	usable memory	PAGE_OFFSET + physical	the linear map, mapped exactly: no device is in it
 *	device memory	X86_IOREMAP_START ...	arch_ioremap(), in the order of the calls
 *	stacks		X86_STACKS_START ...	x86_map_stack(), each with nothing below it
 *	1 MiB ...	X86_KERNEL_BASE + physical	the image; at most X86_IMAGE_MAX
 *
 * Limits
 *	The linear map has room for 64 TiB; usable memory above is left alone, with a message. The
 *	image must end below X86_IMAGE_MAX (16 MiB): the page tables for it are counted in pages.
 */
#ifndef _X86_LAYOUT_H
#define _X86_LAYOUT_H

#ifdef __ASSEMBLY__
#define X86_UL(x)	x
#else
#define X86_UL(x)	x##UL
#endif

#define X86_KERNEL_BASE		X86_UL(0xffffffff80000000)
#define X86_IMAGE_MAX		X86_UL(0x1000000)
#define X86_LOAD_ADDRESS	X86_UL(0x100000)

#define X86_LINEAR_START	X86_UL(0xffff888000000000)
#define X86_LINEAR_SIZE		X86_UL(0x400000000000)
#define X86_IOREMAP_START	X86_UL(0xffffc90000000000)
#define X86_IOREMAP_SIZE	X86_UL(0x8000000000)
#define X86_STACKS_START	X86_UL(0xffffca0000000000)
#define X86_STACKS_SIZE		X86_UL(0x8000000000)

#define X86_PAGE_SHIFT		12
#define X86_PAGE_SIZE		X86_UL(0x1000)

/*
 * Segments. The order is what SYSCALL and SYSRET will want: kernel code, kernel data, and user code
 * 32, data, code 64 in a row. The three user entries are empty until there is a user mode.
 */
#define X86_KERNEL_CS		0x08
#define X86_KERNEL_DS		0x10
#define X86_TSS_SELECTOR	0x30
#define X86_GDT_ENTRIES		8

/* Entries of the interrupt stack table, as an IDT gate names them: 0 is "stay on this stack". */
#define X86_IST_NONE		0
#define X86_IST_DF		1
#define X86_IST_NMI		2
#define X86_IST_DB		3
#define X86_IST_MC		4
#define X86_IST_COUNT		4

#define X86_TASK_STACK_SIZE	X86_UL(0x4000)
#define X86_IRQ_STACK_SIZE	X86_UL(0x4000)
#define X86_IST_STACK_SIZE	X86_UL(0x2000)
/* Addresses below a stack where nothing is mapped. Below init_stack, in the image, it is at least a page. */
#define X86_STACK_GUARD_SIZE	X86_UL(0x4000)

/* Where an NMI's frame lands, before it is copied: entry/nmi.S says why. */
#define X86_NMI_PAD_SIZE	X86_UL(0x100)

/* Vectors 0 to 31 are the processor's, the rest devices' and the local APIC's. */
#define X86_EXCEPTION_VECTORS	32
#define X86_VECTORS		256

/* The IDT points at pieces of code of this size, one a vector. */
#define X86_STUB_SIZE		16

#endif
