// SPDX-License-Identifier: GPL-2.0-only
/*
 * Strings.
 *
 * What
 *	The functions of <linux/string.h> that read up to a NUL, a byte at a time: kernel strings
 *	are short. Characters compare as unsigned bytes.
 *
 * Contexts
 *	Any. Nothing is kept between calls.
 *
 * Tests
 *	tests/boot/string_test.c
 */
#include <linux/ctype.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>

/* ---------------------------------------------------------------- length and comparison */

size_t strlen(const char *s)
{
	const char *p = s;

	while (*p)
		p++;
	return p - s;
}

size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n])
		n++;
	return n;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		if (*a != *b)
			return (u8)*a < (u8)*b ? -1 : 1;
		if (!*a)
			break;
	}
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}

int strncasecmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		int difference = tolower(*a) - tolower(*b);

		if (difference || !*a)
			return difference;
	}
	return 0;
}

int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, SIZE_MAX);
}

bool sysfs_streq(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a == '\n' && !a[1])
		a++;
	if (*b == '\n' && !b[1])
		b++;
	return !*a && !*b;
}

int match_string(const char * const *array, size_t n, const char *string)
{
	for (size_t i = 0; i < n && array[i]; i++)
		if (strcmp(array[i], string) == 0)
			return (int)i;
	return -EINVAL;
}

/* ---------------------------------------------------------------- copying */

ssize_t sized_strscpy(char *dest, const char *src, size_t size)
{
	size_t n = 0;

	if (!size || size > INT_MAX)
		return -E2BIG;
	for (; n < size - 1 && src[n]; n++)
		dest[n] = src[n];
	dest[n] = '\0';
	return src[n] ? -E2BIG : (ssize_t)n;
}

ssize_t strscpy_pad(char *dest, const char *src, size_t size)
{
	ssize_t n = sized_strscpy(dest, src, size);

	if (n >= 0)
		memset(dest + n, 0, size - n);
	return n;
}

char *stpcpy(char *dest, const char *src)
{
	while ((*dest = *src++) != '\0')
		dest++;
	return dest;
}

char *strcpy(char *dest, const char *src)
{
	stpcpy(dest, src);
	return dest;
}

char *strncpy(char *dest, const char *src, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		dest[i] = *src;
		if (*src)
			src++;
	}
	return dest;
}

char *strcat(char *dest, const char *src)
{
	stpcpy(dest + strlen(dest), src);
	return dest;
}

char *strncat(char *dest, const char *src, size_t n)
{
	char *end = dest + strlen(dest);

	for (; n && *src; n--)
		*end++ = *src++;
	*end = '\0';
	return dest;
}

size_t strlcpy(char *dest, const char *src, size_t size)
{
	size_t length = strlen(src);

	if (size) {
		size_t n = min(length, size - 1);

		memcpy(dest, src, n);
		dest[n] = '\0';
	}
	return length;
}

size_t strlcat(char *dest, const char *src, size_t size)
{
	size_t used = strnlen(dest, size);

	return used + strlcpy(dest + used, src, size - used);
}

/* ---------------------------------------------------------------- searching */

char *strchrnul(const char *s, int c)
{
	while (*s && *s != (char)c)
		s++;
	return (char *)s;
}

char *strchr(const char *s, int c)
{
	s = strchrnul(s, c);
	return *s == (char)c ? (char *)s : NULL;
}

char *strnchr(const char *s, size_t n, int c)
{
	for (; n; n--, s++) {
		if (*s == (char)c)
			return (char *)s;
		if (!*s)
			break;
	}
	return NULL;
}

char *strrchr(const char *s, int c)
{
	const char *last = NULL;

	do {
		if (*s == (char)c)
			last = s;
	} while (*s++);
	return (char *)last;
}

char *strnstr(const char *s, const char *what, size_t n)
{
	size_t length = strlen(what);

	if (!length)
		return (char *)s;
	for (n = strnlen(s, n); n >= length; n--, s++)
		if (memcmp(s, what, length) == 0)
			return (char *)s;
	return NULL;
}

char *strstr(const char *s, const char *what)
{
	return strnstr(s, what, SIZE_MAX);
}

static bool is_one_of(char c, const char *set)
{
	while (*set)
		if (*set++ == c)
			return true;
	return false;
}

size_t strspn(const char *s, const char *accept)
{
	size_t n = 0;

	while (s[n] && is_one_of(s[n], accept))
		n++;
	return n;
}

size_t strcspn(const char *s, const char *reject)
{
	size_t n = 0;

	while (s[n] && !is_one_of(s[n], reject))
		n++;
	return n;
}

char *strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return *s ? (char *)s : NULL;
}

/* ---------------------------------------------------------------- cutting up, in place */

char *strsep(char **s, const char *delimiters)
{
	char *piece = *s;
	char *end;

	if (!piece)
		return NULL;
	end = strpbrk(piece, delimiters);
	if (end)
		*end++ = '\0';
	*s = end;
	return piece;
}

char *strreplace(char *s, char old, char new)
{
	for (char *p = s; *p; p++)
		if (*p == old)
			*p = new;
	return s;
}

char *skip_spaces(const char *s)
{
	while (isspace(*s))
		s++;
	return (char *)s;
}

char *strim(char *s)
{
	char *end;

	s = skip_spaces(s);
	end = s + strlen(s);
	while (end > s && isspace(end[-1]))
		end--;
	*end = '\0';
	return s;
}
