// SPDX-License-Identifier: GPL-2.0-only
/*
 * Blocks of memory: copy, fill, compare.
 *
 * What
 *	The compiler calls memcpy(), memmove(), memset() and memcmp() on its own account, so they
 *	exist on every machine. All work in words of eight bytes, at whatever address, and finish
 *	with bytes. They are weak: a machine that has better ones (string instructions) defines
 *	them.
 *
 * Contexts
 *	Any, the first instruction of the boot included.
 *
 * Differs from Linux
 *	memcpy() copies upwards, one word or byte at a time. Nothing relies on that.
 *
 * Tests
 *	tests/boot/string_test.c
 */
#include <linux/string.h>
#include <linux/unaligned.h>

/*
 * A loop that the compiler recognises as a copy or a fill becomes a call of memcpy() or memset(),
 * which here would be a call of itself. An empty statement that it cannot look into keeps it a
 * loop.
 */
#define NOT_AN_IDIOM()	__asm__ __volatile__("")

#define WORD		sizeof(u64)

void * __weak (memcpy)(void *dest, const void *src, size_t n)
{
	char *to = dest;
	const char *from = src;

	for (; n >= WORD; n -= WORD, to += WORD, from += WORD) {
		put_unaligned(get_unaligned((const u64 *)from), (u64 *)to);
		NOT_AN_IDIOM();
	}
	for (; n; n--) {
		*to++ = *from++;
		NOT_AN_IDIOM();
	}
	return dest;
}

static void copy_downwards(char *to, const char *from, size_t n)
{
	for (to += n, from += n; n >= WORD; n -= WORD) {
		to -= WORD;
		from -= WORD;
		put_unaligned(get_unaligned((const u64 *)from), (u64 *)to);
		NOT_AN_IDIOM();
	}
	for (; n; n--) {
		*--to = *--from;
		NOT_AN_IDIOM();
	}
}

void * __weak (memmove)(void *dest, const void *src, size_t n)
{
	/* Upwards is right unless the destination begins inside the source. */
	if ((unsigned long)dest - (unsigned long)src >= n)
		return (memcpy)(dest, src, n);
	copy_downwards(dest, src, n);
	return dest;
}

void * __weak (memset)(void *s, int c, size_t n)
{
	u64 word = (u8)c * 0x0101010101010101ULL;
	char *to = s;

	for (; n >= WORD; n -= WORD, to += WORD) {
		put_unaligned(word, (u64 *)to);
		NOT_AN_IDIOM();
	}
	for (; n; n--) {
		*to++ = (char)c;
		NOT_AN_IDIOM();
	}
	return s;
}

int __weak (memcmp)(const void *a, const void *b, size_t n)
{
	const u8 *p = a, *q = b;

	for (; n >= WORD && get_unaligned((const u64 *)p) == get_unaligned((const u64 *)q);
	     n -= WORD) {
		p += WORD;
		q += WORD;
	}
	for (; n; n--, p++, q++)
		if (*p != *q)
			return *p < *q ? -1 : 1;
	return 0;
}

/* Some compilers call this one instead, where only "same or not" is asked. */
int __weak bcmp(const void *a, const void *b, size_t n);
int __weak bcmp(const void *a, const void *b, size_t n)
{
	return (memcmp)(a, b, n);
}

void *memset16(u16 *s, u16 v, size_t count)
{
	for (u16 *to = s; count; count--)
		*to++ = v;
	return s;
}

void *memset32(u32 *s, u32 v, size_t count)
{
	for (u32 *to = s; count; count--)
		*to++ = v;
	return s;
}

void *memset64(u64 *s, u64 v, size_t count)
{
	for (u64 *to = s; count; count--)
		*to++ = v;
	return s;
}

void *memchr(const void *s, int c, size_t n)
{
	for (const u8 *p = s; n; n--, p++)
		if (*p == (u8)c)
			return (void *)p;
	return NULL;
}

void *memchr_inv(const void *s, int c, size_t n)
{
	u64 word = (u8)c * 0x0101010101010101ULL;
	const u8 *p = s;

	for (; n >= WORD && get_unaligned((const u64 *)p) == word; n -= WORD)
		p += WORD;
	for (; n; n--, p++)
		if (*p != (u8)c)
			return (void *)p;
	return NULL;
}

void *memscan(void *s, int c, size_t n)
{
	void *found = memchr(s, c, n);

	return found ? found : (char *)s + n;
}
