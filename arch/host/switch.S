/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From one stack to another: what a task switch and a change of CPU have in common. x86-64.
 *
 * The registers that a function must preserve lie on the stack of whoever does not run:
 *
 *	sp ->	r15 r14 r13 r12 rbx rbp, return address
 *
 * report.c reads rbp and the return address there.
 */

	.text

/*
 * void host_switch(unsigned long *save_sp, unsigned long sp)
 * in: rdi where to leave this stack's pointer, rsi the other's
 * out: the other context, just after its own call; all but rax, rcx, rdx, rsi, rdi, r8-r11 preserved
 */
	.globl host_switch
	.type host_switch, @function
host_switch:
	pushq %rbp
	pushq %rbx
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	movq %rsp, (%rdi)
	movq %rsi, %rsp
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbx
	popq %rbp
	ret
	.size host_switch, . - host_switch

	.section .note.GNU-stack, "", @progbits
