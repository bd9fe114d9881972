/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the bodies of the arch contract call on the simulated machine.
 *
 * What
 *	Every function here is a step of the simulated CPU that calls it: right before it takes
 *	effect (right after, where interrupts go on) the strategy may let another CPU run, or
 *	deliver an interrupt. They are functions, not inline code, since core files are compiled
 *	with -fsanitize=thread, whose instrumentation would otherwise see the machine's own
 *	variables.
 *
 * Contexts
 *	Only from code that runs on a simulated CPU, except host_percpu_offset*().
 *
 * Limits
 *	Words of 1, 2, 4 and 8 bytes travel as unsigned long, zero-extended.
 */
#ifndef _HOST_MACHINE_H
#define _HOST_MACHINE_H

/* Marked accesses and barriers: arch/host/step.c, tso.c */
unsigned long host_read_once(const volatile void *p, unsigned long size);
void host_write_once(volatile void *p, unsigned long size, unsigned long value);
unsigned long host_load_acquire(const volatile void *p, unsigned long size);
void host_store_release(volatile void *p, unsigned long size, unsigned long value);
void host_full_barrier(void);
void host_weak_barrier(void);
void host_atomic_point(const volatile void *p);

/* Per-CPU variables, named by their address in the template: arch/host/percpu.c */
unsigned long host_percpu_read(const volatile void *var, unsigned long size);
unsigned long host_percpu_read_stable(const volatile void *var, unsigned long size);
void host_percpu_write(volatile void *var, unsigned long size, unsigned long value);
unsigned long host_percpu_add(volatile void *var, unsigned long size, unsigned long value);
void host_percpu_or(volatile void *var, unsigned long size, unsigned long value);
void host_percpu_and(volatile void *var, unsigned long size, unsigned long value);
unsigned long host_percpu_xchg(volatile void *var, unsigned long size, unsigned long value);
unsigned long host_percpu_cmpxchg(volatile void *var, unsigned long size, unsigned long old,
				  unsigned long value);
unsigned long host_percpu_this_offset(void);
unsigned long host_percpu_offset(unsigned int cpu);
void host_percpu_set_offset(unsigned int cpu, unsigned long offset);
void host_percpu_use(unsigned int cpu);

/* Interrupt flag: arch/host/irq.c. Non-zero is on. */
unsigned long host_irq_flag(void);
unsigned long host_irq_save(void);
void host_irq_disable(void);
void host_irq_enable(void);

/* Waiting: arch/host/step.c */
void host_relax(void);
void host_idle(void);
void host_halt(void) __attribute__((__noreturn__));

#endif
