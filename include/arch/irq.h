/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: how hard interrupts reach the core.
 *
 * On a device interrupt the machine saves the interrupted context and, interrupts off, on the CPU's
 * interrupt stack if it was on a task's stack:
 *
 *	irq_enter();
 *	generic_handle_irq_desc(desc)	the descriptor bound to the vector, or arch_spurious_irq()
 *	irq_exit();			softirqs run in here, interrupts on meanwhile, still on this stack
 *
 * then, back on the task's stack and only if it came from there, when should_resched():
 * preempt_schedule_irq() (interrupts off), then restores the context. The acknowledge (EOI) is the irq_chip's business
 * for devices, and the machine's for its own vectors (timer, IPI), before the core function is called.
 *
 *	void arch_irq_init(void)		boot CPU, interrupts off: mask everything, install the chips, and call
 *						irq_set_chip_and_handler() for each line (the machine's lines are the
 *						numbers 0 to 15 for ISA, then the remaining IOAPIC pins by GSI)
 *	int  arch_irq_startup_check(unsigned int irq)	0, or -ENXIO for a line the machine does not have
 *	void arch_irq_end_unowned(void)		an interrupt has come for a line without controller, which was given up
 *						meanwhile: end it at this CPU, so that others are not held up. Hard IRQ
 *	NR_IRQS					how many numbers there can be
 *	NR_IRQS_LEGACY				16
 *
 * Interrupts by message:
 *
 *	struct irq_domain *arch_msi_domain(void)	the parent of the domains of buses whose devices send messages
 *						(<linux/msi.h>); NULL: this machine, or this boot, has none. After
 *						arch_irq_init()
 *	void arch_msi_ack(struct irq_data *data)	end a message's interrupt at this CPU; any line's will do. Hard IRQ
 *
 * What has no number, for people:
 *
 *	void arch_show_interrupts(struct seq_file *p, int width)	lines of /proc/interrupts: a name, right-aligned
 *						in @width, and ": "; for each CPU that is online how often, "%10u "; two
 *						blanks, and what it is. Any context but NMI
 *
 * A CPU that goes down:
 *
 *	void arch_irq_offline(void)		this CPU, interrupts off for good, out of cpu_online_mask, the lines moved
 *						away as far as the core knew how: lines that are still sent here are
 *						moved, what waits here fires again where its line is now, and nothing
 *						stands for a line here any more
 */
#ifndef _ARCH_IRQ_H
#define _ARCH_IRQ_H
#include <linux/compiler.h>
#include <arch-impl/irq.h>
#endif
