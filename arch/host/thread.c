// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasks as coroutines.
 *
 * What
 *	A task that does not run is a stack pointer; switching is host_switch() from one stack to
 *	the other. The interrupt stack is only a flag: handlers run on the stack of the task they
 *	interrupt, but everything that asks, and the rule that nothing is preempted there, is as on
 *	a real machine.
 *
 * Limits
 *	The machine stops (HOST_BROKEN) when a task is resumed while a CPU still stands on its
 *	stack, or when a switch happens with interrupts on: a real machine would corrupt the stack
 *	or worse.
 *
 * Tests
 *	tests/scenario/machine.c
 */
#include <linux/sched.h>
#include <arch/task.h>
#include "host.h"

/* A context that begins at entry when host_switch() goes there, and has nobody to return to. */
unsigned long host_new_stack(void *top, void (*entry)(void))
{
	unsigned long *sp = top;

	*--sp = 0;				/* entry's return address: where backtraces end */
	*--sp = (unsigned long)entry;
	for (int reg = 0; reg < 6; reg++)
		*--sp = 0;
	return (unsigned long)sp;
}

void arch_thread_init(struct task_struct *t, void *stack, void (*entry)(void))
{
	/* The machine writes past the store buffer: nothing older may come after it. */
	host_drain(host_this);
	t->thread.stack = stack;
	t->thread.sp = host_new_stack(stack + THREAD_SIZE, entry);
	t->thread.on_cpu = 0;
}

static void check_switch(const struct task_struct *prev, const struct task_struct *next)
{
	int here = (int)host_this->number + 1;

	if (host_this->irqs_on)
		host_broken("task switch from %s to %s with interrupts on", prev->comm, next->comm);
	if (prev->thread.on_cpu && prev->thread.on_cpu != here)
		host_broken("CPU %d switches away from %s, which CPU %d runs", here - 1, prev->comm,
			    prev->thread.on_cpu - 1);
	if (next->thread.on_cpu)
		host_broken("CPU %d resumes %s while CPU %d is still on its stack", here - 1,
			    next->comm, next->thread.on_cpu - 1);
	if (!next->thread.sp)
		host_broken("CPU %d switches to %s, which has no context", here - 1, next->comm);
}

struct task_struct *arch_switch_to(struct task_struct *prev, struct task_struct *next)
{
	host_step(HOST_STEP_TASK_SWITCH, NULL, HOST_CALLER);
	host_drain(host_this);
	check_switch(prev, next);
	if (host_recording())
		host_record(HOST_STEP_TASK_SWITCH, next, 0, 0, HOST_CALLER);
	host_this->switched_from = prev;
	prev->thread.on_cpu = 0;
	next->thread.on_cpu = (int)host_this->number + 1;
	host_switch(&prev->thread.sp, next->thread.sp);
	return host_this->switched_from;
}

struct task_struct *arch_switch_last(void)
{
	return host_this->switched_from;
}

void arch_call_on_irq_stack(void (*fn)(void))
{
	if (host_this->on_irq_stack)
		host_broken("arch_call_on_irq_stack() on the interrupt stack");
	host_this->on_irq_stack = true;
	fn();
	host_this->on_irq_stack = false;
}

bool arch_on_irq_stack(void)
{
	return host_this->on_irq_stack;
}
