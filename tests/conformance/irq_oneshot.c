// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: the threads of lines, further: who may wake one, what masks a line while it runs, lines that
 * nest into the thread of another.
 */
#include "irq_pair.h"

#define NO_SUCH_LINE	0x7ffffff

static bool disabled(int irq)
{
	return irqd_irq_disabled(irq_get_irq_data(irq));
}

/* ---- waking ---- */

static void woken_by_others(void)
{
	int irq = begin_line(&line_chip, handle_edge_irq, pair_handler, 0, false);

	irq_wake_thread(irq, &pair);
	irq_wake_thread(irq, &other);		/* nobody's */
	irq_wake_thread(NO_SUCH_LINE, &pair);
	wait_for_runs(irq, 1);
	OBSERVE("irq_oneshot.woken_with_the_right_dev_only", "%s", noted());
	forget_notes();
	disable_irq(irq);
	irq_wake_thread(irq, &pair);
	wait_for_runs(irq, 1);
	OBSERVE("irq_oneshot.woken_while_disabled", "%s", noted());
	enable_irq(irq);
	end_line(irq);

	irq = line_make(&line_chip, handle_edge_irq);
	begin(false);
	if (request_irq(irq, content_handler, 0, "conformance", &pair))
		return;
	forget_notes();
	irq_wake_thread(irq, &pair);
	synchronize_irq(irq);
	OBSERVE("irq_oneshot.woken_without_thread", "%s", noted());
	end_line(irq);
}

/* Woken many times while it runs: once more. */
static void woken_while_inside(void)
{
	int irq = begin_line(&line_chip, handle_edge_irq, pair_handler, 0, true), i;

	irq_wake_thread(irq, &pair);
	arrives(&pair.inside);
	for (i = 0; i < 10; i++)
		irq_wake_thread(irq, &pair);
	let_go(irq, 2);
	OBSERVE("irq_oneshot.woken_ten_times_while_inside", "%s", noted());
	end_line(irq);
}

/* Woken by hand, a thread of a line that stays masked has nothing to unmask. */
static void woken_by_hand(void)
{
	int irq = begin_line(&line_chip, handle_level_irq, pair_handler, IRQF_ONESHOT, false);

	irq_wake_thread(irq, &pair);
	wait_for_runs(irq, 1);
	OBSERVE("irq_oneshot.oneshot_woken_by_hand", "%s", noted());
	end_line(irq);
}

/* Linux says so, once for each handler. */
static void no_thread_to_wake(void)
{
	int irq = line_make(&line_chip, handle_level_irq);

	begin(false);
	if (request_irq(irq, pair_handler, 0, "conformance", &pair))
		return;
	forget_notes();
	line_fire(irq);
	OBSERVE("irq_oneshot.wakes_a_thread_that_there_is_not", "%s", noted());
	end_line(irq);
}

/* Only IRQ_WAKE_THREAD alone wakes it. */
static void answers(const char *name, irqreturn_t says)
{
	int irq = begin_line(&line_chip, handle_level_irq, pair_handler, IRQF_ONESHOT, false);

	pair.handler_says = says;
	line_fire(irq);
	if (says == IRQ_WAKE_THREAD)
		wait_for_runs(irq, 1);
	OBSERVE("irq_oneshot.handler_says_%s", "%s", name, noted());
	end_line(irq);
}

/* ---- masks ---- */

static void flow(const char *name, irq_flow_handler_t flow, unsigned long flags, struct irq_chip *chip)
{
	int irq = begin_line(chip, flow, pair_handler, flags, true);

	if (irq < 0)
		return;
	line_fire(irq);
	arrives(&pair.inside);
	note('.');
	OBSERVE("irq_oneshot.%s_masked_inside", "%s", name, yes_no(irqd_irq_masked(irq_get_irq_data(irq))));
	let_go(irq, 1);
	OBSERVE("irq_oneshot.%s", "%s", name, noted());
	end_line(irq);
}

static struct irq_chip safe_chip, eoi_threaded_chip;

static void flows(void)
{
	safe_chip = line_chip;
	safe_chip.flags = IRQCHIP_ONESHOT_SAFE;
	eoi_threaded_chip = line_chip;
	eoi_threaded_chip.flags = IRQCHIP_EOI_THREADED;
	flow("level_without", handle_level_irq, 0, &line_chip);
	flow("fasteoi", handle_fasteoi_irq, IRQF_ONESHOT, &line_chip);
	flow("fasteoi_without", handle_fasteoi_irq, 0, &line_chip);
	flow("fasteoi_of_an_eoi_threaded_chip", handle_fasteoi_irq, IRQF_ONESHOT, &eoi_threaded_chip);
	flow("simple", handle_simple_irq, IRQF_ONESHOT, &line_chip);
	flow("level_of_a_safe_chip", handle_level_irq, IRQF_ONESHOT, &safe_chip);
}

/* Disabled while the thread is inside: the end of the thread does not unmask it. */
static void disabled_inside(void)
{
	int irq = begin_line(&line_chip, handle_level_irq, pair_handler, IRQF_ONESHOT, true);

	line_fire(irq);
	arrives(&pair.inside);
	disable_irq_nosync(irq);
	let_go(irq, 1);
	OBSERVE("irq_oneshot.disabled_while_inside", "%s", noted());
	enable_irq(irq);
	OBSERVE("irq_oneshot.disabled_while_inside_enabled", "%s", noted());
	end_line(irq);
}

/* Disabled and enabled while it is inside: enabling lets nothing through that the thread must end first. */
static void enabled_inside(void)
{
	int irq = begin_line(&line_chip, handle_level_irq, pair_handler, IRQF_ONESHOT, true);

	line_fire(irq);
	arrives(&pair.inside);
	disable_irq_nosync(irq);
	enable_irq(irq);
	note('.');
	let_go(irq, 1);
	OBSERVE("irq_oneshot.disabled_and_enabled_while_inside", "%s", noted());
	end_line(irq);
}

/* It comes while its thread has it masked: as an interrupt that was under way may. */
static void comes_while_inside(const char *name, irq_flow_handler_t flow, unsigned int runs)
{
	int irq = begin_line(&line_chip, flow, pair_handler, IRQF_ONESHOT, true);

	line_fire(irq);
	arrives(&pair.inside);
	line_fire(irq);
	note('.');
	let_go(irq, runs);
	OBSERVE("irq_oneshot.%s_comes_while_inside", "%s", name, noted());
	end_line(irq);
}

/* ---- names ---- */

static void name_of(const char *what, const char *name)
{
	int irq = line_make(&line_chip, handle_edge_irq);
	char whole[64];

	begin(false);
	if (request_threaded_irq(irq, pair_handler, pair_thread, 0, name, &pair))
		return;
	line_fire(irq);
	wait_for_runs(irq, 1);
	snprintf(whole, sizeof(whole), "irq/%d-%s", irq, name);
	OBSERVE("irq_oneshot.thread_name_%s", "%s", what,
		!strcmp(pair.name, whole) ? "whole" :
		!strncmp(pair.name, whole, TASK_COMM_LEN - 1) ? "cut" : "another");
	end_line(irq);
}

/* ---- nested ---- */

static irqreturn_t nested_fn(int irq, void *dev)
{
	note('n');
	return pair.thread_says;
}

static int begin_nested(void)
{
	int irq = line_make(&line_chip, handle_simple_irq);

	begin(false);
	irq_set_nested_thread(irq, 1);
	return irq;
}

static void nested(void)
{
	int irq = begin_nested(), error;

	error = request_threaded_irq(irq, NULL, nested_fn, 0, "conformance", &pair);
	OBSERVE("irq_oneshot.nested_thread_alone", "%d, %s", error, noted());
	free_irq(irq, &pair);
	error = request_threaded_irq(irq, content_handler, nested_fn, 0, "conformance", &pair);
	OBSERVE("irq_oneshot.nested_with_both", "%d", error);
	forget_notes();
	handle_nested_irq(irq);
	OBSERVE("irq_oneshot.nested_with_both_runs", "%s", noted());
	disable_irq(irq);
	handle_nested_irq(irq);
	OBSERVE("irq_oneshot.nested_while_disabled_runs", "%s", noted());
	enable_irq(irq);
	let_replays_come();
	OBSERVE("irq_oneshot.nested_enabled_runs", "%s", noted());
	pair.thread_says = IRQ_NONE;
	forget_notes();
	handle_nested_irq(irq);
	OBSERVE("irq_oneshot.nested_says_none_runs", "%s, %s", noted(), yes_no(disabled(irq)));
	free_irq(irq, &pair);
	forget_notes();
	handle_nested_irq(irq);
	OBSERVE("irq_oneshot.nested_without_user_runs", "%s", noted());
	line_unmake(irq);
}

static void nested_shared(void)
{
	int irq = begin_nested();

	other.thread = 'x';		/* pair's is nested_fn() */
	if (request_threaded_irq(irq, NULL, nested_fn, IRQF_SHARED | IRQF_ONESHOT, "first", &pair) ||
	    request_threaded_irq(irq, NULL, pair_thread, IRQF_SHARED | IRQF_ONESHOT, "second", &other))
		return;
	forget_notes();
	handle_nested_irq(irq);
	OBSERVE("irq_oneshot.nested_shared_runs", "%s", noted());
	free_irq(irq, &other);
	end_line(irq);
}

static void any_context(void)
{
	int irq = begin_nested(), error;

	error = request_any_context_irq(irq, nested_fn, 0, "conformance", &pair);
	OBSERVE("irq_oneshot.any_context_nested", "%d", error);
	free_irq(irq, &pair);
	irq_set_nested_thread(irq, 0);
	error = request_any_context_irq(irq, content_handler, 0, "conformance", &pair);
	OBSERVE("irq_oneshot.any_context_not_nested", "%d", error);
	free_irq(irq, &pair);
	irq_set_status_flags(irq, IRQ_NOREQUEST);
	error = request_any_context_irq(irq, content_handler, 0, "conformance", &pair);
	OBSERVE("irq_oneshot.any_context_norequest", "%d", error);
	line_unmake(irq);
	OBSERVE("irq_oneshot.any_context_no_such_line", "%d",
		request_any_context_irq(NO_SUCH_LINE, content_handler, 0, "conformance", &pair));
	OBSERVE("irq_oneshot.any_context_not_connected", "%d",
		request_any_context_irq(IRQ_NOTCONNECTED, content_handler, 0, "conformance", &pair));
}

static int __init irq_oneshot_conformance_init(void)
{
	stay_on_cpu_0();
	woken_by_others();
	woken_while_inside();
	woken_by_hand();
	no_thread_to_wake();
	answers("none", IRQ_NONE);
	answers("handled", IRQ_HANDLED);
	answers("wake", IRQ_WAKE_THREAD);
	answers("handled_and_wake", IRQ_HANDLED | IRQ_WAKE_THREAD);
	flows();
	disabled_inside();
	enabled_inside();
	comes_while_inside("level", handle_level_irq, 2);
	comes_while_inside("edge", handle_edge_irq, 2);
	name_of("short", "device");
	name_of("long", "a-name-that-is-longer-than-that-of-a-task");
	nested();
	nested_shared();
	any_context();
	return all_lines_unmade();
}

static void __exit irq_oneshot_conformance_exit(void)
{
}

module_init(irq_oneshot_conformance_init);
module_exit(irq_oneshot_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: threads of lines, further");
