/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_COMPILER_ATTRIBUTES_H
#define _LINUX_COMPILER_ATTRIBUTES_H

#define __always_inline		inline __attribute__((__always_inline__))
#define noinline		__attribute__((__noinline__))
/* Its parameters stay as they are, and in their registers. */
#if __has_attribute(__noclone__)
#define __noclone		__attribute__((__noclone__))
#else
#define __noclone
#endif
#define __cold			__attribute__((__cold__))
#define __pure			__attribute__((__pure__))
#define __attribute_const__	__attribute__((__const__))
#define __packed		__attribute__((__packed__))
#define __aligned(n)		__attribute__((__aligned__(n)))
#define __noreturn		__attribute__((__noreturn__))
#define __must_check		__attribute__((__warn_unused_result__))
#define __maybe_unused		__attribute__((__unused__))
#define __always_unused		__attribute__((__unused__))
#define __used			__attribute__((__used__))
#define __weak			__attribute__((__weak__))
#define __malloc		__attribute__((__malloc__))
#define __section(name)		__attribute__((__section__(name)))
#define __printf(fmt, first)	__attribute__((__format__(printf, fmt, first)))
#define __cleanup(fn)		__attribute__((__cleanup__(fn)))
#define __alias(sym)		__attribute__((__alias__(#sym)))
/* The attributes of another function, for its alias. clang neither has nor needs it. */
#if __has_attribute(__copy__)
#define __copy(sym)		__attribute__((__copy__(sym)))
#else
#define __copy(sym)
#endif
#define __deprecated
#define fallthrough		__attribute__((__fallthrough__))

#define SMP_CACHE_BYTES		64
#define L1_CACHE_BYTES		64
#define ____cacheline_aligned	__aligned(SMP_CACHE_BYTES)
#define __cacheline_aligned	__aligned(SMP_CACHE_BYTES)
#define ____cacheline_aligned_in_smp __aligned(SMP_CACHE_BYTES)
#define __read_mostly

/* Address-space marks: for the reader, and for sparse. */
#ifdef __CHECKER__
#define __percpu	__attribute__((noderef, address_space(__percpu)))
#define __iomem		__attribute__((noderef, address_space(__iomem)))
#define __user		__attribute__((noderef, address_space(__user)))
#define __rcu
#define __force		__attribute__((force))
#define __must_hold(x)	__attribute__((context(x, 1, 1)))
#define __acquires(x)	__attribute__((context(x, 0, 1)))
#define __releases(x)	__attribute__((context(x, 1, 0)))
#define __acquire(x)	__context__(x, 1)
#define __release(x)	__context__(x, -1)
#else
#define __percpu
#define __iomem
#define __user
#define __rcu
#define __force
#define __must_hold(x)
#define __acquires(x)
#define __releases(x)
#define __acquire(x)	(void)0
#define __release(x)	(void)0
#endif

#endif
