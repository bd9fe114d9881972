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
 *	has somebody to tell. All are used at addresses with nothing below (arch/x86/mm/stackmap.c),
 *	the boot CPU's as soon as there are page tables for that.
 *
 * Limits
 *	48 KiB a CPU. An IST stack serves one exception at a time: a #DB within #DB's handler, or #MC
 *	within #MC's, loses the first one's frame; nothing sets breakpoints in them. NMI is different:
 *	entry/nmi.S. The #DF stack itself overflows into a triple fault.
 *
 * Tests
 *	arch/x86/tests/cpu_test.c, memory_test.c
 */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/sched.h>
#include <linux/panic.h>
#include <asm/page.h>
#include <x86/cpu.h>
#include <x86/extable.h>
#include <x86/memory.h>
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

/* Their lowest addresses, as they are used. */
struct cpu_stack_places {
	char *irq;
	char *ist[X86_IST_COUNT];
};

static void set_stacks(unsigned int cpu, const struct cpu_stack_places *places)
{
	struct x86_cpu_stacks *stacks = per_cpu_ptr(&x86_cpu_stacks, cpu);
	unsigned int i;

	per_cpu(x86_irq_stack, cpu).top = (unsigned long)places->irq + X86_IRQ_STACK_SIZE;
	for (i = 0; i < X86_IST_COUNT; i++)
		stacks->ist_top[i] = (unsigned long)places->ist[i] + X86_IST_STACK_SIZE;
	per_cpu(x86_nmi_stack_top, cpu) = stacks->ist_top[X86_IST_NMI - 1] - X86_NMI_PAD_SIZE;
	stacks->cpu = cpu;
}

void x86_stacks_early_init(void)
{
	struct cpu_stack_places places = { .irq = boot_cpu_stacks.irq };
	unsigned int i;

	for (i = 0; i < X86_IST_COUNT; i++)
		places.ist[i] = boot_cpu_stacks.ist[i];
	/* The offset of CPU 0 is still 0: this writes the template. */
	set_stacks(0, &places);
}

/* Give a CPU its stacks, each with nothing below. Return: false without memory for page tables. */
static bool guard_stacks(unsigned int cpu, const struct cpu_stack_memory *memory)
{
	struct cpu_stack_places places;
	unsigned int i;

	places.irq = x86_map_stack(memory->irq, X86_IRQ_STACK_SIZE);
	if (!places.irq)
		return false;
	for (i = 0; i < X86_IST_COUNT; i++) {
		places.ist[i] = x86_map_stack(memory->ist[i], X86_IST_STACK_SIZE);
		if (!places.ist[i])
			return false;
	}
	set_stacks(cpu, &places);
	return true;
}

/* The processor is told in arch_cpu_init(); until then it uses the same memory at the old addresses. */
void x86_stacks_guard(void)
{
	if (!guard_stacks(0, &boot_cpu_stacks))
		panic("memory: no room for the page tables of stacks");
}

int x86_cpu_prepare(unsigned int cpu)
{
	struct cpu_stack_memory *memory;

	if (per_cpu(x86_cpu_stacks, cpu).cpu == cpu)
		return 0;
	memory = alloc_pages_exact(sizeof(*memory), GFP_KERNEL);
	/* Without page tables what is mapped stays so, and the memory its own: the CPU stays off. */
	return memory && guard_stacks(cpu, memory) ? 0 : -ENOMEM;
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

enum x86_stack_kind x86_stack_above(unsigned long address)
{
	unsigned long up, low, high;

	for (up = X86_PAGE_SIZE; up <= X86_STACK_GUARD_SIZE; up += X86_PAGE_SIZE) {
		enum x86_stack_kind kind = x86_stack_of(address + up, &low, &high);

		if (kind != X86_STACK_NONE)
			return address < low ? kind : X86_STACK_NONE;
	}
	return X86_STACK_NONE;
}

const char *x86_stack_name(enum x86_stack_kind kind)
{
	static const char * const names[] = {
		[X86_STACK_NONE]	= "unknown",
		[X86_STACK_TASK]	= "task",
		[X86_STACK_IRQ]		= "interrupt",
		[X86_STACK_DF]		= "double fault",
		[X86_STACK_NMI]		= "NMI",
		[X86_STACK_DB]		= "debug",
		[X86_STACK_MC]		= "machine check",
	};

	return names[kind];
}
