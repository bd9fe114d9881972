/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the top half to the bottom half: three containers of fixed size, and what each loses.
 *
 * What
 *	A handler that takes something from its device has to put it where the bottom half finds it,
 *	at once, without a lock that the bottom half could hold, and without asking for memory. It
 *	may come faster than the bottom half drains; then something is lost, or the device has to
 *	wait. Each container counts which.
 *
 *			keeps			loses, when it is too much	producers
 *	bh_ring		items, in order		the newest, the oldest, or	one
 *						nothing: the source is masked
 *	bh_status	that it happened	how often, and the order	any number
 *	bh_list		items, in order		the newest			any number
 *
 *	Several producers on several CPUs can also have a bh_ring each: bh_ring_put_here(). Then the
 *	order between CPUs is lost.
 *
 *		DEFINE_BH_RING(keys, u8, 64, BH_RING_DROP_NEWEST);
 *
 *		bh_ring_put(&keys, &code);		in the handler, then tasklet_schedule()
 *		while (bh_ring_take(&keys, &code))	in the tasklet
 *			...
 *
 * Contexts
 *	Any, NMI included, of every function but the _init ones and _report. Nobody waits for
 *	anybody: a producer may interrupt its consumer, and either may run on another CPU.
 *	"One producer" is one handler, or one CPU with interrupts off, or whoever holds a lock.
 *	There is one consumer of each container.
 *
 * How it works, and which barrier is for what: lib/ring.c. Documentation/rings.md tells which to
 * take.
 *
 * Differs from Linux
 *	Linux has kfifo (here, too: <linux/kfifo.h>), which is the first of the three policies and
 *	counts nothing; its drivers have the others each for itself.
 */
#ifndef _BOTTOMHALF_RING_H
#define _BOTTOMHALF_RING_H

#include <linux/atomic.h>
#include <linux/llist.h>
#include <linux/percpu.h>
#include <linux/types.h>

/* ---------------------------------------------------------------- one producer */

/** enum bh_ring_policy - what a ring does that is full */
enum bh_ring_policy {
	BH_RING_DROP_NEWEST,	/* refuses the item */
	BH_RING_DROP_OLDEST,	/* forgets the item that has waited longest, and takes this one */
	BH_RING_MASK,		/* masks its source when the last place is taken, until drained */
};

/**
 * struct bh_ring - items of one size, from one producer to one consumer
 *
 * The members are private. put - taken, less what was forgotten, is what is in it now.
 */
struct bh_ring {
	/* The producer writes. */
	unsigned long head ____cacheline_aligned;	/* items that went in */
	unsigned long dropped;
	unsigned long high_water;
	unsigned long nr_masked;
	/* The consumer writes; the producer, too, if it forgets the oldest (cmpxchg). */
	unsigned long tail ____cacheline_aligned;	/* items that left */
	unsigned long taken;
	unsigned int is_masked;		/* A: the producer sets it; who sets it to 0 unmasks */
	/* I */
	enum bh_ring_policy policy;
	unsigned int nr_items;				/* a power of two */
	unsigned int item_size;
	void *items;
	const char *name;
	void (*mask)(void *source);
	void (*unmask)(void *source);
	void *source;
};

#define __BH_RING_SIZE(nr)	((nr) > 0 && !((nr) & ((nr) - 1)) ? (nr) : -1)
#define __BH_RING_INITIALIZER(ring, buffer, kind) {			\
	.policy = (kind), .nr_items = sizeof(buffer) / sizeof((buffer)[0]), \
	.item_size = sizeof((buffer)[0]), .items = (buffer), .name = #ring }

/**
 * DEFINE_BH_RING - a ring with its memory, at compile time; static
 * @ring: its name
 * @type: of an item
 * @nr: how many there is room for, a power of two
 * @kind: BH_RING_*; BH_RING_MASK needs bh_ring_set_source()
 */
#define DEFINE_BH_RING(ring, type, nr, kind)				\
	static type ring##_items[__BH_RING_SIZE(nr)];				\
	static struct bh_ring ring = __BH_RING_INITIALIZER(ring, ring##_items, kind)

/**
 * bh_ring_init - make an empty ring of the caller's memory
 * @ring: the ring
 * @name: for reports; must live as long
 * @items: room for @nr items
 * @nr: a power of two
 * @item_size: bytes
 * @policy: what it does when it is full
 *
 * Context: any, before the first use or when both sides are kept out.
 * Return: 0, or -EINVAL if @nr is no power of two or an item has no size.
 */
int bh_ring_init(struct bh_ring *ring, const char *name, void *items, unsigned int nr,
		 unsigned int item_size, enum bh_ring_policy policy);

/**
 * bh_ring_set_source - what a BH_RING_MASK ring does to its producer
 * @ring: the ring, not in use yet
 * @mask: keeps the source from coming again: disable_irq_nosync(), or a bit of the device
 * @unmask: lets it come again
 * @source: their argument
 *
 * @mask is called by the producer in bh_ring_put(), @unmask by the consumer in the bh_ring_take()
 * that finds nothing, or by the producer when the consumer has just done so. Both must be legal in
 * the context of either, and each @mask has its one @unmask, which comes after it.
 */
void bh_ring_set_source(struct bh_ring *ring, void (*mask)(void *source),
			void (*unmask)(void *source), void *source);

/**
 * bh_ring_put - the producer's: one item goes in
 * @ring: the ring
 * @item: is copied
 *
 * Context: any, one at a time.
 * Return: whether it went in. If not, it is lost, and counted: the ring was full. It can be with
 * BH_RING_MASK, too, when the source comes again all the same: a handler that takes more than one
 * item from its device looks at bh_ring_room() before each.
 */
bool bh_ring_put(struct bh_ring *ring, const void *item);

/**
 * bh_ring_take - the consumer's: the oldest item comes out
 * @ring: the ring
 * @item: where it is copied to; unchanged if there is none
 *
 * Take until it returns false: that is what "drained" means to BH_RING_MASK.
 * Context: any, one at a time. Return: whether there was one.
 */
bool bh_ring_take(struct bh_ring *ring, void *item);

/** bh_ring_used - items that are in it now. Context: any; stale at once for the other side. */
unsigned int bh_ring_used(const struct bh_ring *ring);
/** bh_ring_room - items that still fit. For the producer: at least so many. Context: any. */
static inline unsigned int bh_ring_room(const struct bh_ring *ring)
{
	return ring->nr_items - bh_ring_used(ring);
}

/** bh_ring_is_masked - whether its source waits until it is drained. Context: any. */
static inline bool bh_ring_is_masked(const struct bh_ring *ring)
{
	return READ_ONCE(ring->is_masked) != 0;
}

/**
 * struct bh_counts - what has gone through a container since it was made
 * @put: went in
 * @taken: came out, to the consumer
 * @dropped: lost: refused, or forgotten; bh_status: put on top of one that had not been taken
 * @high_water: the most that were in it at once
 * @masked: how often the source was masked
 *
 * Each counter is read once, at its time: what happens meanwhile is in some and not in others.
 */
struct bh_counts {
	unsigned long put, taken, dropped, high_water, masked;
};

/** bh_ring_counts - read a ring's counters. Context: any. */
void bh_ring_counts(const struct bh_ring *ring, struct bh_counts *counts);
/** bh_ring_report - print a line with them. Context: any but NMI. */
void bh_ring_report(const struct bh_ring *ring);
/** bh_counts_report - the same for counters of any container: "NAME: put 3, taken 2 ..." */
void bh_counts_report(const char *name, const struct bh_counts *counts);

/**
 * bh_ring_put_here - put an item into this CPU's ring of many
 * @rings: DEFINE_PER_CPU(struct bh_ring, ...), each set up by bh_ring_init()
 * @item: is copied
 *
 * Interrupts are off meanwhile, so each CPU is one producer, whoever calls there; not NMI.
 * Return: as bh_ring_put().
 */
bool bh_ring_put_here(struct bh_ring __percpu *rings, const void *item);

/**
 * bh_ring_take_any - take an item from any CPU's ring
 * @rings: as above
 * @cpu: where the last one came from, 0 at first; is set to where this one comes from
 * @item: where it is copied to
 *
 * A CPU's ring is emptied before the next one is looked at, all of them once. Items of one CPU keep
 * their order, those of different CPUs have none. Context: any but NMI, one consumer at a time.
 * Return: whether there was one.
 */
bool bh_ring_take_any(struct bh_ring __percpu *rings, unsigned int *cpu, void *item);

/* ---------------------------------------------------------------- what happened, and no more */

/**
 * struct bh_status - a word for each source, in which its handler sets bits
 *
 * The members are private.
 */
struct bh_status {
	atomic_long_t *words;		/* A */
	unsigned int nr;		/* I */
	unsigned int next;		/* the consumer's: where it looks first */
	atomic_long_t put, merged;	/* A */
	unsigned long taken;		/* the consumer's */
};

/** DEFINE_BH_STATUS - status words of @nr sources, all zero, at compile time; static */
#define DEFINE_BH_STATUS(status, nr_sources)				\
	static atomic_long_t status##_words[nr_sources];			\
	static struct bh_status status = { .words = status##_words, .nr = (nr_sources) }

/**
 * bh_status_set - a source has something to say
 * @status: the array
 * @source: below the number of sources
 * @bits: not 0; what its handler read from the device, or just 1
 *
 * Cannot fail: there is a word for each source. What was stored before is seen by the consumer who
 * takes the bits. Context: any, any number at once.
 * Return: whether the source had nothing to say before: then the bottom half has to be started.
 */
bool bh_status_set(struct bh_status *status, unsigned int source, unsigned long bits);

/**
 * bh_status_take - the next source that has something to say
 * @status: the array
 * @source: which it is
 *
 * All sources have their turn, in a circle. Context: any, one at a time.
 * Return: its bits, which are 0 in the array from now on; 0 if there is no such source.
 */
unsigned long bh_status_take(struct bh_status *status, unsigned int *source);

/** bh_status_counts - read its counters; masked and high_water are 0. Context: any. */
void bh_status_counts(const struct bh_status *status, struct bh_counts *counts);

/* ---------------------------------------------------------------- many producers */

struct bh_list_node {
	struct llist_node node;		/* while it is in the list */
	unsigned int next_free;		/* while it is free: number of the next one, or 0 */
};

/**
 * struct bh_list - items of one size in a fixed array, from any number of producers to one consumer
 *
 * The members are private.
 */
struct bh_list {
	atomic64_t free;		/* A: high half: changes so far; low: first free place, from 1 */
	struct llist_head full;		/* A: newest first */
	struct llist_node *batch;	/* the consumer's: taken from there, oldest first */
	struct bh_list_node *nodes;	/* I */
	void *items;			/* I */
	unsigned int nr_items;		/* I */
	unsigned int item_size;		/* I */
	atomic_t used;			/* A: places that are not free */
	atomic_t high_water;		/* A */
	atomic_long_t put, dropped;	/* A */
	unsigned long taken;		/* the consumer's */
};

/** DEFINE_BH_LIST - one with its memory, at compile time; static; bh_list_init() makes it usable */
#define DEFINE_BH_LIST(list, type, nr)					\
	static type list##_items[nr];						\
	static struct bh_list_node list##_nodes[nr];				\
	static struct bh_list list = { .nodes = list##_nodes, .items = list##_items, \
				.nr_items = (nr), .item_size = sizeof(type) }

/** bh_list_init - all places free, all counters 0. Context: any, before the first use. */
void bh_list_init(struct bh_list *list);

/**
 * bh_list_put - one item goes in
 * @list: the list
 * @item: is copied
 *
 * Context: any, NMI too; any number at once.
 * Return: whether there was a place for it. If not, it is lost, and counted.
 */
bool bh_list_put(struct bh_list *list, const void *item);

/**
 * bh_list_take - the oldest item comes out
 * @list: the list
 * @item: where it is copied to
 *
 * Items come out in the order in which they went in. Context: any, one at a time.
 * Return: whether there was one.
 */
bool bh_list_take(struct bh_list *list, void *item);

/** bh_list_counts - read its counters; masked is 0. Context: any. */
void bh_list_counts(const struct bh_list *list, struct bh_counts *counts);

#endif
