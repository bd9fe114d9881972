/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Doubly linked lists: circular with a head (list_*), or with a one-pointer head for hash tables
 * (hlist_*).
 *
 * What
 *	The links live inside the things that are listed; container_of() leads back. Nothing
 *	allocates.
 *
 * Contexts
 *	Any. The caller serialises; list_empty() and hlist_empty() may be asked without the lock, as
 *	a hint. The one pointer that such a reader looks at is therefore written by WRITE_ONCE().
 *
 * Ordering
 *	list_del_init_careful() releases what was done before it to a list_empty_careful() that sees
 *	it.
 *
 * Limits
 *	CONFIG_DEBUG_LIST compares neighbours before each change; a damaged list is reported and
 *	left alone.
 *
 * Tests
 *	tests/boot/list_test.c
 */
#ifndef _LINUX_LIST_H
#define _LINUX_LIST_H

#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/poison.h>
#include <asm/barrier.h>

#define LIST_HEAD_INIT(name)	{ &(name), &(name) }
/** LIST_HEAD - define an empty list */
#define LIST_HEAD(name)		struct list_head name = LIST_HEAD_INIT(name)

/** INIT_LIST_HEAD - make @list an empty list, or an entry that is on none */
static __always_inline void INIT_LIST_HEAD(struct list_head *list)
{
	WRITE_ONCE(list->next, list);
	WRITE_ONCE(list->prev, list);
}

/* lib/list_debug.c: report and return false if the change would damage a list further. */
bool list_debug_add_valid(struct list_head *new, struct list_head *prev, struct list_head *next);
bool list_debug_del_valid(struct list_head *entry);

static __always_inline void __list_add(struct list_head *new, struct list_head *prev,
				       struct list_head *next)
{
	if (IS_ENABLED(CONFIG_DEBUG_LIST) && !list_debug_add_valid(new, prev, next))
		return;
	next->prev = new;
	new->next = next;
	new->prev = prev;
	WRITE_ONCE(prev->next, new);
}

/** list_add - put @new first; list_add_tail - last. @new is on no list. */
static __always_inline void list_add(struct list_head *new, struct list_head *head)
{
	__list_add(new, head, head->next);
}

/** list_add_tail - put @new before @head: at the end of the list */
static __always_inline void list_add_tail(struct list_head *new, struct list_head *head)
{
	__list_add(new, head->prev, head);
}

static __always_inline void __list_del(struct list_head *prev, struct list_head *next)
{
	next->prev = prev;
	WRITE_ONCE(prev->next, next);
}

static __always_inline void __list_del_entry(struct list_head *entry)
{
	if (IS_ENABLED(CONFIG_DEBUG_LIST) && !list_debug_del_valid(entry))
		return;
	__list_del(entry->prev, entry->next);
}

/**
 * list_del - take @entry off its list and poison it: it must not be asked anything until added
 * again
 */
static __always_inline void list_del(struct list_head *entry)
{
	__list_del_entry(entry);
	entry->next = LIST_POISON1;
	entry->prev = LIST_POISON2;
}

/** list_del_init - take @entry off its list; list_empty(@entry) is true afterwards */
static __always_inline void list_del_init(struct list_head *entry)
{
	__list_del_entry(entry);
	INIT_LIST_HEAD(entry);
}

/**
 * list_del_init_careful - list_del_init(), whose effect and all before it list_empty_careful() sees
 * @entry: the entry
 */
static __always_inline void list_del_init_careful(struct list_head *entry)
{
	__list_del_entry(entry);
	WRITE_ONCE(entry->prev, entry);
	smp_store_release(&entry->next, entry);	/* pairs with list_empty_careful() */
}

/** list_replace - put @new where @old was; @old is not changed */
static __always_inline void list_replace(struct list_head *old, struct list_head *new)
{
	new->next = old->next;
	new->next->prev = new;
	new->prev = old->prev;
	WRITE_ONCE(new->prev->next, new);
}

/** list_replace_init - the same, and leave @old empty */
static __always_inline void list_replace_init(struct list_head *old, struct list_head *new)
{
	list_replace(old, new);
	INIT_LIST_HEAD(old);
}

/** list_swap - exchange the places of two entries, on one list or on two */
static inline void list_swap(struct list_head *entry1, struct list_head *entry2)
{
	struct list_head *place = entry2->prev;

	__list_del_entry(entry2);
	list_replace(entry1, entry2);
	if (place == entry1)
		place = entry2;
	list_add(entry1, place);
}

/** list_move, list_move_tail - take @entry off its list and put it first, last, on @head */
static __always_inline void list_move(struct list_head *entry, struct list_head *head)
{
	__list_del_entry(entry);
	list_add(entry, head);
}

static __always_inline void list_move_tail(struct list_head *entry, struct list_head *head)
{
	__list_del_entry(entry);
	list_add_tail(entry, head);
}

/**
 * list_bulk_move_tail - move the entries from @first to @last, in their order, to the end of @head
 */
static inline void list_bulk_move_tail(struct list_head *head, struct list_head *first,
				       struct list_head *last)
{
	__list_del(first->prev, last->next);
	head->prev->next = first;
	first->prev = head->prev;
	last->next = head;
	head->prev = last;
}

/** list_empty - whether nothing is on the list; without its lock, a hint */
static __always_inline bool list_empty(const struct list_head *head)
{
	return READ_ONCE(head->next) == head;
}

/**
 * list_empty_careful - whether nothing is on the list, and nobody is just taking the last entry off
 * @head: the list, or an entry
 *
 * Without the lock it is right only if the sole possible change is list_del_init_careful().
 */
static __always_inline bool list_empty_careful(const struct list_head *head)
{
	/* pairs with list_del_init_careful() */
	struct list_head *next = smp_load_acquire(&head->next);

	return next == head && next == READ_ONCE(head->prev);
}

/** list_is_head, list_is_first, list_is_last - where @list stands in the list of @head */
static __always_inline bool list_is_head(const struct list_head *list, const struct list_head *head)
{
	return list == head;
}

static __always_inline bool list_is_first(const struct list_head *list,
					  const struct list_head *head)
{
	return list->prev == head;
}

static __always_inline bool list_is_last(const struct list_head *list, const struct list_head *head)
{
	return list->next == head;
}

/** list_is_singular - whether exactly one entry is on the list */
static __always_inline bool list_is_singular(const struct list_head *head)
{
	return !list_empty(head) && head->next == head->prev;
}

/** list_rotate_left - the first entry becomes the last */
static inline void list_rotate_left(struct list_head *head)
{
	if (!list_empty(head))
		list_move_tail(head->next, head);
}

/** list_rotate_to_front - @list, an entry, becomes the first; the order stays as on a ring */
static inline void list_rotate_to_front(struct list_head *list, struct list_head *head)
{
	list_move_tail(head, list);
}

/** list_cut_position - @list becomes the part of @head up to and with @entry; @list was empty */
static inline void list_cut_position(struct list_head *list, struct list_head *head,
				     struct list_head *entry)
{
	if (list_empty(head))
		return;
	if (entry == head) {
		INIT_LIST_HEAD(list);
		return;
	}
	list->next = head->next;
	list->next->prev = list;
	head->next = entry->next;
	head->next->prev = head;
	list->prev = entry;
	entry->next = list;
}

/** list_cut_before - @list becomes the part of @head before @entry; @list was empty */
static inline void list_cut_before(struct list_head *list, struct list_head *head,
				   struct list_head *entry)
{
	if (head->next == entry)
		INIT_LIST_HEAD(list);
	else
		list_cut_position(list, head, entry->prev);
}

static __always_inline void __list_splice(const struct list_head *list, struct list_head *prev,
					  struct list_head *next)
{
	struct list_head *first = list->next;
	struct list_head *last = list->prev;

	first->prev = prev;
	last->next = next;
	next->prev = last;
	WRITE_ONCE(prev->next, first);
}

/**
 * list_splice, list_splice_tail - all entries of @list to the front, end, of @head; _init empties
 * @list
 */
static inline void list_splice(const struct list_head *list, struct list_head *head)
{
	if (!list_empty(list))
		__list_splice(list, head, head->next);
}

static inline void list_splice_tail(struct list_head *list, struct list_head *head)
{
	if (!list_empty(list))
		__list_splice(list, head->prev, head);
}

/** list_splice_init - the same, and leave @list empty */
static inline void list_splice_init(struct list_head *list, struct list_head *head)
{
	if (!list_empty(list)) {
		__list_splice(list, head, head->next);
		INIT_LIST_HEAD(list);
	}
}

/** list_splice_tail_init - list_splice_tail(), and leave @list empty */
static inline void list_splice_tail_init(struct list_head *list, struct list_head *head)
{
	if (!list_empty(list)) {
		__list_splice(list, head->prev, head);
		INIT_LIST_HEAD(list);
	}
}

/** list_count_nodes - how many entries; walks the list */
static inline size_t list_count_nodes(struct list_head *head)
{
	size_t count = 0;

	for (struct list_head *pos = head->next; pos != head; pos = pos->next)
		count++;
	return count;
}

/**
 * list_entry - the thing around a link; list_first_entry and list_last_entry need a list that is
 * not empty
 */
#define list_entry(ptr, type, member)		container_of(ptr, type, member)
#define list_first_entry(ptr, type, member)	list_entry((ptr)->next, type, member)
#define list_last_entry(ptr, type, member)	list_entry((ptr)->prev, type, member)
#define list_first_entry_or_null(ptr, type, member) ({			\
	struct list_head *__head = (ptr);				\
	struct list_head *__first = READ_ONCE(__head->next);		\
	__first != __head ? list_entry(__first, type, member) : NULL;	\
})
#define list_last_entry_or_null(ptr, type, member) ({			\
	struct list_head *__head = (ptr);				\
	struct list_head *__last = READ_ONCE(__head->prev);		\
	__last != __head ? list_entry(__last, type, member) : NULL;	\
})
#define list_next_entry(pos, member)	list_entry((pos)->member.next, typeof(*(pos)), member)
#define list_prev_entry(pos, member)	list_entry((pos)->member.prev, typeof(*(pos)), member)
#define list_next_entry_circular(pos, head, member)			\
	(list_is_last(&(pos)->member, head) ?				\
	 list_first_entry(head, typeof(*(pos)), member) : list_next_entry(pos, member))
#define list_prev_entry_circular(pos, head, member)			\
	(list_is_first(&(pos)->member, head) ?				\
	 list_last_entry(head, typeof(*(pos)), member) : list_prev_entry(pos, member))
/** list_entry_is_head - whether @pos, from a walk, stands for the head: the walk is over */
#define list_entry_is_head(pos, head, member)	list_is_head(&(pos)->member, (head))

/*
 * Walks. The _safe forms hold the next entry in @n, so that the body may take @pos off the list;
 * _continue begins behind @pos, _from at it.
 */
#define list_for_each(pos, head) \
	for (pos = (head)->next; !list_is_head(pos, (head)); pos = pos->next)
#define list_for_each_continue(pos, head) \
	for (pos = pos->next; !list_is_head(pos, (head)); pos = pos->next)
#define list_for_each_prev(pos, head) \
	for (pos = (head)->prev; !list_is_head(pos, (head)); pos = pos->prev)
#define list_for_each_safe(pos, n, head) \
	for (pos = (head)->next, n = pos->next; !list_is_head(pos, (head)); pos = n, n = pos->next)
#define list_for_each_prev_safe(pos, n, head) \
	for (pos = (head)->prev, n = pos->prev; !list_is_head(pos, (head)); pos = n, n = pos->prev)

#define list_for_each_entry(pos, head, member)				\
	for (pos = list_first_entry(head, typeof(*pos), member);	\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_next_entry(pos, member))
#define list_for_each_entry_reverse(pos, head, member)			\
	for (pos = list_last_entry(head, typeof(*pos), member);		\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_prev_entry(pos, member))
/**
 * list_prepare_entry - a start for list_for_each_entry_continue(): @pos, or the head if @pos is
 * NULL
 */
#define list_prepare_entry(pos, head, member) \
	((pos) ? : list_entry(head, typeof(*pos), member))
#define list_for_each_entry_continue(pos, head, member)			\
	for (pos = list_next_entry(pos, member);			\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_next_entry(pos, member))
#define list_for_each_entry_continue_reverse(pos, head, member)		\
	for (pos = list_prev_entry(pos, member);			\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_prev_entry(pos, member))
#define list_for_each_entry_from(pos, head, member)			\
	for (; !list_entry_is_head(pos, head, member); pos = list_next_entry(pos, member))
#define list_for_each_entry_from_reverse(pos, head, member)		\
	for (; !list_entry_is_head(pos, head, member); pos = list_prev_entry(pos, member))
#define list_for_each_entry_safe(pos, n, head, member)			\
	for (pos = list_first_entry(head, typeof(*pos), member),	\
		n = list_next_entry(pos, member);			\
	     !list_entry_is_head(pos, head, member);			\
	     pos = n, n = list_next_entry(n, member))
#define list_for_each_entry_safe_continue(pos, n, head, member)		\
	for (pos = list_next_entry(pos, member),			\
		n = list_next_entry(pos, member);			\
	     !list_entry_is_head(pos, head, member);			\
	     pos = n, n = list_next_entry(n, member))
#define list_for_each_entry_safe_from(pos, n, head, member)		\
	for (n = list_next_entry(pos, member);				\
	     !list_entry_is_head(pos, head, member);			\
	     pos = n, n = list_next_entry(n, member))
#define list_for_each_entry_safe_reverse(pos, n, head, member)		\
	for (pos = list_last_entry(head, typeof(*pos), member),		\
		n = list_prev_entry(pos, member);			\
	     !list_entry_is_head(pos, head, member);			\
	     pos = n, n = list_prev_entry(n, member))
/** list_safe_reset_next - in a _safe walk whose lock was dropped: find @n anew */
#define list_safe_reset_next(pos, n, member)	n = list_next_entry(pos, member)

/* ---------------------------------------------------------------- hlist: for hash tables */

#define HLIST_HEAD_INIT		{ .first = NULL }
#define HLIST_HEAD(name)	struct hlist_head name = { .first = NULL }
#define INIT_HLIST_HEAD(ptr)	((ptr)->first = NULL)

/** INIT_HLIST_NODE - make @node one that is in no list */
static __always_inline void INIT_HLIST_NODE(struct hlist_node *node)
{
	node->next = NULL;
	node->pprev = NULL;
}

/** hlist_unhashed - whether @node is on no list (initialised, or removed by hlist_del_init()) */
static __always_inline bool hlist_unhashed(const struct hlist_node *node)
{
	return !node->pprev;
}

/** hlist_unhashed_lockless - the same, asked without the lock: a hint */
static __always_inline bool hlist_unhashed_lockless(const struct hlist_node *node)
{
	return !READ_ONCE(node->pprev);
}

/** hlist_empty - whether nothing is in the list; without the lock, a hint */
static __always_inline bool hlist_empty(const struct hlist_head *head)
{
	return !READ_ONCE(head->first);
}

static __always_inline void __hlist_del(struct hlist_node *node)
{
	struct hlist_node *next = node->next;
	struct hlist_node **pprev = node->pprev;

	WRITE_ONCE(*pprev, next);
	if (next)
		WRITE_ONCE(next->pprev, pprev);
}

/** hlist_del - take @node out, and poison it */
static __always_inline void hlist_del(struct hlist_node *node)
{
	__hlist_del(node);
	node->next = LIST_POISON1;
	node->pprev = LIST_POISON2;
}

/** hlist_del_init - take @node off its list, if it is on one */
static __always_inline void hlist_del_init(struct hlist_node *node)
{
	if (!hlist_unhashed(node)) {
		__hlist_del(node);
		INIT_HLIST_NODE(node);
	}
}

/** hlist_add_head - put @node first */
static __always_inline void hlist_add_head(struct hlist_node *node, struct hlist_head *head)
{
	struct hlist_node *first = head->first;

	WRITE_ONCE(node->next, first);
	if (first)
		WRITE_ONCE(first->pprev, &node->next);
	WRITE_ONCE(head->first, node);
	WRITE_ONCE(node->pprev, &head->first);
}

/** hlist_add_before, hlist_add_behind - put @node beside one that is in a list */
static __always_inline void hlist_add_before(struct hlist_node *node, struct hlist_node *next)
{
	WRITE_ONCE(node->pprev, next->pprev);
	WRITE_ONCE(node->next, next);
	WRITE_ONCE(next->pprev, &node->next);
	WRITE_ONCE(*(node->pprev), node);
}

static __always_inline void hlist_add_behind(struct hlist_node *node, struct hlist_node *prev)
{
	WRITE_ONCE(node->next, prev->next);
	WRITE_ONCE(prev->next, node);
	WRITE_ONCE(node->pprev, &prev->next);
	if (node->next)
		WRITE_ONCE(node->next->pprev, &node->next);
}

/** hlist_add_fake - make @node look listed, so that hlist_del() of it is harmless */
static inline void hlist_add_fake(struct hlist_node *node)
{
	node->pprev = &node->next;
}

/** hlist_fake - whether hlist_add_fake() did that */
static inline bool hlist_fake(struct hlist_node *node)
{
	return node->pprev == &node->next;
}

/** hlist_is_singular_node - whether @node is the only one in the list of @head */
static inline bool hlist_is_singular_node(struct hlist_node *node, struct hlist_head *head)
{
	return !node->next && node->pprev == &head->first;
}

/** hlist_move_list - @new takes over what is on @old, which becomes empty */
static inline void hlist_move_list(struct hlist_head *old, struct hlist_head *new)
{
	new->first = old->first;
	if (new->first)
		new->first->pprev = &new->first;
	old->first = NULL;
}

#define hlist_entry(ptr, type, member)	container_of(ptr, type, member)
#define hlist_entry_safe(ptr, type, member) ({				\
	typeof(ptr) __node = (ptr);					\
	__node ? hlist_entry(__node, type, member) : NULL;		\
})

#define hlist_for_each(pos, head) \
	for (pos = (head)->first; pos; pos = pos->next)
#define hlist_for_each_safe(pos, n, head) \
	for (pos = (head)->first; pos && ({ n = pos->next; 1; }); pos = n)
#define hlist_for_each_entry(pos, head, member)				\
	for (pos = hlist_entry_safe((head)->first, typeof(*(pos)), member); pos; \
	     pos = hlist_entry_safe((pos)->member.next, typeof(*(pos)), member))
#define hlist_for_each_entry_continue(pos, member)			\
	for (pos = hlist_entry_safe((pos)->member.next, typeof(*(pos)), member); pos; \
	     pos = hlist_entry_safe((pos)->member.next, typeof(*(pos)), member))
#define hlist_for_each_entry_from(pos, member)				\
	for (; pos; pos = hlist_entry_safe((pos)->member.next, typeof(*(pos)), member))
#define hlist_for_each_entry_safe(pos, n, head, member)			\
	for (pos = hlist_entry_safe((head)->first, typeof(*(pos)), member); \
	     pos && ({ n = pos->member.next; 1; });			\
	     pos = hlist_entry_safe(n, typeof(*(pos)), member))

#endif
