/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to kernel/irq/: the descriptor's inner states and the steps that its files share.
 *
 * States of a line, as a person sees them (desc->common.state and desc->istate, all under desc->lock)
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
#define IRQS_PENDING		(1U << 0)
#define IRQS_REPLAY		(1U << 1)
#define IRQS_AUTODETECT		(1U << 2)	/* probe_irq_on() listens to it */
#define IRQS_WAITING		(1U << 3)	/* ... and it has not fired */
#define IRQS_SPURIOUS_DISABLED	(1U << 5)	/* nobody claimed it: shut off, polled */
#define IRQS_POLL_INPROGRESS	(1U << 6)	/* the poll is in its handlers */

DECLARE_PER_CPU(unsigned int[NR_IRQS], kstat_irq_count);

/* ---- irqdesc.c, settings.c */

/* A line with its lock held, and with @bus its chip's bus lock too; NULL: no such line. */
struct irq_desc *__irq_get_desc_lock(unsigned int irq, unsigned long *flags, bool bus);
void __irq_put_desc_unlock(struct irq_desc *desc, unsigned long flags, bool bus);

#define irq_get_desc_lock(irq, flags)		__irq_get_desc_lock((irq), (flags), false)
#define irq_put_desc_unlock(desc, flags)	__irq_put_desc_unlock((desc), (flags), false)
#define irq_get_desc_buslock(irq, flags)	__irq_get_desc_lock((irq), (flags), true)
#define irq_put_desc_busunlock(desc, flags)	__irq_put_desc_unlock((desc), (flags), true)

/* The same, or NULL, for what is not done to a line that each CPU has for itself. */
static inline struct irq_desc *irq_get_line_buslock(unsigned int irq, unsigned long *flags)
{
	return irq_is_percpu_devid(irq) ? NULL : irq_get_desc_buslock(irq, flags);
}

/* Whether some controller has the line. */
static inline bool irq_has_chip(const struct irq_desc *desc)
{
	return desc->irq_data.chip != &no_irq_chip;
}

/* A chip behind a slow bus: task context, may sleep; desc->lock not held. */
static inline void chip_bus_lock(struct irq_desc *desc)
{
	if (desc->irq_data.chip->irq_bus_lock)
		desc->irq_data.chip->irq_bus_lock(&desc->irq_data);
}

static inline void chip_bus_sync_unlock(struct irq_desc *desc)
{
	if (desc->irq_data.chip->irq_bus_sync_unlock)
		desc->irq_data.chip->irq_bus_sync_unlock(&desc->irq_data);
}

/* What was said of the line (irq_set_status_flags()): may be requested, enabled by that, threaded; nested. */
static inline bool irq_can_request(const struct irq_desc *desc)	{ return !(desc->status & IRQ_NOREQUEST); }
static inline bool irq_can_autoenable(const struct irq_desc *desc) { return !(desc->status & IRQ_NOAUTOEN); }
static inline bool irq_can_thread(const struct irq_desc *desc)	{ return !(desc->status & IRQ_NOTHREAD); }
static inline bool irq_is_nested(const struct irq_desc *desc)	{ return desc->status & IRQ_NESTED_THREAD; }

/* settings.c: what a line has for a handler whose flow calls none: a controller's, behind another one. */
extern struct irqaction irq_chained_action;

/* Ask the chip for a trigger type; 0 or its error. Lock held. */
int irq_set_type_locked(struct irq_desc *desc, unsigned int type);

/* chip_state.c: irq_get_irqchip_state(). Lock held. */
int irq_ask_chip_locked(struct irq_desc *desc, enum irqchip_irq_state which, bool *state);

/* ---- handle.c: INPROGRESS, the handlers, not INPROGRESS. Lock held on entry and exit, not in between. */
void handle_irq_event(struct irq_desc *desc);
/* The same for a poll, which wants to know whether somebody claimed it. */
irqreturn_t handle_irq_event_polled(struct irq_desc *desc);
/* The same, and it does not matter whether anybody claims it. */
void handle_irq_event_untracked(struct irq_desc *desc);
/* The handlers of this CPU's own line: no INPROGRESS, no lock. */
void handle_irq_event_percpu(struct irq_desc *desc);

/* ---- spurious.c: whether irqfixup was said. */
extern bool irq_asks_other_lines;
/* What the handlers said, if they did not claim it, or have not lately. In progress, no lock. */
void irq_note_interrupt(struct irq_desc *desc, irqreturn_t claimed);

/* ---- chip.c: tell the chip, and remember. Lock held. */

void irq_mask(struct irq_desc *desc);
void irq_unmask(struct irq_desc *desc);
void irq_mask_ack(struct irq_desc *desc);
/* After the last enable, and from the first disable on; the depth is the caller's. */
void irq_enable(struct irq_desc *desc);
void irq_disable(struct irq_desc *desc);
/* Chips get what they need to deliver it: vectors. 0 or -Exxx. Before irq_startup(). */
int irq_activate(struct irq_desc *desc);
/* To depth 0, with its affinity, and a replay of what came before. Return: whether the chip says it has fired. */
#define IRQ_RESEND	true
#define IRQ_NORESEND	false
bool irq_startup(struct irq_desc *desc, bool resend);
/* To depth 1, masked, no replay on its way; and deactivated. */
void irq_shutdown(struct irq_desc *desc);
void irq_shutdown_and_deactivate(struct irq_desc *desc);

/* ---- affinity.c. Lock held. */

/* Where lines go that nobody has a wish for. */
extern struct cpumask irq_default_affinity;
/* Ask the chip, and remember the mask; 0 or -Exxx. */
int irq_do_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force);
/* What irq_set_affinity() does. */
int irq_set_affinity_locked(struct irq_desc *desc, const struct cpumask *mask, bool force);
/* Send a line that starts where it was asked to go, or to the default. */
int irq_setup_affinity(struct irq_desc *desc);
/* affinity_notify.c: the driver will be told. */
#ifdef CONFIG_WORKQUEUE
void irq_affinity_notify_locked(struct irq_desc *desc);
#else
static inline void irq_affinity_notify_locked(struct irq_desc *desc) { }
#endif
/* What irq_alloc_descs() was told of it. */
void irq_preset_affinity_locked(struct irq_desc *desc, const struct irq_affinity_desc *affinity);

/* Unmask a line that is enabled and for none of whose threads it stays masked; the second: at a thread's end. */
void irq_let_go(struct irq_desc *desc);
void irq_let_go_threaded(struct irq_desc *desc);

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
/* It has run; the last one of the line wakes who waits for its threads. */
void irq_thread_done(struct irq_desc *desc);
/* It has none, and its handler asked for it. */
void irq_thread_missing(struct irqaction *action);

/* ---- resend.c: it fired while it could not be handled; make it fire now. Lock held, interrupts off. */
void irq_resend_locked(struct irq_desc *desc);
/* The line is shut down: a replay that was asked for does not come. What is PENDING stays so. */
void irq_cancel_resend_locked(struct irq_desc *desc);
/*
 * The same as irq_resend_locked(), though it did not fire. 0; -EINVAL for a line that cannot be replayed; -EBUSY
 * when a replay is on its way.
 */
int irq_inject_locked(struct irq_desc *desc);

#endif
