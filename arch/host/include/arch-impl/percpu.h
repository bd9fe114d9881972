/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Per-CPU access by function: a point of the machine, then the operation on this CPU's copy in one
 * step.
 */
#ifndef _ARCH_IMPL_PERCPU_H
#define _ARCH_IMPL_PERCPU_H

#include <arch/once.h>

#define arch_per_cpu_offset(cpu)		host_percpu_offset(cpu)
#define arch_set_per_cpu_offset(cpu, offset)	host_percpu_set_offset((cpu), (offset))

/* A per-CPU operation's operand, as the machine's word. */
#define __percpu_word(var, val) ({					\
	union { typeof(var) __once_value; unsigned long __once_word; } __once = { .__once_word = 0 }; \
	__once.__once_value = (typeof(var))(val);			\
	__once.__once_word;						\
})
/* The machine's word, as a value of the variable's type. */
#define __percpu_value(var, word) ({					\
	union { typeof(var) __once_value; unsigned long __once_word; } __once; \
	__once.__once_word = (word);					\
	__once.__once_value;						\
})
#define __percpu_op(op, var, val)	op(&(var), sizeof(var), __percpu_word(var, val))

#define arch_this_cpu_read(var)		__once_load(host_percpu_read, var)
#define arch_this_cpu_read_stable(var)	__once_load(host_percpu_read_stable, var)
#define arch_this_cpu_write(var, val)	__percpu_op(host_percpu_write, var, val)
#define arch_this_cpu_add(var, val)	((void)__percpu_op(host_percpu_add, var, val))
#define arch_this_cpu_or(var, val)	__percpu_op(host_percpu_or, var, val)
#define arch_this_cpu_and(var, val)	__percpu_op(host_percpu_and, var, val)
#define arch_this_cpu_add_return(var, val) \
	__percpu_value(var, __percpu_op(host_percpu_add, var, val))
#define arch_this_cpu_dec_zero(var)	(arch_this_cpu_add_return(var, -1) == 0)
#define arch_this_cpu_test(var, mask) \
	(((unsigned long)arch_this_cpu_read(var) & (unsigned long)(mask)) != 0)
#define arch_this_cpu_xchg(var, val) \
	__percpu_value(var, __percpu_op(host_percpu_xchg, var, val))
#define arch_this_cpu_cmpxchg(var, old, new) \
	__percpu_value(var, host_percpu_cmpxchg(&(var), sizeof(var), __percpu_word(var, old), \
						__percpu_word(var, new)))

#define arch_raw_cpu_ptr(ptr) \
	((typeof(ptr))((unsigned long)(ptr) + host_percpu_this_offset()))

#define arch_use_per_cpu_area(cpu)	host_percpu_use(cpu)

#endif
