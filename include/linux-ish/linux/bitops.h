/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bit operations on arrays of unsigned long. Those without a leading __ are atomic; test_and_*() are
 * full barriers, set_bit() and clear_bit() order nothing by contract, clear_bit_unlock() is a release.
 * Context: any.
 */
#ifndef _LINUX_BITOPS_H
#define _LINUX_BITOPS_H

#include <linux/atomic.h>
#include <linux/bits.h>

static __always_inline unsigned long *__bit_word(unsigned long nr, const volatile unsigned long *addr)
{
	return (unsigned long *)addr + BIT_WORD(nr);
}

/**
 * set_bit, clear_bit, change_bit - set, clear or flip bit @nr, atomically; no order.
 *
 * Context: any.
 */
static __always_inline void set_bit(unsigned long nr, volatile unsigned long *addr)
{
	__bh_atomic(__atomic_fetch_or, __bit_word(nr, addr), BIT_MASK(nr));
}

static __always_inline void clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	__bh_atomic(__atomic_fetch_and, __bit_word(nr, addr), ~BIT_MASK(nr));
}

static __always_inline void change_bit(unsigned long nr, volatile unsigned long *addr)
{
	__bh_atomic(__atomic_fetch_xor, __bit_word(nr, addr), BIT_MASK(nr));
}

/** test_bit - whether bit @nr is set, by one load; no order. Context: any. */
static __always_inline bool test_bit(unsigned long nr, const volatile unsigned long *addr)
{
	return (READ_ONCE(*__bit_word(nr, addr)) & BIT_MASK(nr)) != 0;
}

/**
 * test_and_set_bit, test_and_clear_bit, test_and_change_bit - set, clear or flip it, atomically
 *
 * Context: any. Full barrier, whatever the answer. Return: whether it was set before.
 */
static __always_inline bool test_and_set_bit(unsigned long nr, volatile unsigned long *addr)
{
	return (__bh_atomic(__atomic_fetch_or, __bit_word(nr, addr), BIT_MASK(nr)) & BIT_MASK(nr)) != 0;
}

static __always_inline bool test_and_clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	return (__bh_atomic(__atomic_fetch_and, __bit_word(nr, addr), ~BIT_MASK(nr)) & BIT_MASK(nr)) != 0;
}

static __always_inline bool test_and_change_bit(unsigned long nr, volatile unsigned long *addr)
{
	return (__bh_atomic(__atomic_fetch_xor, __bit_word(nr, addr), BIT_MASK(nr)) & BIT_MASK(nr)) != 0;
}

#define test_and_set_bit_lock(nr, addr)	test_and_set_bit(nr, addr)

/** clear_bit_unlock - release: what is before it is seen by who sets the bit next. Context: any. */
static __always_inline void clear_bit_unlock(unsigned long nr, volatile unsigned long *addr)
{
	clear_bit(nr, addr);
}

static __always_inline void __set_bit(unsigned long nr, volatile unsigned long *addr)
{
	*__bit_word(nr, addr) |= BIT_MASK(nr);
}

static __always_inline void __clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	*__bit_word(nr, addr) &= ~BIT_MASK(nr);
}

static __always_inline bool __test_and_set_bit(unsigned long nr, volatile unsigned long *addr)
{
	bool was = test_bit(nr, addr);

	__set_bit(nr, addr);
	return was;
}

static __always_inline bool __test_and_clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	bool was = test_bit(nr, addr);

	__clear_bit(nr, addr);
	return was;
}

#define assign_bit(nr, addr, value)	((value) ? set_bit(nr, addr) : clear_bit(nr, addr))
#define __assign_bit(nr, addr, value)	((value) ? __set_bit(nr, addr) : __clear_bit(nr, addr))

/** __ffs - number of the lowest set bit; undefined for 0 */
static __always_inline unsigned long __ffs(unsigned long word) { return (unsigned long)__builtin_ctzl(word); }
/** __fls - number of the highest set bit; undefined for 0 */
static __always_inline unsigned long __fls(unsigned long word) { return 63UL - (unsigned long)__builtin_clzl(word); }
static __always_inline unsigned long ffz(unsigned long word) { return __ffs(~word); }
/** ffs, fls, fls64 - counted from 1; 0 for 0 */
static __always_inline int ffs(int word) { return __builtin_ffs(word); }
static __always_inline int fls(unsigned int word) { return word ? 32 - __builtin_clz(word) : 0; }
static __always_inline int fls64(u64 word) { return word ? 64 - __builtin_clzll(word) : 0; }
static __always_inline int fls_long(unsigned long word) { return fls64(word); }

/* Population count without the library call that a baseline x86-64 compiler would make of the builtin. */
static __always_inline unsigned int hweight64(u64 word)
{
	word -= (word >> 1) & 0x5555555555555555ULL;
	word = (word & 0x3333333333333333ULL) + ((word >> 2) & 0x3333333333333333ULL);
	word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fULL;
	return (unsigned int)((word * 0x0101010101010101ULL) >> 56);
}
#define hweight_long(word)	hweight64(word)
#define hweight32(word)		hweight64((u32)(word))
#define hweight16(word)		hweight64((u16)(word))
#define hweight8(word)		hweight64((u8)(word))

#endif
