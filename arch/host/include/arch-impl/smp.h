/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_SMP_H
#define _ARCH_IMPL_SMP_H

unsigned int arch_smp_discover(void);
int arch_cpu_up(unsigned int cpu, struct task_struct *idle);
void __noreturn arch_cpu_play_dead(void);
bool arch_cpu_is_dead(unsigned int cpu);

#endif
