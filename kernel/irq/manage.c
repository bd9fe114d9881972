// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines and their handlers: request, free, disable, enable, wait for.
 *
 * What
 *	A line starts with its first handler and is shut down with its last. disable_irq() nests; what it
 *	stops is the calling of handlers, at once: the chip is masked only when the line next fires.
 *	Threads of handlers are thread.c; they are there before their handler is on the line, and end
 *	when it can no longer wake them, and nothing of the line runs.
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
 *	free_irq() unlinks under the lock and then waits for INPROGRESS to end, and for threads_active to
 *	be 0. A handler call begins by setting INPROGRESS under the same lock, one of a nested line by counting
 *	itself there; so either it sees the list without us, or we see it run.
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

/* Whether handlers run; with @ask_chip also if the chip knows of an interrupt that is on its way to them. */
static bool line_in_progress(struct irq_desc *desc, bool ask_chip)
{
	unsigned long flags;
	bool running;

	raw_spin_lock_irqsave(&desc->lock, flags);
	running = desc->common.state & IRQD_IRQ_INPROGRESS;
	/* A chip that cannot say leaves it at that. */
	if (!running && ask_chip)
		irq_ask_chip_locked(desc, IRQCHIP_STATE_ACTIVE, &running);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return running;
}

static void wait_for_handlers(struct irq_desc *desc, bool ask_chip)
{
	/* Looked at without the lock while it runs, so as not to be in its way; then once with it. */
	do {
		while (READ_ONCE(desc->common.state) & IRQD_IRQ_INPROGRESS)
			arch_cpu_relax();
	} while (line_in_progress(desc, ask_chip));
}

/* Handlers; threads; nested handlers, which count as threads. */
static void wait_for_all(struct irq_desc *desc)
{
	wait_for_handlers(desc, true);
	/* Handlers that have ended have counted the threads that they woke. */
	wait_event(desc->wait_for_threads, !atomic_read(&desc->threads_active));
}

bool synchronize_hardirq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc)
		return true;
	wait_for_handlers(desc, false);
	return !atomic_read(&desc->threads_active);
}

void synchronize_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	might_sleep();
	if (desc)
		wait_for_all(desc);
}

/* Return: whether there is such a line. */
static bool disable_once_more(unsigned int irq)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_line_buslock(irq, &flags);

	if (!desc)
		return false;
	if (desc->depth++ == 0)
		irq_disable(desc);
	irq_put_desc_busunlock(desc, flags);
	return true;
}

void disable_irq_nosync(unsigned int irq)
{
	disable_once_more(irq);
}

void disable_irq(unsigned int irq)
{
	might_sleep();
	if (disable_once_more(irq))
		synchronize_irq(irq);
}

bool disable_hardirq(unsigned int irq)
{
	return disable_once_more(irq) && synchronize_hardirq(irq);
}

static void enable_irq_locked(struct irq_desc *desc)
{
	switch (desc->depth) {
	case 0:
		WARN(true, "unbalanced enable_irq(%u)\n", desc->irq_data.irq);
		break;
	case 1:
		desc->status |= IRQ_NOPROBE;
		irq_startup(desc, IRQ_RESEND);
		break;
	default:
		desc->depth--;
	}
}

void enable_irq(unsigned int irq)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_line_buslock(irq, &flags);

	if (!desc)
		return;
	if (!WARN(!irq_has_chip(desc), "enable_irq(%u): it has no chip\n", irq))
		enable_irq_locked(desc);
	irq_put_desc_busunlock(desc, flags);
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
	/* PENDING stays: what came while there was nobody is the first that this one gets, as on Linux. */
	desc->istate &= ~(IRQS_AUTODETECT | IRQS_WAITING | IRQS_SPURIOUS_DISABLED);
	desc->common.state &= ~IRQD_ONESHOT;
	if (first->flags & IRQF_ONESHOT)
		desc->common.state |= IRQD_ONESHOT;
	if (first->flags & IRQF_PERCPU) {
		desc->common.state |= IRQD_PER_CPU;
		desc->status |= IRQ_PER_CPU;
		if (first->flags & IRQF_NO_DEBUG)
			desc->status |= IRQ_NO_DEBUG;
	}
	if (first->flags & IRQF_NOBALANCING) {
		desc->common.state |= IRQD_NO_BALANCING;
		desc->status |= IRQ_NO_BALANCING;
	}
	if (!(first->flags & IRQF_NO_AUTOEN) && irq_can_autoenable(desc)) {
		irq_startup(desc, IRQ_RESEND);
	} else {
		/* A second one would wait for interrupts in vain. */
		WARN_ON_ONCE(first->flags & IRQF_SHARED);
		/* Somebody who probes may have it enabled. */
		irq_disable(desc);
		desc->depth = 1;
	}
}

/* Another handler has come; perhaps it is the one whose device it is that nobody has claimed. Lock held. */
static void continue_line(struct irq_desc *desc)
{
	if (!(desc->istate & IRQS_SPURIOUS_DISABLED))
		return;
	desc->istate &= ~IRQS_SPURIOUS_DISABLED;
	enable_irq_locked(desc);
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
	desc->irq_count = 0;
	desc->irqs_unhandled = 0;
	if (first)
		begin_line(desc, new);
	else
		continue_line(desc);
	return 0;
}

/* The chip is told before its line's first handler comes, and after the last one has left. Bus lock held. */
static int request_resources(struct irq_desc *desc)
{
	const struct irq_chip *chip = desc->irq_data.chip;

	return chip->irq_request_resources ? chip->irq_request_resources(&desc->irq_data) : 0;
}

static void release_resources(struct irq_desc *desc)
{
	const struct irq_chip *chip = desc->irq_data.chip;

	if (chip->irq_release_resources)
		chip->irq_release_resources(&desc->irq_data);
}

/* Mutex and bus lock held. */
static int install_first_or_other(struct irq_desc *desc, struct irqaction *new)
{
	unsigned long flags;
	int error = desc->action ? 0 : request_resources(desc);

	if (error) {
		pr_err("irq %u: chip %s has no resources for %s\n", new->irq, desc->irq_data.chip->name,
		       new->name);
		return error;
	}
	raw_spin_lock_irqsave(&desc->lock, flags);
	error = install_action_locked(desc, new);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	if (!desc->action)
		release_resources(desc);
	return error;
}

static int install_action(struct irq_desc *desc, struct irqaction *new)
{
	int error;

	mutex_lock(&desc->request_mutex);
	chip_bus_lock(desc);
	error = install_first_or_other(desc, new);
	chip_bus_sync_unlock(desc);
	mutex_unlock(&desc->request_mutex);
	return error;
}

int irq_setup_action(struct irq_desc *desc, struct irqaction *new)
{
	int error;

	if (!irq_has_chip(desc))
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
	if (!desc || !irq_can_request(desc) || WARN_ON(irq_is_percpu_devid(irq)) || (!handler && !thread_fn))
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

/* Its last handler has left. Lock held. */
static void end_line(struct irq_desc *desc)
{
	desc->status &= ~IRQ_DISABLE_UNLAZY;
	irq_shutdown(desc);
}

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
		end_line(desc);
	/* Whoever hinted takes it back before; it is not known which of those who share did. */
	if (WARN_ON_ONCE(desc->affinity_hint))
		desc->affinity_hint = NULL;
	return action;
}

static struct irqaction *unlink_action(struct irq_desc *desc, const void *dev)
{
	struct irqaction *action;
	unsigned long flags;

	chip_bus_lock(desc);
	raw_spin_lock_irqsave(&desc->lock, flags);
	action = unlink_action_locked(desc, dev);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	chip_bus_sync_unlock(desc);
	return action;
}

/* Nobody has it, and what was on its way, as far as its chip could tell, has been taken: chips may forget it. */
static void deactivate(struct irq_desc *desc)
{
	unsigned long flags;

	chip_bus_lock(desc);
	raw_spin_lock_irqsave(&desc->lock, flags);
	irq_domain_deactivate_irq(&desc->irq_data);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	release_resources(desc);
	chip_bus_sync_unlock(desc);
}

/* Off the line, and all it did is over. The mutex is held. */
static struct irqaction *remove_action(struct irq_desc *desc, const void *dev)
{
	struct irqaction *action = unlink_action(desc, dev);

	if (!action)
		return NULL;
	wait_for_all(desc);
	irq_threads_stop(action);
	if (!desc->action)
		deactivate(desc);
	return action;
}

static const void *free_action(struct irq_desc *desc, const void *dev)
{
	struct irqaction *action;
	const char *name;

	WARN(in_interrupt(), "free_irq(%u) from interrupt context\n", desc->irq_data.irq);
	mutex_lock(&desc->request_mutex);
	action = remove_action(desc, dev);
	mutex_unlock(&desc->request_mutex);
	if (WARN(!action, "free_irq(%u): no such handler, or freed already\n", desc->irq_data.irq))
		return NULL;
	name = action->name;
	kfree(action);
	return name;
}

const void *free_irq(unsigned int irq, void *dev)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc || WARN_ON(irq_is_percpu_devid(irq)))
		return NULL;
	if (WARN_ON(desc->affinity_notify))
		desc->affinity_notify = NULL;
	return free_action(desc, dev);
}
