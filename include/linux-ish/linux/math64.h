/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 64-bit division, by the names which 32-bit machines need and code therefore uses.
 */
#ifndef _LINUX_MATH64_H
#define _LINUX_MATH64_H

#include <linux/types.h>
#include <linux/math.h>

/** div_u64, div_s64, div64_u64, div64_s64 - quotients. Context: any. The divisor is not 0. */
static inline u64 div_u64(u64 dividend, u32 divisor) { return dividend / divisor; }
static inline s64 div_s64(s64 dividend, s32 divisor) { return dividend / divisor; }
static inline u64 div64_u64(u64 dividend, u64 divisor) { return dividend / divisor; }
static inline s64 div64_s64(s64 dividend, s64 divisor) { return dividend / divisor; }
#define div64_long(n, d)	div64_s64((n), (d))
#define div64_ul(n, d)		div64_u64((n), (d))

/** div_u64_rem, div64_u64_rem, div_s64_rem - quotient, and the remainder into *@remainder */
static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	*remainder = (u32)(dividend % divisor);
	return dividend / divisor;
}

static inline s64 div_s64_rem(s64 dividend, s32 divisor, s32 *remainder)
{
	*remainder = (s32)(dividend % divisor);
	return dividend / divisor;
}

static inline u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

/** do_div - divide the u64 lvalue @n in place by a 32-bit number. Return: the remainder. */
#define do_div(n, base) ({						\
	u32 __base = (base);						\
	u32 __remainder = (u32)((u64)(n) % __base);			\
	(n) = (u64)(n) / __base;					\
	__remainder;							\
})

#define DIV64_U64_ROUND_UP(n, d) ({					\
	u64 __divisor = (d);						\
	div64_u64((n) + __divisor - 1, __divisor);			\
})

/** mul_u32_u32 - a product that cannot overflow */
static inline u64 mul_u32_u32(u32 a, u32 b) { return (u64)a * b; }

/** mul_u64_u32_shr, mul_u64_u64_shr - a product of more than 64 bits, shifted right to fit */
static inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	return (u64)(((unsigned __int128)a * mul) >> shift);
}

static inline u64 mul_u64_u64_shr(u64 a, u64 mul, unsigned int shift)
{
	return (u64)(((unsigned __int128)a * mul) >> shift);
}

/**
 * mul_u64_u64_div_u64 - a * mul / div with a 128-bit product
 * @a: factor
 * @mul: factor
 * @div: divisor, not 0
 *
 * Context: any. Slow (a bit at a time when the product does not fit 64 bits).
 * Return: the quotient, or all ones when it does not fit.
 */
u64 mul_u64_u64_div_u64(u64 a, u64 mul, u64 div);

/** mul_u64_u32_div - as mul_u64_u64_div_u64() */
static inline u64 mul_u64_u32_div(u64 a, u32 mul, u32 div)
{
	return mul_u64_u64_div_u64(a, mul, div);
}

#endif
