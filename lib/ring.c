// SPDX-License-Identifier: GPL-2.0-only
/*
 * From the top half to the bottom half: rings, status words, lists.
 *
 * What
 *	<bottomhalf/ring.h> has the contract.
 *
 *	Ring. head and tail count items for ever; the item with number n lies in place n modulo the
 *	size; head - tail are in it. The producer alone moves head. The consumer alone moves tail,
 *	unless the policy is to forget the oldest: then the producer takes the oldest item away by
 *	the same cmpxchg by which the consumer takes it, and one of the two succeeds:
 *
 *		CPU0 put, full				CPU1 take
 *							read item at tail
 *		cmpxchg tail -> tail + 1
 *		fill that place anew
 *							cmpxchg tail: fails; what was read may be
 *							half old and half new: read again
 *
 *	Status. A word a source; bits go in by an atomic or and come out by an exchange.
 *
 *	List. Free places are a stack, taken and given back by cmpxchg. Its head has a count of
 *	changes beside the number of the first place, so that a head that has gone and come back is
 *	not taken for one that stayed. Full places are an llist; the consumer takes all of it at
 *	once, turns it round, and eats that up before it takes again.
 *
 * Contexts
 *	Any. Nothing waits; put and take repeat a step only because somebody else made one.
 *
 * Ordering
 *	head: the producer fills a place, then releases head; the consumer acquires head, then reads.
 *	tail: the consumer reads, then releases tail; the producer acquires tail, then fills.
 *	Masking: both sides write, then look at what the other one writes, a full barrier between:
 *		CPU0 put: took the last place		CPU1 take
 *		mask the source				takes the last item: tail moves
 *		is_masked = 1				finds no more
 *		full barrier				full barrier
 *		nothing in it? unmask			is_masked, and nothing in it? unmask
 *	One of the two sees the other; cmpxchg of is_masked picks one if both do. The source is
 *	masked before is_masked says so: the consumer cannot unmask it earlier.
 *
 * Limits
 *	What is lost is counted, never silent. A taker whose items are forgotten while it reads them
 *	reads again: at most once for each item that goes in meanwhile.
 *
 * Tests
 *	tests/boot/ring_test.c, tests/scenario/halves.c (F1, F2, F3)
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/log2.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <bottomhalf/mark.h>
#include <bottomhalf/ring.h>

/* ---------------------------------------------------------------- one producer */

int bh_ring_init(struct bh_ring *ring, const char *name, void *items, unsigned int nr,
		 unsigned int item_size, enum bh_ring_policy policy)
{
	if (!is_power_of_2(nr) || !item_size)
		return -EINVAL;
	*ring = (struct bh_ring){
		.policy = policy, .nr_items = nr, .item_size = item_size, .items = items,
		.name = name,
	};
	return 0;
}

void bh_ring_set_source(struct bh_ring *ring, void (*mask)(void *source),
			void (*unmask)(void *source), void *source)
{
	ring->mask = mask;
	ring->unmask = unmask;
	ring->source = source;
}

static void *place(const struct bh_ring *ring, unsigned long number)
{
	return ring->items + (number & (ring->nr_items - 1)) * ring->item_size;
}

/*
 * If the oldest is forgotten both sides may be at one place at once; what was read then is thrown
 * away. Byte by byte: items are small, and of any alignment.
 */
static void copy_item(const struct bh_ring *ring, void *to, const void *from)
{
	unsigned int i;

	if (ring->policy != BH_RING_DROP_OLDEST) {
		memcpy(to, from, ring->item_size);
		return;
	}
	for (i = 0; i < ring->item_size; i++)
		WRITE_ONCE(((u8 *)to)[i], READ_ONCE(((const u8 *)from)[i]));
}

/* Only one side writes a counter, so it need not be atomic; the other one may read it. */
static void count(unsigned long *counter)
{
	WRITE_ONCE(*counter, *counter + 1);
}

/*
 * Unmask the source if it is masked and nothing is in the ring. A ring that was found empty before
 * may have been filled, and its source masked, since: it is looked at again, after is_masked, which
 * says the how many-th mask it is, so that only that one is taken back.
 */
static void unmask_if_drained(struct bh_ring *ring)
{
	/* Pairs with the release in mask_source(): what was put before is seen. */
	unsigned int which = smp_load_acquire(&ring->is_masked);

	if (!which || READ_ONCE(ring->head) != READ_ONCE(ring->tail))
		return;
	if (try_cmpxchg(&ring->is_masked, &which, 0U))
		ring->unmask(ring->source);
}

/* The last place is taken. The producer's; see "Masking" above. */
static void mask_source(struct bh_ring *ring)
{
	if (READ_ONCE(ring->is_masked))
		return;
	count(&ring->nr_masked);
	ring->mask(ring->source);
	/* Pairs with the acquire in unmask_if_drained(). Not 0, which is "not masked". */
	smp_store_release(&ring->is_masked, (unsigned int)ring->nr_masked ?: 1U);
	/* Pairs with the one in drained(). */
	smp_mb();
	if (READ_ONCE(ring->tail) == ring->head) {
		MARK("ring: drained while its source was being masked");
		unmask_if_drained(ring);
	}
}

/*
 * No item was found. The consumer's; likewise. False: there is one now, and the source waits until
 * it is taken: nobody else may be told to take it.
 */
static bool drained(struct bh_ring *ring)
{
	if (ring->policy != BH_RING_MASK)
		return true;
	/* Pairs with the one in mask_source(). */
	smp_mb();
	unmask_if_drained(ring);
	return !READ_ONCE(ring->is_masked);
}

/* The oldest item goes, unless the consumer has just taken it. Either way there is room. */
static void forget_oldest(struct bh_ring *ring, unsigned long tail)
{
	if (try_cmpxchg(&ring->tail, &tail, tail + 1)) {
		count(&ring->dropped);
	} else {
		MARK("ring: the oldest was taken while it was being forgotten");
		/* A cmpxchg that fails orders nothing; pairs with the one in bh_ring_take(). */
		smp_mb();
	}
}

bool bh_ring_put(struct bh_ring *ring, const void *item)
{
	unsigned long head = ring->head;
	/* Pairs with the release in bh_ring_take(): the place has been read. */
	unsigned long tail = smp_load_acquire(&ring->tail);
	unsigned long used = head - tail;

	if (used == ring->nr_items) {
		if (ring->policy != BH_RING_DROP_OLDEST) {
			count(&ring->dropped);
			return false;
		}
		forget_oldest(ring, tail);
		used--;
	}
	copy_item(ring, place(ring, head), item);
	/* Pairs with the acquire in bh_ring_take(). */
	smp_store_release(&ring->head, head + 1);
	if (++used > ring->high_water)
		WRITE_ONCE(ring->high_water, used);
	if (ring->policy == BH_RING_MASK && used == ring->nr_items)
		mask_source(ring);
	return true;
}

/* Move tail over an item that was read. False: the producer was quicker, and it is forgotten. */
static bool leave_place(struct bh_ring *ring, unsigned long tail)
{
	if (ring->policy == BH_RING_DROP_OLDEST)
		return try_cmpxchg(&ring->tail, &tail, tail + 1);	/* full barrier */
	/* Pairs with the acquire in bh_ring_put(). */
	smp_store_release(&ring->tail, tail + 1);
	return true;
}

bool bh_ring_take(struct bh_ring *ring, void *item)
{
	for (;;) {
		unsigned long tail = READ_ONCE(ring->tail);

		/* Pairs with the release in bh_ring_put(). */
		if (smp_load_acquire(&ring->head) == tail) {
			if (drained(ring))
				return false;
			continue;
		}
		copy_item(ring, item, place(ring, tail));
		if (leave_place(ring, tail)) {
			count(&ring->taken);
			return true;
		}
		MARK("ring: forgotten while it was being taken");
	}
}

unsigned int bh_ring_used(const struct bh_ring *ring)
{
	/* tail first: head is never behind it, and what comes in between is in the number. */
	unsigned long tail = smp_load_acquire(&ring->tail);
	unsigned long used = READ_ONCE(ring->head) - tail;

	return used < ring->nr_items ? (unsigned int)used : ring->nr_items;
}

void bh_ring_counts(const struct bh_ring *ring, struct bh_counts *counts)
{
	*counts = (struct bh_counts){
		.put = READ_ONCE(ring->head),
		.taken = READ_ONCE(ring->taken),
		.dropped = READ_ONCE(ring->dropped),
		.high_water = READ_ONCE(ring->high_water),
		.masked = READ_ONCE(ring->nr_masked),
	};
}

void bh_counts_report(const char *name, const struct bh_counts *counts)
{
	pr_info("%s: put %lu, taken %lu, dropped %lu, at most %lu at once, masked %lu times\n",
		name, counts->put, counts->taken, counts->dropped, counts->high_water,
		counts->masked);
}

void bh_ring_report(const struct bh_ring *ring)
{
	struct bh_counts counts;

	bh_ring_counts(ring, &counts);
	bh_counts_report(ring->name, &counts);
}

bool bh_ring_put_here(struct bh_ring __percpu *rings, const void *item)
{
	unsigned long flags;
	bool in;

	local_irq_save(flags);
	in = bh_ring_put(this_cpu_ptr(rings), item);
	local_irq_restore(flags);
	return in;
}

bool bh_ring_take_any(struct bh_ring __percpu *rings, unsigned int *cpu, void *item)
{
	unsigned int looked_at;

	for (looked_at = 0; looked_at < nr_cpu_ids; looked_at++) {
		if (cpu_possible(*cpu) && bh_ring_take(per_cpu_ptr(rings, *cpu), item))
			return true;
		*cpu = *cpu + 1 < nr_cpu_ids ? *cpu + 1 : 0;
	}
	return false;
}

/* ---------------------------------------------------------------- what happened, and no more */

bool bh_status_set(struct bh_status *status, unsigned int source, unsigned long bits)
{
	/* Full barrier; pairs with the xchg in bh_status_take(). */
	unsigned long before = (unsigned long)atomic_long_fetch_or((long)bits,
								   &status->words[source]);

	atomic_long_inc(&status->put);
	if ((before & bits) == bits)
		atomic_long_inc(&status->merged);
	return !before;
}

unsigned long bh_status_take(struct bh_status *status, unsigned int *source)
{
	unsigned int i, at = status->next;
	unsigned long bits = 0;

	for (i = 0; i < status->nr && !bits; i++) {
		*source = at;
		/* Only the consumer makes it 0; what comes after a look that saw 0 starts him anew. */
		if (atomic_long_read(&status->words[at]))
			bits = (unsigned long)atomic_long_xchg(&status->words[at], 0);
		at = at + 1 < status->nr ? at + 1 : 0;
	}
	status->next = at;
	if (bits)
		count(&status->taken);
	return bits;
}

void bh_status_counts(const struct bh_status *status, struct bh_counts *counts)
{
	*counts = (struct bh_counts){
		.put = (unsigned long)atomic_long_read(&status->put),
		.taken = READ_ONCE(status->taken),
		.dropped = (unsigned long)atomic_long_read(&status->merged),
	};
}

/* ---------------------------------------------------------------- many producers */

static s64 free_word(s64 old, unsigned int first)
{
	return (s64)((((u64)old >> 32) + 1) << 32 | first);
}

void bh_list_init(struct bh_list *list)
{
	unsigned int i;

	for (i = 0; i < list->nr_items; i++)
		list->nodes[i].next_free = i + 1 < list->nr_items ? i + 2 : 0;
	atomic64_set(&list->free, list->nr_items ? 1 : 0);
	init_llist_head(&list->full);
	list->batch = NULL;
	atomic_set(&list->used, 0);
	atomic_set(&list->high_water, 0);
	atomic_long_set(&list->put, 0);
	atomic_long_set(&list->dropped, 0);
	list->taken = 0;
}

/* A free place, or NULL. */
static struct bh_list_node *get_place(struct bh_list *list)
{
	s64 old = atomic64_read(&list->free);
	struct bh_list_node *node;

	do {
		if (!(u32)old)
			return NULL;
		node = &list->nodes[(u32)old - 1];
		/* Somebody else may have it by now: then what is read is wrong, and the count has changed. */
	} while (!atomic64_try_cmpxchg(&list->free, &old,
				       free_word(old, READ_ONCE(node->next_free))));
	return node;
}

static void give_back_place(struct bh_list *list, struct bh_list_node *node)
{
	unsigned int number = (unsigned int)(node - list->nodes) + 1;
	s64 old = atomic64_read(&list->free);

	do {
		WRITE_ONCE(node->next_free, (u32)old);
	} while (!atomic64_try_cmpxchg(&list->free, &old, free_word(old, number)));
}

static void *item_of(const struct bh_list *list, const struct bh_list_node *node)
{
	return list->items + (size_t)(node - list->nodes) * list->item_size;
}

static void raise_high_water(struct bh_list *list, int used)
{
	int high = atomic_read(&list->high_water);

	while (high < used && !atomic_try_cmpxchg(&list->high_water, &high, used))
		;
}

bool bh_list_put(struct bh_list *list, const void *item)
{
	struct bh_list_node *node = get_place(list);

	if (!node) {
		atomic_long_inc(&list->dropped);
		return false;
	}
	raise_high_water(list, atomic_inc_return(&list->used));
	memcpy(item_of(list, node), item, list->item_size);
	atomic_long_inc(&list->put);
	/* Full barrier; pairs with llist_del_all() in bh_list_take(). */
	llist_add(&node->node, &list->full);
	return true;
}

bool bh_list_take(struct bh_list *list, void *item)
{
	struct bh_list_node *node;

	if (!list->batch)
		list->batch = llist_reverse_order(llist_del_all(&list->full));
	if (!list->batch)
		return false;
	node = llist_entry(list->batch, struct bh_list_node, node);
	list->batch = list->batch->next;
	memcpy(item, item_of(list, node), list->item_size);
	atomic_dec(&list->used);
	/* Full barrier; pairs with the cmpxchg in get_place(): the item has been read. */
	give_back_place(list, node);
	count(&list->taken);
	return true;
}

void bh_list_counts(const struct bh_list *list, struct bh_counts *counts)
{
	*counts = (struct bh_counts){
		.put = (unsigned long)atomic_long_read(&list->put),
		.taken = READ_ONCE(list->taken),
		.dropped = (unsigned long)atomic_long_read(&list->dropped),
		.high_water = (unsigned long)atomic_read(&list->high_water),
	};
}
