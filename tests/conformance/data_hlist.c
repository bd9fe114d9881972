// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lists with one link to the first (hlist), and lists that many may add to at once (llist).
 */
#include <linux/list.h>
#include <linux/llist.h>

#include "data.h"
#include "observe.h"

#define LETTERS	6

struct hash_item {
	struct hlist_node node;
	char letter;
};

static struct hash_item items[LETTERS];
static HLIST_HEAD(list);
static HLIST_HEAD(other);

#define HNODE(letter)	(&items[(letter) - 'a'].node)

static const char *text_of(struct hlist_head *head)
{
	static char texts[2][LETTERS + 1];
	static int turn;
	char *text = texts[turn ^= 1];
	struct hash_item *item;
	int n = 0;

	hlist_for_each_entry(item, head, node)
		text[n++] = item->letter;
	text[n] = '\0';
	return text;
}

static void observe_hlist(void)
{
	struct hash_item *item;
	struct hlist_node *next;
	int i;

	for (i = 0; i < LETTERS; i++) {
		items[i].letter = (char)('a' + i);
		INIT_HLIST_NODE(&items[i].node);
	}
	OBSERVE("data.hlist_new", "empty %d, unhashed %d", !!hlist_empty(&list),
		!!hlist_unhashed(HNODE('a')));
	hlist_add_head(HNODE('a'), &list);
	OBSERVE("data.hlist_one", "empty %d, unhashed %d, singular %d", !!hlist_empty(&list),
		!!hlist_unhashed(HNODE('a')), !!hlist_is_singular_node(HNODE('a'), &list));
	hlist_add_head(HNODE('b'), &list);
	hlist_add_head(HNODE('c'), &list);
	OBSERVE("data.hlist_add_head_of_a_b_c", "%s", text_of(&list));
	hlist_add_before(HNODE('d'), HNODE('b'));
	hlist_add_behind(HNODE('e'), HNODE('b'));
	OBSERVE("data.hlist_add_before_and_behind_b", "%s, singular %d", text_of(&list),
		!!hlist_is_singular_node(HNODE('c'), &list));
	hlist_del_init(HNODE('c'));
	hlist_del_init(HNODE('e'));
	OBSERVE("data.hlist_del_init", "%s, unhashed %d", text_of(&list), !!hlist_unhashed(HNODE('e')));
	hlist_del_init(HNODE('e'));
	hlist_move_list(&list, &other);
	OBSERVE("data.hlist_move_list", "'%s', other '%s'", text_of(&list), text_of(&other));
	hlist_for_each_entry_safe(item, next, &other, node)
		if (item->letter != 'b')
			hlist_del_init(&item->node);
	OBSERVE("data.hlist_walk_that_deletes", "%s", text_of(&other));
	hlist_add_fake(HNODE('f'));
	OBSERVE("data.hlist_fake", "%d, unhashed %d, another %d", !!hlist_fake(HNODE('f')),
		!!hlist_unhashed(HNODE('f')), !!hlist_fake(HNODE('b')));
	hlist_del_init(HNODE('f'));
	OBSERVE("data.hlist_fake_deleted", "unhashed %d", !!hlist_unhashed(HNODE('f')));
}

/* ---- llist ---- */

struct many_item {
	struct llist_node node;
	char letter;
};

static struct many_item many[LETTERS];
static LLIST_HEAD(heap);

#define LNODE(letter)	(&many[(letter) - 'a'].node)

static const char *letters_of(struct llist_node *first)
{
	static char text[LETTERS + 1];
	struct many_item *item, *next;
	int n = 0;

	llist_for_each_entry_safe(item, next, first, node)
		text[n++] = item->letter;
	text[n] = '\0';
	return text;
}

static void observe_llist(void)
{
	bool first, second, empty_between;
	struct llist_node *node;
	int i;

	for (i = 0; i < LETTERS; i++)
		many[i].letter = (char)('a' + i);
	init_llist_head(&heap);
	OBSERVE("data.llist_new", "empty %d, del_all is null %d, del_first is null %d", !!llist_empty(&heap),
		!llist_del_all(&heap), !llist_del_first(&heap));
	first = llist_add(LNODE('a'), &heap);
	empty_between = llist_empty(&heap);
	second = llist_add(LNODE('b'), &heap);
	OBSERVE("data.llist_add_says_it_was_empty", "%d, then %d; empty between %d", first, second,
		empty_between);
	llist_add(LNODE('c'), &heap);
	OBSERVE("data.llist_del_all_of_a_b_c", "%s", letters_of(llist_del_all(&heap)));
	OBSERVE("data.llist_after_del_all", "empty %d", !!llist_empty(&heap));
	llist_add(LNODE('a'), &heap);
	llist_add(LNODE('b'), &heap);
	llist_add(LNODE('c'), &heap);
	OBSERVE("data.llist_reverse_order_of_a_b_c", "%s",
		letters_of(llist_reverse_order(llist_del_all(&heap))));
	OBSERVE("data.llist_reverse_order_of_none", "'%s'", letters_of(llist_reverse_order(NULL)));

	llist_add(LNODE('a'), &heap);
	LNODE('d')->next = LNODE('e');
	LNODE('e')->next = NULL;
	first = llist_add_batch(LNODE('d'), LNODE('e'), &heap);
	node = llist_del_first(&heap);
	OBSERVE("data.llist_add_batch", "%d, del_first %c, rest %s", first,
		llist_entry(node, struct many_item, node)->letter, letters_of(llist_del_all(&heap)));
}

void observe_other_lists(void)
{
	observe_hlist();
	observe_llist();
}
