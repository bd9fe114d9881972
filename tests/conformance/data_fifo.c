// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fifos of elements and of records: counts, what fits, what comes out, in which order.
 */
#include <linux/kfifo.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "data.h"
#include "observe.h"

static DEFINE_KFIFO(fifo, char, 8);
static DEFINE_SPINLOCK(lock);

/* All that is in it, taken out. Element by element. */
static const char *drain(void)
{
	static char text[16];
	int n = 0;

	while (n < (int)sizeof(text) - 1 && kfifo_get(&fifo, &text[n]))
		n++;
	text[n] = '\0';
	return text;
}

#define OBSERVE_FILL(name)							\
	OBSERVE("data.kfifo_" name, "size %u, len %u, avail %u, empty %d, full %d",	\
		kfifo_size(&fifo), kfifo_len(&fifo), kfifo_avail(&fifo),	\
		!!kfifo_is_empty(&fifo), !!kfifo_is_full(&fifo))

static void observe_elements(void)
{
	char taken = '-';
	int i, put = 0, got;

	OBSERVE_FILL("defined");
	got = kfifo_get(&fifo, &taken);
	OBSERVE("data.kfifo_get_of_none", "%d, left as it was %s", got, yes_no(taken == '-'));
	OBSERVE("data.kfifo_peek_of_none", "%d", kfifo_peek(&fifo, &taken));
	for (i = 0; i < 9; i++)
		put += kfifo_put(&fifo, (char)('a' + i));
	OBSERVE("data.kfifo_puts_that_succeed", "%d of 9", put);
	OBSERVE_FILL("full");
	got = kfifo_peek(&fifo, &taken);
	OBSERVE("data.kfifo_peek", "%d %c, len %u", got, taken, kfifo_len(&fifo));
	got = kfifo_get(&fifo, &taken);
	OBSERVE("data.kfifo_get", "%d %c, len %u", got, taken, kfifo_len(&fifo));
	kfifo_skip(&fifo);
	OBSERVE_FILL("after_get_and_skip");
	put = kfifo_put(&fifo, 'x');
	OBSERVE("data.kfifo_wrapped", "put %d, then %s", put, drain());
	OBSERVE_FILL("drained");
}

static void observe_many(void)
{
	char out[16] = "";
	unsigned int first, second, peeked, taken, rest;

	kfifo_reset(&fifo);
	first = kfifo_in(&fifo, "abcde", 5);
	second = kfifo_in(&fifo, "fghij", 5);
	OBSERVE("data.kfifo_in_of_5_and_5", "%u %u", first, second);
	peeked = kfifo_out_peek(&fifo, out, 3);
	out[peeked] = '\0';
	OBSERVE("data.kfifo_out_peek_of_3", "%u %s, len %u", peeked, out, kfifo_len(&fifo));
	taken = kfifo_out(&fifo, out, 3);
	out[taken] = '\0';
	OBSERVE("data.kfifo_out_of_3", "%u %s, len %u", taken, out, kfifo_len(&fifo));
	first = kfifo_in(&fifo, "12345", 5);
	rest = kfifo_out(&fifo, out, sizeof(out) - 1);
	out[rest] = '\0';
	OBSERVE("data.kfifo_in_of_5_that_wraps", "%u, out %u %s", first, rest, out);
	OBSERVE("data.kfifo_out_of_none", "%u", kfifo_out(&fifo, out, 4));
	OBSERVE("data.kfifo_in_of_0", "%u", kfifo_in(&fifo, "z", 0));

	kfifo_in(&fifo, "abc", 3);
	kfifo_reset_out(&fifo);
	OBSERVE_FILL("after_reset_out");
	kfifo_in(&fifo, "abc", 3);
	kfifo_reset(&fifo);
	OBSERVE_FILL("after_reset");

	first = kfifo_in_spinlocked(&fifo, "lock", 4, &lock);
	second = kfifo_out_spinlocked(&fifo, out, 9, &lock);
	out[second] = '\0';
	OBSERVE("data.kfifo_spinlocked", "in %u, out %u %s", first, second, out);
	OBSERVE("data.kfifo_peek_len_of_elements", "%u", kfifo_peek_len(&fifo));
}

static void observe_memory(void)
{
	static DECLARE_KFIFO_PTR(numbers, int);
	static int room[10];
	int ret, value = 0;

	INIT_KFIFO(numbers);
	OBSERVE("data.kfifo_without_room", "initialized %d, len %u, empty %d", !!kfifo_initialized(&numbers),
		kfifo_len(&numbers), !!kfifo_is_empty(&numbers));
	OBSERVE("data.kfifo_without_room_has_room", "size %u, avail %u, full %d", kfifo_size(&numbers),
		kfifo_avail(&numbers), !!kfifo_is_full(&numbers));
	ret = kfifo_alloc(&numbers, 5, GFP_KERNEL);
	OBSERVE("data.kfifo_alloc_of_5", "%d, size %u, element %zu", ret, kfifo_size(&numbers),
		(size_t)kfifo_esize(&numbers));
	kfifo_put(&numbers, -7);
	ret = kfifo_get(&numbers, &value);
	OBSERVE("data.kfifo_of_int", "%d %d", ret, value);
	kfifo_free(&numbers);
	OBSERVE("data.kfifo_freed", "initialized %d", !!kfifo_initialized(&numbers));
	OBSERVE("data.kfifo_alloc_of_1", "%d", kfifo_alloc(&numbers, 1, GFP_KERNEL));
	ret = kfifo_init(&numbers, room, sizeof(room));
	OBSERVE("data.kfifo_init_with_10", "%d, size %u", ret, kfifo_size(&numbers));
	OBSERVE("data.kfifo_init_with_1", "%d", kfifo_init(&numbers, room, sizeof(room[0])));
	OBSERVE("data.kfifo_alloc_of_a_declared_one", "%d", kfifo_alloc(&fifo, 4, GFP_KERNEL));
}

void observe_fifos(void)
{
	observe_elements();
	observe_many();
	observe_memory();
}

/* ---- records ---- */

static STRUCT_KFIFO_REC_1(16) records;
static STRUCT_KFIFO_REC_2(16) wide_records;

#define OBSERVE_RECORDS(name)							\
	OBSERVE("data.kfifo_rec_" name, "len %u, avail %u, next %u, empty %d, full %d",	\
		kfifo_len(&records), kfifo_avail(&records), kfifo_peek_len(&records),	\
		!!kfifo_is_empty(&records), !!kfifo_is_full(&records))

void observe_record_fifos(void)
{
	unsigned int first, second, third;
	char out[17] = "";

	INIT_KFIFO(records);
	INIT_KFIFO(wide_records);
	OBSERVE("data.kfifo_rec_sizes", "%u %zu, %u %zu", kfifo_size(&records),
		(size_t)kfifo_recsize(&records), kfifo_size(&wide_records),
		(size_t)kfifo_recsize(&wide_records));
	OBSERVE_RECORDS("none");
	first = kfifo_in(&records, "one", 3);
	second = kfifo_in(&records, "three", 5);
	third = kfifo_in(&records, "seven..", 7);
	OBSERVE("data.kfifo_rec_in_of_3_5_7", "%u %u %u", first, second, third);
	OBSERVE_RECORDS("two");
	first = kfifo_out_peek(&records, out, sizeof(out) - 1);
	out[first] = '\0';
	OBSERVE("data.kfifo_rec_out_peek", "%u %s", first, out);
	first = kfifo_out(&records, out, sizeof(out) - 1);
	out[first] = '\0';
	OBSERVE("data.kfifo_rec_out", "%u %s", first, out);
	OBSERVE_RECORDS("one");
	/* The rest of a record that is cut is lost. */
	first = kfifo_out(&records, out, 2);
	out[first] = '\0';
	OBSERVE("data.kfifo_rec_out_cut_to_2", "%u %s", first, out);
	OBSERVE_RECORDS("none_again");
	OBSERVE("data.kfifo_rec_out_of_none", "%u", kfifo_out(&records, out, 4));

	first = kfifo_in(&records, "123456789012345", 15);
	OBSERVE("data.kfifo_rec_in_that_fills_it", "%u, full %d", first, !!kfifo_is_full(&records));
	second = kfifo_out(&records, out, sizeof(out) - 1);
	out[second] = '\0';
	OBSERVE("data.kfifo_rec_that_wraps", "%u %s", second, out);
	OBSERVE("data.kfifo_rec_too_long", "%u", kfifo_in(&records, "1234567890123456", 16));

	kfifo_in(&records, "skip", 4);
	kfifo_in(&records, "keep", 4);
	kfifo_skip(&records);
	first = kfifo_out(&records, out, sizeof(out) - 1);
	out[first] = '\0';
	OBSERVE("data.kfifo_rec_after_skip", "%u %s", first, out);

	first = kfifo_in(&wide_records, "four", 4);
	OBSERVE("data.kfifo_rec_2", "in %u, len %u, avail %u, next %u", first, kfifo_len(&wide_records),
		kfifo_avail(&wide_records), kfifo_peek_len(&wide_records));
	first = kfifo_put(&records, 'p');
	second = kfifo_peek_len(&records);
	third = kfifo_get(&records, out);
	OBSERVE("data.kfifo_rec_put_and_get", "%u, next %u, %u %c", first, second, third, out[0]);
}
