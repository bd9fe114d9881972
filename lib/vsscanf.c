// SPDX-License-Identifier: GPL-2.0-only
/*
 * Values out of text.
 *
 * What
 *	White space in the format matches any amount of it, other characters themselves. A
 *	conversion takes as much as it can use, at most its width; the first one that finds nothing
 *	ends it all.
 *
 * Contexts
 *	Any.
 *
 * Limits
 *	A number has at most 32 characters. %s and %c without a width trust the caller's buffer, as
 *	they do everywhere.
 *
 * Differs from Linux
 *	No %[...].
 *
 * Tests
 *	tests/boot/vsprintf_test.c
 */
#include <linux/ctype.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define NUMBER_MAX	32

struct scan_spec {
	bool skip;		/* *: match, but do not store */
	int width;		/* INT_MAX: none given */
	s8 length;		/* bytes of the number */
};

static const char *take_spec(const char *fmt, struct scan_spec *spec)
{
	*spec = (struct scan_spec){ .width = INT_MAX, .length = sizeof(int) };
	if (*fmt == '*') {
		spec->skip = true;
		fmt++;
	}
	if (isdigit(*fmt))
		for (spec->width = 0; isdigit(*fmt); fmt++)
			spec->width = min(spec->width * 10 + (*fmt - '0'), 32767);
	switch (*fmt) {
	case 'h':
		spec->length = fmt[1] == 'h' ? sizeof(char) : sizeof(short);
		return fmt[1] == 'h' ? fmt + 2 : fmt + 1;
	case 'l':
		spec->length = sizeof(long);
		return fmt[1] == 'l' ? fmt + 2 : fmt + 1;
	case 'L':
	case 'q':
	case 'z':
	case 'Z':
	case 't':
		spec->length = sizeof(long);
		return fmt + 1;
	}
	return fmt;
}

static void store_number(void *to, long long value, s8 length)
{
	switch (length) {
	case sizeof(char):
		*(u8 *)to = (u8)value;
		break;
	case sizeof(short):
		*(u16 *)to = (u16)value;
		break;
	case sizeof(int):
		*(u32 *)to = (u32)value;
		break;
	default:
		*(u64 *)to = (u64)value;
	}
}

/* A number at @buf; returns what follows it, or NULL if there is none. */
static const char *scan_number(const char *buf, unsigned int base, bool is_signed, int width,
			       long long *value)
{
	char text[NUMBER_MAX + 1];
	bool sign = *buf == '-' || *buf == '+';
	const char *digits = text + sign;
	char *end;

	if (*buf == '-' && !is_signed)
		return NULL;
	strscpy(text, buf, min(width, NUMBER_MAX) + 1);
	*value = (long long)simple_strtoull(digits, &end, base);
	if (end == digits)
		return NULL;
	if (*buf == '-')
		*value = -*value;
	return buf + (end - text);
}

/* Base of a number's letter, 1 for a letter of something else. */
static unsigned int letter_base(char letter, bool *is_signed)
{
	*is_signed = letter == 'd' || letter == 'i';
	switch (letter) {
	case 'i':
		return 0;
	case 'd':
	case 'u':
		return 10;
	case 'x':
	case 'X':
		return 16;
	case 'o':
		return 8;
	}
	return 1;
}

static const char *scan_word(const char *buf, int width, char *to)
{
	const char *begin = buf;

	for (; *buf && !isspace(*buf) && width; buf++, width--)
		if (to)
			*to++ = *buf;
	if (to)
		*to = '\0';
	return buf == begin ? NULL : buf;
}

static const char *scan_chars(const char *buf, int width, char *to)
{
	for (width = width == INT_MAX ? 1 : width; width; width--, buf++) {
		if (!*buf)
			return NULL;
		if (to)
			*to++ = *buf;
	}
	return buf;
}

int vsscanf(const char *buf, const char *fmt, va_list args)
{
	const char *begin = buf;
	int stored = 0;

	while (*fmt) {
		struct scan_spec spec;
		unsigned int base;
		long long value;
		bool is_signed;
		void *to;

		if (isspace(*fmt)) {
			fmt = skip_spaces(fmt);
			buf = skip_spaces(buf);
			continue;
		}
		if (*fmt != '%' || fmt[1] == '%') {
			if (*fmt != *buf++)
				break;
			fmt += *fmt == '%' ? 2 : 1;
			continue;
		}

		fmt = take_spec(fmt + 1, &spec);
		to = spec.skip ? NULL : va_arg(args, void *);
		if (*fmt == 'n') {
			if (to)
				store_number(to, buf - begin, spec.length);
			fmt++;
			continue;
		}
		if (*fmt != 'c')
			buf = skip_spaces(buf);
		base = letter_base(*fmt, &is_signed);
		if (base != 1)
			buf = scan_number(buf, base, is_signed, spec.width, &value);
		else if (*fmt == 's')
			buf = scan_word(buf, spec.width, to);
		else if (*fmt == 'c')
			buf = scan_chars(buf, spec.width, to);
		else
			break;
		if (!buf)
			break;
		if (base != 1 && to)
			store_number(to, value, spec.length);
		stored += to != NULL;
		fmt++;
	}
	return stored;
}

int sscanf(const char *buf, const char *fmt, ...)
{
	va_list args;
	int stored;

	va_start(args, fmt);
	stored = vsscanf(buf, fmt, args);
	va_end(args);
	return stored;
}
