/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a start-up IPI to long mode.
 *
 * What
 *	A CPU that gets a start-up IPI begins in real mode at a page below 1 MiB, where start.c has
 *	put a copy of this. The code does not know its address before it runs: it takes it from cs,
 *	and finds its far jumps' targets by adding that. It goes
 *
 *	real mode -> protected mode, flat segments -> long mode on the boot page tables, which map
 *	this page where it is -> x86_secondary_entry, in the image
 *
 *	in:	cs = page address / 16, ip = 0; all else as INIT leaves it
 *	out:	x86_secondary_entry with rdi = CPU number, rsi = end of its stack
 *	clobbers: everything
 *	stack:	none
 *
 * Contexts
 *	One CPU at a time: the words at the beginning are one CPU's. Another one that was given up, and
 *	gets here only now, sees that they are not its own, and halts.
 *
 * Source: Intel SDM volume 3, 8.4 (MP initialisation) and 9.8.5 (entering long mode).
 */
#include <x86/asm.h>
#include <x86/boot.h>
#include <x86/processor.h>
#include "smp.h"

#define OFFSET(label)	((label) - x86_trampoline)

#define CPUID_ABOUT	1

#define CODE32		0x08
#define DATA		0x10
#define CODE64		0x18

	.section .rodata, "a", @progbits
	.balign	16
	.globl	x86_trampoline, x86_trampoline_end

	.code16
x86_trampoline:
	cli
	jmp	real_mode
	.org	x86_trampoline + TRAMPOLINE_HEADER

gdt:	.quad	0
	.quad	0x00cf9b000000ffff	/* 32-bit code */
	.quad	X86_SEGMENT_DATA
	.quad	X86_SEGMENT_CODE64
gdt_end:
gdt_pointer:
	.word	gdt_end - gdt - 1
	.long	OFFSET(gdt)		/* the base is added */
to_32:	.long	OFFSET(protected_mode)
	.word	CODE32
to_64:	.long	OFFSET(long_mode)
	.word	CODE64

real_mode:
	movw	%cs, %ax
	movw	%ax, %ds
	movl	TRAMPOLINE_BASE, %ebx
	addl	%ebx, OFFSET(gdt_pointer) + 2
	addl	%ebx, OFFSET(to_32)
	addl	%ebx, OFFSET(to_64)
	lgdtl	OFFSET(gdt_pointer)
	movl	$X86_CR0_PE | X86_CR0_ET, %eax
	movl	%eax, %cr0
	ljmpl	*OFFSET(to_32)

	.code32
protected_mode:
	movw	$DATA, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movl	$X86_CR4_PAE, %eax
	movl	%eax, %cr4
	movl	TRAMPOLINE_CR3(%ebx), %eax
	movl	%eax, %cr3
	movl	$X86_MSR_EFER, %ecx
	movl	TRAMPOLINE_EFER(%ebx), %eax
	xorl	%edx, %edx
	wrmsr
	movl	$X86_CR0_PG | X86_CR0_PE | X86_CR0_ET | X86_CR0_WP, %eax
	movl	%eax, %cr0
	ljmpl	*OFFSET(to_64)(%ebx)

	.code64
long_mode:
	movl	%ebx, %ebp
	movl	$CPUID_ABOUT, %eax
	cpuid				/* bits 31-24 of ebx: its APIC number */
	shrl	$24, %ebx
	cmpl	%ebx, TRAMPOLINE_APIC_ID(%rbp)
	jne	not_meant
	movl	TRAMPOLINE_CPU(%rbp), %edi
	movq	TRAMPOLINE_STACK(%rbp), %rsi
	jmpq	*TRAMPOLINE_ENTRY(%rbp)
not_meant:
	hlt
	jmp	not_meant
x86_trampoline_end:

	.section .note.GNU-stack, "", @progbits
