// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lock-free lists: alone, and with an interrupt and another CPU adding meanwhile.
 */
#include <linux/kthread.h>
#include <linux/llist.h>
#include <linux/smp.h>

#include "helpers.h"

#define ITEMS	64

struct item {
	int value;
	struct llist_node node;
};

static void entries_come_out_newest_first_and_turned_oldest_first(struct kunit *test)
{
	struct item items[4], *item;
	struct llist_node *chain;
	LLIST_HEAD(head);
	int sum = 0;

	KUNIT_EXPECT_TRUE(test, llist_empty(&head));
	for (int i = 0; i < 4; i++) {
		items[i].value = i + 1;
		KUNIT_EXPECT_EQ(test, llist_add(&items[i].node, &head), i == 0);
	}
	chain = llist_del_all(&head);
	KUNIT_EXPECT_TRUE(test, llist_empty(&head));
	llist_for_each_entry(item, chain, node)
		sum = sum * 10 + item->value;
	KUNIT_EXPECT_EQ(test, sum, 4321);
	sum = 0;
	llist_for_each_entry(item, llist_reverse_order(chain), node)
		sum = sum * 10 + item->value;
	KUNIT_EXPECT_EQ(test, sum, 1234);
	KUNIT_EXPECT_NULL(test, llist_del_all(&head));
	KUNIT_EXPECT_NULL(test, llist_reverse_order(NULL));
}

static void single_entries_are_taken_from_the_front(struct kunit *test)
{
	struct item items[3];
	LLIST_HEAD(head);

	for (int i = 0; i < 3; i++) {
		init_llist_node(&items[i].node);
		KUNIT_EXPECT_FALSE(test, llist_on_list(&items[i].node));
		llist_add(&items[i].node, &head);
		KUNIT_EXPECT_TRUE(test, llist_on_list(&items[i].node));
	}
	KUNIT_EXPECT_PTR_EQ(test, llist_del_first(&head), &items[2].node);
	KUNIT_EXPECT_PTR_EQ(test, llist_del_first_init(&head), &items[1].node);
	KUNIT_EXPECT_FALSE(test, llist_on_list(&items[1].node));
	KUNIT_EXPECT_PTR_EQ(test, llist_del_first(&head), &items[0].node);
	KUNIT_EXPECT_NULL(test, llist_del_first(&head));
}

static void chain_is_added_as_a_whole(struct kunit *test)
{
	struct item items[4], *item, *next;
	LLIST_HEAD(head);
	LLIST_HEAD(chain);
	int sum = 0;

	for (int i = 0; i < 4; i++)
		items[i].value = i + 1;
	__llist_add(&items[0].node, &chain);
	__llist_add(&items[1].node, &chain);
	llist_add(&items[2].node, &head);
	KUNIT_EXPECT_FALSE(test, llist_add_batch(&items[1].node, &items[0].node, &head));
	llist_for_each_entry_safe(item, next, llist_del_all(&head), node)
		sum = sum * 10 + item->value;
	KUNIT_EXPECT_EQ(test, sum, 213);
}

/* ---------------------------------------------------------------- several adders */

struct adder {
	struct llist_head *head;
	struct item items[ITEMS];
	atomic_t empty_seen;		/* how often it was told that the list was empty */
	atomic_t done;
};

static void add_all(void *data)
{
	struct adder *adder = data;

	for (int i = 0; i < ITEMS; i++) {
		adder->items[i].value = i;
		if (llist_add(&adder->items[i].node, adder->head))
			atomic_inc(&adder->empty_seen);
	}
	atomic_set_release(&adder->done, 1);
}

/* Count the entries of a chain, and check that each adder's come newest first. */
static int take_chain(struct kunit *test, struct llist_node *chain, const struct adder *adders)
{
	int last[2] = { -1, -1 }, n = 0;
	struct item *item;

	llist_for_each_entry(item, llist_reverse_order(chain), node) {
		int who = item >= adders[1].items && item < adders[1].items + ITEMS;

		KUNIT_EXPECT_GT(test, item->value, last[who]);
		last[who] = item->value;
		n++;
	}
	return n;
}

static int adder_thread(void *data)
{
	add_all(data);
	return 0;
}

static void adders_on_two_cpus_lose_nothing_and_one_is_told_of_each_empty_list(struct kunit *test)
{
	struct adder *adders = kunit_kzalloc(test, 2 * sizeof(*adders), GFP_KERNEL);
	unsigned int here, there;
	struct task_struct *other;
	LLIST_HEAD(head);
	int seen = 0, chains = 0;

	KUNIT_ASSERT_NOT_NULL(test, adders);
	SKIP_ON_ONE_CPU(test);
	adders[0].head = adders[1].head = &head;
	here = get_cpu();
	there = cpumask_any_but(cpu_online_mask, here);
	put_cpu();
	other = kthread_create(adder_thread, &adders[1], "adder");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, other);
	kthread_bind(other, there);
	wake_up_process(other);
	add_all(&adders[0]);
	while (seen < 2 * ITEMS) {
		struct llist_node *chain;
		bool all = wait_until(!llist_empty(&head));

		KUNIT_ASSERT_TRUE(test, all);
		chain = llist_del_all(&head);
		seen += take_chain(test, chain, adders);
		chains++;
	}
	KUNIT_EXPECT_EQ(test, seen, 2 * ITEMS);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read_acquire(&adders[1].done)));
	KUNIT_EXPECT_EQ(test,
			atomic_read(&adders[0].empty_seen) + atomic_read(&adders[1].empty_seen),
			chains);
}

static void adder_in_a_hard_interrupt_loses_nothing(struct kunit *test)
{
	struct adder *adders = kunit_kzalloc(test, 2 * sizeof(*adders), GFP_KERNEL);
	LLIST_HEAD(head);

	KUNIT_ASSERT_NOT_NULL(test, adders);
	adders[0].head = adders[1].head = &head;
	for (int i = 0; i < ITEMS; i++) {
		adders[0].items[i].value = i;
		llist_add(&adders[0].items[i].node, &head);
		if (i == ITEMS / 2)
			in_hard_irq(add_all, &adders[1]);
	}
	KUNIT_EXPECT_EQ(test, take_chain(test, llist_del_all(&head), adders), 2 * ITEMS);
}

static struct kunit_case llist_cases[] = {
	KUNIT_CASE(entries_come_out_newest_first_and_turned_oldest_first),
	KUNIT_CASE(single_entries_are_taken_from_the_front),
	KUNIT_CASE(chain_is_added_as_a_whole),
	KUNIT_CASE(adders_on_two_cpus_lose_nothing_and_one_is_told_of_each_empty_list),
	KUNIT_CASE(adder_in_a_hard_interrupt_loses_nothing),
	{}
};
static struct kunit_suite llist_suite = { .name = "llist", .test_cases = llist_cases };
kunit_test_suite(llist_suite);
