/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sets of small numbers, as arrays of words: whole-set operations. Single bits: <linux/bitops.h>.
 *
 * What
 *	Sizes are in bits. Bits behind the last one of a set are neither read nor, but by
 *	bitmap_zero(), bitmap_fill() and bitmap_copy() (whole words), written.
 *
 * Contexts
 *	Any. None of it is atomic.
 *
 * Tests
 *	tests/boot/bitmap_test.c
 */
#ifndef _LINUX_BITMAP_H
#define _LINUX_BITMAP_H

#include <linux/align.h>
#include <linux/find.h>
#include <linux/string.h>

#define bitmap_size(nbits)	(ALIGN(nbits, BITS_PER_LONG) / BITS_PER_BYTE)

/* lib/bitmap.c: the same for any size. */
bool __bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int nbits);
void __bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits);
bool __bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		  unsigned int nbits);
void __bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		 unsigned int nbits);
void __bitmap_xor(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		  unsigned int nbits);
bool __bitmap_andnot(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		     unsigned int nbits);
bool __bitmap_intersects(const unsigned long *a, const unsigned long *b, unsigned int nbits);
bool __bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int nbits);
unsigned int __bitmap_weight(const unsigned long *src, unsigned int nbits);

/** bitmap_set, bitmap_clear - @nbits bits from @start on */
void bitmap_set(unsigned long *map, unsigned int start, unsigned int nbits);
void bitmap_clear(unsigned long *map, unsigned int start, unsigned int nbits);
/** bitmap_shift_right, bitmap_shift_left - bit numbers less, plus, @shift; zeros come in */
void bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift,
			unsigned int nbits);
void bitmap_shift_left(unsigned long *dst, const unsigned long *src, unsigned int shift,
		       unsigned int nbits);
/**
 * bitmap_find_next_zero_area - the first run of clear bits
 * @map: the set
 * @size: its bits
 * @start: where to begin
 * @nr: how many clear bits
 * @align_mask: one less than a power of two of which the run's begin shall be a multiple
 *
 * Return: the run's first bit, or more than @size - @nr when there is none.
 */
unsigned long bitmap_find_next_zero_area(unsigned long *map, unsigned long size,
					 unsigned long start, unsigned int nr,
					 unsigned long align_mask);
/**
 * bitmap_parselist - a set out of text as "0-3,8,10-20:2/5"
 * @buf: numbers and ranges, a comma or white space between; "10-20:2/5" is 2 of each 5; "all" is all, and N
 *	the last number
 * @map: the set, changed even on error
 * @nbits: its size
 *
 * Return: 0; -EINVAL for bad text; -ERANGE for a number that is not below @nbits; -EOVERFLOW for one that
 * is not below 2^32.
 */
int bitmap_parselist(const char *buf, unsigned long *map, int nbits);

/**
 * bitmap_alloc, bitmap_zalloc - a set in new memory, or NULL; freed by bitmap_free(). Context: as
 * kmalloc().
 */
unsigned long *bitmap_alloc(unsigned int nbits, gfp_t gfp);
unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t gfp);
void bitmap_free(const unsigned long *map);

/** bitmap_zero, bitmap_fill, bitmap_copy - every bit off, on, or as in @src; whole words */
static __always_inline void bitmap_zero(unsigned long *dst, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		*dst = 0;
	else
		memset(dst, 0, bitmap_size(nbits));
}

static __always_inline void bitmap_fill(unsigned long *dst, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		*dst = ~0UL;
	else
		memset(dst, 0xff, bitmap_size(nbits));
}

static __always_inline void bitmap_copy(unsigned long *dst, const unsigned long *src,
					unsigned int nbits)
{
	if (small_const_nbits(nbits))
		*dst = *src;
	else
		memcpy(dst, src, bitmap_size(nbits));
}

/** bitmap_and, bitmap_andnot - intersection, difference. Return: whether it has a bit. */
static __always_inline bool bitmap_and(unsigned long *dst, const unsigned long *a,
				       const unsigned long *b, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return (*dst = *a & *b & BITMAP_LAST_WORD_MASK(nbits)) != 0;
	return __bitmap_and(dst, a, b, nbits);
}

static __always_inline bool bitmap_andnot(unsigned long *dst, const unsigned long *a,
					  const unsigned long *b, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return (*dst = *a & ~*b & BITMAP_LAST_WORD_MASK(nbits)) != 0;
	return __bitmap_andnot(dst, a, b, nbits);
}

/**
 * bitmap_or, bitmap_xor, bitmap_complement - union, difference of both sides, all that is not in
 * @src
 */
static __always_inline void bitmap_or(unsigned long *dst, const unsigned long *a,
				      const unsigned long *b, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		*dst = *a | *b;
	else
		__bitmap_or(dst, a, b, nbits);
}

static __always_inline void bitmap_xor(unsigned long *dst, const unsigned long *a,
				       const unsigned long *b, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		*dst = *a ^ *b;
	else
		__bitmap_xor(dst, a, b, nbits);
}

static __always_inline void bitmap_complement(unsigned long *dst, const unsigned long *src,
					      unsigned int nbits)
{
	if (small_const_nbits(nbits))
		*dst = ~*src;
	else
		__bitmap_complement(dst, src, nbits);
}

/** bitmap_equal, bitmap_intersects - whether two sets are the same; whether they share a bit */
static __always_inline bool bitmap_equal(const unsigned long *a, const unsigned long *b,
					 unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return !((*a ^ *b) & BITMAP_LAST_WORD_MASK(nbits));
	return __bitmap_equal(a, b, nbits);
}

static __always_inline bool bitmap_intersects(const unsigned long *a, const unsigned long *b,
					      unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return (*a & *b & BITMAP_LAST_WORD_MASK(nbits)) != 0;
	return __bitmap_intersects(a, b, nbits);
}

/** bitmap_subset - whether all of @a is in @b */
static __always_inline bool bitmap_subset(const unsigned long *a, const unsigned long *b,
					  unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return !(*a & ~*b & BITMAP_LAST_WORD_MASK(nbits));
	return __bitmap_subset(a, b, nbits);
}

/** bitmap_empty, bitmap_full - whether no bit is set; whether all are */
static __always_inline bool bitmap_empty(const unsigned long *src, unsigned int nbits)
{
	return find_first_bit(src, nbits) >= nbits;
}

static __always_inline bool bitmap_full(const unsigned long *src, unsigned int nbits)
{
	return find_first_zero_bit(src, nbits) >= nbits;
}

/** bitmap_weight - how many bits are set */
static __always_inline unsigned int bitmap_weight(const unsigned long *src, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return hweight_long(READ_ONCE(*src) & BITMAP_LAST_WORD_MASK(nbits));
	return __bitmap_weight(src, nbits);
}

#endif
