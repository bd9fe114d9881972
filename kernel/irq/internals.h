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
 *	ONESHOT		its handlers have threads, until whose end it stays MASKED (level, fasteoi).
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

/* What was said of the line (irq_set_status_flags()): may be requested, enabled by that, threaded; nested. */
static inline bool irq_can_request(const struct irq_desc *desc) { return true; }
static inline bool irq_can_autoenable(const struct irq_desc *desc) { return true; }
static inline bool irq_can_thread(const struct irq_desc *desc) { return true; }
static inline bool irq_is_nested(const struct irq_desc *desc) { return false; }

/* handle.c: INPROGRESS, the handlers, not INPROGRESS. Lock held on entry and exit, not in between. */
void handle_irq_event(struct irq_desc *desc);

/* chip.c: tell the chip, and remember. Lock held. */
void irq_mask(struct irq_desc *desc);
void irq_unmask(struct irq_desc *desc);
/* Ask the chip for a trigger type; 0 or its error. */
int irq_set_type_locked(struct irq_desc *desc, unsigned int type);
void irq_startup(struct irq_desc *desc);
void irq_shutdown(struct irq_desc *desc);

/* chip.c: unmask a line that is enabled and for none of whose threads it stays masked. Lock held. */
void irq_let_go(struct irq_desc *desc);

/* manage.c: put a new action on its line; 0, or an error: then it is as if nothing had been. May sleep. */
int irq_setup_action(struct irq_desc *desc, struct irqaction *new);

/* thread.c: "threadirqs" was said. */
extern bool irq_threads_forced;
/* Which of the two functions is called in a hard interrupt, which in a thread. 0 or an error. */
int irq_choose_context(struct irq_desc *desc, struct irqaction *action);
/* Make the threads that the action wants, asleep; 0 or an error. End them after their last run, if any. */
int irq_threads_start(struct irq_desc *desc, struct irqaction *action);
void irq_threads_stop(struct irqaction *action);
/* Whether the new action's thread keeps the line masked; 0 or an error. Lock held. */
int irq_claim_oneshot_locked(struct irq_desc *desc, struct irqaction *new);
/* After its CPUs changed: its threads move there. Lock held. */
void irq_threads_follow_locked(struct irq_desc *desc);
/* By a handler of the line, or with the lock held: the action has a thread, make it run. */
void irq_thread_wake(struct irq_desc *desc, struct irqaction *action);
/* It has none, and its handler asked for it. */
void irq_thread_missing(struct irqaction *action);

/* resend.c: the line fired while it could not be handled; make it fire now. Lock held, interrupts off. */
void irq_resend_locked(struct irq_desc *desc);

#endif
