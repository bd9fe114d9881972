/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: per-CPU variables.
 *
 * A per-CPU variable is linked once, in section PER_CPU_SECTION, between __per_cpu_start and
 * __per_cpu_end: the template. A CPU's copy lies at the variable's address plus arch_per_cpu_offset(cpu).
 *
 *	arch_this_cpu_read(var), arch_this_cpu_write(var, v)
 *	arch_this_cpu_add(var, v), arch_this_cpu_or(var, v), arch_this_cpu_and(var, v)
 *	arch_this_cpu_add_return(var, v)	the new value
 *	arch_this_cpu_dec_zero(var)		decrement; true if it is zero now
 *	arch_this_cpu_test(var, mask)		true if it has one of the bits of the mask, a constant
 *	arch_this_cpu_xchg(var, v)		the old value
 *	arch_this_cpu_cmpxchg(var, old, new)	the value found; stored if that was old
 *		each on this CPU's copy, in one step as far as interrupts and preemption go; not atomic
 *		against other CPUs. var is a per-CPU lvalue of 1, 2, 4 or 8 bytes.
 *	arch_this_cpu_read_stable(var)		a read that may be cached while the task runs (current)
 *	arch_raw_cpu_ptr(ptr)			this CPU's copy; the caller keeps itself on this CPU
 *	unsigned long arch_per_cpu_offset(unsigned int cpu)
 *	void arch_set_per_cpu_offset(unsigned int cpu, unsigned long offset)	at boot, once a CPU
 *	void arch_use_per_cpu_area(unsigned int cpu)	from now on this CPU uses cpu's copy; at boot, once
 *
 * Before the copies exist the boot CPU works on the template itself.
 */
#ifndef _ARCH_PERCPU_H
#define _ARCH_PERCPU_H
#define PER_CPU_SECTION ".data..percpu"
#include <linux/compiler.h>
extern char __per_cpu_start[], __per_cpu_end[];
#include <arch-impl/percpu.h>
#endif
