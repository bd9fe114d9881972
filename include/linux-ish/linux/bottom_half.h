/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Keep softirqs, and so tasklets and timers, off this CPU for a while.
 */
#ifndef _LINUX_BOTTOM_HALF_H
#define _LINUX_BOTTOM_HALF_H

#include <linux/preempt.h>

/* Softirqs raised on this CPU and not yet taken, a bit each. */
DECLARE_PER_CPU(unsigned int, __softirq_pending);

/* kernel/softirq.c: bottom halves are going on again and something is pending. */
void local_bh_enable_pending(void);
/* Debug builds: checks the context of local_bh_enable(). */
void local_bh_check_enable(void);

/**
 * local_bh_disable - no softirq runs on this CPU until local_bh_enable()
 *
 * Context: any but hard IRQ. Nests, up to 127 deep. The task stays on its CPU and must not sleep.
 */
static __always_inline void local_bh_disable(void)
{
	preempt_count_add(SOFTIRQ_DISABLE_OFFSET);
}

/**
 * local_bh_enable - undo one local_bh_disable(); the last one runs what is pending, before it returns
 *
 * Context: task or softirq, interrupts on. May reschedule.
 */
static __always_inline void local_bh_enable(void)
{
	if (IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP))
		local_bh_check_enable();
	/*
	 * The count goes down before the pending word is read: an interrupt in between that raises
	 * a softirq either finds bottom halves on and runs it, or is seen here. Preemption stays
	 * off by one until the end, so that the drain is not migrated.
	 */
	if (IS_ENABLED(CONFIG_PREEMPT_COUNT)) {
		preempt_count_sub(SOFTIRQ_DISABLE_OFFSET - PREEMPT_OFFSET);
		if (unlikely(this_cpu_read(__softirq_pending)))
			local_bh_enable_pending();
		preempt_enable();
	} else {
		preempt_count_sub(SOFTIRQ_DISABLE_OFFSET);
		if (unlikely(this_cpu_read(__softirq_pending)))
			local_bh_enable_pending();
	}
}

#define local_bh_enable_ip(ip)	local_bh_enable()
/** local_bh_blocked - always false: only PREEMPT_RT on Linux can block here */
static inline bool local_bh_blocked(void) { return false; }

#endif
