// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: what the predicates answer in a task, alone and in each kind of section.
 */
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>

#include "context.h"

static struct answers seen;

static DEFINE_SPINLOCK(lock);
static DEFINE_SPINLOCK(other_lock);
static DEFINE_RAW_SPINLOCK(raw_lock);
static DEFINE_RWLOCK(rwlock);
static DEFINE_SEQLOCK(seqlock);
static DEFINE_MUTEX(mutex);
static DECLARE_RWSEM(rwsem);

static void sections(void)
{
	unsigned long flags;

	look(&seen);
	say_thread("task", &seen);

	local_irq_disable();
	look(&seen);
	local_irq_enable();
	say_section("irqs_off", &seen);

	local_irq_save(flags);
	look(&seen);
	local_irq_restore(flags);
	say_section("irqs_saved", &seen);

	preempt_disable();
	look(&seen);
	preempt_enable();
	say_section("preempt_off", &seen);

	preempt_disable();
	preempt_disable();
	look(&seen);
	preempt_enable();
	preempt_enable();
	say_section("preempt_off_twice", &seen);

	get_cpu();
	look(&seen);
	put_cpu();
	say_section("get_cpu", &seen);

	local_bh_disable();
	look(&seen);
	local_bh_enable();
	say_section("bh_off", &seen);

	local_bh_disable();
	local_bh_disable();
	look(&seen);
	local_bh_enable();
	local_bh_enable();
	say_section("bh_off_twice", &seen);

	local_bh_disable();
	local_bh_disable();
	local_bh_enable();
	look(&seen);
	local_bh_enable();
	say_section("bh_off_twice_on_once", &seen);

	local_bh_disable();
	local_irq_disable();
	look(&seen);
	local_irq_enable();
	local_bh_enable();
	say_section("bh_off_irqs_off", &seen);

	preempt_disable();
	local_bh_disable();
	look(&seen);
	local_bh_enable();
	preempt_enable();
	say_section("preempt_off_bh_off", &seen);
}

static void spinning_locks(void)
{
	unsigned long flags;

	spin_lock(&lock);
	look(&seen);
	spin_unlock(&lock);
	say_section("spin_lock", &seen);

	raw_spin_lock(&raw_lock);
	look(&seen);
	raw_spin_unlock(&raw_lock);
	say_section("raw_spin_lock", &seen);

	spin_lock(&lock);
	spin_lock(&other_lock);
	look(&seen);
	spin_unlock(&other_lock);
	spin_unlock(&lock);
	say_section("two_spin_locks", &seen);

	spin_lock_bh(&lock);
	look(&seen);
	spin_unlock_bh(&lock);
	say_section("spin_lock_bh", &seen);

	spin_lock_irq(&lock);
	look(&seen);
	spin_unlock_irq(&lock);
	say_section("spin_lock_irq", &seen);

	spin_lock_irqsave(&lock, flags);
	look(&seen);
	spin_unlock_irqrestore(&lock, flags);
	say_section("spin_lock_irqsave", &seen);

	read_lock(&rwlock);
	look(&seen);
	read_unlock(&rwlock);
	say_section("read_lock", &seen);

	write_lock_bh(&rwlock);
	look(&seen);
	write_unlock_bh(&rwlock);
	say_section("write_lock_bh", &seen);

	write_seqlock(&seqlock);
	look(&seen);
	write_sequnlock(&seqlock);
	say_section("write_seqlock", &seen);

	if (spin_trylock_bh(&lock)) {
		look(&seen);
		spin_unlock_bh(&lock);
	}
	say_section("spin_trylock_bh", &seen);
}

/* The _bh forms are bottom halves and a lock in one, and may be undone one after the other. */
static void bh_locks_taken_apart(void)
{
	spin_lock_bh(&lock);
	spin_unlock(&lock);
	look(&seen);
	local_bh_enable();
	say_section("spin_lock_bh_spin_unlock", &seen);

	local_bh_disable();
	spin_lock(&lock);
	spin_unlock_bh(&lock);
	look(&seen);
	say_section("bh_off_spin_lock_spin_unlock_bh", &seen);

	local_bh_disable();
	write_lock(&rwlock);
	write_unlock_bh(&rwlock);
	look(&seen);
	say_section("bh_off_write_lock_write_unlock_bh", &seen);
}

static void sleeping_locks(void)
{
	mutex_lock(&mutex);
	look(&seen);
	mutex_unlock(&mutex);
	say_section("mutex", &seen);

	down_read(&rwsem);
	look(&seen);
	up_read(&rwsem);
	say_section("rwsem_read", &seen);
}

/* Interrupts come back as they were, however they were. */
static void flags_nest(void)
{
	unsigned long outer, inner;
	bool off_after_inner, inner_says_off, outer_says_off;

	local_irq_save(outer);
	local_irq_save(inner);
	inner_says_off = irqs_disabled_flags(inner);
	outer_says_off = irqs_disabled_flags(outer);
	local_irq_restore(inner);
	off_after_inner = irqs_disabled();
	local_irq_restore(outer);
	OBSERVE("context.irq_save_twice_inner_flags_say_off", "%s", yes_no(inner_says_off));
	OBSERVE("context.irq_save_twice_outer_flags_say_off", "%s", yes_no(outer_says_off));
	OBSERVE("context.irq_save_twice_off_after_the_inner_restore", "%s", yes_no(off_after_inner));
	OBSERVE("context.irq_save_twice_off_after_the_outer_restore", "%s", yes_no(irqs_disabled()));

	local_irq_disable();
	spin_lock_irqsave(&lock, inner);
	spin_unlock_irqrestore(&lock, inner);
	off_after_inner = irqs_disabled();
	local_irq_enable();
	OBSERVE("context.irqs_off_after_spin_unlock_irqrestore", "%s", yes_no(off_after_inner));

	local_irq_disable();
	spin_lock_irq(&lock);
	spin_unlock_irq(&lock);
	off_after_inner = irqs_disabled();
	local_irq_enable();
	OBSERVE("context.irqs_off_after_spin_unlock_irq", "%s", yes_no(off_after_inner));

	local_irq_disable();
	local_irq_disable();
	local_irq_enable();
	off_after_inner = irqs_disabled();
	local_irq_enable();
	OBSERVE("context.irqs_off_twice_on_once_off", "%s", yes_no(off_after_inner));
}

static void all_is_given_back(void)
{
	look(&seen);
	say_section("task_afterwards", &seen);
}

static void kind_of_thread(void)
{
	OBSERVE("context.thread_is_a_kthread", "%s", yes_no(current->flags & PF_KTHREAD));
	OBSERVE("context.thread_is_a_worker", "%s", yes_no(current->flags & PF_WQ_WORKER));
	OBSERVE("context.thread_is_idle", "%s", yes_no(is_idle_task(current)));
	OBSERVE("context.thread_state_is_running", "%s", yes_no(task_is_running(current)));
	OBSERVE("context.thread_cpu", "%u", task_cpu(current));
	OBSERVE("context.thread_name", "%s", current->comm);
}

void observe_context_task(void)
{
	sections();
	spinning_locks();
	bh_locks_taken_apart();
	sleeping_locks();
	flags_nest();
	all_is_given_back();
	kind_of_thread();
}
