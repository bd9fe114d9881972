/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What tests of interrupt lines share: a chip that logs what it is asked to do, one that does nothing, and the line of
 * a case, which fires whenever the case says so.
 */
#ifndef _TESTS_BOOT_IRQ_HELPERS_H
#define _TESTS_BOOT_IRQ_HELPERS_H

#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>

#include "helpers.h"

/* What is seen: the chip's calls, the handlers' runs, and what a file has besides. */
enum { MASK = 100, UNMASK, ACK, EOI, HANDLER, OTHER, FIRST_OF_FILE };

static struct event_log seen;

static inline void soft_mask(struct irq_data *data)	{ log_event(&seen, MASK); }
static inline void soft_unmask(struct irq_data *data)	{ log_event(&seen, UNMASK); }
static inline void soft_ack(struct irq_data *data)	{ log_event(&seen, ACK); }
static inline void soft_eoi(struct irq_data *data)	{ log_event(&seen, EOI); }

static inline int soft_set_type(struct irq_data *data, unsigned int type)
{
	return type == IRQ_TYPE_LEVEL_LOW ? -EINVAL : 0;
}

static struct irq_chip soft_chip __maybe_unused = {
	.name = "soft",
	.irq_mask = soft_mask,
	.irq_unmask = soft_unmask,
	.irq_ack = soft_ack,
	.irq_eoi = soft_eoi,
	.irq_set_type = soft_set_type,
};

static inline void no_function(struct irq_data *data) { }

static struct irq_chip quiet_chip __maybe_unused = {
	.name = "quiet",
	.irq_mask = no_function,
	.irq_unmask = no_function,
	.irq_ack = no_function,
	.irq_eoi = no_function,
};

static unsigned int line;		/* of the running case: taken before, given back after it */

static inline int take_line(struct irq_chip *chip, irq_flow_handler_t flow)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	if (irq < 0)
		return irq;
	line = (unsigned int)irq;
	irq_set_chip_and_handler(line, chip, flow);
	log_reset(&seen);
	return 0;
}

static inline void give_line_back(struct kunit *test)
{
	irq_free_desc(line);
}

static inline void fire_here(void *irq)
{
	generic_handle_irq((unsigned int)(unsigned long)irq);
}

/* Its flow has run when this returns. */
static inline void fire(unsigned int irq)
{
	in_hard_irq(fire_here, (void *)(unsigned long)irq);
}

#endif
