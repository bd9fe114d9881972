/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls from paths that must not pay for them: arch_slow_call() of <arch/cpu.h>.
 *
 * What
 *	A function with a call in it has to save whatever it still needs in registers, even if the
 *	call is hardly ever made. Inline assembly that declares no register as changed hides the
 *	call; so this is in between, and keeps them all.
 *
 * Tests
 *	arch/x86/tests/slow_call_test.c
 */
#include <x86/asm.h>

	.text

/*
 *	in:	rax the function, void (*)(pointer); rdi its argument
 *	clobbers: rax
 */
FUNC x86_slow_call
	PUSH_SAVED rcx
	PUSH_SAVED rdx
	PUSH_SAVED rsi
	PUSH_SAVED rdi
	PUSH_SAVED r8
	PUSH_SAVED r9
	PUSH_SAVED r10
	PUSH_SAVED r11
	call	*%rax
	POP_SAVED r11
	POP_SAVED r10
	POP_SAVED r9
	POP_SAVED r8
	POP_SAVED rdi
	POP_SAVED rsi
	POP_SAVED rdx
	POP_SAVED rcx
	ret
END x86_slow_call

	.section .note.GNU-stack, "", @progbits
