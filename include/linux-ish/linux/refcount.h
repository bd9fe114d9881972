/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Counts of references: they begin at 1, and at 0 the thing is gone.
 *
 * Ordering
 *	The last decrement is a full barrier: whoever frees sees all that the others did.
 *
 * Differs from Linux
 *	A count that was 0 and is raised is reported, as there, but does not saturate.
 *
 * Tests
 *	tests/boot/irq_affinity_test.c
 */
#ifndef _LINUX_REFCOUNT_H
#define _LINUX_REFCOUNT_H

#include <linux/atomic.h>
#include <linux/bug.h>

typedef struct refcount_struct {
	atomic_t refs;
} refcount_t;

#define REFCOUNT_INIT(n)	{ .refs = ATOMIC_INIT(n) }

/** refcount_set - at set-up. Context: any. */
static inline void refcount_set(refcount_t *r, int n)
{
	atomic_set(&r->refs, n);
}

/** refcount_read - how many there are; stale at once. Context: any. */
static inline unsigned int refcount_read(const refcount_t *r)
{
	return (unsigned int)atomic_read(&r->refs);
}

/** refcount_inc - one more, by somebody who has one. Context: any. */
static inline void refcount_inc(refcount_t *r)
{
	WARN_ON_ONCE(atomic_inc_return(&r->refs) <= 1);
}

/** refcount_inc_not_zero - one more, unless it is gone. Context: any. Return: whether there is. */
static inline bool refcount_inc_not_zero(refcount_t *r)
{
	return atomic_inc_not_zero(&r->refs);
}

/** refcount_dec_and_test - one less. Context: any. Return: true for the last one. */
static inline bool refcount_dec_and_test(refcount_t *r)
{
	int left = atomic_dec_return(&r->refs);

	WARN_ON_ONCE(left < 0);
	return left == 0;
}

#endif
