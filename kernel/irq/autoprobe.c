// SPDX-License-Identifier: GPL-2.0-only
/*
 * Probing: which line does this device use?
 *
 * What
 *	Old devices do not say which line they are wired to. So all lines that nobody uses are enabled for a
 *	while, the driver makes its device ask, and the line that fires is it:
 *
 *		probe = probe_irq_on();
 *		make the device ask, and wait until it must have
 *		line = probe_irq_off(probe);
 *
 *	What fires before the driver does that is not the device: it is left out.
 *
 * Contexts
 *	Task, may sleep.
 *
 * States of a line (istate)
 *	-			probe_irq_on()		AUTODETECT, WAITING; enabled
 *	AUTODETECT, WAITING	it fires		AUTODETECT
 *	AUTODETECT, ...		a driver requests it	-
 *	AUTODETECT, ...		the end			-, disabled
 *
 * Locks
 *	probing, a mutex, from probe_irq_on() to the call that ends it. desc->lock of each line.
 *
 * Limits
 *	SETTLE_MS and QUIET_MS to get rid of old interrupts.
 *
 * Tests
 *	tests/boot/irq_probe_test.c (A9)
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/mutex.h>

#include "internals.h"

/* For what was latched long ago; and for lines that fire by themselves. */
#define SETTLE_MS	20
#define QUIET_MS	100

static DEFINE_MUTEX(probing);

static bool can_probe(const struct irq_desc *desc)
{
	return irq_has_chip(desc) && !desc->action && !(desc->status & IRQ_NOPROBE);
}

/* Let it fire: also what the chip had latched. Return: whether the chip says that it has fired. Lock held. */
static bool listen_locked(struct irq_desc *desc)
{
	if (irq_activate(desc))
		return false;
	return irq_startup(desc, IRQ_NORESEND);
}

static void wake_up_lines(void)
{
	struct irq_desc *desc;
	unsigned int irq;

	for_each_irq_desc(irq, desc) {
		raw_spin_lock_irq(&desc->lock);
		if (can_probe(desc)) {
			if (desc->irq_data.chip->irq_set_type)
				desc->irq_data.chip->irq_set_type(&desc->irq_data, IRQ_TYPE_PROBE);
			listen_locked(desc);
		}
		raw_spin_unlock_irq(&desc->lock);
	}
}

/* What fired until now was masked by its flow: enable it once more, and note what fires. */
static void listen_to_lines(void)
{
	struct irq_desc *desc;
	unsigned int irq;

	for_each_irq_desc(irq, desc) {
		raw_spin_lock_irq(&desc->lock);
		if (can_probe(desc)) {
			desc->istate |= IRQS_AUTODETECT | IRQS_WAITING;
			if (listen_locked(desc))
				desc->istate |= IRQS_PENDING;
		}
		raw_spin_unlock_irq(&desc->lock);
	}
}

/* Lock held. */
static void stop_listening_locked(struct irq_desc *desc)
{
	desc->istate &= ~IRQS_AUTODETECT;
	irq_shutdown_and_deactivate(desc);
}

/* Those that fire without being asked are no candidates. Return: the others below 32. */
static unsigned long leave_noisy_lines_out(void)
{
	unsigned long silent = 0;
	struct irq_desc *desc;
	unsigned int irq;

	for_each_irq_desc(irq, desc) {
		raw_spin_lock_irq(&desc->lock);
		if (desc->istate & IRQS_AUTODETECT) {
			if (!(desc->istate & IRQS_WAITING))
				stop_listening_locked(desc);
			else if (irq < 32)
				silent |= BIT(irq);
		}
		raw_spin_unlock_irq(&desc->lock);
	}
	return silent;
}

unsigned long probe_irq_on(void)
{
	mutex_lock(&probing);
	wake_up_lines();
	msleep(SETTLE_MS);
	listen_to_lines();
	msleep(QUIET_MS);
	return leave_noisy_lines_out();
}

/* Stop listening to a line. Return: whether it has fired. */
static bool has_fired(struct irq_desc *desc)
{
	bool fired = false;

	raw_spin_lock_irq(&desc->lock);
	if (desc->istate & IRQS_AUTODETECT) {
		fired = !(desc->istate & IRQS_WAITING);
		stop_listening_locked(desc);
	}
	raw_spin_unlock_irq(&desc->lock);
	return fired;
}

unsigned int probe_irq_mask(unsigned long val)
{
	unsigned int mask = 0;
	struct irq_desc *desc;
	unsigned int irq;

	for_each_irq_desc(irq, desc)
		if (has_fired(desc) && irq < 16)
			mask |= BIT(irq);
	mutex_unlock(&probing);
	return mask & (unsigned int)val;
}

int probe_irq_off(unsigned long val)
{
	unsigned int count = 0, first = 0;
	struct irq_desc *desc;
	unsigned int irq;

	for_each_irq_desc(irq, desc)
		if (has_fired(desc) && !count++)
			first = irq;
	mutex_unlock(&probing);
	return count > 1 ? -(int)first : (int)first;
}
