/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Completions: one side waits until the other has said that something is done.
 *
 * What
 *	complete() lets one waiter through, now or later: it is counted. complete_all() lets everybody
 *	through for ever, until reinit_completion(). Waiters pass in the order in which they came.
 *
 * Contexts
 *	complete(), complete_all(), completion_done(), try_wait_for_completion(): any but NMI.
 *	wait_for_completion*(): task, may sleep.
 *
 * Ordering
 *	What was done before complete() is seen after the wait that it ended.
 *
 * Lifetime
 *	A completion on the waiter's stack is safe: complete() is done with it when the wait returns. With
 *	a timeout the waiter must make sure that nobody completes afterwards.
 *
 * Differs from Linux
 *	No signals: the interruptible and killable forms return 0 (or the time left) only.
 *
 * Tests
 *	tests/boot/completion_test.c, tests/scenario/completion.c
 */
#ifndef _LINUX_COMPLETION_H
#define _LINUX_COMPLETION_H

#include <linux/swait.h>

struct completion {
	unsigned int done;		/* L: wait.lock; waits that may pass, UINT_MAX: all */
	struct swait_queue_head wait;
};

#define COMPLETION_INITIALIZER(work) \
	{ .done = 0, .wait = __SWAIT_QUEUE_HEAD_INITIALIZER((work).wait) }
#define COMPLETION_INITIALIZER_ONSTACK(work) (*({ init_completion(&(work)); &(work); }))
#define DECLARE_COMPLETION(work)	struct completion work = COMPLETION_INITIALIZER(work)
#define DECLARE_COMPLETION_ONSTACK(work) DECLARE_COMPLETION(work)
#define DECLARE_COMPLETION_ONSTACK_MAP(work, map) DECLARE_COMPLETION(work)

/** init_completion - nothing is done yet. Context: any, before the first use. */
static inline void init_completion(struct completion *x)
{
	x->done = 0;
	init_swait_queue_head(&x->wait);
}
#define init_completion_map(x, m)	init_completion(x)

/** reinit_completion - nothing is done any more. Nobody must be waiting or completing. */
static inline void reinit_completion(struct completion *x)
{
	WRITE_ONCE(x->done, 0);
}

/** complete - let one waiter pass. Context: any but NMI. */
void complete(struct completion *x);
/** complete_on_current_cpu - the same, and prefer this CPU for it: the caller is about to sleep */
void complete_on_current_cpu(struct completion *x);
/** complete_all - let all pass, those that come later too. Context: any but NMI. */
void complete_all(struct completion *x);

/** wait_for_completion - until it is complete, in TASK_UNINTERRUPTIBLE. Context: task, may sleep. */
void wait_for_completion(struct completion *x);
void wait_for_completion_io(struct completion *x);
/** wait_for_completion_interruptible, _killable, _state - the same in that state. Return: 0. */
int wait_for_completion_interruptible(struct completion *x);
int wait_for_completion_killable(struct completion *x);
int wait_for_completion_state(struct completion *x, unsigned int state);

/**
 * wait_for_completion_timeout - no longer than that
 * @x: the completion
 * @timeout: jiffies
 *
 * Context: task, may sleep. Return: 0 when the time was over, else the jiffies left, at least 1.
 */
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout);
unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout);
long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout);
long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout);

/** try_wait_for_completion - pass if that needs no wait. Context: any. Return: whether it passed. */
bool try_wait_for_completion(struct completion *x);
/** completion_done - whether a wait would pass; the completion may be freed after a yes. Context: any. */
bool completion_done(struct completion *x);

/* For kernel/time/wait_timeout.c: wait in steps of @sleep, which is told and returns the time left. */
long completion_wait(struct completion *x, long (*sleep)(long timeout), long timeout, unsigned int state);

#endif
