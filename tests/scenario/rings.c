// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rings and lock-free lists under every schedule (claim F1): one producer and one consumer need no
 * lock, in whatever contexts; many adders and a taker need none either.
 */
#include <kunit/scenario.h>
#include <linux/kfifo.h>
#include <linux/llist.h>
#include <linux/sched.h>
#include <linux/string.h>

/* ---------------------------------------------------------------- one producer, one consumer */

#define NUMBERS		7

struct wide {
	u32 number, again;
};

static DEFINE_KFIFO(ring, struct wide, 2);
static DEFINE_KFIFO(bytes, unsigned char, 4);
static atomic_t put_by_interrupts;

static void produce(void *unused)
{
	for (u32 i = 1; i <= NUMBERS; i++)
		while (!kfifo_put(&ring, ((struct wide){ i, i })))
			schedule();
}

static void consumed_elements_are_whole_and_in_order(struct kunit *test)
{
	struct scenario_thread producer;

	kfifo_reset(&ring);
	scenario_start(test, &producer, 1, produce, NULL);
	for (u32 i = 1; i <= NUMBERS; i++) {
		struct wide wide = { 0, 0 };

		while (!kfifo_get(&ring, &wide))
			schedule();
		KUNIT_EXPECT_EQ(test, wide.number, i);
		KUNIT_EXPECT_EQ(test, wide.again, i);
	}
	scenario_join(&producer);
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&ring));
}
SCENARIO(consumed_elements_are_whole_and_in_order);

static void produce_blocks(void *unused)
{
	static const unsigned char text[] = "softirqs";
	unsigned int done = 0;

	while (done < 8) {
		done += kfifo_in(&bytes, text + done, min(3U, 8 - done));
		schedule();
	}
}

static void consumed_blocks_are_whole_and_in_order(struct kunit *test)
{
	struct scenario_thread producer;
	unsigned char got[9] = { 0 };
	unsigned int done = 0;

	kfifo_reset(&bytes);
	scenario_start(test, &producer, 1, produce_blocks, NULL);
	while (done < 8) {
		done += kfifo_out(&bytes, got + done, 3);
		schedule();
	}
	scenario_join(&producer);
	KUNIT_EXPECT_STREQ(test, (const char *)got, "softirqs");
}
SCENARIO(consumed_blocks_are_whole_and_in_order);

static void put_one(void *unused)
{
	int number = atomic_inc_return(&put_by_interrupts);

	kfifo_put(&ring, ((struct wide){ number, number }));
}

/* One CPU gets all the interrupts: they are one producer. The consumer is wherever it is. */
static void interrupt_fills_while_a_task_empties(struct kunit *test)
{
	u32 taken = 0;

	kfifo_reset(&ring);
	atomic_set(&put_by_interrupts, 0);
	for (int i = 0; i < 2; i++)
		scenario_inject_on(0, put_one, NULL);
	while (taken < 2) {
		struct wide wide = { 0, 0 };

		while (kfifo_get(&ring, &wide)) {
			KUNIT_EXPECT_EQ(test, wide.number, ++taken);
			KUNIT_EXPECT_EQ(test, wide.again, taken);
		}
		schedule_timeout_uninterruptible(1);
	}
	scenario_settle();
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&ring));
}
SCENARIO(interrupt_fills_while_a_task_empties);

/* ---------------------------------------------------------------- many adders, one taker */

#define ADDERS		3
#define EACH		2

struct item {
	struct llist_node node;
	int value;
};

static struct item items[ADDERS][EACH];
static LLIST_HEAD(stack);
static atomic_t told_empty, added;

static void add_items(void *mine)
{
	struct item *item = mine;

	for (int i = 0; i < EACH; i++) {
		WRITE_ONCE(item[i].value, 100 + i);
		if (llist_add(&item[i].node, &stack))
			atomic_inc(&told_empty);
		atomic_inc(&added);
	}
}

static void adders_lose_nothing_and_each_chain_has_one_first(struct kunit *test)
{
	struct scenario_thread threads[2];
	int taken = 0, chains = 0;
	struct item *item, *next;

	init_llist_head(&stack);
	atomic_set(&told_empty, 0);
	atomic_set(&added, 0);
	scenario_inject(add_items, items[2]);
	for (int i = 0; i < 2; i++)
		scenario_start(test, &threads[i], i, add_items, items[i]);
	while (taken < ADDERS * EACH) {
		struct llist_node *chain = llist_del_all(&stack);

		chains += chain != NULL;
		llist_for_each_entry_safe(item, next, chain, node) {
			KUNIT_EXPECT_GE(test, READ_ONCE(item->value), 100);
			taken++;
		}
		if (!chain)
			schedule_timeout_uninterruptible(1);
	}
	scenario_join_each(threads, 2);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, taken, ADDERS * EACH);
	KUNIT_EXPECT_EQ(test, atomic_read(&told_empty), chains);
	KUNIT_EXPECT_TRUE(test, llist_empty(&stack));
}
SCENARIO(adders_lose_nothing_and_each_chain_has_one_first);

static void adders_of_single_takers_lose_nothing(struct kunit *test)
{
	struct scenario_thread threads[2];
	int taken = 0;

	init_llist_head(&stack);
	atomic_set(&added, 0);
	for (int i = 0; i < 2; i++)
		scenario_start(test, &threads[i], i, add_items, items[i]);
	while (taken < 2 * EACH) {
		if (llist_del_first(&stack))
			taken++;
		else
			schedule_timeout_uninterruptible(1);
	}
	scenario_join_each(threads, 2);
	KUNIT_EXPECT_TRUE(test, llist_empty(&stack));
}
SCENARIO(adders_of_single_takers_lose_nothing);
