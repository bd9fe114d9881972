// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the calls return that start, move and stop a timer, in each of its states.
 */
#include <linux/jiffies.h>
#include <linux/timer.h>

#include "actors.h"
#include "observe.h"
#include "timer.h"

static atomic_t runs;

static void count_run(struct timer_list *unused)
{
	atomic_inc(&runs);
}

static struct timer_list timer;
static DEFINE_TIMER(defined, count_run);

static void observe_starting(void)
{
	unsigned long later = jiffies + FAR_AWAY;
	int idle, pending, same, earlier;

	OBSERVE("timer.defined_is_pending", "%d", timer_pending(&defined));
	timer_setup(&timer, count_run, 0);
	OBSERVE("timer.set_up_is_pending", "%d", timer_pending(&timer));
	idle = mod_timer(&timer, later);
	OBSERVE("timer.armed_is_pending", "%d", timer_pending(&timer));
	pending = mod_timer(&timer, later + 5);
	same = mod_timer(&timer, later + 5);
	earlier = mod_timer(&timer, later - 5);
	OBSERVE("timer.mod_timer", "idle %d, later %d, same %d, earlier %d", idle, pending, same, earlier);
	OBSERVE("timer.expires_is_what_it_was_given", "%s", yes_no(timer.expires == later - 5));
}

static void observe_stopping(void)
{
	int pending, idle;

	pending = timer_delete(&timer);
	idle = timer_delete(&timer);
	OBSERVE("timer.timer_delete", "pending %d, idle %d, then pending %d", pending, idle,
		timer_pending(&timer));
	mod_timer(&timer, jiffies + FAR_AWAY);
	pending = timer_delete_sync(&timer);
	idle = timer_delete_sync(&timer);
	OBSERVE("timer.timer_delete_sync", "pending %d, idle %d", pending, idle);
	mod_timer(&timer, jiffies + FAR_AWAY);
	pending = try_to_del_timer_sync(&timer);
	idle = try_to_del_timer_sync(&timer);
	OBSERVE("timer.try_to_del_timer_sync", "pending %d, idle %d", pending, idle);
	mod_timer(&timer, jiffies + FAR_AWAY);
	pending = del_timer(&timer);
	mod_timer(&timer, jiffies + FAR_AWAY);
	idle = del_timer_sync(&timer);
	OBSERVE("timer.del_timer_and_del_timer_sync", "%d %d", pending, idle);
	OBSERVE("timer.stopped_ones_ran", "%d", atomic_read(&runs));
}

static void observe_other_ways(void)
{
	unsigned long later = jiffies + FAR_AWAY;
	int first, second, third;
	bool kept;

	first = mod_timer_pending(&timer, later);
	OBSERVE("timer.mod_timer_pending_of_an_idle_one", "%d, then pending %d", first,
		timer_pending(&timer));
	mod_timer(&timer, later);
	first = mod_timer_pending(&timer, later + 7);
	OBSERVE("timer.mod_timer_pending_of_a_pending_one", "%d, moved %s", first,
		yes_no(timer.expires == later + 7));

	first = timer_reduce(&timer, later + 9);
	kept = timer.expires == later + 7;
	second = timer_reduce(&timer, later + 3);
	OBSERVE("timer.timer_reduce", "to later %d, kept %s; to earlier %d, moved %s", first, yes_no(kept),
		second, yes_no(timer.expires == later + 3));
	timer_delete(&timer);
	third = timer_reduce(&timer, later);
	OBSERVE("timer.timer_reduce_of_an_idle_one", "%d, then pending %d", third, timer_pending(&timer));
	timer_delete(&timer);

	timer.expires = later;
	add_timer(&timer);
	OBSERVE("timer.add_timer", "pending %d, expires kept %s", timer_pending(&timer),
		yes_no(timer.expires == later));
	timer_delete(&timer);
}

static void observe_shutdown(void)
{
	int first, second, third, fourth;

	mod_timer(&timer, jiffies + FAR_AWAY);
	first = timer_shutdown(&timer);
	second = timer_shutdown(&timer);
	OBSERVE("timer.timer_shutdown", "pending %d, again %d", first, second);
	first = mod_timer(&timer, jiffies + FAR_AWAY);
	second = timer_pending(&timer);
	third = timer_reduce(&timer, jiffies + FAR_AWAY);
	fourth = mod_timer_pending(&timer, jiffies + FAR_AWAY);
	OBSERVE("timer.mod_timer_after_shutdown", "%d, pending %d, reduce %d, pending only %d", first, second,
		third, fourth);
	timer.expires = jiffies + FAR_AWAY;
	add_timer(&timer);
	OBSERVE("timer.add_timer_after_shutdown", "pending %d, delete %d", timer_pending(&timer),
		timer_delete(&timer));
	timer_setup(&timer, count_run, 0);
	first = mod_timer(&timer, jiffies + FAR_AWAY);
	second = timer_pending(&timer);
	third = timer_shutdown_sync(&timer);
	fourth = mod_timer(&timer, jiffies + FAR_AWAY);
	OBSERVE("timer.set_up_again_after_shutdown", "%d, pending %d", first, second);
	OBSERVE("timer.timer_shutdown_sync", "pending %d, mod_timer afterwards %d, pending %d", third, fourth,
		timer_pending(&timer));
	OBSERVE("timer.shut_down_idle_one", "%d", timer_shutdown_sync(&defined));
}

void observe_timer_states(void)
{
	observe_starting();
	observe_stopping();
	observe_other_ways();
	observe_shutdown();
}
