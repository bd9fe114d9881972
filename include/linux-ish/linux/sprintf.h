/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text from a format.
 *
 * Conversions: d i u x X o c s p %, with flags - + space # 0, width and precision (also *), and the
 * lengths hh h l ll q z t. %s of NULL is "(null)". No floating point, no %n.
 *
 *	%p	a pointer, hashed: the same for the same pointer in one boot, but not the address
 *	%px	the address	%pe	an error pointer by name, "-EINVAL"
 *	%ps	the name of a function (<linux/kallsyms.h>), %pS and offset; %pB a return address
 *	%pV	a struct va_format	%pK as %p	%pU none: unknown letters print as %p
 *	%*pb	a bitmap in hex, width bits; %*pbl as a list of ranges, "0-3,7"
 *	%*ph	width (at most 64) bytes in hex; %*phC with :, %*phD -, %*phN nothing between
 *
 * Contexts
 *	Any, NMI too.
 */
#ifndef _LINUX_SPRINTF_H
#define _LINUX_SPRINTF_H

#include <linux/compiler_attributes.h>
#include <linux/stdarg.h>
#include <linux/types.h>

/** struct va_format - a format and its arguments, to be printed by %pV of another format */
struct va_format {
	const char *fmt;
	va_list *va;
};

/**
 * vsnprintf - text from a format, into a buffer
 * @buf: the buffer; may be NULL if @size is 0
 * @size: its size; if it is not 0, the text is cut to fit and always ended by a NUL
 * @fmt: the format
 * @args: its arguments
 *
 * Return: how long the whole text is, without the NUL, even if it did not fit.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args) __printf(3, 0);
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
/** scnprintf, vscnprintf - the same, but return how many characters are in @buf */
int scnprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args) __printf(3, 0);
/** sprintf, vsprintf - with no limit: only where the length is known. */
int sprintf(char *buf, const char *fmt, ...) __printf(2, 3);
int vsprintf(char *buf, const char *fmt, va_list args) __printf(2, 0);
/**
 * kasprintf, kvasprintf - into new memory of that size; NULL when there is none. Free it with
 * kfree().
 */
char *kasprintf(gfp_t gfp, const char *fmt, ...) __printf(2, 3) __malloc;
char *kvasprintf(gfp_t gfp, const char *fmt, va_list args) __printf(2, 0) __malloc;

/**
 * sscanf - values out of text
 * @buf: the text
 * @fmt: conversions d i u x X o c s n %, lengths hh h l ll z, width, * (skip), and white space
 *
 * Return: how many values were stored.
 */
int sscanf(const char *buf, const char *fmt, ...) __attribute__((__format__(scanf, 2, 3)));
int vsscanf(const char *buf, const char *fmt, va_list args)
	__attribute__((__format__(scanf, 2, 0)));

/** errname - "EINVAL" for 22 or -22, NULL for what is no error number. Context: any. */
const char *errname(int err);

#endif
