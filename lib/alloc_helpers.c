// SPDX-License-Identifier: GPL-2.0-only
/*
 * Strings, texts, bit sets and rings in memory from the allocator: the helpers of lib/ that need mm/.
 *
 * What
 *	kstrdup() and its kin, kasprintf(), bitmap_alloc(), __kfifo_alloc(). They stand apart so that the
 *	files of the things themselves need nothing but memory and their arguments.
 *
 * Contexts
 *	As kmalloc() with the same flags.
 *
 * Tests
 *	tests/boot/{string,vsprintf,bitmap,kfifo}_test.c
 */
#include <linux/bitmap.h>
#include <linux/kfifo.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>

void *kmemdup(const void *src, size_t len, gfp_t gfp)
{
	void *copy = kmalloc(len, gfp);

	return copy ? memcpy(copy, src, len) : NULL;
}

char *kmemdup_nul(const char *s, size_t len, gfp_t gfp)
{
	char *copy;

	if (!s)
		return NULL;
	copy = kmalloc(len + 1, gfp);
	if (!copy)
		return NULL;
	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *kstrndup(const char *s, size_t max, gfp_t gfp)
{
	return s ? kmemdup_nul(s, strnlen(s, max), gfp) : NULL;
}

char *kstrdup(const char *s, gfp_t gfp)
{
	return s ? kmemdup_nul(s, strlen(s), gfp) : NULL;
}

char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)
{
	va_list again;
	int length;
	char *text;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, fmt, again);
	va_end(again);

	text = kmalloc(length + 1, gfp);
	if (text)
		vscnprintf(text, length + 1, fmt, args);
	return text;
}

char *kasprintf(gfp_t gfp, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = kvasprintf(gfp, fmt, args);
	va_end(args);
	return text;
}

unsigned long *bitmap_alloc(unsigned int nbits, gfp_t gfp)
{
	return kmalloc_array(BITS_TO_LONGS(nbits), sizeof(unsigned long), gfp);
}

unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t gfp)
{
	return kcalloc(BITS_TO_LONGS(nbits), sizeof(unsigned long), gfp);
}

void bitmap_free(const unsigned long *map)
{
	kfree(map);
}

int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp)
{
	void *data = NULL;

	*fifo = (struct __kfifo){ .esize = (unsigned int)esize };
	if (size > 1U << 31)
		return -EINVAL;
	size = (unsigned int)roundup_pow_of_two(size);
	if (size < 2)
		return -EINVAL;
	data = kmalloc_array(size, esize, gfp);
	if (!data)
		return -ENOMEM;
	fifo->mask = size - 1;
	fifo->data = data;
	return 0;
}

void __kfifo_free(struct __kfifo *fifo)
{
	kfree(fifo->data);
	*fifo = (struct __kfifo){ .esize = fifo->esize };
}
