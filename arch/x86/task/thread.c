// SPDX-License-Identifier: GPL-2.0-only
/*
 * A new task's stack, made so that the first switch to it starts its entry function.
 *
 * What
 *	switch.S has the picture of what is built here. arch_switch_last() tells the entry function
 *	which task ran before, as arch_switch_to() tells one that is resumed.
 *
 * Tests
 *	arch/x86/tests/switch_test.c
 */
#include <linux/percpu-defs.h>
#include <linux/sched.h>
#include <arch/task.h>
#include <x86/memory.h>

void x86_thread_start(void);	/* switch.S; not to be called */

/* Between x86_thread_start and arch_switch_last(), with interrupts off all the way. */
DEFINE_PER_CPU(struct task_struct *, x86_switched_from);	/* Q */

struct first_frame {
	unsigned long rbp;
	void (*start)(void);
	void (*entry)(void);
	unsigned long end;
};

void *arch_guard_stack(void *pages)
{
	return x86_map_stack(pages, THREAD_SIZE);
}

void arch_thread_init(struct task_struct *task, void *stack, void (*entry)(void))
{
	struct first_frame *frame = stack + THREAD_SIZE - sizeof(*frame);

	*frame = (struct first_frame) {
		.start = x86_thread_start,
		.entry = entry,
	};
	task->thread.sp = (unsigned long)frame;
}

struct task_struct *arch_switch_last(void)
{
	return this_cpu_read(x86_switched_from);
}
