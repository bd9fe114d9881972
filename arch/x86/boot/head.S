/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the loader's 32-bit world to C at -2 GiB.
 *
 * What
 *	Two ways in, one way on:
 *
 *	boot_multiboot2	GRUB and others: eax is the magic number, ebx the physical address of the
 *			information block
 *	boot_pvh	QEMU's -kernel, Xen: ebx is the physical address of hvm_start_info
 *
 *	Both arrive in protected mode with flat 4 GiB segments, paging and interrupts off, and no
 *	stack. boot_common checks that the processor has 64 bits, makes the first page tables,
 *	turns on long mode and calls x86_start(magic, info) on the first task's stack. Which of
 *	the two ways it was is told by the magic number. A processor without long mode gets a
 *	message on COM1 and port 0xe9, and a halt.
 *
 * Page tables made here
 *	boot_pml4[0]	identity, 0 to 4 GiB in 2 MiB pages: this code, and what the loader left
 *	boot_pml4[273]	the same at X86_LINEAR_START
 *	boot_pml4[511]	the first 2 GiB at X86_KERNEL_BASE
 *	All are writable and executable. mm/init.c makes the final ones. boot_pml4 stays, with
 *	the final upper half: other CPUs begin on it, since they need an identity mapped page for
 *	a few instructions.
 *
 * Contexts
 *	Boot CPU, once. The code up to long mode is linked at its physical address; symbols of the
 *	kernel are reached there through PA().
 *
 * Limits
 *	The loader clears the part of the image that is not in the file, as ELF wants it; page
 *	tables and first stack are in there.
 *
 * Source: Multiboot2 specification 2.0, 3.1 and 3.3; Xen's docs/misc/pvh.pandoc.
 * Tests: every boot; without long mode: tools/crash.
 */
#include <x86/asm.h>
#include <x86/processor.h>
#include <x86/boot.h>

#define PA(symbol)	((symbol) - X86_KERNEL_BASE)

#define MULTIBOOT2_HEADER_MAGIC	0xe85250d6
#define MULTIBOOT2_END		0
#define MULTIBOOT2_REQUEST	1
#define MULTIBOOT2_ENTRY	3
#define MULTIBOOT2_OPTIONAL	1

#define PVH_NOTE_PHYS32_ENTRY	18

#define COM1			0x3f8

/* ---------------------------------------------------------------- what loaders look for */

	.section .boot.header, "a", @progbits
	.balign 8
header:
	.long	MULTIBOOT2_HEADER_MAGIC
	.long	0					/* i386 protected mode */
	.long	header_end - header
	.long	-(MULTIBOOT2_HEADER_MAGIC + header_end - header) & 0xffffffff

	/* Wanted: command line, loader's name, modules, memory map, both kinds of ACPI pointers. */
	.balign	8
1:	.short	MULTIBOOT2_REQUEST, MULTIBOOT2_OPTIONAL
	.long	2f - 1b
	.long	1, 2, 3, 6, 14, 15
2:
	.balign	8
	.short	MULTIBOOT2_ENTRY, 0
	.long	12
	.long	boot_multiboot2

	.balign	8
	.short	MULTIBOOT2_END, 0
	.long	8
header_end:

	.section .note.pvh, "a", @note
	.balign	4
	.long	4, 8, PVH_NOTE_PHYS32_ENTRY
	.asciz	"Xen"
	.quad	boot_pvh

/* ---------------------------------------------------------------- 32 bits, physical addresses */

	.section .boot.text, "ax", @progbits
	.code32

	.globl	boot_pvh
boot_pvh:
	movl	$X86_BOOT_PVH, %edi
	jmp	boot_common

	.globl	boot_multiboot2
boot_multiboot2:
	movl	%eax, %edi

/* edi: which loader; ebx: its block. Both are kept for x86_start(). */
boot_common:
	cli
	cld
	movl	$PA(init_stack) + X86_TASK_STACK_SIZE, %esp
	movl	%ebx, %esi

	/* CPUID exists where bit 21 of eflags can be changed. */
	pushfl
	popl	%eax
	movl	%eax, %ecx
	xorl	$X86_EFLAGS_ID, %eax
	pushl	%eax
	popfl
	pushfl
	popl	%eax
	xorl	%ecx, %eax
	testl	$X86_EFLAGS_ID, %eax
	movl	$text_no_cpuid, %ebp
	jz	boot_stop

	movl	$0x80000000, %eax
	cpuid
	cmpl	$0x80000001, %eax
	movl	$text_no_long_mode, %ebp
	jb	boot_stop
	movl	$0x80000001, %eax
	cpuid
	testl	$X86_CPUID_LONG_MODE, %edx
	jz	boot_stop
	movl	%edx, %ebp				/* for NX below */

	/* 2048 pages of 2 MiB. */
	movl	$X86_PTE_PRESENT | X86_PTE_WRITE | X86_PTE_LARGE, %eax
	movl	$PA(boot_pd), %edx
	movl	$4 * 512, %ecx
1:	movl	%eax, (%edx)
	addl	$0x200000, %eax
	addl	$8, %edx
	decl	%ecx
	jnz	1b

#define TABLE			(X86_PTE_PRESENT | X86_PTE_WRITE)
#define SLOT(address)		(((address) >> 39 & 511) * 8)
	movl	$PA(boot_pd) + TABLE, %eax
	movl	%eax, PA(boot_pdpt_low)
	movl	%eax, PA(boot_pdpt_high) + 510 * 8
	addl	$X86_PAGE_SIZE, %eax
	movl	%eax, PA(boot_pdpt_low) + 8
	movl	%eax, PA(boot_pdpt_high) + 511 * 8
	addl	$X86_PAGE_SIZE, %eax
	movl	%eax, PA(boot_pdpt_low) + 16
	addl	$X86_PAGE_SIZE, %eax
	movl	%eax, PA(boot_pdpt_low) + 24
	movl	$PA(boot_pdpt_low) + TABLE, %eax
	movl	%eax, PA(boot_pml4)
	movl	%eax, PA(boot_pml4) + SLOT(X86_LINEAR_START)
	movl	$PA(boot_pdpt_high) + TABLE, %eax
	movl	%eax, PA(boot_pml4) + SLOT(X86_KERNEL_BASE)

	movl	%cr4, %eax
	orl	$X86_CR4_PAE, %eax
	movl	%eax, %cr4
	movl	$PA(boot_pml4), %eax
	movl	%eax, %cr3

	movl	$X86_MSR_EFER, %ecx
	rdmsr
	orl	$X86_EFER_LME, %eax
	testl	$X86_CPUID_NX, %ebp
	jz	1f
	orl	$X86_EFER_NXE, %eax
1:	wrmsr

	movl	%cr0, %eax
	orl	$X86_CR0_PG | X86_CR0_WP | X86_CR0_PE, %eax
	movl	%eax, %cr0
	lgdt	boot_gdt_pointer
	ljmpl	$X86_KERNEL_CS, $boot_long

/* ebp: a text. Says it and stops; QEMU's exit device, if there is one, ends the emulator. */
boot_stop:
	movw	$COM1 + 3, %dx				/* 115200 baud, 8 bits, no interrupts */
	movb	$0x80, %al
	outb	%al, %dx
	movw	$COM1, %dx
	movb	$1, %al
	outb	%al, %dx
	incw	%dx
	xorb	%al, %al
	outb	%al, %dx
	movw	$COM1 + 3, %dx
	movb	$3, %al
	outb	%al, %dx
1:	movb	(%ebp), %bl
	testb	%bl, %bl
	jz	4f
	movl	$0x10000, %ecx				/* a bound: there may be no such device */
	movw	$COM1 + 5, %dx
2:	inb	%dx, %al
	testb	$0x20, %al
	jnz	3f
	decl	%ecx
	jnz	2b
3:	movw	$COM1, %dx
	movb	%bl, %al
	outb	%al, %dx
	outb	%al, $0xe9
	incl	%ebp
	jmp	1b
4:	movl	$0x10000, %ecx
	movw	$COM1 + 5, %dx
5:	inb	%dx, %al
	testb	$0x40, %al
	jnz	6f
	decl	%ecx
	jnz	5b
6:	movb	$X86_EXIT_FAILURE, %al
	outb	%al, $X86_PORT_DEBUG_EXIT
7:	cli
	hlt
	jmp	7b

text_no_cpuid:
	.asciz	"bottomhalf: this processor has no CPUID, and so no long mode; stopped\r\n"
text_no_long_mode:
	.asciz	"bottomhalf: this processor has no long mode (64 bits); stopped\r\n"

	.balign	8
boot_gdt:
	.quad	0
	.quad	X86_SEGMENT_CODE64
	.quad	X86_SEGMENT_DATA
boot_gdt_pointer:
	.short	. - boot_gdt - 1
	.long	boot_gdt

/* ---------------------------------------------------------------- 64 bits */

	.code64
boot_long:
	movl	$X86_KERNEL_DS, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	xorl	%eax, %eax
	movl	%eax, %fs
	movl	%eax, %gs				/* base 0: per-CPU data is the template */
	movq	$boot_high, %rax
	jmpq	*%rax

	.text
LOCAL_FUNC boot_high
	.cfi_undefined rip
	movq	$init_stack + X86_TASK_STACK_SIZE, %rsp
	xorl	%ebp, %ebp
	movl	%edi, %edi
	movl	%esi, %esi
	call	x86_start
	ud2
END boot_high

#ifdef CONFIG_SMP
/*
 * Where another CPU comes out of its start-up code, in long mode on boot_pml4.
 *
 *	in:	rdi its number, rsi the end of its stack (highest address)
 *	out:	never returns; calls x86_secondary_start() (smp/start.c) with interrupts off, on
 *		that stack, on the final page tables, with its per-CPU data
 */
FUNC x86_secondary_entry
	.cfi_undefined rip
	movq	%rsi, %rsp
	xorl	%ebp, %ebp
	movq	x86_kernel_cr3(%rip), %rax
	movq	%rax, %cr3
	xorl	%eax, %eax
	movl	%eax, %fs
	movl	%eax, %gs
	movl	%edi, %edi
	movq	__per_cpu_offset(, %rdi, 8), %rax
	movq	%rax, %rdx
	shrq	$32, %rdx
	movl	$X86_MSR_GS_BASE, %ecx
	wrmsr
	call	x86_secondary_start
	ud2
END x86_secondary_entry
#endif

/* ---------------------------------------------------------------- memory that begins as zero */

	.section .bss..page_aligned, "aw", @nobits
	.balign	X86_PAGE_SIZE
	.globl	boot_pml4
boot_pml4:	.skip	X86_PAGE_SIZE
boot_pdpt_low:	.skip	X86_PAGE_SIZE
boot_pdpt_high:	.skip	X86_PAGE_SIZE
boot_pd:	.skip	4 * X86_PAGE_SIZE

	.section .note.GNU-stack, "", @progbits
