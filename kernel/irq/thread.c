// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt threads: what a handler does not do itself.
 *
 * What
 *	A handler that answers IRQ_WAKE_THREAD has its thread call thread_fn: a task, which may sleep. One-shot
 *	lines (IRQF_ONESHOT) stay masked until all of their threads that were woken are done: each has a
 *	bit (thread_mask) in desc->threads_oneshot meanwhile.
 *
 *	With "threadirqs" handlers that nobody exempted are called in threads, too: the handler becomes
 *	thread_fn, called with bottom halves and interrupts off, and what it had in a thread of its own is
 *	left to a second one.
 *
 * Contexts
 *	Waking: hard IRQ, or anything with desc->lock held. Starting and stopping: task, may sleep.
 *
 * States of a thread			who moves it
 *	asleep -> woken			irq_thread_wake(): counts it in threads_active, sets RUN
 *	woken -> running		the thread: takes RUN away
 *	running -> woken		irq_thread_wake() once more: one more run
 *	running -> asleep		the thread: lets the line go, no longer counts itself
 *	asleep -> ended			irq_threads_stop(), when nobody can wake it any more, and nobody runs
 *
 * Ordering
 *	threads_active grows before RUN is set, so it never falls to 0 while a thread runs or is to run.
 *	RUN is set by a full barrier before the wake-up; the thread sets its state with one before it looks.
 *	The line is let go under desc->lock and not while a handler is in progress, so either a handler
 *	that wakes the thread again comes after, and masks the line anew, or its RUN is seen.
 *
 * Limits
 *	BITS_PER_LONG handlers on a shared one-shot line.
 *
 * Differs from Linux
 *	A thread that calls kthread_exit() leaves its line masked, and whoever waits for it waits for ever.
 *
 * Tests
 *	tests/boot/irq_thread_test.c (D4, D5), tests/scenario/irq_thread.c
 */
#include <linux/irqdesc.h>
#include <linux/interrupt.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/printk.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <arch/cpu.h>

#include "internals.h"

/* Bits of irqaction.thread_flags. */
enum {
	IRQTF_RUN,		/* it is to run */
	IRQTF_FOLLOW,		/* the line may fire elsewhere now */
	IRQTF_ASTRAY,		/* it could not follow: its CPU had come, and was not in use */
	IRQTF_FORCED,		/* I: thread_fn was written as a hard handler */
	IRQTF_WARNED,		/* asked for a thread, and has none: said so */
};

bool irq_threads_forced;	/* I; tests set it, too */

static int __init threadirqs_option(char *value)
{
	irq_threads_forced = true;
	return 0;
}
early_param_accepts("threadirqs", threadirqs_option, "no value");

bool force_irqthreads(void)
{
	return irq_threads_forced;
}

/* ---- waking ---- */

void irq_thread_done(struct irq_desc *desc)
{
	/* A full barrier; pairs with the one of wait_event() between its state and threads_active. */
	if (atomic_dec_and_test(&desc->threads_active) && waitqueue_active(&desc->wait_for_threads))
		wake_up(&desc->wait_for_threads);
}

/*
 * The caller is one of this line's handlers, or holds desc->lock: as handlers and a holder of the lock
 * may do so at once, the bit is set atomically.
 */
void irq_thread_wake(struct irq_desc *desc, struct irqaction *action)
{
	atomic_inc(&desc->threads_active);
	if (action->thread_mask)
		atomic_long_or((long)action->thread_mask, &desc->threads_oneshot);
	/* Pairs with the barrier in wait_for_run(). */
	if (test_and_set_bit(IRQTF_RUN, &action->thread_flags)) {
		MARK("irq: thread woken again before it ran");
		irq_thread_done(desc);
		return;
	}
	wake_up_process(action->thread);
}

void irq_thread_missing(struct irqaction *action)
{
	if (!test_and_set_bit(IRQTF_WARNED, &action->thread_flags))
		pr_warn("irq %u: handler %ps (%s) asked for a thread that it has not\n", action->irq,
			action->handler, action->name);
}

void irq_wake_thread(unsigned int irq, void *dev)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	unsigned long flags;

	if (!desc || WARN_ON(irq_is_percpu_devid(irq)))
		return;
	raw_spin_lock_irqsave(&desc->lock, flags);
	for (action = desc->action; action; action = action->next) {
		if (action->dev_id != dev)
			continue;
		if (action->thread)
			irq_thread_wake(desc, action);
		break;
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

/* ---- the thread ---- */

/* The lock, with no handler of the line running. */
static void lock_quiet_line(struct irq_desc *desc)
{
	raw_spin_lock_irq(&desc->lock);
	while (unlikely(desc->common.state & IRQD_IRQ_INPROGRESS)) {
		MARK("irq: thread done while its handler is running");
		raw_spin_unlock_irq(&desc->lock);
		arch_cpu_relax();
		raw_spin_lock_irq(&desc->lock);
	}
}

/*
 * A run is over: the line may fire again, unless another thread has not run, or this one is to run again.
 * Task, may sleep if the chip is behind a slow bus.
 */
static void let_line_go(struct irq_desc *desc, struct irqaction *action)
{
	if (!action->thread_mask)
		return;
	chip_bus_lock(desc);
	lock_quiet_line(desc);
	if (!test_bit(IRQTF_RUN, &action->thread_flags)) {
		atomic_long_and(~(long)action->thread_mask, &desc->threads_oneshot);
		irq_let_go_threaded(desc);
	}
	raw_spin_unlock_irq(&desc->lock);
	chip_bus_sync_unlock(desc);
}

/* Go where the line goes, if that is elsewhere than before. If it cannot be done, before the next run. */
static void follow_line(struct irq_desc *desc, struct irqaction *action)
{
	struct cpumask mask;

	if (likely(!(READ_ONCE(action->thread_flags) & (BIT(IRQTF_FOLLOW) | BIT(IRQTF_ASTRAY)))))
		return;
	clear_bit(IRQTF_FOLLOW, &action->thread_flags);
	clear_bit(IRQTF_ASTRAY, &action->thread_flags);
	/* Whoever sets it again has changed the mask under the lock. */
	raw_spin_lock_irq(&desc->lock);
	cpumask_copy(&mask, irq_data_get_effective_affinity_mask(&desc->irq_data));
	raw_spin_unlock_irq(&desc->lock);
	/* A chip that does not say where it sends the line may send it anywhere. */
	if (cpumask_empty(&mask))
		return;
	if (set_cpus_allowed_ptr(current, &mask)) {
		MARK("irq: thread of a line whose CPU is not in use");
		set_bit(IRQTF_ASTRAY, &action->thread_flags);
	}
}

static irqreturn_t run(struct irq_desc *desc, struct irqaction *action)
{
	irqreturn_t said = action->thread_fn((int)action->irq, action->dev_id);

	let_line_go(desc, action);
	return said;
}

/* It was written for hard interrupts: nothing of this CPU comes in between. */
static irqreturn_t run_forced(struct irq_desc *desc, struct irqaction *action)
{
	bool slow = desc->irq_data.chip->irq_bus_lock;
	irqreturn_t said;

	local_bh_disable();
	local_irq_disable();
	said = action->thread_fn((int)action->irq, action->dev_id);
	local_irq_enable();
	/* The line does not wait for the softirqs that this has raised, but where that may sleep. */
	if (!slow)
		let_line_go(desc, action);
	local_bh_enable();
	if (slow)
		let_line_go(desc, action);
	return said;
}

static void wake_secondary(struct irq_desc *desc, struct irqaction *action)
{
	if (WARN_ON_ONCE(!action->secondary))
		return;
	raw_spin_lock_irq(&desc->lock);
	irq_thread_wake(desc, action->secondary);
	raw_spin_unlock_irq(&desc->lock);
}

/* Sleep until there is something to do. Return: false when that is to end. */
static bool wait_for_run(struct irq_desc *desc, struct irqaction *action)
{
	while (!test_and_clear_bit(IRQTF_RUN, &action->thread_flags)) {
		unsigned long todo;
		bool stop;

		/* A full barrier before the looks; pairs with test_and_set_bit() in irq_thread_wake(). */
		set_current_state(TASK_INTERRUPTIBLE);
		stop = kthread_should_stop();
		/* Who stops it has seen to it that nobody wakes it: pairs with set_bit() in kthread_stop(). */
		smp_rmb();
		todo = READ_ONCE(action->thread_flags) & (BIT(IRQTF_RUN) | BIT(IRQTF_FOLLOW));
		if (!todo && !stop) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		if (!todo)
			return false;
		follow_line(desc, action);
	}
	/* An interrupt that came after the line had moved is served there: the two bits are in one word. */
	follow_line(desc, action);
	return true;
}

/* What the maker of a thread tells it, and waits for. On the maker's stack. */
struct start {
	struct irqaction *action;
	struct completion ready;
};

static int irq_thread(void *data)
{
	struct start *start = data;
	struct irqaction *action = start->action;
	struct irq_desc *desc = irq_to_desc(action->irq);
	irqreturn_t (*run_once)(struct irq_desc *desc, struct irqaction *action) =
		test_bit(IRQTF_FORCED, &action->thread_flags) ? run_forced : run;

	complete(&start->ready);
	while (wait_for_run(desc, action)) {
		irqreturn_t said = run_once(desc, action);

		if (said == IRQ_HANDLED)
			atomic_inc(&desc->threads_handled);
		else if (said == IRQ_WAKE_THREAD)
			wake_secondary(desc, action);
		irq_thread_done(desc);
	}
	return 0;
}

/* ---- from request to free ---- */

static irqreturn_t wake_the_thread(int irq, void *dev_id)
{
	return IRQ_WAKE_THREAD;
}

/* A nested line is handled in its parent's thread, and its primary handler has nothing to say. */
static irqreturn_t nested_primary(int irq, void *dev_id)
{
	WARN_ONCE(true, "irq %d: nested, but fired by itself\n", irq);
	return IRQ_NONE;
}

/* The thread of a handler that is in a thread itself; only that one wakes it. */
static irqreturn_t secondary_primary(int irq, void *dev_id)
{
	WARN_ONCE(true, "irq %d: the secondary handler is on no line\n", irq);
	return IRQ_NONE;
}

static struct irqaction *make_secondary(const struct irqaction *primary)
{
	struct irqaction *action = FAULT("irq.secondary") ? NULL : kzalloc(sizeof(*action), GFP_KERNEL);

	if (!action)
		return NULL;
	action->handler = secondary_primary;
	action->thread_fn = primary->thread_fn;
	action->dev_id = primary->dev_id;
	action->irq = primary->irq;
	action->name = primary->name;
	return action;
}

static int force_into_thread(struct irqaction *action)
{
	if (action->flags & (IRQF_NO_THREAD | IRQF_PERCPU | IRQF_ONESHOT))
		return 0;
	if (action->handler == wake_the_thread)
		return 0;
	if (action->thread_fn) {
		action->secondary = make_secondary(action);
		if (!action->secondary)
			return -ENOMEM;
	}
	action->flags |= IRQF_ONESHOT;
	set_bit(IRQTF_FORCED, &action->thread_flags);
	action->thread_fn = action->handler;
	action->handler = wake_the_thread;
	return 0;
}

int irq_set_parent(int irq, int parent_irq)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock((unsigned int)irq, &flags);

	if (!desc)
		return -EINVAL;
	desc->parent_irq = (unsigned int)parent_irq;
	irq_put_desc_unlock(desc, flags);
	return 0;
}

int irq_choose_context(struct irq_desc *desc, struct irqaction *action)
{
	if (!action->handler)
		action->handler = wake_the_thread;
	if (irq_is_nested(desc)) {
		if (!action->thread_fn)
			return -EINVAL;
		action->handler = nested_primary;
		return 0;
	}
	return force_irqthreads() && irq_can_thread(desc) ? force_into_thread(action) : 0;
}

/* Made, and about to wait for its first run when this returns. */
static int start_thread(struct irqaction *action, const char *kind)
{
	struct start start = { .action = action };
	struct task_struct *p;

	init_completion(&start.ready);
	set_bit(IRQTF_FOLLOW, &action->thread_flags);
	p = kthread_create(irq_thread, &start, "irq/%u-%s%s", action->irq, kind, action->name);
	if (IS_ERR(p))
		return (int)PTR_ERR(p);
	sched_set_fifo(p);
	action->thread = get_task_struct(p);
	wake_up_process(p);
	wait_for_completion(&start.ready);
	return 0;
}

int irq_threads_start(struct irq_desc *desc, struct irqaction *action)
{
	int error;

	if (!action->thread_fn || irq_is_nested(desc))
		return 0;
	error = start_thread(action, "");
	if (!error && action->secondary)
		error = start_thread(action->secondary, "s-");
	return error;
}

void irq_threads_stop(struct irqaction *action)
{
	if (action->thread)
		kthread_stop_put(action->thread);
	if (!action->secondary)
		return;
	/* Only the first could wake it. */
	if (action->secondary->thread)
		kthread_stop_put(action->secondary->thread);
	kfree(action->secondary);
}

/* Give @new a bit of its own. Lock held. */
static int take_oneshot_bit(struct irq_desc *desc, struct irqaction *new)
{
	const struct irqaction *action;
	unsigned long taken = 0;

	for (action = desc->action; action; action = action->next)
		taken |= action->thread_mask;
	if (!~taken)
		return -EBUSY;
	new->thread_mask = 1UL << ffz(taken);
	return 0;
}

int irq_claim_oneshot_locked(struct irq_desc *desc, struct irqaction *new)
{
	lockdep_assert_held(&desc->lock);
	if (new->flags & IRQF_ONESHOT)
		return take_oneshot_bit(desc, new);
	if (new->handler != wake_the_thread || desc->irq_data.chip->flags & IRQCHIP_ONESHOT_SAFE)
		return 0;
	/* A level line would fire for ever, and its thread never come to run. */
	pr_err("irq %u: %s has no handler of its own, and the line is not one-shot\n", new->irq, new->name);
	return -EINVAL;
}

void irq_threads_follow_locked(struct irq_desc *desc)
{
	struct irqaction *action;

	lockdep_assert_held(&desc->lock);
	for (action = desc->action; action; action = action->next) {
		struct irqaction *one = action;

		for (; one && one->thread; one = one->secondary) {
			set_bit(IRQTF_FOLLOW, &one->thread_flags);
			wake_up_process(one->thread);
		}
	}
}
