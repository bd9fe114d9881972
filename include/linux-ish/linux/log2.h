/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_LOG2_H
#define _LINUX_LOG2_H

#include <linux/bitops.h>

/** ilog2 - number of the highest set bit; -1 for 0. A constant where @n is one. */
#define ilog2(n) ((int)((n) == 0 ? -1 : 63 - __builtin_clzll(n)))
/** const_ilog2 - ilog2() for initialisers and array sizes */
#define const_ilog2(n)	((n) < 2 ? 0 : 63 - __builtin_clzll(n))

/** is_power_of_2 - whether just one bit is set */
static __always_inline __attribute_const__ bool is_power_of_2(unsigned long n)
{
	return n != 0 && (n & (n - 1)) == 0;
}

/** roundup_pow_of_two - the smallest power of two not below @n; @n is not 0, and 2^63 at most */
static __always_inline __attribute_const__ unsigned long roundup_pow_of_two(unsigned long n)
{
	return n <= 1 ? 1UL : 1UL << (64 - __builtin_clzl(n - 1));
}

/** rounddown_pow_of_two - the largest power of two not above @n, which is not 0 */
static __always_inline __attribute_const__ unsigned long rounddown_pow_of_two(unsigned long n)
{
	return 1UL << (63 - __builtin_clzl(n));
}

/** order_base_2 - the smallest k with 2^k not below @n; 0 for 0 and 1 */
#define order_base_2(n)	((int)((n) <= 1 ? 0 : 64 - __builtin_clzll((unsigned long long)(n) - 1)))
/** bits_per - how many bits @n needs, at least 1 */
#define bits_per(n)	((n) < 2 ? 1 : 64 - __builtin_clzll(n))

#endif
