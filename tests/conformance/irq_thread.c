// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: handlers in threads.
 */
#include "irq_pair.h"

/* Its threads need not have the line masked meanwhile. */
static struct irq_chip oneshot_safe_chip = {
	.name = "conformance-os",
	.irq_mask = line_mask,
	.irq_unmask = line_unmask,
	.irq_ack = line_ack,
	.irq_eoi = line_eoi,
	.irq_set_affinity = line_set_affinity,
	.flags = IRQCHIP_ONESHOT_SAFE,
};

static struct actor actor;

/* ---- what a request answers ---- */

static int try_threaded(struct irq_chip *chip, irq_handler_t handler, irq_handler_t thread,
			unsigned long flags)
{
	int irq = line_make(chip, handle_level_irq);
	int error;

	begin(false);
	error = request_threaded_irq(irq, handler, thread, flags, "conformance", &pair);
	if (!error)
		free_irq(irq, &pair);
	line_unmake(irq);
	return error;
}

static void observe_request(void)
{
	OBSERVE("irq_thread.handler_and_thread", "%d",
		try_threaded(&line_chip, pair_handler, pair_thread, 0));
	OBSERVE("irq_thread.handler_and_thread_oneshot", "%d",
		try_threaded(&line_chip, pair_handler, pair_thread, IRQF_ONESHOT));
	OBSERVE("irq_thread.thread_alone", "%d",
		try_threaded(&line_chip, NULL, pair_thread, 0));
	OBSERVE("irq_thread.thread_alone_oneshot", "%d",
		try_threaded(&line_chip, NULL, pair_thread, IRQF_ONESHOT));
	OBSERVE("irq_thread.thread_alone_on_oneshot_safe_chip", "%d",
		try_threaded(&oneshot_safe_chip, NULL, pair_thread, 0));
	OBSERVE("irq_thread.neither", "%d", try_threaded(&line_chip, NULL, NULL, 0));
	OBSERVE("irq_thread.neither_oneshot", "%d",
		try_threaded(&line_chip, NULL, NULL, IRQF_ONESHOT));
	OBSERVE("irq_thread.handler_alone", "%d",
		try_threaded(&line_chip, content_handler, NULL, 0));
	OBSERVE("irq_thread.shared_without_autoen", "%d",
		try_threaded(&line_chip, pair_handler, pair_thread, IRQF_SHARED | IRQF_NO_AUTOEN));
	OBSERVE("irq_thread.no_thread_flag", "%d",
		try_threaded(&line_chip, pair_handler, pair_thread, IRQF_NO_THREAD));
	OBSERVE("irq_thread.percpu", "%d",
		try_threaded(&line_chip, pair_handler, pair_thread, IRQF_PERCPU));
}

static int try_join(unsigned long held, unsigned long flags)
{
	int irq = line_make(&line_chip, handle_level_irq);
	int error;

	begin(false);
	if (request_threaded_irq(irq, pair_handler, pair_thread, held, "first", &pair))
		return -1000;
	error = request_threaded_irq(irq, pair_handler, pair_thread, flags, "second", &other);
	if (!error)
		free_irq(irq, &other);
	end_line(irq);
	return error;
}

static void observe_sharing(void)
{
	const unsigned long shared = IRQF_SHARED;

	OBSERVE("irq_thread.share_both_oneshot", "%d",
		try_join(shared | IRQF_ONESHOT, shared | IRQF_ONESHOT));
	OBSERVE("irq_thread.share_oneshot_with_other", "%d",
		try_join(shared | IRQF_ONESHOT, shared));
	OBSERVE("irq_thread.share_other_with_oneshot", "%d",
		try_join(shared, shared | IRQF_ONESHOT));
#ifdef IRQF_COND_ONESHOT
	OBSERVE("irq_thread.share_oneshot_with_cond", "%d",
		try_join(shared | IRQF_ONESHOT, shared | IRQF_COND_ONESHOT));
	OBSERVE("irq_thread.share_other_with_cond", "%d",
		try_join(shared, shared | IRQF_COND_ONESHOT));
	OBSERVE("irq_thread.thread_alone_cond_oneshot", "%d",
		try_threaded(&line_chip, NULL, pair_thread, IRQF_COND_ONESHOT));
#endif
}

/* ---- flows ---- */

static void observe_flow(const char *name, struct irq_chip *chip, irq_flow_handler_t flow,
			 irq_handler_t handler, unsigned long flags)
{
	int irq = begin_line(chip, flow, handler, flags, true);

	if (irq < 0)
		return;
	line_fire(irq);
	arrives(&pair.inside);
	note('.');
	let_go(irq, 1);
	OBSERVE("irq_thread.%s", "%s", name, noted());
	end_line(irq);
}

static void observe_flows(void)
{
	observe_flow("level_oneshot", &line_chip, handle_level_irq, pair_handler, IRQF_ONESHOT);
	observe_flow("level_oneshot_thread_alone", &line_chip, handle_level_irq, NULL,
		     IRQF_ONESHOT);
	observe_flow("edge", &line_chip, handle_edge_irq, pair_handler, 0);
	observe_flow("edge_oneshot", &line_chip, handle_edge_irq, pair_handler, IRQF_ONESHOT);
	observe_flow("simple", &line_chip, handle_simple_irq, pair_handler, 0);
}

static void observe_content_handler(void)
{
	int irq = begin_line(&line_chip, handle_level_irq, content_handler, IRQF_ONESHOT, false);

	if (irq < 0)
		return;
	line_fire(irq);
	synchronize_irq(irq);
	OBSERVE("irq_thread.handler_that_needs_no_thread", "%s", noted());
	forget_notes();
	irq_wake_thread(irq, &pair);
	wait_for_runs(irq, 1);
	OBSERVE("irq_thread.woken_by_a_task", "%s", noted());
	end_line(irq);
}

/* It fires twice more while the thread is inside: one more run. */
static void observe_again(void)
{
	int irq = begin_line(&line_chip, handle_edge_irq, pair_handler, 0, true);

	if (irq < 0)
		return;
	line_fire(irq);
	arrives(&pair.inside);
	line_fire(irq);
	line_fire(irq);
	let_go(irq, 2);
	OBSERVE("irq_thread.fired_twice_while_inside", "%s", noted());
	end_line(irq);
}

static void observe_two_threads(void)
{
	const unsigned long flags = IRQF_SHARED | IRQF_ONESHOT;
	int irq = line_make(&line_chip, handle_level_irq);

	begin(true);
	if (request_threaded_irq(irq, pair_handler, pair_thread, flags, "first", &pair) ||
	    request_threaded_irq(irq, pair_handler, pair_thread, flags, "second", &other))
		return;
	forget_notes();
	line_fire(irq);
	arrives(&pair.inside);
	arrives(&other.inside);
	forget_notes();
	complete(&pair.open);
	arrives(&pair.ended);
	note('.');
	complete(&other.open);
	synchronize_irq(irq);
	OBSERVE("irq_thread.shared_unmasked_by_the_last", "%s", noted());
	free_irq(irq, &pair);
	free_irq(irq, &other);
	line_unmake(irq);
}

/* ---- inside a thread ---- */

static struct {
	bool in_task, in_interrupt, in_softirq, irqs_off, atomic_context, kthread, own;
	unsigned int policy, priority;
	char name[TASK_COMM_LEN];
	struct completion done;
} seen;

static irqreturn_t seeing_thread(int irq, void *dev)
{
	seen.in_task = in_task();
	seen.in_interrupt = in_interrupt();
	seen.in_softirq = in_softirq();
	seen.irqs_off = irqs_disabled();
	seen.atomic_context = in_atomic();
	seen.kthread = current->flags & PF_KTHREAD;
	seen.own = irq == line_firing && dev == &pair;
	seen.policy = current->policy;
	seen.priority = current->rt_priority;
	get_task_comm(seen.name, current);
	complete(&seen.done);
	return IRQ_HANDLED;
}

static void observe_inside(void)
{
	int irq = line_make(&line_chip, handle_level_irq);
	char name[TASK_COMM_LEN];

	begin(false);
	init_completion(&seen.done);
	if (request_threaded_irq(irq, pair_handler, seeing_thread, IRQF_ONESHOT, "edge-case",
				 &pair))
		return;
	line_fire(irq);
	arrives(&seen.done);
	OBSERVE("irq_thread.inside_in_task", "%s", yes_no(seen.in_task));
	OBSERVE("irq_thread.inside_in_interrupt", "%s", yes_no(seen.in_interrupt));
	OBSERVE("irq_thread.inside_in_softirq", "%s", yes_no(seen.in_softirq));
	OBSERVE("irq_thread.inside_irqs_disabled", "%s", yes_no(seen.irqs_off));
	OBSERVE("irq_thread.inside_in_atomic", "%s", yes_no(seen.atomic_context));
	OBSERVE("irq_thread.inside_pf_kthread", "%s", yes_no(seen.kthread));
	OBSERVE("irq_thread.inside_gets_line_and_dev", "%s", yes_no(seen.own));
	OBSERVE("irq_thread.inside_policy", "%u", seen.policy);
	OBSERVE("irq_thread.inside_priority", "%u", seen.priority);
	snprintf(name, sizeof(name), "irq/%d-edge-case", irq);
	OBSERVE("irq_thread.inside_name_is_irq_number_and_device", "%s",
		yes_no(!strcmp(name, seen.name)));
	end_line(irq);
}

/* ---- who waits for a thread ---- */

static int line_of_actor;

static int act_synchronize(void *unused)
{
	synchronize_irq(line_of_actor);
	note('.');
	return 0;
}

static int act_disable(void *unused)
{
	disable_irq(line_of_actor);
	note('.');
	return 0;
}

static int act_free(void *unused)
{
	free_irq(line_of_actor, &pair);
	note('.');
	return 0;
}

/* A line whose thread is inside; 0 if there is none. */
static int line_with_thread_inside(void)
{
	line_of_actor = begin_line(&line_chip, handle_edge_irq, pair_handler, 0, true);
	if (line_of_actor < 0)
		return 0;
	line_fire(line_of_actor);
	arrives(&pair.inside);
	forget_notes();
	return line_of_actor;
}

static void observe_waiting(void)
{
	int irq = line_with_thread_inside();

	actor_start(&actor, act_synchronize, NULL);
	OBSERVE("irq_thread.synchronize_blocks", "%s", yes_no(actor_sleeps(&actor)));
	complete(&pair.open);
	actor_join(&actor);
	OBSERVE("irq_thread.synchronize_order", "%s", noted());
	end_line(irq);

	irq = line_with_thread_inside();
	OBSERVE("irq_thread.disable_hardirq_with_thread_inside", "%d", disable_hardirq(irq));
	enable_irq(irq);
	disable_irq_nosync(irq);
	OBSERVE("irq_thread.disable_nosync_with_thread_inside", "%s", noted());
	enable_irq(irq);
	actor_start(&actor, act_disable, NULL);
	OBSERVE("irq_thread.disable_blocks", "%s", yes_no(actor_sleeps(&actor)));
	complete(&pair.open);
	actor_join(&actor);
	OBSERVE("irq_thread.disable_order", "%s", noted());
	OBSERVE("irq_thread.disable_hardirq_with_none_inside", "%d", disable_hardirq(irq));
	enable_irq(irq);
	enable_irq(irq);
	end_line(irq);

	irq = line_with_thread_inside();
	actor_start(&actor, act_free, NULL);
	OBSERVE("irq_thread.free_blocks", "%s", yes_no(actor_sleeps(&actor)));
	complete(&pair.open);
	actor_join(&actor);
	/* The chip masks the line at the beginning of free_irq(). */
	OBSERVE("irq_thread.free_order", "%s", noted());
	line_unmake(irq);
}

/* ---- nested ---- */

static struct {
	bool same_task;
	struct task_struct *parent;
} nest;

static irqreturn_t nested_thread(int irq, void *dev)
{
	nest.same_task = current == nest.parent;
	note('n');
	return IRQ_HANDLED;
}

static void observe_nested(void)
{
	int irq = line_make(&line_chip, handle_simple_irq);

	irq_set_nested_thread(irq, 1);
	begin(false);
	OBSERVE("irq_thread.nested_without_thread", "%d",
		request_threaded_irq(irq, content_handler, NULL, 0, "conformance", &pair));
	OBSERVE("irq_thread.nested_any_context", "%d",
		request_any_context_irq(irq, nested_thread, 0, "conformance", &pair));
	forget_notes();
	nest.parent = current;
	handle_nested_irq(irq);
	OBSERVE("irq_thread.nested_runs", "%s", noted());
	OBSERVE("irq_thread.nested_runs_in_the_caller", "%s", yes_no(nest.same_task));
	end_line(irq);
}

static int __init irq_thread_conformance_init(void)
{
	stay_on_cpu_0();
	observe_request();
	observe_sharing();
	observe_flows();
	observe_content_handler();
	observe_again();
	observe_two_threads();
	observe_inside();
	observe_waiting();
	observe_nested();
	return all_lines_unmade();
}

static void __exit irq_thread_conformance_exit(void)
{
}

module_init(irq_thread_conformance_init);
module_exit(irq_thread_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: interrupt handlers in threads");
