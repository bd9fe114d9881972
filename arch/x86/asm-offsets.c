// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers that assembly shares with C structures. Only compiled to assembly; the build takes the
 * lines with "->" out of it and makes generated/asm-offsets.h of them.
 */
#include <linux/sched.h>
#include <arch/task.h>

#define DEFINE(name, value) __asm__ __volatile__("\n.ascii \"->" #name " %0\"" : : "i"(value))

void asm_offsets(void);

void asm_offsets(void)
{
	DEFINE(TASK_THREAD_SP, offsetof(struct task_struct, thread.sp));
	DEFINE(X86_IRQ_STACK_TOP, offsetof(struct x86_irq_stack, top));
	DEFINE(X86_IRQ_STACK_NESTING, offsetof(struct x86_irq_stack, nesting));
}
