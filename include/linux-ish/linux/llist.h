/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lock-free, null-terminated, singly linked lists.
 *
 * What
 *	Many may add, and many may take all: both without a lock, against each other, in any
 *	context. Taking one entry (llist_del_first()) needs that nobody else takes at the same time,
 *	else an entry that goes and comes back between the look and the exchange would lose the ones
 *	behind it. Entries come out newest first; llist_reverse_order() turns them.
 *
 *	              add         del_first   del_all
 *	  add         -           -           -
 *	  del_first               lock        lock
 *	  del_all                             -
 *
 * Contexts
 *	Any, NMI too.
 *
 * Ordering
 *	Adding is a full barrier (cmpxchg), and so is taking: what was written to an entry before it
 *	was added is seen by who takes it.
 *
 * Tests
 *	tests/boot/llist_test.c, tests/scenario/rings.c
 */
#ifndef _LINUX_LLIST_H
#define _LINUX_LLIST_H

#include <linux/atomic.h>
#include <linux/container_of.h>

struct llist_head {
	struct llist_node *first;	/* A */
};

struct llist_node {
	struct llist_node *next;	/* whoever owns the node: the adder, then the taker */
};

#define LLIST_HEAD_INIT(name)	{ NULL }
#define LLIST_HEAD(name)	struct llist_head name = LLIST_HEAD_INIT(name)

/** init_llist_head - make @list empty. Context: any, before its first use. */
static inline void init_llist_head(struct llist_head *list)
{
	list->first = NULL;
}

/** init_llist_node - mark @node as on no list, for llist_on_list() */
static inline void init_llist_node(struct llist_node *node)
{
	WRITE_ONCE(node->next, node);
}

/** llist_on_list - whether @node is listed; true after init_llist_node() only once it is added */
static inline bool llist_on_list(const struct llist_node *node)
{
	return READ_ONCE(node->next) != node;
}

#define llist_entry(ptr, type, member)	container_of(ptr, type, member)
#define __llist_entry_or_end(ptr, type, member) \
	((type *)((unsigned long)(ptr) - offsetof(type, member)))
#define __llist_is_entry(pos, member) \
	((unsigned long)(pos) + offsetof(typeof(*(pos)), member) != 0)

/* Walks over a chain that llist_del_all() returned. The _safe forms allow the body to free @pos. */
#define llist_for_each(pos, node) \
	for ((pos) = (node); (pos); (pos) = (pos)->next)
#define llist_for_each_safe(pos, n, node) \
	for ((pos) = (node); (pos) && ((n) = (pos)->next, true); (pos) = (n))
#define llist_for_each_entry(pos, node, member)				\
	for ((pos) = __llist_entry_or_end((node), typeof(*(pos)), member); \
	     __llist_is_entry(pos, member);				\
	     (pos) = __llist_entry_or_end((pos)->member.next, typeof(*(pos)), member))
#define llist_for_each_entry_safe(pos, n, node, member)			\
	for ((pos) = __llist_entry_or_end((node), typeof(*(pos)), member); \
	     __llist_is_entry(pos, member) &&				\
	     ((n) = __llist_entry_or_end((pos)->member.next, typeof(*(n)), member), true); \
	     (pos) = (n))

/** llist_empty - whether nothing is on the list: a hint, unless the caller excludes others */
static inline bool llist_empty(const struct llist_head *head)
{
	return READ_ONCE(head->first) == NULL;
}

/** llist_next - the one behind @node, or NULL; for a list that llist_del_all() has taken */
static inline struct llist_node *llist_next(struct llist_node *node)
{
	return node->next;
}

/**
 * llist_add_batch - add a chain of entries in one step
 * @first: its first entry
 * @last: its last; may be @first
 * @head: the list
 *
 * Context: any.
 * Return: whether the list was empty, so that one of many adders knows it is to wake the taker.
 */
static inline bool llist_add_batch(struct llist_node *first, struct llist_node *last,
				   struct llist_head *head)
{
	struct llist_node *old = READ_ONCE(head->first);

	/* The chain hangs together before it can be found; pairs with xchg() in llist_del_all(). */
	do {
		WRITE_ONCE(last->next, old);
	} while (!try_cmpxchg(&head->first, &old, first));
	return !old;
}

/** llist_add - llist_add_batch() of one */
static inline bool llist_add(struct llist_node *node, struct llist_head *head)
{
	return llist_add_batch(node, node, head);
}

/**
 * __llist_add, __llist_add_batch - the same where nobody else uses the list: no atomic operation
 */
static inline bool __llist_add_batch(struct llist_node *first, struct llist_node *last,
				     struct llist_head *head)
{
	last->next = head->first;
	head->first = first;
	return last->next == NULL;
}

static inline bool __llist_add(struct llist_node *node, struct llist_head *head)
{
	return __llist_add_batch(node, node, head);
}

/**
 * llist_del_all - take everything. Return: the newest entry of the chain, or NULL. Context: any.
 */
static inline struct llist_node *llist_del_all(struct llist_head *head)
{
	return xchg(&head->first, NULL);	/* pairs with try_cmpxchg() in llist_add_batch() */
}

static inline struct llist_node *__llist_del_all(struct llist_head *head)
{
	struct llist_node *first = head->first;

	head->first = NULL;
	return first;
}

/**
 * llist_del_first - take the newest entry
 * @head: the list; no other taker works on it meanwhile
 *
 * Return: the entry, or NULL.
 */
static inline struct llist_node *llist_del_first(struct llist_head *head)
{
	struct llist_node *first = READ_ONCE(head->first);

	while (first && !try_cmpxchg(&head->first, &first, READ_ONCE(first->next)))
		;
	return first;
}

/** llist_del_first_init - llist_del_first(), and llist_on_list() of the entry is false */
static inline struct llist_node *llist_del_first_init(struct llist_head *head)
{
	struct llist_node *node = llist_del_first(head);

	if (node)
		init_llist_node(node);
	return node;
}

/**
 * llist_reverse_order - turn a chain from llist_del_all(): oldest first. Return: its new first
 * entry.
 */
static inline struct llist_node *llist_reverse_order(struct llist_node *head)
{
	struct llist_node *turned = NULL;

	while (head) {
		struct llist_node *next = head->next;

		head->next = turned;
		turned = head;
		head = next;
	}
	return turned;
}

#endif
