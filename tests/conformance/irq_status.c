// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: what may be set of a line: numbers, chip, flow, type, status flags, the chip's own
 * state; a line that is made to fire by software.
 */
#include "irq_line.h"

#define NO_SUCH_LINE	0x7ffffff

static struct line_user first;

static int begin_line(struct irq_chip *chip, irq_flow_handler_t flow)
{
	int irq = line_make(chip, flow);

	first = (struct line_user){ .letter = '1', .answer = IRQ_HANDLED };
	return irq;
}

static int request(int irq, unsigned long flags)
{
	return request_irq(irq, line_handler, flags, "conformance", &first);
}

/* ---- numbers ---- */

static void numbers(void)
{
	int one = irq_alloc_desc(NUMA_NO_NODE);
	int three = irq_alloc_descs(-1, 0, 3, NUMA_NO_NODE);
	int again;

	OBSERVE("irq_status.alloc_gives_a_new_number", "%s", yes_no(one > 0 && three > 0 && one != three));
	OBSERVE("irq_status.alloc_three_are_in_a_row", "%s",
		yes_no(irq_get_irq_data(three) && irq_get_irq_data(three + 1) && irq_get_irq_data(three + 2)));
	OBSERVE("irq_status.alloc_at_a_taken_number", "%d", irq_alloc_desc_at(one, NUMA_NO_NODE));
	OBSERVE("irq_status.alloc_none", "%d", irq_alloc_descs(-1, 0, 0, NUMA_NO_NODE));
	OBSERVE("irq_status.alloc_at_but_from_above", "%d", irq_alloc_descs(one, one + 1, 1, NUMA_NO_NODE));
	OBSERVE("irq_status.new_line_state", "%s", line_state(one));
	OBSERVE("irq_status.new_line_has_no_chip_functions", "%s", yes_no(!irq_get_chip(one)->irq_mask));
	irq_free_desc(one);
	OBSERVE("irq_status.freed_line_has_data", "%s", yes_no(irq_get_irq_data(one)));
	OBSERVE("irq_status.freed_line_request", "%d", request(one, 0));
	again = irq_alloc_desc_at(one, NUMA_NO_NODE);
	OBSERVE("irq_status.freed_number_is_given_again", "%s", yes_no(again == one));
	irq_free_desc(again);
	irq_free_descs(three, 3);
}

/* What was set of a line is gone when its number is given again. */
static void number_again(void)
{
	int irq = begin_line(&line_chip, handle_level_irq);

	irq_set_status_flags(irq, IRQ_NOREQUEST | IRQ_NO_BALANCING);
	irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH);
	irq_set_chip_data(irq, &first);
	irq_set_handler_data(irq, &first);
	line_unmake(irq);
	irq = irq_alloc_desc_at(irq, NUMA_NO_NODE);
	OBSERVE("irq_status.number_again_state", "%s", line_state(irq));
	OBSERVE("irq_status.number_again_keeps_chip_or_data", "%s",
		yes_no(irq_get_chip(irq) == &line_chip || irq_get_chip_data(irq) || irq_get_handler_data(irq)));
	irq_free_desc(irq);
}

/* ---- chip and data ---- */

static void data(void)
{
	int irq = begin_line(&line_chip, handle_level_irq);

	OBSERVE("irq_status.set_chip_data", "%d", irq_set_chip_data(irq, &first));
	OBSERVE("irq_status.chip_data_is_what_was_set", "%s", yes_no(irq_get_chip_data(irq) == &first));
	OBSERVE("irq_status.set_handler_data", "%d", irq_set_handler_data(irq, irq_get_chip(irq)));
	OBSERVE("irq_status.handler_data_is_what_was_set", "%s",
		yes_no(irq_get_handler_data(irq) == irq_get_chip(irq)));
	OBSERVE("irq_status.set_chip", "%d", irq_set_chip(irq, &dummy_irq_chip));
	OBSERVE("irq_status.chip_is_what_was_set", "%s", yes_no(irq_get_chip(irq) == &dummy_irq_chip));
	OBSERVE("irq_status.set_no_chip", "%d", irq_set_chip(irq, NULL));
	OBSERVE("irq_status.no_chip_is_null", "%s", yes_no(!irq_get_chip(irq)));
	OBSERVE("irq_status.no_chip_has_functions", "%s",
		yes_no(irq_get_chip(irq) && irq_get_chip(irq)->irq_mask));
	OBSERVE("irq_status.no_chip_request", "%d", request(irq, 0));
	line_unmake(irq);
	OBSERVE("irq_status.no_such_line_set_chip", "%d", irq_set_chip(NO_SUCH_LINE, &line_chip));
	OBSERVE("irq_status.no_such_line_set_chip_data", "%d", irq_set_chip_data(NO_SUCH_LINE, &first));
	OBSERVE("irq_status.no_such_line_set_handler_data", "%d", irq_set_handler_data(NO_SUCH_LINE, &first));
	OBSERVE("irq_status.no_such_line_get", "%s",
		yes_no(irq_get_irq_data(NO_SUCH_LINE) || irq_get_chip(NO_SUCH_LINE) ||
		       irq_get_chip_data(NO_SUCH_LINE) || irq_get_handler_data(NO_SUCH_LINE)));
}

/* ---- type ---- */

static unsigned int type_asked;

static int asking_set_type(struct irq_data *data, unsigned int type)
{
	note('t');
	type_asked = type;
	return line_type_error;
}

static struct irq_chip typed_chip, masking_chip, typeless_chip;

static void make_chips(void)
{
	typed_chip = masking_chip = typeless_chip = line_chip;
	typed_chip.irq_set_type = asking_set_type;
	masking_chip.irq_set_type = asking_set_type;
	masking_chip.flags = IRQCHIP_SET_TYPE_MASKED;
	typeless_chip.irq_set_type = NULL;
}

static void type_of(const char *name, struct irq_chip *chip, bool in_use)
{
	int irq = begin_line(chip, handle_level_irq), error;

	if (in_use && request(irq, 0))
		return;
	forget_notes();
	error = irq_set_irq_type(irq, IRQ_TYPE_LEVEL_LOW);
	OBSERVE("irq_status.%s_set_low", "%d, %s; %s", name, error, line_state(irq), noted());
	error = irq_set_irq_type(irq, IRQ_TYPE_EDGE_RISING);
	OBSERVE("irq_status.%s_set_rising", "%d, %s", name, error, line_state(irq));
	error = irq_set_irq_type(irq, IRQ_TYPE_NONE);
	OBSERVE("irq_status.%s_set_none", "%d, %s", name, error, line_state(irq));
	if (in_use)
		free_irq(irq, &first);
	line_unmake(irq);
}

static void types(void)
{
	int irq;

	type_of("type", &typed_chip, false);
	type_of("type_in_use", &typed_chip, true);
	type_of("type_masked", &masking_chip, false);
	type_of("type_masked_in_use", &masking_chip, true);
	type_of("type_of_a_chip_without", &typeless_chip, false);

	irq = begin_line(&typed_chip, handle_level_irq);
	irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH);
	line_type_error = -EINVAL;
	OBSERVE("irq_status.type_refused", "%d", irq_set_irq_type(irq, IRQ_TYPE_EDGE_RISING));
	OBSERVE("irq_status.type_refused_state", "%s", line_state(irq));
	line_type_error = IRQ_SET_MASK_OK_NOCOPY;
	OBSERVE("irq_status.type_taken_without_copy", "%d", irq_set_irq_type(irq, IRQ_TYPE_EDGE_FALLING));
	OBSERVE("irq_status.type_taken_without_copy_state", "%s", line_state(irq));
	line_type_error = 0;
	irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH | IRQ_TYPE_PROBE | 0x100);
	OBSERVE("irq_status.type_asked_of_the_chip", "%#x", type_asked);
	OBSERVE("irq_status.get_trigger_type", "%u", irq_get_trigger_type(irq));
	/* A request takes the type that the line has, and asks the chip for nothing. */
	forget_notes();
	OBSERVE("irq_status.request_of_typed_line", "%d", request(irq, 0));
	OBSERVE("irq_status.request_of_typed_line_asks_chip", "%s", noted());
	free_irq(irq, &first);
	OBSERVE("irq_status.request_of_another_type", "%d", request(irq, IRQF_TRIGGER_RISING));
	OBSERVE("irq_status.request_of_another_type_state", "%s", line_state(irq));
	line_drop(irq, &first);
	OBSERVE("irq_status.no_such_line_set_type", "%d", irq_set_irq_type(NO_SUCH_LINE, IRQ_TYPE_LEVEL_HIGH));
	OBSERVE("irq_status.no_such_line_get_trigger_type", "%u", irq_get_trigger_type(NO_SUCH_LINE));

	irq = begin_line(&typeless_chip, handle_level_irq);
	OBSERVE("irq_status.request_type_of_a_chip_without", "%d", request(irq, IRQF_TRIGGER_HIGH));
	OBSERVE("irq_status.request_type_of_a_chip_without_state", "%s", line_state(irq));
	line_drop(irq, &first);
}

/* ---- status flags ---- */

static void flag(const char *name, unsigned long flag)
{
	int irq = begin_line(&line_chip, handle_level_irq), error;

	irq_set_status_flags(irq, flag);
	OBSERVE("irq_status.%s", "%s", name, line_state(irq));
	forget_notes();
	error = request(irq, 0);
	OBSERVE("irq_status.%s_request", "%d, %s; %s", name, error, line_state(irq), noted());
	if (!error)
		free_irq(irq, &first);
	irq_clear_status_flags(irq, flag);
	OBSERVE("irq_status.%s_cleared", "%s", name, line_state(irq));
	line_unmake(irq);
}

static void flags(void)
{
	int irq;

	flag("level", IRQ_LEVEL);
	flag("per_cpu", IRQ_PER_CPU);
	flag("noprobe", IRQ_NOPROBE);
	flag("norequest", IRQ_NOREQUEST);
	flag("noautoen", IRQ_NOAUTOEN);
	flag("no_balancing", IRQ_NO_BALANCING);
	flag("nested_thread", IRQ_NESTED_THREAD);
	flag("nothread", IRQ_NOTHREAD);
	flag("per_cpu_devid", IRQ_PER_CPU_DEVID);
	flag("is_polled", IRQ_IS_POLLED);
	flag("disable_unlazy", IRQ_DISABLE_UNLAZY);
	flag("hidden", IRQ_HIDDEN);
	flag("type_high", IRQ_TYPE_LEVEL_HIGH);
	flag("no_such_flag", 1U << 30);

	irq = begin_line(&line_chip, handle_level_irq);
	OBSERVE("irq_status.balancing_disabled", "%d", irq_balancing_disabled(irq));
	irq_set_status_flags(irq, IRQ_PER_CPU);
	OBSERVE("irq_status.per_cpu_balancing_disabled", "%d", irq_balancing_disabled(irq));
	OBSERVE("irq_status.per_cpu_is_percpu", "%d %d", irq_is_percpu(irq), irq_is_percpu_devid(irq));
	irq_modify_status(irq, IRQ_PER_CPU, IRQ_NO_BALANCING);
	OBSERVE("irq_status.modified", "%s, %d", line_state(irq), irq_is_percpu(irq));
	line_unmake(irq);
	OBSERVE("irq_status.no_such_line_is_percpu", "%d", irq_is_percpu(NO_SUCH_LINE));
	OBSERVE("irq_status.no_such_line_balancing_disabled", "%d", irq_balancing_disabled(NO_SUCH_LINE));
}

/* ---- flow ---- */

static void chained_flow(struct irq_desc *desc)
{
	note('c');
	note(irq_desc_get_handler_data(desc) == &first ? '=' : '/');
}

static void flows(void)
{
	int irq = begin_line(&line_chip, handle_level_irq);

	irq_set_handler(irq, handle_simple_irq);
	OBSERVE("irq_status.handler_set_asks_chip", "%s; %s", noted(), line_state(irq));
	if (request(irq, 0))
		return;
	forget_notes();
	irq_set_handler(irq, handle_edge_irq);
	line_fire(irq);
	OBSERVE("irq_status.handler_set_in_use", "%s", noted());
	free_irq(irq, &first);
	forget_notes();
	irq_set_handler(irq, NULL);
	OBSERVE("irq_status.handler_taken_away", "%s; %s", noted(), line_state(irq));
	line_unmake(irq);

	irq = begin_line(&line_chip, handle_level_irq);
	forget_notes();
	irq_set_handler_data(irq, &first);
	irq_set_chained_handler(irq, chained_flow);
	OBSERVE("irq_status.chained", "%s; %s", line_state(irq), noted());
	forget_notes();
	line_fire(irq);
	OBSERVE("irq_status.chained_fired", "%s", noted());
	OBSERVE("irq_status.chained_request", "%d", request(irq, 0));
	OBSERVE("irq_status.chained_has_action", "%d", irq_has_action(irq));
	forget_notes();
	irq_set_chained_handler_and_data(irq, NULL, NULL);
	OBSERVE("irq_status.chained_taken_away", "%s; %s", line_state(irq), noted());
	line_unmake(irq);
}

/* ---- chips that have more, or less ---- */

static unsigned int startup(struct irq_data *data)	{ note('S'); return 0; }
static void shutdown(struct irq_data *data)		{ note('D'); }
static void enable(struct irq_data *data)		{ note('E'); }
static void disable(struct irq_data *data)		{ note('X'); }
static void mask_ack(struct irq_data *data)		{ note('M'); }
static int resources;
static int take_resources(struct irq_data *data)	{ note('R'); return resources; }
static void release_resources(struct irq_data *data)	{ note('r'); }
static void bus_lock(struct irq_data *data)		{ note('('); }
static void bus_unlock(struct irq_data *data)		{ note(')'); }

/* From the request to the end, with one interrupt before, while it is disabled, and after that. */
static void whole_life(const char *name, struct irq_chip *chip, irq_flow_handler_t flow, irqreturn_t answer)
{
	int irq = begin_line(chip, flow);

	first.answer = answer;
	forget_notes();
	if (request(irq, 0))
		return;
	note('|');
	line_fire(irq);
	note('|');
	disable_irq(irq);
	note('|');
	line_fire(irq);
	note('|');
	/* A replay by a softirq comes when all of enable_irq() is over. */
	local_bh_disable();
	enable_irq(irq);
	local_bh_enable();
	let_replays_come();
	note('|');
	free_irq(irq, &first);
	OBSERVE("irq_status.life_of_%s", "%s", name, noted());
	line_unmake(irq);
}

static struct irq_chip chip;

static void chips(void)
{
	int irq;

	whole_life("a_plain_chip", &line_chip, handle_level_irq, IRQ_HANDLED);
	whole_life("a_plain_chip_edge", &line_chip, handle_edge_irq, IRQ_HANDLED);
	chip = line_chip;
	chip.irq_startup = startup;
	chip.irq_shutdown = shutdown;
	whole_life("a_chip_with_startup", &chip, handle_level_irq, IRQ_HANDLED);
	chip = line_chip;
	chip.irq_enable = enable;
	chip.irq_disable = disable;
	whole_life("a_chip_with_enable", &chip, handle_level_irq, IRQ_HANDLED);
	chip = line_chip;
	chip.irq_mask_ack = mask_ack;
	whole_life("a_chip_with_mask_ack", &chip, handle_level_irq, IRQ_HANDLED);
	chip = line_chip;
	chip.irq_bus_lock = bus_lock;
	chip.irq_bus_sync_unlock = bus_unlock;
	whole_life("a_chip_on_a_slow_bus", &chip, handle_level_irq, IRQ_HANDLED);
	chip = line_chip;
	chip.flags = IRQCHIP_EOI_IF_HANDLED;
	whole_life("eoi_if_handled", &chip, handle_fasteoi_irq, IRQ_HANDLED);
	whole_life("eoi_if_handled_unhandled", &chip, handle_fasteoi_irq, IRQ_NONE);
	whole_life("dummy_chip", &dummy_irq_chip, handle_simple_irq, IRQ_HANDLED);

	chip = line_chip;
	chip.irq_request_resources = take_resources;
	chip.irq_release_resources = release_resources;
	whole_life("a_chip_with_resources", &chip, handle_level_irq, IRQ_HANDLED);
	irq = begin_line(&chip, handle_level_irq);
	resources = -ENODEV;
	forget_notes();
	OBSERVE("irq_status.resources_refused", "%d", request(irq, 0));
	OBSERVE("irq_status.resources_refused_asks_chip", "%s", noted());
	line_unmake(irq);
}

/* ---- what the chip says of the line ---- */

static bool pending;

static int get_state(struct irq_data *data, enum irqchip_irq_state which, bool *state)
{
	note('g');
	if (which != IRQCHIP_STATE_PENDING)
		return -EINVAL;
	*state = pending;
	return 0;
}

static int set_state(struct irq_data *data, enum irqchip_irq_state which, bool state)
{
	note('s');
	if (which != IRQCHIP_STATE_PENDING)
		return -EINVAL;
	pending = state;
	return 0;
}

static void chip_state(void)
{
	int irq = begin_line(&line_chip, handle_level_irq);
	bool state = false;

	OBSERVE("irq_status.chip_state_of_a_chip_without", "%d",
		irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &state));
	OBSERVE("irq_status.set_chip_state_of_a_chip_without", "%d",
		irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true));
	line_unmake(irq);
	chip = line_chip;
	chip.irq_get_irqchip_state = get_state;
	chip.irq_set_irqchip_state = set_state;
	irq = begin_line(&chip, handle_level_irq);
	OBSERVE("irq_status.set_chip_state", "%d", irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true));
	OBSERVE("irq_status.chip_state", "%d", irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &state));
	OBSERVE("irq_status.chip_state_is_what_was_set", "%d", state);
	OBSERVE("irq_status.chip_state_that_it_refuses", "%d",
		irq_get_irqchip_state(irq, IRQCHIP_STATE_ACTIVE, &state));
	line_unmake(irq);
	OBSERVE("irq_status.no_such_line_chip_state", "%d",
		irq_get_irqchip_state(NO_SUCH_LINE, IRQCHIP_STATE_PENDING, &state));
	OBSERVE("irq_status.no_such_line_set_chip_state", "%d",
		irq_set_irqchip_state(NO_SUCH_LINE, IRQCHIP_STATE_PENDING, true));
}

/* ---- fired by software ---- */

static int retriggers;

static int retrigger(struct irq_data *data)
{
	note('R');
	return retriggers;
}

static void inject_into(const char *name, irq_flow_handler_t flow, struct irq_chip *chip, unsigned long type)
{
	int irq = begin_line(chip, flow), error;

	OBSERVE("irq_status.inject_%s_without_user", "%d", name, irq_inject_interrupt(irq));
	if (request(irq, type))
		return;
	forget_notes();
	error = irq_inject_interrupt(irq);
	let_replays_come();
	OBSERVE("irq_status.inject_%s", "%d, %s", name, error, noted());
	line_drop(irq, &first);
}

static void inject(void)
{
	inject_into("edge", handle_edge_irq, &line_chip, 0);
	inject_into("level_of_no_type", handle_level_irq, &line_chip, 0);
	inject_into("level_high", handle_level_irq, &line_chip, IRQF_TRIGGER_HIGH);
	inject_into("simple", handle_simple_irq, &line_chip, 0);
	chip = line_chip;
	chip.irq_retrigger = retrigger;
	retriggers = 1;
	inject_into("by_the_chip", handle_edge_irq, &chip, 0);
	retriggers = 0;
	inject_into("by_a_chip_that_cannot", handle_edge_irq, &chip, 0);
	chip.irq_set_irqchip_state = set_state;
	pending = false;
	inject_into("by_the_chip_state", handle_edge_irq, &chip, 0);
	OBSERVE("irq_status.inject_no_such_line", "%d", irq_inject_interrupt(NO_SUCH_LINE));
}

/* A replay on enable: by the chip if it can, and then not by software. */
static void replay_by(const char *name, int answer)
{
	int irq;

	chip = line_chip;
	chip.irq_retrigger = retrigger;
	retriggers = answer;
	irq = begin_line(&chip, handle_edge_irq);
	if (request(irq, 0))
		return;
	disable_irq(irq);
	line_fire(irq);
	line_fire(irq);
	forget_notes();
	enable_irq(irq);
	let_replays_come();
	OBSERVE("irq_status.replay_by_%s", "%s", name, noted());
	disable_irq(irq);
	enable_irq(irq);
	let_replays_come();
	OBSERVE("irq_status.replay_by_%s_once", "%s", name, noted());
	line_drop(irq, &first);
}

static int __init irq_status_conformance_init(void)
{
	stay_on_cpu_0();
	make_chips();
	numbers();
	number_again();
	data();
	types();
	flags();
	flows();
	chips();
	chip_state();
	inject();
	replay_by("chip", 1);
	replay_by("software", 0);
	return all_lines_unmade();
}

static void __exit irq_status_conformance_exit(void)
{
}

module_init(irq_status_conformance_init);
module_exit(irq_status_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: what may be set of a line");
