// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: tasklets on two CPUs. CPU 1 is kept busy by a thread, so that what it is asked to do
 * happens in a hard interrupt over that thread, and not on its way out of idling.
 *
 * What
 *	Letters of a log: A and B tasklets, a the end of the first, D tasklet_disable() has returned,
 *	K tasklet_kill() has, N tasklet_disable_nosync() has.
 */
#include <linux/interrupt.h>
#include <linux/smp.h>

#include "tasklet.h"

static struct log ran;
static struct lettered a, b;

static void begin(void (*also)(struct lettered *own))
{
	/* Their last runs, on the other CPU, may have only just told us. */
	tasklet_kill(&a.tasklet);
	tasklet_kill(&b.tasklet);
	log_reset(&ran);
	lettered_init(&a, &ran, 'A', also);
	lettered_init(&b, &ran, 'B', also);
}

static void schedule_here(void *which)
{
	struct lettered *own = which;

	tasklet_schedule(&own->tasklet);
}

static void hi_schedule_here(void *which)
{
	struct lettered *own = which;

	tasklet_hi_schedule(&own->tasklet);
}

static void schedule_on_1(struct lettered *own)
{
	smp_call_function_single(1, schedule_here, own, 1);
}

static int ran_on;

static void look_where(struct lettered *own)
{
	ran_on = raw_smp_processor_id();
}

static void where_it_runs(void)
{
	begin(look_where);
	schedule_on_1(&a);
	OBSERVE("tasklet.smp_scheduled_there_runs_soon", "%s", yes_no(arrives(&a.done)));
	OBSERVE("tasklet.smp_scheduled_there_runs_on_cpu", "%d", ran_on);

	begin(look_where);
	smp_call_function_single(1, hi_schedule_here, &a, 1);
	arrives(&a.done);
	OBSERVE("tasklet.smp_hi_scheduled_there_runs_on_cpu", "%d", ran_on);

	begin(look_where);
	local_bh_disable();
	tasklet_schedule(&a.tasklet);
	schedule_on_1(&a);
	local_bh_enable();
	arrives(&a.done);
	tasklet_kill(&a.tasklet);
	OBSERVE("tasklet.smp_scheduled_here_then_there_runs", "%d", a.runs);
	OBSERVE("tasklet.smp_scheduled_here_then_there_runs_on_cpu", "%d", ran_on);

	begin(look_where);
	tasklet_disable(&a.tasklet);
	schedule_on_1(&a);
	tasklet_enable(&a.tasklet);
	arrives(&a.done);
	tasklet_kill(&a.tasklet);
	OBSERVE("tasklet.smp_scheduled_there_enabled_here_runs", "%d", a.runs);
	OBSERVE("tasklet.smp_scheduled_there_enabled_here_runs_on_cpu", "%d", ran_on);
}

static atomic_t inside, most_inside, met;

static void meet_the_other(struct lettered *own)
{
	atomic_inc(&inside);
	if (spin_until(atomic_read(&inside) == 2))
		atomic_inc(&met);
}

static void two_at_once(void)
{
	begin(meet_the_other);
	atomic_set(&inside, 0);
	atomic_set(&met, 0);
	schedule_on_1(&a);
	local_bh_disable();
	tasklet_schedule(&b.tasklet);
	local_bh_enable();
	arrives(&a.done);
	arrives(&b.done);
	OBSERVE("tasklet.smp_two_tasklets_inside_at_once", "%d", atomic_read(&met));
}

static bool scheduled_meanwhile;

/* While it runs on CPU 0, the other CPU is told to run it, and given time to. */
static void be_scheduled_there(struct lettered *own)
{
	unsigned long begun = jiffies;
	int now = atomic_inc_return(&inside);

	if (now > atomic_read(&most_inside))
		atomic_set(&most_inside, now);
	if (own->runs == 1) {
		in_hard_irq_on(1, schedule_here, own);
		scheduled_meanwhile = is_scheduled(own);
		spin_until(time_after(jiffies, begun + 1));
	}
	ran_on = raw_smp_processor_id();
	atomic_dec(&inside);
	note(&ran, 'a');
}

static void never_beside_itself(void)
{
	begin(be_scheduled_there);
	atomic_set(&inside, 0);
	atomic_set(&most_inside, 0);
	local_bh_disable();
	tasklet_schedule(&a.tasklet);
	local_bh_enable();
	arrives(&a.done);
	arrives(&a.done);
	OBSERVE("tasklet.smp_scheduled_there_while_it_runs_here", "%s", letters(&ran));
	OBSERVE("tasklet.smp_scheduled_there_while_it_runs_here_is_scheduled", "%s",
		yes_no(scheduled_meanwhile));
	OBSERVE("tasklet.smp_scheduled_there_while_it_runs_here_most_inside", "%d",
		atomic_read(&most_inside));
	OBSERVE("tasklet.smp_scheduled_there_while_it_runs_here_then_runs_on_cpu", "%d", ran_on);
}

static bool go_on;

/* Runs until it is told to end, and then long enough for somebody who does not wait to be seen. */
static void stay_inside(struct lettered *own)
{
	unsigned long told;

	complete(&b.done);
	spin_until(READ_ONCE(go_on));
	told = jiffies;
	spin_until(time_after(jiffies, told + 1));
	note(&ran, 'a');
}

/* The first tasklet is inside, on CPU 1, when this returns. */
static void begin_inside_there(void)
{
	begin(stay_inside);
	WRITE_ONCE(go_on, false);
	schedule_on_1(&a);
	arrives(&b.done);
}

static void waited_for(void)
{
	begin_inside_there();
	WRITE_ONCE(go_on, true);
	tasklet_disable(&a.tasklet);
	note(&ran, 'D');
	OBSERVE("tasklet.smp_disabled_while_it_runs_there", "%s", letters(&ran));
	tasklet_enable(&a.tasklet);
	arrives(&a.done);

	begin_inside_there();
	WRITE_ONCE(go_on, true);
	tasklet_disable_in_atomic(&a.tasklet);
	note(&ran, 'D');
	OBSERVE("tasklet.smp_disabled_in_atomic_while_it_runs_there", "%s", letters(&ran));
	tasklet_enable(&a.tasklet);
	arrives(&a.done);

	begin_inside_there();
	WRITE_ONCE(go_on, true);
	tasklet_kill(&a.tasklet);
	note(&ran, 'K');
	OBSERVE("tasklet.smp_killed_while_it_runs_there", "%s", letters(&ran));
	arrives(&a.done);

	begin_inside_there();
	WRITE_ONCE(go_on, true);
	tasklet_unlock_wait(&a.tasklet);
	note(&ran, 'K');
	OBSERVE("tasklet.smp_unlock_wait_while_it_runs_there", "%s", letters(&ran));
	arrives(&a.done);

	begin_inside_there();
	tasklet_disable_nosync(&a.tasklet);
	note(&ran, 'N');
	WRITE_ONCE(go_on, true);
	arrives(&a.done);
	OBSERVE("tasklet.smp_disabled_nosync_while_it_runs_there", "%s", letters(&ran));
	tasklet_enable(&a.tasklet);
}

/* Scheduled again while it runs there, then killed: the second run is waited for, too. */
static void killed_with_a_run_to_come(void)
{
	begin_inside_there();
	tasklet_schedule(&a.tasklet);
	WRITE_ONCE(go_on, true);
	tasklet_kill(&a.tasklet);
	note(&ran, 'K');
	OBSERVE("tasklet.smp_killed_while_it_runs_there_and_is_scheduled", "%s", letters(&ran));
	OBSERVE("tasklet.smp_killed_while_it_runs_there_and_is_scheduled_runs", "%d", a.runs);
}

void observe_tasklet_smp(void)
{
	struct busy busy;

	if (!keep_busy(&busy, 1, BUSY_POLITE))
		return;
	where_it_runs();
	two_at_once();
	never_beside_itself();
	waited_for();
	killed_with_a_run_to_come();
	let_go(&busy);
}
