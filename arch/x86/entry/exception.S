/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exceptions 0 to 31: save everything, call C, put everything back.
 *
 * What
 *	x86_exception_stubs	32 pieces of X86_STUB_SIZE bytes, one a vector; the IDT points
 *				at them. Each makes the stack look the same, and goes on in
 *	x86_exception_common	which builds a struct pt_regs and calls
 *				x86_exception(regs, vector) (traps.c)
 *
 *	Exceptions are rare, so this is the plain way: every register, one path. Whatever C
 *	changes in regs is what the interrupted code goes on with. Vector 2 never comes here
 *	(nmi.S).
 *
 * Stack, from the top down, when C is called (struct pt_regs of arch-impl/trap.h)
 *	ss, sp, flags, cs, ip		pushed by the processor
 *	orig_ax				error code; 0 is pushed for vectors that have none
 *	di ... r15			the vector stands in di's place on the way
 *
 * Contexts
 *	Entered anywhere, on the interrupted stack, or an IST stack for #DF, #DB and #MC;
 *	interrupts off throughout. gs: see cpu/cpu.c.
 *
 * Tests
 *	arch/x86/tests/exception_test.c; deliberate crashes: tools/crash
 */
#include <x86/asm.h>

	.section .text.entry, "ax", @progbits

/* Vectors with an error code: #DF, #TS, #NP, #SS, #GP, #PF, #AC, #CP, #VC, #SX. */
#define HAS_ERROR_CODE	(1 << 8 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 14 | \
			 1 << 17 | 1 << 21 | 1 << 29 | 1 << 30)

	.globl	x86_exception_stubs
	.balign	X86_STUB_SIZE
	.type	x86_exception_stubs, @function
x86_exception_stubs:
	.cfi_startproc
	CFI_FRAME_AT 0
vector = 0
	.rept	32
	.balign	X86_STUB_SIZE, 0xcc
	.if	(HAS_ERROR_CODE >> vector) & 1
	.cfi_def_cfa_offset 48
	.else
	.cfi_def_cfa_offset 40
	PUSH_WORD $0
	.endif
	PUSH_WORD $vector
	jmp	x86_exception_common
vector = vector + 1
	.endr
END x86_exception_stubs

LOCAL_FUNC x86_exception_common
	CFI_FRAME_AT 16
	cld
	xchgq	%rdi, (%rsp)
	.cfi_rel_offset rdi, 0
	PUSH_CLOBBERED_BELOW_RDI
	PUSH_KEPT

	movq	%rdi, %rsi
	movq	%rsp, %rdi
	call	x86_exception

	POP_KEPT
	POP_CLOBBERED
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	iretq
END x86_exception_common

	.section .note.GNU-stack, "", @progbits
