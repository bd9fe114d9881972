// SPDX-License-Identifier: GPL-2.0-only
/*
 * Red-black trees: order, ends, what the helpers return. How a tree is balanced is not looked at.
 */
#include <linux/rbtree.h>

#include "data.h"
#include "observe.h"

#define KEYS	8

struct leaf {
	struct rb_node node;
	int key;
	char name;		/* equal keys are told apart by it */
};

static struct leaf leaves[KEYS];
static struct rb_root root;
static struct rb_root_cached cached;

static bool less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct leaf, node)->key < rb_entry(b, struct leaf, node)->key;
}

static int compare_key(const void *key, const struct rb_node *node)
{
	return *(const int *)key - rb_entry(node, struct leaf, node)->key;
}

static int compare_nodes(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct leaf, node)->key - rb_entry(b, struct leaf, node)->key;
}

static void name_leaves(const int *keys)
{
	int i;

	root = RB_ROOT;
	cached = RB_ROOT_CACHED;
	for (i = 0; i < KEYS; i++) {
		leaves[i].key = keys[i];
		leaves[i].name = (char)('a' + i);
		RB_CLEAR_NODE(&leaves[i].node);
	}
}

/* In order, and only if the other direction agrees. */
static const char *names(struct rb_root *tree)
{
	static char text[KEYS + 1];
	struct rb_node *node;
	int n = 0, back;

	for (node = rb_first(tree); node; node = rb_next(node))
		text[n++] = rb_entry(node, struct leaf, node)->name;
	text[n] = '\0';
	back = n;
	for (node = rb_last(tree); node; node = rb_prev(node))
		if (text[--back] != rb_entry(node, struct leaf, node)->name)
			return "inconsistent";
	return text;
}

static char name_of(struct rb_node *node)
{
	return node ? rb_entry(node, struct leaf, node)->name : '-';
}

static void observe_plain(void)
{
	static const int keys[KEYS] = { 5, 3, 8, 3, 1, 5, 9, 2 };
	static struct leaf replacement = { .key = 8, .name = 'x' };
	struct leaf *leaf, *next;
	struct rb_node *found;
	int i, key, visited = 0;

	name_leaves(keys);
	OBSERVE("data.rbtree_new", "empty %d, node empty %d, first %c, last %c", RB_EMPTY_ROOT(&root),
		RB_EMPTY_NODE(&leaves[0].node), name_of(rb_first(&root)), name_of(rb_last(&root)));
	for (i = 0; i < KEYS; i++)
		rb_add(&leaves[i].node, &root, less);
	OBSERVE("data.rbtree_add_of_5_3_8_3_1_5_9_2", "%s, node empty %d", names(&root),
		RB_EMPTY_NODE(&leaves[0].node));
	key = 3;
	OBSERVE("data.rbtree_find_first_of_equals", "%c", name_of(rb_find_first(&key, &root, compare_key)));
	key = 8;
	OBSERVE("data.rbtree_find", "%c", name_of(rb_find(&key, &root, compare_key)));
	key = 7;
	OBSERVE("data.rbtree_find_of_none", "%c", name_of(rb_find(&key, &root, compare_key)));
	rb_erase(&leaves[0].node, &root);
	rb_erase(&leaves[6].node, &root);
	rb_erase(&leaves[4].node, &root);
	OBSERVE("data.rbtree_erase_of_a_g_e", "%s", names(&root));
	rb_replace_node(&leaves[2].node, &replacement.node, &root);
	OBSERVE("data.rbtree_replace", "%s", names(&root));
	rbtree_postorder_for_each_entry_safe(leaf, next, &root, node)
		visited++;
	OBSERVE("data.rbtree_postorder_visits", "%d", visited);
	/* 9 is not there any more, 5 is. */
	found = rb_find_add(&leaves[6].node, &root, compare_nodes);
	OBSERVE("data.rbtree_find_add_of_a_new_key", "%c, %s", name_of(found), names(&root));
	found = rb_find_add(&leaves[0].node, &root, compare_nodes);
	OBSERVE("data.rbtree_find_add_of_a_known_key", "%c, %s", name_of(found), names(&root));
}

static void observe_cached(void)
{
	static const int keys[KEYS] = { 4, 6, 2, 2, 7, 1, 5, 3 };
	int i, erased = 0;
	char added[KEYS + 1] = "";

	name_leaves(keys);
	/* rb_add_cached() says which node is the new leftmost one, if it is. */
	for (i = 0; i < KEYS; i++)
		added[i] = name_of(rb_add_cached(&leaves[i].node, &cached, less));
	OBSERVE("data.rbtree_add_cached_of_4_6_2_2_7_1_5_3", "%s, order %s, first %c", added,
		names(&cached.rb_root), name_of(rb_first_cached(&cached)));
	for (i = 0; i < KEYS; i++) {
		struct rb_node *first = rb_first_cached(&cached);
		struct rb_node *leftmost = rb_erase_cached(first, &cached);

		erased += leftmost == rb_first_cached(&cached);
	}
	OBSERVE("data.rbtree_erase_cached_of_the_first", "returns the next %d of 8, empty %d", erased,
		RB_EMPTY_ROOT(&cached.rb_root));
	for (i = 0; i < KEYS; i++)
		rb_add_cached(&leaves[i].node, &cached, less);
	OBSERVE("data.rbtree_erase_cached_of_another", "%c, first %c",
		name_of(rb_erase_cached(&leaves[4].node, &cached)), name_of(rb_first_cached(&cached)));
}

void observe_trees(void)
{
	observe_plain();
	observe_cached();
}
