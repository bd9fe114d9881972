/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupts between CPUs, through the local APIC: apic/ipi.c. Without SMP there is only the one
 * that a CPU sends to itself.
 */
#ifndef _ARCH_IMPL_IPI_H
#define _ARCH_IMPL_IPI_H

void arch_send_irq_work(void);

#ifdef CONFIG_SMP
void arch_send_reschedule(unsigned int cpu);
void arch_send_call_function(unsigned int cpu);
bool arch_has_nmi(void);
void arch_send_nmi(unsigned int cpu);
void arch_stop_other_cpus(void);
#else
static inline void arch_send_reschedule(unsigned int cpu) { }
static inline void arch_send_call_function(unsigned int cpu) { }
static inline void arch_stop_other_cpus(void) { }
#endif

#endif
