// SPDX-License-Identifier: GPL-2.0-only
/*
 * Timers of another CPU: where they run, and what is seen of them from outside while they do.
 *
 * Limits
 *	All timers here are pinned: where Linux runs one that is not, when CPUs are idle, is its own affair.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/smp.h>
#include <linux/timer.h>

#include "actors.h"
#include "observe.h"
#include "timer.h"

static struct trail trail;
static struct timer_list timer;
static unsigned int ran_on;
static atomic_t may_end;
static bool arms_again;
static int told;

static void say_where(struct timer_list *unused)
{
	ran_on = raw_smp_processor_id();
	trail_add(&trail, 'r');
}

/* Runs until told, and then some more: who waits for it waits by then. */
static void run_until_told(struct timer_list *t)
{
	trail_add(&trail, '[');
	in_the_end_spinning(atomic_read(&may_end));
	mdelay(2);
	if (arms_again)
		told = mod_timer(t, jiffies + FAR_AWAY);
	trail_add(&trail, ']');
}

static void start_there(void (*fn)(struct timer_list *), unsigned int there)
{
	trail_clear(&trail);
	atomic_set(&may_end, 0);
	timer_setup(&timer, fn, TIMER_PINNED);
	timer.expires = jiffies + 1;
	add_timer_on(&timer, (int)there);
	in_the_end(atomic_read(&trail.count) == 1);
}

static void observe_places(unsigned int here, unsigned int there)
{
	start_there(say_where, there);
	OBSERVE("timer.smp_add_timer_on_runs_there", "%s", yes_no(ran_on == there));

	trail_clear(&trail);
	mod_timer(&timer, jiffies + 1);
	in_the_end(atomic_read(&trail.count) == 1);
	OBSERVE("timer.smp_armed_here_runs_here", "%s", yes_no(ran_on == here));

	/* Pending there, moved by a task here. */
	trail_clear(&trail);
	timer.expires = jiffies + FAR_AWAY;
	add_timer_on(&timer, (int)there);
	mod_timer(&timer, jiffies + 1);
	in_the_end(atomic_read(&trail.count) == 1);
	OBSERVE("timer.smp_pending_there_and_moved_here_runs_here", "%s", yes_no(ran_on == here));
	timer_delete_sync(&timer);
}

static void observe_from_outside(unsigned int there)
{
	int pending, deleted, tried;

	arms_again = false;
	start_there(run_until_told, there);
	pending = timer_pending(&timer);
	deleted = timer_delete(&timer);
	tried = try_to_del_timer_sync(&timer);
	OBSERVE("timer.smp_while_it_runs", "pending %d, delete %d, try %d", pending, deleted, tried);
	atomic_set(&may_end, 1);
	deleted = timer_delete_sync(&timer);
	trail_add(&trail, 'd');
	OBSERVE("timer.smp_delete_sync_waits_for_the_function", "%d, %s", deleted, trail.text);

	arms_again = true;
	start_there(run_until_told, there);
	atomic_set(&may_end, 1);
	timer_delete_sync(&timer);
	trail_add(&trail, 'd');
	OBSERVE("timer.smp_delete_sync_of_one_that_arms_itself", "%s, then pending %d", trail.text,
		timer_pending(&timer));

	start_there(run_until_told, there);
	deleted = timer_shutdown(&timer);
	atomic_set(&may_end, 1);
	in_the_end(atomic_read(&trail.count) == 2);
	OBSERVE("timer.smp_shutdown_while_it_runs", "%d, mod_timer in it %d, then pending %d", deleted, told,
		timer_pending(&timer));
	timer_delete_sync(&timer);

	start_there(run_until_told, there);
	atomic_set(&may_end, 1);
	deleted = timer_shutdown_sync(&timer);
	trail_add(&trail, 'd');
	OBSERVE("timer.smp_shutdown_sync_waits_for_the_function", "%s, then pending %d", trail.text,
		timer_pending(&timer));
}

/* Armed from here while its function runs there: it does not run here beside itself. */
static void run_twice(struct timer_list *unused)
{
	trail_add(&trail, '[');
	ran_on = raw_smp_processor_id();
	in_the_end_spinning(atomic_read(&may_end));
	trail_add(&trail, ']');
}

static void observe_armed_while_running(unsigned int there)
{
	int armed;

	start_there(run_twice, there);
	armed = mod_timer(&timer, jiffies);
	OBSERVE("timer.smp_armed_while_it_runs", "%d, pending %d", armed, timer_pending(&timer));
	/* Ticks pass here; it is due, and must wait for its own function's end. */
	schedule_timeout_uninterruptible(3);
	trail_add(&trail, '|');
	atomic_set(&may_end, 1);
	in_the_end(atomic_read(&trail.count) == 5);
	OBSERVE("timer.smp_armed_while_it_runs_runs_after", "%s, there %s", trail.text,
		yes_no(ran_on == there));
	timer_delete_sync(&timer);
}

void observe_timers_elsewhere(unsigned int here, unsigned int there)
{
	observe_places(here, there);
	observe_from_outside(there);
	observe_armed_while_running(there);
}
