// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: what becomes of handlers with "threadirqs" on the kernel's command line (boots.tsv).
 *
 * What
 *	Letters: 1 and 2 handlers, small if they are called in a thread (i and j), x a thread function,
 *	and of the chip those of irq_line.h.
 *
 * Limits
 *	Without that word handlers are called in hard interrupts, and this unit is not loaded.
 */
#include <linux/interrupt.h>

#include "irq_line.h"

static struct {
	struct completion ran, thread_ran;
	bool in_task, in_hardirq, in_softirq, irqs_off, atomic;
	unsigned int policy, priority;
	char name[TASK_COMM_LEN], thread_name[TASK_COMM_LEN];
} seen;

static irqreturn_t answer, thread_answer;
static struct line_user first, second;

static void look(void)
{
	seen.in_task = in_task();
	seen.in_hardirq = in_hardirq();
	seen.in_softirq = in_softirq();
	seen.irqs_off = irqs_disabled();
	seen.atomic = in_atomic();
	seen.policy = current->policy;
	seen.priority = current->rt_priority;
	get_task_comm(seen.name, current);
}

/* As a letter: which of the two users, and whether in a thread. */
static irqreturn_t handler(int irq, void *dev)
{
	bool is_first = dev == &first;

	if (in_hardirq())
		note(is_first ? '1' : '2');
	else
		note(is_first ? 'i' : 'j');
	look();
	complete(&seen.ran);
	return answer;
}

static irqreturn_t thread_fn(int irq, void *dev)
{
	note('x');
	get_task_comm(seen.thread_name, current);
	complete(&seen.thread_ran);
	return thread_answer;
}

static void begin(void)
{
	memset(&seen, 0, sizeof(seen));
	init_completion(&seen.ran);
	init_completion(&seen.thread_ran);
	answer = IRQ_HANDLED;
	thread_answer = IRQ_HANDLED;
	first = (struct line_user){ .letter = '1' };
	second = (struct line_user){ .letter = '2' };
	forget_notes();
}

static int begin_line(struct irq_chip *chip, irq_flow_handler_t flow)
{
	int irq = line_make(chip, flow);

	begin();
	return irq;
}

static int request(int irq, unsigned long flags)
{
	return request_irq(irq, handler, flags, "conformance", &first);
}

static const char *fired(int irq)
{
	forget_notes();
	line_fire(irq);
	arrives(&seen.ran);
	synchronize_irq(irq);
	return noted();
}

/* ---- whether there is forced threading at all ---- */

static bool is_forced(void)
{
	int irq = begin_line(&line_chip, handle_simple_irq);

	if (request(irq, 0))
		return false;
	fired(irq);
	line_drop(irq, &first);
	return !seen.in_hardirq;
}

/* ---- one handler ---- */

static void inside(void)
{
	int irq = begin_line(&line_chip, handle_level_irq);
	char name[TASK_COMM_LEN];

	if (request_irq(irq, handler, 0, "edge-case", &first))
		return;
	fired(irq);
	snprintf(name, sizeof(name), "irq/%d-edge-case", irq);
	OBSERVE("irq_force.inside_in_task", "%s", yes_no(seen.in_task));
	OBSERVE("irq_force.inside_in_hardirq", "%s", yes_no(seen.in_hardirq));
	OBSERVE("irq_force.inside_in_softirq", "%s", yes_no(seen.in_softirq));
	OBSERVE("irq_force.inside_irqs_disabled", "%s", yes_no(seen.irqs_off));
	OBSERVE("irq_force.inside_in_atomic", "%s", yes_no(seen.atomic));
	OBSERVE("irq_force.inside_policy_and_priority", "%u %u", seen.policy, seen.priority);
	OBSERVE("irq_force.inside_name_is_irq_number_and_device", "%s", yes_no(!strcmp(seen.name, name)));
	line_drop(irq, &first);
}

/* The flow is that of a handler that wakes a thread, and the line stays masked meanwhile. */
static void flow(const char *name, irq_flow_handler_t flow, unsigned long flags)
{
	int irq = begin_line(&line_chip, flow);

	if (request(irq, flags))
		return;
	OBSERVE("irq_force.%s", "%s", name, fired(irq));
	line_drop(irq, &first);
}

static struct irq_chip oneshot_safe_chip, eoi_threaded_chip;

static void chips(void)
{
	int irq;

	oneshot_safe_chip = line_chip;
	oneshot_safe_chip.flags = IRQCHIP_ONESHOT_SAFE;
	irq = begin_line(&oneshot_safe_chip, handle_level_irq);
	if (request(irq, 0))
		return;
	OBSERVE("irq_force.level_of_a_oneshot_safe_chip", "%s", fired(irq));
	line_drop(irq, &first);
	eoi_threaded_chip = line_chip;
	eoi_threaded_chip.flags = IRQCHIP_EOI_THREADED;
	irq = begin_line(&eoi_threaded_chip, handle_fasteoi_irq);
	if (request(irq, 0))
		return;
	OBSERVE("irq_force.fasteoi_of_an_eoi_threaded_chip", "%s", fired(irq));
	line_drop(irq, &first);
}

static void says_none(void)
{
	int irq = begin_line(&line_chip, handle_level_irq);

	answer = IRQ_NONE;
	if (request(irq, 0))
		return;
	OBSERVE("irq_force.handler_says_none", "%s", fired(irq));
	line_drop(irq, &first);
}

/* ---- who is exempt ---- */

static void line_flag(const char *name, unsigned long flag)
{
	int irq = begin_line(&line_chip, handle_level_irq);

	irq_set_status_flags(irq, flag);
	if (request(irq, 0))
		return;
	OBSERVE("irq_force.line_%s", "%s", name, fired(irq));
	line_drop(irq, &first);
}

static void exempt(void)
{
	flow("no_thread", handle_level_irq, IRQF_NO_THREAD);
	flow("percpu", handle_level_irq, IRQF_PERCPU);
	flow("timer", handle_level_irq, IRQF_TIMER);
	flow("oneshot", handle_level_irq, IRQF_ONESHOT);
	flow("no_thread_oneshot", handle_level_irq, IRQF_NO_THREAD | IRQF_ONESHOT);
	line_flag("nothread", IRQ_NOTHREAD);
	line_flag("is_polled", IRQ_IS_POLLED);
}

/* ---- a handler and a thread: each gets one ---- */

static void both(const char *name, unsigned long flags, irqreturn_t says)
{
	int irq = begin_line(&line_chip, handle_level_irq);
	char secondary[TASK_COMM_LEN];

	answer = says;
	if (request_threaded_irq(irq, handler, thread_fn, flags, "name", &first))
		return;
	fired(irq);
	if (says == IRQ_WAKE_THREAD)
		arrives(&seen.thread_ran);
	synchronize_irq(irq);
	OBSERVE("irq_force.both_%s", "%s", name, noted());
	snprintf(secondary, sizeof(secondary), "irq/%d-s-name", irq);
	OBSERVE("irq_force.both_%s_thread_is_the_secondary", "%s", name, yes_no(!strcmp(seen.thread_name, secondary)));
	line_drop(irq, &first);
}

static void thread_alone(void)
{
	int irq = begin_line(&line_chip, handle_level_irq), error;

	error = request_threaded_irq(irq, NULL, thread_fn, 0, "name", &first);
	OBSERVE("irq_force.thread_alone", "%d", error);
	if (!error)
		free_irq(irq, &first);
	if (request_threaded_irq(irq, NULL, thread_fn, IRQF_ONESHOT, "name", &first))
		return;
	forget_notes();
	line_fire(irq);
	arrives(&seen.thread_ran);
	synchronize_irq(irq);
	OBSERVE("irq_force.thread_alone_oneshot", "%s", noted());
	line_drop(irq, &first);
}

/* ---- sharing ---- */

static const char *fired_both(int irq)
{
	forget_notes();
	line_fire(irq);
	arrives(&seen.ran);
	arrives(&seen.ran);
	synchronize_irq(irq);
	return noted();
}

static void join(const char *name, unsigned long held, unsigned long flags)
{
	int irq = begin_line(&line_chip, handle_level_irq), error;

	if (request(irq, IRQF_SHARED | held))
		return;
	error = request_irq(irq, handler, IRQF_SHARED | flags, "second", &second);
	if (error) {
		OBSERVE("irq_force.share_%s", "%d", name, error);
	} else {
		/* Twice, so that the threads are where they belong. */
		fired_both(irq);
		OBSERVE("irq_force.share_%s", "%s", name, fired_both(irq));
		free_irq(irq, &second);
	}
	line_drop(irq, &first);
}

static void sharing(void)
{
	join("both", 0, 0);
	join("no_thread_joins", 0, IRQF_NO_THREAD);
	join("joins_no_thread", IRQF_NO_THREAD, 0);
	join("both_no_thread", IRQF_NO_THREAD, IRQF_NO_THREAD);
	join("no_thread_oneshot_joins", 0, IRQF_NO_THREAD | IRQF_ONESHOT);
	join("oneshot_joins", 0, IRQF_ONESHOT);
	join("percpu_both", IRQF_PERCPU, IRQF_PERCPU);
}

/* ---- what is raised inside runs when bottom halves are on again: in that thread ---- */

static struct task_struct *tasklet_task, *handler_task;

static void tasklet_fn(struct tasklet_struct *tasklet)
{
	note('t');
	tasklet_task = current;
}

static DECLARE_TASKLET(tasklet, tasklet_fn);

static irqreturn_t scheduling_handler(int irq, void *dev)
{
	handler_task = current;
	tasklet_schedule(&tasklet);
	note('.');
	complete(&seen.ran);
	return IRQ_HANDLED;
}

static void raises(void)
{
	int irq = begin_line(&line_chip, handle_level_irq);

	if (request_irq(irq, scheduling_handler, 0, "conformance", &first))
		return;
	fired(irq);
	tasklet_kill(&tasklet);
	OBSERVE("irq_force.tasklet_scheduled_inside", "%s", noted());
	line_drop(irq, &first);
}

/* ---- the kernel's own interrupts ---- */

static void other_interrupts(void)
{
	int irq = begin_line(&line_chip, handle_simple_irq);

	OBSERVE("irq_force.any_context", "%d",
		request_any_context_irq(irq, handler, 0, "conformance", &first));
	OBSERVE("irq_force.any_context_fired", "%s", fired(irq));
	OBSERVE("irq_force.disabled_while_in_its_thread", "%d", disable_hardirq(irq));
	enable_irq(irq);
	line_drop(irq, &first);
}

static int __init irq_force_conformance_init(void)
{
	stay_on_cpu_0();
	if (!is_forced()) {
		leave_cpu_0();
		return -ENODEV;
	}
	inside();
	flow("level", handle_level_irq, 0);
	flow("level_high", handle_level_irq, IRQF_TRIGGER_HIGH);
	flow("edge", handle_edge_irq, 0);
	flow("fasteoi", handle_fasteoi_irq, 0);
	flow("simple", handle_simple_irq, 0);
	chips();
	says_none();
	exempt();
	both("wakes", 0, IRQ_WAKE_THREAD);
	both("needs_no_thread", 0, IRQ_HANDLED);
	both("no_thread_wakes", IRQF_NO_THREAD, IRQ_WAKE_THREAD);
	both("oneshot_wakes", IRQF_ONESHOT, IRQ_WAKE_THREAD);
	thread_alone();
	sharing();
	raises();
	other_interrupts();
	return all_lines_unmade();
}

static void __exit irq_force_conformance_exit(void)
{
}

module_init(irq_force_conformance_init);
module_exit(irq_force_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: handlers that are made to run in threads");
