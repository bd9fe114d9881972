// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: a tasklet is disabled and scheduled, in either order; when does it run?
 *
 * What
 *	fence() has all of the CPU's softirqs run, and a tasklet that is behind the disabled one in
 *	the list. So what has not run after it is held back for good, and not merely late.
 */
#include <linux/interrupt.h>

#include "tasklet.h"

static struct log ran;
static struct lettered a, b, c;
static struct lettered *const all[] = { &a, &b, &c };

static void begin(void)
{
	log_reset(&ran);
	lettered_init(&a, &ran, 'A', NULL);
	lettered_init(&b, &ran, 'B', NULL);
	lettered_init(&c, &ran, 'C', NULL);
}

/* All with bottom halves off, so that they are in one list; they have run when this returns. */
static void schedule_all(void)
{
	unsigned int i;

	local_bh_disable();
	for (i = 0; i < ARRAY_SIZE(all); i++)
		tasklet_schedule(&all[i]->tasklet);
	local_bh_enable();
	fence();
}

/* How often the first one has run once everything that can run has. */
static int runs_so_far(void)
{
	fence();
	fence();
	return a.runs;
}

/* The first one is disabled and scheduled, and so waits. */
static void begin_held_back(void)
{
	begin();
	tasklet_disable(&a.tasklet);
	tasklet_schedule(&a.tasklet);
	fence();
}

static void scheduled_while_disabled(void)
{
	begin();
	tasklet_disable(&a.tasklet);
	OBSERVE("tasklet.disabled_depth", "%d", disable_depth(&a));
	tasklet_schedule(&a.tasklet);
	OBSERVE("tasklet.disabled_and_scheduled_runs", "%d", runs_so_far());
	OBSERVE("tasklet.disabled_and_scheduled_is_scheduled", "%s", yes_no(is_scheduled(&a)));
	OBSERVE("tasklet.disabled_and_scheduled_is_running", "%s", yes_no(is_running(&a)));
	OBSERVE("tasklet.disabled_and_scheduled_keeps_its_softirq_pending", "%s",
		yes_no(local_softirq_pending() & (1U << TASKLET_SOFTIRQ)));
	tasklet_schedule(&a.tasklet);
	tasklet_schedule(&a.tasklet);
	tasklet_enable(&a.tasklet);
	OBSERVE("tasklet.disabled_and_scheduled_three_times_runs_once_enabled", "%d", runs_so_far());
	OBSERVE("tasklet.enabled_depth", "%d", disable_depth(&a));
	OBSERVE("tasklet.enabled_and_run_is_scheduled", "%s", yes_no(is_scheduled(&a)));
}

static void disabled_while_scheduled(void)
{
	begin();
	local_bh_disable();
	tasklet_schedule(&a.tasklet);
	tasklet_disable_nosync(&a.tasklet);
	local_bh_enable();
	OBSERVE("tasklet.scheduled_and_disabled_runs", "%d", runs_so_far());
	OBSERVE("tasklet.scheduled_and_disabled_is_scheduled", "%s", yes_no(is_scheduled(&a)));
	tasklet_enable(&a.tasklet);
	OBSERVE("tasklet.scheduled_and_disabled_runs_once_enabled", "%d", runs_so_far());
}

static void disabled_twice(void)
{
	begin();
	tasklet_disable(&a.tasklet);
	tasklet_disable(&a.tasklet);
	OBSERVE("tasklet.disabled_twice_depth", "%d", disable_depth(&a));
	tasklet_schedule(&a.tasklet);
	tasklet_enable(&a.tasklet);
	OBSERVE("tasklet.disabled_twice_enabled_once_runs", "%d", runs_so_far());
	tasklet_enable(&a.tasklet);
	OBSERVE("tasklet.disabled_twice_enabled_twice_runs", "%d", runs_so_far());
}

static void never_scheduled(void)
{
	begin();
	tasklet_disable(&a.tasklet);
	tasklet_enable(&a.tasklet);
	OBSERVE("tasklet.disabled_and_enabled_runs", "%d", runs_so_far());
	tasklet_schedule(&a.tasklet);
	OBSERVE("tasklet.disabled_and_enabled_runs_when_scheduled", "%d", runs_so_far());
}

static void many_rounds(void)
{
	int i;

	begin();
	for (i = 0; i < 100; i++) {
		tasklet_disable(&a.tasklet);
		tasklet_schedule(&a.tasklet);
		tasklet_enable(&a.tasklet);
		tasklet_kill(&a.tasklet);
	}
	OBSERVE("tasklet.disabled_scheduled_enabled_killed_100_times_runs", "%d", a.runs);
}

static int kill_it(void *over)
{
	tasklet_kill(&a.tasklet);
	complete(over);
	return wait_for_stop();
}

/* True when it sleeps, inside tasklet_kill(). */
static bool waits(struct task_struct *killer)
{
	return in_the_end(!task_is_running(killer));
}

/* It is disabled, so that both wait for it; then it runs, and both return. */
static void killed_by_two(void)
{
	struct task_struct *killer[2];
	struct completion over;
	int i, waiting = 0, returned = 0;

	init_completion(&over);
	begin_held_back();
	for (i = 0; i < 2; i++)
		killer[i] = kthread_run(kill_it, &over, "killer");
	for (i = 0; i < 2; i++)
		waiting += !IS_ERR(killer[i]) && waits(killer[i]);
	tasklet_enable(&a.tasklet);
	for (i = 0; i < 2; i++)
		returned += arrives(&over);
	for (i = 0; i < 2; i++)
		if (!IS_ERR(killer[i]))
			kthread_stop(killer[i]);
	OBSERVE("tasklet.killed_by_two_waiting", "%d", waiting);
	OBSERVE("tasklet.killed_by_two_returned", "%d", returned);
	OBSERVE("tasklet.killed_by_two_runs", "%d", a.runs);
	OBSERVE("tasklet.killed_by_two_is_scheduled", "%s", yes_no(is_scheduled(&a)));
}

/* The others in its list are not held up by it, and it runs at the end. */
static void beside_others(void)
{
	begin();
	tasklet_disable(&a.tasklet);
	schedule_all();
	OBSERVE("tasklet.disabled_and_two_others", "%s", letters(&ran));
	tasklet_enable(&a.tasklet);
	fence();
	OBSERVE("tasklet.disabled_and_two_others_once_enabled", "%s", letters(&ran));
}

static void two_disabled(void)
{
	begin();
	tasklet_disable(&a.tasklet);
	tasklet_disable(&b.tasklet);
	tasklet_schedule(&a.tasklet);
	tasklet_schedule(&b.tasklet);
	fence();
	tasklet_enable(&b.tasklet);
	fence();
	OBSERVE("tasklet.two_disabled_the_second_enabled", "%s", letters(&ran));
	tasklet_enable(&a.tasklet);
	fence();
	OBSERVE("tasklet.two_disabled_both_enabled", "%s", letters(&ran));
}

static void hi(void)
{
	begin();
	tasklet_disable(&a.tasklet);
	tasklet_hi_schedule(&a.tasklet);
	OBSERVE("tasklet.hi_disabled_and_scheduled_runs", "%d", runs_so_far());
	local_bh_disable();
	tasklet_schedule(&b.tasklet);
	tasklet_enable(&a.tasklet);
	local_bh_enable();
	fence();
	OBSERVE("tasklet.hi_enabled_with_another_scheduled", "%s", letters(&ran));
}

static void enabled_with_bh_off(void)
{
	int inside;

	begin_held_back();
	local_bh_disable();
	tasklet_enable(&a.tasklet);
	inside = a.runs;
	local_bh_enable();
	OBSERVE("tasklet.enabled_with_bh_off_runs", "%d", inside);
	OBSERVE("tasklet.enabled_with_bh_off_runs_after", "%d", runs_so_far());
}

static void enable_in_irq(void *unused)
{
	tasklet_enable(&a.tasklet);
	note(&ran, 'i');
}

static void enabled_by_an_interrupt(void)
{
	begin_held_back();
	in_hard_irq(enable_in_irq, NULL);
	fence();
	OBSERVE("tasklet.enabled_by_a_hard_irq", "%s", letters(&ran));
}

/* A task-level tasklet_disable() is not for here: it would wait for itself. */
static void disable_itself(struct lettered *own)
{
	if (own->runs > 1)
		return;
	tasklet_disable_nosync(&own->tasklet);
	tasklet_schedule(&own->tasklet);
}

static void disabled_by_itself(void)
{
	begin();
	a.also = disable_itself;
	tasklet_schedule(&a.tasklet);
	OBSERVE("tasklet.disabled_and_scheduled_by_itself_runs", "%d", runs_so_far());
	tasklet_enable(&a.tasklet);
	OBSERVE("tasklet.disabled_and_scheduled_by_itself_runs_once_enabled", "%d", runs_so_far());
}

static void disabled_by_another(struct lettered *own)
{
	tasklet_disable_in_atomic(&b.tasklet);
}

static void disabled_by_the_one_before(void)
{
	begin();
	a.also = disabled_by_another;
	schedule_all();
	OBSERVE("tasklet.disabled_by_the_one_before", "%s", letters(&ran));
	tasklet_enable(&b.tasklet);
	fence();
	OBSERVE("tasklet.disabled_by_the_one_before_once_enabled", "%s", letters(&ran));
}

/* The right to run, taken by hand. */
static void locked(void)
{
	bool first, second;
	int inside;

	begin();
	local_bh_disable();
	first = tasklet_trylock(&a.tasklet);
	second = tasklet_trylock(&a.tasklet);
	local_bh_enable();
	OBSERVE("tasklet.trylock_of_an_idle_one", "%s", yes_no(first));
	OBSERVE("tasklet.trylock_of_a_locked_one", "%s", yes_no(second));
	tasklet_schedule(&a.tasklet);
	inside = runs_so_far();
	OBSERVE("tasklet.locked_and_scheduled_runs", "%d", inside);
	OBSERVE("tasklet.locked_and_scheduled_is_scheduled", "%s", yes_no(is_scheduled(&a)));
	tasklet_unlock(&a.tasklet);
	OBSERVE("tasklet.locked_and_scheduled_runs_once_unlocked", "%d", runs_so_far());
	tasklet_unlock_wait(&a.tasklet);
	OBSERVE("tasklet.unlock_wait_of_an_idle_one_is_running", "%s", yes_no(is_running(&a)));
}

void observe_tasklet_disable(void)
{
	scheduled_while_disabled();
	disabled_while_scheduled();
	disabled_twice();
	never_scheduled();
	many_rounds();
	killed_by_two();
	beside_others();
	two_disabled();
	hi();
	enabled_with_bh_off();
	enabled_by_an_interrupt();
	disabled_by_itself();
	disabled_by_the_one_before();
	locked();
}
