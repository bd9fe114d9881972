/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupts on this CPU: off, on, and back to what they were.
 *
 * The flag covers hard interrupts of this CPU alone. While it is off no softirq starts here either,
 * but a lock is needed against other CPUs.
 */
#ifndef _LINUX_IRQFLAGS_H
#define _LINUX_IRQFLAGS_H

#include <linux/compiler.h>
#include <arch/irqflags.h>

#define __check_flags(flags) \
	_Static_assert(__same_type(flags, unsigned long), "irq flags live in an unsigned long")

/**
 * local_irq_save - interrupts off, remembering what they were
 * @flags: an unsigned long lvalue, for local_irq_restore() in the same function
 *
 * Context: any. Nests.
 */
#define local_irq_save(flags) do {					\
	__check_flags(flags);						\
	(flags) = arch_local_irq_save();				\
} while (0)

/**
 * local_irq_restore - interrupts back to what they were
 * @flags: what local_irq_save() stored
 *
 * Context: any, interrupts off.
 */
#define local_irq_restore(flags) do {					\
	__check_flags(flags);						\
	arch_local_irq_restore(flags);					\
} while (0)

/** local_irq_disable - interrupts off. Context: any, interrupts on. Does not nest. */
#define local_irq_disable()	arch_local_irq_disable()

/** local_irq_enable - interrupts on. Context: any but hard IRQ. */
#define local_irq_enable()	arch_local_irq_enable()

/** local_save_flags - read the flag without changing it. @flags: an unsigned long lvalue. */
#define local_save_flags(flags) do {					\
	__check_flags(flags);						\
	(flags) = arch_local_save_flags();				\
} while (0)

/** irqs_disabled_flags - whether saved flags say that interrupts were off */
#define irqs_disabled_flags(flags) arch_irqs_disabled_flags(flags)

/** irqs_disabled - whether interrupts are off on this CPU now */
#define irqs_disabled()		arch_irqs_disabled_flags(arch_local_save_flags())

#endif
