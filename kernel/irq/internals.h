/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to kernel/irq/: the descriptor's inner states and the steps that its files share.
 *
 * States of a line, as a person sees them (irq_data.state and desc->istate, all under desc->lock)
 *	DISABLED	depth > 0: handlers are not called. Set by disable_irq() and while there is none.
 *	MASKED		the chip lets nothing through.
 *	INPROGRESS	the handlers are running, on one CPU.
 *	PENDING		the line fired while DISABLED or INPROGRESS: to be replayed (all but levels).
 *	REPLAY		a replay was asked for and has not arrived yet.
 *
 *	event				DISABLED	INPROGRESS	else
 *	level fires			mask		mask		mask, handlers, unmask
 *	edge fires			mask, PENDING	mask, PENDING	ack, handlers, again while PENDING
 *	fasteoi fires			mask, PENDING	PENDING, or -	handlers, eoi, replay if PENDING
 *	disable_irq, first		-		waits for end	DISABLED; the chip only when it next fires
 *	enable_irq, last		unmask, replay	unmask		-
 *
 *	"PENDING, or -": if the chip said so by irqd_set_resend_when_in_progress(); else the device asks again.
 */
#ifndef _KERNEL_IRQ_INTERNALS_H
#define _KERNEL_IRQ_INTERNALS_H

#include <linux/irqdesc.h>
#include <linux/percpu-defs.h>
#include <bottomhalf/mark.h>

/* desc->istate */
#define IRQS_PENDING	(1U << 0)
#define IRQS_REPLAY	(1U << 1)

DECLARE_PER_CPU(unsigned int[NR_IRQS], kstat_irq_count);

/* handle.c: INPROGRESS, the handlers, not INPROGRESS. Lock held on entry and exit, not in between. */
void handle_irq_event(struct irq_desc *desc);

/* chip.c: tell the chip, and remember. Lock held. */
void irq_mask(struct irq_desc *desc);
void irq_unmask(struct irq_desc *desc);
/* Ask the chip for a trigger type; 0 or its error. */
int irq_set_type_locked(struct irq_desc *desc, unsigned int type);
void irq_startup(struct irq_desc *desc);
void irq_shutdown(struct irq_desc *desc);

/* resend.c: the line fired while it could not be handled; make it fire now. Lock held, interrupts off. */
void irq_resend_locked(struct irq_desc *desc);

#endif
