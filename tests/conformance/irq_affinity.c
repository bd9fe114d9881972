// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: to which CPUs a line goes: masks, what the chip answers, hints, notifiers; where the line's
 * thread runs.
 *
 * What
 *	Masks are printed as hexadecimal numbers. CPUs beyond those online are left out of all of them,
 *	and what needs a second CPU is observed where there is one.
 */
#include <linux/slab.h>

#include "irq_line.h"

#define NO_SUCH_LINE	0x7ffffff

static struct line_user first;
static int affinity_answer;
static bool tells_effective;

static unsigned long bits_of(const struct cpumask *mask)
{
	return mask ? cpumask_bits(mask)[0] & cpumask_bits(cpu_online_mask)[0] : 0;
}

/* The chip notes which CPUs it was asked for, 'A' plus their bits, and '!' if it was forced. */
static int set_affinity(struct irq_data *data, const struct cpumask *dest, bool force)
{
	note((char)('A' + bits_of(dest)));
	if (force)
		note('!');
	if (tells_effective)
		irq_data_update_effective_affinity(data, cpumask_of(cpumask_first(dest)));
	return affinity_answer;
}

static struct irq_chip chip;

static int begin_line(irq_flow_handler_t flow)
{
	int irq;

	affinity_answer = IRQ_SET_MASK_OK;
	tells_effective = true;
	chip = line_chip;
	chip.irq_set_affinity = set_affinity;
	first = (struct line_user){ .letter = '1', .answer = IRQ_HANDLED };
	irq = line_make(&chip, flow);
	/* x86 moves others only in their next interrupt. */
	irq_set_status_flags(irq, IRQ_MOVE_PCNTXT);
	return irq;
}

static int request(int irq, unsigned long flags)
{
	return request_irq(irq, line_handler, flags, "conformance", &first);
}

/* Mask, effective mask, what the chip was asked, whether somebody has set it. */
static const char *affinity(int irq)
{
	struct irq_data *data = irq_get_irq_data(irq);
	static char text[100];

	snprintf(text, sizeof(text), "%lx/%lx, %s, %s", bits_of(irq_data_get_affinity_mask(data)),
		 bits_of(irq_data_get_effective_affinity_mask(data)), noted(),
		 irqd_affinity_was_set(data) ? "set" : "not set");
	forget_notes();
	return text;
}

/* ---- one CPU is enough ---- */

static void defaults(void)
{
	int irq = begin_line(handle_level_irq);

	OBSERVE("irq_affinity.new_line_is_for_all", "%s",
		yes_no(bits_of(irq_get_affinity_mask(irq)) == bits_of(cpu_online_mask)));
	OBSERVE("irq_affinity.new_line_effective", "%lx", bits_of(irq_get_effective_affinity_mask(irq)));
	forget_notes();
	if (request(irq, 0))
		return;
	/* Two letters: 'u', and the one of the mask. */
	OBSERVE("irq_affinity.requested_unmasks_then_asks_chip_for_all", "%s",
		yes_no(!strcmp(noted(), (char []){ 'u', (char)('A' + bits_of(cpu_online_mask)), 0 })));
	OBSERVE("irq_affinity.requested_effective", "%lx", bits_of(irq_get_effective_affinity_mask(irq)));
	OBSERVE("irq_affinity.requested_was_set", "%d", irqd_affinity_was_set(irq_get_irq_data(irq)));
	line_drop(irq, &first);
}

static void to_cpu_0(void)
{
	int irq = begin_line(handle_level_irq), error;

	if (request(irq, 0))
		return;
	forget_notes();
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.set", "%d, %s", error, affinity(irq));
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.set_again", "%d, %s", error, affinity(irq));
	error = irq_force_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.forced", "%d, %s", error, affinity(irq));
	error = irq_set_affinity(irq, cpu_none_mask);
	OBSERVE("irq_affinity.set_to_nobody", "%d, %s", error, affinity(irq));
	affinity_answer = -EINVAL;
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.chip_refuses", "%d, %s", error, affinity(irq));
	affinity_answer = IRQ_SET_MASK_OK_DONE;
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.chip_says_done", "%d, %s", error, affinity(irq));
	affinity_answer = IRQ_SET_MASK_OK_NOCOPY;
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.chip_says_nocopy", "%d, %s", error, affinity(irq));
	/* It is tried again in the next interrupt. */
	affinity_answer = -EBUSY;
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.chip_is_busy", "%d, %s", error, affinity(irq));
	OBSERVE("irq_affinity.chip_is_busy_move_is_pending", "%d",
		irqd_is_setaffinity_pending(irq_get_irq_data(irq)));
	line_drop(irq, &first);
}

static struct irq_chip fixed_chip;

static void refusals(void)
{
	int irq, error;

	fixed_chip = line_chip;
	fixed_chip.irq_set_affinity = NULL;
	irq = line_make(&fixed_chip, handle_level_irq);
	if (request(irq, 0))
		return;
	OBSERVE("irq_affinity.set_of_a_chip_without", "%d", irq_set_affinity(irq, cpumask_of(0)));
	OBSERVE("irq_affinity.force_of_a_chip_without", "%d", irq_force_affinity(irq, cpumask_of(0)));
	OBSERVE("irq_affinity.hint_of_a_chip_without", "%d", irq_update_affinity_hint(irq, cpumask_of(0)));
	irq_update_affinity_hint(irq, NULL);
	line_drop(irq, &first);
	OBSERVE("irq_affinity.no_such_line_set", "%d", irq_set_affinity(NO_SUCH_LINE, cpumask_of(0)));
	OBSERVE("irq_affinity.no_such_line_hint", "%d",
		irq_update_affinity_hint(NO_SUCH_LINE, cpumask_of(0)));
	OBSERVE("irq_affinity.no_such_line_mask", "%s",
		yes_no(irq_get_affinity_mask(NO_SUCH_LINE) || irq_get_effective_affinity_mask(NO_SUCH_LINE)));

	/* Flags are for those who balance lines; whoever calls this knows what he does. */
	irq = begin_line(handle_level_irq);
	if (request(irq, IRQF_NOBALANCING))
		return;
	forget_notes();
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.set_of_nobalancing", "%d, %s", error, noted());
	line_drop(irq, &first);
	irq = begin_line(handle_level_irq);
	forget_notes();
	if (request(irq, IRQF_PERCPU))
		return;
	OBSERVE("irq_affinity.request_percpu_asks_chip", "%s", noted());
	forget_notes();
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.set_of_percpu", "%d, %s", error, noted());
	line_drop(irq, &first);
}

/* Before the request, and after the line was freed. */
static void out_of_use(void)
{
	int irq = begin_line(handle_level_irq), error;

	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.set_before_the_request", "%d, %s", error, affinity(irq));
	if (request(irq, 0))
		return;
	OBSERVE("irq_affinity.set_before_then_requested", "%s", affinity(irq));
	free_irq(irq, &first);
	forget_notes();
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.set_after_free", "%d, %s", error, affinity(irq));
	line_unmake(irq);
}

static void disabled(void)
{
	int irq = begin_line(handle_level_irq), error;

	if (request(irq, 0))
		return;
	disable_irq(irq);
	forget_notes();
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.set_while_disabled", "%d, %s", error, affinity(irq));
	enable_irq(irq);
	OBSERVE("irq_affinity.set_while_disabled_then_enabled", "%s", affinity(irq));
	line_drop(irq, &first);
}

static irqreturn_t moving_handler(int irq, void *dev)
{
	note('1');
	first.answer = irq_set_affinity(irq, cpumask_of(0));
	note('.');
	return IRQ_HANDLED;
}

static void in_the_handler(void)
{
	int irq = begin_line(handle_level_irq);

	if (request_irq(irq, moving_handler, 0, "conformance", &first))
		return;
	forget_notes();
	line_fire(irq);
	OBSERVE("irq_affinity.set_in_its_handler", "%d, %s", first.answer, noted());
	line_drop(irq, &first);
}

/* A line that may be moved in its interrupt only, and whose chip never says when. */
static void later(void)
{
	int irq = begin_line(handle_level_irq), error;

	irq_clear_status_flags(irq, IRQ_MOVE_PCNTXT);
	if (request(irq, 0))
		return;
	forget_notes();
	error = irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.later_set", "%d, %s", error, noted());
	OBSERVE("irq_affinity.later_set_is_pending", "%d",
		irqd_is_setaffinity_pending(irq_get_irq_data(irq)));
	line_fire(irq);
	OBSERVE("irq_affinity.later_fired", "%s", noted());
	OBSERVE("irq_affinity.later_fired_is_pending", "%d",
		irqd_is_setaffinity_pending(irq_get_irq_data(irq)));
	line_drop(irq, &first);
}

/* ---- hints and notifiers ---- */

static void hints(void)
{
	int irq = begin_line(handle_level_irq), error;

	if (request(irq, 0))
		return;
	forget_notes();
	error = irq_update_affinity_hint(irq, cpumask_of(0));
	OBSERVE("irq_affinity.hint_asks_chip", "%d, %s", error, noted());
	error = irq_set_affinity_and_hint(irq, cpumask_of(0));
	OBSERVE("irq_affinity.set_and_hint", "%d, %s", error, affinity(irq));
	error = irq_set_affinity_and_hint(irq, NULL);
	OBSERVE("irq_affinity.set_and_no_hint", "%d, %s", error, affinity(irq));
	affinity_answer = -EINVAL;
	error = irq_set_affinity_and_hint(irq, cpumask_of(0));
	OBSERVE("irq_affinity.set_and_hint_chip_refuses", "%d, %s", error, affinity(irq));
	irq_update_affinity_hint(irq, NULL);
	line_drop(irq, &first);
	irq = begin_line(handle_level_irq);
	if (request(irq, 0))
		return;
	irq_update_affinity_hint(irq, cpumask_of(0));
	/* With a hint left: Linux warns. */
	line_drop(irq, &first);
}

static struct {
	struct irq_affinity_notify notify;
	struct completion notified, released;
	unsigned int notifications;
	unsigned long mask;
} watch[2];

static void notified(struct irq_affinity_notify *notify, const struct cpumask *mask)
{
	unsigned int n = notify == &watch[1].notify;

	watch[n].notifications++;
	watch[n].mask = bits_of(mask);
	complete(&watch[n].notified);
}

static void released(struct kref *ref)
{
	struct irq_affinity_notify *notify = container_of(ref, struct irq_affinity_notify, kref);

	complete(&watch[notify == &watch[1].notify].released);
}

static int watch_line(int irq, unsigned int n)
{
	memset(&watch[n], 0, sizeof(watch[n]));
	init_completion(&watch[n].notified);
	init_completion(&watch[n].released);
	watch[n].notify.notify = notified;
	watch[n].notify.release = released;
	return irq_set_affinity_notifier(irq, &watch[n].notify);
}

static void notifiers(void)
{
	int irq = begin_line(handle_level_irq);

	if (request(irq, 0))
		return;
	OBSERVE("irq_affinity.notifier_set", "%d", watch_line(irq, 0));
	OBSERVE("irq_affinity.notifier_is_told_at_once", "%u", watch[0].notifications);
	irq_set_affinity(irq, cpumask_of(0));
	OBSERVE("irq_affinity.notifier_is_told", "%s", yes_no(arrives(&watch[0].notified)));
	OBSERVE("irq_affinity.notifier_is_told_mask", "%lx", watch[0].mask);
	OBSERVE("irq_affinity.notifier_replaced", "%d", watch_line(irq, 1));
	OBSERVE("irq_affinity.notifier_replaced_releases_the_first", "%s", yes_no(arrives(&watch[0].released)));
	irq_set_affinity(irq, cpumask_of(0));
	arrives(&watch[1].notified);
	OBSERVE("irq_affinity.notifier_replaced_who_is_told", "%u %u", watch[0].notifications,
		watch[1].notifications);
	OBSERVE("irq_affinity.notifier_taken_away", "%d", irq_set_affinity_notifier(irq, NULL));
	OBSERVE("irq_affinity.notifier_taken_away_is_released", "%s", yes_no(arrives(&watch[1].released)));
	OBSERVE("irq_affinity.notifier_is_told_in_all", "%u %u", watch[0].notifications,
		watch[1].notifications);
	line_drop(irq, &first);
	OBSERVE("irq_affinity.no_such_line_notifier", "%d", watch_line(NO_SUCH_LINE, 0));
}

/* ---- the thread ---- */

static struct {
	struct completion ran;
	unsigned long allowed;
	int cpu;
} thread;

static irqreturn_t waking_handler(int irq, void *dev)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread_fn(int irq, void *dev)
{
	thread.allowed = bits_of(&current->cpus_mask);
	thread.cpu = raw_smp_processor_id();
	complete(&thread.ran);
	return IRQ_HANDLED;
}

static void fire_and_wait(int irq)
{
	line_fire(irq);
	arrives(&thread.ran);
	synchronize_irq(irq);
}

static void of_the_thread(void)
{
	int irq = begin_line(handle_edge_irq);

	init_completion(&thread.ran);
	if (request_threaded_irq(irq, waking_handler, thread_fn, 0, "conformance", &first))
		return;
	irq_set_affinity(irq, cpumask_of(0));
	fire_and_wait(irq);
	OBSERVE("irq_affinity.thread_of_a_line_of_cpu_0", "%lx", thread.allowed);
	if (num_online_cpus() > 1) {
		irq_set_affinity(irq, cpumask_of(1));
		fire_and_wait(irq);
		OBSERVE("irq_affinity.smp_thread_follows", "%lx, on %d", thread.allowed, thread.cpu);
		tells_effective = false;
		irq_set_affinity(irq, cpumask_of(2));
		fire_and_wait(irq);
		OBSERVE("irq_affinity.smp_thread_follows_the_effective_mask", "%lx", thread.allowed);
	}
	line_drop(irq, &first);
}

/* ---- more CPUs ---- */

static void two(struct cpumask *mask, unsigned int one, unsigned int other)
{
	cpumask_clear(mask);
	cpumask_set_cpu(one, mask);
	cpumask_set_cpu(other, mask);
}

static void more_cpus(struct cpumask *mask)
{
	int irq = begin_line(handle_level_irq), error;

	if (request(irq, 0))
		return;
	forget_notes();
	error = irq_set_affinity(irq, cpumask_of(2));
	OBSERVE("irq_affinity.smp_set_cpu_2", "%d, %s", error, affinity(irq));
	two(mask, 1, 3);
	error = irq_set_affinity(irq, mask);
	OBSERVE("irq_affinity.smp_set_cpus_1_and_3", "%d, %s", error, affinity(irq));
	affinity_answer = IRQ_SET_MASK_OK_NOCOPY;
	error = irq_set_affinity(irq, cpumask_of(2));
	OBSERVE("irq_affinity.smp_chip_says_nocopy", "%d, %s", error, affinity(irq));
	affinity_answer = IRQ_SET_MASK_OK_DONE;
	error = irq_set_affinity(irq, cpumask_of(2));
	OBSERVE("irq_affinity.smp_chip_says_done", "%d, %s", error, affinity(irq));
	affinity_answer = -EINVAL;
	error = irq_set_affinity(irq, cpumask_of(3));
	OBSERVE("irq_affinity.smp_chip_refuses", "%d, %s", error, affinity(irq));
	affinity_answer = IRQ_SET_MASK_OK;
	tells_effective = false;
	error = irq_set_affinity(irq, cpumask_of(1));
	OBSERVE("irq_affinity.smp_chip_says_nothing_of_the_effective", "%d, %s", error, affinity(irq));
	free_irq(irq, &first);
	if (request(irq, 0))
		return;
	OBSERVE("irq_affinity.smp_set_is_kept_across_free", "%s", affinity(irq));
	line_drop(irq, &first);

	irq = begin_line(handle_level_irq);
	irq_set_affinity(irq, cpumask_of(3));
	forget_notes();
	if (request(irq, IRQF_NOBALANCING))
		return;
	OBSERVE("irq_affinity.smp_set_before_a_request_nobalancing", "%s", affinity(irq));
	line_drop(irq, &first);
}

/* Where the flow runs is where it was called: a software line has no other way. */
static int __init irq_affinity_conformance_init(void)
{
	cpumask_var_t mask;

	if (!zalloc_cpumask_var(&mask, GFP_KERNEL))
		return -ENOMEM;
	stay_on_cpu_0();
	defaults();
	to_cpu_0();
	refusals();
	out_of_use();
	disabled();
	in_the_handler();
	later();
	hints();
	notifiers();
	of_the_thread();
	if (num_online_cpus() >= 4)
		more_cpus(mask);
	free_cpumask_var(mask);
	return all_lines_unmade();
}

static void __exit irq_affinity_conformance_exit(void)
{
}

module_init(irq_affinity_conformance_init);
module_exit(irq_affinity_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: the CPUs of a line");
