// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: a task raises a softirq; when does it run? With bottom halves off, under a lock, with
 * interrupts off, with nothing off.
 */
#include <linux/interrupt.h>
#include <linux/spinlock.h>

#include "softirq.h"

static atomic_t runs;
static struct completion first_done;

static void count_run(void)
{
	atomic_inc(&runs);
	complete(&first_done);
}

static int run_count(void)
{
	return atomic_read(&runs);
}

static void begin(void (*action)(void))
{
	atomic_set(&runs, 0);
	init_completion(&first_done);
	open_softirq(FIRST, action);
}

static void in_a_bh_off_section(void)
{
	int at_once, after;
	bool marked, still_marked;

	begin(count_run);
	settled_bh_disable();
	raise_softirq(FIRST);
	at_once = run_count();
	marked = is_pending(FIRST);
	local_bh_enable();
	after = run_count();
	still_marked = is_pending(FIRST);
	OBSERVE("softirq.bh_off_raised_runs_at_once", "%d", at_once);
	OBSERVE("softirq.bh_off_raised_is_pending", "%s", yes_no(marked));
	OBSERVE("softirq.bh_off_raised_runs_by_the_enable", "%d", after);
	OBSERVE("softirq.bh_off_raised_is_pending_after_the_enable", "%s", yes_no(still_marked));
}

static void in_two_bh_off_sections(void)
{
	int inner, outer;

	begin(count_run);
	settled_bh_disable();
	local_bh_disable();
	raise_softirq(FIRST);
	local_bh_enable();
	inner = run_count();
	local_bh_enable();
	outer = run_count();
	OBSERVE("softirq.bh_off_twice_runs_by_the_inner_enable", "%d", inner);
	OBSERVE("softirq.bh_off_twice_runs_by_the_outer_enable", "%d", outer);
}

static void more_than_once(void)
{
	begin(count_run);
	settled_bh_disable();
	raise_softirq(FIRST);
	raise_softirq(FIRST);
	raise_softirq(FIRST);
	local_bh_enable();
	fence();
	OBSERVE("softirq.raised_three_times_runs", "%d", run_count());

	begin(count_run);
	settled_bh_disable();
	raise_softirq(FIRST);
	local_bh_enable();
	settled_bh_disable();
	raise_softirq(FIRST);
	local_bh_enable();
	fence();
	OBSERVE("softirq.raised_after_it_ran_runs_again", "%d", run_count());
}

static void with_interrupts_off_in_a_bh_off_section(void)
{
	unsigned long flags;
	int at_once;

	begin(count_run);
	settled_bh_disable();
	local_irq_save(flags);
	raise_softirq_irqoff(FIRST);
	local_irq_restore(flags);
	at_once = run_count();
	local_bh_enable();
	OBSERVE("softirq.irqoff_in_bh_off_runs_when_interrupts_are_on", "%d", at_once);
	OBSERVE("softirq.irqoff_in_bh_off_runs_by_the_enable", "%d", run_count());
}

static void under_a_lock(void)
{
	static DEFINE_SPINLOCK(lock);
	static DEFINE_RWLOCK(rwlock);
	int inside;

	begin(count_run);
	settled_bh_disable();
	spin_lock_bh(&lock);
	local_bh_enable();
	raise_softirq(FIRST);
	inside = run_count();
	spin_unlock_bh(&lock);
	OBSERVE("softirq.spin_lock_bh_held_runs", "%d", inside);
	OBSERVE("softirq.spin_unlock_bh_runs", "%d", run_count());

	begin(count_run);
	settled_bh_disable();
	write_lock_bh(&rwlock);
	local_bh_enable();
	raise_softirq(FIRST);
	write_unlock_bh(&rwlock);
	OBSERVE("softirq.write_unlock_bh_runs", "%d", run_count());

	begin(count_run);
	settled_bh_disable();
	spin_lock_bh(&lock);
	raise_softirq(FIRST);
	spin_unlock_bh(&lock);
	inside = run_count();
	local_bh_enable();
	OBSERVE("softirq.spin_unlock_bh_with_bh_off_runs", "%d", inside);
	OBSERVE("softirq.spin_unlock_bh_with_bh_off_runs_by_the_enable", "%d", run_count());

	begin(count_run);
	settled_bh_disable();
	preempt_disable();
	raise_softirq(FIRST);
	local_bh_enable();
	inside = run_count();
	preempt_enable();
	OBSERVE("softirq.bh_enable_with_preemption_off_runs", "%d", inside);
}

/* Nobody is on the way out of anything: it is ksoftirqd's. */
static void in_a_task(void)
{
	bool marked, woken;
	int at_once;

	begin(count_run);
	settled_irq_disable();
	raise_softirq_irqoff(FIRST);
	at_once = run_count();
	marked = is_pending(FIRST);
	woken = ksoftirqd_is_awake();
	local_irq_enable();
	OBSERVE("softirq.task_raised_runs_with_interrupts_off", "%d", at_once);
	OBSERVE("softirq.task_raised_is_pending", "%s", yes_no(marked));
	OBSERVE("softirq.task_raised_wakes_ksoftirqd", "%s", yes_no(woken));
	OBSERVE("softirq.task_raised_runs_soon", "%s", yes_no(arrives(&first_done)));
	fence();
	OBSERVE("softirq.task_raised_runs", "%d", run_count());

	begin(count_run);
	settled_bh_disable();
	local_bh_enable();
	raise_softirq(FIRST);
	OBSERVE("softirq.task_raised_with_interrupts_on_runs_soon", "%s", yes_no(arrives(&first_done)));
}

static bool in_thread;

static void look_where(void)
{
	if (in_ksoftirqd())
		in_thread = true;
	complete(&first_done);
}

/* An interrupt that happens to come first may run it: one of the attempts has to show the thread. */
static void in_a_task_runs_in_ksoftirqd(void)
{
	int attempts = 100;

	begin(look_where);
	in_thread = false;
	do {
		reinit_completion(&first_done);
		raise_softirq(FIRST);
	} while (arrives(&first_done) && !in_thread && --attempts);
	OBSERVE("softirq.task_raised_is_seen_in_ksoftirqd", "%s", yes_no(in_thread));
}

static void marked_only(void)
{
	bool marked, woken, irqs_off;
	int in_bh_off;

	begin(count_run);
	settled_irq_disable();
	__raise_softirq_irqoff(FIRST);
	marked = is_pending(FIRST);
	woken = ksoftirqd_is_awake();
	do_softirq();
	irqs_off = irqs_disabled();
	OBSERVE("softirq.marked_only_is_pending", "%s", yes_no(marked));
	OBSERVE("softirq.marked_only_wakes_ksoftirqd", "%s", yes_no(woken));
	OBSERVE("softirq.marked_only_runs_by_do_softirq", "%d", run_count());
	OBSERVE("softirq.do_softirq_leaves_interrupts_off", "%s", yes_no(irqs_off));
	local_irq_enable();

	begin(count_run);
	settled_bh_disable();
	raise_softirq(FIRST);
	do_softirq();
	in_bh_off = run_count();
	local_bh_enable();
	OBSERVE("softirq.do_softirq_with_bh_off_runs", "%d", in_bh_off);
	OBSERVE("softirq.do_softirq_with_bh_off_runs_by_the_enable", "%d", run_count());
}

void observe_raise_in_task(void)
{
	in_a_bh_off_section();
	in_two_bh_off_sections();
	more_than_once();
	with_interrupts_off_in_a_bh_off_section();
	under_a_lock();
	in_a_task();
	in_a_task_runs_in_ksoftirqd();
	marked_only();
}
