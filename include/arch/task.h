/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: threads of execution.
 *
 *	THREAD_SIZE			bytes of a task's stack, a power of two; the core allocates it
 *	void *arch_guard_stack(void *pages)
 *					where to use THREAD_SIZE bytes of fresh memory as a stack: perhaps at
 *					another address, below which nothing is, so that an overflow is a fault;
 *					NULL without memory. From then on the memory is a stack for ever.
 *	struct arch_thread		the machine's part of a task, embedded as task->thread
 *	void arch_thread_init(struct task_struct *t, void *stack, void (*entry)(void))
 *					make t start at entry, on stack (THREAD_SIZE bytes), when it is first
 *					switched to; interrupts are off then and entry never returns
 *	struct task_struct *arch_switch_to(struct task_struct *prev, struct task_struct *next)
 *					interrupts off: save prev, resume next; returns, in prev's life, when
 *					somebody switches back to it, the task that was switched away from.
 *					Does not touch current: the caller wrote it. In a new task, entry finds
 *					that task by arch_switch_last().
 *	struct task_struct *arch_switch_last(void)	only first thing in an entry function
 *	void arch_call_on_irq_stack(void (*fn)(void))
 *					interrupts off, in task context, on the task's stack: run fn on this
 *					CPU's interrupt stack
 *	bool arch_on_irq_stack(void)
 *	struct arch_thread is complete in <arch-impl/thread.h>, which includes nothing of the core
 */
#ifndef _ARCH_TASK_H
#define _ARCH_TASK_H
#include <linux/compiler.h>
struct task_struct;
#include <arch-impl/thread.h>
#include <arch-impl/task.h>
#endif
