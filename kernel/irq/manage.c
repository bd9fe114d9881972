// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines and their handlers: request, free, disable, enable, wait for.
 *
 * What
 *	A line starts with its first handler and is shut down with its last. disable_irq() nests; what it
 *	stops is the calling of handlers, at once: the chip is masked only when the line next fires.
 *	Threads of handlers are thread.c; they are there before their handler is on the line, and end
 *	when it can no longer wake them.
 *
 * Contexts
 *	request, free, synchronize_irq, disable: task, may sleep.  disable_nosync, enable: any but NMI.
 *
 * Locks
 *	desc->request_mutex, then desc->lock. The first is held from a request's look at the list to its end,
 *	and until what was freed is gone: its bit among the one-shot threads is its own so long. The
 *	second (interrupts off) guards the action list, depth and state of one line. It is never
 *	held while a handler runs, so a handler may disable its own line.
 *
 * Ordering
 *	free_irq() unlinks under the lock and then waits for INPROGRESS to end. A handler call begins by
 *	setting INPROGRESS under the same lock, so either it sees the list without us, or we see it run.
 *
 * Tests
 *	tests/boot/irq_test.c (A5, A7, A8), tests/boot/irq_thread_test.c (D4, D5), tests/scenario/irq.c
 */
#include <linux/irqdesc.h>
#include <linux/interrupt.h>
#include <linux/irqdomain.h>
#include <linux/slab.h>
#include <linux/printk.h>
#include <linux/errno.h>
#include <linux/bug.h>
#include <linux/mutex.h>
#include <linux/wait.h>
#include <arch/cpu.h>

#include "internals.h"

static bool line_in_progress(struct irq_desc *desc)
{
	unsigned long flags;
	bool running;

	raw_spin_lock_irqsave(&desc->lock, flags);
	running = desc->common.state & IRQD_IRQ_INPROGRESS;
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return running;
}

static void wait_for_handlers(struct irq_desc *desc)
{
	/* Looked at without the lock while it runs, so as not to be in its way; then once with it. */
	do {
		while (READ_ONCE(desc->common.state) & IRQD_IRQ_INPROGRESS)
			arch_cpu_relax();
	} while (line_in_progress(desc));
}

bool synchronize_hardirq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc)
		return true;
	wait_for_handlers(desc);
	return !atomic_read(&desc->threads_active);
}

void synchronize_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	might_sleep();
	if (!desc)
		return;
	wait_for_handlers(desc);
	/* Handlers that have ended have counted the threads that they woke. */
	wait_event(desc->wait_for_threads, !atomic_read(&desc->threads_active));
}

void disable_irq_nosync(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;

	if (WARN(!desc, "disable_irq: no line %u\n", irq))
		return;
	raw_spin_lock_irqsave(&desc->lock, flags);
	if (desc->depth++ == 0)
		desc->common.state |= IRQD_IRQ_DISABLED;
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
	desc->common.state &= ~IRQD_IRQ_DISABLED;
	if (!(desc->common.state & IRQD_IRQ_STARTED)) {
		irq_startup(desc);
		return;
	}
	/* Not while threads of a one-shot line run: the last of them unmasks it. */
	irq_let_go(desc);
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

/* ---- requesting ---- */

/* Whether @new wants the trigger type that the line has. Nobody chose one: then this does. */
static bool same_trigger(struct irq_desc *desc, const struct irqaction *new)
{
	unsigned int wanted = new->flags & IRQF_TRIGGER_MASK;

	if (!irqd_trigger_type_was_set(&desc->irq_data))
		irqd_set_trigger_type(&desc->irq_data, wanted);
	return irqd_get_trigger_type(&desc->irq_data) == wanted;
}

/* Whether @new can join the handlers that are there. Lock held. */
static bool may_share(struct irq_desc *desc, struct irqaction *new)
{
	const struct irqaction *old = desc->action;

	if (!(old->flags & new->flags & IRQF_SHARED) || !same_trigger(desc, new))
		return false;
	if (old->flags & IRQF_ONESHOT && new->flags & IRQF_COND_ONESHOT)
		new->flags |= IRQF_ONESHOT;
	return !((old->flags ^ new->flags) & (IRQF_ONESHOT | IRQF_PERCPU));
}

static int refuse_to_share(const struct irq_desc *desc, const struct irqaction *new)
{
	if (!(new->flags & IRQF_PROBE_SHARED))
		pr_err("irq %u: %s (flags %08x) cannot share it with %s (flags %08x)\n", new->irq,
		       new->name, new->flags, desc->action->name, desc->action->flags);
	return -EBUSY;
}

static int choose_trigger(struct irq_desc *desc, const struct irqaction *new)
{
	unsigned int type = new->flags & IRQF_TRIGGER_MASK;
	int error = type ? irq_set_type_locked(desc, type) : 0;

	if (error)
		pr_err("irq %u: chip %s cannot do trigger type %u for %s\n", new->irq,
		       desc->irq_data.chip->name, type, new->name);
	return error;
}

/* Its first handler has come. Lock held. */
static void begin_line(struct irq_desc *desc, const struct irqaction *first)
{
	desc->istate &= ~(IRQS_PENDING | IRQS_REPLAY);
	desc->common.state &= ~IRQD_ONESHOT;
	if (first->flags & IRQF_ONESHOT)
		desc->common.state |= IRQD_ONESHOT;
	if (first->flags & IRQF_PERCPU)
		desc->common.state |= IRQD_PER_CPU;
	if (!(first->flags & IRQF_NO_AUTOEN) && irq_can_autoenable(desc))
		irq_startup(desc);
	else
		desc->depth = 1;
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
	int error;

	if (!(new->flags & IRQF_TRIGGER_MASK))
		new->flags |= irqd_get_trigger_type(&desc->irq_data);
	if (desc->irq_data.chip->flags & IRQCHIP_ONESHOT_SAFE)
		new->flags &= ~IRQF_ONESHOT;
	if (!first && !may_share(desc, new))
		return refuse_to_share(desc, new);
	error = irq_claim_oneshot_locked(desc, new);
	if (!error && first)
		error = choose_trigger(desc, new);
	if (!error && first)
		error = irq_activate(desc);
	if (error)
		return error;

	append_action(desc, new);
	desc->irqs_unhandled = 0;
	if (first)
		begin_line(desc, new);
	return 0;
}

static int install_action(struct irq_desc *desc, struct irqaction *new)
{
	unsigned long flags;
	int error;

	mutex_lock(&desc->request_mutex);
	raw_spin_lock_irqsave(&desc->lock, flags);
	error = install_action_locked(desc, new);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	mutex_unlock(&desc->request_mutex);
	return error;
}

int irq_setup_action(struct irq_desc *desc, struct irqaction *new)
{
	int error;

	if (!desc->irq_data.chip)
		return -ENOSYS;
	error = irq_choose_context(desc, new);
	if (!error)
		error = irq_threads_start(desc, new);
	if (!error)
		error = install_action(desc, new);
	if (error)
		irq_threads_stop(new);
	return error;
}

static int check_flags(unsigned long flags, const void *dev)
{
	/* A sharer without a name could never be told from the others; a line kept off cannot be shared. */
	if ((flags & IRQF_SHARED) && (!dev || (flags & IRQF_NO_AUTOEN)))
		return -EINVAL;
	if (!(flags & IRQF_SHARED) && (flags & IRQF_COND_SUSPEND))
		return -EINVAL;
	if ((flags & IRQF_NO_SUSPEND) && (flags & IRQF_COND_SUSPEND))
		return -EINVAL;
	return 0;
}

static struct irqaction *make_action(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
				     unsigned long flags, const char *name, void *dev)
{
	struct irqaction *action = FAULT("irq.action") ? NULL : kzalloc(sizeof(*action), GFP_KERNEL);

	if (!action)
		return NULL;
	action->handler = handler;
	action->thread_fn = thread_fn;
	action->dev_id = dev;
	action->irq = irq;
	action->flags = (unsigned int)flags;
	action->name = name;
	return action;
}

int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
			 unsigned long flags, const char *name, void *dev)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	int error;

	might_sleep();
	if (irq == IRQ_NOTCONNECTED)
		return -ENOTCONN;
	error = check_flags(flags, dev);
	if (error)
		return error;
	if (!desc || !irq_can_request(desc) || (!handler && !thread_fn))
		return -EINVAL;

	action = make_action(irq, handler, thread_fn, flags, name, dev);
	if (!action)
		return -ENOMEM;
	error = irq_setup_action(desc, action);
	if (error)
		kfree(action);
	return error;
}

int request_any_context_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
			    void *dev)
{
	struct irq_desc *desc;
	int error;

	if (irq == IRQ_NOTCONNECTED)
		return -ENOTCONN;
	desc = irq_to_desc(irq);
	if (!desc)
		return -EINVAL;
	if (irq_is_nested(desc)) {
		error = request_threaded_irq(irq, NULL, handler, flags, name, dev);
		return error ? error : IRQC_IS_NESTED;
	}
	error = request_irq(irq, handler, flags, name, dev);
	return error ? error : IRQC_IS_HARDIRQ;
}

irqreturn_t no_action(int irq, void *dev)
{
	return IRQ_NONE;
}

/* ---- freeing ---- */

/* Unlink the action of @dev, NULL if there is none. Lock held. */
static struct irqaction *unlink_action_locked(struct irq_desc *desc, const void *dev)
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

/* The last handler has left, and what was on its way has been taken: chips may forget the line. */
static void deactivate_unused(struct irq_desc *desc)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	if (!desc->action)
		irq_domain_deactivate_irq(&desc->irq_data);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

/* Off the line, and all it did is over. The mutex is held. */
static struct irqaction *remove_action(struct irq_desc *desc, const void *dev)
{
	struct irqaction *action;
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	action = unlink_action_locked(desc, dev);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	if (!action)
		return NULL;
	wait_for_handlers(desc);
	irq_threads_stop(action);
	deactivate_unused(desc);
	return action;
}

const void *free_irq(unsigned int irq, void *dev)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	const char *name;

	if (WARN(!desc, "free_irq: no line %u\n", irq))
		return NULL;
	WARN(in_interrupt(), "free_irq(%u) from interrupt context\n", irq);

	mutex_lock(&desc->request_mutex);
	action = remove_action(desc, dev);
	mutex_unlock(&desc->request_mutex);
	if (WARN(!action, "free_irq(%u): no such handler, or freed already\n", irq))
		return NULL;
	name = action->name;
	kfree(action);
	return name;
}
