/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sequence counters and locks: readers never hold up a writer, but read again when one came in between.
 *
 * What
 *	A counter that is odd while the data are being written. A reader notes it, reads, and looks again:
 *
 *		do {
 *			seq = read_seqbegin(&lock);
 *			... read by READ_ONCE ...
 *		} while (read_seqretry(&lock, seq));
 *
 *	seqcount_t leaves it to the caller that there is one writer at a time; seqlock_t has a spinlock.
 *
 * Contexts
 *	Readers: any, also NMI with a latch. Writers: preemption off; and interrupts, or bottom halves, if
 *	those read: a reader that interrupts the writer on its CPU would spin for ever.
 *
 * Ordering
 *	begin: the counter is read before the data, by an acquire; retry: the data before the counter, by
 *	smp_rmb(). They pair with the two smp_wmb() of the writer.
 *
 * Tests
 *	tests/boot/seqlock_test.c
 */
#ifndef _LINUX_SEQLOCK_H
#define _LINUX_SEQLOCK_H

#include <linux/spinlock.h>
#include <arch/cpu.h>

/* A: written by one writer at a time */
typedef struct seqcount {
	unsigned int sequence;
} seqcount_t;

typedef seqcount_t seqcount_spinlock_t;
typedef seqcount_t seqcount_raw_spinlock_t;
typedef seqcount_t seqcount_latch_t;

#define SEQCNT_ZERO(name)		{ .sequence = 0 }
#define SEQCNT_SPINLOCK_ZERO(name, lock) { .sequence = 0 }
#define SEQCNT_RAW_SPINLOCK_ZERO(name, lock) { .sequence = 0 }
#define SEQCNT_LATCH_ZERO(name)		{ .sequence = 0 }
#define seqcount_init(s)		((void)((s)->sequence = 0))
#define seqcount_spinlock_init(s, lock)	seqcount_init(s)
#define seqcount_raw_spinlock_init(s, lock) seqcount_init(s)
#define seqcount_latch_init(s)		seqcount_init(s)

/** __read_seqcount_begin - wait until no writer is at work, and note the counter */
static __always_inline unsigned int __read_seqcount_begin(const seqcount_t *s)
{
	unsigned int seq;

	/* Pairs with the smp_wmb() in raw_write_seqcount_end(): the data before it are seen. */
	while (unlikely((seq = smp_load_acquire(&s->sequence)) & 1))
		arch_cpu_relax();
	return seq;
}

#define raw_read_seqcount_begin(s)	__read_seqcount_begin(s)
/** read_seqcount_begin - begin a read. Return: for read_seqcount_retry(). */
#define read_seqcount_begin(s)		__read_seqcount_begin(s)
/** raw_read_seqcount - the counter, also when it is odd */
static __always_inline unsigned int raw_read_seqcount(const seqcount_t *s)
{
	return smp_load_acquire(&s->sequence);
}
/** raw_seqcount_begin - for a reader that would rather fail than wait: retry says so */
#define raw_seqcount_begin(s)		(raw_read_seqcount(s) & ~1U)

static __always_inline int __read_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	return unlikely(READ_ONCE(s->sequence) != start);
}

/** read_seqcount_retry - end a read. Return: 1 if a writer came in between: read again. */
static __always_inline int read_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	/* Pairs with the smp_wmb() in raw_write_seqcount_begin(): new data imply a new counter. */
	smp_rmb();
	return __read_seqcount_retry(s, start);
}

/** raw_write_seqcount_begin - the data are going to change; the caller is the only writer */
static __always_inline void raw_write_seqcount_begin(seqcount_t *s)
{
	WRITE_ONCE(s->sequence, s->sequence + 1);
	/* Pairs with the smp_rmb() in read_seqcount_retry(). */
	smp_wmb();
}

/** raw_write_seqcount_end - the data are whole again */
static __always_inline void raw_write_seqcount_end(seqcount_t *s)
{
	/* Pairs with the acquire in __read_seqcount_begin(). */
	smp_wmb();
	WRITE_ONCE(s->sequence, s->sequence + 1);
}

/** write_seqcount_begin, write_seqcount_end - the same, with preemption off in between */
static __always_inline void write_seqcount_begin(seqcount_t *s)
{
	preempt_disable();
	raw_write_seqcount_begin(s);
}

static __always_inline void write_seqcount_end(seqcount_t *s)
{
	raw_write_seqcount_end(s);
	preempt_enable();
}

/** write_seqcount_invalidate - make every read under way fail */
static __always_inline void write_seqcount_invalidate(seqcount_t *s)
{
	/* Pairs with the smp_rmb() in read_seqcount_retry(). */
	smp_wmb();
	WRITE_ONCE(s->sequence, s->sequence + 2);
}

/* A latch: two copies; an even counter says that readers use the first. Readers never wait. */
#define raw_read_seqcount_latch(s)	READ_ONCE((s)->sequence)
#define raw_read_seqcount_latch_retry(s, start) read_seqcount_retry((s), (start))
static __always_inline void raw_write_seqcount_latch(seqcount_t *s)
{
	/* Both pair with the smp_rmb() in raw_read_seqcount_latch_retry(): one copy is always whole. */
	smp_wmb();
	WRITE_ONCE(s->sequence, s->sequence + 1);
	smp_wmb();
}

typedef struct {
	seqcount_t seqcount;
	spinlock_t lock;		/* writers */
} seqlock_t;

#define __SEQLOCK_UNLOCKED(name) \
	{ .seqcount = SEQCNT_ZERO(name), .lock = __SPIN_LOCK_UNLOCKED(name.lock) }
#define DEFINE_SEQLOCK(x)	seqlock_t x = __SEQLOCK_UNLOCKED(x)
/** seqlock_init - before its first use */
#define seqlock_init(sl) do {						\
	seqcount_init(&(sl)->seqcount);					\
	spin_lock_init(&(sl)->lock);					\
} while (0)

/** read_seqbegin, read_seqretry - a read that is repeated if a writer came in between. Context: any. */
static __always_inline unsigned int read_seqbegin(const seqlock_t *sl)
{
	return read_seqcount_begin(&sl->seqcount);
}

static __always_inline unsigned int read_seqretry(const seqlock_t *sl, unsigned int start)
{
	return (unsigned int)read_seqcount_retry(&sl->seqcount, start);
}

/* Each form of the spinlock, with the counter inside; form is the suffix. */
#define __BH_SEQLOCK_FORM(form)						\
static __always_inline void write_seqlock##form(seqlock_t *sl)		\
{									\
	spin_lock##form(&sl->lock);					\
	raw_write_seqcount_begin(&sl->seqcount);			\
}									\
static __always_inline void write_sequnlock##form(seqlock_t *sl)	\
{									\
	raw_write_seqcount_end(&sl->seqcount);				\
	spin_unlock##form(&sl->lock);					\
}									\
static __always_inline void read_seqlock_excl##form(seqlock_t *sl)	\
{									\
	spin_lock##form(&sl->lock);					\
}									\
static __always_inline void read_sequnlock_excl##form(seqlock_t *sl)	\
{									\
	spin_unlock##form(&sl->lock);					\
}

__BH_SEQLOCK_FORM()
__BH_SEQLOCK_FORM(_bh)
__BH_SEQLOCK_FORM(_irq)

#define write_seqlock_irqsave(sl, flags) do {				\
	spin_lock_irqsave(&(sl)->lock, flags);				\
	raw_write_seqcount_begin(&(sl)->seqcount);			\
} while (0)

static __always_inline void write_sequnlock_irqrestore(seqlock_t *sl, unsigned long flags)
{
	raw_write_seqcount_end(&sl->seqcount);
	spin_unlock_irqrestore(&sl->lock, flags);
}

#define read_seqlock_excl_irqsave(sl, flags)	spin_lock_irqsave(&(sl)->lock, flags)
/** read_sequnlock_excl_irqrestore - a reader that keeps writers out is done */
static __always_inline void read_sequnlock_excl_irqrestore(seqlock_t *sl, unsigned long flags)
{
	spin_unlock_irqrestore(&sl->lock, flags);
}

#endif
