/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * irq_work: a function to be called in hard-IRQ context soon, from any context, NMI included.
 *
 * Follows Linux 6.12, include/linux/irq_work.h.
 */
#ifndef _LINUX_IRQ_WORK_H
#define _LINUX_IRQ_WORK_H

#include <linux/llist.h>
#include <linux/atomic.h>

/**
 * struct irq_work - the function and its queue entry
 * @node: in the list of the CPU that will run it
 * @flags: IRQ_WORK_*
 * @func: called with interrupts off, in hard-IRQ context; must be quick
 */
struct irq_work {
	struct llist_node node;		/* whoever won PENDING */
	atomic_t flags;			/* A */
	void (*func)(struct irq_work *work);	/* I */
};

#define IRQ_WORK_PENDING	1	/* queued, not yet started */
#define IRQ_WORK_BUSY		2	/* added for each CPU on which it is queued or running */

#define IRQ_WORK_INIT(function)	(struct irq_work){ .func = (function) }
#define IRQ_WORK_INIT_HARD(function) IRQ_WORK_INIT(function)
#define DEFINE_IRQ_WORK(name, function)	struct irq_work name = IRQ_WORK_INIT(function)

/** init_irq_work - make @work idle, with its function. Context: any; nobody else uses it. */
static inline void init_irq_work(struct irq_work *work, void (*func)(struct irq_work *))
{
	*work = IRQ_WORK_INIT(func);
}

/** irq_work_is_pending - queued and not started. Context: any. */
static inline bool irq_work_is_pending(struct irq_work *work)
{
	return atomic_read(&work->flags) & IRQ_WORK_PENDING;
}

/** irq_work_is_busy - queued or running. Context: any. */
static inline bool irq_work_is_busy(struct irq_work *work)
{
	return atomic_read(&work->flags) != 0;
}

/**
 * irq_work_queue - have @work called on this CPU as soon as interrupts are on
 * @work: what to call; must stay until it has run
 *
 * Context: any, NMI included.
 * Return: true when it was queued, false when it was pending already.
 */
bool irq_work_queue(struct irq_work *work);

/**
 * irq_work_queue_on - the same on another CPU
 * @work: what to call
 * @cpu: an online CPU; another one is reported, and the work stays queued until that comes
 *
 * Context: any but NMI.
 */
bool irq_work_queue_on(struct irq_work *work, int cpu);

/**
 * irq_work_sync - wait until @work is neither queued nor running, on any CPU
 * @work: nobody queues it any more
 *
 * Context: task, interrupts on.
 */
void irq_work_sync(struct irq_work *work);

/* The machine's irq_work interrupt. Context: hard IRQ. */
void irq_work_run(void);

#endif
