/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: what a CPU does when it has nothing to do, or nothing any more.
 *
 *	void arch_cpu_relax(void)	one turn of a spin loop: the caller waits for another CPU's store
 *					(or an interrupt); a machine may run others meanwhile
 *	void arch_cpu_idle(void)	called with interrupts off; turns them on and sleeps until the next
 *					interrupt in one step, so that none that is pending is slept over;
 *					returns with interrupts on
 *	void arch_cpu_halt(void)	never returns; interrupts off, also for NMI's sake
 *	void arch_cpu_init(void)	this CPU's own tables and stacks; interrupts off. The boot CPU calls it when
 *					it has its per-CPU area, the others first thing
 *	arch_slow_call(fn, arg)		call void fn(pointer), which is hardly ever done here: the path that does
 *					without need not save its registers for it
 *	u64  arch_cycles(void)		a counter of this CPU that only grows (x86: TSC); for measurement
 */
#ifndef _ARCH_CPU_H
#define _ARCH_CPU_H
#include <linux/compiler.h>
#include <arch-impl/cpu.h>
#endif
