/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: CPUs come up, and go down. Numbers are dense, the boot CPU is 0, and stays.
 *
 *	unsigned int arch_smp_discover(void)	boot CPU, once, memory and log exist: how many CPUs this machine
 *						offers, the boot CPU included, at least 1. More than CONFIG_NR_CPUS
 *						are left alone with a message.
 *	int arch_cpu_up(unsigned int cpu, struct task_struct *idle)
 *						start cpu on idle's stack; it calls the core's
 *						secondary_start_kernel() with interrupts off. 0, or -EIO when it did
 *						not answer in time. Task context, one at a time. A CPU that was
 *						started before has been seen dead since.
 *
 * What follows is asked for only with CONFIG_HOTPLUG_CPU:
 *
 *	void arch_cpu_play_dead(void)		the last call of a CPU that goes, on its idle task's stack, interrupts
 *						off; never returns. From the time that arch_cpu_is_dead() says so it
 *						touches no memory, and can be started again.
 *	bool arch_cpu_is_dead(unsigned int cpu)	whether it has come so far
 */
#ifndef _ARCH_SMP_H
#define _ARCH_SMP_H
#include <linux/compiler.h>
struct task_struct;
#include <arch-impl/smp.h>
#endif
