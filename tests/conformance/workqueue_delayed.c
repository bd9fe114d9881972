// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: delayed works.
 *
 * A delay is either so short that the unit waits for it, or so long (FAR) that it cannot be over
 * while the unit runs: no value depends on how long anything takes.
 */
#include <linux/timer.h>

#include "workqueue.h"

#define FAR	(3600 * HZ)

struct delayed_letter {
	struct delayed_work dwork;
	char letter;
	unsigned int cpu;
	unsigned long at;		/* jiffies when it ran last */
	struct completion ran;
};

static struct delayed_letter delayed, other;
static struct gate_work gate;
static struct actor actor;
static struct workqueue_struct *single;		/* one work at a time */

static void delayed_letter_fn(struct work_struct *work)
{
	struct delayed_letter *delayed = container_of(to_delayed_work(work),
						      struct delayed_letter, dwork);

	note(delayed->letter);
	delayed->cpu = raw_smp_processor_id();
	delayed->at = jiffies;
	complete(&delayed->ran);
}

static void delayed_init(struct delayed_letter *delayed, char letter)
{
	INIT_DELAYED_WORK(&delayed->dwork, delayed_letter_fn);
	init_completion(&delayed->ran);
	delayed->letter = letter;
}

static void begin(void)
{
	forget_notes();
	gate_init(&gate, 'g');
	delayed_init(&delayed, 'D');
	delayed_init(&other, 'O');
}

/* Behind a gate, on its queue, its delay over: queued, and not started. */
static void begin_queued(void)
{
	begin();
	gate_start(&gate, single);
	queue_delayed_work_on(0, single, &delayed.dwork, 0);
}

static bool timer_is_armed(void)
{
	return timer_pending(&delayed.dwork.timer);
}

static DECLARE_DELAYED_WORK(declared, delayed_letter_fn);

static void observe_queue(void)
{
	unsigned long before;

	OBSERVE("workqueue.delayed_declared_is_pending", "%d", delayed_work_pending(&declared));
	begin();
	OBSERVE("workqueue.delayed_new_is_pending", "%d", delayed_work_pending(&delayed.dwork));
	OBSERVE("workqueue.delayed_queue_idle", "%d",
		queue_delayed_work(system_wq, &delayed.dwork, FAR));
	OBSERVE("workqueue.delayed_queue_armed", "%d",
		queue_delayed_work(system_wq, &delayed.dwork, 1));
	OBSERVE("workqueue.delayed_queue_armed_without_delay", "%d",
		queue_delayed_work(system_wq, &delayed.dwork, 0));
	OBSERVE("workqueue.delayed_queue_work_of_armed", "%d",
		queue_work(system_wq, &delayed.dwork.work));
	OBSERVE("workqueue.delayed_armed_is_pending", "%d", delayed_work_pending(&delayed.dwork));
	OBSERVE("workqueue.delayed_armed_is_busy", "%u", work_busy(&delayed.dwork.work));
	OBSERVE("workqueue.delayed_armed_has_timer", "%d", timer_is_armed());
	OBSERVE("workqueue.delayed_flush_work_of_armed", "%d", flush_work(&delayed.dwork.work));
	OBSERVE("workqueue.delayed_armed_has_run", "%s", noted());
	cancel_delayed_work_sync(&delayed.dwork);

	begin();
	before = jiffies;
	schedule_delayed_work(&delayed.dwork, 3);
	OBSERVE("workqueue.delayed_runs", "%s", arrives(&delayed.ran) ? noted() : "never");
	OBSERVE("workqueue.delayed_runs_early", "%s",
		yes_no(time_before(delayed.at, before + 3)));
	flush_work(&delayed.dwork.work);
	OBSERVE("workqueue.delayed_done_is_pending", "%d", delayed_work_pending(&delayed.dwork));
	OBSERVE("workqueue.delayed_done_has_timer", "%d", timer_is_armed());

	begin();
	schedule_delayed_work_on(0, &delayed.dwork, 1);
	arrives(&delayed.ran);
	OBSERVE("workqueue.delayed_on_cpu_0_runs_on", "%u", delayed.cpu);
}

static void observe_no_delay(void)
{
	begin_queued();
	OBSERVE("workqueue.delayed_0_has_timer", "%d", timer_is_armed());
	OBSERVE("workqueue.delayed_0_is_pending", "%d", delayed_work_pending(&delayed.dwork));
	OBSERVE("workqueue.delayed_queue_queued", "%d",
		queue_delayed_work_on(0, single, &delayed.dwork, 1));
	gate_end(&gate);
	flush_work(&delayed.dwork.work);
	OBSERVE("workqueue.delayed_0_runs", "%s", noted());
}

static void observe_order(void)
{
	begin();
	queue_delayed_work_on(0, system_wq, &delayed.dwork, HZ / 2);
	queue_delayed_work_on(0, system_wq, &other.dwork, 1);
	arrives(&delayed.ran);
	OBSERVE("workqueue.delayed_order_is_of_delays", "%s", noted());
	flush_work(&delayed.dwork.work);
	flush_work(&other.dwork.work);
}

/* ---- cancel ---- */

static int act_cancel_sync(void *dwork)
{
	int was_pending = cancel_delayed_work_sync(dwork);

	note('.');
	return was_pending;
}

static void observe_cancel(void)
{
	begin();
	OBSERVE("workqueue.delayed_cancel_idle", "%d", cancel_delayed_work(&delayed.dwork));
	queue_delayed_work(system_wq, &delayed.dwork, FAR);
	OBSERVE("workqueue.delayed_cancel_armed", "%d", cancel_delayed_work(&delayed.dwork));
	OBSERVE("workqueue.delayed_cancel_armed_twice", "%d", cancel_delayed_work(&delayed.dwork));
	OBSERVE("workqueue.delayed_cancelled_has_timer", "%d", timer_is_armed());
	OBSERVE("workqueue.delayed_cancelled_is_pending", "%d",
		delayed_work_pending(&delayed.dwork));
	begin_queued();
	OBSERVE("workqueue.delayed_cancel_queued", "%d", cancel_delayed_work(&delayed.dwork));
	OBSERVE("workqueue.delayed_cancel_running", "%d", cancel_work(&gate.work));
	gate_end(&gate);
	OBSERVE("workqueue.delayed_cancelled_runs", "%s", noted());

	/* Whoever looks for the timer in vain waits until it is over. */
	begin();
	queue_delayed_work(system_wq, &delayed.dwork, 2);
	OBSERVE("workqueue.delayed_cancel_work_of_armed", "%d", cancel_work(&delayed.dwork.work));
	OBSERVE("workqueue.delayed_cancel_work_of_armed_leaves_timer", "%d", timer_is_armed());
	OBSERVE("workqueue.delayed_cancel_work_of_armed_runs", "%s", noted());
}

static struct {
	struct delayed_work dwork;
	struct completion inside, open;
	unsigned int runs;
	bool rearmed, cancelled_own, cancelled_own_armed;
} rearming;

static void rearming_fn(struct work_struct *work)
{
	rearming.cancelled_own = cancel_delayed_work(&rearming.dwork);
	queue_delayed_work(system_wq, &rearming.dwork, FAR);
	rearming.cancelled_own_armed = cancel_delayed_work(&rearming.dwork);
	note('0' + ++rearming.runs);
	complete(&rearming.inside);
	arrives(&rearming.open);
	rearming.rearmed = queue_delayed_work(system_wq, &rearming.dwork, 1);
}

static void observe_cancel_sync(void)
{
	begin();
	OBSERVE("workqueue.delayed_cancel_sync_idle", "%d",
		cancel_delayed_work_sync(&delayed.dwork));
	queue_delayed_work(system_wq, &delayed.dwork, FAR);
	OBSERVE("workqueue.delayed_cancel_sync_armed", "%d",
		cancel_delayed_work_sync(&delayed.dwork));
	begin_queued();
	OBSERVE("workqueue.delayed_cancel_sync_queued", "%d",
		cancel_delayed_work_sync(&delayed.dwork));
	gate_end(&gate);
	OBSERVE("workqueue.delayed_cancelled_sync_runs", "%s", noted());

	begin();
	INIT_DELAYED_WORK(&rearming.dwork, rearming_fn);
	init_completion(&rearming.inside);
	init_completion(&rearming.open);
	queue_delayed_work(system_wq, &rearming.dwork, 1);
	arrives(&rearming.inside);
	complete(&rearming.open);
	arrives(&rearming.inside);
	actor_start(&actor, act_cancel_sync, &rearming.dwork);
	OBSERVE("workqueue.delayed_cancel_sync_of_running_blocks", "%s",
		yes_no(actor_sleeps(&actor)));
	complete(&rearming.open);
	OBSERVE("workqueue.delayed_cancel_sync_running", "%d", actor_join(&actor));
	OBSERVE("workqueue.delayed_rearms_itself_while_cancelled", "%d", rearming.rearmed);
	OBSERVE("workqueue.delayed_rearmed_itself_runs", "%s", noted());
	OBSERVE("workqueue.delayed_inside_cancel_itself", "%d", rearming.cancelled_own);
	OBSERVE("workqueue.delayed_inside_cancel_itself_armed", "%d",
		rearming.cancelled_own_armed);
	OBSERVE("workqueue.delayed_cancelled_sync_is_busy", "%u", work_busy(&rearming.dwork.work));
}

/* ---- mod, flush ---- */

static void observe_mod(void)
{
	begin();
	OBSERVE("workqueue.delayed_mod_idle", "%d",
		mod_delayed_work(system_wq, &delayed.dwork, FAR));
	OBSERVE("workqueue.delayed_mod_idle_has_timer", "%d", timer_is_armed());
	OBSERVE("workqueue.delayed_mod_armed", "%d",
		mod_delayed_work(system_wq, &delayed.dwork, 2 * FAR));
	OBSERVE("workqueue.delayed_mod_armed_moves", "%d",
		time_after(delayed.dwork.timer.expires, jiffies + FAR));
	OBSERVE("workqueue.delayed_mod_to_1", "%d",
		mod_delayed_work(system_wq, &delayed.dwork, 1));
	OBSERVE("workqueue.delayed_mod_to_1_runs", "%s", arrives(&delayed.ran) ? noted() : "never");
	flush_work(&delayed.dwork.work);

	begin();
	queue_delayed_work(system_wq, &delayed.dwork, FAR);
	OBSERVE("workqueue.delayed_mod_to_0", "%d", mod_delayed_work(system_wq, &delayed.dwork, 0));
	OBSERVE("workqueue.delayed_mod_to_0_runs", "%s", arrives(&delayed.ran) ? noted() : "never");
	flush_work(&delayed.dwork.work);

	begin_queued();
	OBSERVE("workqueue.delayed_mod_queued", "%d", mod_delayed_work(single, &delayed.dwork, FAR));
	OBSERVE("workqueue.delayed_mod_queued_has_timer", "%d", timer_is_armed());
	gate_end(&gate);
	OBSERVE("workqueue.delayed_mod_queued_runs", "%s", noted());
	cancel_delayed_work_sync(&delayed.dwork);

	/* To another queue: the timer is armed anew. */
	begin();
	queue_delayed_work(system_wq, &delayed.dwork, FAR);
	OBSERVE("workqueue.delayed_mod_to_another_queue", "%d",
		mod_delayed_work(single, &delayed.dwork, FAR));
	cancel_delayed_work_sync(&delayed.dwork);
}

static int act_flush(void *dwork)
{
	int waited = flush_delayed_work(dwork);

	note('.');
	return waited;
}

static void observe_flush(void)
{
	begin();
	OBSERVE("workqueue.delayed_flush_idle", "%d", flush_delayed_work(&delayed.dwork));
	queue_delayed_work(system_wq, &delayed.dwork, FAR);
	flush_delayed_work(&delayed.dwork);
	OBSERVE("workqueue.delayed_flush_armed_runs_it", "%s", noted());
	OBSERVE("workqueue.delayed_flushed_has_timer", "%d", timer_is_armed());

	/* Behind a gate, so that there is something to wait for. */
	begin();
	gate_start(&gate, single);
	queue_delayed_work_on(0, single, &delayed.dwork, FAR);
	actor_start(&actor, act_flush, &delayed.dwork);
	OBSERVE("workqueue.delayed_flush_armed_blocks", "%s", yes_no(actor_sleeps(&actor)));
	complete(&gate.open);
	OBSERVE("workqueue.delayed_flush_armed", "%d", actor_join(&actor));
	OBSERVE("workqueue.delayed_flush_armed_order", "%s", noted());

	begin();
	gate_start(&gate, single);
	queue_delayed_work_on(0, single, &delayed.dwork, FAR);
	complete(&gate.open);
	flush_workqueue(single);
	OBSERVE("workqueue.delayed_flush_workqueue_leaves_armed", "%d", timer_is_armed());
	OBSERVE("workqueue.delayed_flush_workqueue_runs", "%s", noted());
	cancel_delayed_work_sync(&delayed.dwork);
}

/* ---- a function that arms itself ---- */

static struct {
	struct delayed_work dwork;
	int left, armed;
	struct completion over;
} periodic;

static void periodic_fn(struct work_struct *work)
{
	note('0' + periodic.left);
	if (!periodic.left--) {
		complete(&periodic.over);
		return;
	}
	periodic.armed += queue_delayed_work(system_wq, &periodic.dwork, 1);
}

static void observe_periodic(void)
{
	forget_notes();
	INIT_DELAYED_WORK(&periodic.dwork, periodic_fn);
	init_completion(&periodic.over);
	periodic.left = 4;
	periodic.armed = 0;
	schedule_delayed_work(&periodic.dwork, 1);
	OBSERVE("workqueue.delayed_that_arms_itself", "%s",
		arrives(&periodic.over) ? noted() : "never");
	OBSERVE("workqueue.delayed_that_arms_itself_armed", "%d", periodic.armed);
	flush_work(&periodic.dwork.work);
}

static void observe_on_stack(void)
{
	struct delayed_letter on_stack;

	forget_notes();
	INIT_DELAYED_WORK_ONSTACK(&on_stack.dwork, delayed_letter_fn);
	init_completion(&on_stack.ran);
	on_stack.letter = 'S';
	schedule_delayed_work(&on_stack.dwork, 1);
	flush_delayed_work(&on_stack.dwork);
	destroy_delayed_work_on_stack(&on_stack.dwork);
	OBSERVE("workqueue.delayed_on_stack_runs", "%s", noted());
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
static void observe_disable(void)
{
	begin();
	OBSERVE("workqueue.delayed_disable_idle", "%d", disable_delayed_work(&delayed.dwork));
	OBSERVE("workqueue.delayed_queue_disabled", "%d",
		queue_delayed_work(system_wq, &delayed.dwork, 1));
	OBSERVE("workqueue.delayed_queue_disabled_without_delay", "%d",
		queue_delayed_work(system_wq, &delayed.dwork, 0));
	OBSERVE("workqueue.delayed_mod_disabled", "%d",
		mod_delayed_work(system_wq, &delayed.dwork, 1));
	OBSERVE("workqueue.delayed_disabled_has_timer", "%d", timer_is_armed());
	OBSERVE("workqueue.delayed_disabled_is_pending", "%d",
		delayed_work_pending(&delayed.dwork));
	OBSERVE("workqueue.delayed_flush_disabled", "%d", flush_delayed_work(&delayed.dwork));
	OBSERVE("workqueue.delayed_enable", "%d", enable_delayed_work(&delayed.dwork));
	OBSERVE("workqueue.delayed_disabled_runs", "%s", noted());
	queue_delayed_work(system_wq, &delayed.dwork, FAR);
	OBSERVE("workqueue.delayed_disable_armed", "%d", disable_delayed_work(&delayed.dwork));
	OBSERVE("workqueue.delayed_disabled_armed_has_timer", "%d", timer_is_armed());
	OBSERVE("workqueue.delayed_disable_sync_disabled", "%d",
		disable_delayed_work_sync(&delayed.dwork));
	OBSERVE("workqueue.delayed_enable_once_of_two", "%d", enable_delayed_work(&delayed.dwork));
	OBSERVE("workqueue.delayed_enable_last", "%d", enable_delayed_work(&delayed.dwork));
	OBSERVE("workqueue.delayed_queue_enabled", "%d",
		queue_delayed_work(system_wq, &delayed.dwork, 1));
	OBSERVE("workqueue.delayed_enabled_runs", "%s", arrives(&delayed.ran) ? noted() : "never");
	flush_work(&delayed.dwork.work);
}
#else
static void observe_disable(void) { }
#endif

static void observe_two_cpus(void)
{
	if (num_online_cpus() < 2)
		return;
	begin();
	schedule_delayed_work_on(1, &delayed.dwork, 1);
	arrives(&delayed.ran);
	OBSERVE("workqueue.smp_delayed_on_cpu_1_runs_on", "%u", delayed.cpu);
	flush_work(&delayed.dwork.work);
	mod_delayed_work_on(1, system_wq, &delayed.dwork, FAR);
	OBSERVE("workqueue.smp_delayed_mod_from_cpu_1_to_0", "%d",
		mod_delayed_work_on(0, system_wq, &delayed.dwork, 1));
	arrives(&delayed.ran);
	OBSERVE("workqueue.smp_delayed_moved_to_cpu_0_runs_on", "%u", delayed.cpu);
	flush_work(&delayed.dwork.work);
}

static int __init workqueue_delayed_conformance_init(void)
{
	single = alloc_workqueue("one_at_a_time", 0, 1);
	if (!single)
		return -ENOMEM;
	observe_queue();
	observe_no_delay();
	observe_order();
	observe_cancel();
	observe_cancel_sync();
	observe_mod();
	observe_flush();
	observe_periodic();
	observe_on_stack();
	observe_disable();
	observe_two_cpus();
	destroy_workqueue(single);
	return 0;
}

static void __exit workqueue_delayed_conformance_exit(void)
{
}

module_init(workqueue_delayed_conformance_init);
module_exit(workqueue_delayed_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: delayed works");
