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

/* Bottom halves off, for @count: SOFTIRQ_DISABLE_OFFSET, or SOFTIRQ_LOCK_OFFSET for a lock as well. */
static __always_inline void __local_bh_disable(unsigned int count)
{
	preempt_count_add(count);
}

/**
 * local_bh_disable - no softirq runs on this CPU until local_bh_enable()
 *
 * Context: any but hard IRQ. Nests, up to 127 deep. The task stays on its CPU and must not sleep.
 */
static __always_inline void local_bh_disable(void)
{
	__local_bh_disable(SOFTIRQ_DISABLE_OFFSET);
}

/* Undo __local_bh_disable(@count). */
static __always_inline void __local_bh_enable(unsigned int count)
{
	if (IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP))
		local_bh_check_enable();
	/*
	 * The count goes down before the pending word is read: an interrupt in between that raises
	 * a softirq either finds bottom halves on and runs it, or is seen here. Preemption stays
	 * off by one until the end, so that the drain is not migrated.
	 */
	if (IS_ENABLED(CONFIG_PREEMPT_COUNT)) {
		preempt_count_sub(count - PREEMPT_OFFSET);
		if (unlikely(this_cpu_test(__softirq_pending, ~0U)))
			local_bh_enable_pending();
		preempt_enable();
	} else {
		preempt_count_sub(count);
		if (unlikely(this_cpu_test(__softirq_pending, ~0U)))
			local_bh_enable_pending();
	}
}

/**
 * local_bh_enable - undo one local_bh_disable(); the last one runs what is pending, before it returns
 *
 * Context: task or softirq, interrupts on. May reschedule.
 */
static __always_inline void local_bh_enable(void)
{
	__local_bh_enable(SOFTIRQ_DISABLE_OFFSET);
}

#define local_bh_enable_ip(ip)	local_bh_enable()
/** local_bh_blocked - always false: only PREEMPT_RT on Linux can block here */
static inline bool local_bh_blocked(void) { return false; }

#endif
