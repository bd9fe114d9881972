/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_IRQFLAGS_H
#define _ARCH_IMPL_IRQFLAGS_H

#include <linux/compiler_attributes.h>

#define X86_EFLAGS_IF	(1UL << 9)

static __always_inline unsigned long arch_local_save_flags(void)
{
	unsigned long flags;

	__asm__ __volatile__("pushfq; popq %0" : "=rm"(flags) : : "memory");
	return flags;
}

static __always_inline void arch_local_irq_disable(void)
{
	__asm__ __volatile__("cli" : : : "memory");
}

static __always_inline void arch_local_irq_enable(void)
{
	__asm__ __volatile__("sti" : : : "memory");
}

static __always_inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags = arch_local_save_flags();

	arch_local_irq_disable();
	return flags;
}

static __always_inline bool arch_irqs_disabled_flags(unsigned long flags)
{
	return !(flags & X86_EFLAGS_IF);
}

/* A branch and sti are cheaper than popf, on silicon and in the count of instructions. */
static __always_inline void arch_local_irq_restore(unsigned long flags)
{
	if (!arch_irqs_disabled_flags(flags))
		arch_local_irq_enable();
	else
		__asm__ __volatile__("" : : : "memory");
}

#endif
