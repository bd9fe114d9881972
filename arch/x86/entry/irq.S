/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Vectors 32 to 255: devices and the local APIC. The hot path into the kernel.
 *
 * What
 *	x86_irq_stubs		224 pieces of X86_STUB_SIZE bytes: the vector into a register, on to
 *	x86_irq_common		save what C may clobber, go to the interrupt stack, call
 *				x86_irq_dispatch(vector) (apic/dispatch.c), and back
 *	arch_call_on_irq_stack	the same change of stacks for a call from a task (softirqs)
 *
 *	Only the nine registers that a C function may change are saved: C code saves the others
 *	itself if it uses them. So an interrupt has no struct pt_regs. It costs 18 instructions
 *	from the first to the call, and 14 from the return to iretq; with all registers it would
 *	be 12 more.
 *
 * Which stack
 *	x86_irq_stack.nesting counts the uses of this CPU's interrupt stack, less one: -1 while a
 *	task's stack is in use. Whoever takes it to 0 goes to the top of the interrupt stack, and
 *	pushes the old stack pointer there; who finds it in use stays where it is. An interrupt
 *	that comes while softirqs run, interrupts on, is of the second kind. Between the increment
 *	and the move none can come: interrupts are off.
 *
 *	An NMI or an exception in between uses neither the counter nor the stack.
 *
 * Stack of an interrupt		of a task, when it was interrupted
 *	ss, sp, flags, cs, ip		pushed by the processor
 *	rdi				by the stub
 *	rsi, rdx, rcx, rax, r8-r11	by x86_irq_common
 *
 *	then, on top of the interrupt stack, the task's stack pointer.
 *
 * Reschedule
 *	Back on a task's stack, and only there, if nothing forbids preemption and somebody asks
 *	for it, preempt_schedule_irq() is called. The interrupted task then sleeps inside of this
 *	code, and goes on with the restore when it is chosen again, on whatever CPU.
 *
 * Contexts
 *	Interrupts off, but while x86_irq_dispatch() runs softirqs. gs: see cpu/cpu.c.
 *
 * Tests
 *	arch/x86/tests/irq_test.c
 */
#include <x86/asm.h>
#include <generated/asm-offsets.h>

	.section .text.entry, "ax", @progbits

	.globl	x86_irq_stubs
	.balign	X86_STUB_SIZE
	.type	x86_irq_stubs, @function
x86_irq_stubs:
	.cfi_startproc
	CFI_FRAME_AT 0
vector = X86_EXCEPTION_VECTORS
	.rept	X86_VECTORS - X86_EXCEPTION_VECTORS
	.balign	X86_STUB_SIZE, 0xcc
	.cfi_def_cfa_offset 40
	.cfi_restore rdi
	PUSH_SAVED rdi
	movl	$vector, %edi
	jmp	x86_irq_common
vector = vector + 1
	.endr
END x86_irq_stubs

/* Bytes between rsp and the processor's frame once all is saved. */
#define SAVED	(9 * 8)

LOCAL_FUNC x86_irq_common
	CFI_FRAME_AT 8
	.cfi_rel_offset rdi, 0
	PUSH_CLOBBERED_BELOW_RDI
	cld

	incl	PER_CPU(x86_irq_stack + X86_IRQ_STACK_NESTING)
	jnz	.Lnested
	movq	%rsp, %rax
	.cfi_def_cfa_register rax
	movq	PER_CPU(x86_irq_stack + X86_IRQ_STACK_TOP), %rsp
	pushq	%rax
	.cfi_remember_state
	CFI_FRAME_VIA_SAVED_SP SAVED
	call	x86_irq_dispatch
	popq	%rsp
	.cfi_restore_state
	.cfi_def_cfa rsp, SAVED + 40
	decl	PER_CPU(x86_irq_stack + X86_IRQ_STACK_NESTING)

#ifdef CONFIG_PREEMPT
	cmpl	$0, PER_CPU(__preempt_count)
	je	.Lpreempt
#endif
.Lrestore:
	POP_CLOBBERED
	iretq

	/* All of the nine are saved from here on. */
	.cfi_def_cfa rsp, SAVED + 40
	.cfi_offset rdi, -48
	.cfi_offset rsi, -56
	.cfi_offset rdx, -64
	.cfi_offset rcx, -72
	.cfi_offset rax, -80
	.cfi_offset r8, -88
	.cfi_offset r9, -96
	.cfi_offset r10, -104
	.cfi_offset r11, -112
#ifdef CONFIG_PREEMPT
.Lpreempt:
	call	preempt_schedule_irq
	jmp	.Lrestore
#endif
.Lnested:
	call	x86_irq_dispatch
	decl	PER_CPU(x86_irq_stack + X86_IRQ_STACK_NESTING)
	jmp	.Lrestore
END x86_irq_common

/*
 * void arch_call_on_irq_stack(void (*fn)(void))
 *
 *	in:	rdi fn; interrupts off, on a task's stack
 *	clobbers: what C may
 *	stack:	fn runs at the top of the interrupt stack, below the saved stack pointer
 */
FUNC arch_call_on_irq_stack
	incl	PER_CPU(x86_irq_stack + X86_IRQ_STACK_NESTING)
	movq	%rsp, %rax
	.cfi_def_cfa_register rax
	movq	PER_CPU(x86_irq_stack + X86_IRQ_STACK_TOP), %rsp
	pushq	%rax
	/* DW_CFA_def_cfa_expression: *(rsp) + 8, the return address is below the CFA as ever. */
	.cfi_escape 0x0f, 5, 0x77, 0, 0x06, 0x23, 8
	call	*%rdi
	popq	%rsp
	.cfi_def_cfa rsp, 8
	decl	PER_CPU(x86_irq_stack + X86_IRQ_STACK_NESTING)
	ret
END arch_call_on_irq_stack

	.section .note.GNU-stack, "", @progbits
