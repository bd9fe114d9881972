// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: works in softirq context (WQ_BH, since 6.9).
 *
 * With bottom halves off nothing of them runs on this CPU; they run where bottom halves go on, or
 * in ksoftirqd. So what is queued between the two has its order.
 */
#include <linux/bottom_half.h>
#include <linux/interrupt.h>

#include "workqueue.h"

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0)

static struct letter_work letters[4];
static struct letter_work hi_letter;
static struct completion passed;

static void begin(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(letters); i++)
		letter_init(&letters[i], 'A' + i);
	letter_init(&hi_letter, 'H');
	forget_notes();
}

static void flush_letters(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(letters); i++)
		flush_work(&letters[i].work);
	flush_work(&hi_letter.work);
}

/* ---- where they run ---- */

static struct {
	struct work_struct work;
	bool in_task, in_softirq, serving_softirq, in_hardirq, irqs_off, pending;
	bool has_current_work;
	unsigned int busy, cpu;
} seen;

static void seen_fn(struct work_struct *work)
{
	seen.in_task = in_task();
	seen.in_softirq = in_softirq();
	seen.serving_softirq = in_serving_softirq();
	seen.in_hardirq = in_hardirq();
	seen.irqs_off = irqs_disabled();
	seen.pending = work_pending(work);
	seen.busy = work_busy(work);
	seen.has_current_work = current_work() != NULL;
	seen.cpu = raw_smp_processor_id();
}

static void observe_context(void)
{
	INIT_WORK(&seen.work, seen_fn);
	queue_work(system_bh_wq, &seen.work);
	flush_work(&seen.work);
	OBSERVE("workqueue.bh_inside_in_task", "%d", seen.in_task);
	OBSERVE("workqueue.bh_inside_in_softirq", "%d", seen.in_softirq);
	OBSERVE("workqueue.bh_inside_in_serving_softirq", "%d", seen.serving_softirq);
	OBSERVE("workqueue.bh_inside_in_hardirq", "%d", seen.in_hardirq);
	OBSERVE("workqueue.bh_inside_irqs_disabled", "%d", seen.irqs_off);
	OBSERVE("workqueue.bh_inside_is_pending", "%d", seen.pending);
	OBSERVE("workqueue.bh_inside_is_busy", "%u", seen.busy);
	OBSERVE("workqueue.bh_inside_has_current_work", "%d", seen.has_current_work);
	OBSERVE("workqueue.bh_inside_cpu", "%u", seen.cpu);
}

/* ---- answers and order ---- */

static void observe_queueing(void)
{
	struct work_struct *work = &letters[0].work;
	bool first, second, pending, ran;
	unsigned int busy;

	begin();
	local_bh_disable();
	first = queue_work(system_bh_wq, work);
	second = queue_work(system_bh_wq, work);
	pending = work_pending(work);
	busy = work_busy(work);
	ran = notes.text[0];
	local_bh_enable();
	flush_letters();
	OBSERVE("workqueue.bh_queue_idle", "%d", first);
	OBSERVE("workqueue.bh_queue_queued", "%d", second);
	OBSERVE("workqueue.bh_queued_is_pending", "%d", pending);
	OBSERVE("workqueue.bh_queued_is_busy", "%u", busy);
	OBSERVE("workqueue.bh_runs_with_bottom_halves_off", "%s", yes_no(ran));
	OBSERVE("workqueue.bh_queued_twice_runs", "%s", noted());
}

static void tasklet_note(struct tasklet_struct *tasklet)
{
	note('T');
}

static void hi_tasklet_note(struct tasklet_struct *tasklet)
{
	note('t');
}

static void observe_order(void)
{
	struct tasklet_struct tasklet, hi_tasklet;
	unsigned int i;

	begin();
	local_bh_disable();
	for (i = 0; i < ARRAY_SIZE(letters); i++)
		queue_work(system_bh_wq, &letters[i].work);
	queue_work(system_bh_highpri_wq, &hi_letter.work);
	local_bh_enable();
	flush_letters();
	OBSERVE("workqueue.bh_order_and_highpri", "%s", noted());

	begin();
	tasklet_setup(&tasklet, tasklet_note);
	tasklet_setup(&hi_tasklet, hi_tasklet_note);
	local_bh_disable();
	tasklet_schedule(&tasklet);
	tasklet_hi_schedule(&hi_tasklet);
	queue_work(system_bh_wq, &letters[0].work);
	queue_work(system_bh_highpri_wq, &hi_letter.work);
	local_bh_enable();
	tasklet_kill(&tasklet);
	tasklet_kill(&hi_tasklet);
	flush_letters();
	OBSERVE("workqueue.bh_order_with_tasklets", "%s", noted());
}

struct again_work {
	struct work_struct work;
	int left, taken;
	struct completion over;
};

static void again_fn(struct work_struct *work)
{
	struct again_work *again = container_of(work, struct again_work, work);

	if (!again->left--) {
		complete(&again->over);
		return;
	}
	again->taken += queue_work(system_bh_wq, work);
}

static void observe_again(void)
{
	static struct again_work again = { .left = 100 };

	INIT_WORK(&again.work, again_fn);
	init_completion(&again.over);
	queue_work(system_bh_wq, &again.work);
	OBSERVE("workqueue.bh_that_queues_itself", "%s",
		arrives(&again.over) ? "ends" : "hangs");
	flush_work(&again.work);
	OBSERVE("workqueue.bh_that_queues_itself_taken", "%d", again.taken);
}

/* ---- waiting, taking back ---- */

static void observe_cancel(void)
{
	struct work_struct *work = &letters[0].work;
	bool cancelled, twice, synced, disabled, refused;

	begin();
	OBSERVE("workqueue.bh_flush_idle", "%d", flush_work(work));
	OBSERVE("workqueue.bh_cancel_idle", "%d", cancel_work(work));
	local_bh_disable();
	queue_work(system_bh_wq, work);
	cancelled = cancel_work(work);
	twice = cancel_work(work);
	queue_work(system_bh_wq, work);
	synced = cancel_work_sync(work);
	queue_work(system_bh_wq, work);
	disabled = disable_work(work);
	refused = !queue_work(system_bh_wq, work);
	local_bh_enable();
	OBSERVE("workqueue.bh_cancel_queued", "%d", cancelled);
	OBSERVE("workqueue.bh_cancel_queued_twice", "%d", twice);
	OBSERVE("workqueue.bh_cancel_sync_queued", "%d", synced);
	OBSERVE("workqueue.bh_disable_queued", "%d", disabled);
	OBSERVE("workqueue.bh_queue_disabled_refused", "%d", refused);
	OBSERVE("workqueue.bh_cancelled_runs", "%s", noted());
	OBSERVE("workqueue.bh_enable", "%d", enable_work(work));
	OBSERVE("workqueue.bh_cancel_sync_idle", "%d", cancel_work_sync(work));
	OBSERVE("workqueue.bh_queue_enabled", "%d", queue_work(system_bh_wq, work));
	flush_work(work);
	OBSERVE("workqueue.bh_enabled_runs", "%s", noted());
}

/* ---- own queues ---- */

static void observe_own_queue(void)
{
	struct workqueue_struct *wq = alloc_workqueue("bh", WQ_BH, 0);
	struct workqueue_struct *hi = alloc_workqueue("bh_hi", WQ_BH | WQ_HIGHPRI, 0);

	OBSERVE("workqueue.bh_alloc", "%s", wq && hi ? "made" : "null");
	if (!wq || !hi)
		return;
	begin();
	local_bh_disable();
	queue_work(wq, &letters[0].work);
	queue_work(system_bh_wq, &letters[1].work);
	queue_work(wq, &letters[2].work);
	queue_work(hi, &hi_letter.work);
	local_bh_enable();
	flush_workqueue(wq);
	flush_workqueue(hi);
	flush_letters();
	OBSERVE("workqueue.bh_two_queues", "%s", noted());

	begin();
	local_bh_disable();
	queue_work(wq, &letters[0].work);
	queue_work(wq, &letters[1].work);
	local_bh_enable();
	destroy_workqueue(wq);
	destroy_workqueue(hi);
	OBSERVE("workqueue.bh_destroy_runs_what_is_queued", "%s", noted());
}

/* Linux warns. */
static void observe_bad_flags(void)
{
	struct workqueue_struct *wq = alloc_workqueue("bh_unbound", WQ_BH | WQ_UNBOUND, 0);

	OBSERVE("workqueue.bh_unbound", "%s", wq ? "made" : "null");
	wq = alloc_workqueue("bh_max_active", WQ_BH, 1);
	OBSERVE("workqueue.bh_max_active_1", "%s", wq ? "made" : "null");
	wq = alloc_workqueue("bh_mem_reclaim", WQ_BH | WQ_MEM_RECLAIM, 0);
	OBSERVE("workqueue.bh_mem_reclaim", "%s", wq ? "made" : "null");
}

static void delayed_bh_fn(struct work_struct *work)
{
	note(in_serving_softirq() ? 'S' : 'T');
	complete(&passed);
}

static void observe_delayed(void)
{
	static struct delayed_work dwork;

	forget_notes();
	init_completion(&passed);
	INIT_DELAYED_WORK(&dwork, delayed_bh_fn);
	queue_delayed_work(system_bh_wq, &dwork, 1);
	OBSERVE("workqueue.bh_delayed_runs_in_softirq", "%s", arrives(&passed) ? noted() : "never");
	flush_work(&dwork.work);
}

static void observe_two_cpus(void)
{
	if (num_online_cpus() < 2)
		return;
	queue_work_on(1, system_bh_wq, &seen.work);
	flush_work(&seen.work);
	OBSERVE("workqueue.smp_bh_queued_on_cpu_1_runs_on", "%u", seen.cpu);
	OBSERVE("workqueue.smp_bh_queued_on_cpu_1_in_softirq", "%d", seen.serving_softirq);
}

static void observe_all(void)
{
	observe_context();
	observe_queueing();
	observe_order();
	observe_again();
	observe_cancel();
	observe_own_queue();
	observe_bad_flags();
	observe_delayed();
	observe_two_cpus();
}

#else
static void observe_all(void) { }
#endif

static int __init workqueue_bh_conformance_init(void)
{
	stay_on_cpu_0();
	observe_all();
	leave_cpu_0();
	return 0;
}

static void __exit workqueue_bh_conformance_exit(void)
{
}

module_init(workqueue_bh_conformance_init);
module_exit(workqueue_bh_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: works in softirq context");
