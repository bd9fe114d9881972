// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sets of small numbers, of any size: the operations of <linux/bitmap.h> that are not one word.
 *
 * What
 *	Whole words first, then, where the answer depends on it, the last word under its mask.
 *
 * Contexts
 *	Any. The caller serialises.
 *
 * Tests
 *	tests/boot/bitmap_test.c
 */
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/limits.h>

/* ---------------------------------------------------------------- set against set */

/* Whether word(i) is 0 for all words, of the last one only the bits below nbits. */
#define ALL_ZERO(nbits, word) ({					\
	unsigned int __last = (nbits) / BITS_PER_LONG;			\
	unsigned long __found = 0;					\
	unsigned int i;							\
	for (i = 0; i < __last && !__found; i++)			\
		__found = (word);					\
	if (!__found && (nbits) % BITS_PER_LONG)			\
		__found = (word) & BITMAP_LAST_WORD_MASK(nbits);	\
	!__found;							\
})

bool __bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	return ALL_ZERO(nbits, a[i] ^ b[i]);
}

bool __bitmap_intersects(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	return !ALL_ZERO(nbits, a[i] & b[i]);
}

bool __bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	return ALL_ZERO(nbits, a[i] & ~b[i]);
}

void __bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		dst[i] = ~src[i];
}

void __bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		 unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		dst[i] = a[i] | b[i];
}

void __bitmap_xor(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		  unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		dst[i] = a[i] ^ b[i];
}

bool __bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		  unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		dst[i] = a[i] & b[i];
	return !ALL_ZERO(nbits, dst[i]);
}

bool __bitmap_andnot(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		     unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		dst[i] = a[i] & ~b[i];
	return !ALL_ZERO(nbits, dst[i]);
}

unsigned int __bitmap_weight(const unsigned long *src, unsigned int nbits)
{
	unsigned int weight = 0, i;

	for (i = 0; i < nbits / BITS_PER_LONG; i++)
		weight += hweight_long(src[i]);
	if (nbits % BITS_PER_LONG)
		weight += hweight_long(src[i] & BITMAP_LAST_WORD_MASK(nbits));
	return weight;
}

/* ---------------------------------------------------------------- runs and shifts */

/* The bits of word @i that belong to the run of @nbits from @start on. */
static unsigned long run_mask(unsigned int i, unsigned int start, unsigned int nbits)
{
	unsigned long mask = ~0UL;

	if (i == BIT_WORD(start))
		mask &= BITMAP_FIRST_WORD_MASK(start);
	if (i == BIT_WORD(start + nbits - 1))
		mask &= BITMAP_LAST_WORD_MASK(start + nbits);
	return mask;
}

void bitmap_set(unsigned long *map, unsigned int start, unsigned int nbits)
{
	if (!nbits)
		return;
	for (unsigned int i = BIT_WORD(start); i <= BIT_WORD(start + nbits - 1); i++)
		map[i] |= run_mask(i, start, nbits);
}

void bitmap_clear(unsigned long *map, unsigned int start, unsigned int nbits)
{
	if (!nbits)
		return;
	for (unsigned int i = BIT_WORD(start); i <= BIT_WORD(start + nbits - 1); i++)
		map[i] &= ~run_mask(i, start, nbits);
}

/* Word @i of a set, 0 outside of it, bits behind the last one as 0. */
static unsigned long word_at(const unsigned long *src, long i, unsigned int nbits)
{
	long last = BITS_TO_LONGS(nbits) - 1;

	if (i < 0 || i > last)
		return 0;
	return i == last ? src[i] & BITMAP_LAST_WORD_MASK(nbits) : src[i];
}

void bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift,
			unsigned int nbits)
{
	unsigned int words = shift / BITS_PER_LONG, bits = shift % BITS_PER_LONG;

	for (long i = 0; i < (long)BITS_TO_LONGS(nbits); i++) {
		unsigned long high = word_at(src, i + words + 1, nbits);

		dst[i] = word_at(src, i + words, nbits) >> bits;
		if (bits)
			dst[i] |= high << (BITS_PER_LONG - bits);
	}
}

void bitmap_shift_left(unsigned long *dst, const unsigned long *src, unsigned int shift,
		       unsigned int nbits)
{
	unsigned int words = shift / BITS_PER_LONG, bits = shift % BITS_PER_LONG;

	for (long i = BITS_TO_LONGS(nbits); i-- > 0;) {
		unsigned long low = word_at(src, i - words - 1, nbits);

		dst[i] = word_at(src, i - words, nbits) << bits;
		if (bits)
			dst[i] |= low >> (BITS_PER_LONG - bits);
	}
}

unsigned long bitmap_find_next_zero_area(unsigned long *map, unsigned long size,
					 unsigned long start, unsigned int nr,
					 unsigned long align_mask)
{
	for (;;) {
		unsigned long taken;

		start = find_next_zero_bit(map, size, start);
		start = (start + align_mask) & ~align_mask;
		if (start + nr > size)
			return start + nr;
		taken = find_next_bit(map, start + nr, start);
		if (taken >= start + nr)
			return start;
		start = taken + 1;
	}
}

/* ---------------------------------------------------------------- from text */

/* A range "first-last:used/group" of a list. */
struct bit_range {
	unsigned int first, last, used, group;
};

/* A number, or N for the last bit. Returns where it ends, or ERR_PTR(). */
static const char *take_number(const char *s, unsigned int last_bit, unsigned int *value)
{
	u64 number = 0;

	if (*s == 'N') {
		*value = last_bit;
		return s + 1;
	}
	if (!isdigit(*s))
		return ERR_PTR(-EINVAL);
	for (; isdigit(*s); s++)
		number = min(number * 10 + (u64)(*s - '0'), (u64)UINT_MAX + 1);
	*value = (unsigned int)number;
	return number > UINT_MAX ? ERR_PTR(-EOVERFLOW) : s;
}

static const char *take_first_and_last(const char *s, unsigned int last_bit, struct bit_range *range)
{
	if (!strncasecmp(s, "all", 3)) {
		range->first = 0;
		range->last = last_bit;
		return s + 3;
	}
	s = take_number(s, last_bit, &range->first);
	range->last = range->first;
	return !IS_ERR(s) && *s == '-' ? take_number(s + 1, last_bit, &range->last) : s;
}

/* What is behind the colon: how many are used of each group. */
static const char *take_group(const char *s, unsigned int last_bit, struct bit_range *range)
{
	s = take_number(s, last_bit, &range->used);
	if (IS_ERR(s))
		return s;
	return *s == '/' ? take_number(s + 1, last_bit, &range->group) : ERR_PTR(-EINVAL);
}

/* One range, up to a separator; ERR_PTR() for bad text. */
static const char *take_range(const char *s, unsigned int last_bit, struct bit_range *range)
{
	range->used = range->group = 1;
	s = take_first_and_last(s, last_bit, range);
	if (!IS_ERR(s) && *s == ':')
		s = take_group(s + 1, last_bit, range);
	if (IS_ERR(s))
		return s;
	if (range->last < range->first || !range->group || range->used > range->group)
		return ERR_PTR(-EINVAL);
	return s;
}

static bool is_separator(char c)
{
	return c == ',' || isspace(c);
}

int bitmap_parselist(const char *buf, unsigned long *map, int nbits)
{
	bitmap_zero(map, nbits);
	for (;;) {
		struct bit_range range;

		while (is_separator(*buf))
			buf++;
		if (!*buf)
			return 0;
		buf = take_range(buf, (unsigned int)nbits - 1, &range);
		if (IS_ERR(buf))
			return (int)PTR_ERR(buf);
		if (*buf && !is_separator(*buf))
			return -EINVAL;
		if (range.last >= nbits)
			return -ERANGE;
		for (unsigned int bit = range.first; bit <= range.last; bit += range.group)
			bitmap_set(map, bit, min(range.used, range.last - bit + 1));
	}
}
