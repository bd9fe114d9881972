/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: interrupts between CPUs. Each is delivered at least once after the call, as a hard
 * interrupt of the target, and calls the named core function there between irq_enter() and irq_exit().
 * Stores before the call are visible to that function.
 *
 *	void arch_send_reschedule(unsigned int cpu)	-> scheduler_ipi()
 *	void arch_send_call_function(unsigned int cpu)	-> generic_smp_call_function_interrupt()
 *	void arch_send_irq_work(void)			-> irq_work_run(), on the own CPU, once interrupts are on
 *	bool arch_has_nmi(void)				whether there is the following
 *	void arch_send_nmi(unsigned int cpu)		an interrupt that cannot be held off, to another CPU that is online:
 *							it calls backtrace_if_asked() (<linux/nmi.h>), not between
 *							irq_enter() and irq_exit()
 *	void arch_stop_other_cpus(void)			every other CPU ends in arch_cpu_halt(); does not wait for
 *							ever, and works with interrupts off on the others (NMI)
 */
#ifndef _ARCH_IPI_H
#define _ARCH_IPI_H
#include <linux/compiler.h>
#include <arch-impl/ipi.h>
#endif
