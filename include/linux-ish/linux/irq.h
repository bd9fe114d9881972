/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an interrupt controller's driver needs: chips, line data, flow handlers.
 */
#ifndef _LINUX_IRQ_H
#define _LINUX_IRQ_H

#include <linux/irqnr.h>
#include <linux/irqreturn.h>
#include <linux/spinlock.h>
#include <linux/cpumask.h>

struct irq_desc;
struct irq_data;

/** A flow: what to do around the handlers for one kind of line. Context: hard IRQ, interrupts off. */
typedef void (*irq_flow_handler_t)(struct irq_desc *desc);

enum {
	IRQ_TYPE_NONE		= 0x00000000,
	IRQ_TYPE_EDGE_RISING	= 0x00000001,
	IRQ_TYPE_EDGE_FALLING	= 0x00000002,
	IRQ_TYPE_EDGE_BOTH	= IRQ_TYPE_EDGE_RISING | IRQ_TYPE_EDGE_FALLING,
	IRQ_TYPE_LEVEL_HIGH	= 0x00000004,
	IRQ_TYPE_LEVEL_LOW	= 0x00000008,
	IRQ_TYPE_LEVEL_MASK	= IRQ_TYPE_LEVEL_HIGH | IRQ_TYPE_LEVEL_LOW,
	IRQ_TYPE_SENSE_MASK	= 0x0000000f,
	IRQ_TYPE_DEFAULT	= IRQ_TYPE_SENSE_MASK,
};

/**
 * struct irq_data - a line, as its chip sees it
 * @irq: the number that drivers use
 * @hwirq: the chip's own number (pin)
 * @state: IRQD_* bits
 * @chip: the controller
 * @chip_data: the controller's own, for this line
 */
struct irq_data {
	unsigned int irq;		/* I */
	unsigned int state;		/* desc->lock */
	irq_hw_number_t hwirq;		/* I, set with the chip */
	struct irq_chip *chip;		/* I, set with the chip */
	void *chip_data;		/* I, set with the chip */
};

/* irq_data.state; the low four bits are the trigger type, IRQ_TYPE_*. */
#define IRQD_TRIGGER_MASK	0xfU
#define IRQD_LEVEL		(1U << 13)
#define IRQD_IRQ_DISABLED	(1U << 16)	/* by disable_irq(), or no handler yet */
#define IRQD_IRQ_MASKED		(1U << 17)	/* at the chip */
#define IRQD_IRQ_INPROGRESS	(1U << 18)	/* handlers are running on some CPU */
#define IRQD_IRQ_STARTED	(1U << 22)
#define IRQD_PER_CPU		(1U << 11)
#define IRQD_ONESHOT		(1U << 15)	/* not Linux's: its handlers said IRQF_ONESHOT */
#define IRQD_DEFAULT_TRIGGER_SET (1U << 25)	/* somebody decided on a type before the chip was asked */
#define IRQD_RESEND_WHEN_IN_PROGRESS (1U << 31)	/* fasteoi: what comes meanwhile is replayed */

/**
 * struct irq_chip - an interrupt controller
 * @name: for people
 * @irq_startup: the first handler arrives; default: irq_unmask
 * @irq_shutdown: the last one left; default: irq_mask
 * @irq_mask, @irq_unmask: keep the line from the CPU, let it through
 * @irq_ack: taken; the next edge may come
 * @irq_mask_ack: both in one; default: one after the other
 * @irq_eoi: done; the next interrupt may come (fasteoi, per-CPU flow)
 * @irq_set_type: trigger type, IRQ_TYPE_*; 0 or -Exxx
 * @irq_set_affinity: move to a CPU of the mask; 0 or -Exxx
 * @irq_retrigger: make the line fire again by hardware; non-zero when done
 * @flags: IRQCHIP_*
 *
 * Context of all: interrupts off, desc->lock held.
 */
struct irq_chip {
	const char *name;
	unsigned int (*irq_startup)(struct irq_data *data);
	void (*irq_shutdown)(struct irq_data *data);
	void (*irq_mask)(struct irq_data *data);
	void (*irq_unmask)(struct irq_data *data);
	void (*irq_ack)(struct irq_data *data);
	void (*irq_mask_ack)(struct irq_data *data);
	void (*irq_eoi)(struct irq_data *data);
	int (*irq_set_type)(struct irq_data *data, unsigned int type);
	int (*irq_set_affinity)(struct irq_data *data, const struct cpumask *dest, bool force);
	int (*irq_retrigger)(struct irq_data *data);
	unsigned long flags;
};

#define IRQCHIP_SET_TYPE_MASKED	(1UL << 0)
#define IRQCHIP_ONESHOT_SAFE	(1UL << 5)

/* The flows. kernel/irq/chip.c says which is for what. */
void handle_level_irq(struct irq_desc *desc);
void handle_edge_irq(struct irq_desc *desc);
void handle_fasteoi_irq(struct irq_desc *desc);
void handle_percpu_irq(struct irq_desc *desc);
void handle_simple_irq(struct irq_desc *desc);
void handle_bad_irq(struct irq_desc *desc);

/**
 * irq_set_chip_and_handler_name - give a line its controller and its flow
 * @irq: the line
 * @chip: its controller; NULL: no such line any more
 * @flow: how its interrupts are handled
 * @name: of the flow, for people ("edge"), or NULL
 *
 * Context: any, before the line has a handler.
 */
void irq_set_chip_and_handler_name(unsigned int irq, struct irq_chip *chip, irq_flow_handler_t flow,
				   const char *name);

/** irq_set_chip_and_handler - the same, without a name for the flow */
static inline void irq_set_chip_and_handler(unsigned int irq, struct irq_chip *chip,
					    irq_flow_handler_t flow)
{
	irq_set_chip_and_handler_name(irq, chip, flow, NULL);
}

/** irq_set_handler - change the flow of a line that is not in use. Context: any. */
void irq_set_handler(unsigned int irq, irq_flow_handler_t flow);
/** irq_set_chip_data - the chip's own data for a line. Return: 0, or -EINVAL for a bad number. */
int irq_set_chip_data(unsigned int irq, void *data);
/** irq_set_hwirq - the chip's own number of a line. Context: at set-up. */
void irq_set_hwirq(unsigned int irq, irq_hw_number_t hwirq);
/** irq_set_irq_type - change the trigger type of a line. Return: 0 or the chip's error. */
int irq_set_irq_type(unsigned int irq, unsigned int type);

/**
 * irq_get_irq_data, irq_get_chip, irq_get_chip_data - of a line; NULL if there is none.
 *
 * Context: any.
 */
struct irq_data *irq_get_irq_data(unsigned int irq);
struct irq_chip *irq_get_chip(unsigned int irq);
void *irq_get_chip_data(unsigned int irq);

#define irq_data_get_irq_chip(d)	((d)->chip)
#define irq_data_get_irq_chip_data(d)	((d)->chip_data)
#define irqd_to_hwirq(d)		((d)->hwirq)
#define irqd_irq_disabled(d)		(!!((d)->state & IRQD_IRQ_DISABLED))
#define irqd_irq_masked(d)		(!!((d)->state & IRQD_IRQ_MASKED))
#define irqd_irq_inprogress(d)		(!!((d)->state & IRQD_IRQ_INPROGRESS))
#define irqd_get_trigger_type(d)	((d)->state & IRQD_TRIGGER_MASK)
#define irqd_is_level_type(d)		(!!((d)->state & IRQD_LEVEL))

/** irqd_trigger_type_was_set - whether irqd_set_trigger_type() chose a type */
static inline bool irqd_trigger_type_was_set(struct irq_data *d)
{
	return d->state & IRQD_DEFAULT_TRIGGER_SET;
}

/** irqd_set_trigger_type - remember a type, without telling the chip. Context: at set-up, or desc->lock held. */
static inline void irqd_set_trigger_type(struct irq_data *d, unsigned int type)
{
	d->state &= ~IRQD_TRIGGER_MASK;
	d->state |= (type & IRQD_TRIGGER_MASK) | IRQD_DEFAULT_TRIGGER_SET;
}

/**
 * irqd_set_resend_when_in_progress - the chip forgets what it delivers while the handlers run
 *
 * As of messages that may arrive on another CPU, after the line was moved: the fasteoi flow then
 * remembers one, and replays it. Without it the device must still be asking. Context: at set-up.
 */
static inline void irqd_set_resend_when_in_progress(struct irq_data *d)
{
	d->state |= IRQD_RESEND_WHEN_IN_PROGRESS;
}

/** irqd_needs_resend_when_in_progress - whether that was said */
static inline bool irqd_needs_resend_when_in_progress(struct irq_data *d)
{
	return d->state & IRQD_RESEND_WHEN_IN_PROGRESS;
}

/** generic_handle_irq - run a line's flow. Context: hard IRQ, interrupts off. 0 or -EINVAL. */
int generic_handle_irq(unsigned int irq);

/**
 * irq_is_replay - whether this flow runs for an interrupt that came earlier, by software
 *
 * Not Linux's. For flows that ask their controller whether it is in earnest: now it knows nothing of it.
 * Context: in a flow.
 */
bool irq_is_replay(void);

/* kernel/irq/irqdesc.c, at boot. */
void early_irq_init(void);

#endif
