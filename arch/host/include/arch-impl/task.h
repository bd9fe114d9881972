/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tasks are coroutines: each on the stack that the core allocated for it, all in one thread of the
 * host.
 */
#ifndef _ARCH_IMPL_TASK_H
#define _ARCH_IMPL_TASK_H

#include <linux/types.h>

/* Frames are bigger than on x86, and interrupts run on the task's stack, too. */
#define THREAD_SHIFT	15
#define THREAD_SIZE	(1UL << THREAD_SHIFT)

/* An overflow is not seen: each stack ends in the next one. */
static inline void *arch_guard_stack(void *pages) { return pages; }
void arch_thread_init(struct task_struct *t, void *stack, void (*entry)(void));
struct task_struct *arch_switch_to(struct task_struct *prev, struct task_struct *next);
struct task_struct *arch_switch_last(void);
void arch_call_on_irq_stack(void (*fn)(void));
bool arch_on_irq_stack(void);

#endif
