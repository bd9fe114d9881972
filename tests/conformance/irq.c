// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: requesting and freeing lines, flows, disabling.
 */
#include "irq_line.h"

static struct line_user first, second;

static void begin(void)
{
	first = (struct line_user){ .letter = '1', .answer = IRQ_HANDLED };
	second = (struct line_user){ .letter = '2', .answer = IRQ_HANDLED };
	forget_notes();
}

/* A line of @flow for the first user, or for another handler. */
static int begin_line(irq_flow_handler_t flow, unsigned long flags)
{
	begin();
	return line_with(&line_chip, flow, line_handler, flags, &first);
}

static int begin_line_of(irq_flow_handler_t flow, irq_handler_t handler)
{
	begin();
	return line_with(&line_chip, flow, handler, 0, &first);
}

/* What a request of line @irq answers; it is given back at once. */
static int try_request(unsigned int irq, irq_handler_t handler, unsigned long flags, void *dev)
{
	int error = request_irq(irq, handler, flags, "conformance", dev);

	if (!error)
		free_irq(irq, dev);
	return error;
}

/* The same while first has the line, with @held; or a number below -1000. */
static int try_second(irq_flow_handler_t flow, unsigned long held, unsigned long flags)
{
	int irq = line_make(&line_chip, flow);
	int error;

	begin();
	error = request_irq(irq, line_handler, held, "first", &first);
	if (error) {
		error -= 1000;
	} else {
		error = try_request(irq, line_handler, flags, &second);
		free_irq(irq, &first);
	}
	line_unmake(irq);
	return error;
}

/* ---- what a request answers ---- */

static void observe_request(void)
{
	int irq = line_make(&line_chip, handle_simple_irq);
	const char *name;

	begin();
	OBSERVE("irq.has_action_before", "%d", irq_has_action(irq));
	OBSERVE("irq.request", "%d", request_irq(irq, line_handler, 0, "conformance", &first));
	OBSERVE("irq.has_action", "%d", irq_has_action(irq));
	OBSERVE("irq.request_line_in_use", "%d",
		request_irq(irq, line_handler, 0, "conformance", &second));
	OBSERVE("irq.request_line_in_use_by_same", "%d",
		request_irq(irq, line_handler, 0, "conformance", &first));
	name = free_irq(irq, &first);
	OBSERVE("irq.free_returns", "%s", name ? name : "null");
	OBSERVE("irq.has_action_after", "%d", irq_has_action(irq));
	OBSERVE("irq.request_again", "%d", try_request(irq, line_handler, 0, &first));
	OBSERVE("irq.request_without_dev", "%d", try_request(irq, line_handler, 0, NULL));
	line_unmake(irq);
}

static void observe_refusals(void)
{
	int irq = line_make(&line_chip, handle_simple_irq);
	int bare = line_make(NULL, NULL);

	OBSERVE("irq.request_without_handler", "%d", try_request(irq, NULL, 0, &first));
	OBSERVE("irq.request_not_connected", "%d",
		try_request(IRQ_NOTCONNECTED, line_handler, 0, &first));
	OBSERVE("irq.request_no_such_line", "%d",
		try_request(0x7ffffff, line_handler, 0, &first));
	OBSERVE("irq.request_line_without_chip", "%d",
		try_request(bare, line_handler, 0, &first));
	OBSERVE("irq.request_shared_without_dev", "%d",
		try_request(irq, line_handler, IRQF_SHARED, NULL));
	OBSERVE("irq.request_shared_no_autoen", "%d",
		try_request(irq, line_handler, IRQF_SHARED | IRQF_NO_AUTOEN, &first));
	OBSERVE("irq.request_no_autoen", "%d",
		try_request(irq, line_handler, IRQF_NO_AUTOEN, &first));
	OBSERVE("irq.request_cond_suspend", "%d",
		try_request(irq, line_handler, IRQF_COND_SUSPEND, &first));
	OBSERVE("irq.request_shared_cond_suspend", "%d",
		try_request(irq, line_handler, IRQF_SHARED | IRQF_COND_SUSPEND, &first));
	OBSERVE("irq.request_no_suspend_and_cond_suspend", "%d",
		try_request(irq, line_handler, IRQF_SHARED | IRQF_NO_SUSPEND | IRQF_COND_SUSPEND,
			    &first));
	OBSERVE("irq.request_timer", "%d", try_request(irq, line_handler, IRQF_TIMER, &first));
	OBSERVE("irq.request_oneshot_without_thread", "%d",
		try_request(irq, line_handler, IRQF_ONESHOT, &first));
	line_type_error = -ENXIO;
	OBSERVE("irq.request_type_that_chip_refuses", "%d",
		try_request(irq, line_handler, IRQF_TRIGGER_HIGH, &first));
	OBSERVE("irq.request_no_type_of_that_chip", "%d",
		try_request(irq, line_handler, 0, &first));
	line_type_error = 0;
	irq_set_status_flags(irq, IRQ_NOREQUEST);
	OBSERVE("irq.request_norequest", "%d", try_request(irq, line_handler, 0, &first));
	irq_clear_status_flags(irq, IRQ_NOREQUEST);
	OBSERVE("irq.request_any_context", "%d",
		request_any_context_irq(irq, line_handler, 0, "conformance", &first));
	free_irq(irq, &first);
	line_unmake(bare);
	line_unmake(irq);
}

/* ---- sharing ---- */

#define OBSERVE_SHARING(name, flow, held, flags) \
	OBSERVE("irq.share_" name, "%d", try_second(flow, held, flags))

static void observe_sharing_rules(void)
{
	const unsigned long shared = IRQF_SHARED;

	OBSERVE_SHARING("both", handle_simple_irq, shared, shared);
	OBSERVE_SHARING("second_does_not", handle_simple_irq, shared, 0);
	OBSERVE_SHARING("first_does_not", handle_simple_irq, 0, shared);
	OBSERVE_SHARING("first_does_not_second_probes", handle_simple_irq, 0,
			shared | IRQF_PROBE_SHARED);
	OBSERVE_SHARING("same_type", handle_level_irq, shared | IRQF_TRIGGER_HIGH,
			shared | IRQF_TRIGGER_HIGH);
	OBSERVE_SHARING("other_type", handle_level_irq, shared | IRQF_TRIGGER_HIGH,
			shared | IRQF_TRIGGER_RISING);
	OBSERVE_SHARING("second_leaves_type_open", handle_level_irq, shared | IRQF_TRIGGER_HIGH,
			shared);
	OBSERVE_SHARING("first_leaves_type_open", handle_level_irq, shared,
			shared | IRQF_TRIGGER_HIGH);
	OBSERVE_SHARING("second_is_oneshot", handle_level_irq, shared, shared | IRQF_ONESHOT);
	OBSERVE_SHARING("first_is_oneshot", handle_level_irq, shared | IRQF_ONESHOT, shared);
	OBSERVE_SHARING("both_are_oneshot", handle_level_irq, shared | IRQF_ONESHOT,
			shared | IRQF_ONESHOT);
	OBSERVE_SHARING("second_is_percpu", handle_level_irq, shared, shared | IRQF_PERCPU);
}

/* Since 6.9 a request that says nothing of it means this, too. */
static void observe_cond_oneshot(void)
{
#ifdef IRQF_COND_ONESHOT
	const unsigned long shared = IRQF_SHARED;

	OBSERVE_SHARING("cond_oneshot_alone", handle_level_irq, shared | IRQF_COND_ONESHOT, shared);
	OBSERVE_SHARING("cond_oneshot_joins_oneshot", handle_level_irq, shared | IRQF_ONESHOT,
			shared | IRQF_COND_ONESHOT);
	OBSERVE_SHARING("cond_oneshot_joins_other", handle_level_irq, shared,
			shared | IRQF_COND_ONESHOT);
#endif
}

static void observe_shared_line(void)
{
	int irq = line_make(&line_chip, handle_simple_irq);

	begin();
	if (request_irq(irq, line_handler, IRQF_SHARED, "first", &first) ||
	    request_irq(irq, line_handler, IRQF_SHARED, "second", &second))
		return;
	forget_notes();
	line_fire(irq);
	OBSERVE("irq.shared_both_called", "%s", noted());
	first.answer = IRQ_NONE;
	line_fire(irq);
	OBSERVE("irq.shared_first_says_none", "%s", noted());
	free_irq(irq, &first);
	forget_notes();
	line_fire(irq);
	OBSERVE("irq.shared_first_is_gone", "%s", noted());
	/* Linux warns, and nothing else. */
	OBSERVE("irq.free_one_that_is_gone", "%s", free_irq(irq, &first) ? "a name" : "null");
	free_irq(irq, &second);
	line_unmake(irq);
}

/* ---- flows ---- */

static void observe_flow(const char *name, irq_flow_handler_t flow, irqreturn_t answer)
{
	int irq = line_make(&line_chip, flow);

	begin();
	first.answer = answer;
	if (request_irq(irq, line_handler, 0, "conformance", &first))
		return;
	OBSERVE("irq.%s_begins", "%s", name, noted());
	forget_notes();
	line_fire(irq);
	OBSERVE("irq.%s_flow", "%s", name, noted());
	forget_notes();
	free_irq(irq, &first);
	OBSERVE("irq.%s_ends", "%s", name, noted());
	line_unmake(irq);
}

static irqreturn_t nested_handler(int irq, void *dev)
{
	note('1');
	/* It comes once more, on the same CPU, while its handler runs. */
	if (!first.runs++)
		generic_handle_irq(irq);
	note('.');
	return IRQ_HANDLED;
}

static void observe_nested(const char *name, irq_flow_handler_t flow)
{
	int irq = begin_line_of(flow, nested_handler);

	line_fire(irq);
	OBSERVE("irq.%s_comes_while_in_progress", "%s", name, noted());
	line_drop(irq, &first);
}

static void observe_flows(void)
{
	observe_flow("level", handle_level_irq, IRQ_HANDLED);
	observe_flow("level_unhandled", handle_level_irq, IRQ_NONE);
	observe_flow("edge", handle_edge_irq, IRQ_HANDLED);
	observe_flow("fasteoi", handle_fasteoi_irq, IRQ_HANDLED);
	observe_flow("simple", handle_simple_irq, IRQ_HANDLED);
	observe_nested("level", handle_level_irq);
	observe_nested("edge", handle_edge_irq);
	observe_nested("fasteoi", handle_fasteoi_irq);
	observe_nested("simple", handle_simple_irq);
}

/* ---- inside ---- */

static struct {
	bool in_hardirq, in_interrupt, in_task, in_softirq, irqs_off, in_progress, own_number;
} seen;

static irqreturn_t seeing_handler(int irq, void *dev)
{
	seen.in_hardirq = in_hardirq();
	seen.in_interrupt = in_interrupt();
	seen.in_task = in_task();
	seen.in_softirq = in_softirq();
	seen.irqs_off = irqs_disabled();
	seen.in_progress = irqd_irq_inprogress(irq_get_irq_data(irq));
	seen.own_number = irq == line_firing && dev == &first;
	return IRQ_HANDLED;
}

static void observe_inside(void)
{
	int irq = begin_line_of(handle_level_irq, seeing_handler);

	line_fire(irq);
	OBSERVE("irq.inside_in_hardirq", "%s", yes_no(seen.in_hardirq));
	OBSERVE("irq.inside_in_interrupt", "%s", yes_no(seen.in_interrupt));
	OBSERVE("irq.inside_in_task", "%s", yes_no(seen.in_task));
	OBSERVE("irq.inside_in_softirq", "%s", yes_no(seen.in_softirq));
	OBSERVE("irq.inside_irqs_disabled", "%s", yes_no(seen.irqs_off));
	OBSERVE("irq.inside_in_progress", "%s", yes_no(seen.in_progress));
	OBSERVE("irq.inside_gets_line_and_dev", "%s", yes_no(seen.own_number));
	OBSERVE("irq.after_in_progress", "%s",
		yes_no(irqd_irq_inprogress(irq_get_irq_data(irq))));
	line_drop(irq, &first);
}

/* ---- disabling ---- */

static void observe_disable(const char *name, irq_flow_handler_t flow, unsigned long flags)
{
	int irq = begin_line(flow, flags);
	struct irq_data *data = irq_get_irq_data(irq);

	disable_irq(irq);
	OBSERVE("irq.%s_disable_asks_chip", "%s", name, noted());
	OBSERVE("irq.%s_disabled", "%d", name, irqd_irq_disabled(data));
	disable_irq_nosync(irq);
	line_fire(irq);
	line_fire(irq);
	OBSERVE("irq.%s_fired_twice_while_disabled", "%s", name, noted());
	enable_irq(irq);
	let_replays_come();
	OBSERVE("irq.%s_enabled_once_of_two", "%u", name, first.runs);
	OBSERVE("irq.%s_enabled_once_of_two_disabled", "%d", name, irqd_irq_disabled(data));
	enable_irq(irq);
	let_replays_come();
	OBSERVE("irq.%s_enabled_runs", "%u", name, first.runs);
	OBSERVE("irq.%s_enabled_disabled", "%d", name, irqd_irq_disabled(data));
	forget_notes();
	line_fire(irq);
	OBSERVE("irq.%s_fired_after_enable", "%s", name, noted());
	line_drop(irq, &first);
}

static void observe_autoen(void)
{
	int irq = line_make(&line_chip, handle_level_irq);

	begin();
	if (request_irq(irq, line_handler, IRQF_NO_AUTOEN, "conformance", &first))
		return;
	OBSERVE("irq.no_autoen_begins", "%s", noted());
	OBSERVE("irq.no_autoen_disabled", "%d", irqd_irq_disabled(irq_get_irq_data(irq)));
	enable_irq(irq);
	OBSERVE("irq.no_autoen_enabled", "%s", noted());
	forget_notes();
	line_fire(irq);
	OBSERVE("irq.no_autoen_enabled_fires", "%s", noted());
	/* One too many: Linux warns. */
	enable_irq(irq);
	disable_irq(irq);
	OBSERVE("irq.enabled_too_often_then_disabled", "%d",
		irqd_irq_disabled(irq_get_irq_data(irq)));
	line_drop(irq, &first);

	irq = line_make(&line_chip, handle_level_irq);
	irq_set_status_flags(irq, IRQ_NOAUTOEN);
	begin();
	if (request_irq(irq, line_handler, 0, "conformance", &first))
		return;
	OBSERVE("irq.noautoen_line_disabled", "%d", irqd_irq_disabled(irq_get_irq_data(irq)));
	line_drop(irq, &first);

	irq = line_make(&line_chip, handle_edge_irq);
	irq_set_status_flags(irq, IRQ_DISABLE_UNLAZY);
	begin();
	if (request_irq(irq, line_handler, 0, "conformance", &first))
		return;
	forget_notes();
	disable_irq(irq);
	OBSERVE("irq.unlazy_disable_asks_chip", "%s", noted());
	enable_irq(irq);
	OBSERVE("irq.unlazy_enable_asks_chip", "%s", noted());
	line_drop(irq, &first);
}

static irqreturn_t disabling_handler(int irq, void *dev)
{
	note('1');
	disable_irq_nosync(irq);
	return IRQ_HANDLED;
}

static void observe_disable_inside(void)
{
	int irq = begin_line_of(handle_level_irq, disabling_handler);

	line_fire(irq);
	OBSERVE("irq.disabled_by_its_handler", "%s", noted());
	enable_irq(irq);
	OBSERVE("irq.disabled_by_its_handler_then_enabled", "%s", noted());
	line_drop(irq, &first);
}

static int __init irq_conformance_init(void)
{
	stay_on_cpu_0();
	observe_request();
	observe_refusals();
	observe_sharing_rules();
	observe_cond_oneshot();
	observe_shared_line();
	observe_flows();
	observe_inside();
	observe_disable("level_of_no_type", handle_level_irq, 0);
	observe_disable("level_high", handle_level_irq, IRQF_TRIGGER_HIGH);
	observe_disable("edge", handle_edge_irq, 0);
	observe_disable("fasteoi", handle_fasteoi_irq, 0);
	observe_disable("simple", handle_simple_irq, 0);
	observe_autoen();
	observe_disable_inside();
	return all_lines_unmade();
}

static void __exit irq_conformance_exit(void)
{
}

module_init(irq_conformance_init);
module_exit(irq_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: lines and their handlers");
