// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stacks of a CPU that are no task's.
 *
 * What
 *	stack		size	entered
 *	interrupt	16 KiB	by entry/irq.S from a task's stack; softirqs run there too
 *	#DF		8 KiB	by the processor (IST): a stack that overflows ends here
 *	NMI		8 KiB	by the processor (IST); the top is the pad on which a frame lands
 *	#DB, #MC	8 KiB	by the processor (IST)
 *
 *	The boot CPU's are static, since its exceptions are caught before there is memory. The
 *	others' are allocated by x86_cpu_prepare() on the boot CPU, where running out of memory
 *	has somebody to tell.
 *
 * Limits
 *	48 KiB a CPU. There are no guard pages between the stacks of one CPU. An IST stack serves
 *	one exception at a time: a #DB within #DB's handler, or #MC within #MC's, loses the first
 *	one's frame; nothing sets breakpoints in them. NMI is different: entry/nmi.S.
 *
 * Tests
 *	arch/x86/tests/cpu_test.c
 */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/sched.h>
#include <asm/page.h>
#include <x86/cpu.h>
#include <x86/extable.h>
#include "stacks.h"

struct cpu_stack_memory {
	char irq[X86_IRQ_STACK_SIZE];
	char ist[X86_IST_COUNT][X86_IST_STACK_SIZE];
};

static struct cpu_stack_memory boot_cpu_stacks
	__section(".bss..page_aligned") __aligned(X86_PAGE_SIZE);

DEFINE_PER_CPU(struct x86_cpu_stacks, x86_cpu_stacks);
DEFINE_PER_CPU_ALIGNED(struct x86_irq_stack, x86_irq_stack) = { .nesting = -1 };
/* Where entry/nmi.S copies a frame to. */
DEFINE_PER_CPU(unsigned long, x86_nmi_stack_top);	/* I */

static void set_stacks(unsigned int cpu, struct cpu_stack_memory *memory)
{
	struct x86_cpu_stacks *stacks = per_cpu_ptr(&x86_cpu_stacks, cpu);
	unsigned int i;

	per_cpu(x86_irq_stack, cpu).top = (unsigned long)(memory->irq + X86_IRQ_STACK_SIZE);
	for (i = 0; i < X86_IST_COUNT; i++)
		stacks->ist_top[i] = (unsigned long)(memory->ist[i] + X86_IST_STACK_SIZE);
	per_cpu(x86_nmi_stack_top, cpu) = stacks->ist_top[X86_IST_NMI - 1] - X86_NMI_PAD_SIZE;
	stacks->cpu = cpu;
}

void x86_stacks_early_init(void)
{
	/* The offset of CPU 0 is still 0: this writes the template. */
	set_stacks(0, &boot_cpu_stacks);
}

int x86_cpu_prepare(unsigned int cpu)
{
	struct cpu_stack_memory *memory;

	if (per_cpu(x86_cpu_stacks, cpu).cpu == cpu)
		return 0;
	memory = alloc_pages_exact(sizeof(*memory), GFP_KERNEL);
	if (!memory)
		return -ENOMEM;
	set_stacks(cpu, memory);
	return 0;
}

static bool within(unsigned long address, unsigned long top, unsigned long size,
		   unsigned long *low, unsigned long *high)
{
	if (address < top - size || address >= top)
		return false;
	*low = top - size;
	*high = top;
	return true;
}

/* Current may be nonsense in the report of a crash, so its stack is looked up with care. */
static bool within_task_stack(unsigned long address, unsigned long *low, unsigned long *high)
{
	unsigned long stack;

	return x86_probe_read(&current->stack, &stack) && stack &&
	       within(address, stack + THREAD_SIZE, THREAD_SIZE, low, high);
}

enum x86_stack_kind x86_stack_of(unsigned long address, unsigned long *low, unsigned long *high)
{
	static const enum x86_stack_kind kinds[X86_IST_COUNT] = {
		[X86_IST_DF - 1]	= X86_STACK_DF,
		[X86_IST_NMI - 1]	= X86_STACK_NMI,
		[X86_IST_DB - 1]	= X86_STACK_DB,
		[X86_IST_MC - 1]	= X86_STACK_MC,
	};
	const struct x86_cpu_stacks *stacks = this_cpu_ptr(&x86_cpu_stacks);
	unsigned int i;

	if (within_task_stack(address, low, high))
		return X86_STACK_TASK;
	if (within(address, this_cpu_read(x86_irq_stack.top), X86_IRQ_STACK_SIZE, low, high))
		return X86_STACK_IRQ;
	for (i = 0; i < X86_IST_COUNT; i++)
		if (within(address, stacks->ist_top[i], X86_IST_STACK_SIZE, low, high))
			return kinds[i];
	return X86_STACK_NONE;
}
