/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RATELIMIT_TYPES_H
#define _LINUX_RATELIMIT_TYPES_H

#include <linux/spinlock_types.h>

#define DEFAULT_RATELIMIT_INTERVAL	(5 * CONFIG_HZ)
#define DEFAULT_RATELIMIT_BURST		10
#define RATELIMIT_MSG_ON_RELEASE	1UL

struct ratelimit_state {
	raw_spinlock_t lock;
	int interval;			/* I: jiffies; 0: no limit */
	int burst;			/* I: how many in one interval */
	int printed;			/* L: in this interval */
	int missed;			/* L: refused since the last report */
	u64 begin_ns;			/* L: of this interval; 0: none yet */
	unsigned long flags;		/* I */
};

#define RATELIMIT_STATE_INIT_FLAGS(name, interval_init, burst_init, flags_init) { \
	.lock = __RAW_SPIN_LOCK_UNLOCKED(name.lock),			\
	.interval = interval_init,					\
	.burst = burst_init,						\
	.flags = flags_init,						\
}
#define RATELIMIT_STATE_INIT(name, interval_init, burst_init) \
	RATELIMIT_STATE_INIT_FLAGS(name, interval_init, burst_init, 0)
#define RATELIMIT_STATE_INIT_DISABLED \
	RATELIMIT_STATE_INIT(ratelimit_state, 0, DEFAULT_RATELIMIT_BURST)
#define DEFINE_RATELIMIT_STATE(name, interval_init, burst_init) \
	struct ratelimit_state name = RATELIMIT_STATE_INIT(name, interval_init, burst_init)

#endif
