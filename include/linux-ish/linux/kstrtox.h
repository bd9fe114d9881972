/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers from strings, strictly: the whole string is the number.
 *
 * kstrto*() take an optional sign (+ everywhere, - for signed types), digits of @base, and at most
 * one newline at the end. Base 0 is told by the prefix: 0x is 16, 0 is 8, else 10; base 16 allows
 * the 0x.
 */
#ifndef _LINUX_KSTRTOX_H
#define _LINUX_KSTRTOX_H

#include <linux/types.h>
#include <linux/compiler_attributes.h>

/**
 * kstrtoull - a string as an unsigned number
 * @s: the string
 * @base: 0, or 2 to 16
 * @res: where the number goes, untouched on error
 *
 * Context: any.
 * Return: 0, -EINVAL if it is no number, -ERANGE if it does not fit.
 */
int __must_check kstrtoull(const char *s, unsigned int base, unsigned long long *res);
int __must_check kstrtoll(const char *s, unsigned int base, long long *res);
int __must_check kstrtoul(const char *s, unsigned int base, unsigned long *res);
int __must_check kstrtol(const char *s, unsigned int base, long *res);
int __must_check kstrtouint(const char *s, unsigned int base, unsigned int *res);
int __must_check kstrtoint(const char *s, unsigned int base, int *res);
int __must_check kstrtou16(const char *s, unsigned int base, u16 *res);
int __must_check kstrtos16(const char *s, unsigned int base, s16 *res);
int __must_check kstrtou8(const char *s, unsigned int base, u8 *res);
int __must_check kstrtos8(const char *s, unsigned int base, s8 *res);

/**
 * kstrtobool - y, Y, t, T, 1, on, yes-like: true; n, N, f, F, 0, off: false. Return: 0 or -EINVAL.
 */
int __must_check kstrtobool(const char *s, bool *res);

/** kstrtou64, kstrtos64, kstrtou32, kstrtos32 - by size. As kstrtoull(). */
static inline int __must_check kstrtou64(const char *s, unsigned int base, u64 *res)
{
	return kstrtoull(s, base, res);
}

static inline int __must_check kstrtos64(const char *s, unsigned int base, s64 *res)
{
	return kstrtoll(s, base, res);
}

static inline int __must_check kstrtou32(const char *s, unsigned int base, u32 *res)
{
	return kstrtouint(s, base, res);
}

static inline int __must_check kstrtos32(const char *s, unsigned int base, s32 *res)
{
	return kstrtoint(s, base, res);
}

/**
 * simple_strtoull - the number at the beginning of a string, leniently
 * @s: the string
 * @endp: if not NULL, is set to what follows the number
 * @base: as for kstrtoull()
 *
 * Context: any. Overflow wraps. New code uses kstrtoull().
 */
unsigned long long simple_strtoull(const char *s, char **endp, unsigned int base);
long long simple_strtoll(const char *s, char **endp, unsigned int base);
unsigned long simple_strtoul(const char *s, char **endp, unsigned int base);
long simple_strtol(const char *s, char **endp, unsigned int base);

/**
 * memparse - a number with an optional K, M, G, T, P or E behind it (powers of 1024)
 * @s: the string
 * @retptr: if not NULL, is set to what follows
 *
 * Context: any. Overflow gives all ones.
 */
unsigned long long memparse(const char *s, char **retptr);

#endif
