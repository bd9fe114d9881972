// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: a tasklet is scheduled, runs, is scheduled again, is killed; what its state says meanwhile.
 *
 * What
 *	Letters of a log: A and B tasklets, a the end of the first, I and i begin and end of a hard
 *	interrupt, x the task that goes on.
 */
#include <linux/interrupt.h>

#include "tasklet.h"

static struct log ran;
static struct lettered a, b;

static void begin(void (*also)(struct lettered *own))
{
	log_reset(&ran);
	lettered_init(&a, &ran, 'A', also);
	lettered_init(&b, &ran, 'B', NULL);
}

static bool scheduled_inside, running_inside;

static void look_at_state(struct lettered *own)
{
	scheduled_inside = is_scheduled(own);
	running_inside = is_running(own);
}

static void once(void)
{
	bool scheduled, running;
	int at_once;

	begin(look_at_state);
	OBSERVE("tasklet.new_is_scheduled", "%s", yes_no(is_scheduled(&a)));
	OBSERVE("tasklet.new_is_running", "%s", yes_no(is_running(&a)));
	OBSERVE("tasklet.new_disable_depth", "%d", disable_depth(&a));
	settled_bh_disable();
	tasklet_schedule(&a.tasklet);
	at_once = a.runs;
	scheduled = is_scheduled(&a);
	running = is_running(&a);
	local_bh_enable();
	OBSERVE("tasklet.bh_off_scheduled_runs_at_once", "%d", at_once);
	OBSERVE("tasklet.bh_off_scheduled_is_scheduled", "%s", yes_no(scheduled));
	OBSERVE("tasklet.bh_off_scheduled_is_running", "%s", yes_no(running));
	OBSERVE("tasklet.bh_off_scheduled_runs_by_the_enable", "%d", a.runs);
	OBSERVE("tasklet.is_scheduled_while_it_runs", "%s", yes_no(scheduled_inside));
	OBSERVE("tasklet.is_running_while_it_runs", "%s", yes_no(running_inside));
	OBSERVE("tasklet.is_scheduled_after_it_ran", "%s", yes_no(is_scheduled(&a)));
	OBSERVE("tasklet.is_running_after_it_ran", "%s", yes_no(is_running(&a)));
}

static void more_than_once(void)
{
	begin(NULL);
	settled_bh_disable();
	tasklet_schedule(&a.tasklet);
	tasklet_schedule(&a.tasklet);
	tasklet_schedule(&a.tasklet);
	local_bh_enable();
	fence();
	OBSERVE("tasklet.scheduled_three_times_runs", "%d", a.runs);
	settled_bh_disable();
	tasklet_schedule(&a.tasklet);
	local_bh_enable();
	fence();
	OBSERVE("tasklet.scheduled_after_it_ran_runs_again", "%d", a.runs);
}

static bool inside, nested;

static void schedule_itself(struct lettered *own)
{
	nested |= inside;
	inside = true;
	if (own->runs == 1) {
		tasklet_schedule(&own->tasklet);
		tasklet_schedule(&own->tasklet);
		look_at_state(own);
	}
	note(own->log, 'a');
	inside = false;
}

static void while_it_runs(void)
{
	begin(schedule_itself);
	nested = false;
	local_bh_disable();
	tasklet_schedule(&a.tasklet);
	local_bh_enable();
	fence();
	fence();
	OBSERVE("tasklet.scheduled_twice_by_itself", "%s", letters(&ran));
	OBSERVE("tasklet.scheduled_by_itself_nests", "%s", yes_no(nested));
	OBSERVE("tasklet.scheduled_by_itself_is_scheduled_meanwhile", "%s", yes_no(scheduled_inside));
	OBSERVE("tasklet.scheduled_by_itself_is_running_meanwhile", "%s", yes_no(running_inside));
}

static void in_a_task(void)
{
	bool woken;
	int at_once;

	begin(NULL);
	settled_irq_disable();
	tasklet_schedule(&a.tasklet);
	at_once = a.runs;
	woken = ksoftirqd_is_awake();
	local_irq_enable();
	OBSERVE("tasklet.task_scheduled_runs_with_interrupts_off", "%d", at_once);
	OBSERVE("tasklet.task_scheduled_wakes_ksoftirqd", "%s", yes_no(woken));
	OBSERVE("tasklet.task_scheduled_runs_soon", "%s", yes_no(arrives(&a.done)));

	settled_irq_disable();
	tasklet_hi_schedule(&b.tasklet);
	woken = ksoftirqd_is_awake();
	local_irq_enable();
	OBSERVE("tasklet.task_hi_scheduled_wakes_ksoftirqd", "%s", yes_no(woken));
	OBSERVE("tasklet.task_hi_scheduled_runs_soon", "%s", yes_no(arrives(&b.done)));
}

static bool in_thread;

static void look_where(struct lettered *own)
{
	in_thread |= in_ksoftirqd();
}

static void in_a_task_runs_in_ksoftirqd(void)
{
	int attempts = 100;

	begin(look_where);
	in_thread = false;
	do {
		tasklet_schedule(&a.tasklet);
	} while (arrives(&a.done) && !in_thread && --attempts);
	OBSERVE("tasklet.task_scheduled_is_seen_in_ksoftirqd", "%s", yes_no(in_thread));
	tasklet_kill(&a.tasklet);
}

static bool awake_inside;

static void schedule_in_irq(void *which)
{
	struct lettered *own = which;

	note(&ran, 'I');
	tasklet_schedule(&own->tasklet);
	awake_inside = ksoftirqd_is_awake();
	note(&ran, 'i');
}

static void hi_schedule_in_irq(void *which)
{
	struct lettered *own = which;

	note(&ran, 'I');
	tasklet_hi_schedule(&own->tasklet);
	note(&ran, 'i');
}

static void interrupt_schedules_b(struct lettered *own)
{
	in_hard_irq(schedule_in_irq, &b);
	note(&ran, 'a');
}

static void interrupt_hi_schedules_b(struct lettered *own)
{
	in_hard_irq(hi_schedule_in_irq, &b);
	note(&ran, 'a');
}

static void interrupt_schedules_itself(struct lettered *own)
{
	if (own->runs == 1)
		in_hard_irq(schedule_in_irq, own);
	note(&ran, 'a');
}

/* Schedule the first one, and say all that ran because of it. */
static const char *scheduled_with(void (*also)(struct lettered *own))
{
	begin(also);
	local_bh_disable();
	tasklet_schedule(&a.tasklet);
	local_bh_enable();
	fence();
	fence();
	return letters(&ran);
}

static void in_a_hard_irq(void)
{
	begin(NULL);
	in_settled_hard_irq(schedule_in_irq, &a);
	note(&ran, 'x');
	OBSERVE("tasklet.hard_irq_over_a_task", "%s", letters(&ran));
	OBSERVE("tasklet.hard_irq_scheduled_wakes_ksoftirqd", "%s", yes_no(awake_inside));

	begin(NULL);
	in_settled_hard_irq(hi_schedule_in_irq, &a);
	note(&ran, 'x');
	OBSERVE("tasklet.hi_hard_irq_over_a_task", "%s", letters(&ran));

	begin(NULL);
	settled_bh_disable();
	in_hard_irq(schedule_in_irq, &a);
	in_hard_irq(schedule_in_irq, &a);
	note(&ran, 'x');
	local_bh_enable();
	OBSERVE("tasklet.hard_irq_twice_over_bh_off", "%s", letters(&ran));

	OBSERVE("tasklet.hard_irq_over_a_tasklet", "%s", scheduled_with(interrupt_schedules_b));
	OBSERVE("tasklet.hi_hard_irq_over_a_tasklet", "%s", scheduled_with(interrupt_hi_schedules_b));
	OBSERVE("tasklet.hard_irq_over_it_schedules_it_again", "%s",
		scheduled_with(interrupt_schedules_itself));
}

/*
 * The timelines of a top half that leaves a state and a bottom half that reads it: the second interrupt
 * comes before the bottom half begins, before it reads, after it has read, after it has ended. What each
 * run read is logged.
 */
enum moment { BEFORE_THE_RUN, BEFORE_THE_READ, AFTER_THE_READ, AFTER_THE_END };

static enum moment moment;
static char device_state;

static void next_state(void *which)
{
	struct lettered *own = which;

	device_state++;
	tasklet_schedule(&own->tasklet);
}

static void read_state(struct lettered *own)
{
	bool first = own->runs == 1;

	if (first && moment == BEFORE_THE_READ)
		in_hard_irq(next_state, own);
	note(&ran, device_state);
	if (first && moment == AFTER_THE_READ)
		in_hard_irq(next_state, own);
}

static const char *timeline(enum moment when)
{
	begin(read_state);
	a.letter = '.';
	moment = when;
	device_state = '0';
	local_bh_disable();
	in_hard_irq(next_state, &a);
	if (when == BEFORE_THE_RUN)
		in_hard_irq(next_state, &a);
	local_bh_enable();
	fence();
	if (when == AFTER_THE_END)
		in_hard_irq(next_state, &a);
	fence();
	return letters(&ran);
}

static void timelines(void)
{
	OBSERVE("tasklet.second_interrupt_before_the_run", "%s", timeline(BEFORE_THE_RUN));
	OBSERVE("tasklet.second_interrupt_before_the_read", "%s", timeline(BEFORE_THE_READ));
	OBSERVE("tasklet.second_interrupt_after_the_read", "%s", timeline(AFTER_THE_READ));
	OBSERVE("tasklet.second_interrupt_after_the_end", "%s", timeline(AFTER_THE_END));
}

static void killed(void)
{
	int i;

	begin(NULL);
	tasklet_kill(&a.tasklet);
	OBSERVE("tasklet.killed_idle_runs", "%d", a.runs);
	OBSERVE("tasklet.killed_idle_is_scheduled", "%s", yes_no(is_scheduled(&a)));
	tasklet_schedule(&a.tasklet);
	OBSERVE("tasklet.killed_idle_runs_when_scheduled", "%s", yes_no(arrives(&a.done)));

	begin(NULL);
	tasklet_schedule(&a.tasklet);
	tasklet_kill(&a.tasklet);
	OBSERVE("tasklet.killed_scheduled_has_run", "%d", a.runs);
	OBSERVE("tasklet.killed_scheduled_is_scheduled", "%s", yes_no(is_scheduled(&a)));
	OBSERVE("tasklet.killed_scheduled_is_running", "%s", yes_no(is_running(&a)));

	begin(NULL);
	for (i = 0; i < 100; i++) {
		tasklet_schedule(&a.tasklet);
		tasklet_kill(&a.tasklet);
	}
	OBSERVE("tasklet.scheduled_and_killed_100_times_runs", "%d", a.runs);

	begin(NULL);
	for (i = 0; i < 100; i++) {
		tasklet_hi_schedule(&a.tasklet);
		tasklet_kill(&a.tasklet);
	}
	OBSERVE("tasklet.hi_scheduled_and_killed_100_times_runs", "%d", a.runs);

	begin(schedule_itself);
	tasklet_schedule(&a.tasklet);
	fence();
	tasklet_kill(&a.tasklet);
	OBSERVE("tasklet.killed_after_it_scheduled_itself", "%s", letters(&ran));
}

static unsigned long data_given;
static struct tasklet_struct *tasklet_given;

static void take_data(unsigned long data)
{
	data_given = data;
}

static void take_tasklet(struct tasklet_struct *t)
{
	tasklet_given = t;
}

static void declared_run(unsigned long data)
{
	note(&ran, data ? 'D' : 'd');
}

static void run_now(struct tasklet_struct *t)
{
	local_bh_disable();
	tasklet_schedule(t);
	local_bh_enable();
	fence();
}

static DECLARE_TASKLET(declared, take_tasklet);
static DECLARE_TASKLET_DISABLED(declared_disabled, take_tasklet);
static DECLARE_TASKLET_OLD(declared_old, declared_run);
static DECLARE_TASKLET_DISABLED_OLD(declared_disabled_old, declared_run);

static void forms(void)
{
	struct tasklet_struct old;

	tasklet_init(&old, take_data, 42);
	run_now(&old);
	OBSERVE("tasklet.older_form_gets", "%lu", data_given);

	tasklet_given = NULL;
	run_now(&declared);
	OBSERVE("tasklet.newer_form_gets_itself", "%s", yes_no(tasklet_given == &declared));

	log_reset(&ran);
	run_now(&declared_old);
	OBSERVE("tasklet.declared_old_gets", "%s", letters(&ran));

	OBSERVE("tasklet.declared_disabled_depth", "%d", atomic_read(&declared_disabled.count));
	OBSERVE("tasklet.declared_disabled_old_depth", "%d", atomic_read(&declared_disabled_old.count));
	tasklet_given = NULL;
	run_now(&declared_disabled);
	OBSERVE("tasklet.declared_disabled_runs", "%s", yes_no(tasklet_given));
	tasklet_enable(&declared_disabled);
	fence();
	OBSERVE("tasklet.declared_disabled_runs_once_enabled", "%s",
		yes_no(tasklet_given == &declared_disabled));
}

void observe_tasklet_state(void)
{
	once();
	more_than_once();
	while_it_runs();
	in_a_task();
	in_a_task_runs_in_ksoftirqd();
	in_a_hard_irq();
	timelines();
	killed();
	forms();
}
