/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: this CPU's interrupt enable flag. NMI is not covered by it.
 *
 *	unsigned long arch_local_save_flags(void)	the flag, in the machine's own form
 *	unsigned long arch_local_irq_save(void)		the flag as it was; now off
 *	void arch_local_irq_restore(unsigned long)	what save returned, put back
 *	void arch_local_irq_disable(void), arch_local_irq_enable(void)
 *	bool arch_irqs_disabled_flags(unsigned long)	whether saved flags say off
 *
 * All hold the compiler: no memory access moves across them. An interrupt that is pending when the
 * flag goes on is delivered before the caller can look at anything (x86: one instruction later).
 */
#ifndef _ARCH_IRQFLAGS_H
#define _ARCH_IRQFLAGS_H
#include <linux/types.h>
#include <arch-impl/irqflags.h>
#endif
