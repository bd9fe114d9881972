// SPDX-License-Identifier: GPL-2.0-only
/*
 * Flows: what happens at the chip around the handlers, by the kind of line.
 *
 * What
 *	level	the device holds the line until it is served: mask, handlers, unmask
 *	edge	a moment, gone if nobody looks: ack first, so that the next edge is seen; one that comes
 *		while the handlers run is remembered (PENDING) and served by the same loop
 *	fasteoi	the chip keeps the line quiet by itself until it is told the end (IOAPIC level, MSI)
 *	percpu	each CPU has its own line of that number: no lock, no INPROGRESS
 *	percpu_devid	the same, and its own device, too (percpu.c)
 *	simple	no chip to talk to
 *	untracked	the same, and whether anybody claims it is not looked at
 *	nested	behind a slow bus: called by the thread of the line that the chip itself has
 *
 * Contexts
 *	Hard IRQ, interrupts off, irq_enter() done.
 *
 * Locks
 *	desc->lock around all but the handlers themselves. States: internals.h.
 *
 * Tests
 *	tests/boot/irq_test.c (A5, A6, A7), tests/scenario/irq.c
 */
#include <linux/cpumask.h>
#include <linux/irqdesc.h>
#include <linux/interrupt.h>
#include <linux/irqdomain.h>
#include <linux/printk.h>
#include <linux/errno.h>
#include <linux/bug.h>
#include <arch/irq.h>

#include "internals.h"

void irq_mask(struct irq_desc *desc)
{
	if (desc->common.state & IRQD_IRQ_MASKED)
		return;
	if (desc->irq_data.chip->irq_mask)
		desc->irq_data.chip->irq_mask(&desc->irq_data);
	desc->common.state |= IRQD_IRQ_MASKED;
}

void irq_unmask(struct irq_desc *desc)
{
	if (!(desc->common.state & IRQD_IRQ_MASKED))
		return;
	if (desc->irq_data.chip->irq_unmask)
		desc->irq_data.chip->irq_unmask(&desc->irq_data);
	desc->common.state &= ~IRQD_IRQ_MASKED;
}

void irq_let_go(struct irq_desc *desc)
{
	if (!atomic_long_read(&desc->threads_oneshot) && !(desc->common.state & IRQD_IRQ_DISABLED))
		irq_unmask(desc);
}

void irq_let_go_threaded(struct irq_desc *desc)
{
	if (atomic_long_read(&desc->threads_oneshot))
		return;
	/* Such a chip has not been told the end yet. */
	if (desc->irq_data.chip->flags & IRQCHIP_EOI_THREADED && desc->common.state & IRQD_IRQ_MASKED)
		desc->irq_data.chip->irq_eoi(&desc->irq_data);
	irq_let_go(desc);
}

void irq_enable(struct irq_desc *desc)
{
	if (!(desc->common.state & IRQD_IRQ_DISABLED)) {
		irq_unmask(desc);
		return;
	}
	desc->common.state &= ~IRQD_IRQ_DISABLED;
	if (desc->irq_data.chip->irq_enable) {
		desc->irq_data.chip->irq_enable(&desc->irq_data);
		desc->common.state &= ~IRQD_IRQ_MASKED;
	} else {
		irq_unmask(desc);
	}
}

/* Without a function of the chip's for it the line is masked now, or, lazily, if it fires. */
static void disable_line(struct irq_desc *desc, bool mask)
{
	if (desc->common.state & IRQD_IRQ_DISABLED) {
		if (mask)
			irq_mask(desc);
		return;
	}
	desc->common.state |= IRQD_IRQ_DISABLED;
	if (desc->irq_data.chip->irq_disable) {
		desc->irq_data.chip->irq_disable(&desc->irq_data);
		desc->common.state |= IRQD_IRQ_MASKED;
	} else if (mask) {
		irq_mask(desc);
	}
}

void irq_disable(struct irq_desc *desc)
{
	disable_line(desc, desc->status & IRQ_DISABLE_UNLAZY);
}

int irq_activate(struct irq_desc *desc)
{
	if (irqd_affinity_is_managed(&desc->irq_data))
		return 0;
	return irq_domain_activate_irq(&desc->irq_data, false);
}

/* Return: whether the chip says that it has fired already. */
static bool start_line(struct irq_desc *desc)
{
	bool fired = false;

	if (desc->irq_data.chip->irq_startup) {
		fired = desc->irq_data.chip->irq_startup(&desc->irq_data);
		desc->common.state &= ~(IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED);
	} else {
		irq_enable(desc);
	}
	desc->common.state |= IRQD_IRQ_STARTED;
	return fired;
}

/* A line whose CPUs were given for good starts with the first of them that is online, not before. */
static bool wait_for_its_cpus(struct irq_desc *desc)
{
	if (!irqd_affinity_is_managed(&desc->irq_data))
		return false;
	desc->common.state |= IRQD_MANAGED_SHUTDOWN;
	if (!cpumask_intersects(desc->common.affinity, cpu_online_mask) ||
	    WARN_ON_ONCE(irq_domain_activate_irq(&desc->irq_data, false)))
		return true;
	desc->common.state &= ~IRQD_MANAGED_SHUTDOWN;
	return false;
}

bool irq_startup(struct irq_desc *desc, bool resend)
{
	bool before = desc->irq_data.chip->flags & IRQCHIP_AFFINITY_PRE_STARTUP;
	bool fired = false;

	desc->depth = 0;
	if (desc->common.state & IRQD_IRQ_STARTED) {
		irq_enable(desc);
	} else if (wait_for_its_cpus(desc)) {
		return false;
	} else {
		if (before)
			irq_setup_affinity(desc);
		fired = start_line(desc);
		if (!before)
			irq_setup_affinity(desc);
	}
	if (resend)
		irq_resend_locked(desc);
	return fired;
}

void irq_shutdown(struct irq_desc *desc)
{
	desc->depth = 1;
	irq_cancel_resend_locked(desc);
	if (!(desc->common.state & IRQD_IRQ_STARTED))
		return;
	if (desc->irq_data.chip->irq_shutdown) {
		desc->irq_data.chip->irq_shutdown(&desc->irq_data);
		desc->common.state |= IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED;
	} else {
		disable_line(desc, true);
	}
	desc->common.state &= ~IRQD_IRQ_STARTED;
}

void irq_shutdown_and_deactivate(struct irq_desc *desc)
{
	irq_shutdown(desc);
	/* It may have been activated without ever having been started. */
	irq_domain_deactivate_irq(&desc->irq_data);
}

static void chip_ack(struct irq_desc *desc)
{
	if (desc->irq_data.chip->irq_ack)
		desc->irq_data.chip->irq_ack(&desc->irq_data);
}

static void chip_eoi(struct irq_desc *desc)
{
	desc->irq_data.chip->irq_eoi(&desc->irq_data);
}

static void chip_mask_ack(struct irq_desc *desc)
{
	if (desc->irq_data.chip->irq_mask_ack) {
		desc->irq_data.chip->irq_mask_ack(&desc->irq_data);
		desc->common.state |= IRQD_IRQ_MASKED;
	} else {
		irq_mask(desc);
		chip_ack(desc);
	}
}

/* When its handlers are called: what waits until it can be handled is counted then, and once. */
static __always_inline void count_irq(struct irq_desc *desc)
{
	this_cpu_inc(kstat_irq_count[desc->irq_data.irq]);
}

/*
 * Whether handlers run for an interrupt of the line. Those that a poll has called are called again for what is
 * PENDING, so nothing that comes meanwhile is dropped.
 */
static bool runs_in_a_flow(const struct irq_desc *desc)
{
	return desc->common.state & IRQD_IRQ_INPROGRESS && !(desc->istate & IRQS_POLL_INPROGRESS);
}

/* Whether the handlers can be called now: there are some, the line is enabled, they are not running. */
static __always_inline bool can_handle(struct irq_desc *desc)
{
	return likely(desc->action && !(desc->common.state & (IRQD_IRQ_DISABLED | IRQD_IRQ_INPROGRESS)));
}

void irq_mask_ack(struct irq_desc *desc)
{
	chip_mask_ack(desc);
}

void handle_level_irq(struct irq_desc *desc)
{
	raw_spin_lock(&desc->lock);
	chip_mask_ack(desc);
	desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
	if (can_handle(desc)) {
		count_irq(desc);
		handle_irq_event(desc);
		/* The handler may have disabled its own line, or threads are to run first. */
		if (likely(!(desc->common.state & (IRQD_IRQ_DISABLED | IRQD_ONESHOT))))
			irq_unmask(desc);
		else
			irq_let_go(desc);
	} else if (!runs_in_a_flow(desc)) {
		/* It stays masked, and the device keeps asking: enable_irq() unmasks, or the poll does. */
		desc->istate |= IRQS_PENDING;
	}
	raw_spin_unlock(&desc->lock);
}

void handle_edge_irq(struct irq_desc *desc)
{
	raw_spin_lock(&desc->lock);
	desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
	if (!can_handle(desc)) {
		MARK("irq: edge while in progress or disabled");
		desc->istate |= IRQS_PENDING;
		chip_mask_ack(desc);
		raw_spin_unlock(&desc->lock);
		return;
	}

	count_irq(desc);
	chip_ack(desc);
	do {
		/*
		 * A second edge, while the first was being served, has masked the line on its
		 * CPU. It is served now, so let the third one in.
		 */
		if (unlikely(desc->istate & IRQS_PENDING))
			irq_unmask(desc);
		handle_irq_event(desc);
	} while ((desc->istate & IRQS_PENDING) && !(desc->common.state & IRQD_IRQ_DISABLED) &&
		 desc->action);
	raw_spin_unlock(&desc->lock);
}

/*
 * It fired where its handlers cannot be called. A chip of this kind may deliver it on another CPU while
 * they run, if the line was moved. Then the device still asks, or the chip says that it does not.
 */
static noinline void fasteoi_not_now(struct irq_desc *desc)
{
	if (!(desc->common.state & IRQD_IRQ_INPROGRESS)) {
		desc->istate |= IRQS_PENDING;
		irq_mask(desc);
	} else if (irqd_needs_resend_when_in_progress(&desc->irq_data) || !runs_in_a_flow(desc)) {
		MARK("irq: fasteoi while in progress");
		desc->istate |= IRQS_PENDING;
	}
}

/* What came while the handlers ran was let go by the chip. */
static __always_inline void fasteoi_resend(struct irq_desc *desc)
{
	if (unlikely(desc->istate & IRQS_PENDING) && !(desc->common.state & IRQD_IRQ_DISABLED))
		irq_resend_locked(desc);
}

/* Not now, or a one-shot line: masked until its threads are done, if its handlers wake any. */
static noinline void fasteoi_slow(struct irq_desc *desc)
{
	if (!can_handle(desc)) {
		fasteoi_not_now(desc);
		if (!(desc->irq_data.chip->flags & IRQCHIP_EOI_IF_HANDLED))
			chip_eoi(desc);
		return;
	}
	count_irq(desc);
	irq_mask(desc);
	handle_irq_event(desc);
	if (!atomic_long_read(&desc->threads_oneshot) || !(desc->irq_data.chip->flags & IRQCHIP_EOI_THREADED))
		chip_eoi(desc);
	irq_let_go(desc);
	fasteoi_resend(desc);
}

void handle_fasteoi_irq(struct irq_desc *desc)
{
	raw_spin_lock(&desc->lock);
	desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
	if (likely(can_handle(desc) && !(desc->common.state & IRQD_ONESHOT))) {
		count_irq(desc);
		handle_irq_event(desc);
		chip_eoi(desc);
		fasteoi_resend(desc);
	} else {
		fasteoi_slow(desc);
	}
	raw_spin_unlock(&desc->lock);
}

void handle_percpu_irq(struct irq_desc *desc)
{
	count_irq(desc);
	chip_ack(desc);
	handle_irq_event_percpu(desc);
	if (desc->irq_data.chip->irq_eoi)
		chip_eoi(desc);
}

/* What comes while the handlers run is not remembered: whoever fires such a line finds all that is there. */
static void simple_not_now(struct irq_desc *desc)
{
	if (!runs_in_a_flow(desc))
		desc->istate |= IRQS_PENDING;
}

void handle_simple_irq(struct irq_desc *desc)
{
	raw_spin_lock(&desc->lock);
	desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
	if (can_handle(desc)) {
		count_irq(desc);
		handle_irq_event(desc);
	} else {
		simple_not_now(desc);
	}
	raw_spin_unlock(&desc->lock);
}

void handle_untracked_irq(struct irq_desc *desc)
{
	raw_spin_lock(&desc->lock);
	desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
	if (can_handle(desc)) {
		count_irq(desc);
		handle_irq_event_untracked(desc);
	} else {
		simple_not_now(desc);
	}
	raw_spin_unlock(&desc->lock);
}

/* Lock not held. Its handlers run here, in the thread of the line that it is behind. */
static irqreturn_t call_nested(struct irq_desc *desc)
{
	const struct irqaction *action;
	irqreturn_t claimed = IRQ_NONE;

	for (action = READ_ONCE(desc->action); action; action = READ_ONCE(action->next))
		claimed = (irqreturn_t)(claimed | action->thread_fn((int)action->irq, action->dev_id));
	return claimed;
}

void handle_nested_irq(unsigned int nested_irq)
{
	struct irq_desc *desc = irq_to_desc(nested_irq);
	irqreturn_t claimed;

	might_sleep();
	if (!desc)
		return;
	raw_spin_lock_irq(&desc->lock);
	desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
	if (!desc->action || irqd_irq_disabled(&desc->irq_data)) {
		desc->istate |= IRQS_PENDING;
		raw_spin_unlock_irq(&desc->lock);
		return;
	}
	count_irq(desc);
	/* As a thread of its own would: synchronize_irq() and free_irq() wait for it. */
	atomic_inc(&desc->threads_active);
	raw_spin_unlock_irq(&desc->lock);

	claimed = call_nested(desc);
	if (unlikely(claimed != IRQ_HANDLED || desc->irqs_unhandled)) {
		/* It takes locks of lines, and may call handlers of others. */
		local_irq_disable();
		irq_note_interrupt(desc, claimed);
		local_irq_enable();
	}
	irq_thread_done(desc);
}

void handle_bad_irq(struct irq_desc *desc)
{
	desc->spurious++;
	count_irq(desc);
	/* What a controller has sent has to be ended, though the line has been given up meanwhile. */
	if (!irq_is_replay())
		arch_irq_end_unowned();
	pr_err_ratelimited("irq %u: fired, but has no controller\n", desc->irq_data.irq);
}
