/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bits in arrays of words: where is the next one?
 *
 * What
 *	Each returns a bit number, or at least @size when there is none. Where @size is a constant
 *	that fits one word, it is a few instructions in line.
 *
 * Contexts
 *	Any. Words that others change meanwhile are read once each; the answer is then a hint.
 */
#ifndef _LINUX_FIND_H
#define _LINUX_FIND_H

#include <linux/bitops.h>
#include <linux/minmax.h>

#define BITMAP_FIRST_WORD_MASK(start)	(~0UL << ((start) & (BITS_PER_LONG - 1)))
#define BITMAP_LAST_WORD_MASK(nbits)	(~0UL >> (-(nbits) & (BITS_PER_LONG - 1)))
#define small_const_nbits(nbits) \
	(__builtin_constant_p(nbits) && (nbits) <= BITS_PER_LONG && (nbits) > 0)

/* lib/find_bit.c: bits of (a & b) ^ invert, where b may be NULL for all ones. */
unsigned long find_bit_from(const unsigned long *a, const unsigned long *b, unsigned long invert,
			    unsigned long size, unsigned long start);
unsigned long find_last_bit_long(const unsigned long *addr, unsigned long size);

static __always_inline unsigned long __first_in_word(unsigned long word, unsigned long size)
{
	return word ? __ffs(word) : size;
}

/** find_next_bit - the first set bit at @start or behind */
static __always_inline unsigned long find_next_bit(const unsigned long *addr, unsigned long size,
						   unsigned long start)
{
	if (small_const_nbits(size)) {
		if (start >= size)
			return size;
		return __first_in_word(READ_ONCE(*addr) & BITMAP_LAST_WORD_MASK(size) &
				       BITMAP_FIRST_WORD_MASK(start), size);
	}
	return find_bit_from(addr, NULL, 0, size, start);
}

/** find_next_zero_bit - the first clear bit at @start or behind */
static __always_inline unsigned long find_next_zero_bit(const unsigned long *addr,
							unsigned long size, unsigned long start)
{
	if (small_const_nbits(size)) {
		if (start >= size)
			return size;
		return __first_in_word(~READ_ONCE(*addr) & BITMAP_LAST_WORD_MASK(size) &
				       BITMAP_FIRST_WORD_MASK(start), size);
	}
	return find_bit_from(addr, NULL, ~0UL, size, start);
}

/** find_next_and_bit - the first bit at @start or behind that is set in both */
static __always_inline unsigned long find_next_and_bit(const unsigned long *a,
						       const unsigned long *b, unsigned long size,
						       unsigned long start)
{
	if (small_const_nbits(size)) {
		if (start >= size)
			return size;
		return __first_in_word(READ_ONCE(*a) & READ_ONCE(*b) & BITMAP_LAST_WORD_MASK(size) &
				       BITMAP_FIRST_WORD_MASK(start), size);
	}
	return find_bit_from(a, b, 0, size, start);
}

#define find_first_bit(addr, size)	find_next_bit(addr, size, 0)
#define find_first_zero_bit(addr, size)	find_next_zero_bit(addr, size, 0)
#define find_first_and_bit(a, b, size)	find_next_and_bit(a, b, size, 0)

/** find_last_bit - the last set bit */
static __always_inline unsigned long find_last_bit(const unsigned long *addr, unsigned long size)
{
	if (small_const_nbits(size)) {
		unsigned long word = READ_ONCE(*addr) & BITMAP_LAST_WORD_MASK(size);

		return word ? __fls(word) : size;
	}
	return find_last_bit_long(addr, size);
}

#define for_each_set_bit(bit, addr, size) \
	for ((bit) = find_first_bit((addr), (size)); (bit) < (size);	\
	     (bit) = find_next_bit((addr), (size), (bit) + 1))
#define for_each_set_bit_from(bit, addr, size) \
	for ((bit) = find_next_bit((addr), (size), (bit)); (bit) < (size); \
	     (bit) = find_next_bit((addr), (size), (bit) + 1))
#define for_each_clear_bit(bit, addr, size) \
	for ((bit) = find_first_zero_bit((addr), (size)); (bit) < (size); \
	     (bit) = find_next_zero_bit((addr), (size), (bit) + 1))
#define for_each_and_bit(bit, a, b, size) \
	for ((bit) = find_first_and_bit((a), (b), (size)); (bit) < (size); \
	     (bit) = find_next_and_bit((a), (b), (size), (bit) + 1))

#endif
