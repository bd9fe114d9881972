// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: lines of which each CPU has its own: one handler, a cookie for each CPU, enabled CPU by CPU.
 */
#include <linux/percpu.h>

#include "irq_line.h"

#define NO_SUCH_LINE	0x7ffffff

static DEFINE_PER_CPU(int, cookie);
static DEFINE_PER_CPU(int, other_cookie);

static struct line_user first;
static struct actor actor;
static struct {
	unsigned int runs;
	bool own_cookie, in_hardirq;
	int cpu;
} seen;

static irqreturn_t percpu_handler(int irq, void *dev)
{
	note('1');
	seen.runs++;
	seen.own_cookie = dev == this_cpu_ptr(&cookie);
	seen.in_hardirq = in_hardirq();
	seen.cpu = raw_smp_processor_id();
	return IRQ_HANDLED;
}

static int begin_line(struct irq_chip *chip)
{
	int irq = line_make(chip, handle_percpu_devid_irq);

	memset(&seen, 0, sizeof(seen));
	first = (struct line_user){ .letter = '1', .answer = IRQ_HANDLED };
	irq_set_percpu_devid(irq);
	forget_notes();
	return irq;
}

static int request(int irq)
{
	return request_percpu_irq(irq, percpu_handler, "conformance", &cookie);
}

static void requests(void)
{
	int irq = line_make(&line_chip, handle_percpu_devid_irq);

	OBSERVE("irq_percpu.request_of_an_ordinary_line", "%d", request(irq));
	OBSERVE("irq_percpu.set_devid", "%d", irq_set_percpu_devid(irq));
	OBSERVE("irq_percpu.set_devid_again", "%d", irq_set_percpu_devid(irq));
	OBSERVE("irq_percpu.state", "%s", line_state(irq));
	OBSERVE("irq_percpu.is_percpu", "%d %d", irq_is_percpu(irq), irq_is_percpu_devid(irq));
	OBSERVE("irq_percpu.ordinary_request", "%d", request_irq(irq, line_handler, 0, "conformance", &first));
	OBSERVE("irq_percpu.request_without_cookie", "%d",
		request_percpu_irq(irq, percpu_handler, "conformance", NULL));
	OBSERVE("irq_percpu.request_with_oneshot", "%d",
		__request_percpu_irq(irq, percpu_handler, IRQF_ONESHOT, "conformance", &cookie));
	OBSERVE("irq_percpu.request_with_shared", "%d",
		__request_percpu_irq(irq, percpu_handler, IRQF_SHARED, "conformance", &cookie));
	forget_notes();
	OBSERVE("irq_percpu.request", "%d", request(irq));
	OBSERVE("irq_percpu.request_asks_chip", "%s", noted());
	OBSERVE("irq_percpu.requested_state", "%s", line_state(irq));
	OBSERVE("irq_percpu.requested_is_enabled", "%d", irq_percpu_is_enabled(irq));
	OBSERVE("irq_percpu.request_again", "%d",
		request_percpu_irq(irq, percpu_handler, "conformance", &other_cookie));
	free_percpu_irq(irq, &cookie);
	OBSERVE("irq_percpu.freed_has_action", "%d", irq_has_action(irq));
	OBSERVE("irq_percpu.request_after_free", "%d", request(irq));
	free_percpu_irq(irq, &cookie);
	line_unmake(irq);
	OBSERVE("irq_percpu.no_such_line_set_devid", "%d", irq_set_percpu_devid(NO_SUCH_LINE));
	OBSERVE("irq_percpu.no_such_line_request", "%d", request(NO_SUCH_LINE));
	OBSERVE("irq_percpu.no_such_line_is_enabled", "%d", irq_percpu_is_enabled(NO_SUCH_LINE));
}

static void enabling(void)
{
	int irq = begin_line(&line_chip);

	if (request(irq))
		return;
	forget_notes();
	enable_percpu_irq(irq, IRQ_TYPE_NONE);
	OBSERVE("irq_percpu.enable_asks_chip", "%s", noted());
	OBSERVE("irq_percpu.enabled", "%d", irq_percpu_is_enabled(irq));
	OBSERVE("irq_percpu.enabled_state", "%s", line_state(irq));
	forget_notes();
	line_fire(irq);
	OBSERVE("irq_percpu.fired", "%s", noted());
	OBSERVE("irq_percpu.gets_the_cookie_of_its_cpu", "%s", yes_no(seen.own_cookie));
	OBSERVE("irq_percpu.inside_in_hardirq", "%s", yes_no(seen.in_hardirq));
	forget_notes();
	/* No depth: once is enough. */
	enable_percpu_irq(irq, IRQ_TYPE_NONE);
	disable_percpu_irq(irq);
	OBSERVE("irq_percpu.enabled_twice_disabled_once", "%d, %s", irq_percpu_is_enabled(irq), noted());
	forget_notes();
	disable_percpu_irq(irq);
	OBSERVE("irq_percpu.disabled_twice_asks_chip", "%s", noted());
	forget_notes();
	/* The chip lets nothing through; the flow does not look. */
	line_fire(irq);
	OBSERVE("irq_percpu.fired_while_disabled", "%s", noted());
	enable_percpu_irq(irq, IRQ_TYPE_LEVEL_HIGH);
	OBSERVE("irq_percpu.enabled_with_a_type", "%d, %s", irq_percpu_is_enabled(irq), line_state(irq));
	disable_percpu_irq(irq);
	line_type_error = -EINVAL;
	enable_percpu_irq(irq, IRQ_TYPE_EDGE_RISING);
	OBSERVE("irq_percpu.enabled_with_a_type_that_chip_refuses", "%d", irq_percpu_is_enabled(irq));
	line_type_error = 0;
	disable_percpu_irq(irq);
	free_percpu_irq(irq, &cookie);
	line_unmake(irq);
}

/* Fired on a CPU that has it enabled, and nobody has requested it. */
static void without_user(void)
{
	int irq = begin_line(&line_chip);

	enable_percpu_irq(irq, IRQ_TYPE_NONE);
	forget_notes();
	line_fire(irq);
	OBSERVE("irq_percpu.fired_without_user", "%s", noted());
	OBSERVE("irq_percpu.fired_without_user_is_enabled", "%d", irq_percpu_is_enabled(irq));
	line_unmake(irq);
}

/* The flow of lines that every CPU has, but with one cookie for all. */
static void ordinary(void)
{
	int irq = line_make(&line_chip, handle_percpu_irq);

	first = (struct line_user){ .letter = '1', .answer = IRQ_HANDLED };
	irq_set_status_flags(irq, IRQ_PER_CPU);
	if (request_irq(irq, line_handler, IRQF_PERCPU, "conformance", &first))
		return;
	forget_notes();
	line_fire(irq);
	OBSERVE("irq_percpu.ordinary_flow", "%s", noted());
	forget_notes();
	disable_irq(irq);
	OBSERVE("irq_percpu.ordinary_disable_asks_chip", "%s", noted());
	line_fire(irq);
	OBSERVE("irq_percpu.ordinary_fired_while_disabled", "%s", noted());
	enable_irq(irq);
	forget_notes();
	free_irq(irq, &first);
	OBSERVE("irq_percpu.ordinary_free_asks_chip", "%s", noted());
	line_unmake(irq);
}

static int line_of_actor;

static int act_on_cpu_1(void *unused)
{
	if (set_cpus_allowed_ptr(current, cpumask_of(1)))
		return -1;
	note(irq_percpu_is_enabled(line_of_actor) ? 'E' : 'D');
	enable_percpu_irq(line_of_actor, IRQ_TYPE_NONE);
	note(irq_percpu_is_enabled(line_of_actor) ? 'E' : 'D');
	line_fire(line_of_actor);
	disable_percpu_irq(line_of_actor);
	return 0;
}

static void on_another_cpu(void)
{
	int irq = line_of_actor = begin_line(&line_chip);

	if (request(irq))
		return;
	enable_percpu_irq(irq, IRQ_TYPE_NONE);
	forget_notes();
	actor_start(&actor, act_on_cpu_1, NULL);
	actor_join(&actor);
	OBSERVE("irq_percpu.smp_cpu_1_after_0_enabled_it", "%s", noted());
	OBSERVE("irq_percpu.smp_cpu_1_gets_its_cookie", "%s, on %d", yes_no(seen.own_cookie), seen.cpu);
	OBSERVE("irq_percpu.smp_cpu_1_disabled_it_and_here", "%d", irq_percpu_is_enabled(irq));
	disable_percpu_irq(irq);
	free_percpu_irq(irq, &cookie);
	line_unmake(irq);
}

static int __init irq_percpu_conformance_init(void)
{
	stay_on_cpu_0();
	requests();
	enabling();
	without_user();
	ordinary();
	if (num_online_cpus() > 1)
		on_another_cpu();
	return all_lines_unmade();
}

static void __exit irq_percpu_conformance_exit(void)
{
}

module_init(irq_percpu_conformance_init);
module_exit(irq_percpu_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: lines of each CPU's own");
