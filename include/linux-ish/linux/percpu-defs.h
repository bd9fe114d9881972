/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Per-CPU variables: how they are defined and reached.
 *
 * this_cpu_*() operations are one step as far as interrupts and preemption of this CPU go, and need no
 * protection. this_cpu_ptr() and raw_cpu_*() need the caller to stay on its CPU (preemption off).
 */
#ifndef _LINUX_PERCPU_DEFS_H
#define _LINUX_PERCPU_DEFS_H

#include <arch/percpu.h>

#define DEFINE_PER_CPU(type, name)	__section(PER_CPU_SECTION) __percpu typeof(type) name
#define DECLARE_PER_CPU(type, name)	extern __section(PER_CPU_SECTION) __percpu typeof(type) name
#define DEFINE_PER_CPU_ALIGNED(type, name)	DEFINE_PER_CPU(type, name) ____cacheline_aligned
#define DECLARE_PER_CPU_ALIGNED(type, name)	DECLARE_PER_CPU(type, name) ____cacheline_aligned
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name)	DEFINE_PER_CPU_ALIGNED(type, name)
#define DECLARE_PER_CPU_SHARED_ALIGNED(type, name)	DECLARE_PER_CPU_ALIGNED(type, name)
#define DEFINE_PER_CPU_READ_MOSTLY(type, name)	DEFINE_PER_CPU(type, name)
#define DECLARE_PER_CPU_READ_MOSTLY(type, name)	DECLARE_PER_CPU(type, name)

/** per_cpu_ptr - @cpu's copy of what @ptr points to (static or from alloc_percpu()) */
#define per_cpu_ptr(ptr, cpu) \
	((typeof(*(ptr)) __force *)((unsigned long)(ptr) + arch_per_cpu_offset(cpu)))
/** per_cpu - @cpu's copy of @var, as an lvalue */
#define per_cpu(var, cpu)	(*per_cpu_ptr(&(var), cpu))
#define raw_cpu_ptr(ptr)	((typeof(*(ptr)) __force *)arch_raw_cpu_ptr(ptr))
/** this_cpu_ptr - this CPU's copy; the caller has preemption off */
#define this_cpu_ptr(ptr)	raw_cpu_ptr(ptr)

#define this_cpu_read(var)		arch_this_cpu_read(var)
#define this_cpu_read_stable(var)	arch_this_cpu_read_stable(var)
#define this_cpu_write(var, v)		arch_this_cpu_write(var, v)
#define this_cpu_add(var, v)		arch_this_cpu_add(var, v)
#define this_cpu_sub(var, v)		arch_this_cpu_add(var, -(typeof(var))(v))
#define this_cpu_inc(var)		arch_this_cpu_add(var, 1)
#define this_cpu_dec(var)		arch_this_cpu_add(var, -1)
#define this_cpu_or(var, v)		arch_this_cpu_or(var, v)
#define this_cpu_and(var, v)		arch_this_cpu_and(var, v)
#define this_cpu_add_return(var, v)	arch_this_cpu_add_return(var, v)
#define this_cpu_sub_return(var, v)	arch_this_cpu_add_return(var, -(typeof(var))(v))
#define this_cpu_inc_return(var)	arch_this_cpu_add_return(var, 1)
#define this_cpu_dec_return(var)	arch_this_cpu_add_return(var, -1)
/** this_cpu_test - whether this CPU's @var has one of the bits of @mask, a constant. Context: any. */
#define this_cpu_test(var, mask)	arch_this_cpu_test(var, mask)
#define this_cpu_xchg(var, v)		arch_this_cpu_xchg(var, v)
#define this_cpu_cmpxchg(var, o, n)	arch_this_cpu_cmpxchg(var, o, n)

#define raw_cpu_read(var)	this_cpu_read(var)
#define raw_cpu_write(var, v)	this_cpu_write(var, v)
#define raw_cpu_add(var, v)	this_cpu_add(var, v)
#define raw_cpu_inc(var)	this_cpu_inc(var)
#define __this_cpu_read(var)	this_cpu_read(var)
#define __this_cpu_write(var, v) this_cpu_write(var, v)
#define __this_cpu_add(var, v)	this_cpu_add(var, v)
#define __this_cpu_sub(var, v)	this_cpu_sub(var, v)
#define __this_cpu_inc(var)	this_cpu_inc(var)
#define __this_cpu_dec(var)	this_cpu_dec(var)
#define __this_cpu_or(var, v)	this_cpu_or(var, v)

#endif
