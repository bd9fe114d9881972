// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: how often a line is disabled, and what becomes of it across requests and frees; who is
 * called when, on a shared line.
 */
#include "irq_line.h"

enum { USERS = 4 };

static struct line_user user[USERS];	/* '1' to '4' */
static struct actor actor;

static void begin(void)
{
	unsigned int i;

	for (i = 0; i < USERS; i++)
		user[i] = (struct line_user){ .letter = (char)('1' + i), .answer = IRQ_HANDLED };
	forget_notes();
}

static int begin_line(irq_flow_handler_t flow)
{
	int irq = line_make(&line_chip, flow);

	begin();
	return irq;
}

static int request(int irq, unsigned long flags, unsigned int n)
{
	return request_irq(irq, line_handler, flags, "conformance", &user[n]);
}

static const char *fired(int irq)
{
	forget_notes();
	line_fire(irq);
	return noted();
}

static bool disabled(int irq)
{
	return irqd_irq_disabled(irq_get_irq_data(irq));
}

/* ---- depth ---- */

enum { DEEP = 1000 };

static void deep(void)
{
	int irq = begin_line(handle_level_irq), i;

	if (request(irq, 0, 0))
		return;
	for (i = 0; i < DEEP; i++)
		disable_irq_nosync(irq);
	for (i = 0; i < DEEP - 1; i++)
		enable_irq(irq);
	OBSERVE("irq_depth.disabled_1000_times_enabled_999", "%s", line_state(irq));
	enable_irq(irq);
	OBSERVE("irq_depth.disabled_1000_times_enabled_1000", "%s", line_state(irq));
	OBSERVE("irq_depth.disabled_1000_times_enabled_1000_fired", "%s", fired(irq));
	line_drop(irq, &user[0]);
}

/* Each enable that is one too many is warned of, and counts for nothing. */
static void unbalanced(void)
{
	int irq = begin_line(handle_level_irq);

	if (request(irq, 0, 0))
		return;
	enable_irq(irq);
	enable_irq(irq);
	OBSERVE("irq_depth.enabled_twice_too_often", "%s", line_state(irq));
	disable_irq(irq);
	OBSERVE("irq_depth.enabled_twice_too_often_disabled_once", "%s", line_state(irq));
	enable_irq(irq);
	OBSERVE("irq_depth.enabled_twice_too_often_disabled_and_enabled", "%s", fired(irq));
	line_drop(irq, &user[0]);
}

static void before_a_request(void)
{
	int irq = begin_line(handle_level_irq);

	OBSERVE("irq_depth.no_user", "%s", line_state(irq));
	disable_irq(irq);
	OBSERVE("irq_depth.no_user_disabled_asks_chip", "%s", noted());
	if (request(irq, 0, 0))
		return;
	OBSERVE("irq_depth.disabled_before_the_request", "%s", line_state(irq));
	OBSERVE("irq_depth.disabled_before_the_request_fired", "%s", fired(irq));
	line_drop(irq, &user[0]);

	irq = begin_line(handle_level_irq);
	enable_irq(irq);
	OBSERVE("irq_depth.no_user_enabled", "%s; %s", line_state(irq), noted());
	if (request(irq, 0, 0))
		return;
	OBSERVE("irq_depth.enabled_before_the_request", "%s", line_state(irq));
	line_drop(irq, &user[0]);
}

static void across_free(void)
{
	int irq = begin_line(handle_level_irq);

	if (request(irq, 0, 0))
		return;
	disable_irq(irq);
	disable_irq(irq);
	forget_notes();
	free_irq(irq, &user[0]);
	OBSERVE("irq_depth.freed_while_disabled_asks_chip", "%s", noted());
	if (request(irq, 0, 0))
		return;
	OBSERVE("irq_depth.freed_while_disabled_then_requested", "%s", line_state(irq));
	OBSERVE("irq_depth.freed_while_disabled_then_requested_fired", "%s", fired(irq));
	free_irq(irq, &user[0]);
	OBSERVE("irq_depth.fired_without_user", "%s", fired(irq));
	OBSERVE("irq_depth.fired_without_user_state", "%s", line_state(irq));
	line_unmake(irq);
}

/* What came in while there was nobody is not for the one who comes. */
static void pending_across_free(void)
{
	int irq = begin_line(handle_edge_irq);

	if (request(irq, 0, 0))
		return;
	disable_irq(irq);
	line_fire(irq);
	free_irq(irq, &user[0]);
	forget_notes();
	if (request(irq, 0, 1))
		return;
	let_replays_come();
	OBSERVE("irq_depth.fired_while_disabled_then_freed_then_requested", "%s", noted());
	free_irq(irq, &user[1]);
	line_fire(irq);
	forget_notes();
	if (request(irq, 0, 1))
		return;
	let_replays_come();
	OBSERVE("irq_depth.fired_without_user_then_requested", "%s", noted());
	free_irq(irq, &user[1]);
	line_unmake(irq);
}

static void no_autoen(void)
{
	int irq = begin_line(handle_edge_irq);

	if (request(irq, IRQF_NO_AUTOEN, 0))
		return;
	disable_irq(irq);
	enable_irq(irq);
	OBSERVE("irq_depth.no_autoen_disabled_and_enabled", "%s", line_state(irq));
	line_fire(irq);
	enable_irq(irq);
	let_replays_come();
	OBSERVE("irq_depth.no_autoen_fired_then_enabled", "%s", noted());
	line_drop(irq, &user[0]);
}

static void noautoen_line_shared(void)
{
	int irq = begin_line(handle_level_irq);

	irq_set_status_flags(irq, IRQ_NOAUTOEN);
	/* Linux warns: a second user would find it disabled. */
	OBSERVE("irq_depth.noautoen_line_shared", "%d", request(irq, IRQF_SHARED, 0));
	OBSERVE("irq_depth.noautoen_line_shared_state", "%s", line_state(irq));
	line_drop(irq, &user[0]);
}

static void shared(void)
{
	int irq = begin_line(handle_level_irq);

	if (request(irq, IRQF_SHARED, 0))
		return;
	disable_irq(irq);
	if (request(irq, IRQF_SHARED, 1))
		return;
	OBSERVE("irq_depth.disabled_then_joined", "%s", line_state(irq));
	OBSERVE("irq_depth.disabled_then_joined_fired", "%s", fired(irq));
	free_irq(irq, &user[0]);
	OBSERVE("irq_depth.disabled_then_its_first_user_leaves", "%s", line_state(irq));
	forget_notes();
	enable_irq(irq);
	let_replays_come();
	OBSERVE("irq_depth.disabled_by_one_enabled_by_the_other", "%s", noted());
	free_irq(irq, &user[1]);
	line_unmake(irq);
}

/* ---- in its handler ---- */

static irqreturn_t disable_and_enable(int irq, void *dev)
{
	note('1');
	disable_irq_nosync(irq);
	note(disabled(irq) ? 'd' : 'e');
	enable_irq(irq);
	note(disabled(irq) ? 'd' : 'e');
	return IRQ_HANDLED;
}

static irqreturn_t disable_twice(int irq, void *dev)
{
	note('1');
	disable_irq_nosync(irq);
	disable_irq_nosync(irq);
	return IRQ_HANDLED;
}

static irqreturn_t enable_too_often(int irq, void *dev)
{
	note('1');
	enable_irq(irq);
	return IRQ_HANDLED;
}

static void inside(const char *name, irq_flow_handler_t flow, irq_handler_t handler)
{
	int irq = begin_line(flow);

	if (request_irq(irq, handler, 0, "conformance", &user[0]))
		return;
	OBSERVE("irq_depth.%s", "%s", name, fired(irq));
	OBSERVE("irq_depth.%s_state", "%s", name, line_state(irq));
	OBSERVE("irq_depth.%s_fired_again", "%s", name, fired(irq));
	line_drop(irq, &user[0]);
}

/* It comes again while it is disabled inside its handler. */
static irqreturn_t again_while_disabled(int irq, void *dev)
{
	note('1');
	if (user[0].runs++)
		return IRQ_HANDLED;
	disable_irq_nosync(irq);
	generic_handle_irq(irq);
	note('.');
	return IRQ_HANDLED;
}

static void again_inside(const char *name, irq_flow_handler_t flow)
{
	int irq = begin_line(flow);

	if (request_irq(irq, again_while_disabled, 0, "conformance", &user[0]))
		return;
	OBSERVE("irq_depth.%s_comes_while_disabled_in_progress", "%s", name, fired(irq));
	enable_irq(irq);
	let_replays_come();
	OBSERVE("irq_depth.%s_comes_while_disabled_in_progress_enabled", "%s", name, noted());
	line_drop(irq, &user[0]);
}

/* ---- waiting for a handler ---- */

static struct {
	int irq;
	bool inside, go_on;
} busy;

static irqreturn_t busy_handler(int irq, void *dev)
{
	WRITE_ONCE(busy.inside, true);
	in_the_end_spinning(READ_ONCE(busy.go_on));
	note('1');
	return IRQ_HANDLED;
}

static int act_fire_on_cpu_1(void *unused)
{
	if (set_cpus_allowed_ptr(current, cpumask_of(1)))
		return -1;
	line_fire(busy.irq);
	return 0;
}

/* Another CPU is inside the handler: what the calls that do not wait answer. */
static void on_another_cpu(void)
{
	bool hardirq_over;

	if (num_online_cpus() < 2)
		return;
	busy.irq = begin_line(handle_edge_irq);
	busy.inside = busy.go_on = false;
	if (request_irq(busy.irq, busy_handler, 0, "conformance", &user[0]))
		return;
	forget_notes();
	actor_start(&actor, act_fire_on_cpu_1, NULL);
	in_the_end_spinning(READ_ONCE(busy.inside));
	disable_irq_nosync(busy.irq);
	OBSERVE("irq_depth.smp_disable_nosync_returns_with_handler_inside", "%s", noted());
	OBSERVE("irq_depth.smp_in_progress_and_disabled", "%d %d",
		irqd_irq_inprogress(irq_get_irq_data(busy.irq)), disabled(busy.irq));
	WRITE_ONCE(busy.go_on, true);
	hardirq_over = synchronize_hardirq(busy.irq);
	OBSERVE("irq_depth.smp_synchronize_hardirq", "%d %s", hardirq_over, noted());
	actor_join(&actor);
	enable_irq(busy.irq);
	free_irq(busy.irq, &user[0]);
	line_unmake(busy.irq);
}

/* ---- who is called when ---- */

static void order(void)
{
	int irq = begin_line(handle_simple_irq);
	unsigned int i;

	for (i = 0; i < USERS; i++)
		if (request(irq, IRQF_SHARED, i))
			return;
	OBSERVE("irq_depth.order_of_four", "%s", fired(irq));
	free_irq(irq, &user[1]);
	OBSERVE("irq_depth.order_without_the_second", "%s", fired(irq));
	if (request(irq, IRQF_SHARED, 1))
		return;
	OBSERVE("irq_depth.order_with_the_second_back", "%s", fired(irq));
	for (i = 0; i < USERS; i++)
		user[i].answer = IRQ_NONE;
	OBSERVE("irq_depth.order_when_all_say_none", "%s", fired(irq));
	/* The same cookie once more: taken, and free_irq() takes away the earlier one. */
	OBSERVE("irq_depth.same_dev_twice", "%d", request(irq, IRQF_SHARED, 0));
	OBSERVE("irq_depth.same_dev_twice_order", "%s", fired(irq));
	free_irq(irq, &user[0]);
	OBSERVE("irq_depth.same_dev_twice_freed_once_order", "%s", fired(irq));
	for (i = 0; i < USERS; i++)
		free_irq(irq, &user[i]);
	OBSERVE("irq_depth.order_of_none", "%s", fired(irq));
	line_unmake(irq);
}

static void names(void)
{
	int irq = begin_line(handle_simple_irq);
	const char *freed;

	if (request_irq(irq, line_handler, IRQF_SHARED, "one", &user[0]) ||
	    request_irq(irq, line_handler, IRQF_SHARED, "two", &user[1]))
		return;
	freed = free_irq(irq, &user[1]);
	OBSERVE("irq_depth.free_returns_own_name", "%s", freed ? freed : "null");
	freed = free_irq(irq, &user[0]);
	OBSERVE("irq_depth.free_of_the_last_returns", "%s", freed ? freed : "null");
	if (request_irq(irq, line_handler, 0, NULL, &user[0]))
		return;
	freed = free_irq(irq, &user[0]);
	OBSERVE("irq_depth.free_of_one_without_name", "%s", freed ? freed : "null");
	line_unmake(irq);
}

static void no_such_line(void)
{
	disable_irq_nosync(0x7ffffff);
	disable_irq(0x7ffffff);
	enable_irq(0x7ffffff);
	synchronize_irq(0x7ffffff);
	OBSERVE("irq_depth.no_such_line_synchronize_hardirq", "%d", synchronize_hardirq(0x7ffffff));
	OBSERVE("irq_depth.no_such_line_disable_hardirq", "%d", disable_hardirq(0x7ffffff));
	OBSERVE("irq_depth.no_such_line_free", "%s", free_irq(0x7ffffff, &user[0]) ? "a name" : "null");
	OBSERVE("irq_depth.no_such_line_has_action", "%d", irq_has_action(0x7ffffff));
	OBSERVE("irq_depth.no_such_line_handle", "%d", generic_handle_irq(0x7ffffff));
}

static int __init irq_depth_conformance_init(void)
{
	stay_on_cpu_0();
	deep();
	unbalanced();
	before_a_request();
	across_free();
	pending_across_free();
	no_autoen();
	noautoen_line_shared();
	shared();
	inside("disabled_and_enabled_inside", handle_level_irq, disable_and_enable);
	inside("disabled_and_enabled_inside_edge", handle_edge_irq, disable_and_enable);
	inside("disabled_twice_inside", handle_level_irq, disable_twice);
	inside("enabled_too_often_inside", handle_level_irq, enable_too_often);
	again_inside("level", handle_level_irq);
	again_inside("edge", handle_edge_irq);
	again_inside("fasteoi", handle_fasteoi_irq);
	again_inside("simple", handle_simple_irq);
	on_another_cpu();
	order();
	names();
	no_such_line();
	return all_lines_unmade();
}

static void __exit irq_depth_conformance_exit(void)
{
}

module_init(irq_depth_conformance_init);
module_exit(irq_depth_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: lines that are disabled, and shared");
