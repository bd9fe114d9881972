// SPDX-License-Identifier: GPL-2.0-only
/*
 * Telling a driver that its line goes elsewhere.
 *
 * What
 *	A driver that keeps something for each CPU hangs a notifier on its line. Whoever moves the line
 *	queues the notifier's work, which calls the driver, with the mask as it is then: several moves may be
 *	one call.
 *
 * Contexts
 *	irq_set_affinity_notifier(): task, may sleep. notify() is called in a work. release() too, or in the
 *	context of who takes the notifier away.
 *
 * Lifetime
 *	One reference is the line's, one the queued work's. release() is called with the last.
 *
 * Tests
 *	tests/boot/irq_affinity_test.c
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/workqueue.h>

#include "internals.h"

void irq_affinity_notify_locked(struct irq_desc *desc)
{
	struct irq_affinity_notify *notify = desc->affinity_notify;

	lockdep_assert_held(&desc->lock);
	if (!notify)
		return;
	kref_get(&notify->kref);
	/* Queued already: that one tells of this move, too. The line still has its reference. */
	if (!schedule_work(&notify->work))
		kref_put(&notify->kref, notify->release);
}

static void tell_driver(struct work_struct *work)
{
	struct irq_affinity_notify *notify = container_of(work, struct irq_affinity_notify, work);
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(notify->irq, &flags);
	struct cpumask mask;

	if (desc) {
		cpumask_copy(&mask, irqd_is_setaffinity_pending(&desc->irq_data) ?
				    &desc->pending_mask : desc->common.affinity);
		irq_put_desc_unlock(desc, flags);
		notify->notify(notify, &mask);
	}
	kref_put(&notify->kref, notify->release);
}

static struct irq_affinity_notify *exchange_notifier(struct irq_desc *desc,
						     struct irq_affinity_notify *notify)
{
	struct irq_affinity_notify *old;
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	old = desc->affinity_notify;
	desc->affinity_notify = notify;
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return old;
}

int irq_set_affinity_notifier(unsigned int irq, struct irq_affinity_notify *notify)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irq_affinity_notify *old;

	might_sleep();
	if (!desc)
		return -EINVAL;
	if (notify) {
		notify->irq = irq;
		kref_init(&notify->kref);
		INIT_WORK(&notify->work, tell_driver);
	}
	old = exchange_notifier(desc, notify);
	if (!old)
		return 0;
	/* A call that has not begun does not come any more: its reference is ours. */
	if (cancel_work_sync(&old->work))
		kref_put(&old->kref, old->release);
	kref_put(&old->kref, old->release);
	return 0;
}
