/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_SMP_H
#define _ARCH_IMPL_SMP_H

#ifdef CONFIG_SMP
unsigned int arch_smp_discover(void);
int arch_cpu_up(unsigned int cpu, struct task_struct *idle);
void arch_cpu_play_dead(void) __noreturn;
bool arch_cpu_is_dead(unsigned int cpu);
#else
#include <linux/errno.h>

static inline unsigned int arch_smp_discover(void) { return 1; }
static inline int arch_cpu_up(unsigned int cpu, struct task_struct *idle) { return -EIO; }
static inline void arch_cpu_play_dead(void) { }
#endif

#endif
