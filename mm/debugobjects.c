// SPDX-License-Identifier: GPL-2.0-only
/*
 * The record of objects in use (CONFIG_DEBUG_OBJECTS).
 *
 * What
 *	A hash table of records, by the page that the object begins in, so that all objects in a freed range
 *	are found by looking at the range's pages. What is found there is reported and forgotten.
 *
 * Contexts
 *	Any but NMI. Reports are made without the lock.
 *
 * Locks
 *	records_lock, innermost: objects are put into use under their owners' locks.
 *
 * Limits
 *	DEBUG_RECORDS objects at once; further ones are not watched, which is said once.
 *
 * Tests
 *	tests/boot/timer_test.c, tasklet_test.c
 */
#include <linux/debugobjects.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/spinlock.h>

#define DEBUG_RECORDS	2048
#define BUCKET_BITS	10

struct debug_record {
	struct hlist_node node;			/* L */
	const void *addr;			/* L */
	const struct debug_obj_descr *descr;	/* L */
	const void *who;			/* L */
};

static DEFINE_RAW_SPINLOCK(records_lock);			/* the L here */
static struct hlist_head buckets[1 << BUCKET_BITS];		/* L */
static struct hlist_head unused;				/* L: records that were used and are not now */
static struct debug_record records[DEBUG_RECORDS];
static unsigned int first_fresh;				/* L: records from here on were never used */

static struct hlist_head *bucket_of(const void *addr)
{
	return &buckets[hash_64((unsigned long)addr >> PAGE_SHIFT, BUCKET_BITS)];
}

static struct debug_record *find_locked(const void *addr, const struct debug_obj_descr *descr)
{
	struct debug_record *record;

	lockdep_assert_held(&records_lock);
	hlist_for_each_entry(record, bucket_of(addr), node)
		if (record->addr == addr && record->descr == descr)
			return record;
	return NULL;
}

static struct debug_record *take_record_locked(void)
{
	struct debug_record *record;

	lockdep_assert_held(&records_lock);
	if (hlist_empty(&unused))
		return first_fresh < DEBUG_RECORDS ? &records[first_fresh++] : NULL;
	record = hlist_entry(unused.first, struct debug_record, node);
	hlist_del(&record->node);
	return record;
}

static void forget_locked(struct debug_record *record)
{
	lockdep_assert_held(&records_lock);
	hlist_del(&record->node);
	hlist_add_head(&record->node, &unused);
}

void debug_object_activate(const void *addr, const struct debug_obj_descr *descr, const void *who)
{
	struct debug_record *record;
	unsigned long flags;

	raw_spin_lock_irqsave(&records_lock, flags);
	record = find_locked(addr, descr);
	if (!record) {
		record = take_record_locked();
		if (record) {
			record->addr = addr;
			record->descr = descr;
			hlist_add_head(&record->node, bucket_of(addr));
		}
	}
	if (record)
		record->who = who;
	raw_spin_unlock_irqrestore(&records_lock, flags);
	if (!record)
		pr_warn_once("debugobjects: more than %u objects in use, the rest is not watched\n",
			     DEBUG_RECORDS);
}

void debug_object_deactivate(const void *addr, const struct debug_obj_descr *descr)
{
	struct debug_record *record;
	unsigned long flags;

	raw_spin_lock_irqsave(&records_lock, flags);
	record = find_locked(addr, descr);
	if (record)
		forget_locked(record);
	raw_spin_unlock_irqrestore(&records_lock, flags);
}

void debug_object_init(const void *addr, const struct debug_obj_descr *descr)
{
	struct debug_record *record;
	const void *who = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&records_lock, flags);
	record = find_locked(addr, descr);
	if (record) {
		who = record->who;
		forget_locked(record);
	}
	raw_spin_unlock_irqrestore(&records_lock, flags);
	WARN(record != NULL, "debugobjects: %s %p (%ps) is set up while it is in use\n", descr->name, addr, who);
}

/* Takes one record of an object that begins in [@addr, @end), all of it in one page. */
static bool take_freed(const void *addr, const void *end, struct debug_record *found)
{
	struct debug_record *record;
	unsigned long flags;
	bool taken = false;

	raw_spin_lock_irqsave(&records_lock, flags);
	hlist_for_each_entry(record, bucket_of(addr), node) {
		if (record->addr >= addr && record->addr < end) {
			*found = *record;
			forget_locked(record);
			taken = true;
			break;
		}
	}
	raw_spin_unlock_irqrestore(&records_lock, flags);
	return taken;
}

void debug_check_no_obj_freed(const void *addr, unsigned long size)
{
	unsigned long start = (unsigned long)addr, end = start + size, behind;
	struct debug_record found;

	for (; start < end; start = behind) {
		behind = min(PAGE_ALIGN(start + 1), end);
		while (take_freed((const void *)start, (const void *)behind, &found))
			WARN(1, "debugobjects: %s %p (%ps) is in use, in memory that is freed\n",
			     found.descr->name, found.addr, found.who);
	}
}
