// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sleeping and busy waiting: what is returned, that it is never too short, and what a wake-up does to it.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>

#include "actors.h"
#include "observe.h"
#include "timer.h"

/*
 * Whether it took that long at least. What sleeps by jiffies is measured in jiffies: an emulator may deliver
 * a tick late, and then a jiffy is shorter than others by any clock. How exact busy waiting is depends on
 * how exactly the clock was measured at boot, so it is not asked here.
 */
#define NOT_SHORT(now, length, wait) ({					\
	u64 __start = (now);						\
									\
	wait;								\
	yes_no((now) - __start >= (length));				\
})

static void observe_delays(void)
{
	OBSERVE("timer.msleep_is_not_short", "%s", NOT_SHORT(jiffies, msecs_to_jiffies(10), msleep(10)));
	OBSERVE("timer.msleep_interruptible_is_not_short", "%s",
		NOT_SHORT(jiffies, msecs_to_jiffies(10), msleep_interruptible(10)));
	OBSERVE("timer.fsleep_of_25_ms_is_not_short", "%s",
		NOT_SHORT(jiffies, msecs_to_jiffies(25), fsleep(25000)));
	OBSERVE("timer.schedule_timeout_is_not_short", "%s",
		NOT_SHORT(jiffies, 4, schedule_timeout_uninterruptible(4)));
	OBSERVE("timer.usleep_range_is_not_short", "%s",
		NOT_SHORT(ktime_get_ns(), 150000, usleep_range(150, 300)));
	OBSERVE("timer.fsleep_of_500_us_is_not_short", "%s", NOT_SHORT(ktime_get_ns(), 500000, fsleep(500)));
	OBSERVE("timer.msleep_interruptible_returns", "%lu, of 0 %lu", msleep_interruptible(1),
		msleep_interruptible(0));
}

/* Whether the task waited, as the scheduler counts it. */
#define SLEPT(wait) ({							\
	unsigned long __switches = current->nvcsw;			\
									\
	wait;								\
	yes_no(current->nvcsw != __switches);				\
})

static void observe_zero(void)
{
	OBSERVE("timer.msleep_of_0_sleeps", "%s", SLEPT(msleep(0)));
	OBSERVE("timer.msleep_of_1_sleeps", "%s", SLEPT(msleep(1)));
	OBSERVE("timer.udelay_sleeps", "%s", SLEPT(udelay(1)));
	OBSERVE("timer.schedule_timeout_of_1_sleeps", "%s", SLEPT(schedule_timeout_uninterruptible(1)));
}

static const char *left_in_words(long left, long given)
{
	return left == 0 ? "none" : left < 0 || left > given ? "nonsense" : "some";
}

static void observe_schedule_timeout(void)
{
	long left;

	OBSERVE("timer.schedule_timeout_over", "%ld %ld %ld %ld", schedule_timeout_interruptible(1),
		schedule_timeout_uninterruptible(2), schedule_timeout_killable(1), schedule_timeout_idle(1));
	OBSERVE("timer.schedule_timeout_leaves_the_task_running", "%s",
		yes_no(get_current_state() == TASK_RUNNING));
	left = schedule_timeout(FAR_AWAY);
	OBSERVE("timer.schedule_timeout_while_running", "%s", left_in_words(left, FAR_AWAY));
	set_current_state(TASK_INTERRUPTIBLE);
	wake_up_process(current);
	left = schedule_timeout(FAR_AWAY);
	OBSERVE("timer.schedule_timeout_woken_before", "%s", left_in_words(left, FAR_AWAY));
	set_current_state(TASK_INTERRUPTIBLE);
	wake_up_process(current);
	left = schedule_timeout(MAX_SCHEDULE_TIMEOUT);
	OBSERVE("timer.schedule_timeout_of_the_longest_woken", "the same is left %s",
		yes_no(left == MAX_SCHEDULE_TIMEOUT));
}

/* ---- sleepers that are woken ---- */

static void sleep_long(struct actor *actor)
{
	actor->result = schedule_timeout_interruptible(FAR_AWAY);
}

static void sleep_for_some_ms(struct actor *actor)
{
	unsigned long start = jiffies;
	unsigned long left = msleep_interruptible(100);

	actor->result = left ? -1 : jiffies - start >= msecs_to_jiffies(100);
}

static void sleep_deeply(struct actor *actor)
{
	unsigned long start = jiffies;

	msleep(100);
	actor->result = jiffies - start >= msecs_to_jiffies(100);
}

static void observe_woken(void)
{
	static struct actor actor;
	int woken;

	actor_start_asleep(&actor, 'a', sleep_long);
	woken = wake_up_process(actor.task);
	actor_join(&actor);
	OBSERVE("timer.schedule_timeout_interruptible_woken", "%d, left %s", woken,
		left_in_words(actor.result, FAR_AWAY));
	actor_start_asleep(&actor, 'a', sleep_for_some_ms);
	wake_up_process(actor.task);
	actor_join(&actor);
	OBSERVE("timer.msleep_interruptible_woken", "%ld", actor.result);
	actor_start_asleep(&actor, 'a', sleep_deeply);
	wake_up_process(actor.task);
	actor_join(&actor);
	OBSERVE("timer.msleep_woken_is_not_short", "%ld", actor.result);
}

void observe_sleeping(void)
{
	observe_delays();
	observe_zero();
	observe_schedule_timeout();
	observe_woken();
}
