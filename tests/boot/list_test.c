// SPDX-License-Identifier: GPL-2.0-only
/*
 * Doubly linked lists, and those for hash tables.
 */
#include <linux/bug.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <kunit/test.h>

#define ITEMS	8

struct item {
	int value;
	struct list_head link;
	struct hlist_node hash;
};

/* Whether the list holds exactly these values, read forwards and backwards. */
#define EXPECT_LIST(test, head, ...) do {				\
	const int __want[] = { __VA_ARGS__ };				\
	expect_list(test, head, __want, ARRAY_SIZE(__want), __LINE__);	\
} while (0)

static void expect_list(struct kunit *test, struct list_head *head, const int *want, int n,
			int line)
{
	struct item *item;
	int i = 0;

	list_for_each_entry(item, head, link) {
		KUNIT_ASSERT_LT_MSG(test, i, n, "line %d: too long", line);
		KUNIT_EXPECT_EQ_MSG(test, item->value, want[i++], "line %d", line);
	}
	KUNIT_EXPECT_EQ_MSG(test, i, n, "line %d", line);
	list_for_each_entry_reverse(item, head, link)
		KUNIT_EXPECT_EQ_MSG(test, item->value, want[--i], "line %d, backwards", line);
	KUNIT_EXPECT_EQ_MSG(test, i, 0, "line %d, backwards", line);
}

static void make_items(struct item *items, struct list_head *head, int n)
{
	INIT_LIST_HEAD(head);
	for (int i = 0; i < n; i++) {
		items[i].value = i;
		list_add_tail(&items[i].link, head);
	}
}

static void entries_stay_in_the_order_of_adding(struct kunit *test)
{
	struct item items[ITEMS];
	LIST_HEAD(front);
	LIST_HEAD(back);

	KUNIT_EXPECT_TRUE(test, list_empty(&front));
	for (int i = 0; i < 3; i++) {
		items[i].value = items[i + 3].value = i;
		list_add(&items[i].link, &front);
		list_add_tail(&items[i + 3].link, &back);
	}
	EXPECT_LIST(test, &front, 2, 1, 0);
	EXPECT_LIST(test, &back, 0, 1, 2);
	KUNIT_EXPECT_TRUE(test, list_is_first(&items[2].link, &front));
	KUNIT_EXPECT_TRUE(test, list_is_last(&items[0].link, &front));
	KUNIT_EXPECT_EQ(test, list_first_entry(&back, struct item, link)->value, 0);
	KUNIT_EXPECT_EQ(test, list_last_entry(&back, struct item, link)->value, 2);
	KUNIT_EXPECT_EQ(test, list_count_nodes(&back), 3);
}

static void removed_entries_leave_the_others_linked(struct kunit *test)
{
	struct item items[ITEMS];
	struct list_head head;

	make_items(items, &head, 4);
	list_del(&items[1].link);
	EXPECT_LIST(test, &head, 0, 2, 3);
	KUNIT_EXPECT_PTR_EQ(test, items[1].link.next, LIST_POISON1);
	list_del_init(&items[3].link);
	KUNIT_EXPECT_TRUE(test, list_empty(&items[3].link));
	list_del_init_careful(&items[0].link);
	KUNIT_EXPECT_TRUE(test, list_empty_careful(&items[0].link));
	KUNIT_EXPECT_TRUE(test, list_is_singular(&head));
	list_del_init(&items[2].link);
	KUNIT_EXPECT_TRUE(test, list_empty(&head));
	KUNIT_EXPECT_NULL(test, list_first_entry_or_null(&head, struct item, link));
}

static void moved_and_replaced_entries_take_their_new_places(struct kunit *test)
{
	struct item items[ITEMS], other = { .value = 9 };
	struct list_head head;

	make_items(items, &head, 4);
	list_move(&items[2].link, &head);
	EXPECT_LIST(test, &head, 2, 0, 1, 3);
	list_move_tail(&items[0].link, &head);
	EXPECT_LIST(test, &head, 2, 1, 3, 0);
	list_replace(&items[1].link, &other.link);
	EXPECT_LIST(test, &head, 2, 9, 3, 0);
	list_swap(&items[2].link, &items[3].link);
	EXPECT_LIST(test, &head, 3, 9, 2, 0);
	list_swap(&items[2].link, &items[0].link);
	EXPECT_LIST(test, &head, 3, 9, 0, 2);
	list_rotate_left(&head);
	EXPECT_LIST(test, &head, 9, 0, 2, 3);
	list_rotate_to_front(&items[2].link, &head);
	EXPECT_LIST(test, &head, 2, 3, 9, 0);
	list_bulk_move_tail(&head, &items[3].link, &other.link);
	EXPECT_LIST(test, &head, 2, 0, 3, 9);
}

static void splicing_and_cutting_keep_every_entry_once(struct kunit *test)
{
	struct item a[ITEMS], b[ITEMS];
	struct list_head one, two, part;

	make_items(a, &one, 2);
	make_items(b, &two, 3);
	list_splice_tail_init(&two, &one);
	EXPECT_LIST(test, &one, 0, 1, 0, 1, 2);
	KUNIT_EXPECT_TRUE(test, list_empty(&two));
	list_splice_init(&two, &one);
	EXPECT_LIST(test, &one, 0, 1, 0, 1, 2);
	INIT_LIST_HEAD(&part);
	list_cut_position(&part, &one, &a[1].link);
	EXPECT_LIST(test, &part, 0, 1);
	EXPECT_LIST(test, &one, 0, 1, 2);
	list_cut_before(&two, &one, &b[2].link);
	EXPECT_LIST(test, &two, 0, 1);
	EXPECT_LIST(test, &one, 2);
	list_splice(&part, &one);
	EXPECT_LIST(test, &one, 0, 1, 2);
}

static void safe_walks_survive_removal_of_the_entry(struct kunit *test)
{
	struct item items[ITEMS], *item, *next;
	struct list_head head;
	int seen = 0;

	make_items(items, &head, 6);
	list_for_each_entry_safe(item, next, &head, link) {
		seen++;
		if (item->value % 2)
			list_del(&item->link);
	}
	KUNIT_EXPECT_EQ(test, seen, 6);
	EXPECT_LIST(test, &head, 0, 2, 4);
	list_for_each_entry_safe_reverse(item, next, &head, link)
		list_del_init(&item->link);
	KUNIT_EXPECT_TRUE(test, list_empty(&head));
}

static void walk_can_begin_in_the_middle(struct kunit *test)
{
	struct item items[ITEMS], *item = &items[2];
	struct list_head head;
	int sum = 0;

	make_items(items, &head, 5);
	list_for_each_entry_continue(item, &head, link)
		sum = sum * 10 + item->value;
	KUNIT_EXPECT_EQ(test, sum, 34);
	KUNIT_EXPECT_TRUE(test, list_entry_is_head(item, &head, link));
	item = &items[2];
	sum = 0;
	list_for_each_entry_from(item, &head, link)
		sum = sum * 10 + item->value;
	KUNIT_EXPECT_EQ(test, sum, 234);
	item = &items[2];
	sum = 0;
	list_for_each_entry_continue_reverse(item, &head, link)
		sum = sum * 10 + item->value;
	KUNIT_EXPECT_EQ(test, sum, 10);
}

static int by_tens(void *calls, const struct list_head *a, const struct list_head *b)
{
	++*(int *)calls;
	return list_entry(a, struct item, link)->value / 10 -
	       list_entry(b, struct item, link)->value / 10;
}

static void sorted_list_is_in_order_and_equal_entries_keep_theirs(struct kunit *test)
{
	static const int values[] = { 31, 12, 30, 11, 21, 10, 32, 20, 13 };
	struct item items[ARRAY_SIZE(values)];
	int calls = 0;
	LIST_HEAD(head);

	list_sort(&calls, &head, by_tens);
	KUNIT_EXPECT_TRUE(test, list_empty(&head));
	for (int i = 0; i < ARRAY_SIZE(values); i++) {
		items[i].value = values[i];
		list_add_tail(&items[i].link, &head);
	}
	list_sort(&calls, &head, by_tens);
	EXPECT_LIST(test, &head, 12, 11, 10, 13, 21, 20, 31, 30, 32);
	KUNIT_EXPECT_LE(test, calls, 9 * 4);
}

static void hash_list_entries_come_and_go(struct kunit *test)
{
	struct item items[ITEMS], *item;
	struct hlist_node *next;
	HLIST_HEAD(head);
	HLIST_HEAD(other);
	int sum = 0;

	for (int i = 0; i < 4; i++) {
		items[i].value = i;
		INIT_HLIST_NODE(&items[i].hash);
		KUNIT_EXPECT_TRUE(test, hlist_unhashed(&items[i].hash));
	}
	hlist_add_head(&items[0].hash, &head);
	KUNIT_EXPECT_TRUE(test, hlist_is_singular_node(&items[0].hash, &head));
	hlist_add_before(&items[1].hash, &items[0].hash);
	hlist_add_behind(&items[2].hash, &items[0].hash);
	hlist_add_head(&items[3].hash, &head);
	hlist_for_each_entry(item, &head, hash)
		sum = sum * 10 + item->value;
	KUNIT_EXPECT_EQ(test, sum, 3102);
	hlist_del_init(&items[1].hash);
	hlist_del_init(&items[1].hash);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(&items[1].hash));
	hlist_move_list(&head, &other);
	KUNIT_EXPECT_TRUE(test, hlist_empty(&head));
	sum = 0;
	hlist_for_each_entry_safe(item, next, &other, hash) {
		sum = sum * 10 + item->value;
		hlist_del(&item->hash);
	}
	KUNIT_EXPECT_EQ(test, sum, 302);
	KUNIT_EXPECT_TRUE(test, hlist_empty(&other));
}

static void damaged_list_is_reported_and_left_alone(struct kunit *test)
{
	struct item items[ITEMS];
	struct list_head head;

	if (!IS_ENABLED(CONFIG_DEBUG_LIST))
		kunit_skip(test, "needs CONFIG_DEBUG_LIST");
	make_items(items, &head, 3);
	bug_expect(1);
	list_add(&items[0].link, &head);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0);
	EXPECT_LIST(test, &head, 0, 1, 2);
	list_del(&items[1].link);
	bug_expect(1);
	list_del(&items[1].link);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0);
	EXPECT_LIST(test, &head, 0, 2);
}

static struct kunit_case list_cases[] = {
	KUNIT_CASE(entries_stay_in_the_order_of_adding),
	KUNIT_CASE(removed_entries_leave_the_others_linked),
	KUNIT_CASE(moved_and_replaced_entries_take_their_new_places),
	KUNIT_CASE(splicing_and_cutting_keep_every_entry_once),
	KUNIT_CASE(safe_walks_survive_removal_of_the_entry),
	KUNIT_CASE(walk_can_begin_in_the_middle),
	KUNIT_CASE(sorted_list_is_in_order_and_equal_entries_keep_theirs),
	KUNIT_CASE(hash_list_entries_come_and_go),
	KUNIT_CASE(damaged_list_is_reported_and_left_alone),
	{}
};
static struct kunit_suite list_suite = { .name = "list", .test_cases = list_cases };
kunit_test_suite(list_suite);
