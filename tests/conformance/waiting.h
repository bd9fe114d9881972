/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waiting for something to happen, with a limit: for all units.
 *
 * What
 *	in_the_end(condition) and in_the_end_spinning(condition) look again and again; arrives(event) waits
 *	for a completion. Each says whether it came. Nothing is concluded from time that passed.
 *
 * Contexts
 *	in_the_end_spinning(): any, if another CPU or an interrupt makes it true. The rest: task, may sleep.
 */
#ifndef CONFORMANCE_WAITING_H
#define CONFORMANCE_WAITING_H

#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>

/*
 * Far longer than anything here takes on an emulator that is held up. Where it was not enough something
 * will not come at all: then the observation shows it, and nothing is waited for so long again.
 */
#define PATIENCE	(patience_is_over ? HZ / 10 : 20 * HZ)

static bool patience_is_over;

static inline bool came(bool in_time)
{
	if (!in_time)
		patience_is_over = true;
	return in_time;
}

/* Look each tick until an expression is true. Worth whether it is. */
#define in_the_end(condition) ({					\
	unsigned long __end = jiffies + PATIENCE;			\
									\
	while (!(condition) && time_before(jiffies, __end))		\
		schedule_timeout_uninterruptible(1);			\
	came(condition);						\
})

/* The same without sleeping, also where time stands still. */
#define in_the_end_spinning(condition) ({				\
	unsigned long __turns = 2000000000UL;				\
									\
	while (!(condition) && --__turns)				\
		cpu_relax();						\
	came(condition);						\
})

static inline bool arrives(struct completion *event)
{
	return came(wait_for_completion_timeout(event, PATIENCE) != 0);
}

/* The end of a thread that kthread_stop() is to find. */
static inline int wait_for_stop(void)
{
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

#endif
