/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fill all registers, let something happen, look at all registers.
 *
 *	in:	rdi: 16 words: rax, rcx, rdx, rbx, rbp, rsi, rdi, r8 to r15, flags
 *		rsi: where the same 16 words go afterwards
 *	stack:	the caller's rbx, rbp, r12-r15; rsi; then all registers, while they are looked at
 */
#include <x86/asm.h>
#include "registers.h"

	.text

.macro REGISTERS_LOAD
	PUSH_KEPT
	PUSH_WORD %rsi
	pushq	120(%rdi)
	popfq
	movq	0(%rdi), %rax
	movq	8(%rdi), %rcx
	movq	16(%rdi), %rdx
	movq	24(%rdi), %rbx
	movq	32(%rdi), %rbp
	movq	40(%rdi), %rsi
	movq	56(%rdi), %r8
	movq	64(%rdi), %r9
	movq	72(%rdi), %r10
	movq	80(%rdi), %r11
	movq	88(%rdi), %r12
	movq	96(%rdi), %r13
	movq	104(%rdi), %r14
	movq	112(%rdi), %r15
	movq	48(%rdi), %rdi
.endm

.macro REGISTERS_STORE
	PUSH_WORD %r15
	PUSH_WORD %r14
	PUSH_WORD %r13
	PUSH_WORD %r12
	PUSH_WORD %r11
	PUSH_WORD %r10
	PUSH_WORD %r9
	PUSH_WORD %r8
	PUSH_WORD %rdi
	PUSH_WORD %rsi
	PUSH_WORD %rbp
	PUSH_WORD %rbx
	PUSH_WORD %rdx
	PUSH_WORD %rcx
	PUSH_WORD %rax
	pushfq
	.cfi_adjust_cfa_offset 8
	cld
	popq	%rax
	.cfi_adjust_cfa_offset -8
	movq	120(%rsp), %rdi			/* the saved rsi */
	movq	%rax, 120(%rdi)
	movq	%rsp, %rsi
	movl	$15, %ecx
	rep movsq
	addq	$128, %rsp
	.cfi_adjust_cfa_offset -128
	POP_KEPT
	ret
.endm

FUNC registers_over_interrupt
	REGISTERS_LOAD
	sti
	.rept	8
	nop
	.endr
	cli
	REGISTERS_STORE
END registers_over_interrupt

FUNC registers_over_breakpoint
	REGISTERS_LOAD
	int3
	REGISTERS_STORE
END registers_over_breakpoint

FUNC registers_over_nmi
	REGISTERS_LOAD
	int	$2
	REGISTERS_STORE
END registers_over_nmi

/*
 * void switch_and_look(struct task_struct *prev, struct task_struct *next, unsigned long *out)
 *
 *	in:	rdi, rsi: as x86_switch wants them; rdx: where three words go
 *	out:	rdx[0]: rbp after the switch, which was SWITCH_PATTERN before it; [1]: by how much
 *		rsp is another one; [2]: rax
 */
FUNC switch_and_look
	PUSH_KEPT
	PUSH_WORD %rdx
	movq	%rsp, 8(%rdx)
	movabsq	$SWITCH_PATTERN, %rbp
	call	x86_switch
	movq	(%rsp), %rdx
	movq	%rbp, (%rdx)
	subq	%rsp, 8(%rdx)
	movq	%rax, 16(%rdx)
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	POP_KEPT
	ret
END switch_and_look

/*
 * void nmi_in_window(void)
 *
 * Makes the stacks look as if an NMI had come while an earlier one was about to return here, in the
 * two instructions before its iretq, and goes where the processor would go.
 *
 *	NMI stack	ss, sp, flags, cs, ip	the earlier one's frame, leading back here
 *	pad		ss, sp, flags, cs, ip	the later one's: ip in the window, sp at that frame
 */
FUNC nmi_in_window
	movq	%rsp, %rax
	movq	PER_CPU(x86_nmi_stack_top), %rdx
	movq	$X86_KERNEL_DS, -8(%rdx)
	movq	%rax, -16(%rdx)
	pushfq
	popq	-24(%rdx)
	movq	$X86_KERNEL_CS, -32(%rdx)
	movq	$1f, -40(%rdx)
	leaq	-40(%rdx), %rax
	addq	$X86_NMI_PAD_SIZE, %rdx
	movq	$X86_KERNEL_DS, -8(%rdx)
	movq	%rax, -16(%rdx)
	movq	-24-X86_NMI_PAD_SIZE(%rdx), %rax
	movq	%rax, -24(%rdx)
	movq	$X86_KERNEL_CS, -32(%rdx)
	movq	$x86_nmi_window, -40(%rdx)
	leaq	-40(%rdx), %rsp
	jmp	x86_nmi_entry
1:	ret
END nmi_in_window
	.section .note.GNU-stack, "", @progbits
