// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: contexts, and what the predicates answer in each. All is observed in a thread on CPU 0, by
 * context_task.c, context_irq.c (hard interrupts and softirqs), context_deferred.c (tasklets, timers,
 * works, threads), context_nest.c (what may come within what) and, with a second CPU, context_smp.c.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>

#include "context.h"

struct task_struct *observer;

void look(struct answers *seen)
{
	*seen = (struct answers){
		.looked = true,
		.interrupt = in_interrupt(),
		.hardirq = in_hardirq(),
		.softirq = in_softirq(),
		.serving = in_serving_softirq(),
		.task = in_task(),
		.nmi = in_nmi(),
		.atomic = in_atomic(),
		.may_preempt = preemptible(),
		.irqs_off = irqs_disabled(),
		.count = preempt_count(),
		.cpu = raw_smp_processor_id(),
		.borrowed = current,
	};
	strscpy(seen->comm, current->comm, sizeof(seen->comm));
}

void look_in_irq(void *seen)
{
	look(seen);
}

static const char *whose(const struct answers *seen)
{
	if (seen->borrowed == observer)
		return "the observer";
	if (strstarts(seen->comm, "ksoftirqd/"))
		return "ksoftirqd";
	if (strstarts(seen->comm, "kworker/"))
		return "a worker";
	return seen->comm;
}

/* The names of the predicates that were true. */
static const char *what_is_true(const struct answers *seen)
{
	const struct {
		bool holds;
		const char *name;
	} predicates[] = {
		{ seen->task, " in_task" },
		{ seen->interrupt, " in_interrupt" },
		{ seen->softirq, " in_softirq" },
		{ seen->serving, " in_serving_softirq" },
		{ seen->hardirq, " in_hardirq" },
		{ seen->nmi, " in_nmi" },
		{ seen->atomic, " in_atomic" },
		{ seen->may_preempt, " preemptible" },
	};
	static char text[128];
	unsigned int i;

	text[0] = '\0';
	for (i = 0; i < ARRAY_SIZE(predicates); i++)
		if (predicates[i].holds)
			strlcat(text, predicates[i].name, sizeof(text));
	return text[0] ? text + 1 : "none";
}

static void say_predicates(const char *where, const struct answers *seen)
{
	OBSERVE("context.%s", "%s", where, seen->looked ? what_is_true(seen) : "never");
	OBSERVE("context.%s_interrupts", "%s", where, seen->irqs_off ? "off" : "on");
}

void say_section(const char *where, const struct answers *seen)
{
	say_predicates(where, seen);
	OBSERVE("context.%s_depth", "preempt %u, softirq %u, hardirq %u", where,
		(seen->count & (unsigned int)PREEMPT_MASK) >> PREEMPT_SHIFT,
		(seen->count & (unsigned int)SOFTIRQ_MASK) >> SOFTIRQ_SHIFT,
		(seen->count & (unsigned int)HARDIRQ_MASK) >> HARDIRQ_SHIFT);
}

void say_thread(const char *where, const struct answers *seen)
{
	say_section(where, seen);
	OBSERVE("context.%s_current", "%s", where, whose(seen));
}

void say(const char *where, const struct answers *seen)
{
	say_predicates(where, seen);
	OBSERVE("context.%s_depth", "softirq %u, hardirq %u", where,
		(seen->count & (unsigned int)SOFTIRQ_MASK) >> SOFTIRQ_SHIFT,
		(seen->count & (unsigned int)HARDIRQ_MASK) >> HARDIRQ_SHIFT);
	OBSERVE("context.%s_current", "%s", where, whose(seen));
}

static void observe(void)
{
	observer = current;
	observe_context_task();
	observe_context_irq();
	observe_context_deferred();
	observe_context_nest();
	if (num_online_cpus() > 1)
		observe_context_smp();
}

static int __init context_unit_init(void)
{
	return run_pinned(0, observe);
}
module_init(context_unit_init);

static void __exit context_unit_exit(void)
{
}
module_exit(context_unit_exit);

MODULE_DESCRIPTION("contexts and their predicates, observed");
MODULE_LICENSE("GPL");
