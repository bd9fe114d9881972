// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lists: the order that each operation leaves, in letters.
 */
#include <linux/list.h>
#include <linux/list_sort.h>

#include "data.h"
#include "observe.h"

#define LETTERS	8

struct item {
	struct list_head node;
	char letter;
};

static struct item items[LETTERS];
static LIST_HEAD(list);
static LIST_HEAD(other);

#define NODE(letter)	(&items[(letter) - 'a'].node)

/* list gets these letters in this order, other is empty. */
static void build(struct list_head *head, const char *letters)
{
	INIT_LIST_HEAD(head);
	for (; *letters; letters++) {
		items[*letters - 'a'].letter = *letters;
		list_add_tail(NODE(*letters), head);
	}
}

static void build_both(const char *letters, const char *others)
{
	build(&list, letters);
	build(&other, others);
}

/* Forwards, and only if it is the same backwards. */
static const char *text_of(struct list_head *head)
{
	static char texts[2][LETTERS + 1];
	static int turn;
	char *text = texts[turn ^= 1];
	struct item *item;
	int n = 0, back;

	list_for_each_entry(item, head, node)
		text[n++] = item->letter;
	text[n] = '\0';
	back = n;
	list_for_each_entry_reverse(item, head, node)
		if (text[--back] != item->letter)
			return "inconsistent";
	return text;
}

#define OBSERVE_LIST(name, letters, others, step) do {			\
	build_both(letters, others);					\
	step;								\
	OBSERVE("data.list_" name, "'%s', other '%s'", text_of(&list), text_of(&other));	\
} while (0)

static void observe_moves(void)
{
	static struct item extra = { .letter = 'x' };

	OBSERVE_LIST("add", "abc", "", list_add(&extra.node, &list));
	OBSERVE_LIST("add_tail", "abc", "", list_add_tail(&extra.node, &list));
	OBSERVE_LIST("add_behind_b", "abc", "", list_add(&extra.node, NODE('b')));
	OBSERVE_LIST("add_tail_before_b", "abc", "", list_add_tail(&extra.node, NODE('b')));
	OBSERVE_LIST("del", "abc", "", list_del(NODE('b')));
	OBSERVE_LIST("replace", "abc", "", list_replace(NODE('b'), &extra.node));
	OBSERVE_LIST("swap_a_c", "abc", "", list_swap(NODE('a'), NODE('c')));
	OBSERVE_LIST("swap_neighbours", "abcd", "", list_swap(NODE('b'), NODE('c')));
	OBSERVE_LIST("swap_over_lists", "abc", "def", list_swap(NODE('b'), NODE('d')));
	OBSERVE_LIST("move", "abc", "def", list_move(NODE('c'), &other));
	OBSERVE_LIST("move_tail", "abc", "def", list_move_tail(NODE('a'), &other));
	OBSERVE_LIST("bulk_move_tail", "abcd", "ef", list_bulk_move_tail(&other, NODE('b'), NODE('c')));
	OBSERVE_LIST("rotate_left", "abc", "", list_rotate_left(&list));
	OBSERVE_LIST("rotate_left_of_none", "", "", list_rotate_left(&list));
	OBSERVE_LIST("rotate_to_front", "abcd", "", list_rotate_to_front(NODE('c'), &list));
}

static void observe_joints(void)
{
	OBSERVE_LIST("splice_init", "abc", "de", list_splice_init(&other, &list));
	OBSERVE_LIST("splice_tail_init", "abc", "de", list_splice_tail_init(&other, &list));
	OBSERVE_LIST("splice_init_of_none", "abc", "", list_splice_init(&other, &list));
	OBSERVE_LIST("splice_behind_b", "abc", "de", list_splice_init(&other, NODE('b')));
	OBSERVE_LIST("splice", "abc", "de", list_splice(&other, &list); INIT_LIST_HEAD(&other));
	OBSERVE_LIST("splice_tail", "abc", "de", list_splice_tail(&other, &list); INIT_LIST_HEAD(&other));
	OBSERVE_LIST("cut_position", "abcd", "", list_cut_position(&other, &list, NODE('b')));
	OBSERVE_LIST("cut_position_at_the_head", "abcd", "", list_cut_position(&other, &list, &list));
	OBSERVE_LIST("cut_position_at_the_last", "abcd", "", list_cut_position(&other, &list, NODE('d')));
	OBSERVE_LIST("cut_before", "abcd", "", list_cut_before(&other, &list, NODE('c')));
	OBSERVE_LIST("cut_before_the_first", "abcd", "", list_cut_before(&other, &list, NODE('a')));
	OBSERVE_LIST("cut_before_the_head", "abcd", "", list_cut_before(&other, &list, &list));
}

#define OBSERVE_LOOK(name, letters) do {						\
	build_both(letters, "");							\
	OBSERVE("data.list_questions_of_" name, "empty %d %d, singular %d, a first %d, a last %d",	\
		!!list_empty(&list), !!list_empty_careful(&list), !!list_is_singular(&list),	\
		!!list_is_first(NODE('a'), &list), !!list_is_last(NODE('a'), &list));	\
} while (0)

static void observe_questions(void)
{
	OBSERVE_LOOK("a", "a");
	OBSERVE_LOOK("ab", "ab");
	OBSERVE_LOOK("ba", "ba");
	build_both("", "");
	OBSERVE("data.list_questions_of_none", "empty %d %d, singular %d, first is null %d",
		!!list_empty(&list), !!list_empty_careful(&list), !!list_is_singular(&list),
		!list_first_entry_or_null(&list, struct item, node));
	OBSERVE("data.list_is_head", "%d %d", !!list_is_head(&list, &list), !!list_is_head(NODE('a'), &list));
	build_both("ab", "");
	list_del_init(NODE('a'));
	OBSERVE("data.list_del_init_leaves_it_empty", "%d", !!list_empty(NODE('a')));
	list_move(NODE('b'), &other);
	OBSERVE("data.list_moved_away_leaves_it_empty", "%d", !!list_empty(&list));
}

static void observe_walks(void)
{
	struct item *item, *next;
	char seen[2 * LETTERS];
	int n = 0;

	build_both("abcdef", "");
	list_for_each_entry_safe(item, next, &list, node)
		if ((item->letter - 'a') % 2)
			list_del(&item->node);
	OBSERVE("data.list_walk_that_deletes", "%s", text_of(&list));
	build_both("abcdef", "");
	item = list_entry(NODE('c'), struct item, node);
	list_for_each_entry_continue(item, &list, node)
		seen[n++] = item->letter;
	seen[n++] = '|';
	item = list_entry(NODE('c'), struct item, node);
	list_for_each_entry_from(item, &list, node)
		seen[n++] = item->letter;
	seen[n++] = '|';
	item = list_entry(NODE('c'), struct item, node);
	list_for_each_entry_continue_reverse(item, &list, node)
		seen[n++] = item->letter;
	seen[n] = '\0';
	OBSERVE("data.list_walks_from_c", "%s", seen);
	OBSERVE("data.list_first_last_next_prev", "%c %c %c %c",
		list_first_entry(&list, struct item, node)->letter,
		list_last_entry(&list, struct item, node)->letter,
		list_next_entry(list_entry(NODE('c'), struct item, node), node)->letter,
		list_prev_entry(list_entry(NODE('c'), struct item, node), node)->letter);
}

/* Two letters are one value: what was first among equals stays first. */
static int compare_pairs(void *priv, const struct list_head *a, const struct list_head *b)
{
	return (list_entry(a, struct item, node)->letter - 'a') / 2 -
	       (list_entry(b, struct item, node)->letter - 'a') / 2;
}

static void observe_sort(void)
{
	OBSERVE_LIST("sort_is_stable", "hgdcfbea", "", list_sort(NULL, &list, compare_pairs));
	OBSERVE_LIST("sort_of_one", "a", "", list_sort(NULL, &list, compare_pairs));
	OBSERVE_LIST("sort_of_none", "", "", list_sort(NULL, &list, compare_pairs));
}

void observe_lists(void)
{
	observe_moves();
	observe_joints();
	observe_questions();
	observe_walks();
	observe_sort();
}
