// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers from strings.
 *
 * What
 *	Two steps: the prefix decides the base, then digits are taken with a check for overflow. The
 *	strict functions demand that nothing but one newline follows; the simple ones do not care.
 *
 * Contexts
 *	Any.
 *
 * Tests
 *	tests/boot/string_test.c
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/overflow.h>
#include <linux/string.h>

/* Skips a 0x that belongs to the number, and settles the base. */
static const char *take_prefix(const char *s, unsigned int *base)
{
	bool hex = s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2]);

	if (*base == 0)
		*base = hex ? 16 : s[0] == '0' ? 8 : 10;
	return hex && *base == 16 ? s + 2 : s;
}

static unsigned int digit_value(char c)
{
	if (isdigit(c))
		return c - '0';
	return isalpha(c) ? tolower(c) - 'a' + 10 : UINT_MAX;
}

/* All digits of @base from @s on. Returns where they end; *overflow is set if they do not fit. */
static const char *take_number(const char *s, unsigned int base, unsigned long long *value,
			       bool *overflow)
{
	*value = 0;
	*overflow = false;
	for (; digit_value(*s) < base; s++) {
		*overflow |= check_mul_overflow(*value, base, value);
		*overflow |= check_add_overflow(*value, digit_value(*s), value);
	}
	return s;
}

/* ---------------------------------------------------------------- strict */

/* An unsigned number that is the whole of @s. */
static int whole_number(const char *s, unsigned int base, unsigned long long *res)
{
	unsigned long long value;
	bool overflow;
	const char *end;

	s = take_prefix(s, &base);
	end = take_number(s, base, &value, &overflow);
	if (end == s)
		return -EINVAL;
	if (*end == '\n')
		end++;
	if (*end)
		return -EINVAL;
	if (overflow)
		return -ERANGE;
	*res = value;
	return 0;
}

int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	return whole_number(*s == '+' ? s + 1 : s, base, res);
}

int kstrtoll(const char *s, unsigned int base, long long *res)
{
	bool negative = *s == '-';
	unsigned long long value;
	int err = whole_number(negative || *s == '+' ? s + 1 : s, base, &value);

	if (err)
		return err;
	if (value > (unsigned long long)LLONG_MAX + negative)
		return -ERANGE;
	*res = negative ? -value : value;
	return 0;
}

/* The narrower types: the widest one, if it fits. */
#define NARROW(function, type, wide_function, wide_type)		\
int function(const char *s, unsigned int base, type *res)		\
{									\
	wide_type value;						\
	int err = wide_function(s, base, &value);			\
									\
	if (err)							\
		return err;						\
	if (value != (wide_type)(type)value)				\
		return -ERANGE;						\
	*res = (type)value;						\
	return 0;							\
}

NARROW(kstrtoul, unsigned long, kstrtoull, unsigned long long)
NARROW(kstrtol, long, kstrtoll, long long)
NARROW(kstrtouint, unsigned int, kstrtoull, unsigned long long)
NARROW(kstrtoint, int, kstrtoll, long long)
NARROW(kstrtou16, u16, kstrtoull, unsigned long long)
NARROW(kstrtos16, s16, kstrtoll, long long)
NARROW(kstrtou8, u8, kstrtoull, unsigned long long)
NARROW(kstrtos8, s8, kstrtoll, long long)

int kstrtobool(const char *s, bool *res)
{
	if (!s)
		return -EINVAL;
	switch (tolower(s[0])) {
	case 'y':
	case 't':
	case '1':
		*res = true;
		return 0;
	case 'n':
	case 'f':
	case '0':
		*res = false;
		return 0;
	case 'o':
		switch (tolower(s[1])) {
		case 'n':
			*res = true;
			return 0;
		case 'f':
			*res = false;
			return 0;
		}
	}
	return -EINVAL;
}

/* ---------------------------------------------------------------- lenient */

unsigned long long simple_strtoull(const char *s, char **endp, unsigned int base)
{
	unsigned long long value;
	bool overflow;

	s = take_prefix(s, &base);
	s = take_number(s, base, &value, &overflow);
	if (endp)
		*endp = (char *)s;
	return value;
}

long long simple_strtoll(const char *s, char **endp, unsigned int base)
{
	if (*s == '-')
		return -(long long)simple_strtoull(s + 1, endp, base);
	return (long long)simple_strtoull(s, endp, base);
}

unsigned long simple_strtoul(const char *s, char **endp, unsigned int base)
{
	return simple_strtoull(s, endp, base);
}

long simple_strtol(const char *s, char **endp, unsigned int base)
{
	return simple_strtoll(s, endp, base);
}

unsigned long long memparse(const char *s, char **retptr)
{
	static const char units[] = "kmgtpe";
	unsigned long long value;
	unsigned int base = 0;
	bool overflow;
	const char *unit;

	s = take_prefix(s, &base);
	s = take_number(s, base, &value, &overflow);
	unit = *s ? strchr(units, tolower(*s)) : NULL;
	if (unit) {
		unsigned int shift = 10 * (unsigned int)(unit - units + 1);

		overflow |= value > ULLONG_MAX >> shift;
		value <<= shift;
		s++;
	}
	if (retptr)
		*retptr = (char *)s;
	return overflow ? ULLONG_MAX : value;
}
