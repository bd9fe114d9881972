/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_IPI_H
#define _ARCH_IMPL_IPI_H

void arch_send_reschedule(unsigned int cpu);
void arch_send_call_function(unsigned int cpu);
void arch_send_irq_work(void);
void arch_stop_other_cpus(void);
static inline bool arch_has_nmi(void) { return false; }
static inline void arch_send_nmi(unsigned int cpu) { }

#endif
