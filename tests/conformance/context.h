/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the sources of the context unit share: the answers of all predicates, taken in one place and said
 * in another.
 *
 * What
 *	look(&seen) is called where the question is, say("name", &seen) in the task. For each place:
 *
 *		context.NAME = the predicates that were true
 *		context.NAME_interrupts = on or off
 *		context.NAME_depth = softirq field (1 serving, 2 each section), hard IRQs
 *		context.NAME_current = whose task it was
 *
 *	say_section() leaves out the task, and has the preemption depth, which inside interrupts is the
 *	kernel's own affair; say_thread() has both.
 */
#ifndef CONFORMANCE_CONTEXT_H
#define CONFORMANCE_CONTEXT_H

#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>

#include "deferral.h"

struct answers {
	bool looked;
	bool interrupt, hardirq, softirq, serving, task, nmi, atomic, may_preempt, irqs_off;
	unsigned int count;
	unsigned int cpu;
	struct task_struct *borrowed;
	char comm[TASK_COMM_LEN];
};

void look(struct answers *seen);
void say(const char *where, const struct answers *seen);
void say_section(const char *where, const struct answers *seen);
void say_thread(const char *where, const struct answers *seen);

/* For handlers: a pointer to answers. */
void look_in_irq(void *seen);

/* The thread that observes. */
extern struct task_struct *observer;

void observe_context_task(void);
void observe_context_irq(void);
void observe_context_deferred(void);
void observe_context_nest(void);
void observe_context_smp(void);

#endif
