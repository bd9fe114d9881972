/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the units of threaded interrupts share: a handler with a thread, which stays inside until it is let go.
 *
 * What
 *	1 and x are the handler and the thread of pair, 2 and y those of other. A gate's thread notes the
 *	large letter too, when it has been let go.
 *
 * Contexts
 *	Task, may sleep.
 */
#ifndef CONFORMANCE_IRQ_PAIR_H
#define CONFORMANCE_IRQ_PAIR_H

#include "irq_line.h"

struct pair {
	char handler, thread;		/* letters */
	irqreturn_t handler_says, thread_says;
	bool is_gate;
	struct completion inside, open, ended;
	char name[TASK_COMM_LEN];	/* of who ran the thread */
};

static struct pair pair, other;

static inline void pair_init(struct pair *pair, char handler, char thread, bool is_gate)
{
	memset(pair, 0, sizeof(*pair));
	pair->handler = handler;
	pair->thread = thread;
	pair->handler_says = IRQ_WAKE_THREAD;
	pair->thread_says = IRQ_HANDLED;
	pair->is_gate = is_gate;
	init_completion(&pair->inside);
	init_completion(&pair->open);
	init_completion(&pair->ended);
}

static inline void begin(bool is_gate)
{
	pair_init(&pair, '1', 'x', is_gate);
	pair_init(&other, '2', 'y', is_gate);
	forget_notes();
}

static inline irqreturn_t pair_handler(int irq, void *dev)
{
	struct pair *pair = dev;

	note(pair->handler);
	return pair->handler_says;
}

static inline irqreturn_t content_handler(int irq, void *dev)
{
	struct pair *pair = dev;

	note(pair->handler);
	return IRQ_HANDLED;
}

static inline irqreturn_t pair_thread(int irq, void *dev)
{
	struct pair *pair = dev;

	note(pair->thread);
	get_task_comm(pair->name, current);
	complete(&pair->inside);
	if (pair->is_gate) {
		arrives(&pair->open);
		note(pair->thread - 'a' + 'A');
	}
	complete(&pair->ended);
	return pair->thread_says;
}

/* A new line with pair, notes forgotten; negative if the request was refused. */
static inline int begin_line(struct irq_chip *chip, irq_flow_handler_t flow, irq_handler_t handler,
			     unsigned long flags, bool is_gate)
{
	int irq = line_make(chip, flow);

	begin(is_gate);
	if (request_threaded_irq(irq, handler, pair_thread, flags, "conformance", &pair))
		return -1;
	forget_notes();
	return irq;
}

static inline void end_line(int irq)
{
	line_drop(irq, &pair);
}

/* Until so many runs of pair's thread have ended, and what comes after them in it is done, too. */
static inline void wait_for_runs(int irq, unsigned int runs)
{
	while (runs--)
		if (!arrives(&pair.ended))
			note('!');
	synchronize_irq(irq);
}

static inline void let_go(int irq, unsigned int runs)
{
	unsigned int i;

	for (i = 0; i < runs; i++)
		complete(&pair.open);
	wait_for_runs(irq, runs);
}

#endif
