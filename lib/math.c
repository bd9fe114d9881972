// SPDX-License-Identifier: GPL-2.0-only
/*
 * Roots, divisors, and products of 128 bits.
 *
 * Contexts
 *	Any.
 *
 * Tests
 *	tests/boot/string_test.c
 */
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/limits.h>

/* A bit of the root at a time, from the top. */
unsigned long int_sqrt(unsigned long x)
{
	unsigned long root = 0;

	for (int shift = 31; shift >= 0; shift--) {
		unsigned long tried = root | 1UL << shift;

		if (tried * tried <= x)
			root = tried;
	}
	return root;
}

unsigned long gcd(unsigned long a, unsigned long b)
{
	while (b) {
		unsigned long rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

unsigned long lcm(unsigned long a, unsigned long b)
{
	return a && b ? a / gcd(a, b) * b : 0;
}

/* Long division, a bit at a time: a 128-bit division would be a call of the compiler's library. */
static u64 divide_128(u64 high, u64 low, u64 div)
{
	u64 quotient = 0;

	if (high >= div)
		return U64_MAX;
	for (int bit = 63; bit >= 0; bit--) {
		bool carry = high >> 63;

		high = high << 1 | (low >> bit & 1);
		if (carry || high >= div) {
			high -= div;
			quotient |= 1ULL << bit;
		}
	}
	return quotient;
}

u64 mul_u64_u64_div_u64(u64 a, u64 mul, u64 div)
{
	unsigned __int128 product = (unsigned __int128)a * mul;
	u64 high = (u64)(product >> 64);

	return high ? divide_128(high, (u64)product, div) : (u64)product / div;
}
