/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arithmetic that says when its result does not fit.
 */
#ifndef _LINUX_OVERFLOW_H
#define _LINUX_OVERFLOW_H

#include <linux/compiler.h>
#include <linux/limits.h>

/**
 * check_add_overflow, check_sub_overflow, check_mul_overflow - true if the result does not fit *@d
 */
#define check_add_overflow(a, b, d)	__builtin_add_overflow(a, b, d)
#define check_sub_overflow(a, b, d)	__builtin_sub_overflow(a, b, d)
#define check_mul_overflow(a, b, d)	__builtin_mul_overflow(a, b, d)

/** size_mul, size_add, size_sub - sizes that stick at SIZE_MAX, which no allocator grants */
static inline size_t __must_check size_mul(size_t a, size_t b)
{
	size_t bytes;

	return check_mul_overflow(a, b, &bytes) ? SIZE_MAX : bytes;
}

static inline size_t __must_check size_add(size_t a, size_t b)
{
	size_t bytes;

	return check_add_overflow(a, b, &bytes) ? SIZE_MAX : bytes;
}

static inline size_t __must_check size_sub(size_t a, size_t b)
{
	return a == SIZE_MAX || b == SIZE_MAX || b > a ? SIZE_MAX : a - b;
}

#define array_size(a, b)	size_mul(a, b)
#define array3_size(a, b, c)	size_mul(size_mul(a, b), c)
/** struct_size - bytes of *@p with @count elements in its last, flexible member */
#define struct_size(p, member, count) \
	size_add(sizeof(*(p)), size_mul(count, sizeof((p)->member[0])))
#define flex_array_size(p, member, count) size_mul(count, sizeof((p)->member[0]))

#endif
