/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Red-black trees: ordered, balanced, and nothing allocates.
 *
 * What
 *	The nodes live in the things that are ordered. rb_add() and rb_find() take the order as a
 *	function; code that searches by hand descends itself and calls rb_link_node() at the place
 *	found, then rb_insert_color(). Equal things are allowed: a new one goes behind the others.
 *
 * Contexts
 *	Any. The caller serialises.
 *
 * Limits
 *	At most 2 log2(n + 1) steps down; insertion turns the tree at most twice, removal three
 *	times.
 *
 * Tests
 *	tests/boot/rbtree_test.c
 */
#ifndef _LINUX_RBTREE_H
#define _LINUX_RBTREE_H

#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/rbtree_types.h>

#define rb_parent(node)		((struct rb_node *)((node)->__rb_parent_color & ~3UL))
#define rb_entry(ptr, type, member)	container_of(ptr, type, member)
#define rb_entry_safe(ptr, type, member) ({				\
	typeof(ptr) __node = (ptr);					\
	__node ? rb_entry(__node, type, member) : NULL;			\
})

#define RB_EMPTY_ROOT(root)	(READ_ONCE((root)->rb_node) == NULL)
/**
 * RB_EMPTY_NODE, RB_CLEAR_NODE - "in no tree": true only after clearing, which erasing does not do
 */
#define RB_EMPTY_NODE(node)	((node)->__rb_parent_color == (unsigned long)(node))
#define RB_CLEAR_NODE(node)	((node)->__rb_parent_color = (unsigned long)(node))

/** rb_insert_color - balance the tree after rb_link_node() */
void rb_insert_color(struct rb_node *node, struct rb_root *root);
/** rb_erase - take @node out of its tree; its own fields keep stale values */
void rb_erase(struct rb_node *node, struct rb_root *root);
/** rb_next, rb_prev - the neighbours in order, or NULL at the end */
struct rb_node *rb_next(const struct rb_node *node);
struct rb_node *rb_prev(const struct rb_node *node);
/** rb_first, rb_last - the ends of the order, or NULL in an empty tree */
struct rb_node *rb_first(const struct rb_root *root);
struct rb_node *rb_last(const struct rb_root *root);
/** rb_first_postorder, rb_next_postorder - children before parents: to free a whole tree */
struct rb_node *rb_first_postorder(const struct rb_root *root);
struct rb_node *rb_next_postorder(const struct rb_node *node);
/** rb_replace_node - put @new, which sorts the same, in the place of @victim */
void rb_replace_node(struct rb_node *victim, struct rb_node *new, struct rb_root *root);

/**
 * rb_link_node - hang @node under @parent, at @link (its rb_left or rb_right, or the root); then
 * rb_insert_color()
 */
static __always_inline void rb_link_node(struct rb_node *node, struct rb_node *parent,
					 struct rb_node **link)
{
	node->__rb_parent_color = (unsigned long)parent;
	node->rb_left = NULL;
	node->rb_right = NULL;
	*link = node;
}

/** rb_first_cached - the first node in one load */
#define rb_first_cached(root)	((root)->rb_leftmost)

/**
 * rb_insert_color_cached, rb_replace_node_cached - as without _cached, for a tree that knows its
 * first node
 */
static __always_inline void rb_insert_color_cached(struct rb_node *node,
						   struct rb_root_cached *root, bool leftmost)
{
	if (leftmost)
		root->rb_leftmost = node;
	rb_insert_color(node, &root->rb_root);
}

/** rb_erase_cached - rb_erase(). Return: the new first node if @node was the first, else NULL. */
static __always_inline struct rb_node *rb_erase_cached(struct rb_node *node,
						       struct rb_root_cached *root)
{
	struct rb_node *leftmost = NULL;

	if (root->rb_leftmost == node)
		leftmost = root->rb_leftmost = rb_next(node);
	rb_erase(node, &root->rb_root);
	return leftmost;
}

static inline void rb_replace_node_cached(struct rb_node *victim, struct rb_node *new,
					  struct rb_root_cached *root)
{
	if (root->rb_leftmost == victim)
		root->rb_leftmost = new;
	rb_replace_node(victim, new, &root->rb_root);
}

/**
 * rb_add_cached - insert a node by its order
 * @node: the new node
 * @tree: the tree
 * @less: whether the first sorts before the second; inlined, if it is a visible function
 *
 * Return: @node if it is the first now, else NULL.
 */
static __always_inline struct rb_node *rb_add_cached(struct rb_node *node,
						     struct rb_root_cached *tree,
						     bool (*less)(struct rb_node *,
								  const struct rb_node *))
{
	struct rb_node **link = &tree->rb_root.rb_node;
	struct rb_node *parent = NULL;
	bool leftmost = true;

	while (*link) {
		parent = *link;
		if (less(node, parent)) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			leftmost = false;
		}
	}
	rb_link_node(node, parent, link);
	rb_insert_color_cached(node, tree, leftmost);
	return leftmost ? node : NULL;
}

/** rb_add - rb_add_cached() for a plain tree */
static __always_inline void rb_add(struct rb_node *node, struct rb_root *tree,
				   bool (*less)(struct rb_node *, const struct rb_node *))
{
	struct rb_node **link = &tree->rb_node;
	struct rb_node *parent = NULL;

	while (*link) {
		parent = *link;
		link = less(node, parent) ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(node, parent, link);
	rb_insert_color(node, tree);
}

/** rb_find_add - the node that compares equal to @node, or NULL after @node has been inserted */
static __always_inline struct rb_node *rb_find_add(struct rb_node *node, struct rb_root *tree,
		int (*cmp)(struct rb_node *, const struct rb_node *))
{
	struct rb_node **link = &tree->rb_node;
	struct rb_node *parent = NULL;

	while (*link) {
		int order;

		parent = *link;
		order = cmp(node, parent);
		if (order == 0)
			return parent;
		link = order < 0 ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(node, parent, link);
	rb_insert_color(node, tree);
	return NULL;
}

/** rb_find - a node for which @cmp(@key, node) is 0, or NULL; rb_find_first the first of several */
static __always_inline struct rb_node *rb_find(const void *key, const struct rb_root *tree,
		int (*cmp)(const void *key, const struct rb_node *))
{
	struct rb_node *node = tree->rb_node;

	while (node) {
		int order = cmp(key, node);

		if (order == 0)
			return node;
		node = order < 0 ? node->rb_left : node->rb_right;
	}
	return NULL;
}

/** rb_find_first - the first of all nodes for which it is 0, or NULL */
static __always_inline struct rb_node *rb_find_first(const void *key, const struct rb_root *tree,
		int (*cmp)(const void *key, const struct rb_node *))
{
	struct rb_node *node = tree->rb_node;
	struct rb_node *match = NULL;

	while (node) {
		int order = cmp(key, node);

		if (order == 0)
			match = node;
		node = order <= 0 ? node->rb_left : node->rb_right;
	}
	return match;
}

/**
 * rbtree_postorder_for_each_entry_safe - walk of a tree that is being freed: each node's children
 * first
 */
#define rbtree_postorder_for_each_entry_safe(pos, n, root, field)	\
	for (pos = rb_entry_safe(rb_first_postorder(root), typeof(*pos), field); \
	     pos && ({ n = rb_entry_safe(rb_next_postorder(&pos->field), typeof(*pos), \
					 field); 1; });			\
	     pos = n)

#endif
