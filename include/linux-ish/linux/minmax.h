/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The smaller and the larger of values, each argument evaluated once.
 *
 * What
 *	min(), max() and clamp() take values of one signedness (a constant that fits either is
 *	welcome); min_t() and its kin convert first. MIN() and MAX() are for constant expressions
 *	only, such as the size of an array.
 */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

#include <linux/compiler.h>

#define __is_signed(x)		((typeof(x))-1 < (typeof(x))1)
/* Signedness as arithmetic sees it: what is narrower than int becomes int. */
#define __is_signed_promoted(x)	__is_signed((x) + 0)
#define __is_small_constant(x) \
	(__builtin_choose_expr(__builtin_constant_p(x), (x), -1) >= 0)
#define __comparable(a, b) \
	(__is_signed_promoted(a) == __is_signed_promoted(b) ||		\
	 __is_small_constant(a) || __is_small_constant(b))

#define __pick(op, a, b, ua, ub) ({					\
	typeof(a) ua = (a);						\
	typeof(b) ub = (b);						\
	_Static_assert(__comparable(a, b),				\
		       "min/max of a signed and an unsigned value: use min_t/max_t"); \
	ua op ub ? ua : ub;						\
})
#define min(a, b)		__pick(<, a, b, __UNIQUE_ID(first), __UNIQUE_ID(second))
#define max(a, b)		__pick(>, a, b, __UNIQUE_ID(first), __UNIQUE_ID(second))

#define __pick_t(op, type, a, b, ua, ub) ({				\
	type ua = (a);							\
	type ub = (b);							\
	ua op ub ? ua : ub;						\
})
#define min_t(type, a, b)	__pick_t(<, type, a, b, __UNIQUE_ID(first), __UNIQUE_ID(second))
#define max_t(type, a, b)	__pick_t(>, type, a, b, __UNIQUE_ID(first), __UNIQUE_ID(second))
#define umin(a, b)		min_t(unsigned long long, a, b)
#define umax(a, b)		max_t(unsigned long long, a, b)
#define min3(a, b, c)		min((typeof(a))min(a, b), c)
#define max3(a, b, c)		max((typeof(a))max(a, b), c)

#define __pick_not_zero(a, b, ua, ub) ({				\
	typeof(a) ua = (a);						\
	typeof(b) ub = (b);						\
	ua == 0 ? ub : ub == 0 ? ua : min(ua, ub);			\
})
/** min_not_zero - the smaller of two values that are not 0; 0 only if both are */
#define min_not_zero(a, b)	__pick_not_zero(a, b, __UNIQUE_ID(first), __UNIQUE_ID(second))

/** clamp - @x, but not below @low and not above @high */
#define clamp(x, low, high)	min((typeof(x))max(x, low), high)
#define clamp_t(type, x, low, high) min_t(type, max_t(type, x, low), high)
#define clamp_val(x, low, high)	clamp_t(typeof(x), x, low, high)

#define MIN(a, b)		((a) < (b) ? (a) : (b))
#define MAX(a, b)		((a) > (b) ? (a) : (b))

/** in_range - whether @x is in [@start, @start + @len), without overflow; unsigned */
#define in_range(x, start, len)	((u64)(x) - (u64)(start) < (u64)(len))

/** swap - exchange the values of two lvalues of one type */
#define swap(a, b) do {							\
	typeof(a) __swapped = (a);					\
	(a) = (b);							\
	(b) = __swapped;						\
} while (0)

#endif
