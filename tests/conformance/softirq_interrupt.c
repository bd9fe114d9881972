// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: a softirq is raised in a hard interrupt, in another softirq, in what runs in softirqs, in a
 * work; when does it run?
 *
 * What
 *	Letters of a log: I and i begin and end of the hard interrupt, J and j of one over it, F the first
 *	softirq, S and s begin and end of the second, T and t of a tasklet, M and m of a timer, W and w of
 *	a work, and x the task that goes on.
 */
#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "softirq.h"

static struct log ran;
static struct completion first_done;

static void note_first(void)
{
	note(&ran, 'F');
	complete(&first_done);
}

static void begin(void (*action)(void))
{
	log_reset(&ran);
	init_completion(&first_done);
	open_softirq(FIRST, action);
}

static bool awake_inside, marked_inside;

static void raise_in_irq(void *times)
{
	long n = (long)times;

	note(&ran, 'I');
	while (n--)
		raise_softirq_irqoff(FIRST);
	awake_inside = ksoftirqd_is_awake();
	marked_inside = is_pending(FIRST);
	note(&ran, 'i');
}

static void raise_and_drain_in_irq(void *unused)
{
	note(&ran, 'I');
	raise_softirq(FIRST);
	do_softirq();
	note(&ran, 'i');
}

static struct hard_irq second;

static void raise_in_second_irq(void *unused)
{
	note(&ran, 'J');
	raise_softirq_irqoff(FIRST);
	note(&ran, 'j');
}

static void raise_in_both_irqs(void *unused)
{
	note(&ran, 'I');
	raise_softirq_irqoff(FIRST);
	hard_irq_over_this_one(&second, raise_in_second_irq, NULL);
	note(&ran, 'i');
}

/* The end of the inner interrupt is not the way out. */
static void in_a_hard_irq_over_a_hard_irq(void)
{
	begin(note_first);
	in_settled_hard_irq(raise_in_both_irqs, NULL);
	hard_irq_wait(&second);
	note(&ran, 'x');
	OBSERVE("softirq.hard_irq_over_a_hard_irq", "%s", letters(&ran));
}

static void in_a_hard_irq(void)
{
	static DEFINE_SPINLOCK(lock);

	begin(note_first);
	in_settled_hard_irq(raise_in_irq, (void *)1);
	note(&ran, 'x');
	OBSERVE("softirq.hard_irq_over_a_task", "%s", letters(&ran));
	OBSERVE("softirq.hard_irq_raised_is_pending", "%s", yes_no(marked_inside));
	OBSERVE("softirq.hard_irq_raised_wakes_ksoftirqd", "%s", yes_no(awake_inside));

	begin(note_first);
	in_settled_hard_irq(raise_in_irq, (void *)3);
	note(&ran, 'x');
	OBSERVE("softirq.hard_irq_raised_three_times", "%s", letters(&ran));

	begin(note_first);
	in_settled_hard_irq(raise_in_irq, (void *)1);
	in_settled_hard_irq(raise_in_irq, (void *)1);
	OBSERVE("softirq.hard_irq_twice", "%s", letters(&ran));

	begin(note_first);
	in_settled_hard_irq(raise_and_drain_in_irq, NULL);
	OBSERVE("softirq.hard_irq_with_do_softirq", "%s", letters(&ran));

	begin(note_first);
	settled_bh_disable();
	in_hard_irq(raise_in_irq, (void *)1);
	note(&ran, 'x');
	local_bh_enable();
	OBSERVE("softirq.hard_irq_over_bh_off", "%s", letters(&ran));

	begin(note_first);
	settled_bh_disable();
	preempt_disable();
	local_bh_enable();
	in_hard_irq(raise_in_irq, (void *)1);
	note(&ran, 'x');
	preempt_enable();
	OBSERVE("softirq.hard_irq_over_preemption_off", "%s", letters(&ran));

	begin(note_first);
	settled_bh_disable();
	spin_lock(&lock);
	local_bh_enable();
	in_hard_irq(raise_in_irq, (void *)1);
	note(&ran, 'x');
	spin_unlock(&lock);
	OBSERVE("softirq.hard_irq_over_a_plain_spinlock", "%s", letters(&ran));
}

static void raise_in_action(void)
{
	note(&ran, 'S');
	raise_softirq(FIRST);
	do_softirq();
	note(&ran, 's');
}

static void irq_in_action(void)
{
	note(&ran, 'S');
	in_hard_irq(raise_in_irq, (void *)1);
	note(&ran, 's');
}

static void bh_section_in_action(void)
{
	note(&ran, 'S');
	local_bh_disable();
	raise_softirq(FIRST);
	local_bh_enable();
	note(&ran, 's');
}

/* Run @action as the second softirq, and wait until the first, which it raises, has run. */
static const char *over_action(void (*action)(void))
{
	begin(note_first);
	open_softirq(SECOND, action);
	local_bh_disable();
	raise_softirq(SECOND);
	local_bh_enable();
	arrives(&first_done);
	return letters(&ran);
}

static void in_a_softirq(void)
{
	OBSERVE("softirq.raised_in_a_softirq", "%s", over_action(raise_in_action));
	OBSERVE("softirq.hard_irq_over_a_softirq", "%s", over_action(irq_in_action));
	OBSERVE("softirq.bh_section_in_a_softirq", "%s", over_action(bh_section_in_action));
}

static void raise_in_tasklet(struct tasklet_struct *t)
{
	note(&ran, 'T');
	raise_softirq(FIRST);
	note(&ran, 't');
}

static void raise_in_timer(struct timer_list *t)
{
	note(&ran, 'M');
	raise_softirq(FIRST);
	note(&ran, 'm');
}

static void raise_in_work(struct work_struct *work)
{
	settled_bh_disable();
	note(&ran, 'W');
	raise_softirq(FIRST);
	local_bh_enable();
	note(&ran, 'w');
}

static void in_other_mechanisms(void)
{
	static DECLARE_TASKLET(tasklet, raise_in_tasklet);
	static DECLARE_WORK(work, raise_in_work);
	static struct timer_list timer;

	begin(note_first);
	local_bh_disable();
	tasklet_schedule(&tasklet);
	local_bh_enable();
	arrives(&first_done);
	OBSERVE("softirq.raised_in_a_tasklet", "%s", letters(&ran));
	tasklet_kill(&tasklet);

	begin(note_first);
	timer_setup(&timer, raise_in_timer, 0);
	timer.expires = jiffies + 1;
	add_timer_on(&timer, 0);
	arrives(&first_done);
	OBSERVE("softirq.raised_in_a_timer", "%s", letters(&ran));
	timer_delete_sync(&timer);

	begin(note_first);
	queue_work_on(0, system_wq, &work);
	flush_work(&work);
	OBSERVE("softirq.raised_in_a_work_with_bh_off", "%s", letters(&ran));
}

void observe_raise_in_interrupt(void)
{
	in_a_hard_irq();
	in_a_hard_irq_over_a_hard_irq();
	in_a_softirq();
	in_other_mechanisms();
}
