/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Atomic integers, and compare-and-exchange on any word.
 *
 * What returns a value is a full memory barrier (but for the _relaxed, _acquire and _release forms,
 * which here are no weaker); what returns nothing orders nothing by contract.
 * Context: any. Follows Linux, Documentation/atomic_t.txt.
 */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <linux/compiler.h>
#include <asm/barrier.h>
#include <arch/atomic.h>

#define __bh_atomic(builtin, p, ...) ({					\
	arch_atomic_point(p);						\
	builtin((p), ##__VA_ARGS__, __ATOMIC_SEQ_CST);			\
})

#define xchg(p, v)		__bh_atomic(__atomic_exchange_n, p, v)

#define cmpxchg(p, old, new) ({						\
	typeof(*(p)) __cmpxchg_found = (old);				\
	arch_atomic_point(p);						\
	(void)__atomic_compare_exchange_n((p), &__cmpxchg_found, (new), false, \
					  __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	__cmpxchg_found;						\
})

#define try_cmpxchg(p, oldp, new) ({					\
	arch_atomic_point(p);						\
	__atomic_compare_exchange_n((p), (oldp), (new), false,		\
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
})

#define xchg_relaxed(p, v)		xchg(p, v)
#define xchg_acquire(p, v)		xchg(p, v)
#define xchg_release(p, v)		xchg(p, v)
#define cmpxchg_relaxed(p, o, n)	cmpxchg(p, o, n)
#define cmpxchg_acquire(p, o, n)	cmpxchg(p, o, n)
#define cmpxchg_release(p, o, n)	cmpxchg(p, o, n)
#define cmpxchg64(p, o, n)		cmpxchg(p, o, n)
#define try_cmpxchg_acquire(p, o, n)	try_cmpxchg(p, o, n)
#define try_cmpxchg_release(p, o, n)	try_cmpxchg(p, o, n)

/*
 * One set of functions for each width: name is the prefix of the functions, type that of the struct,
 * word that of the counter.
 */
#define __BH_ATOMIC_FAMILY(name, type, word)					\
static __always_inline word name##_read(const type *v) { return READ_ONCE(v->counter); } \
static __always_inline void name##_set(type *v, word i) { WRITE_ONCE(v->counter, i); } \
static __always_inline word name##_read_acquire(const type *v) { return smp_load_acquire(&v->counter); } \
static __always_inline void name##_set_release(type *v, word i) { smp_store_release(&v->counter, i); } \
static __always_inline void name##_add(word i, type *v) { __bh_atomic(__atomic_fetch_add, &v->counter, i); } \
static __always_inline void name##_sub(word i, type *v) { __bh_atomic(__atomic_fetch_sub, &v->counter, i); } \
static __always_inline void name##_or(word i, type *v) { __bh_atomic(__atomic_fetch_or, &v->counter, i); } \
static __always_inline void name##_and(word i, type *v) { __bh_atomic(__atomic_fetch_and, &v->counter, i); } \
static __always_inline void name##_xor(word i, type *v) { __bh_atomic(__atomic_fetch_xor, &v->counter, i); } \
static __always_inline void name##_andnot(word i, type *v) { name##_and(~i, v); } \
static __always_inline void name##_inc(type *v) { name##_add(1, v); }		\
static __always_inline void name##_dec(type *v) { name##_sub(1, v); }		\
static __always_inline word name##_add_return(word i, type *v) { return __bh_atomic(__atomic_add_fetch, &v->counter, i); } \
static __always_inline word name##_sub_return(word i, type *v) { return __bh_atomic(__atomic_sub_fetch, &v->counter, i); } \
static __always_inline word name##_inc_return(type *v) { return name##_add_return(1, v); } \
static __always_inline word name##_dec_return(type *v) { return name##_sub_return(1, v); } \
static __always_inline word name##_fetch_add(word i, type *v) { return __bh_atomic(__atomic_fetch_add, &v->counter, i); } \
static __always_inline word name##_fetch_sub(word i, type *v) { return __bh_atomic(__atomic_fetch_sub, &v->counter, i); } \
static __always_inline word name##_fetch_or(word i, type *v) { return __bh_atomic(__atomic_fetch_or, &v->counter, i); } \
static __always_inline word name##_fetch_and(word i, type *v) { return __bh_atomic(__atomic_fetch_and, &v->counter, i); } \
static __always_inline word name##_fetch_xor(word i, type *v) { return __bh_atomic(__atomic_fetch_xor, &v->counter, i); } \
static __always_inline word name##_fetch_andnot(word i, type *v) { return name##_fetch_and(~i, v); } \
static __always_inline word name##_fetch_inc(type *v) { return name##_fetch_add(1, v); } \
static __always_inline word name##_fetch_dec(type *v) { return name##_fetch_sub(1, v); } \
static __always_inline bool name##_sub_and_test(word i, type *v) { return name##_sub_return(i, v) == 0; } \
static __always_inline bool name##_inc_and_test(type *v) { return name##_add_return(1, v) == 0; } \
static __always_inline bool name##_dec_and_test(type *v) { return name##_sub_return(1, v) == 0; } \
static __always_inline bool name##_add_negative(word i, type *v) { return name##_add_return(i, v) < 0; } \
static __always_inline word name##_xchg(type *v, word n) { return xchg(&v->counter, n); } \
static __always_inline word name##_cmpxchg(type *v, word o, word n) { return cmpxchg(&v->counter, o, n); } \
static __always_inline word name##_cmpxchg_relaxed(type *v, word o, word n) { return cmpxchg(&v->counter, o, n); } \
static __always_inline bool name##_try_cmpxchg(type *v, word *o, word n) { return try_cmpxchg(&v->counter, o, n); } \
static __always_inline word name##_fetch_add_unless(type *v, word a, word u)	\
{										\
	word c = name##_read(v);						\
										\
	while (c != u && !name##_try_cmpxchg(v, &c, c + a))			\
		;								\
	return c;								\
}										\
static __always_inline bool name##_add_unless(type *v, word a, word u) { return name##_fetch_add_unless(v, a, u) != u; } \
static __always_inline bool name##_inc_not_zero(type *v) { return name##_add_unless(v, 1, 0); } \
static __always_inline bool name##_inc_unless_negative(type *v)			\
{										\
	word c = name##_read(v);						\
										\
	while (c >= 0)								\
		if (name##_try_cmpxchg(v, &c, c + 1))				\
			return true;						\
	return false;								\
}										\
static __always_inline word name##_dec_if_positive(type *v)			\
{										\
	word c = name##_read(v);						\
										\
	while (c > 0 && !name##_try_cmpxchg(v, &c, c - 1))			\
		;								\
	return c - 1;								\
}

__BH_ATOMIC_FAMILY(atomic, atomic_t, int)
__BH_ATOMIC_FAMILY(atomic64, atomic64_t, s64)
__BH_ATOMIC_FAMILY(atomic_long, atomic_long_t, long)

#endif
