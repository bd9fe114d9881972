/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One who comes, maybe too late, and one who waits and may give up: both agree on which it was.
 *
 * What
 *	A CPU is started, and has its answer ready any time from now, or never. Whoever waits gives up at
 *	some time. Both may happen at once; then one of them decides, and the other learns of it.
 *
 * States of arrival.state	who moves it			how
 *	any -> EXPECTED		who waits, before it can come	plainly
 *	EXPECTED -> HERE	who comes			cmpxchg: once
 *	EXPECTED -> GIVEN_UP	who waits			cmpxchg: once
 *
 * Contexts
 *	Any.
 *
 * Ordering
 *	What was written before arrival_announce() is seen by whoever is told that it is here.
 *
 * Tests
 *	tests/scenario/arrival.c
 */
#ifndef _BOTTOMHALF_ARRIVAL_H
#define _BOTTOMHALF_ARRIVAL_H

#include <linux/atomic.h>

enum arrival_state { ARRIVAL_EXPECTED, ARRIVAL_HERE, ARRIVAL_GIVEN_UP };

struct arrival {
	unsigned int state;		/* A: enum arrival_state */
};

/** arrival_expect - from now on it may come. Context: any; nobody else uses @arrival yet. */
static inline void arrival_expect(struct arrival *arrival)
{
	WRITE_ONCE(arrival->state, ARRIVAL_EXPECTED);
}

/** arrival_announce - "here I am". Return: false: too late, nobody counts on us. */
static inline bool arrival_announce(struct arrival *arrival)
{
	/* Full barrier; pairs with the acquire in arrival_seen() and with arrival_give_up(). */
	return cmpxchg(&arrival->state, ARRIVAL_EXPECTED, ARRIVAL_HERE) == ARRIVAL_EXPECTED;
}

/** arrival_seen - whether it is here */
static inline bool arrival_seen(struct arrival *arrival)
{
	/* Pairs with arrival_announce(). */
	return smp_load_acquire(&arrival->state) == ARRIVAL_HERE;
}

/** arrival_give_up - do not wait any longer. Return: false: it is here after all. */
static inline bool arrival_give_up(struct arrival *arrival)
{
	/* Full barrier; pairs with arrival_announce(). */
	return cmpxchg(&arrival->state, ARRIVAL_EXPECTED, ARRIVAL_GIVEN_UP) == ARRIVAL_EXPECTED;
}

#endif
