// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bits in long arrays of words: where is the next one?
 *
 * Contexts
 *	Any. Each word is read once, so an answer is a bit that was there.
 *
 * Limits
 *	A pass over the words.
 *
 * Tests
 *	tests/boot/bitmap_test.c
 */
#include <linux/find.h>
#include <linux/math.h>

unsigned long find_bit_from(const unsigned long *a, const unsigned long *b, unsigned long invert,
			    unsigned long size, unsigned long start)
{
	unsigned long mask = BITMAP_FIRST_WORD_MASK(start);

	if (start >= size)
		return size;
	for (unsigned long base = round_down(start, BITS_PER_LONG); base < size;
	     base += BITS_PER_LONG) {
		unsigned long word = READ_ONCE(a[BIT_WORD(base)]);

		if (b)
			word &= READ_ONCE(b[BIT_WORD(base)]);
		word = (word ^ invert) & mask;
		if (word)
			return min(base + __ffs(word), size);
		mask = ~0UL;
	}
	return size;
}

unsigned long find_last_bit_long(const unsigned long *addr, unsigned long size)
{
	unsigned long mask = BITMAP_LAST_WORD_MASK(size);

	for (unsigned long i = BITS_TO_LONGS(size); i-- > 0; mask = ~0UL) {
		unsigned long word = READ_ONCE(addr[i]) & mask;

		if (word)
			return i * BITS_PER_LONG + __fls(word);
	}
	return size;
}
