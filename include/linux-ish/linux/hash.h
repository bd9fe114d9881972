/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Multiplicative hashing: the high bits of a product with a number near 2^n over the golden ratio.
 */
#ifndef _LINUX_HASH_H
#define _LINUX_HASH_H

#include <linux/types.h>

#define GOLDEN_RATIO_32	0x61C88647U
#define GOLDEN_RATIO_64	0x61C8864680B583EBULL
#define GOLDEN_RATIO_PRIME GOLDEN_RATIO_64

/**
 * hash_32, hash_64, hash_long, hash_ptr - @bits (1 or more) bits that depend on all of the key.
 * Context: any.
 */
static inline u32 hash_32(u32 key, unsigned int bits)
{
	return (key * GOLDEN_RATIO_32) >> (32 - bits);
}

static inline u32 hash_64(u64 key, unsigned int bits)
{
	return (u32)((key * GOLDEN_RATIO_64) >> (64 - bits));
}

#define hash_long(key, bits)	hash_64(key, bits)

static inline u32 hash_ptr(const void *ptr, unsigned int bits)
{
	return hash_long((unsigned long)ptr, bits);
}

/** hash32_ptr - 32 bits of a pointer, folded */
static inline u32 hash32_ptr(const void *ptr)
{
	unsigned long v = (unsigned long)ptr;

	return (u32)(v ^ (v >> 32));
}

#endif
