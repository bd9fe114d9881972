/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_TASK_H
#define _ARCH_IMPL_TASK_H

#include <linux/percpu-defs.h>

void *arch_guard_stack(void *pages);
void arch_thread_init(struct task_struct *task, void *stack, void (*entry)(void));
struct task_struct *arch_switch_last(void);
void arch_call_on_irq_stack(void (*fn)(void));

/*
 * The switch itself is a few instructions in task/switch.S. They keep rbp and rsp; that all other
 * registers change is said to the compiler here, so it saves those that it needs and no more.
 */
static __always_inline struct task_struct *arch_switch_to(struct task_struct *prev,
							   struct task_struct *next)
{
	struct task_struct *last;

	__asm__ __volatile__("call x86_switch"
		: "=a"(last), "+D"(prev), "+S"(next)
		:
		: "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
		  "memory", "cc");
	return last;
}

/* Where this CPU's interrupt stack begins, and how often it is in use: -1 while a task's is. */
struct x86_irq_stack {
	unsigned long top;
	int nesting;
};
DECLARE_PER_CPU_ALIGNED(struct x86_irq_stack, x86_irq_stack);

static __always_inline bool arch_on_irq_stack(void)
{
	return this_cpu_read(x86_irq_stack.nesting) >= 0;
}

#endif
