// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: softirqs on two CPUs. CPU 1 is kept busy by a thread, so that what it is asked to do
 * happens in a hard interrupt over that thread, and not on its way out of idling.
 */
#include <linux/interrupt.h>
#include <linux/smp.h>

#include "softirq.h"

static struct completion ran_there;
static atomic_t runs;
static int cpu_inside;
static struct task_struct *current_inside;

static void look_where(void)
{
	cpu_inside = raw_smp_processor_id();
	current_inside = current;
	atomic_inc(&runs);
	complete(&ran_there);
}

static void raise_here(void *unused)
{
	raise_softirq_irqoff(FIRST);
}

static void begin(void (*action)(void))
{
	init_completion(&ran_there);
	atomic_set(&runs, 0);
	cpu_inside = -1;
	open_softirq(FIRST, action);
}

static void raised_there(void)
{
	struct busy busy;
	bool pending_here, while_bh_off_here;

	if (!keep_busy(&busy, 1, BUSY_PREEMPT_OFF))
		return;
	begin(look_where);
	local_bh_disable();
	smp_call_function_single(1, raise_here, NULL, 1);
	pending_here = is_pending(FIRST);
	while_bh_off_here = spin_until(atomic_read(&runs));
	local_bh_enable();
	fence();
	OBSERVE("softirq.smp_raised_there_is_pending_here", "%s", yes_no(pending_here));
	OBSERVE("softirq.smp_raised_there_runs_with_bh_off_here", "%s", yes_no(while_bh_off_here));
	OBSERVE("softirq.smp_raised_there_runs_on_cpu", "%d", cpu_inside);
	OBSERVE("softirq.smp_raised_there_borrows_the_task_there", "%s",
		yes_no(current_inside == busy.thread));
	OBSERVE("softirq.smp_raised_there_runs", "%d", atomic_read(&runs));
	let_go(&busy);
}

static void raised_there_with_bh_off(void)
{
	struct busy busy;
	int before;

	if (!keep_busy(&busy, 1, BUSY_BH_OFF))
		return;
	begin(look_where);
	smp_call_function_single(1, raise_here, NULL, 1);
	/* The way out of a second interrupt there is another chance that it must not take. */
	smp_call_function_single(1, raise_here, NULL, 1);
	before = atomic_read(&runs);
	let_go(&busy);
	OBSERVE("softirq.smp_raised_over_bh_off_there_runs", "%d", before);
	OBSERVE("softirq.smp_raised_over_bh_off_there_runs_soon", "%s", yes_no(arrives(&ran_there)));
	OBSERVE("softirq.smp_raised_over_bh_off_there_runs_on_cpu", "%d", cpu_inside);
	OBSERVE("softirq.smp_raised_over_bh_off_there_runs_after", "%d", atomic_read(&runs));
}

static atomic_t inside, met;

static void meet_the_other(void)
{
	atomic_inc(&inside);
	if (spin_until(atomic_read(&inside) == 2))
		atomic_inc(&met);
	complete(&ran_there);
}

static void on_both_at_once(void)
{
	struct busy busy;

	if (!keep_busy(&busy, 1, BUSY_POLITE))
		return;
	begin(meet_the_other);
	atomic_set(&inside, 0);
	atomic_set(&met, 0);
	local_bh_disable();
	smp_call_function_single(1, raise_here, NULL, 1);
	raise_softirq(FIRST);
	local_bh_enable();
	arrives(&ran_there);
	arrives(&ran_there);
	OBSERVE("softirq.smp_on_both_cpus_at_once", "%d", atomic_read(&met));
	let_go(&busy);
}

void observe_softirq_smp(void)
{
	raised_there();
	raised_there_with_bh_off();
	on_both_at_once();
}
