/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * x86 is TSO: only a store followed by a load of another word can be seen out of order, so all but the
 * full barrier are the compiler's business. A locked add on the stack is cheaper than mfence.
 */
#ifndef _ARCH_IMPL_BARRIER_H
#define _ARCH_IMPL_BARRIER_H

#include <arch/once.h>

#define arch_smp_mb()	__asm__ __volatile__("lock; addl $0,-4(%%rsp)" : : : "memory", "cc")
#define arch_smp_rmb()	__asm__ __volatile__("" : : : "memory")
#define arch_smp_wmb()	__asm__ __volatile__("" : : : "memory")

#define arch_store_release(p, v) do {					\
	__asm__ __volatile__("" : : : "memory");			\
	arch_write_once(*(p), v);					\
} while (0)

#define arch_load_acquire(p) ({						\
	typeof(*(p)) __value = arch_read_once(*(p));			\
	__asm__ __volatile__("" : : : "memory");			\
	__value;							\
})

#endif
