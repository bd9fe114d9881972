/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_IRQFLAGS_H
#define _ARCH_IMPL_IRQFLAGS_H

#include <linux/compiler_attributes.h>
#include <host/machine.h>

static __always_inline unsigned long arch_local_save_flags(void)
{
	return host_irq_flag();
}

static __always_inline void arch_local_irq_disable(void)
{
	host_irq_disable();
}

static __always_inline void arch_local_irq_enable(void)
{
	host_irq_enable();
}

static __always_inline unsigned long arch_local_irq_save(void)
{
	return host_irq_save();
}

static __always_inline bool arch_irqs_disabled_flags(unsigned long flags)
{
	return !flags;
}

static __always_inline void arch_local_irq_restore(unsigned long flags)
{
	if (flags)
		host_irq_enable();
}

#endif
