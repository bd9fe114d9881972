// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts that nobody claims: a line that is stuck is shut off, and polled.
 *
 * What
 *	A handler answers IRQ_NONE if its device did not ask. If none of a line's handlers ever claims its
 *	interrupts, the line is stuck, or belongs to somebody who is not there, and would take the CPU for
 *	ever. Of every UNCLAIMED_ROUND interrupts UNCLAIMED_MAX may go unclaimed; more, and the line is
 *	disabled, its handlers named, and those of a shared line called by a timer from then on.
 *
 *	What a thread says comes too late for its own interrupt, and is counted with the next one.
 *
 *	irqfixup	an interrupt that nobody claims is offered to the handlers of all other shared lines:
 *			for boards that say the wrong line
 *	irqpoll		besides, all shared lines are polled with every tick
 *	noirqdebug	nothing of all this: no line is shut off
 *
 * Contexts
 *	irq_note_interrupt(): a flow (or a nested line's parent thread), interrupts off. Polls: there, or the
 *	timer softirq with interrupts off.
 *
 * States of a line
 *	-			more than UNCLAIMED_MAX unclaimed	SPURIOUS_DISABLED, depth + 1, polled
 *	SPURIOUS_DISABLED	one more sharer, by request_irq()	-, enabled (manage.c)
 *	-			the poll is in its handlers		POLL_INPROGRESS and INPROGRESS
 *
 * Locks
 *	The counts belong to whoever has set INPROGRESS; no lock is held while handlers run. Of a line that each
 *	CPU has for itself they are nobody's, and may come out wrong; it would only be shut off later.
 *
 * Limits
 *	UNCLAIMED_ROUND interrupts, some of which are less than UNCLAIMED_GAP after the one before: until
 *	then a stuck line keeps its CPU busy.
 *
 * Differs from Linux
 *	irqpoll polls by the timer, not in interrupts that are marked IRQF_IRQPOLL. A line that its driver has
 *	disabled is not polled, shut off or not.
 *
 * Tests
 *	tests/boot/irq_spurious_test.c (A8), tests/scenario/irq_line.c
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/timer.h>

#include "internals.h"

#define UNCLAIMED_ROUND		100000U
#define UNCLAIMED_MAX		99900U
#define UNCLAIMED_GAP		(HZ / 10)	/* jiffies: one that comes so late begins anew */
#define POLL_INTERVAL		(HZ / 10)	/* jiffies */

/* In threads_handled_last: the next answer of threads is to be compared with it. */
#define THREADS_ASKED		(1U << 31)

static bool never_shut_off;	/* I: noirqdebug */
bool irq_asks_other_lines;	/* I, but for tests: irqfixup */
static bool poll_every_tick;	/* I: irqpoll */

static int __init noirqdebug_option(char *value)
{
	never_shut_off = true;
	return 0;
}
early_param_accepts("noirqdebug", noirqdebug_option, "no value");

static int __init irqfixup_option(char *value)
{
	irq_asks_other_lines = true;
	return 0;
}
early_param_accepts("irqfixup", irqfixup_option, "no value");

static int __init irqpoll_option(char *value)
{
	irq_asks_other_lines = true;
	poll_every_tick = true;
	return 0;
}
early_param_accepts("irqpoll", irqpoll_option, "no value");

static void poll_lines(struct timer_list *unused);
static DEFINE_TIMER(poll_timer, poll_lines);

/* ---- Polling */

/* Whether nobody but shut_off() has disabled the line. Lock held. */
static bool is_only_shut_off(const struct irq_desc *desc)
{
	return desc->istate & IRQS_SPURIOUS_DISABLED && desc->depth == 1;
}

/* Whether its handlers can be asked though the line did not fire. Lock held. */
static bool may_poll(struct irq_desc *desc, bool if_shut_off)
{
	const struct irqaction *action = desc->action;

	if (irqd_is_per_cpu(&desc->irq_data) || desc->status & (IRQ_NESTED_THREAD | IRQ_IS_POLLED))
		return false;
	if (irqd_irq_disabled(&desc->irq_data) && !(if_shut_off && is_only_shut_off(desc)))
		return false;
	/* Sharers expect to be called for what is not theirs. All of them say so if the first does. */
	return action && (action->flags & IRQF_SHARED) && !(action->flags & __IRQF_TIMER);
}

/*
 * The handlers, once, and again for what fires meanwhile; if somebody disables it meanwhile, that waits for him.
 * Lock held. Return: whether one claimed it.
 */
static bool poll_locked(struct irq_desc *desc, bool if_shut_off)
{
	bool claimed = false;

	if (irqd_irq_inprogress(&desc->irq_data)) {
		desc->istate |= IRQS_PENDING;
		return false;
	}
	MARK("irq: polled");
	desc->istate |= IRQS_POLL_INPROGRESS;
	do {
		if (desc->istate & IRQS_PENDING)
			MARK("irq: fired while it was polled");
		if (handle_irq_event_polled(desc) == IRQ_HANDLED)
			claimed = true;
	} while ((desc->istate & IRQS_PENDING) && may_poll(desc, if_shut_off));
	desc->istate &= ~IRQS_POLL_INPROGRESS;
	/* Its flow may have masked it, when it fired and found it in progress. */
	irq_let_go(desc);
	return claimed;
}

/* Interrupts off. */
static bool poll_line(struct irq_desc *desc, bool if_shut_off)
{
	bool claimed = false;

	raw_spin_lock(&desc->lock);
	if (may_poll(desc, if_shut_off))
		claimed = poll_locked(desc, if_shut_off);
	raw_spin_unlock(&desc->lock);
	return claimed;
}

/* Return: whether a handler of another line claimed what fired on this one. */
static bool another_line_claims(const struct irq_desc *desc)
{
	struct irq_desc *other;
	bool claimed = false;
	unsigned int irq;

	for_each_irq_desc(irq, other)
		if (other != desc && poll_line(other, false))
			claimed = true;
	return claimed;
}

/* Looked at without the lock; may_poll() looks again. */
static bool is_shut_off(const struct irq_desc *desc)
{
	return READ_ONCE(desc->istate) & IRQS_SPURIOUS_DISABLED;
}

static void poll_lines(struct timer_list *unused)
{
	bool again = poll_every_tick;
	struct irq_desc *desc;
	unsigned int irq;

	for_each_irq_desc(irq, desc) {
		bool shut_off = is_shut_off(desc);

		if (!shut_off && !poll_every_tick)
			continue;
		local_irq_disable();
		poll_line(desc, shut_off);
		local_irq_enable();
		again |= shut_off;
	}
	if (again)
		mod_timer(&poll_timer, jiffies + (poll_every_tick ? 1 : POLL_INTERVAL));
}

static int __init start_polling(void)
{
	if (poll_every_tick)
		mod_timer(&poll_timer, jiffies + 1);
	return 0;
}
core_initcall(start_polling);

/* ---- Counting */

/* In progress: the actions stay. */
static void name_handlers(const struct irq_desc *desc)
{
	const struct irqaction *action;

	for (action = READ_ONCE(desc->action); action; action = READ_ONCE(action->next)) {
		pr_err("irq %u: handler %ps of %s\n", action->irq, action->handler, action->name);
		if (action->thread_fn)
			pr_err("irq %u: its thread calls %ps\n", action->irq, action->thread_fn);
	}
}

static noinline __cold void shut_off(struct irq_desc *desc)
{
	MARK("irq: nobody claims it");
	pr_err("irq %u: nobody claimed %u of %u interrupts: it is shut off, and polled if it is shared\n",
	       desc->irq_data.irq, desc->irqs_unhandled, UNCLAIMED_ROUND);
	name_handlers(desc);
	if (!irq_asks_other_lines)
		pr_err("irq %u: if the device is on another line, irqpoll may help\n", desc->irq_data.irq);

	raw_spin_lock(&desc->lock);
	desc->istate |= IRQS_SPURIOUS_DISABLED;
	desc->depth++;
	irq_disable(desc);
	raw_spin_unlock(&desc->lock);
	mod_timer(&poll_timer, jiffies + POLL_INTERVAL);
}

/* What the threads have said since they were last asked; they cannot have said anything of this interrupt. */
static irqreturn_t what_threads_said(struct irq_desc *desc)
{
	unsigned int said = (unsigned int)atomic_read(&desc->threads_handled) | THREADS_ASKED;

	if (!(desc->threads_handled_last & THREADS_ASKED)) {
		desc->threads_handled_last |= THREADS_ASKED;
		return IRQ_HANDLED;
	}
	if (said == desc->threads_handled_last)
		return IRQ_NONE;
	desc->threads_handled_last = said;
	return IRQ_HANDLED;
}

static irqreturn_t take_threads_into_account(struct irq_desc *desc, irqreturn_t claimed)
{
	if (!(claimed & IRQ_WAKE_THREAD))
		return claimed;
	if (claimed == IRQ_WAKE_THREAD)
		return what_threads_said(desc);
	desc->threads_handled_last &= ~THREADS_ASKED;
	return IRQ_HANDLED;
}

static void count_unclaimed(struct irq_desc *desc)
{
	if (time_after(jiffies, desc->last_unhandled + UNCLAIMED_GAP))
		desc->irqs_unhandled = 1;
	else
		desc->irqs_unhandled++;
	desc->last_unhandled = jiffies;
	if (irq_asks_other_lines && another_line_claims(desc))
		desc->irqs_unhandled--;
}

void irq_note_interrupt(struct irq_desc *desc, irqreturn_t claimed)
{
	if (never_shut_off || desc->status & (IRQ_NO_DEBUG | IRQ_IS_POLLED) ||
	    READ_ONCE(desc->istate) & IRQS_POLL_INPROGRESS)
		return;
	claimed = take_threads_into_account(desc, claimed);
	if (claimed == IRQ_NONE)
		count_unclaimed(desc);
	if (!desc->irqs_unhandled || ++desc->irq_count < UNCLAIMED_ROUND)
		return;
	desc->irq_count = 0;
	if (desc->irqs_unhandled > UNCLAIMED_MAX)
		shut_off(desc);
	desc->irqs_unhandled = 0;
}
