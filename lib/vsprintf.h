/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the two halves of formatting share: vsprintf.c walks the format and prints numbers and
 * strings, vsprintf_pointer.c prints what %p and the letters behind it mean.
 */
#ifndef _LIB_VSPRINTF_H
#define _LIB_VSPRINTF_H

#include <linux/stdarg.h>
#include <linux/types.h>

/* Where text goes: counted always, stored while there is room. */
struct text_out {
	char *next;		/* where the next character would go; may be beyond end */
	char *end;		/* behind the last byte of the buffer */
};

enum {
	SPEC_LEFT = 1,		/* - */
	SPEC_PLUS = 2,		/* + */
	SPEC_SPACE = 4,
	SPEC_PREFIX = 8,	/* #: 0 or 0x in front */
	SPEC_ZERO = 16,		/* 0: pad with zeros */
	SPEC_UPPER = 32,	/* X */
	SPEC_SIGNED = 64,	/* d, i */
};

/* One conversion, taken apart. */
struct text_spec {
	u8 flags;
	u8 base;
	s8 length;		/* argument's size: -2 hh, -1 h, 0 int, 1 l and all of 64 bits */
	int width;		/* at least so many characters */
	int precision;		/* -1: none given */
};

static inline void put_char(struct text_out *out, char c)
{
	if (out->next < out->end)
		*out->next = c;
	out->next++;
}

void put_padding(struct text_out *out, int n, char c);
void put_number(struct text_out *out, u64 value, struct text_spec spec);
void put_string(struct text_out *out, const char *s, struct text_spec spec);
/* The whole of a format, appended. */
void put_format(struct text_out *out, const char *fmt, va_list args);
/* %p: @letters is what follows the p; they are all skipped by the caller. */
void put_pointer(struct text_out *out, const char *letters, const void *ptr, struct text_spec spec);

#endif
