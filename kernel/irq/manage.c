// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines and their handlers: request, free, disable, enable, wait for.
 *
 * What
 *	A line starts with its first handler and is shut down with its last. disable_irq() nests; what it
 *	stops is the calling of handlers, at once: the chip is masked only when the line next fires.
 *
 * Contexts
 *	request, free, synchronize_irq, disable: task, may sleep.  disable_nosync, enable: any but NMI.
 *
 * Locks
 *	desc->lock (interrupts off) guards the action list, depth and state of one line. It is never held
 *	while a handler runs, so a handler may disable its own line.
 *
 * Ordering
 *	free_irq() unlinks under the lock and then waits for INPROGRESS to end. A handler call begins by
 *	setting INPROGRESS under the same lock, so either it sees the list without us, or we see it run.
 *
 * Tests
 *	tests/boot/irq_test.c (A5, A7, A8)
 */
#include <linux/irqdesc.h>
#include <linux/interrupt.h>
#include <linux/slab.h>
#include <linux/printk.h>
#include <linux/errno.h>
#include <linux/bug.h>
#include <arch/cpu.h>

#include "internals.h"

static bool line_in_progress(struct irq_desc *desc)
{
	unsigned long flags;
	bool running;

	raw_spin_lock_irqsave(&desc->lock, flags);
	running = desc->irq_data.state & IRQD_IRQ_INPROGRESS;
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return running;
}

static void wait_for_handlers(struct irq_desc *desc)
{
	/* Looked at without the lock while it runs, so as not to be in its way; then once with it. */
	do {
		while (READ_ONCE(desc->irq_data.state) & IRQD_IRQ_INPROGRESS)
			arch_cpu_relax();
	} while (line_in_progress(desc));
}

bool synchronize_hardirq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (desc)
		wait_for_handlers(desc);
	return true;
}

void synchronize_irq(unsigned int irq)
{
	might_sleep();
	synchronize_hardirq(irq);
}

void disable_irq_nosync(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;

	if (WARN(!desc, "disable_irq: no line %u\n", irq))
		return;
	raw_spin_lock_irqsave(&desc->lock, flags);
	if (desc->depth++ == 0)
		desc->irq_data.state |= IRQD_IRQ_DISABLED;
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

void disable_irq(unsigned int irq)
{
	might_sleep();
	disable_irq_nosync(irq);
	synchronize_irq(irq);
}

bool disable_hardirq(unsigned int irq)
{
	disable_irq_nosync(irq);
	return synchronize_hardirq(irq);
}

static void enable_irq_locked(struct irq_desc *desc)
{
	if (desc->depth == 0) {
		WARN(true, "unbalanced enable_irq(%u)\n", desc->irq_data.irq);
		return;
	}
	if (--desc->depth)
		return;
	desc->irq_data.state &= ~IRQD_IRQ_DISABLED;
	if (!(desc->irq_data.state & IRQD_IRQ_STARTED)) {
		irq_startup(desc);
		return;
	}
	irq_unmask(desc);
	irq_resend_locked(desc);
}

void enable_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;

	if (WARN(!desc || !desc->irq_data.chip, "enable_irq: no line %u\n", irq))
		return;
	raw_spin_lock_irqsave(&desc->lock, flags);
	if (!desc->action)
		WARN(true, "enable_irq(%u): no handler is installed\n", irq);
	else
		enable_irq_locked(desc);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

bool irq_has_action(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc && READ_ONCE(desc->action);
}

/* Whether @new can join the handlers that are there. Lock held. */
static bool may_share(struct irq_desc *desc, const struct irqaction *new)
{
	const struct irqaction *old = desc->action;
	const unsigned int must_agree = IRQF_TRIGGER_MASK | IRQF_PERCPU | IRQF_ONESHOT;

	if (!old)
		return true;
	if (!(old->flags & new->flags & IRQF_SHARED))
		return false;
	if (!(new->flags & IRQF_TRIGGER_MASK))
		return !((old->flags ^ new->flags) & (must_agree & ~IRQF_TRIGGER_MASK));
	return !((old->flags ^ new->flags) & must_agree);
}

static void append_action(struct irq_desc *desc, struct irqaction *new)
{
	struct irqaction **link = &desc->action;

	while (*link)
		link = &(*link)->next;
	WRITE_ONCE(*link, new);
}

/* Put @new on the line. Lock held. */
static int install_action_locked(struct irq_desc *desc, struct irqaction *new)
{
	bool first = !desc->action;

	if (!may_share(desc, new)) {
		if (!(new->flags & IRQF_PROBE_SHARED))
			pr_err("irq %u: %s (flags %08x) cannot share it with %s (flags %08x)\n",
			       new->irq, new->name, new->flags, desc->action->name, desc->action->flags);
		return -EBUSY;
	}
	if (first && (new->flags & IRQF_TRIGGER_MASK)) {
		int error = irq_set_type_locked(desc, new->flags & IRQF_TRIGGER_MASK);

		if (error) {
			pr_err("irq %u: chip %s cannot do trigger type %u for %s\n", new->irq,
			       desc->irq_data.chip->name, new->flags & IRQF_TRIGGER_MASK, new->name);
			return error;
		}
	}

	append_action(desc, new);
	if (first) {
		desc->istate &= ~(IRQS_PENDING | IRQS_REPLAY);
		desc->unhandled = 0;
		if (!(new->flags & IRQF_NO_AUTOEN))
			irq_startup(desc);
	}
	return 0;
}

static int check_request(unsigned int irq, irq_handler_t handler, unsigned long flags, void *dev)
{
	const struct irq_desc *desc = irq_to_desc(irq);

	if (irq == IRQ_NOTCONNECTED)
		return -ENOTCONN;
	/* A sharer without a name could never be told from the others; a line kept off cannot be shared. */
	if ((flags & IRQF_SHARED) && (!dev || (flags & IRQF_NO_AUTOEN)))
		return -EINVAL;
	if (!(flags & IRQF_SHARED) && (flags & IRQF_COND_SUSPEND))
		return -EINVAL;
	if ((flags & IRQF_NO_SUSPEND) && (flags & IRQF_COND_SUSPEND))
		return -EINVAL;
	if (!desc || !handler)
		return -EINVAL;
	if (!desc->irq_data.chip)
		return -ENOSYS;
	return 0;
}

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name, void *dev)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	unsigned long irqflags;
	int error;

	might_sleep();
	error = check_request(irq, handler, flags, dev);
	if (error)
		return error;

	action = kzalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	action->handler = handler;
	action->dev_id = dev;
	action->irq = irq;
	action->flags = (unsigned int)flags;
	action->name = name;

	raw_spin_lock_irqsave(&desc->lock, irqflags);
	error = install_action_locked(desc, action);
	raw_spin_unlock_irqrestore(&desc->lock, irqflags);
	if (error)
		kfree(action);
	return error;
}

/* Unlink the action of @dev, NULL if there is none. Lock held. */
static struct irqaction *remove_action_locked(struct irq_desc *desc, const void *dev)
{
	struct irqaction **link = &desc->action;
	struct irqaction *action;

	while (*link && (*link)->dev_id != dev)
		link = &(*link)->next;
	action = *link;
	if (!action)
		return NULL;
	/* A running handler loop may stand on it: its next stays as it is until that loop is over. */
	WRITE_ONCE(*link, action->next);
	if (!desc->action)
		irq_shutdown(desc);
	return action;
}

const void *free_irq(unsigned int irq, void *dev)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	unsigned long flags;
	const char *name;

	if (WARN(!desc, "free_irq: no line %u\n", irq))
		return NULL;
	WARN(in_interrupt(), "free_irq(%u) from interrupt context\n", irq);

	raw_spin_lock_irqsave(&desc->lock, flags);
	action = remove_action_locked(desc, dev);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	if (WARN(!action, "free_irq(%u): no such handler, or freed already\n", irq))
		return NULL;

	wait_for_handlers(desc);
	name = action->name;
	kfree(action);
	return name;
}
