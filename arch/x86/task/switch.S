/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From one task's stack to another's.
 *
 * What
 *	x86_switch		the switch: seven instructions
 *	x86_thread_start	where a new task comes out of its first switch
 *
 *	arch_switch_to() (arch-impl/task.h) calls x86_switch from inline assembly that declares
 *	every register but rbp and rsp as changed. So the compiler has already saved whatever the
 *	caller still needs, and only rbp is left to do here.
 *
 * Stack of a task that does not run, from its saved sp up
 *	rbp				of a new task: 0
 *	return address			into arch_switch_to()	of a new task: x86_thread_start
 *	...						of a new task: the entry function
 *
 * Contexts
 *	Interrupts off. gs and the per-CPU data stay: they are the CPU's.
 *
 * Tests
 *	arch/x86/tests/switch_test.c
 */
#include <x86/asm.h>
#include <generated/asm-offsets.h>

	.text

/*
 *	in:	rdi the task that runs, rsi the one that shall
 *	out:	rax the task that ran before, as the resumed one sees it
 *	clobbers: all but rbp
 */
FUNC x86_switch
	PUSH_SAVED rbp
	movq	%rsp, TASK_THREAD_SP(%rdi)
	movq	TASK_THREAD_SP(%rsi), %rsp
	POP_SAVED rbp
	movq	%rdi, %rax
	ret
END x86_switch

/*
 *	in:	rax the task that ran before; the entry function on top of the stack
 *	The unwinder stops here: a task begins with it.
 */
FUNC x86_thread_start
	.cfi_undefined rip
	movq	%rax, PER_CPU(x86_switched_from)
	popq	%rax
	call	*%rax
	ud2
END x86_thread_start

	.section .note.GNU-stack, "", @progbits
