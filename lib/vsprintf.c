// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text from a format: the walk, numbers and strings.
 *
 * What
 *	put_format() reads a format once, from left to right, and appends to a text_out, which
 *	stores what fits and counts the rest. The public functions are it with a buffer around.
 *
 * Contexts
 *	Any, NMI and panic included: no lock, no memory but the stack, no recursion but one level by
 *	%pV.
 *
 * Limits
 *	Width and precision are cut to 32767. An unknown conversion ends the formatting, because
 *	nobody knows what its argument is: the rest of the format is copied as it stands.
 *
 * Differs from Linux
 *	No %n. Pointer letters: see vsprintf_pointer.c.
 *
 * Tests
 *	tests/boot/vsprintf_test.c
 */
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "vsprintf.h"

#define FIELD_MAX	32767
/* Digits of 2^64 - 1 in base 8. */
#define DIGITS_MAX	22

void put_padding(struct text_out *out, int n, char c)
{
	while (n-- > 0)
		put_char(out, c);
}

/* ---------------------------------------------------------------- the walk */

static const char *take_flags(const char *fmt, struct text_spec *spec)
{
	for (;; fmt++) {
		switch (*fmt) {
		case '-':
			spec->flags |= SPEC_LEFT;
			break;
		case '+':
			spec->flags |= SPEC_PLUS;
			break;
		case ' ':
			spec->flags |= SPEC_SPACE;
			break;
		case '#':
			spec->flags |= SPEC_PREFIX;
			break;
		case '0':
			spec->flags |= SPEC_ZERO;
			break;
		default:
			return fmt;
		}
	}
}

static const char *take_digits(const char *fmt, int *value)
{
	*value = 0;
	while (isdigit(*fmt))
		*value = min(*value * 10 + (*fmt++ - '0'), FIELD_MAX);
	return fmt;
}

static const char *take_length(const char *fmt, struct text_spec *spec)
{
	switch (*fmt) {
	case 'h':
		spec->length = fmt[1] == 'h' ? -2 : -1;
		return fmt - spec->length;
	case 'l':
		spec->length = 1;
		return fmt[1] == 'l' ? fmt + 2 : fmt + 1;
	case 'L':
	case 'q':
	case 'z':
	case 'Z':
	case 't':
		spec->length = 1;
		return fmt + 1;
	}
	return fmt;
}

/* The argument of a number, widened; a list, since every va_arg() moves it on. */
struct arguments {
	va_list list;
};

static u64 take_number(struct arguments *args, const struct text_spec *spec)
{
	u64 value = spec->length > 0 ? va_arg(args->list, u64) : va_arg(args->list, unsigned int);
	bool is_signed = spec->flags & SPEC_SIGNED;

	switch (spec->length) {
	case -2:
		return is_signed ? (u64)(s8)value : (u8)value;
	case -1:
		return is_signed ? (u64)(s16)value : (u16)value;
	case 0:
		return is_signed ? (u64)(s32)value : (u32)value;
	}
	return value;
}

static int take_field(struct arguments *args)
{
	return clamp(va_arg(args->list, int), -FIELD_MAX, FIELD_MAX);
}

static void put_one_char(struct text_out *out, char c, struct text_spec spec)
{
	if (!(spec.flags & SPEC_LEFT))
		put_padding(out, spec.width - 1, ' ');
	put_char(out, c);
	if (spec.flags & SPEC_LEFT)
		put_padding(out, spec.width - 1, ' ');
}

/* Width and precision, and behind them the length. @fmt points behind the flags. */
static const char *take_fields(const char *fmt, struct arguments *args, struct text_spec *spec)
{
	if (*fmt == '*') {
		spec->width = take_field(args);
		if (spec->width < 0) {
			spec->width = -spec->width;
			spec->flags |= SPEC_LEFT;
		}
		fmt++;
	} else {
		fmt = take_digits(fmt, &spec->width);
	}
	if (*fmt == '.') {
		if (*++fmt == '*') {
			spec->precision = max(take_field(args), -1);
			fmt++;
		} else {
			fmt = take_digits(fmt, &spec->precision);
		}
	}
	return take_length(fmt, spec);
}

/* Base and flags of a conversion letter for numbers; false if it is none. */
static bool number_letter(char letter, struct text_spec *spec)
{
	switch (letter) {
	case 'd':
	case 'i':
		spec->flags |= SPEC_SIGNED;
		fallthrough;
	case 'u':
		spec->base = 10;
		return true;
	case 'X':
		spec->flags |= SPEC_UPPER;
		fallthrough;
	case 'x':
		spec->base = 16;
		return true;
	case 'o':
		spec->base = 8;
		return true;
	}
	return false;
}

/*
 * One conversion; @fmt points behind its percent sign. Returns where the format goes on, or NULL
 * for a conversion that does not exist.
 */
static const char *put_conversion(struct text_out *out, const char *fmt, struct arguments *args)
{
	struct text_spec spec = { .precision = -1 };

	fmt = take_fields(take_flags(fmt, &spec), args, &spec);
	if (number_letter(*fmt, &spec)) {
		put_number(out, take_number(args, &spec), spec);
		return fmt + 1;
	}
	switch (*fmt) {
	case '%':
		put_char(out, '%');
		return fmt + 1;
	case 'c':
		put_one_char(out, (char)va_arg(args->list, int), spec);
		return fmt + 1;
	case 's':
		put_string(out, va_arg(args->list, const char *), spec);
		return fmt + 1;
	case 'p':
		put_pointer(out, fmt + 1, va_arg(args->list, const void *), spec);
		for (fmt++; isalnum(*fmt); fmt++)
			;
		return fmt;
	}
	return NULL;
}

void put_format(struct text_out *out, const char *fmt, va_list list)
{
	struct arguments args;

	va_copy(args.list, list);
	while (*fmt) {
		const char *next = NULL;

		if (*fmt == '%')
			next = put_conversion(out, fmt + 1, &args);
		else
			put_char(out, *fmt), next = fmt + 1;
		if (!next)
			break;
		fmt = next;
	}
	va_end(args.list);
	while (*fmt)
		put_char(out, *fmt++);
}

/* ---------------------------------------------------------------- numbers and strings */

/* The digits of @value, last one first. */
static int digits_of(char *digits, u64 value, const struct text_spec *spec)
{
	const char *symbols = spec->flags & SPEC_UPPER ? "0123456789ABCDEF" : "0123456789abcdef";
	int n = 0;

	for (; value; value /= spec->base)
		digits[n++] = symbols[value % spec->base];
	return n;
}

static char sign_of(s64 value, const struct text_spec *spec)
{
	if (!(spec->flags & SPEC_SIGNED))
		return '\0';
	if (value < 0)
		return '-';
	return spec->flags & SPEC_PLUS ? '+' : spec->flags & SPEC_SPACE ? ' ' : '\0';
}

void put_number(struct text_out *out, u64 value, struct text_spec spec)
{
	bool hex_prefix = (spec.flags & SPEC_PREFIX) && spec.base == 16;
	char sign = sign_of((s64)value, &spec);
	char digits[DIGITS_MAX];
	int n = digits_of(digits, sign == '-' ? -value : value, &spec);
	int zeros, padding;

	/*
	 * A precision is a number of digits, and switches padding with zeros off; 0 has one digit.
	 */
	zeros = (spec.precision < 0 ? 1 : spec.precision) - n;
	if ((spec.flags & SPEC_PREFIX) && spec.base == 8)
		zeros = max(zeros, 1);
	zeros = max(zeros, 0);
	padding = spec.width - (sign != '\0') - 2 * hex_prefix - zeros - n;
	if ((spec.flags & (SPEC_ZERO | SPEC_LEFT)) == SPEC_ZERO && spec.precision < 0) {
		zeros += max(padding, 0);
		padding = 0;
	}

	if (!(spec.flags & SPEC_LEFT))
		put_padding(out, padding, ' ');
	if (sign)
		put_char(out, sign);
	if (hex_prefix) {
		put_char(out, '0');
		put_char(out, spec.flags & SPEC_UPPER ? 'X' : 'x');
	}
	put_padding(out, zeros, '0');
	while (n)
		put_char(out, digits[--n]);
	if (spec.flags & SPEC_LEFT)
		put_padding(out, padding, ' ');
}

/* Pointers that cannot be strings are named, not followed. */
static const char *readable_string(const char *s)
{
	if (!s)
		return "(null)";
	if ((unsigned long)s < 4096 || IS_ERR(s))
		return "(efault)";
	return s;
}

void put_string(struct text_out *out, const char *s, struct text_spec spec)
{
	size_t n;

	s = readable_string(s);
	n = strnlen(s, spec.precision < 0 ? INT_MAX : spec.precision);
	if (!(spec.flags & SPEC_LEFT))
		put_padding(out, spec.width - (int)n, ' ');
	for (size_t i = 0; i < n; i++)
		put_char(out, s[i]);
	if (spec.flags & SPEC_LEFT)
		put_padding(out, spec.width - (int)n, ' ');
}

/* ---------------------------------------------------------------- the public functions */

int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	/* sprintf() does not know the size, and the image lies near the end of the address space. */
	size_t room = min_t(size_t, size, ULONG_MAX - (unsigned long)buf);
	struct text_out out = { .next = buf, .end = buf + room };

	/* A size that is a negative number is somebody's underflow: store nothing. */
	if (size > INT_MAX)
		return 0;
	put_format(&out, fmt, args);
	if (size)
		*(out.next < out.end ? out.next : out.end - 1) = '\0';
	return (int)min_t(size_t, out.next - buf, INT_MAX);
}

int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int length = vsnprintf(buf, size, fmt, args);

	if (!size)
		return 0;
	return length < size ? length : (int)size - 1;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return length;
}

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return length;
}

int vsprintf(char *buf, const char *fmt, va_list args)
{
	return vsnprintf(buf, INT_MAX, fmt, args);
}

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsprintf(buf, fmt, args);
	va_end(args);
	return length;
}
