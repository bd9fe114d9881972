/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Strings and blocks of memory.
 *
 * Contexts
 *	Any, NMI too; but for kstrdup() and its kin, which allocate.
 *
 * Differs from Linux
 *	strcpy() and strncpy() exist, for sources that use them. New code: strscpy().
 *
 * Tests
 *	tests/boot/string_test.c
 */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/array_size.h>
#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/stdarg.h>
#include <linux/types.h>

/** memcpy, memmove, memset, memcmp - as in C; memmove() for areas that may overlap */
void *memcpy(void *dest, const void *src, size_t n);
void *memmove(void *dest, const void *src, size_t n);
void *memset(void *s, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
/** memset16, memset32, memset64 - fill with a wider value; @count is in values */
void *memset16(u16 *s, u16 v, size_t count);
void *memset32(u32 *s, u32 v, size_t count);
void *memset64(u64 *s, u64 v, size_t count);
void *memchr(const void *s, int c, size_t n);
/** memchr_inv - the first byte that is not @c, or NULL */
void *memchr_inv(const void *s, int c, size_t n);
/** memscan - the first byte that is @c, or the end of the area */
void *memscan(void *s, int c, size_t n);

/*
 * Known sizes become plain instructions; everything else is a call of the functions above. Where
 * every access to memory is watched (the simulated machine) all are calls: what becomes of a
 * builtin is not.
 */
#ifndef __SANITIZE_THREAD__
#define memcpy(d, s, n)		__builtin_memcpy(d, s, n)
#define memmove(d, s, n)	__builtin_memmove(d, s, n)
#define memset(s, c, n)		__builtin_memset(s, c, n)
#define memcmp(a, b, n)		__builtin_memcmp(a, b, n)
#endif

/** memzero_explicit - clear memory even if nobody reads it afterwards */
static inline void memzero_explicit(void *s, size_t n)
{
	memset(s, 0, n);
	__asm__ __volatile__("" : : "r"(s) : "memory");
}

/**
 * strlen, strnlen, strcmp, strncmp, strcasecmp, strncasecmp, strcpy, stpcpy, strncpy, strcat,
 * strncat, strlcpy, strlcat, strchr, strrchr, strnchr - as in C, POSIX and BSD
 *
 * strnlen() and strnchr() look at @max or @n bytes at most.
 */
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);
char *strcpy(char *dest, const char *src);
char *stpcpy(char *dest, const char *src);
char *strncpy(char *dest, const char *src, size_t n);
char *strcat(char *dest, const char *src);
char *strncat(char *dest, const char *src, size_t n);
size_t strlcpy(char *dest, const char *src, size_t size);
size_t strlcat(char *dest, const char *src, size_t size);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strnchr(const char *s, size_t n, int c);
/** strchrnul - as strchr(), but the end of the string where there is none */
char *strchrnul(const char *s, int c);
char *strstr(const char *s, const char *what);
char *strnstr(const char *s, const char *what, size_t n);
char *strpbrk(const char *s, const char *accept);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
/**
 * strsep - cut the next piece off *@s, at any of @delimiters. Return: the piece, or NULL at the
 * end.
 */
char *strsep(char **s, const char *delimiters);
/** strreplace - each @old becomes @new. Return: @s. */
char *strreplace(char *s, char old, char new);
char *skip_spaces(const char *s);
/** strim - cut white space off both ends, in place. Return: where the rest begins. */
char *strim(char *s);

/** strstrip - strim() by its older name */
static inline char *strstrip(char *s) { return strim(s); }

/** sysfs_streq - whether two strings are the same but for a newline at the end of either */
bool sysfs_streq(const char *a, const char *b);
/** match_string - the index of @string in @array (@n entries, or up to a NULL), or -EINVAL */
int match_string(const char * const *array, size_t n, const char *string);

/**
 * sized_strscpy - copy a string, cut to fit, always ended
 * @dest: the buffer
 * @src: the string
 * @size: of @dest
 *
 * Return: the length of what was copied, or -E2BIG when it was cut (or @size is 0).
 */
ssize_t sized_strscpy(char *dest, const char *src, size_t size);
#define __strscpy2(dest, src)		sized_strscpy(dest, src, ARRAY_SIZE(dest))
#define __strscpy3(dest, src, size)	sized_strscpy(dest, src, size)
#define __strscpy_pick(a, b, c, name, ...) name
/** strscpy - sized_strscpy(); without a size @dest is an array */
#define strscpy(...) \
	__strscpy_pick(__VA_ARGS__, __strscpy3, __strscpy2, 0)(__VA_ARGS__)
/** strscpy_pad - the same, and the rest of @dest becomes zero */
ssize_t strscpy_pad(char *dest, const char *src, size_t size);

/** str_has_prefix - the length of @prefix if @str begins with it, else 0 */
static __always_inline size_t str_has_prefix(const char *str, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(str, prefix, len) == 0 ? len : 0;
}

/** strstarts - whether @s begins with @prefix */
static inline bool strstarts(const char *str, const char *prefix)
{
	return str_has_prefix(str, prefix) != 0 || !*prefix;
}

/** kbasename - what follows the last slash */
static inline const char *kbasename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/**
 * kstrdup, kstrndup, kmemdup - copies in new memory, NULL when there is none. Free them with
 * kfree().
 */
char *kstrdup(const char *s, gfp_t gfp) __malloc;
char *kstrndup(const char *s, size_t max, gfp_t gfp) __malloc;
void *kmemdup(const void *src, size_t len, gfp_t gfp) __malloc;
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp) __malloc;

#define str_yes_no(v)			((v) ? "yes" : "no")
#define str_on_off(v)			((v) ? "on" : "off")
#define str_enabled_disabled(v)		((v) ? "enabled" : "disabled")
#define str_true_false(v)		((v) ? "true" : "false")
#define str_plural(n)			((n) == 1 ? "" : "s")

#endif
