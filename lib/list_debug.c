// SPDX-License-Identifier: GPL-2.0-only
/*
 * Checks of linked lists, for CONFIG_DEBUG_LIST.
 *
 * What
 *	Before an entry goes in or out its neighbours must point to each other. When they do not,
 *	the list has been damaged already: that is reported, and the operation is not done.
 *
 * Contexts
 *	Any; under the list's lock, as the operation itself.
 *
 * Tests
 *	tests/boot/list_test.c
 */
#include <linux/bug.h>
#include <linux/list.h>

bool list_debug_add_valid(struct list_head *new, struct list_head *prev, struct list_head *next)
{
	return !WARN(next->prev != prev, "list: add: next->prev is %px, not prev %px; next %px\n",
		     next->prev, prev, next) &&
	       !WARN(prev->next != next, "list: add: prev->next is %px, not next %px; prev %px\n",
		     prev->next, next, prev) &&
	       !WARN(new == prev || new == next, "list: add: %px is on the list already\n", new);
}

bool list_debug_del_valid(struct list_head *entry)
{
	struct list_head *prev = entry->prev;
	struct list_head *next = entry->next;

	return !WARN(!prev || !next, "list: del: %px was never on a list\n", entry) &&
	       !WARN(next == LIST_POISON1 || prev == LIST_POISON2,
		     "list: del: %px has been deleted before\n", entry) &&
	       !WARN(prev->next != entry, "list: del: prev->next is %px, not %px; prev %px\n",
		     prev->next, entry, prev) &&
	       !WARN(next->prev != entry, "list: del: next->prev is %px, not %px; next %px\n",
		     next->prev, entry, next);
}
