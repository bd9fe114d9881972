// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: waiting for works and queues, taking works back, disabling them.
 */
#include "workqueue.h"

static struct gate_work gate_a, gate_b;
static struct letter_work letter_b, letter_c;
static struct actor actor, second_actor;

/* Runs one work at a time: what is behind a gate stays queued. */
static struct workqueue_struct *single;

static int act_flush_work(void *work)
{
	int waited = flush_work(work);

	note('.');
	return waited;
}

static int act_cancel_sync(void *work)
{
	int was_pending = cancel_work_sync(work);

	note('.');
	return was_pending;
}

static int act_flush_queue(void *wq)
{
	flush_workqueue((struct workqueue_struct *)wq);
	note('.');
	return 0;
}

static int act_drain(void *wq)
{
	drain_workqueue(wq);
	note('.');
	return 0;
}

static int act_destroy(void *wq)
{
	destroy_workqueue(wq);
	note('.');
	return 0;
}

static void begin(void)
{
	forget_notes();
	gate_init(&gate_a, 'a');
	gate_init(&gate_b, 'b');
	letter_init(&letter_b, 'B');
	letter_init(&letter_c, 'C');
}

/* ---- flush_work ---- */

static void observe_flush_work(void)
{
	begin();
	OBSERVE("workqueue.flush_work_never_queued", "%d", flush_work(&letter_b.work));
	gate_start(&gate_a, single);
	actor_start(&actor, act_flush_work, &gate_a.work);
	OBSERVE("workqueue.flush_work_of_running_blocks", "%s", yes_no(actor_sleeps(&actor)));
	complete(&gate_a.open);
	OBSERVE("workqueue.flush_work_running", "%d", actor_join(&actor));
	OBSERVE("workqueue.flush_work_running_order", "%s", noted());
	OBSERVE("workqueue.flush_work_done", "%d", flush_work(&gate_a.work));

	begin();
	gate_start(&gate_a, single);
	queue_work_on(0, single, &letter_b.work);
	actor_start(&actor, act_flush_work, &letter_b.work);
	OBSERVE("workqueue.flush_work_of_queued_blocks", "%s", yes_no(actor_sleeps(&actor)));
	complete(&gate_a.open);
	OBSERVE("workqueue.flush_work_queued", "%d", actor_join(&actor));
	OBSERVE("workqueue.flush_work_queued_order", "%s", noted());
}

/* It runs, and is queued again: the flush waits for the second run. */
static void observe_flush_of_both(void)
{
	begin();
	gate_start(&gate_a, system_wq);
	queue_work_on(0, system_wq, &gate_a.work);
	actor_start(&actor, act_flush_work, &gate_a.work);
	actor_sleeps(&actor);
	complete(&gate_a.open);
	arrives(&gate_a.inside);
	OBSERVE("workqueue.flush_work_running_and_queued_waits_for_second", "%s",
		yes_no(!actor_is_done(&actor)));
	complete(&gate_a.open);
	OBSERVE("workqueue.flush_work_running_and_queued", "%d", actor_join(&actor));
	OBSERVE("workqueue.flush_work_running_and_queued_order", "%s", noted());
}

static void observe_two_flushers(void)
{
	begin();
	gate_start(&gate_a, system_wq);
	actor_start(&actor, act_flush_work, &gate_a.work);
	actor_start(&second_actor, act_flush_work, &gate_a.work);
	actor_sleeps(&actor);
	actor_sleeps(&second_actor);
	complete(&gate_a.open);
	OBSERVE("workqueue.flush_work_two_at_once", "%d",
		actor_join(&actor) + actor_join(&second_actor));
	OBSERVE("workqueue.flush_work_two_at_once_order", "%s", noted());
}

/* The work is cancelled while somebody waits for it, queued. */
static void observe_flush_of_cancelled(void)
{
	begin();
	gate_start(&gate_a, single);
	queue_work_on(0, single, &letter_b.work);
	actor_start(&actor, act_flush_work, &letter_b.work);
	actor_sleeps(&actor);
	OBSERVE("workqueue.cancel_work_of_flushed", "%d", cancel_work(&letter_b.work));
	gate_end(&gate_a);
	OBSERVE("workqueue.flush_work_of_cancelled", "%d", actor_join(&actor));
}

static struct {
	struct work_struct work;
	int flushed_other, cancelled_own, queued_own, cancelled_queued_own;
} inner;

static void inner_fn(struct work_struct *work)
{
	inner.cancelled_own = cancel_work(work);
	inner.queued_own = queue_work(system_wq, work);
	inner.cancelled_queued_own = cancel_work(work);
	queue_work(system_unbound_wq, &letter_b.work);
	inner.flushed_other = flush_work(&letter_b.work) || noted()[0] == 'B';
	note('.');
}

static void observe_inside(void)
{
	begin();
	INIT_WORK(&inner.work, inner_fn);
	queue_work(system_wq, &inner.work);
	flush_work(&inner.work);
	OBSERVE("workqueue.inside_cancel_itself", "%d", inner.cancelled_own);
	OBSERVE("workqueue.inside_queue_itself", "%d", inner.queued_own);
	OBSERVE("workqueue.inside_cancel_itself_queued", "%d", inner.cancelled_queued_own);
	OBSERVE("workqueue.inside_flush_of_another", "%d", inner.flushed_other);
	OBSERVE("workqueue.inside_flush_of_another_order", "%s", noted());
}

/* ---- flush_workqueue ---- */

static void observe_flush_queue(void)
{
	struct workqueue_struct *wq = alloc_workqueue("flushed", 0, 0);

	begin();
	flush_workqueue(wq);
	OBSERVE("workqueue.flush_workqueue_empty", "%s", noted());

	gate_start(&gate_b, system_wq);
	flush_workqueue(wq);
	OBSERVE("workqueue.flush_workqueue_does_not_wait_for_other_queues", "%s", noted());
	gate_end(&gate_b);

	begin();
	gate_start(&gate_a, wq);
	actor_start(&actor, act_flush_queue, wq);
	OBSERVE("workqueue.flush_workqueue_blocks", "%s", yes_no(actor_sleeps(&actor)));
	gate_start(&gate_b, wq);
	complete(&gate_a.open);
	actor_join(&actor);
	OBSERVE("workqueue.flush_workqueue_waits_for_earlier_only", "%s", noted());
	gate_end(&gate_b);

	begin();
	gate_start(&gate_a, wq);
	actor_start(&actor, act_flush_queue, wq);
	actor_sleeps(&actor);
	gate_start(&gate_b, wq);
	actor_start(&second_actor, act_flush_queue, wq);
	actor_sleeps(&second_actor);
	complete(&gate_a.open);
	actor_join(&actor);
	OBSERVE("workqueue.flush_workqueue_second_still_waits", "%s",
		yes_no(!actor_is_done(&second_actor)));
	complete(&gate_b.open);
	actor_join(&second_actor);
	OBSERVE("workqueue.flush_workqueue_two_flushes", "%s", noted());
	destroy_workqueue(wq);
}

static void observe_flush_of_limited_queue(void)
{
	begin();
	gate_start(&gate_a, single);
	queue_work_on(0, single, &letter_b.work);
	queue_work_on(0, single, &letter_c.work);
	actor_start(&actor, act_flush_queue, single);
	actor_sleeps(&actor);
	complete(&gate_a.open);
	actor_join(&actor);
	OBSERVE("workqueue.flush_workqueue_with_max_active_1", "%s", noted());
}

/* ---- drain, destroy ---- */

struct chain_work {
	struct work_struct work;
	struct workqueue_struct *wq;
	int left;
	int taken;
};

static void chain_fn(struct work_struct *work)
{
	struct chain_work *chain = container_of(work, struct chain_work, work);

	note('0' + chain->left);
	if (chain->left--)
		chain->taken += queue_work(chain->wq, work);
}

static void observe_drain(void)
{
	struct workqueue_struct *wq = alloc_workqueue("drained", 0, 0);
	struct chain_work chain = { .wq = wq, .left = 5 };

	forget_notes();
	INIT_WORK_ONSTACK(&chain.work, chain_fn);
	queue_work(wq, &chain.work);
	drain_workqueue(wq);
	OBSERVE("workqueue.drain_waits_for_a_chain", "%s", noted());
	OBSERVE("workqueue.drain_lets_own_works_queue", "%d", chain.taken);

	begin();
	queue_work(wq, &letter_b.work);
	flush_work(&letter_b.work);
	OBSERVE("workqueue.drained_queue_works_on", "%s", noted());

	begin();
	gate_start(&gate_a, wq);
	actor_start(&actor, act_drain, wq);
	OBSERVE("workqueue.drain_blocks", "%s", yes_no(actor_sleeps(&actor)));
	complete(&gate_a.open);
	actor_join(&actor);
	OBSERVE("workqueue.drain_order", "%s", noted());
	destroy_workqueue(wq);
	destroy_work_on_stack(&chain.work);
}

/* A work that comes from elsewhere while the queue is drained. Linux warns. */
static void observe_refusal(void)
{
	struct workqueue_struct *wq = alloc_workqueue("refusing", 0, 0);

	begin();
	gate_start(&gate_a, wq);
	actor_start(&actor, act_drain, wq);
	actor_sleeps(&actor);
	OBSERVE("workqueue.queue_on_drained_queue", "%d", queue_work(wq, &letter_b.work));
	OBSERVE("workqueue.queued_on_drained_queue_is_pending", "%d",
		work_pending(&letter_b.work));
	complete(&gate_a.open);
	actor_join(&actor);
	OBSERVE("workqueue.queued_on_drained_queue_runs", "%s", noted());
	destroy_workqueue(wq);
}

static void observe_destroy(void)
{
	struct workqueue_struct *wq = alloc_workqueue("destroyed", 0, 1);

	begin();
	gate_start(&gate_a, wq);
	queue_work_on(0, wq, &letter_b.work);
	queue_work_on(0, wq, &letter_c.work);
	actor_start(&actor, act_destroy, wq);
	OBSERVE("workqueue.destroy_blocks", "%s", yes_no(actor_sleeps(&actor)));
	complete(&gate_a.open);
	actor_join(&actor);
	OBSERVE("workqueue.destroy_runs_what_is_queued", "%s", noted());

	wq = alloc_workqueue("unused", 0, 0);
	OBSERVE("workqueue.alloc", "%s", wq ? "made" : "null");
	destroy_workqueue(wq);
}

/* ---- cancel ---- */

static void observe_cancel(void)
{
	begin();
	OBSERVE("workqueue.cancel_idle", "%d", cancel_work(&letter_b.work));
	gate_start(&gate_a, single);
	queue_work_on(0, single, &letter_b.work);
	queue_work_on(0, single, &letter_c.work);
	OBSERVE("workqueue.cancel_queued", "%d", cancel_work(&letter_b.work));
	OBSERVE("workqueue.cancel_queued_twice", "%d", cancel_work(&letter_b.work));
	OBSERVE("workqueue.cancelled_is_pending", "%d", work_pending(&letter_b.work));
	OBSERVE("workqueue.cancelled_is_busy", "%u", work_busy(&letter_b.work));
	OBSERVE("workqueue.cancel_running", "%d", cancel_work(&gate_a.work));
	gate_end(&gate_a);
	flush_work(&letter_c.work);
	OBSERVE("workqueue.cancel_takes_only_its_own", "%s", noted());

	begin();
	gate_start(&gate_a, system_wq);
	queue_work_on(0, system_wq, &gate_a.work);
	OBSERVE("workqueue.cancel_running_and_queued", "%d", cancel_work(&gate_a.work));
	OBSERVE("workqueue.cancel_leaves_the_run", "%u", work_busy(&gate_a.work));
	gate_end(&gate_a);
	OBSERVE("workqueue.cancelled_while_running_runs", "%s", noted());

	begin();
	gate_start(&gate_a, single);
	queue_work_on(0, single, &letter_b.work);
	queue_work_on(0, single, &letter_c.work);
	cancel_work(&letter_b.work);
	OBSERVE("workqueue.queue_cancelled", "%d", queue_work_on(0, single, &letter_b.work));
	gate_end(&gate_a);
	flush_workqueue(single);
	OBSERVE("workqueue.queued_after_cancel_goes_last", "%s", noted());
}

static void observe_cancel_sync(void)
{
	begin();
	OBSERVE("workqueue.cancel_sync_idle", "%d", cancel_work_sync(&letter_b.work));
	gate_start(&gate_a, single);
	queue_work_on(0, single, &letter_b.work);
	OBSERVE("workqueue.cancel_sync_queued", "%d", cancel_work_sync(&letter_b.work));
	actor_start(&actor, act_cancel_sync, &gate_a.work);
	OBSERVE("workqueue.cancel_sync_of_running_blocks", "%s", yes_no(actor_sleeps(&actor)));
	OBSERVE("workqueue.queue_while_cancel_sync_waits", "%d",
		queue_work_on(0, single, &gate_a.work));
	complete(&gate_a.open);
	OBSERVE("workqueue.cancel_sync_running", "%d", actor_join(&actor));
	OBSERVE("workqueue.cancel_sync_order", "%s", noted());
	OBSERVE("workqueue.cancel_sync_done", "%d", cancel_work_sync(&gate_a.work));
	OBSERVE("workqueue.queue_after_cancel_sync", "%d",
		queue_work_on(0, single, &letter_b.work));
	flush_work(&letter_b.work);
	OBSERVE("workqueue.queued_after_cancel_sync_runs", "%s", noted());

	begin();
	gate_start(&gate_a, system_wq);
	queue_work_on(0, system_wq, &gate_a.work);
	actor_start(&actor, act_cancel_sync, &gate_a.work);
	actor_sleeps(&actor);
	complete(&gate_a.open);
	OBSERVE("workqueue.cancel_sync_running_and_queued", "%d", actor_join(&actor));
	OBSERVE("workqueue.cancel_sync_running_and_queued_order", "%s", noted());
}

static void observe_two_cancellers(void)
{
	int first, second;

	begin();
	gate_start(&gate_a, system_wq);
	actor_start(&actor, act_cancel_sync, &gate_a.work);
	actor_sleeps(&actor);
	actor_start(&second_actor, act_cancel_sync, &gate_a.work);
	OBSERVE("workqueue.second_cancel_sync_blocks", "%s", yes_no(actor_sleeps(&second_actor)));
	complete(&gate_a.open);
	first = actor_join(&actor);
	second = actor_join(&second_actor);
	OBSERVE("workqueue.two_cancel_sync_first", "%d", first);
	OBSERVE("workqueue.two_cancel_sync_second", "%d", second);
	OBSERVE("workqueue.two_cancel_sync_order", "%s", noted());
	OBSERVE("workqueue.queue_after_two_cancel_sync", "%d",
		queue_work_on(0, system_wq, &gate_a.work));
	gate_end(&gate_a);
}

static struct {
	struct work_struct work;
	struct completion inside, open;
	bool taken;
} stubborn;

static void stubborn_fn(struct work_struct *work)
{
	note('r');
	complete(&stubborn.inside);
	arrives(&stubborn.open);
	stubborn.taken = queue_work(system_wq, work);
}

static void observe_cancel_of_one_that_queues_itself(void)
{
	begin();
	INIT_WORK(&stubborn.work, stubborn_fn);
	init_completion(&stubborn.inside);
	init_completion(&stubborn.open);
	queue_work(system_wq, &stubborn.work);
	arrives(&stubborn.inside);
	actor_start(&actor, act_cancel_sync, &stubborn.work);
	actor_sleeps(&actor);
	complete_all(&stubborn.open);
	OBSERVE("workqueue.cancel_sync_of_one_that_queues_itself", "%d", actor_join(&actor));
	OBSERVE("workqueue.queues_itself_while_cancelled", "%d", stubborn.taken);
	OBSERVE("workqueue.cancelled_one_that_queues_itself_runs", "%s", noted());
	OBSERVE("workqueue.cancelled_one_that_queues_itself_is_busy", "%u",
		work_busy(&stubborn.work));
}

/* ---- disable ---- */

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
static int act_disable_sync(void *work)
{
	int was_pending = disable_work_sync(work);

	note('.');
	return was_pending;
}

static void observe_disable(void)
{
	struct work_struct *work = &letter_b.work;

	begin();
	OBSERVE("workqueue.disable_idle", "%d", disable_work(work));
	OBSERVE("workqueue.queue_disabled", "%d", queue_work(system_wq, work));
	OBSERVE("workqueue.disabled_is_pending", "%d", work_pending(work));
	OBSERVE("workqueue.disabled_is_busy", "%u", work_busy(work));
	OBSERVE("workqueue.flush_disabled", "%d", flush_work(work));
	OBSERVE("workqueue.cancel_disabled", "%d", cancel_work(work));
	OBSERVE("workqueue.cancel_sync_disabled", "%d", cancel_work_sync(work));
	OBSERVE("workqueue.disable_disabled", "%d", disable_work(work));
	OBSERVE("workqueue.enable_once_of_two", "%d", enable_work(work));
	OBSERVE("workqueue.queue_enabled_once_of_two", "%d", queue_work(system_wq, work));
	OBSERVE("workqueue.enable_last", "%d", enable_work(work));
	OBSERVE("workqueue.disabled_ran", "%s", noted());
	OBSERVE("workqueue.queue_enabled", "%d", queue_work(system_wq, work));
	flush_work(work);
	OBSERVE("workqueue.enabled_runs", "%s", noted());
}

static void observe_disable_busy(void)
{
	begin();
	gate_start(&gate_a, single);
	queue_work_on(0, single, &letter_b.work);
	OBSERVE("workqueue.disable_queued", "%d", disable_work(&letter_b.work));
	OBSERVE("workqueue.disable_running", "%d", disable_work(&gate_a.work));
	OBSERVE("workqueue.queue_running_disabled", "%d",
		queue_work_on(0, single, &gate_a.work));
	OBSERVE("workqueue.running_disabled_is_busy", "%u", work_busy(&gate_a.work));
	actor_start(&actor, act_disable_sync, &gate_a.work);
	OBSERVE("workqueue.disable_sync_of_running_blocks", "%s", yes_no(actor_sleeps(&actor)));
	complete(&gate_a.open);
	OBSERVE("workqueue.disable_sync_running", "%d", actor_join(&actor));
	OBSERVE("workqueue.disable_sync_order", "%s", noted());
	OBSERVE("workqueue.enable_after_disable_and_sync", "%d", enable_work(&gate_a.work));
	OBSERVE("workqueue.enable_after_both", "%d", enable_work(&gate_a.work));
	OBSERVE("workqueue.enable_and_queue", "%d",
		enable_and_queue_work(system_wq, &letter_b.work));
	flush_work(&letter_b.work);
	OBSERVE("workqueue.enabled_and_queued_runs", "%s", noted());
}

/* One enable too many. Linux warns, and answers that the work can be queued. */
static void observe_enable_of_enabled(void)
{
	begin();
	OBSERVE("workqueue.enable_enabled", "%d", enable_work(&letter_b.work));
	OBSERVE("workqueue.queue_enabled_too_often", "%d",
		queue_work(system_wq, &letter_b.work));
	flush_work(&letter_b.work);

	begin();
	gate_start(&gate_a, single);
	queue_work_on(0, single, &letter_b.work);
	OBSERVE("workqueue.enable_queued", "%d", enable_work(&letter_b.work));
	OBSERVE("workqueue.enabled_while_queued_is_pending", "%d", work_pending(&letter_b.work));
	gate_end(&gate_a);
	flush_workqueue(single);
	OBSERVE("workqueue.enabled_while_queued_runs", "%s", noted());
}
#else
static void observe_disable(void) { }
static void observe_disable_busy(void) { }
static void observe_enable_of_enabled(void) { }
#endif

static int __init workqueue_wait_conformance_init(void)
{
	single = alloc_workqueue("one_at_a_time", 0, 1);
	if (!single)
		return -ENOMEM;
	observe_flush_work();
	observe_flush_of_both();
	observe_two_flushers();
	observe_flush_of_cancelled();
	observe_inside();
	observe_flush_queue();
	observe_flush_of_limited_queue();
	observe_drain();
	observe_refusal();
	observe_destroy();
	observe_cancel();
	observe_cancel_sync();
	observe_two_cancellers();
	observe_cancel_of_one_that_queues_itself();
	observe_disable();
	observe_disable_busy();
	observe_enable_of_enabled();
	destroy_workqueue(single);
	return 0;
}

static void __exit workqueue_wait_conformance_exit(void)
{
}

module_init(workqueue_wait_conformance_init);
module_exit(workqueue_wait_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: workqueues, waiting and taking back");
