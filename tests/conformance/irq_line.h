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
 *	line_fire() calls the line's flow in a hard interrupt on this CPU. line_state() says in words
 *	what a line is.
 *
 * Contexts
 *	Task, may sleep.
 */
#ifndef CONFORMANCE_IRQ_LINE_H
#define CONFORMANCE_IRQ_LINE_H

#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irq_work.h>

#include "notes.h"

static int line_type_error;		/* what set_type answers */

static inline void line_mask(struct irq_data *data)	{ note('m'); }
static inline void line_unmask(struct irq_data *data)	{ note('u'); }
static inline void line_ack(struct irq_data *data)	{ note('a'); }
static inline void line_eoi(struct irq_data *data)	{ note('e'); }

static inline int line_set_type(struct irq_data *data, unsigned int type)
{
	return line_type_error;
}

/* To CPU 0, whoever it is for: a thread of the line follows, and comes after the interrupt that woke it. */
static inline int line_set_affinity(struct irq_data *data, const struct cpumask *dest, bool force)
{
	irq_data_update_effective_affinity(data, cpumask_of(0));
	return IRQ_SET_MASK_OK;
}

static struct irq_chip line_chip = {
	.name = "conformance",
	.irq_mask = line_mask,
	.irq_unmask = line_unmask,
	.irq_ack = line_ack,
	.irq_eoi = line_eoi,
	.irq_set_type = line_set_type,
	.irq_set_affinity = line_set_affinity,
};

static int lines_there;

/* A new line, or an error. */
static inline int line_make(struct irq_chip *chip, irq_flow_handler_t flow)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	lines_there += irq >= 0;
	line_type_error = 0;
	if (irq >= 0 && chip)
		irq_set_chip_and_handler(irq, chip, flow);
	forget_notes();
	return irq;
}

static inline void line_unmake(int irq)
{
	irq_free_desc(irq);
	lines_there--;
}

/*
 * What init returns. A line that is left would be found by the next who walks all lines, and its chip is
 * gone with this unit.
 */
static inline int all_lines_unmade(void)
{
	leave_cpu_0();
	if (!lines_there)
		return 0;
	pr_err("%d lines are left\n", lines_there);
	return -EBUSY;
}

/* Valid until the next call. */
static inline const char *line_state(int irq)
{
	struct irq_data *data = irq_get_irq_data(irq);
	static char text[100];

	snprintf(text, sizeof(text), "%s, %s%s%s%s%stype %u",
		 irqd_irq_disabled(data) ? "disabled" : "enabled",
		 irqd_irq_masked(data) ? "masked, " : "",
		 irqd_is_started(data) ? "started, " : "",
		 irqd_is_per_cpu(data) ? "per CPU, " : "",
		 irqd_can_balance(data) ? "" : "not balanced, ",
		 irqd_is_level_type(data) ? "level, " : "",
		 irqd_get_trigger_type(data));
	return text;
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

static inline void replay_marker(struct tasklet_struct *tasklet)
{
}

/* A replay may be made by a softirq of this CPU: what was asked for has come. */
static inline void let_replays_come(void)
{
	struct tasklet_struct tasklet;

	tasklet_setup(&tasklet, replay_marker);
	tasklet_schedule(&tasklet);
	tasklet_kill(&tasklet);
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

/* A line that has this handler, notes forgotten; negative if the request was refused. */
static inline int line_with(struct irq_chip *chip, irq_flow_handler_t flow, irq_handler_t handler,
			    unsigned long flags, void *dev)
{
	int irq = line_make(chip, flow);
	int error = request_irq(irq, handler, flags, "conformance", dev);

	if (!error) {
		forget_notes();
		return irq;
	}
	pr_err("no handler for line %d: %d\n", irq, error);
	line_unmake(irq);
	return error;
}

static inline void line_drop(int irq, void *dev)
{
	free_irq(irq, dev);
	line_unmake(irq);
}

#endif
