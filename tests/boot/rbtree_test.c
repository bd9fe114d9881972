// SPDX-License-Identifier: GPL-2.0-only
/*
 * Red-black trees: after every change of a thousand the rules hold and the order is right.
 */
#include <linux/rbtree.h>
#include <kunit/test.h>

#define ITEMS	100

struct item {
	int key;
	bool in;
	struct rb_node node;
};

static bool less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct item, node)->key < rb_entry(b, struct item, node)->key;
}

static int compare(const void *key, const struct rb_node *node)
{
	return *(const int *)key - rb_entry(node, struct item, node)->key;
}

static int compare_nodes(struct rb_node *a, const struct rb_node *b)
{
	return compare(&rb_entry(a, struct item, node)->key, b);
}

static u32 next_random(u32 *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Black nodes on each way down from @node, or -1 if a rule is broken below it. */
static int black_height(const struct rb_node *node, const struct rb_node *parent)
{
	bool red = node && !(node->__rb_parent_color & 1);
	bool parent_red = parent && !(parent->__rb_parent_color & 1);
	int left, right;

	if (!node)
		return 1;
	if (rb_parent(node) != parent || (red && parent_red))
		return -1;
	left = black_height(node->rb_left, node);
	right = black_height(node->rb_right, node);
	return left < 0 || left != right ? -1 : left + !red;
}

static void expect_sound(struct kunit *test, const struct rb_root_cached *tree, int want)
{
	const struct rb_node *root = tree->rb_root.rb_node;
	struct rb_node *node, *last = NULL;
	int n = 0;

	KUNIT_ASSERT_GT(test, black_height(root, NULL), 0);
	KUNIT_ASSERT_TRUE(test, !root || (root->__rb_parent_color & 1));
	for (node = rb_first(&tree->rb_root); node; node = rb_next(node)) {
		if (last)
			KUNIT_ASSERT_FALSE(test, less(node, last));
		KUNIT_ASSERT_PTR_EQ(test, rb_prev(node), last);
		last = node;
		n++;
	}
	KUNIT_ASSERT_EQ(test, n, want);
	KUNIT_ASSERT_PTR_EQ(test, rb_last(&tree->rb_root), last);
	KUNIT_ASSERT_PTR_EQ(test, rb_first_cached(tree), rb_first(&tree->rb_root));
}

static void tree_stays_sound_through_random_changes(struct kunit *test)
{
	struct item *items = kunit_kcalloc(test, ITEMS, sizeof(*items), GFP_KERNEL);
	struct rb_root_cached tree = RB_ROOT_CACHED;
	u32 seed = 1;
	int n = 0;

	KUNIT_ASSERT_NOT_NULL(test, items);
	for (int step = 0; step < 1000; step++) {
		struct item *item = &items[next_random(&seed) % ITEMS];

		if (item->in) {
			bool first = rb_first_cached(&tree) == &item->node;
			struct rb_node *leftmost = rb_erase_cached(&item->node, &tree);

			KUNIT_ASSERT_PTR_EQ(test, leftmost, first ? rb_first(&tree.rb_root) : NULL);
			n--;
		} else {
			struct rb_node *leftmost;

			item->key = (int)(next_random(&seed) % 40);
			leftmost = rb_add_cached(&item->node, &tree, less);
			KUNIT_ASSERT_EQ(test, leftmost == &item->node,
					rb_first(&tree.rb_root) == &item->node);
			n++;
		}
		item->in = !item->in;
		expect_sound(test, &tree, n);
	}
}

static void ascending_and_descending_insertion_stay_balanced(struct kunit *test)
{
	struct item *items = kunit_kcalloc(test, ITEMS, sizeof(*items), GFP_KERNEL);
	struct rb_root_cached tree = RB_ROOT_CACHED;

	KUNIT_ASSERT_NOT_NULL(test, items);
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < ITEMS; i++) {
			items[i].key = round ? ITEMS - i : i;
			rb_add_cached(&items[i].node, &tree, less);
			expect_sound(test, &tree, i + 1);
		}
		/* 100 nodes: at most 2 log2(101) levels, so at most 7 black ones. */
		KUNIT_EXPECT_LE(test, black_height(tree.rb_root.rb_node, NULL), 7);
		for (int i = 0; i < ITEMS; i++) {
			rb_erase_cached(&items[i].node, &tree);
			expect_sound(test, &tree, ITEMS - 1 - i);
		}
	}
	KUNIT_EXPECT_TRUE(test, RB_EMPTY_ROOT(&tree.rb_root));
}

static void equal_keys_come_out_in_the_order_of_insertion(struct kunit *test)
{
	struct rb_root tree = RB_ROOT;
	struct item items[10];
	struct rb_node *node;
	int i = 0;

	for (int n = 0; n < 10; n++) {
		items[n].key = 5;
		rb_add(&items[n].node, &tree, less);
	}
	for (node = rb_first(&tree); node; node = rb_next(node))
		KUNIT_EXPECT_PTR_EQ(test, rb_entry(node, struct item, node), &items[i++]);
	KUNIT_EXPECT_EQ(test, i, 10);
}

static void search_finds_the_first_of_equal_ones_or_nothing(struct kunit *test)
{
	struct rb_root tree = RB_ROOT;
	struct item items[12], again = { .key = 3 }, new = { .key = 100 };
	int key = 3;

	for (int i = 0; i < 12; i++) {
		items[i].key = i / 2;
		rb_add(&items[i].node, &tree, less);
	}
	KUNIT_EXPECT_PTR_EQ(test, rb_find_first(&key, &tree, compare), &items[6].node);
	KUNIT_EXPECT_NOT_NULL(test, rb_find(&key, &tree, compare));
	KUNIT_EXPECT_NOT_NULL(test, rb_find_add(&again.node, &tree, compare_nodes));
	key = 77;
	KUNIT_EXPECT_NULL(test, rb_find(&key, &tree, compare));
	KUNIT_EXPECT_NULL(test, rb_find_add(&new.node, &tree, compare_nodes));
	KUNIT_EXPECT_PTR_EQ(test, rb_last(&tree), &new.node);
}

static void replaced_node_leaves_its_place_to_the_new_one(struct kunit *test)
{
	struct rb_root_cached tree = RB_ROOT_CACHED;
	struct item items[9], replacement;

	for (int i = 0; i < 9; i++) {
		items[i].key = i;
		rb_add_cached(&items[i].node, &tree, less);
	}
	for (int i = 0; i < 9; i++) {
		replacement.key = i;
		rb_replace_node_cached(&items[i].node, &replacement.node, &tree);
		expect_sound(test, &tree, 9);
		rb_replace_node_cached(&replacement.node, &items[i].node, &tree);
		expect_sound(test, &tree, 9);
	}
}

static void postorder_meets_children_before_parents(struct kunit *test)
{
	struct rb_root tree = RB_ROOT;
	struct item items[20], *item, *next;
	int seen = 0;

	for (int i = 0; i < 20; i++) {
		items[i].key = i * 7 % 20;
		items[i].in = true;
		rb_add(&items[i].node, &tree, less);
	}
	rbtree_postorder_for_each_entry_safe(item, next, &tree, node) {
		if (item->node.rb_left)
			KUNIT_EXPECT_FALSE(test,
					   rb_entry(item->node.rb_left, struct item, node)->in);
		if (item->node.rb_right)
			KUNIT_EXPECT_FALSE(test,
					   rb_entry(item->node.rb_right, struct item, node)->in);
		item->in = false;
		seen++;
	}
	KUNIT_EXPECT_EQ(test, seen, 20);
}

static void node_in_no_tree_has_no_neighbours(struct kunit *test)
{
	struct item item;

	RB_CLEAR_NODE(&item.node);
	KUNIT_EXPECT_TRUE(test, RB_EMPTY_NODE(&item.node));
	KUNIT_EXPECT_NULL(test, rb_next(&item.node));
	KUNIT_EXPECT_NULL(test, rb_prev(&item.node));
}

static struct kunit_case rbtree_cases[] = {
	KUNIT_CASE(tree_stays_sound_through_random_changes),
	KUNIT_CASE(ascending_and_descending_insertion_stay_balanced),
	KUNIT_CASE(equal_keys_come_out_in_the_order_of_insertion),
	KUNIT_CASE(search_finds_the_first_of_equal_ones_or_nothing),
	KUNIT_CASE(replaced_node_leaves_its_place_to_the_new_one),
	KUNIT_CASE(postorder_meets_children_before_parents),
	KUNIT_CASE(node_in_no_tree_has_no_neighbours),
	{}
};
static struct kunit_suite rbtree_suite = { .name = "rbtree", .test_cases = rbtree_cases };
kunit_test_suite(rbtree_suite);
