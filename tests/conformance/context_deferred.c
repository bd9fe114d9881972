// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: what the predicates answer in tasklets, timers, works and threads, and in a wake function.
 */
#include <linux/interrupt.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "context.h"

static struct answers seen, in_irq_seen;
static struct completion looked;

static void look_in_tasklet(struct tasklet_struct *t)
{
	look(&seen);
}

static void interrupt_tasklet(struct tasklet_struct *t)
{
	in_hard_irq(look_in_irq, &seen);
}

static void tasklets(void)
{
	static DECLARE_TASKLET(looking, look_in_tasklet);
	static DECLARE_TASKLET(interrupted, interrupt_tasklet);

	settled_bh_disable();
	tasklet_schedule(&looking);
	local_bh_enable();
	say("tasklet", &seen);

	settled_bh_disable();
	tasklet_hi_schedule(&looking);
	local_bh_enable();
	say("hi_tasklet", &seen);

	settled_bh_disable();
	tasklet_schedule(&interrupted);
	local_bh_enable();
	say("hard_irq_over_a_tasklet", &seen);
}

static void look_in_timer(struct timer_list *t)
{
	look(&seen);
	complete(&looked);
}

static void interrupt_timer(struct timer_list *t)
{
	look(&seen);
	in_hard_irq(look_in_irq, &in_irq_seen);
	complete(&looked);
}

/* The timer is due while bottom halves are off, so it is the observer that it runs over. */
static void timer_runs(const char *where, void (*function)(struct timer_list *t), unsigned int flags)
{
	static struct timer_list timer;

	init_completion(&looked);
	timer_setup(&timer, function, flags);
	settled_bh_disable();
	timer.expires = jiffies + 1;
	add_timer_on(&timer, 0);
	spin_until(time_after(jiffies, timer.expires + 1) &&
		   local_softirq_pending() & (1U << TIMER_SOFTIRQ));
	local_bh_enable();
	arrives(&looked);
	say(where, &seen);
	timer_delete_sync(&timer);
}

static void timers(void)
{
	timer_runs("timer", look_in_timer, 0);
	OBSERVE("context.timer_cpu", "%u", seen.cpu);
	timer_runs("irqsafe_timer", look_in_timer, TIMER_IRQSAFE);
	timer_runs("interrupted_timer", interrupt_timer, 0);
	say("hard_irq_over_a_timer", &in_irq_seen);
}

static unsigned int worker_flags;

static void look_in_work(struct work_struct *work)
{
	look(&seen);
	worker_flags = current->flags;
}

static void look_in_work_with_bh_off(struct work_struct *work)
{
	local_bh_disable();
	look(&seen);
	local_bh_enable();
}

static void interrupt_work(struct work_struct *work)
{
	in_hard_irq(look_in_irq, &seen);
}

static void works(void)
{
	static DECLARE_WORK(work, look_in_work);
	static DECLARE_WORK(bh_off_work, look_in_work_with_bh_off);
	static DECLARE_WORK(interrupted_work, interrupt_work);
	static DECLARE_DELAYED_WORK(delayed_work, look_in_work);

	queue_work_on(0, system_wq, &work);
	flush_work(&work);
	say_thread("work", &seen);
	OBSERVE("context.work_cpu", "%u", seen.cpu);
	OBSERVE("context.work_thread_is_a_kthread", "%s", yes_no(worker_flags & PF_KTHREAD));
	OBSERVE("context.work_thread_is_a_worker", "%s", yes_no(worker_flags & PF_WQ_WORKER));

	queue_work(system_unbound_wq, &work);
	flush_work(&work);
	say_thread("unbound_work", &seen);

	queue_work_on(0, system_highpri_wq, &work);
	flush_work(&work);
	say_thread("highpri_work", &seen);

	queue_work_on(0, system_wq, &bh_off_work);
	flush_work(&bh_off_work);
	say_thread("work_with_bh_off", &seen);

	queue_work_on(0, system_wq, &interrupted_work);
	flush_work(&interrupted_work);
	say("hard_irq_over_a_work", &seen);

	queue_delayed_work_on(0, system_wq, &delayed_work, 1);
	flush_delayed_work(&delayed_work);
	say_thread("delayed_work", &seen);
}

static int look_in_thread(void *unused)
{
	look(&seen);
	complete(&looked);
	return wait_for_stop();
}

static void look_in_kthread_work(struct kthread_work *work)
{
	look(&seen);
}

static void threads(void)
{
	struct task_struct *thread;
	struct kthread_worker *worker;
	struct kthread_work work;

	init_completion(&looked);
	thread = kthread_create(look_in_thread, NULL, "looking");
	if (IS_ERR(thread))
		return;
	kthread_bind(thread, 0);
	wake_up_process(thread);
	arrives(&looked);
	kthread_stop(thread);
	say_thread("kthread", &seen);

	worker = kthread_create_worker(0, "looking");
	if (IS_ERR(worker))
		return;
	kthread_init_work(&work, look_in_kthread_work);
	kthread_queue_work(worker, &work);
	kthread_flush_work(&work);
	say_thread("kthread_work", &seen);
	kthread_destroy_worker(worker);
}

static int look_on_wake_up(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	look(&seen);
	return 1;
}

static void wake_in_irq(void *queue)
{
	wake_up((struct wait_queue_head *)queue);
}

/* A wake function runs where the waker is, under the queue's lock. */
static void wake_functions(void)
{
	static DECLARE_WAIT_QUEUE_HEAD(queue);
	struct wait_queue_entry entry;

	init_waitqueue_func_entry(&entry, look_on_wake_up);
	add_wait_queue(&queue, &entry);
	wake_up(&queue);
	say_thread("wake_function_of_a_task", &seen);
	in_hard_irq(wake_in_irq, &queue);
	say("wake_function_of_a_hard_irq", &seen);
	remove_wait_queue(&queue, &entry);
}

void observe_context_deferred(void)
{
	tasklets();
	timers();
	works();
	threads();
	wake_functions();
}
