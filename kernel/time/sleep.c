// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sleeping for a time.
 *
 * What
 *	schedule_timeout() is schedule() with a timer that wakes the task. All others are made of it.
 *
 * Contexts
 *	Task, may sleep.
 *
 * Limits
 *	The grain is the jiffy. msleep() looks at the clock, too: when an emulator was held up, jiffies is behind
 *	and then catches up, and a sleep of a number of them is short. usleep_range() sleeps for the whole
 *	jiffies that fit, and spends the rest in short spins between which others may run.
 *
 * Differs from Linux
 *	usleep_range() has no hrtimer yet.
 *
 * Tests
 *	tests/boot/sleep_test.c
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/timer.h>

static_assert(__USLEEP_UNINTERRUPTIBLE == TASK_UNINTERRUPTIBLE);
static_assert(__USLEEP_IDLE == TASK_IDLE);

/* What readers of it expect: large, and nothing is calibrated by it. */
unsigned long loops_per_jiffy = 1UL << 20;

struct sleeper {
	struct timer_list timer;
	struct task_struct *task;	/* I */
};

static void wake_sleeper(struct timer_list *timer)
{
	struct sleeper *sleeper = timer_container_of(sleeper, timer, timer);

	wake_up_process(sleeper->task);
}

long schedule_timeout(long timeout)
{
	struct sleeper sleeper = { .task = current };
	unsigned long expires = (unsigned long)timeout + jiffies;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (WARN(timeout < 0, "schedule_timeout of %ld jiffies\n", timeout)) {
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	timer_setup_on_stack(&sleeper.timer, wake_sleeper, 0);
	mod_timer(&sleeper.timer, expires);
	schedule();
	/* On another CPU the function may still be at it: it needs this stack frame. */
	timer_delete_sync(&sleeper.timer);
	timer_destroy_on_stack(&sleeper.timer);
	timeout = (long)(expires - jiffies);
	return max(timeout, 0L);
}

long schedule_timeout_interruptible(long timeout)
{
	__set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}

long schedule_timeout_killable(long timeout)
{
	__set_current_state(TASK_KILLABLE);
	return schedule_timeout(timeout);
}

long schedule_timeout_uninterruptible(long timeout)
{
	__set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}

long schedule_timeout_idle(long timeout)
{
	__set_current_state(TASK_IDLE);
	return schedule_timeout(timeout);
}

void msleep(unsigned int msecs)
{
	long timeout = (long)msecs_to_jiffies(msecs);
	u64 end = ktime_get_ns() + msecs * NSEC_PER_MSEC;

	might_sleep();
	while (timeout)
		timeout = schedule_timeout_uninterruptible(timeout);
	/* Jiffies that were late when the sleep began, and then caught up, have been counted in. */
	while (ktime_get_ns() < end)
		schedule_timeout_uninterruptible(1);
}

unsigned long msleep_interruptible(unsigned int msecs)
{
	long timeout = (long)msecs_to_jiffies(msecs);

	might_sleep();
	while (timeout && !signal_pending(current))
		timeout = schedule_timeout_interruptible(timeout);
	return jiffies_to_msecs((unsigned long)timeout);
}

/* How long one spin of usleep_range_state() lasts at most: between two of them others may run. */
#define SPIN_NS	(20 * NSEC_PER_USEC)

/*
 * The most jiffies that one may sleep with @min_ns and @max_ns to go. A sleep of n jiffies takes up to
 * n + 1; none is longer than it takes to reach @min_ns.
 */
static long jiffies_within(u64 min_ns, u64 max_ns)
{
	u64 fits = max_ns / TICK_NSEC, needed = DIV_ROUND_UP(min_ns, TICK_NSEC);

	return fits > 1 ? (long)min(fits - 1, needed) : 0;
}

void usleep_range_state(unsigned long min_us, unsigned long max_us, unsigned int state)
{
	u64 now = ktime_get_ns();
	u64 begin = now + (u64)min_us * NSEC_PER_USEC;
	u64 end = now + (u64)max(min_us, max_us) * NSEC_PER_USEC;

	might_sleep();
	for (; now < begin; now = ktime_get_ns()) {
		long timeout = jiffies_within(begin - now, end - now);

		if (timeout) {
			__set_current_state(state);
			schedule_timeout(timeout);
		} else {
			arch_delay_ns(min_t(u64, begin - now, SPIN_NS));
			cond_resched();
		}
	}
}
