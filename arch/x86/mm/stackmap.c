// SPDX-License-Identifier: GPL-2.0-only
/*
 * Addresses for stacks: each with a hole below it.
 *
 * What
 *	A stack that overflows must not write into what happens to lie below. So stacks are used at
 *	addresses of a range of their own, where X86_STACK_GUARD_SIZE bytes below each are mapped to
 *	nothing. The first push there is a page fault, whose frame has no room either, so it becomes a
 *	double fault, which has a stack of its own, and a report with the task's name (entry/traps.c).
 *
 *	Addresses are handed out from the beginning of the range on, never twice, and never taken back:
 *	a mapping that goes would have to be forgotten by each CPU. Whoever has stacks keeps those that
 *	are free for the next one.
 *
 * Locks
 *	stackmap_lock: the next free address, and the page tables of that range.
 *
 * Limits
 *	A function whose frame is larger than the hole may step over it. init_stack, on which the boot
 *	CPU begins, is in the image, above a hole that kernel.lds.S leaves.
 *
 * Tests
 *	arch/x86/tests/memory_test.c; tools/crash: stackoverflow, irq-stackoverflow
 */
#include <linux/spinlock.h>
#include <asm/page.h>
#include <x86/memory.h>
#include "pagetable.h"

static DEFINE_RAW_SPINLOCK(stackmap_lock);
static unsigned long stackmap_next = X86_STACKS_START;	/* G: stackmap_lock */

bool stackmap_init(void)
{
	return pagetable_add_slot(X86_STACKS_START);
}

void *x86_map_stack(const void *pages, size_t size)
{
	unsigned long flags, virt;

	raw_spin_lock_irqsave(&stackmap_lock, flags);
	virt = stackmap_next + X86_STACK_GUARD_SIZE;
	if (virt + size > X86_STACKS_START + X86_STACKS_SIZE ||
	    !pagetable_map(virt, arch_virt_to_phys(pages), size, PAGE_KERNEL_RW))
		virt = 0;
	else
		stackmap_next = virt + size;
	raw_spin_unlock_irqrestore(&stackmap_lock, flags);
	return (void *)virt;
}
