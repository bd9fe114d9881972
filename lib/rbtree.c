// SPDX-License-Identifier: GPL-2.0-only
/*
 * Red-black trees: balancing and walking.
 *
 * What
 *	Every node is red or black. A red node has no red child, and every way from the root down to
 *	an empty place passes the same number of black nodes; so no way is longer than twice
 *	another. Insertion hangs up a red node and may break the first rule; removal of a black node
 *	breaks the second one. Both repairs walk upwards, and end with the first turn of a subtree.
 *
 *	Each repair is written once, for the side on which it happens, and compiled for both: side
 *	and !side are constants there.
 *
 * Contexts
 *	Any. The caller serialises changes and walks.
 *
 * Limits
 *	No recursion. At most two turns for an insertion, three for a removal.
 *
 * Tests
 *	tests/boot/rbtree_test.c
 */
#include <linux/rbtree.h>

#define RED	0UL
#define BLACK	1UL

#define LEFT	false
#define RIGHT	true

static __always_inline struct rb_node **child(struct rb_node *node, bool side)
{
	return side == RIGHT ? &node->rb_right : &node->rb_left;
}

static __always_inline bool is_red(const struct rb_node *node)
{
	return node && (node->__rb_parent_color & BLACK) == RED;
}

static __always_inline bool is_black(const struct rb_node *node)
{
	return node->__rb_parent_color & BLACK;
}

/* The parent of a node that is known to be red: the colour bit is 0. */
static __always_inline struct rb_node *red_parent(const struct rb_node *red)
{
	return (struct rb_node *)red->__rb_parent_color;
}

static __always_inline void set_parent(struct rb_node *node, struct rb_node *parent)
{
	node->__rb_parent_color = (node->__rb_parent_color & BLACK) | (unsigned long)parent;
}

static __always_inline void set_parent_color(struct rb_node *node, struct rb_node *parent,
					     unsigned long color)
{
	node->__rb_parent_color = (unsigned long)parent | color;
}

/* Where @old hung under @parent (NULL: the root), @new hangs now. */
static __always_inline void replace_child(struct rb_node *old, struct rb_node *new,
					  struct rb_node *parent, struct rb_root *root)
{
	if (!parent)
		root->rb_node = new;
	else if (parent->rb_left == old)
		parent->rb_left = new;
	else
		parent->rb_right = new;
}

/*
 * Turn: @upper's child on @side comes up and takes @upper's place, parent and colour; @upper goes
 * down on the other side with @color. What lay between the two (black or empty) changes its parent.
 *
 *	    upper                        lower
 *	    /    \        side LEFT      /    \
 *	 lower   c        ------->      a    upper
 *	 /   \                               /   \
 *	a     b                             b     c
 */
static __always_inline void turn(struct rb_node *upper, bool side, unsigned long color,
				 struct rb_root *root)
{
	struct rb_node *lower = *child(upper, side);
	struct rb_node *between = *child(lower, !side);
	struct rb_node *parent = rb_parent(upper);

	*child(upper, side) = between;
	if (between)
		set_parent(between, upper);
	lower->__rb_parent_color = upper->__rb_parent_color;
	*child(lower, !side) = upper;
	set_parent_color(upper, lower, color);
	replace_child(upper, lower, parent, root);
}

/* ---------------------------------------------------------------- insertion */

/*
 * @node and its @parent are red; the grandparent is black, @parent is its child on @side. Returns
 *	the
 * red node whose parent must be looked at next, or NULL when all is well.
 */
static __always_inline struct rb_node *repair_red(struct rb_node *node, struct rb_node *parent,
						  struct rb_node *grandparent, bool side,
						  struct rb_root *root)
{
	struct rb_node *uncle = *child(grandparent, !side);

	if (is_red(uncle)) {
		/* The grandparent gives its black to both children, and is red then. */
		set_parent_color(uncle, grandparent, BLACK);
		set_parent_color(parent, grandparent, BLACK);
		set_parent_color(grandparent, rb_parent(grandparent), RED);
		return grandparent;
	}
	/* Three nodes in a bend first become a line; then the middle one comes up. */
	if (node == *child(parent, !side))
		turn(parent, !side, RED, root);
	turn(grandparent, side, RED, root);
	return NULL;
}

void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	while (node) {
		struct rb_node *parent = red_parent(node);
		struct rb_node *grandparent;

		if (!parent) {
			set_parent_color(node, NULL, BLACK);
			return;
		}
		if (is_black(parent))
			return;
		grandparent = red_parent(parent);
		if (parent == grandparent->rb_left)
			node = repair_red(node, parent, grandparent, LEFT, root);
		else
			node = repair_red(node, parent, grandparent, RIGHT, root);
	}
}

/* ---------------------------------------------------------------- removal */

/*
 * The subtree of @parent on @side lacks one black. Returns the node whose own subtree lacks it now,
 * or NULL when all is well.
 */
static __always_inline struct rb_node *repair_black(struct rb_node *parent, bool side,
						    struct rb_root *root)
{
	struct rb_node *sibling = *child(parent, !side);

	if (is_red(sibling)) {
		/* Its children are black: after the turn one of them is the sibling. */
		turn(parent, !side, RED, root);
		sibling = *child(parent, !side);
	}
	if (!is_red(*child(sibling, !side))) {
		if (!is_red(*child(sibling, side))) {
			/*
			 * The other side gives up one black as well; a red parent makes up for
			 * both.
			 */
			set_parent_color(sibling, parent, RED);
			if (is_black(parent))
				return parent;
			set_parent_color(parent, rb_parent(parent), BLACK);
			return NULL;
		}
		/*
		 * The red nephew comes up: it is black as the sibling was, which becomes the far,
		 * red one.
		 */
		turn(sibling, side, RED, root);
		sibling = *child(parent, !side);
	}
	/* The sibling takes the parent's place; parent and far nephew are a black for each side. */
	set_parent_color(*child(sibling, !side), sibling, BLACK);
	turn(parent, !side, BLACK, root);
	return NULL;
}

/* The subtree of @parent where nothing is any more lacks one black. */
static void restore_black(struct rb_node *parent, struct rb_root *root)
{
	struct rb_node *lacking = NULL;

	while (parent) {
		if (parent->rb_left == lacking && parent->rb_right != lacking)
			lacking = repair_black(parent, LEFT, root);
		else
			lacking = repair_black(parent, RIGHT, root);
		if (!lacking)
			return;
		parent = rb_parent(lacking);
	}
}

/*
 * @node has at most one child, @only: which takes its place. Returns who lacks a black now, or
 * NULL.
 */
static __always_inline struct rb_node *unlink_simple(struct rb_node *node, struct rb_node *only,
						     struct rb_root *root)
{
	struct rb_node *parent = rb_parent(node);

	replace_child(node, only, parent, root);
	if (only) {
		/* An only child is red, and its parent black. */
		only->__rb_parent_color = node->__rb_parent_color;
		return NULL;
	}
	return is_black(node) ? parent : NULL;
}

/* @node has two children: the next node in order, which has no left child, takes its place. */
static __always_inline struct rb_node *unlink_full(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *next = node->rb_right;
	struct rb_node *parent, *orphan;
	bool lacks;

	while (next->rb_left)
		next = next->rb_left;
	orphan = next->rb_right;
	lacks = is_black(next) && !orphan;

	parent = rb_parent(next);
	if (parent == node) {
		parent = next;
	} else {
		parent->rb_left = orphan;
		next->rb_right = node->rb_right;
		set_parent(next->rb_right, next);
	}
	if (orphan)
		set_parent_color(orphan, parent, BLACK);
	next->rb_left = node->rb_left;
	set_parent(next->rb_left, next);
	replace_child(node, next, rb_parent(node), root);
	next->__rb_parent_color = node->__rb_parent_color;
	return lacks ? parent : NULL;
}

void rb_erase(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *lacking;

	if (!node->rb_left)
		lacking = unlink_simple(node, node->rb_right, root);
	else if (!node->rb_right)
		lacking = unlink_simple(node, node->rb_left, root);
	else
		lacking = unlink_full(node, root);
	if (lacking)
		restore_black(lacking, root);
}

void rb_replace_node(struct rb_node *victim, struct rb_node *new, struct rb_root *root)
{
	*new = *victim;
	if (new->rb_left)
		set_parent(new->rb_left, new);
	if (new->rb_right)
		set_parent(new->rb_right, new);
	replace_child(victim, new, rb_parent(victim), root);
}

/* ---------------------------------------------------------------- walks */

static __always_inline struct rb_node *furthest(struct rb_node *node, bool side)
{
	while (node && *child(node, side))
		node = *child(node, side);
	return node;
}

/* The neighbour on @side: the nearest node below on that side, or else the first turn upwards. */
static __always_inline struct rb_node *neighbour(const struct rb_node *from, bool side)
{
	struct rb_node *node = (struct rb_node *)from;
	struct rb_node *parent;

	if (RB_EMPTY_NODE(node))
		return NULL;
	if (*child(node, side))
		return furthest(*child(node, side), !side);
	while ((parent = rb_parent(node)) && node == *child(parent, side))
		node = parent;
	return parent;
}

struct rb_node *rb_next(const struct rb_node *node)
{
	return neighbour(node, RIGHT);
}

struct rb_node *rb_prev(const struct rb_node *node)
{
	return neighbour(node, LEFT);
}

struct rb_node *rb_first(const struct rb_root *root)
{
	return furthest(root->rb_node, LEFT);
}

struct rb_node *rb_last(const struct rb_root *root)
{
	return furthest(root->rb_node, RIGHT);
}

/* The first one in postorder below @node: a leaf. */
static struct rb_node *deepest_left(struct rb_node *node)
{
	while (node && (node->rb_left || node->rb_right))
		node = node->rb_left ? node->rb_left : node->rb_right;
	return node;
}

struct rb_node *rb_first_postorder(const struct rb_root *root)
{
	return deepest_left(root->rb_node);
}

struct rb_node *rb_next_postorder(const struct rb_node *node)
{
	struct rb_node *parent;

	if (!node)
		return NULL;
	parent = rb_parent(node);
	if (parent && node == parent->rb_left && parent->rb_right)
		return deepest_left(parent->rb_right);
	return parent;
}
