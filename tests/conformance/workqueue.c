// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: works are queued, run once, in order, one at a time, in a worker.
 *
 * Waiting and taking back: workqueue_wait.c. Kinds of queues: workqueue_kinds.c. Delayed works:
 * workqueue_delayed.c.
 */
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/slab.h>

#include "workqueue.h"

static struct gate_work gate_a, gate_b, gate_c;
static struct letter_work letters[8];

static void letters_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(letters); i++)
		letter_init(&letters[i], 'A' + i);
	forget_notes();
}

/* ---- what queueing answers ---- */

static DECLARE_WORK(declared_work, letter_fn);

static void observe_idle(void)
{
	OBSERVE("workqueue.declared_work_is_pending", "%d", work_pending(&declared_work));
	letters_init();
	OBSERVE("workqueue.new_work_is_pending", "%d", work_pending(&letters[0].work));
	OBSERVE("workqueue.new_work_is_busy", "%u", work_busy(&letters[0].work));
	OBSERVE("workqueue.new_work_entry_is_empty", "%d", list_empty(&letters[0].work.entry));
}

/* @wq runs one work at a time, so what is behind a gate stays queued. */
static void observe_queued(struct workqueue_struct *wq)
{
	struct work_struct *work = &letters[0].work;

	letters_init();
	gate_init(&gate_a, 'a');
	gate_start(&gate_a, wq);
	OBSERVE("workqueue.queue_idle", "%d", queue_work_on(0, wq, work));
	OBSERVE("workqueue.queue_queued", "%d", queue_work_on(0, wq, work));
	OBSERVE("workqueue.queue_queued_elsewhere", "%d", queue_work_on(0, system_wq, work));
	OBSERVE("workqueue.queued_is_pending", "%d", work_pending(work));
	OBSERVE("workqueue.queued_is_busy", "%u", work_busy(work));
	gate_end(&gate_a);
	flush_work(work);
	OBSERVE("workqueue.queued_three_times_runs", "%s", noted());
	OBSERVE("workqueue.done_is_pending", "%d", work_pending(work));
	OBSERVE("workqueue.done_is_busy", "%u", work_busy(work));
	OBSERVE("workqueue.queue_done", "%d", queue_work_on(0, wq, work));
	flush_work(work);
	OBSERVE("workqueue.queued_again_runs", "%s", noted());
}

static void observe_running(void)
{
	struct work_struct *work = &gate_a.work;

	gate_init(&gate_a, 'a');
	forget_notes();
	gate_start(&gate_a, system_wq);
	OBSERVE("workqueue.running_is_pending", "%d", work_pending(work));
	OBSERVE("workqueue.running_is_busy", "%u", work_busy(work));
	OBSERVE("workqueue.queue_running", "%d", queue_work_on(0, system_wq, work));
	OBSERVE("workqueue.queue_running_once_more", "%d", queue_work_on(0, system_wq, work));
	OBSERVE("workqueue.running_and_queued_is_pending", "%d", work_pending(work));
	OBSERVE("workqueue.running_and_queued_is_busy", "%u", work_busy(work));
	complete(&gate_a.open);
	gate_end(&gate_a);
	OBSERVE("workqueue.queued_while_running_runs_after", "%s", noted());
}

static void observe_answers(void)
{
	struct workqueue_struct *wq = alloc_workqueue("one_at_a_time", 0, 1);

	observe_idle();
	observe_queued(wq);
	observe_running();
	destroy_workqueue(wq);
}

/* ---- the order ---- */

static void queue_letters(struct workqueue_struct *even, struct workqueue_struct *odd)
{
	unsigned int i;

	letters_init();
	/* No worker of this CPU runs before all are queued. */
	preempt_disable();
	for (i = 0; i < ARRAY_SIZE(letters); i++)
		queue_work(i % 2 ? odd : even, &letters[i].work);
	/* The first one again: it keeps its place. */
	queue_work(even, &letters[0].work);
	preempt_enable();
	for (i = 0; i < ARRAY_SIZE(letters); i++)
		flush_work(&letters[i].work);
}

struct again_work {
	struct work_struct work;
	unsigned int left;
	unsigned int refused;
};

/* Queues itself, and then, it seems, once more. */
static void again_fn(struct work_struct *work)
{
	struct again_work *again = container_of(work, struct again_work, work);

	note('a' + again->left);
	if (!again->left)
		return;
	again->left--;
	again->refused += !queue_work(system_wq, work);
	again->refused += !queue_work(system_wq, work);
}

static void observe_order(void)
{
	struct workqueue_struct *other = alloc_workqueue("other", 0, 0);
	struct again_work again = { .left = 3 };
	unsigned int i;

	queue_letters(system_wq, system_wq);
	OBSERVE("workqueue.order_on_a_cpu", "%s", noted());
	queue_letters(system_wq, other);
	OBSERVE("workqueue.order_of_two_queues", "%s", noted());
	destroy_workqueue(other);

	INIT_WORK_ONSTACK(&again.work, again_fn);
	letters_init();
	preempt_disable();
	queue_work(system_wq, &again.work);
	queue_work(system_wq, &letters[0].work);
	preempt_enable();
	for (i = 0; i < 5; i++)
		flush_work(&again.work);
	flush_work(&letters[0].work);
	OBSERVE("workqueue.order_when_one_queues_itself", "%s", noted());
	OBSERVE("workqueue.queues_itself_refused", "%u", again.refused);
	destroy_work_on_stack(&again.work);
}

/* ---- what holds up what ---- */

static void observe_concurrency(void)
{
	letters_init();
	gate_init(&gate_a, 'a');
	gate_start(&gate_a, system_wq);
	queue_work_on(0, system_wq, &letters[1].work);
	flush_work(&letters[1].work);
	gate_end(&gate_a);
	OBSERVE("workqueue.one_that_sleeps_lets_the_next_run", "%s", noted());

	gate_init(&gate_a, 'a');
	gate_init(&gate_b, 'b');
	gate_init(&gate_c, 'c');
	forget_notes();
	gate_start(&gate_a, system_wq);
	gate_start(&gate_b, system_wq);
	gate_start(&gate_c, system_wq);
	gate_end(&gate_b);
	gate_end(&gate_c);
	gate_end(&gate_a);
	OBSERVE("workqueue.three_that_sleep_on_a_cpu", "%s", noted());
}

/* ---- where a function runs ---- */

static struct {
	struct work_struct work;
	bool own, pending, empty, by_irq_null, worker, kthread, no_mm;
	unsigned int busy, cpu, preempt_depth;
	bool in_task, in_interrupt, in_softirq, in_hardirq, irqs_off, atomic_context;
	int nice, nr_cpus;
	unsigned int policy;
	char name[TASK_COMM_LEN];
} seen;

static struct irq_work seen_irq;

static void seen_irq_fn(struct irq_work *irq)
{
	seen.by_irq_null = !current_work();
}

static void seen_fn(struct work_struct *work)
{
	seen.own = current_work() == work;
	seen.pending = work_pending(work);
	seen.empty = list_empty(&work->entry);
	seen.busy = work_busy(work);
	seen.cpu = raw_smp_processor_id();
	seen.preempt_depth = preempt_count();
	seen.in_task = in_task();
	seen.in_interrupt = in_interrupt();
	seen.in_softirq = in_softirq();
	seen.in_hardirq = in_hardirq();
	seen.irqs_off = irqs_disabled();
	seen.atomic_context = in_atomic();
	seen.worker = current->flags & PF_WQ_WORKER;
	seen.kthread = current->flags & PF_KTHREAD;
	seen.nice = task_nice(current);
	seen.nr_cpus = current->nr_cpus_allowed;
	seen.policy = current->policy;
	get_task_comm(seen.name, current);
	seen.by_irq_null = false;
	init_irq_work(&seen_irq, seen_irq_fn);
	irq_work_queue(&seen_irq);
	irq_work_sync(&seen_irq);
}

static void observe_context(void)
{
	INIT_WORK(&seen.work, seen_fn);
	queue_work_on(0, system_wq, &seen.work);
	flush_work(&seen.work);
	OBSERVE("workqueue.inside_cpu", "%u", seen.cpu);
	OBSERVE("workqueue.inside_in_task", "%d", seen.in_task);
	OBSERVE("workqueue.inside_in_interrupt", "%d", seen.in_interrupt);
	OBSERVE("workqueue.inside_in_softirq", "%d", seen.in_softirq);
	OBSERVE("workqueue.inside_in_hardirq", "%d", seen.in_hardirq);
	OBSERVE("workqueue.inside_irqs_disabled", "%d", seen.irqs_off);
	OBSERVE("workqueue.inside_in_atomic", "%d", seen.atomic_context);
	OBSERVE("workqueue.inside_preempt_count", "%u", seen.preempt_depth);
	OBSERVE("workqueue.inside_is_current_work", "%d", seen.own);
	OBSERVE("workqueue.inside_is_pending", "%d", seen.pending);
	OBSERVE("workqueue.inside_is_busy", "%u", seen.busy);
	OBSERVE("workqueue.inside_entry_is_empty", "%d", seen.empty);
	OBSERVE("workqueue.inside_pf_wq_worker", "%s", yes_no(seen.worker));
	OBSERVE("workqueue.inside_pf_kthread", "%s", yes_no(seen.kthread));
	OBSERVE("workqueue.inside_nice", "%d", seen.nice);
	OBSERVE("workqueue.inside_policy", "%u", seen.policy);
	OBSERVE("workqueue.inside_cpus_allowed", "%d", seen.nr_cpus);
	OBSERVE("workqueue.inside_name_begins_with", "%.10s", seen.name);
	OBSERVE("workqueue.irq_inside_has_no_current_work", "%d", seen.by_irq_null);
	OBSERVE("workqueue.outside_has_current_work", "%d", current_work() != NULL);
}

/* ---- who may queue ---- */

static struct letter_work from_irq_work;
static struct irq_work queueing_irq;
static bool irq_answers[2];

static void queueing_irq_fn(struct irq_work *irq)
{
	irq_answers[0] = queue_work(system_wq, &from_irq_work.work);
	irq_answers[1] = queue_work(system_wq, &from_irq_work.work);
}

static void queueing_tasklet_fn(struct tasklet_struct *tasklet)
{
	irq_answers[0] = schedule_work(&from_irq_work.work);
	irq_answers[1] = schedule_work(&from_irq_work.work);
}

static void observe_queueing_contexts(void)
{
	struct tasklet_struct tasklet;
	unsigned long flags;
	bool first, second;

	forget_notes();
	letter_init(&from_irq_work, 'A');
	init_irq_work(&queueing_irq, queueing_irq_fn);
	preempt_disable();
	irq_work_queue(&queueing_irq);
	while (irq_work_is_busy(&queueing_irq))
		cpu_relax();
	preempt_enable();
	flush_work(&from_irq_work.work);
	OBSERVE("workqueue.queue_in_hard_irq", "%d", irq_answers[0]);
	OBSERVE("workqueue.queue_in_hard_irq_twice", "%d", irq_answers[1]);
	OBSERVE("workqueue.queued_in_hard_irq_runs", "%s", noted());

	forget_notes();
	tasklet_setup(&tasklet, queueing_tasklet_fn);
	tasklet_schedule(&tasklet);
	tasklet_kill(&tasklet);
	flush_work(&from_irq_work.work);
	OBSERVE("workqueue.queue_in_tasklet", "%d", irq_answers[0]);
	OBSERVE("workqueue.queued_in_tasklet_runs", "%s", noted());

	forget_notes();
	local_irq_save(flags);
	first = schedule_work_on(0, &from_irq_work.work);
	second = schedule_work_on(0, &from_irq_work.work);
	local_irq_restore(flags);
	flush_work(&from_irq_work.work);
	OBSERVE("workqueue.queue_with_irqs_off", "%d", first);
	OBSERVE("workqueue.queue_with_irqs_off_twice", "%d", second);
	OBSERVE("workqueue.queued_with_irqs_off_runs", "%s", noted());
}

/* ---- a function may free its work ---- */

static DECLARE_COMPLETION(freed);

static void free_itself_fn(struct work_struct *work)
{
	kfree(container_of(work, struct letter_work, work));
	note('F');
	complete(&freed);
}

static void observe_free(void)
{
	struct letter_work *letter = kzalloc(sizeof(*letter), GFP_KERNEL);

	if (!letter)
		return;
	forget_notes();
	reinit_completion(&freed);
	INIT_WORK(&letter->work, free_itself_fn);
	schedule_work(&letter->work);
	OBSERVE("workqueue.function_may_free_its_work", "%s", arrives(&freed) ? noted() : "hangs");
}

/* ---- two CPUs ---- */

static DEFINE_PER_CPU(struct work_struct, cpu_works);
static DEFINE_PER_CPU(unsigned int, cpu_ran_on);

static void cpu_fn(struct work_struct *work)
{
	this_cpu_write(cpu_ran_on, raw_smp_processor_id() + 1);
}

static unsigned int count_strays(void)
{
	unsigned int cpu, strays = 0;

	for_each_online_cpu(cpu) {
		INIT_WORK(per_cpu_ptr(&cpu_works, cpu), cpu_fn);
		per_cpu(cpu_ran_on, cpu) = 0;
		queue_work_on(cpu, system_wq, per_cpu_ptr(&cpu_works, cpu));
	}
	for_each_online_cpu(cpu) {
		flush_work(per_cpu_ptr(&cpu_works, cpu));
		strays += per_cpu(cpu_ran_on, cpu) != cpu + 1;
	}
	return strays;
}

static void observe_running_elsewhere(void)
{
	gate_init(&gate_a, 'a');
	gate_init(&gate_b, 'b');
	forget_notes();
	atomic_set(&gates_most, 0);
	gate_start(&gate_a, system_wq);
	OBSERVE("workqueue.smp_queue_running_on_another_cpu", "%d",
		queue_work_on(1, system_wq, &gate_a.work));
	/* Had it gone to CPU 1, it would begin before this one. */
	queue_work_on(1, system_wq, &gate_b.work);
	arrives(&gate_b.inside);
	complete(&gate_b.open);
	flush_work(&gate_b.work);
	complete(&gate_a.open);
	arrives(&gate_a.inside);
	gate_end(&gate_a);
	OBSERVE("workqueue.smp_queued_elsewhere_while_running", "%s", noted());
	OBSERVE("workqueue.smp_queued_elsewhere_runs_on_cpu", "%u", gate_a.cpu);
	queue_work_on(1, system_wq, &gate_a.work);
	gate_end(&gate_a);
	OBSERVE("workqueue.smp_queued_elsewhere_when_idle_runs_on_cpu", "%u", gate_a.cpu);
}

static void observe_two_cpus(void)
{
	if (num_online_cpus() < 2)
		return;
	OBSERVE("workqueue.smp_ran_on_another_cpu", "%u", count_strays());
	observe_running_elsewhere();

	gate_init(&gate_a, 'a');
	gate_init(&gate_b, 'b');
	forget_notes();
	queue_work_on(0, system_wq, &gate_a.work);
	arrives(&gate_a.inside);
	queue_work_on(1, system_wq, &gate_b.work);
	arrives(&gate_b.inside);
	gate_end(&gate_a);
	gate_end(&gate_b);
	OBSERVE("workqueue.smp_two_cpus_side_by_side", "%s", noted());
}

static int __init workqueue_conformance_init(void)
{
	stay_on_cpu_0();
	observe_answers();
	observe_order();
	observe_concurrency();
	observe_context();
	observe_queueing_contexts();
	observe_free();
	observe_two_cpus();
	leave_cpu_0();
	return 0;
}

static void __exit workqueue_conformance_exit(void)
{
}

module_init(workqueue_conformance_init);
module_exit(workqueue_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: workqueues, queueing and running");
