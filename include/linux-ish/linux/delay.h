/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waiting: busy, in any context, and asleep, in a task.
 *
 * What
 *	ndelay, udelay, mdelay	spin for at least that long. For hardware that needs a moment.
 *	usleep_range		at least @min microseconds; sleeps through whole jiffies, spins the rest
 *	msleep, ssleep		at least that long, asleep, at the tick's grain: up to two ticks longer
 *
 * Differs from Linux
 *	usleep_range() has no hrtimer below it yet: what is shorter than a jiffy is spent spinning, with
 *	other tasks let in between.
 *
 * Follows Linux, Documentation/timers/delay_sleep_functions.rst.
 */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

#include <linux/compiler.h>
#include <linux/math.h>
#include <linux/time64.h>
#include <arch/clock.h>

/** loops_per_jiffy - kept for its readers: a number that grows with the machine's speed */
extern unsigned long loops_per_jiffy;

/** ndelay, udelay, mdelay - busy waiting for at least that long. Context: any. */
static inline void ndelay(unsigned long nsecs) { arch_delay_ns(nsecs); }
static inline void udelay(unsigned long usecs) { arch_delay_ns((u64)usecs * NSEC_PER_USEC); }
static inline void mdelay(unsigned long msecs) { arch_delay_ns((u64)msecs * NSEC_PER_MSEC); }

/**
 * msleep - sleep for at least @msecs milliseconds, whatever wakes the task meanwhile
 * @msecs: 0 returns at once
 *
 * Context: task, may sleep.
 */
void msleep(unsigned int msecs);

/**
 * msleep_interruptible - the same, but a signal ends it
 * @msecs: 0 returns at once
 *
 * Context: task, may sleep.
 * Return: milliseconds that were left, 0 when none.
 */
unsigned long msleep_interruptible(unsigned int msecs);

/**
 * usleep_range_state - wait between @min and @max microseconds
 * @min: the least
 * @max: how much later it may be, for whoever can group wake-ups; at least @min
 * @state: TASK_UNINTERRUPTIBLE or another sleeping state, of which only the name matters
 *
 * Context: task, may sleep.
 */
void usleep_range_state(unsigned long min, unsigned long max, unsigned int state);

/* TASK_UNINTERRUPTIBLE and TASK_IDLE without <linux/sched.h>; kernel/time/sleep.c checks the values. */
#define __USLEEP_UNINTERRUPTIBLE	0x0002
#define __USLEEP_IDLE			0x0402

/** usleep_range - wait between @min and @max microseconds. Context: task, may sleep. */
static inline void usleep_range(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, __USLEEP_UNINTERRUPTIBLE);
}

/** usleep_range_idle - the same in TASK_IDLE */
static inline void usleep_range_idle(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, __USLEEP_IDLE);
}

/** ssleep - sleep for at least @seconds. Context: task, may sleep. */
static inline void ssleep(unsigned int seconds) { msleep(seconds * 1000); }

/** fsleep - wait for at least @usecs, in the way that fits the length. Context: task, may sleep. */
static inline void fsleep(unsigned long usecs)
{
	if (usecs <= 10)
		udelay(usecs);
	else if (usecs <= 20000)
		usleep_range(usecs, 2 * usecs);
	else
		msleep((unsigned int)DIV_ROUND_UP(usecs, 1000));
}

#endif
