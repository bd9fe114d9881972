/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * NMI: the interrupt that cannot be held off, and its nesting.
 *
 * What
 *	The processor holds back further NMIs from the delivery of one until the next IRET, any
 *	IRET: also that of an exception inside the handler (a fault that is fixed up, a
 *	breakpoint). From then on an NMI can arrive in the middle of the first one's handler. It
 *	starts at the top of the same IST stack; left alone, it would overwrite the frame which
 *	the first one needs to return.
 *
 *	So the IST stack is a landing pad only, X86_NMI_PAD_SIZE bytes. An NMI that is not nested
 *	copies its frame from the pad to the NMI stack below it, and runs there. A nested one
 *	takes a note and returns at once, with nothing but the pad touched; the first one looks
 *	for notes before it returns, and runs its handler again. As with the hardware's own latch,
 *	any number of NMIs that come meanwhile are one.
 *
 * States of x86_nmi_state (a word a CPU)	who moves it
 *	0 -> 1	no NMI -> one runs		an NMI that lands with 0
 *	1 -> 2	          ... and one waits	an NMI that lands with 1 or 2
 *	1 -> 0	done				the first, by one decrement before its iretq
 *	2 -> 1	done, run again			the same decrement
 *
 *	Between that decrement and the iretq the state is 0, but the frame on the NMI stack is
 *	still in use. An NMI that lands with its interrupted ip in this window (two instructions:
 *	x86_nmi_window to x86_nmi_window_end) takes over the frame: it is already in place, and
 *	all registers have the values that they had when the first NMI came. So it goes on at
 *	.Lrun.
 *
 * Stack while C runs
 *	pad		ss, sp, flags, cs, ip (free again), rax, rdx
 *	NMI stack	ss, sp, flags, cs, ip, 0, di ... r15: a struct pt_regs
 *
 * Contexts
 *	Entered anywhere in the kernel, interrupts off throughout. gs: see cpu/cpu.c.
 *
 * Limits
 *	An NMI in the handler of a #DB or #MC that itself hit the window, or the instructions from
 *	landing to the copy, is not handled: nothing in here has breakpoints, and #MC is fatal.
 *
 * Source: Intel SDM volume 3, 6.7.1 and 6.14.5.
 * Tests
 *	arch/x86/tests/nmi_test.c (A3): nested by a fault, in a storm
 */
#include <x86/asm.h>

	.section .text.entry, "ax", @progbits

	.globl	x86_nmi_window, x86_nmi_window_end

FUNC x86_nmi_entry
	CFI_FRAME_AT 0
	PUSH_SAVED rax
	PUSH_SAVED rdx

	movq	16(%rsp), %rax			/* the interrupted ip */
	subq	$x86_nmi_window, %rax
	cmpq	$x86_nmi_window_end - x86_nmi_window, %rax
	jb	.Lin_window
	cmpl	$0, PER_CPU(x86_nmi_state)
	jne	.Lnested

	movl	$1, PER_CPU(x86_nmi_state)
	movq	%rsp, %rdx
	.cfi_def_cfa_register rdx
	movq	PER_CPU(x86_nmi_stack_top), %rsp
	pushq	48(%rdx)			/* ss */
	pushq	40(%rdx)			/* sp */
	pushq	32(%rdx)			/* flags */
	pushq	24(%rdx)			/* cs */
	pushq	16(%rdx)			/* ip */
	movq	8(%rdx), %rax
	.cfi_same_value rax
	movq	(%rdx), %rdx
	.cfi_def_cfa rsp, 40
	.cfi_same_value rdx

	/* The frame is on the NMI stack, all other registers are the interrupted code's. */
.Lrun:
	PUSH_WORD $0				/* orig_ax */
	PUSH_SAVED rdi
	PUSH_CLOBBERED_BELOW_RDI
	PUSH_KEPT
	cld
	movq	%rsp, %rdi
	call	x86_nmi
	POP_KEPT
	POP_CLOBBERED
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8

	decl	PER_CPU(x86_nmi_state)
x86_nmi_window:
	jnz	.Lrun
	iretq
x86_nmi_window_end:

	/* On the pad, rax and rdx pushed. The interrupted rsp is at the frame on the NMI stack. */
	.cfi_def_cfa rsp, 56
	.cfi_offset rax, -48
	.cfi_offset rdx, -56
.Lin_window:
	movl	$1, PER_CPU(x86_nmi_state)
	POP_SAVED rdx
	POP_SAVED rax
	movq	24(%rsp), %rsp
	jmp	.Lrun

	.cfi_def_cfa rsp, 56
	.cfi_offset rax, -48
	.cfi_offset rdx, -56
.Lnested:
	movl	$2, PER_CPU(x86_nmi_state)
	POP_SAVED rdx
	POP_SAVED rax
	iretq
END x86_nmi_entry

	.section .note.GNU-stack, "", @progbits
