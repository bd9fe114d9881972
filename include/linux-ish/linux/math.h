/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MATH_H
#define _LINUX_MATH_H

#include <linux/types.h>

/** round_up, round_down - to a multiple of @y, a power of two */
#define round_up(x, y)		((((x) - 1) | ((typeof(x))(y) - 1)) + 1)
#define round_down(x, y)	((x) & ~((typeof(x))(y) - 1))

/**
 * DIV_ROUND_UP, DIV_ROUND_DOWN_ULL, DIV_ROUND_CLOSEST - quotients, rounded as they say; not
 * negative
 */
#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#define DIV_ROUND_UP_ULL(n, d)	DIV_ROUND_UP((unsigned long long)(n), (unsigned long long)(d))
#define DIV_ROUND_DOWN_ULL(n, d) ((unsigned long long)(n) / (d))
#define DIV_ROUND_CLOSEST(n, d) ({					\
	typeof(n) __dividend = (n);					\
	typeof(d) __divisor = (d);					\
	(__dividend > 0 || !__dividend) == (__divisor > 0) ?		\
		(__dividend + __divisor / 2) / __divisor :		\
		(__dividend - __divisor / 2) / __divisor;		\
})

/** roundup, rounddown - to a multiple of any @y */
#define roundup(x, y) ({						\
	typeof(y) __multiple = (y);					\
	(((x) + (__multiple - 1)) / __multiple) * __multiple;		\
})
#define rounddown(x, y) ({						\
	typeof(x) __value = (x);					\
	__value - (__value % (y));					\
})

/** abs - absolute value, of the argument's type; the smallest number has none */
#define abs(x) ({							\
	typeof(x) __value = (x);					\
	__value < 0 ? -__value : __value;				\
})
/** abs_diff - distance of two values, also unsigned ones */
#define abs_diff(a, b) ({						\
	typeof(a) __a = (a);						\
	typeof(b) __b = (b);						\
	__a > __b ? __a - __b : __b - __a;				\
})

/** int_sqrt - the largest integer whose square is not above @x. Context: any. */
unsigned long int_sqrt(unsigned long x);
/** gcd, lcm - greatest common divisor, least common multiple; lcm with 0 is 0. Context: any. */
unsigned long gcd(unsigned long a, unsigned long b);
unsigned long lcm(unsigned long a, unsigned long b);

#endif
