/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the interrupt units share: a line whose controller is a log, and which fires when it is told.
 *
 * What
 *	The chip of a software line notes what it is asked to do, the handlers note that they were
 *	called, so a flow is a word:
 *
 *		m u	mask, unmask			1 2	handlers
 *		a e	acknowledge, end of interrupt	x y	their threads
 *
 *	line_fire() calls the line's flow in a hard interrupt on this CPU.
 *
 * Contexts
 *	Task, may sleep.
 */
#ifndef CONFORMANCE_IRQ_LINE_H
#define CONFORMANCE_IRQ_LINE_H

#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>

#include "workqueue.h"

static int line_type_error;		/* what set_type answers */

static inline void line_mask(struct irq_data *data)	{ note('m'); }
static inline void line_unmask(struct irq_data *data)	{ note('u'); }
static inline void line_ack(struct irq_data *data)	{ note('a'); }
static inline void line_eoi(struct irq_data *data)	{ note('e'); }

static inline int line_set_type(struct irq_data *data, unsigned int type)
{
	return line_type_error;
}

static struct irq_chip line_chip = {
	.name = "conformance",
	.irq_mask = line_mask,
	.irq_unmask = line_unmask,
	.irq_ack = line_ack,
	.irq_eoi = line_eoi,
	.irq_set_type = line_set_type,
};

/* A new line, or an error. */
static inline int line_make(struct irq_chip *chip, irq_flow_handler_t flow)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	line_type_error = 0;
	if (irq >= 0 && chip)
		irq_set_chip_and_handler(irq, chip, flow);
	forget_notes();
	return irq;
}

static inline void line_unmake(int irq)
{
	irq_free_desc(irq);
}

static int line_firing;

static inline void line_fire_fn(struct irq_work *work)
{
	generic_handle_irq(line_firing);
}

/* Its flow has run when this returns. */
static inline void line_fire(int irq)
{
	struct irq_work work;

	line_firing = irq;
	init_irq_work(&work, line_fire_fn);
	irq_work_queue(&work);
	irq_work_sync(&work);
}

/* Handlers: @dev points to one of these. */
struct line_user {
	char letter;
	irqreturn_t answer;
	unsigned int runs;
};

static inline irqreturn_t line_handler(int irq, void *dev)
{
	struct line_user *user = dev;

	user->runs++;
	note(user->letter);
	return user->answer;
}

#endif
