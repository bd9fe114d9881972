// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calling the handlers of a line.
 *
 * What
 *	Every action of a shared line is called, in the order of their request; each says whether it was
 *	meant. The lock is dropped meanwhile: INPROGRESS keeps another CPU from entering the same line,
 *	and keeps the list of actions walkable (free_irq() unlinks at once, and frees when INPROGRESS ends).
 *	A thread that a handler asks for is woken before the next handler is called (thread.c).
 *
 * Contexts
 *	Hard IRQ, interrupts off.
 *
 * Tests
 *	tests/boot/irq_test.c, tests/boot/irq_thread_test.c
 */
#include <linux/irqdesc.h>
#include <linux/interrupt.h>
#include <linux/printk.h>
#include <linux/bug.h>

#include "internals.h"

/* A handler that turned interrupts on would let its own line in again; put it right and name it. */
static noinline __cold void handler_enabled_interrupts(struct irqaction *action)
{
	WARN_ONCE(true, "irq %u: handler %ps (%s) enabled interrupts\n", action->irq, action->handler,
		  action->name);
	local_irq_disable();
}

/* What is neither "not mine" nor "done". */
static noinline void handler_said_more(struct irq_desc *desc, struct irqaction *action, irqreturn_t said)
{
	if (said != IRQ_WAKE_THREAD)
		pr_warn_ratelimited("irq %u: handler %ps (%s) returned %d\n", action->irq, action->handler,
				    action->name, said);
	else if (!action->thread)
		irq_thread_missing(action);
	else
		irq_thread_wake(desc, action);
}

static __always_inline irqreturn_t call_actions(struct irq_desc *desc)
{
	struct irqaction *action = READ_ONCE(desc->action);
	irqreturn_t claimed = IRQ_NONE;

	while (action) {
		irqreturn_t said = action->handler((int)desc->irq_data.irq, action->dev_id);

		if (IS_ENABLED(CONFIG_DEBUG_IRQFLAGS) && unlikely(!irqs_disabled()))
			handler_enabled_interrupts(action);
		if (unlikely(said > IRQ_HANDLED))
			handler_said_more(desc, action, said);
		claimed = (irqreturn_t)(claimed | said);
		action = READ_ONCE(action->next);
	}
	return claimed;
}

void handle_irq_event_percpu(struct irq_desc *desc)
{
	irqreturn_t claimed = call_actions(desc);

	if (unlikely((claimed ^ IRQ_HANDLED) | desc->irqs_unhandled))
		irq_note_interrupt(desc, claimed);
}

static __always_inline irqreturn_t handle_event(struct irq_desc *desc, bool tracked)
{
	irqreturn_t claimed;

	desc->istate &= ~IRQS_PENDING;
	desc->common.state |= IRQD_IRQ_INPROGRESS;
	raw_spin_unlock(&desc->lock);

	claimed = call_actions(desc);
	/* Not claimed, or not all of late: zero and zero if it is as it should be, so one branch does. */
	if (tracked && unlikely((claimed ^ IRQ_HANDLED) | desc->irqs_unhandled))
		irq_note_interrupt(desc, claimed);

	raw_spin_lock(&desc->lock);
	desc->common.state &= ~IRQD_IRQ_INPROGRESS;
	return claimed;
}

void handle_irq_event(struct irq_desc *desc)
{
	handle_event(desc, true);
}

irqreturn_t handle_irq_event_polled(struct irq_desc *desc)
{
	return handle_event(desc, true);
}

void handle_irq_event_untracked(struct irq_desc *desc)
{
	handle_event(desc, false);
}
