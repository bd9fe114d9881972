// SPDX-License-Identifier: GPL-2.0-only
/*
 * Delayed works: a timer queues them.
 *
 * What
 *	Who wins PENDING writes queue and CPU into the work, sets TIMER, and arms the timer. The
 *	timer's function owns PENDING in turn and queues the work.
 *
 * Contexts
 *	queue, mod: any but NMI.  flush: task, may sleep.  The timer's function: softirq, interrupts
 *	off (TIMER_IRQSAFE), so that an interrupt cannot find it half done on its own CPU and spin
 *	for ever.
 *
 * States (of the data word; kernel/workqueue.c)
 *	idle -> PENDING -> PENDING|TIMER -> PENDING|PWQ -> idle
 *
 * Ordering
 *	TIMER goes up before the timer is armed: who sees the word without it knows that there is no
 *	timer. Between the two, and between the timer's expiry and its function, TIMER is set and no
 *	timer is pending; others spin for that long.
 *
 * Tests
 *	tests/boot/workqueue_delayed_test.c, tests/scenario/workqueue_delayed.c
 */
#include <linux/jiffies.h>
#include <linux/timer.h>
#include <arch/cpu.h>

#include "internal.h"

void delayed_work_timer_fn(struct timer_list *timer)
{
	struct delayed_work *dwork = from_timer(dwork, timer, timer);
	unsigned long irqflags;

	local_irq_save(irqflags);	/* off already */
	__queue_work(dwork->cpu, dwork->wq, &dwork->work, irqflags);
}

/* PENDING is ours, interrupts are off; they are restored. Returns whether the work was taken. */
static bool start_delay(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			unsigned long delay, unsigned long irqflags)
{
	struct work_struct *work = &dwork->work;
	struct timer_list *timer = &dwork->timer;
	unsigned long data = (unsigned long)atomic_long_read(&work->data);

	if (!delay || data & WORK_OFFQ_DISABLE_MASK)
		return __queue_work(cpu, wq, work, irqflags);

	WRITE_ONCE(dwork->wq, wq);
	WRITE_ONCE(dwork->cpu, cpu);
	atomic_long_set(&work->data, (long)(data | WORK_OFFQ_TIMER));
	timer->expires = jiffies + delay;
	/* WORK_CPU_UNBOUND is none, and one that did not come up has no ticks. */
	if ((unsigned int)cpu < nr_cpu_ids && cpu_online((unsigned int)cpu))
		add_timer_on(timer, cpu);
	else
		add_timer(timer);
	local_irq_restore(irqflags);
	return true;
}

bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay)
{
	unsigned long irqflags;

	local_irq_save(irqflags);
	/* Full barrier, as in queue_work_on(). */
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&dwork->work)))
		return start_delay(cpu, wq, dwork, delay, irqflags);
	local_irq_restore(irqflags);
	return false;
}

bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay)
{
	unsigned long irqflags;
	bool was_pending;

	/* Only the time changes: the timer's own lock is enough. */
	if (delay && READ_ONCE(dwork->wq) == wq && READ_ONCE(dwork->cpu) == cpu &&
	    mod_timer_pending(&dwork->timer, jiffies + delay))
		return true;

	was_pending = grab_work(&dwork->work, &irqflags);
	start_delay(cpu, wq, dwork, delay, irqflags);
	return was_pending;
}

/* Wait while the timer's function is on its way: it has PENDING and TIMER, but is not pending. */
bool flush_delayed_work(struct delayed_work *dwork)
{
	unsigned long irqflags, data;

	might_sleep();
	for (;;) {
		local_irq_save(irqflags);
		data = (unsigned long)atomic_long_read(&dwork->work.data);
		if (data & WORK_STRUCT_PWQ || !(data & WORK_OFFQ_TIMER))
			break;
		if (timer_delete(&dwork->timer)) {
			__queue_work(dwork->cpu, dwork->wq, &dwork->work, irqflags);
			return flush_work(&dwork->work);
		}
		local_irq_restore(irqflags);
		MARK("workqueue: flush met a timer that has just expired");
		arch_cpu_relax();
	}
	local_irq_restore(irqflags);
	return flush_work(&dwork->work);
}
