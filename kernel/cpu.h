/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What cpu.c, cpuhp.c and smp.c tell each other.
 */
#ifndef _KERNEL_CPU_H
#define _KERNEL_CPU_H

#include <linux/cpuhotplug.h>
#include <linux/errno.h>

/* ---- cpu.c ---- */

/* Registers the states of the core that do not depend on anything else. Task, once. */
void cpu_states_init(void);
/* Start a CPU and bring it to CPUHP_ONLINE. 0, or an error, which has been printed. Task, CPUs locked. */
int cpu_up(unsigned int cpu);

/* ---- cpu_down.c ---- */

#ifdef CONFIG_HOTPLUG_CPU
/* Take a CPU down from wherever it is in the ONLINE section. 0, or an error: it stays. Task, CPUs locked. */
int cpu_down(unsigned int cpu);
#else
static inline int cpu_down(unsigned int cpu) { return -EPERM; }
#endif

/* ---- cpuhp.c ---- */

/* Where @cpu is. */
enum cpuhp_state cpuhp_state_of(unsigned int cpu);
/*
 * From state to state, calling what is on the way, up to and including the startup function of @to, or down
 * to @to, whose teardown function is not called. What fails is undone: @cpu is where it was then.
 */
int cpuhp_climb(unsigned int cpu, enum cpuhp_state to);
int cpuhp_descend(unsigned int cpu, enum cpuhp_state to);
/* Up to @to, as a way back: what a startup function says is only printed. */
void cpuhp_climb_surely(unsigned int cpu, enum cpuhp_state to);
/*
 * Call @fn in a thread that is bound to @cpu, which is online. Return: what it returned, or -ENOMEM. May
 * sleep.
 */
int cpuhp_call_on(unsigned int cpu, int (*fn)(unsigned int cpu, int arg), int arg);

/* ---- smp.c ---- */

/* All calls that other CPUs have asked this one for. Interrupts off, others stopped. */
int smpcfd_dying_cpu(unsigned int cpu);

#endif
