// SPDX-License-Identifier: GPL-2.0-only
/*
 * jiffies: the counter of ticks.
 *
 * What
 *	Jiffies lie on a fixed grid: jiffy n begins n times TICK_NSEC after the first. The first tick, of
 *	whichever CPU, that comes at or after the beginning of a jiffy moves the counter; one that comes
 *	late moves it by as much as has passed. So no time is lost when interrupts are off for long, and
 *	the counter goes on as long as one CPU takes ticks.
 *
 * Contexts
 *	jiffies_advance(): the tick, hard IRQ.  Reading jiffies: any.
 *
 * Locks
 *	jiffies_lock, innermost.
 *
 * Tests
 *	tests/boot/jiffies_test.c
 */
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include "internal.h"

unsigned long volatile jiffies = INITIAL_JIFFIES;

static DEFINE_RAW_SPINLOCK(jiffies_lock);
u64 jiffies_due_ns = ~0ULL;	/* written under jiffies_lock; nothing is due before jiffies_start() */

/* The jiffy that goes on now began just now. Boot CPU, interrupts off. */
void jiffies_start(u64 now_ns)
{
	raw_spin_lock(&jiffies_lock);
	WRITE_ONCE(jiffies_due_ns, now_ns + TICK_NSEC);
	raw_spin_unlock(&jiffies_lock);
}

/*
 * A jiffy is due, or was before another CPU took the lock. Interrupts off. Readers of jiffies_due_ns
 * without the lock may see an old value, and come here for nothing.
 */
void jiffies_advance(u64 now_ns)
{
	u64 due, ticks = 1;

	raw_spin_lock(&jiffies_lock);
	due = jiffies_due_ns;
	if (now_ns >= due) {
		if (unlikely(now_ns - due >= TICK_NSEC))
			ticks += (now_ns - due) / TICK_NSEC;
		WRITE_ONCE(jiffies, jiffies + ticks);
		WRITE_ONCE(jiffies_due_ns, due + ticks * TICK_NSEC);
	}
	raw_spin_unlock(&jiffies_lock);
}
