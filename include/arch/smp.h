/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: CPUs come up. Numbers are dense, the boot CPU is 0.
 *
 *	unsigned int arch_smp_discover(void)	boot CPU, once, memory and log exist: how many CPUs this machine
 *						offers, the boot CPU included, at least 1. More than CONFIG_NR_CPUS
 *						are left alone with a message.
 *	int arch_cpu_up(unsigned int cpu, struct task_struct *idle)
 *						start cpu on idle's stack; it calls the core's
 *						secondary_start_kernel() with interrupts off. 0, or -EIO when it did
 *						not answer in time. Boot CPU, task context.
 */
#ifndef _ARCH_SMP_H
#define _ARCH_SMP_H
#include <linux/compiler.h>
struct task_struct;
#include <arch-impl/smp.h>
#endif
