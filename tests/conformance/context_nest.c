// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: what comes within what, and what waits.
 *
 * What
 *	Letters of a log: I and i begin and end of a hard interrupt, J and j of a second one, S and s of a
 *	softirq, T and t of a tasklet, U the urgent thread, x the observer in its section, y after it.
 */
#include <linux/interrupt.h>
#include <linux/spinlock.h>

#include "context.h"

#define TEST_SOFTIRQ	IRQ_POLL_SOFTIRQ

static struct log ran;
static struct hard_irq second;

static void note_irq(void *unused)
{
	note(&ran, 'I');
	note(&ran, 'i');
}

static void note_second_irq(void *unused)
{
	note(&ran, 'J');
	note(&ran, 'j');
}

static void send_second(void *unused)
{
	note(&ran, 'I');
	hard_irq_send(&second, note_second_irq, NULL);
	note(&ran, 'i');
}

static void send_itself(void *work)
{
	struct hard_irq *own = work;

	note(&ran, 'I');
	if (atomic_read(&ran.used) == 1)
		irq_work_queue(&own->work);
	note(&ran, 'i');
}

static struct answers seen;

static void look_in_second_irq(void *unused)
{
	note(&ran, 'J');
	look(&seen);
	note(&ran, 'j');
}

static void be_interrupted(void *unused)
{
	note(&ran, 'I');
	hard_irq_over_this_one(&second, look_in_second_irq, NULL);
	note(&ran, 'i');
}

static void hard_irq_over_hard_irq(void)
{
	log_reset(&ran);
	seen.looked = false;
	in_hard_irq(be_interrupted, NULL);
	hard_irq_wait(&second);
	note(&ran, 'x');
	OBSERVE("context.hard_irq_with_irqs_on_and_a_hard_irq", "%s", letters(&ran));
	say("hard_irq_over_a_hard_irq", &seen);
}

static void hard_irqs(void)
{
	static DEFINE_SPINLOCK(lock);
	static struct hard_irq irq;
	unsigned long flags;

	log_reset(&ran);
	local_irq_disable();
	hard_irq_send(&irq, note_irq, NULL);
	note(&ran, 'x');
	local_irq_enable();
	hard_irq_wait(&irq);
	note(&ran, 'y');
	OBSERVE("context.hard_irq_sent_with_irqs_off", "%s", letters(&ran));

	log_reset(&ran);
	spin_lock_irqsave(&lock, flags);
	hard_irq_send(&irq, note_irq, NULL);
	note(&ran, 'x');
	spin_unlock_irqrestore(&lock, flags);
	hard_irq_wait(&irq);
	note(&ran, 'y');
	OBSERVE("context.hard_irq_sent_under_spin_lock_irqsave", "%s", letters(&ran));

	log_reset(&ran);
	local_bh_disable();
	in_hard_irq(note_irq, NULL);
	note(&ran, 'x');
	local_bh_enable();
	OBSERVE("context.hard_irq_sent_with_bh_off", "%s", letters(&ran));

	log_reset(&ran);
	preempt_disable();
	in_hard_irq(note_irq, NULL);
	note(&ran, 'x');
	preempt_enable();
	OBSERVE("context.hard_irq_sent_with_preempt_off", "%s", letters(&ran));

	log_reset(&ran);
	in_hard_irq(send_second, NULL);
	hard_irq_wait(&second);
	note(&ran, 'x');
	OBSERVE("context.hard_irq_sent_by_a_hard_irq", "%s", letters(&ran));

	log_reset(&ran);
	hard_irq_send(&irq, send_itself, &irq);
	hard_irq_wait(&irq);
	note(&ran, 'x');
	OBSERVE("context.hard_irq_sent_by_itself", "%s", letters(&ran));

	log_reset(&ran);
	local_irq_disable();
	hard_irq_send(&irq, note_irq, NULL);
	OBSERVE("context.irq_work_queued_twice_is_refused", "%s", yes_no(!irq_work_queue(&irq.work)));
	local_irq_enable();
	hard_irq_wait(&irq);
	OBSERVE("context.irq_work_queued_twice_runs", "%s", letters(&ran));

	log_reset(&ran);
	local_irq_disable();
	hard_irq_send(&irq, note_irq, NULL);
	hard_irq_send(&second, note_second_irq, NULL);
	local_irq_enable();
	hard_irq_wait(&irq);
	hard_irq_wait(&second);
	OBSERVE("context.two_irq_works_queued", "%s", letters(&ran));
}

static void softirq_with_irqs_off(void)
{
	static struct hard_irq irq;

	note(&ran, 'S');
	local_irq_disable();
	hard_irq_send(&irq, note_irq, NULL);
	note(&ran, 'x');
	local_irq_enable();
	hard_irq_wait(&irq);
	note(&ran, 's');
}

static void softirq_with_bh_off(void)
{
	note(&ran, 'S');
	local_bh_disable();
	in_hard_irq(note_irq, NULL);
	local_bh_enable();
	note(&ran, 's');
}

static void note_tasklet(struct tasklet_struct *t)
{
	note(&ran, 'T');
	in_hard_irq(note_irq, NULL);
	note(&ran, 't');
}

static DECLARE_TASKLET(tasklet, note_tasklet);

static void softirq_schedules(void)
{
	note(&ran, 'S');
	tasklet_hi_schedule(&tasklet);
	in_hard_irq(note_irq, NULL);
	note(&ran, 's');
}

static const char *over_softirq(void (*action)(void))
{
	log_reset(&ran);
	open_softirq(TEST_SOFTIRQ, action);
	settled_bh_disable();
	raise_softirq(TEST_SOFTIRQ);
	note(&ran, 'x');
	local_bh_enable();
	fence();
	note(&ran, 'y');
	return letters(&ran);
}

static void softirqs(void)
{
	OBSERVE("context.softirq_with_irqs_off_and_a_hard_irq", "%s", over_softirq(softirq_with_irqs_off));
	OBSERVE("context.softirq_with_bh_off_and_a_hard_irq", "%s", over_softirq(softirq_with_bh_off));
	OBSERVE("context.softirq_with_a_tasklet_and_hard_irqs", "%s", over_softirq(softirq_schedules));
}

/*
 * A thread more urgent than the observer is woken in a section that keeps it out. Where preemption is
 * voluntary it comes at the next cond_resched(), else when the section ends: both are over at 'y'.
 */
static struct completion wanted;
static bool over;

static int urgent_main(void *unused)
{
	for (;;) {
		wait_for_completion(&wanted);
		if (READ_ONCE(over))
			break;
		note(&ran, 'U');
	}
	return wait_for_stop();
}

static void wake_in_irq(void *unused)
{
	note(&ran, 'I');
	complete(&wanted);
	note(&ran, 'i');
}

static void wake_in_softirq(void)
{
	note(&ran, 'S');
	complete(&wanted);
	note(&ran, 's');
}

static const char *section_over(void)
{
	cond_resched();
	note(&ran, 'y');
	return letters(&ran);
}

static void urgent_thread(void)
{
	static DEFINE_SPINLOCK(lock);
	struct task_struct *urgent;

	init_completion(&wanted);
	over = false;
	urgent = kthread_create(urgent_main, NULL, "urgent");
	if (IS_ERR(urgent))
		return;
	kthread_bind(urgent, 0);
	sched_set_fifo(urgent);
	wake_up_process(urgent);

	log_reset(&ran);
	preempt_disable();
	complete(&wanted);
	note(&ran, 'x');
	preempt_enable();
	OBSERVE("context.urgent_thread_woken_with_preempt_off", "%s", section_over());

	log_reset(&ran);
	local_irq_disable();
	complete(&wanted);
	note(&ran, 'x');
	local_irq_enable();
	OBSERVE("context.urgent_thread_woken_with_irqs_off", "%s", section_over());

	log_reset(&ran);
	local_bh_disable();
	complete(&wanted);
	note(&ran, 'x');
	local_bh_enable();
	OBSERVE("context.urgent_thread_woken_with_bh_off", "%s", section_over());

	log_reset(&ran);
	spin_lock(&lock);
	complete(&wanted);
	note(&ran, 'x');
	spin_unlock(&lock);
	OBSERVE("context.urgent_thread_woken_under_a_spinlock", "%s", section_over());

	log_reset(&ran);
	preempt_disable();
	in_hard_irq(wake_in_irq, NULL);
	note(&ran, 'x');
	preempt_enable();
	OBSERVE("context.urgent_thread_woken_by_a_hard_irq_over_preempt_off", "%s", section_over());

	log_reset(&ran);
	in_hard_irq(wake_in_irq, NULL);
	OBSERVE("context.urgent_thread_woken_by_a_hard_irq", "%s", section_over());

	log_reset(&ran);
	open_softirq(TEST_SOFTIRQ, wake_in_softirq);
	settled_bh_disable();
	raise_softirq(TEST_SOFTIRQ);
	note(&ran, 'x');
	local_bh_enable();
	OBSERVE("context.urgent_thread_woken_by_a_softirq", "%s", section_over());

	log_reset(&ran);
	open_softirq(TEST_SOFTIRQ, wake_in_softirq);
	preempt_disable();
	local_bh_disable();
	raise_softirq(TEST_SOFTIRQ);
	local_bh_enable();
	note(&ran, 'x');
	preempt_enable();
	OBSERVE("context.urgent_thread_woken_by_a_softirq_with_preempt_off", "%s", section_over());

	WRITE_ONCE(over, true);
	complete(&wanted);
	kthread_stop(urgent);
}

void observe_context_nest(void)
{
	hard_irqs();
	hard_irq_over_hard_irq();
	softirqs();
	urgent_thread();
}
