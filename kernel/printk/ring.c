// SPDX-License-Identifier: GPL-2.0-only
/*
 * The log's memory: a ring of lines without a lock.
 *
 * What
 *	Two rings: fixed-size descriptors, numbered by seq, and the text behind them, by byte
 *	position. Both counters are one 64-bit word, so that one compare-and-exchange reserves a
 *	descriptor and its text. The writer then fills both in and publishes the descriptor. The
 *	console follows behind, at the tail; the head never gets ahead of the tail by more than the
 *	rings hold, so a line is not overwritten before it has come out. Lines behind the tail stay
 *	readable until they are.
 *
 * Contexts
 *	Everything but the tail's functions: any, NMI within a writer included. The tail belongs to
 *	the owner of the console.
 *
 * States of desc->done, for line seq	who moves it	meaning
 *	seq + 1 - LOG_LINES		(before)	an older line's, or zero
 *	-> seq				its writer	being filled
 *	seq -> seq + 1			its writer	published
 *	An older line's number differs by a multiple of LOG_LINES, so it is never taken for this
 *	one.
 *
 * Ordering
 *	The release of done publishes text and descriptor to the acquire of done in read_desc(). The
 *	release of the tail in log_pending_done() says that a line has been read, to the acquire of
 *	the tail in reserve(). A reader of an old line copies, then looks whether head and done have
 *	moved meanwhile: the head moves before the first byte is overwritten (full barrier).
 *
 * Limits
 *	2^CONFIG_LOG_BUF_SHIFT bytes of text, a line for each 64 of them. Numbers wrap after 2^32
 *	lines.
 *
 * Differs from Linux
 *	Linux overwrites lines that the console has not printed; here the new line is lost instead,
 *	and counted. It takes a console that is stuck.
 *
 * Tests
 *	tests/boot/printk_test.c, tests/scenario/printk.c
 */
#include <linux/atomic.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "ring.h"

#define LOG_BYTES	(1U << CONFIG_LOG_BUF_SHIFT)
#define LOG_LINES	(LOG_BYTES / 64)

struct log_desc {
	u32 done;		/* A: see States */
	u32 pos;		/* W: its writer, until it is published */
	u64 time_ns;		/* W */
	u16 len;		/* W */
	u16 cpu;		/* W */
	s8 level;		/* W */
};

static char log_text[LOG_BYTES];
static struct log_desc log_descs[LOG_LINES];
static atomic64_t log_head;	/* next place to write: seq above, byte position below */
static atomic64_t log_tail;	/* next place for the console; only its owner writes it */
static atomic_long_t lost;

/* A place in both rings. */
static u64 place(u32 seq, u32 pos)
{
	return (u64)seq << 32 | pos;
}

static u32 place_seq(u64 place)
{
	return (u32)(place >> 32);
}

static u32 place_pos(u64 place)
{
	return (u32)place;
}

static struct log_desc *desc_of(u32 seq)
{
	return &log_descs[seq % LOG_LINES];
}

static void copy_text_in(u32 pos, const char *text, u32 len)
{
	u32 at = pos % LOG_BYTES;
	u32 first = min(len, LOG_BYTES - at);

	memcpy(log_text + at, text, first);
	memcpy(log_text, text + first, len - first);
}

static void copy_text_out(u32 pos, char *text, u32 len)
{
	u32 at = pos % LOG_BYTES;
	u32 first = min(len, LOG_BYTES - at);

	memcpy(text, log_text + at, first);
	memcpy(text + first, log_text, len - first);
}

/* ---------------------------------------------------------------- writing */

/*
 * Take the next descriptor and @len bytes. False: the console is too far behind. The tail is read
 * before the head, which is never behind it then; the other way round, lines that are written and
 * printed meanwhile would make the ring look overfull.
 */
static bool reserve(u32 len, u64 *mine)
{
	u64 head, tail, next;

	do {
		/* pairs with atomic64_set_release() in log_pending_done() */
		tail = atomic64_read_acquire(&log_tail);
		head = atomic64_read(&log_head);
		if (place_seq(head) - place_seq(tail) >= LOG_LINES ||
		    place_pos(head) - place_pos(tail) + len > LOG_BYTES)
			return false;
		next = place(place_seq(head) + 1, place_pos(head) + len);
	} while (atomic64_cmpxchg(&log_head, head, next) != head);
	*mine = head;
	return true;
}

bool log_store(const struct log_line *line)
{
	struct log_desc *desc;
	u64 mine;
	u32 seq;

	if (!reserve(line->len, &mine)) {
		log_count_lost();
		return false;
	}
	seq = place_seq(mine);
	desc = desc_of(seq);
	WRITE_ONCE(desc->done, seq);
	smp_wmb();	/* pairs with smp_rmb() in log_read(): first invalid, then changed */
	desc->pos = place_pos(mine);
	desc->time_ns = line->time_ns;
	desc->len = (u16)line->len;
	desc->cpu = (u16)line->cpu;
	desc->level = (s8)line->level;
	copy_text_in(desc->pos, line->text, line->len);
	smp_store_release(&desc->done, seq + 1);	/* pairs with the acquire in read_desc() */
	return true;
}

/* ---------------------------------------------------------------- reading */

/* A copy of line @seq, which is good if its writer is done and nobody has begun to overwrite it. */
static bool read_desc(u32 seq, struct log_desc *copy)
{
	struct log_desc *desc = desc_of(seq);

	/* pairs with smp_store_release() in log_store() */
	if (smp_load_acquire(&desc->done) != seq + 1)
		return false;
	*copy = *desc;
	return true;
}

static void fill_record(u32 seq, const struct log_desc *desc, struct printk_record *record)
{
	record->seq = seq;
	record->time_ns = desc->time_ns;
	record->cpu = desc->cpu;
	record->level = desc->level;
	/* While it is being overwritten the length may be anything. */
	record->len = min_t(unsigned int, desc->len, LOG_LINE_MAX);
	copy_text_out(desc->pos, record->text, record->len);
	record->text[record->len] = '\0';
}

enum log_state log_read(u32 seq, struct printk_record *record)
{
	u64 head = atomic64_read(&log_head);
	struct log_desc desc;
	u32 pos;

	if (place_seq(head) - seq - 1 >= LOG_LINES)
		return (s32)(seq - place_seq(head)) >= 0 ? LOG_NOT_YET : LOG_GONE;
	if (!read_desc(seq, &desc))
		return (s32)(log_next_seq() - seq) > (s32)LOG_LINES ? LOG_GONE : LOG_NOT_YET;
	fill_record(seq, &desc, record);
	pos = desc.pos;
	smp_rmb();	/* pairs with smp_wmb() in log_store() and its cmpxchg of the head */
	if (!read_desc(seq, &desc) || place_pos(atomic64_read(&log_head)) - pos > LOG_BYTES)
		return LOG_GONE;
	return LOG_READY;
}

u32 log_next_seq(void)
{
	return place_seq(atomic64_read(&log_head));
}

/* The oldest line of which something may be left: descriptor and text. */
u32 log_oldest_seq(void)
{
	u64 head = atomic64_read(&log_head);
	u32 seq = place_seq(head) > LOG_LINES ? place_seq(head) - LOG_LINES : 0;
	struct log_desc desc;

	while (seq != place_seq(head) &&
	       read_desc(seq, &desc) && place_pos(head) - desc.pos > LOG_BYTES)
		seq++;
	return seq;
}

unsigned long log_lost(void)
{
	return atomic_long_read(&lost);
}

void log_count_lost(void)
{
	atomic_long_inc(&lost);
}

/* ---------------------------------------------------------------- the console's side */

bool log_pending(void)
{
	u32 seq = place_seq(atomic64_read(&log_tail));

	/* pairs with smp_store_release() in log_store() */
	return smp_load_acquire(&desc_of(seq)->done) == seq + 1;
}

void log_pending_read(struct printk_record *record)
{
	u32 seq = place_seq(atomic64_read(&log_tail));

	fill_record(seq, desc_of(seq), record);
}

void log_pending_done(const struct printk_record *record)
{
	u32 seq = (u32)record->seq;
	struct log_desc *desc = desc_of(seq);

	/* pairs with atomic64_read_acquire() in reserve() */
	atomic64_set_release(&log_tail, place(seq + 1, desc->pos + desc->len));
}

/*
 * The other CPUs have been stopped: a line that one of them was writing stays unfinished, and hides
 * those behind it. The next published one says where the text goes on.
 */
bool log_pending_skip(void)
{
	u32 end = log_next_seq();
	struct log_desc desc;

	for (u32 seq = place_seq(atomic64_read(&log_tail)); seq != end; seq++) {
		if (read_desc(seq, &desc)) {
			atomic64_set(&log_tail, place(seq, desc.pos));
			return true;
		}
	}
	return false;
}
