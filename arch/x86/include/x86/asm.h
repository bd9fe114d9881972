/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What assembly files have in common: how a routine begins and ends, and how it describes its
 * stack.
 *
 * What
 *	FUNC(name) ... END(name)	a routine that C calls, or that is called like one
 *	LOCAL_FUNC(name)		the same, not visible outside of the file
 *	CFI_FRAME_AT(offset)		the frame that the processor pushed begins at rsp + offset
 *	CFI_FRAME_VIA_SAVED_SP(offset)	rsp points to a saved stack pointer, and the frame begins
 *					at that + offset: so a change of stacks is described
 *
 *	The unwinder (task/unwind.c) walks through every routine here, also when it was interrupted
 *	between any two instructions. So each push and each move of rsp has its directive.
 *
 *	A frame that the processor pushed is, from low addresses on: ip, cs, flags, sp, ss. As CFA
 *	serves its end. ".cfi_signal_frame" says that ip is where the code was interrupted, not
 *	where a call returns to.
 */
#ifndef _X86_ASM_H
#define _X86_ASM_H

#include <x86/layout.h>

.macro FUNC name
	.globl \name
	.balign 16
	.type \name, @function
\name:
	.cfi_startproc
.endm

.macro LOCAL_FUNC name
	.balign 16
	.type \name, @function
\name:
	.cfi_startproc
.endm

.macro END name
	.cfi_endproc
	.size \name, . - \name
.endm

/* Right behind FUNC, in code that the processor enters with a frame. */
.macro CFI_FRAME_AT offset
	.cfi_signal_frame
	.cfi_def_cfa rsp, \offset + 40
	.cfi_offset rip, -40
	.cfi_offset rsp, -16
.endm

/*
 * DW_CFA_def_cfa_expression, six bytes of it: DW_OP_breg7 (rsp) 0, DW_OP_deref, DW_OP_plus_uconst
 * offset + 40, the number in two bytes.
 */
.macro CFI_FRAME_VIA_SAVED_SP offset
	.cfi_escape 0x0f, 6, 0x77, 0, 0x06
	.cfi_escape 0x23, ((\offset + 40) & 0x7f) | 0x80, (\offset + 40) >> 7
.endm

/* A push, and a pop, of a register whose value the interrupted code needs back. */
.macro PUSH_SAVED reg
	pushq %\reg
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset \reg, 0
.endm

.macro POP_SAVED reg
	popq %\reg
	.cfi_adjust_cfa_offset -8
	.cfi_restore \reg
.endm

/*
 * The registers of the interrupted code, in the order of struct pt_regs from its end down. First those that
 * a C function may change, of which rdi is pushed by each entry in its own way; then those that it keeps.
 */
.macro PUSH_CLOBBERED_BELOW_RDI
	PUSH_SAVED rsi
	PUSH_SAVED rdx
	PUSH_SAVED rcx
	PUSH_SAVED rax
	PUSH_SAVED r8
	PUSH_SAVED r9
	PUSH_SAVED r10
	PUSH_SAVED r11
.endm

.macro PUSH_KEPT
	PUSH_SAVED rbx
	PUSH_SAVED rbp
	PUSH_SAVED r12
	PUSH_SAVED r13
	PUSH_SAVED r14
	PUSH_SAVED r15
.endm

.macro POP_KEPT
	POP_SAVED r15
	POP_SAVED r14
	POP_SAVED r13
	POP_SAVED r12
	POP_SAVED rbp
	POP_SAVED rbx
.endm

.macro POP_CLOBBERED
	POP_SAVED r11
	POP_SAVED r10
	POP_SAVED r9
	POP_SAVED r8
	POP_SAVED rax
	POP_SAVED rcx
	POP_SAVED rdx
	POP_SAVED rsi
	POP_SAVED rdi
.endm

/* A word that is no register: error code, vector. */
.macro PUSH_WORD value
	pushq \value
	.cfi_adjust_cfa_offset 8
.endm

/* %gs:symbol is this CPU's copy. Its address fits in 32 bits, sign-extended, as all of the image. */
#define PER_CPU(symbol)		%gs:symbol

#endif
