// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rings of elements: moving more than one, and records.
 *
 * What
 *	<linux/kfifo.h> has the contract. Elements are copied in at most two pieces, before and
 *	behind the ring's end. A record is its length, in one or two bytes, low byte first, then its
 *	bytes; it is published as a whole, by one release of in.
 *
 * Contexts
 *	Any. One producer and one consumer at once. Memory: lib/alloc_helpers.c.
 *
 * Ordering
 *	Producer: acquire out (the consumer has left the slots), fill, release in.
 *	Consumer: acquire in (the producer has filled them), read, release out.
 *	Each reads its own counter plainly: nobody else writes it.
 *
 * Tests
 *	tests/boot/kfifo_test.c, tests/scenario/rings.c
 */
#include <linux/kfifo.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/string.h>

int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int bytes, size_t esize)
{
	unsigned long slots = bytes / esize;

	*fifo = (struct __kfifo){ .esize = (unsigned int)esize };
	if (slots < 2)
		return -EINVAL;
	fifo->mask = (unsigned int)rounddown_pow_of_two(slots) - 1;
	fifo->data = buffer;
	return 0;
}

/* ---------------------------------------------------------------- elements */

/* Copy @len elements into the ring, from slot @at on. They fit. */
static void copy_in(struct __kfifo *fifo, const void *from, unsigned int len, unsigned int at)
{
	unsigned int slots = fifo->mask + 1;
	size_t esize = fifo->esize;
	unsigned int first;

	at &= fifo->mask;
	first = min(len, slots - at);
	memcpy(fifo->data + at * esize, from, first * esize);
	memcpy(fifo->data, from + first * esize, (len - first) * esize);
}

static void copy_out(const struct __kfifo *fifo, void *to, unsigned int len, unsigned int at)
{
	unsigned int slots = fifo->mask + 1;
	size_t esize = fifo->esize;
	unsigned int first;

	at &= fifo->mask;
	first = min(len, slots - at);
	memcpy(to, fifo->data + at * esize, first * esize);
	memcpy(to + first * esize, fifo->data, (len - first) * esize);
}

unsigned int __kfifo_in(struct __kfifo *fifo, const void *buf, unsigned int len)
{
	len = min(len, __kfifo_room(fifo));
	if (len) {
		copy_in(fifo, buf, len, fifo->in);
		smp_store_release(&fifo->in, fifo->in + len);	/* pairs with __kfifo_used() */
	}
	return len;
}

unsigned int __kfifo_out_peek(struct __kfifo *fifo, void *buf, unsigned int len)
{
	len = min(len, __kfifo_used(fifo));
	if (len)
		copy_out(fifo, buf, len, fifo->out);
	return len;
}

unsigned int __kfifo_out(struct __kfifo *fifo, void *buf, unsigned int len)
{
	len = __kfifo_out_peek(fifo, buf, len);
	smp_store_release(&fifo->out, fifo->out + len);	/* pairs with __kfifo_used() */
	return len;
}

unsigned int __kfifo_out_linear(struct __kfifo *fifo, unsigned int *tail, unsigned int n)
{
	unsigned int at = fifo->out & fifo->mask;

	*tail = at;
	return min3(n, __kfifo_used(fifo), fifo->mask + 1 - at);
}

/* ---------------------------------------------------------------- records */

static unsigned int record_max(size_t recsize)
{
	return (1U << (8 * recsize)) - 1;
}

/* Bytes of the record at out, which is there. */
static unsigned int record_length(const struct __kfifo *fifo, size_t recsize)
{
	u8 length[2] = { 0, 0 };

	copy_out(fifo, length, (unsigned int)recsize, fifo->out);
	return length[0] | length[1] << 8;
}

unsigned int __kfifo_in_r(struct __kfifo *fifo, const void *buf, unsigned int len, size_t recsize)
{
	u8 length[2] = { (u8)len, (u8)(len >> 8) };

	if (len > record_max(recsize) || len + recsize > __kfifo_room(fifo))
		return 0;
	copy_in(fifo, length, (unsigned int)recsize, fifo->in);
	copy_in(fifo, buf, len, fifo->in + (unsigned int)recsize);
	/* pairs with __kfifo_used() */
	smp_store_release(&fifo->in, fifo->in + (unsigned int)recsize + len);
	return len;
}

unsigned int __kfifo_len_r(struct __kfifo *fifo, size_t recsize)
{
	return __kfifo_used(fifo) ? record_length(fifo, recsize) : 0;
}

unsigned int __kfifo_out_peek_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize)
{
	len = min(len, __kfifo_len_r(fifo, recsize));
	if (len)
		copy_out(fifo, buf, len, fifo->out + (unsigned int)recsize);
	return len;
}

void __kfifo_skip_r(struct __kfifo *fifo, size_t recsize)
{
	unsigned int bytes;

	if (!__kfifo_used(fifo))
		return;
	bytes = (unsigned int)recsize + record_length(fifo, recsize);
	smp_store_release(&fifo->out, fifo->out + bytes);	/* pairs with __kfifo_used() */
}

unsigned int __kfifo_out_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize)
{
	len = __kfifo_out_peek_r(fifo, buf, len, recsize);
	__kfifo_skip_r(fifo, recsize);
	return len;
}
