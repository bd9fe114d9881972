// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: contexts on another CPU, which a thread keeps busy; and which CPU each mechanism is on.
 */
#include <linux/interrupt.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "context.h"

#define TEST_SOFTIRQ	IRQ_POLL_SOFTIRQ

static struct answers seen;
static struct completion looked;

static void look_and_complete(void)
{
	look(&seen);
	complete(&looked);
}

static void look_in_softirq(void)
{
	look_and_complete();
}

static void look_in_tasklet(struct tasklet_struct *t)
{
	look_and_complete();
}

static void look_in_timer(struct timer_list *t)
{
	look_and_complete();
}

static void look_in_work(struct work_struct *work)
{
	look(&seen);
}

static void raise_there(void *unused)
{
	raise_softirq_irqoff(TEST_SOFTIRQ);
}

static void schedule_there(void *tasklet)
{
	tasklet_schedule(tasklet);
}

static void say_there(const char *where)
{
	say(where, &seen);
	OBSERVE("context.%s_cpu", "%u", where, seen.cpu);
}

static void interrupts(void)
{
	static DECLARE_TASKLET(tasklet, look_in_tasklet);
	struct busy busy;

	if (!keep_busy(&busy, 1, BUSY_PREEMPT_OFF))
		return;
	smp_call_function_single(1, look_in_irq, &seen, 1);
	say_there("smp_call");
	preempt_disable();
	smp_call_function_many(cpumask_of(1), look_in_irq, &seen, true);
	preempt_enable();
	say_there("smp_call_many");

	init_completion(&looked);
	open_softirq(TEST_SOFTIRQ, look_in_softirq);
	smp_call_function_single(1, raise_there, NULL, 1);
	arrives(&looked);
	say_there("smp_softirq");

	smp_call_function_single(1, schedule_there, &tasklet, 1);
	arrives(&looked);
	say_there("smp_tasklet");
	tasklet_kill(&tasklet);
	let_go(&busy);

	if (!keep_busy(&busy, 1, BUSY_BH_OFF))
		return;
	smp_call_function_single(1, look_in_irq, &seen, 1);
	say_there("smp_call_over_bh_off");
	let_go(&busy);
}

static void deferred(void)
{
	static struct timer_list timer;
	static DECLARE_WORK(work, look_in_work);

	init_completion(&looked);
	timer_setup(&timer, look_in_timer, 0);
	timer.expires = jiffies + 1;
	add_timer_on(&timer, 1);
	arrives(&looked);
	timer_delete_sync(&timer);
	OBSERVE("context.smp_timer_is_in_a_softirq", "%s", yes_no(seen.serving));
	OBSERVE("context.smp_timer_cpu", "%u", seen.cpu);

	queue_work_on(1, system_wq, &work);
	flush_work(&work);
	OBSERVE("context.smp_work_is_in_a_task", "%s", yes_no(seen.task));
	OBSERVE("context.smp_work_cpu", "%u", seen.cpu);
}

void observe_context_smp(void)
{
	interrupts();
	deferred();
}
