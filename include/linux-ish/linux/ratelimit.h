/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * No more than so many in so much time.
 */
#ifndef _LINUX_RATELIMIT_H
#define _LINUX_RATELIMIT_H

#include <linux/ratelimit_types.h>

/**
 * ___ratelimit - may this one pass?
 * @state: the limit; what it refused is reported when its next interval begins
 * @func: a name for that report
 *
 * Context: any. When another CPU is just asking the same, the answer is no.
 * Return: 1 to pass, 0 to keep quiet.
 */
int ___ratelimit(struct ratelimit_state *state, const char *func);
#define __ratelimit(state)	___ratelimit(state, __func__)

/** ratelimit_state_init - @burst messages each @interval jiffies; 0: no limit. Context: any. */
void ratelimit_state_init(struct ratelimit_state *state, int interval, int burst);
/** ratelimit_set_flags - RATELIMIT_*. Context: any. */
void ratelimit_set_flags(struct ratelimit_state *state, unsigned long flags);

#define WARN_ON_RATELIMIT(condition, state) \
	WARN_ON((condition) && __ratelimit(state))

#endif
