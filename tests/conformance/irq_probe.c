// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: probing. Which line is a device on, whose driver does not know? It is made to ask for an
 * interrupt, and the kernel says which of the lines that nobody has came in.
 *
 * Limits
 *	Probing takes all lines of the machine that may be probed, so nobody else may ask for an
 *	interrupt meanwhile: nobody does. It sleeps by itself, 120 ms each time; nothing here depends on it.
 */
#include "irq_line.h"

static struct line_user first;

static int probe_set_type(struct irq_data *data, unsigned int type)
{
	note(type == IRQ_TYPE_PROBE ? 'p' : 't');
	return 0;
}

static struct irq_chip chip;

static int make_line(irq_flow_handler_t flow)
{
	chip = line_chip;
	chip.irq_set_type = probe_set_type;
	first = (struct line_user){ .letter = '1', .answer = IRQ_HANDLED };
	return line_make(&chip, flow);
}

/* What is found, if that is one of these: "a", "b", "-a", "-b". */
static const char *found(int found, int a, int b)
{
	if (!found)
		return "nothing";
	if (found == a || found == b)
		return found == a ? "a" : "b";
	if (found == -a || found == -b)
		return found == -a ? "-a" : "-b";
	return "something else";
}

static void nothing_fires(void)
{
	int irq = make_line(handle_level_irq);
	unsigned long probe;

	forget_notes();
	probe = probe_irq_on();
	OBSERVE("irq_probe.on_asks_chip", "%s", noted());
	OBSERVE("irq_probe.on_state", "%s", line_state(irq));
	forget_notes();
	OBSERVE("irq_probe.off_when_nothing_fired", "%d", probe_irq_off(probe));
	OBSERVE("irq_probe.off_asks_chip", "%s", noted());
	OBSERVE("irq_probe.off_state", "%s", line_state(irq));
	line_unmake(irq);
}

static void one_fires(const char *name, irq_flow_handler_t flow, unsigned int times)
{
	int irq = make_line(flow);
	unsigned long probe = probe_irq_on();
	int is;

	forget_notes();
	while (times--)
		line_fire(irq);
	is = probe_irq_off(probe);
	OBSERVE("irq_probe.%s_fires", "%s, %s", name, found(is, irq, 0), noted());
	forget_notes();
	if (request_irq(irq, line_handler, 0, "conformance", &first))
		return;
	let_replays_come();
	OBSERVE("irq_probe.%s_requested_after", "%s", name, noted());
	forget_notes();
	line_fire(irq);
	OBSERVE("irq_probe.%s_requested_after_fires", "%s", name, noted());
	line_drop(irq, &first);
}

/* More than one: the first of them, negative. */
static void two_fire(void)
{
	int a = make_line(handle_level_irq), b = make_line(handle_level_irq);
	unsigned long probe = probe_irq_on();

	line_fire(b);
	line_fire(a);
	OBSERVE("irq_probe.two_fire", "%s", found(probe_irq_off(probe), a, b));
	probe = probe_irq_on();
	line_fire(b);
	OBSERVE("irq_probe.one_of_two_fires", "%s", found(probe_irq_off(probe), a, b));
	line_unmake(a);
	line_unmake(b);
}

/* It fires while probing begins, before anybody asked the device: no candidate. */
static void one_has_a_user(void)
{
	int a = make_line(handle_level_irq), b = make_line(handle_level_irq);
	unsigned long probe;

	if (request_irq(a, line_handler, 0, "conformance", &first))
		return;
	probe = probe_irq_on();
	forget_notes();
	line_fire(a);
	OBSERVE("irq_probe.one_with_a_user_fires", "%s", noted());
	line_fire(b);
	OBSERVE("irq_probe.one_with_and_one_without_user_fire", "%s", found(probe_irq_off(probe), a, b));
	free_irq(a, &first);
	line_unmake(a);
	line_unmake(b);
}

static void flags(void)
{
	int irq = make_line(handle_level_irq);
	unsigned long probe;

	irq_set_noprobe(irq);
	forget_notes();
	probe = probe_irq_on();
	OBSERVE("irq_probe.noprobe_asks_chip", "%s", noted());
	line_fire(irq);
	OBSERVE("irq_probe.noprobe_fires", "%s", found(probe_irq_off(probe), irq, 0));
	irq_set_probe(irq);
	irq_set_status_flags(irq, IRQ_NOREQUEST);
	forget_notes();
	probe = probe_irq_on();
	OBSERVE("irq_probe.norequest_asks_chip", "%s", noted());
	line_fire(irq);
	OBSERVE("irq_probe.norequest_fires", "%s", found(probe_irq_off(probe), irq, 0));
	line_unmake(irq);
}

/* Requested by somebody while it is probed: that is his, and not found. */
static void requested_meanwhile(void)
{
	int irq = make_line(handle_level_irq);
	unsigned long probe = probe_irq_on();

	forget_notes();
	if (request_irq(irq, line_handler, 0, "conformance", &first))
		return;
	let_replays_come();
	OBSERVE("irq_probe.requested_meanwhile_asks_chip", "%s", noted());
	forget_notes();
	line_fire(irq);
	OBSERVE("irq_probe.requested_meanwhile_fires", "%s", noted());
	OBSERVE("irq_probe.requested_meanwhile_found", "%s", found(probe_irq_off(probe), irq, 0));
	OBSERVE("irq_probe.requested_meanwhile_state", "%s", line_state(irq));
	line_drop(irq, &first);
}

static int __init irq_probe_conformance_init(void)
{
	stay_on_cpu_0();
	nothing_fires();
	one_fires("level", handle_level_irq, 1);
	one_fires("edge", handle_edge_irq, 1);
	one_fires("simple", handle_simple_irq, 1);
	one_fires("level_three_times", handle_level_irq, 3);
	two_fire();
	one_has_a_user();
	flags();
	requested_meanwhile();
	return all_lines_unmade();
}

static void __exit irq_probe_conformance_exit(void)
{
}

module_init(irq_probe_conformance_init);
module_exit(irq_probe_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: which line came in");
