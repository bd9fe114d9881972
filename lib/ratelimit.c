// SPDX-License-Identifier: GPL-2.0-only
/*
 * No more than so many in so much time.
 *
 * What
 *	A limit counts what passes in an interval, which begins with the first that is asked after
 *	the last one ended. What was refused is told when the next one begins, or by whoever ends
 *	the limit (RATELIMIT_MSG_ON_RELEASE).
 *
 * Contexts
 *	Any, NMI too: the lock is only tried, and who does not get it is refused.
 *
 * Locks
 *	state->lock, a leaf, for a few instructions; the message goes out behind it.
 *
 * Tests
 *	tests/boot/printk_test.c
 */
#include <linux/atomic.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/spinlock.h>
#include <arch/clock.h>

#define NS_PER_TICK	(1000000000ULL / CONFIG_HZ)

static bool interval_is_over(const struct ratelimit_state *state, u64 now)
{
	return !state->begin_ns || now - state->begin_ns > (u64)state->interval * NS_PER_TICK;
}

int ___ratelimit(struct ratelimit_state *state, const char *func)
{
	u64 now = arch_clock_ns() + 1;	/* 0 is "never" */
	unsigned long flags;
	int missed = 0;
	bool pass;

	if (!state->interval)
		return 1;
	if (!raw_spin_trylock_irqsave(&state->lock, flags))
		return 0;
	if (interval_is_over(state, now)) {
		state->begin_ns = now;
		state->printed = 0;
		if (!(state->flags & RATELIMIT_MSG_ON_RELEASE)) {
			missed = state->missed;
			state->missed = 0;
		}
	}
	pass = state->printed < state->burst;
	if (pass)
		state->printed++;
	else
		state->missed++;
	raw_spin_unlock_irqrestore(&state->lock, flags);

	if (missed)
		printk(KERN_WARNING "%s: %d callbacks suppressed\n", func, missed);
	return pass;
}

void ratelimit_state_init(struct ratelimit_state *state, int interval, int burst)
{
	*state = (struct ratelimit_state)RATELIMIT_STATE_INIT((*state), interval, burst);
}

void ratelimit_set_flags(struct ratelimit_state *state, unsigned long flags)
{
	state->flags = flags;
}
