/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A count of references inside of the thing that is counted, with a function for its end.
 *
 * Tests
 *	tests/boot/irq_affinity_test.c
 */
#ifndef _LINUX_KREF_H
#define _LINUX_KREF_H

#include <linux/refcount.h>

struct kref {
	refcount_t refcount;
};

#define KREF_INIT(n)	{ .refcount = REFCOUNT_INIT(n) }

/** kref_init - one reference, the maker's. Context: any. */
static inline void kref_init(struct kref *kref)
{
	refcount_set(&kref->refcount, 1);
}

/** kref_read - how many there are; stale at once. Context: any. */
static inline unsigned int kref_read(const struct kref *kref)
{
	return refcount_read(&kref->refcount);
}

/** kref_get - one more, by somebody who has one. Context: any. */
static inline void kref_get(struct kref *kref)
{
	refcount_inc(&kref->refcount);
}

/** kref_get_unless_zero - one more, unless it is gone. Context: any. Return: whether there is. */
static inline int kref_get_unless_zero(struct kref *kref)
{
	return refcount_inc_not_zero(&kref->refcount);
}

/** kref_put - one less; @release is called with the last. Context: @release's. Return: 1 if it was. */
static inline int kref_put(struct kref *kref, void (*release)(struct kref *kref))
{
	if (!refcount_dec_and_test(&kref->refcount))
		return 0;
	release(kref);
	return 1;
}

#endif
