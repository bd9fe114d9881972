// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spinning locks, and switching interrupts and softirqs off: what each form switches off, how they nest,
 * what trylocks say, and what the last unlock lets run.
 *
 * What
 *	All on one CPU, but for the names that begin with locking.smp_, which need a second one.
 *
 * Limits
 *	A lock that its own CPU holds is only asked by trylock: that is legal, and says "no" on SMP kernels,
 *	on one CPU too.
 */
#include <linux/bottom_half.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/seqlock.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#include "actors.h"
#include "observe.h"

static DEFINE_SPINLOCK(lock_a);
static DEFINE_SPINLOCK(lock_b);
static DEFINE_RAW_SPINLOCK(raw_lock);
static DEFINE_RWLOCK(rw_lock);
static DEFINE_SEQLOCK(seq_lock);

/* What is off on this CPU, in words. */
static const char *off_now(void)
{
	static const char * const words[] = {
		"nothing", "preemption", "softirqs", "softirqs+preemption",
		"irqs", "irqs+preemption", "irqs+softirqs", "irqs+softirqs+preemption",
	};

	return words[!!irqs_disabled() * 4 + !!in_softirq() * 2 + !!in_atomic()];
}

/* What is off between @take and @give, and after. */
#define OBSERVE_HELD(name, take, give) do {				\
	const char *__held, *__after;					\
									\
	take;								\
	__held = off_now();						\
	give;								\
	__after = off_now();						\
	OBSERVE("locking." name, "%s, then %s", __held, __after);	\
} while (0)

static void observe_forms(void)
{
	unsigned long flags;

	OBSERVE_HELD("spin_lock", spin_lock(&lock_a), spin_unlock(&lock_a));
	OBSERVE_HELD("spin_lock_bh", spin_lock_bh(&lock_a), spin_unlock_bh(&lock_a));
	OBSERVE_HELD("spin_lock_irq", spin_lock_irq(&lock_a), spin_unlock_irq(&lock_a));
	OBSERVE_HELD("spin_lock_irqsave", spin_lock_irqsave(&lock_a, flags),
		     spin_unlock_irqrestore(&lock_a, flags));
	OBSERVE_HELD("raw_spin_lock", raw_spin_lock(&raw_lock), raw_spin_unlock(&raw_lock));
	OBSERVE_HELD("raw_spin_lock_irqsave", raw_spin_lock_irqsave(&raw_lock, flags),
		     raw_spin_unlock_irqrestore(&raw_lock, flags));
	OBSERVE_HELD("read_lock", read_lock(&rw_lock), read_unlock(&rw_lock));
	OBSERVE_HELD("read_lock_bh", read_lock_bh(&rw_lock), read_unlock_bh(&rw_lock));
	OBSERVE_HELD("read_lock_irqsave", read_lock_irqsave(&rw_lock, flags),
		     read_unlock_irqrestore(&rw_lock, flags));
	OBSERVE_HELD("write_lock", write_lock(&rw_lock), write_unlock(&rw_lock));
	OBSERVE_HELD("write_lock_bh", write_lock_bh(&rw_lock), write_unlock_bh(&rw_lock));
	OBSERVE_HELD("write_lock_irq", write_lock_irq(&rw_lock), write_unlock_irq(&rw_lock));
	OBSERVE_HELD("write_seqlock", write_seqlock(&seq_lock), write_sequnlock(&seq_lock));
	OBSERVE_HELD("write_seqlock_bh", write_seqlock_bh(&seq_lock), write_sequnlock_bh(&seq_lock));
	OBSERVE_HELD("write_seqlock_irqsave", write_seqlock_irqsave(&seq_lock, flags),
		     write_sequnlock_irqrestore(&seq_lock, flags));
	OBSERVE_HELD("preempt_disable", preempt_disable(), preempt_enable());
	OBSERVE_HELD("local_bh_disable", local_bh_disable(), local_bh_enable());
	OBSERVE_HELD("local_irq_disable", local_irq_disable(), local_irq_enable());
}

/* One inside the other, and given back in the order of taking. */
static void observe_nesting(void)
{
	unsigned long flags, inner;
	const char *first, *second;

	spin_lock(&lock_a);
	OBSERVE_HELD("spin_lock_inside_spin_lock", spin_lock(&lock_b), spin_unlock(&lock_b));
	spin_unlock(&lock_a);

	local_bh_disable();
	OBSERVE_HELD("local_bh_disable_twice", local_bh_disable(), local_bh_enable());
	local_bh_enable();

	local_irq_save(flags);
	local_irq_save(inner);
	first = yes_no(irqs_disabled_flags(flags));
	second = yes_no(irqs_disabled_flags(inner));
	local_irq_restore(inner);
	OBSERVE("locking.irqs_off_after_inner_restore", "%s", yes_no(irqs_disabled()));
	local_irq_restore(flags);
	OBSERVE("locking.irqs_off_after_outer_restore", "%s", yes_no(irqs_disabled()));
	OBSERVE("locking.saved_flags_say_irqs_off", "outer %s, inner %s", first, second);

	/* The plain form does not know that they were off before. */
	spin_lock_irqsave(&lock_a, flags);
	OBSERVE_HELD("spin_lock_irq_inside_irqsave", spin_lock_irq(&lock_b), spin_unlock_irq(&lock_b));
	spin_unlock_irqrestore(&lock_a, flags);

	spin_lock_bh(&lock_a);
	OBSERVE_HELD("spin_lock_irqsave_inside_bh", spin_lock_irqsave(&lock_b, flags),
		     spin_unlock_irqrestore(&lock_b, flags));
	spin_unlock_bh(&lock_a);

	/* Crosswise. */
	spin_lock_irqsave(&lock_a, flags);
	spin_lock(&lock_b);
	spin_unlock_irqrestore(&lock_a, flags);
	first = off_now();
	spin_unlock(&lock_b);
	OBSERVE("locking.crosswise_irqsave_given_back_first", "%s, then %s", first, off_now());

	spin_lock_bh(&lock_a);
	spin_lock(&lock_b);
	spin_unlock_bh(&lock_a);
	first = off_now();
	spin_unlock(&lock_b);
	OBSERVE("locking.crosswise_bh_given_back_first", "%s, then %s", first, off_now());

	/* Switched off in this order and on in the same: softirqs last. */
	local_irq_disable();
	local_bh_disable();
	local_irq_enable();
	first = off_now();
	local_bh_enable();
	OBSERVE("locking.irqs_on_before_softirqs", "%s, then %s", first, off_now());

	local_save_flags(flags);
	local_irq_disable();
	local_irq_restore(flags);
	OBSERVE("locking.irqs_off_after_restore_of_flags_saved_before", "%s", yes_no(irqs_disabled()));
}

static void observe_trylocks(void)
{
	unsigned long flags = 0, inner;
	const char *failed;
	int got, again;

	spin_lock(&lock_a);
	got = spin_trylock(&lock_a);
	again = spin_is_locked(&lock_a);
	spin_unlock(&lock_a);
	OBSERVE("locking.spin_trylock_of_a_held_lock", "%d", got);
	OBSERVE("locking.spin_is_locked", "held %d, free %d", !!again, !!spin_is_locked(&lock_a));

	OBSERVE_HELD("spin_trylock", got = spin_trylock(&lock_a), spin_unlock(&lock_a));
	OBSERVE("locking.spin_trylock_of_a_free_lock", "%d", got);
	OBSERVE_HELD("spin_trylock_bh", got = spin_trylock_bh(&lock_a), spin_unlock_bh(&lock_a));
	OBSERVE_HELD("spin_trylock_irq", got = spin_trylock_irq(&lock_a), spin_unlock_irq(&lock_a));
	OBSERVE_HELD("spin_trylock_irqsave", got = spin_trylock_irqsave(&lock_a, flags),
		     spin_unlock_irqrestore(&lock_a, flags));

	/* One that fails leaves everything as it was. */
	spin_lock(&lock_a);
	got = spin_trylock_bh(&lock_a);
	failed = off_now();
	spin_unlock(&lock_a);
	OBSERVE("locking.spin_trylock_bh_that_fails", "%d, %s", got, failed);
	spin_lock(&lock_a);
	got = spin_trylock_irqsave(&lock_a, inner);
	failed = off_now();
	spin_unlock(&lock_a);
	OBSERVE("locking.spin_trylock_irqsave_that_fails", "%d, %s", got, failed);

	read_lock(&rw_lock);
	got = read_trylock(&rw_lock);
	again = write_trylock(&rw_lock);
	if (got)
		read_unlock(&rw_lock);
	read_unlock(&rw_lock);
	OBSERVE("locking.read_trylock_beside_a_reader", "%d", got);
	OBSERVE("locking.write_trylock_beside_a_reader", "%d", again);

	write_lock(&rw_lock);
	got = read_trylock(&rw_lock);
	again = write_trylock(&rw_lock);
	failed = off_now();
	write_unlock(&rw_lock);
	OBSERVE("locking.read_trylock_beside_a_writer", "%d", got);
	OBSERVE("locking.write_trylock_beside_a_writer", "%d", again);
	OBSERVE("locking.trylocks_of_a_written_lock_leave", "%s", failed);

	got = write_trylock(&rw_lock);
	if (got)
		write_unlock(&rw_lock);
	OBSERVE("locking.write_trylock_of_a_free_lock", "%d", got);
}

static void observe_sequences(void)
{
	static seqcount_t count;
	unsigned int start, inside, end;
	unsigned int same, written;

	seqlock_init(&seq_lock);
	start = read_seqbegin(&seq_lock);
	same = read_seqretry(&seq_lock, start);
	write_seqlock(&seq_lock);
	inside = raw_read_seqcount(&seq_lock.seqcount);
	write_sequnlock(&seq_lock);
	written = read_seqretry(&seq_lock, start);
	end = read_seqbegin(&seq_lock);
	OBSERVE("locking.seqretry_without_a_writer", "%u", same);
	OBSERVE("locking.seqretry_after_a_writer", "%u", written);
	OBSERVE("locking.sequence_before_inside_after_a_write", "%u %u %u", start, inside, end);

	start = read_seqbegin(&seq_lock);
	read_seqlock_excl(&seq_lock);
	same = read_seqretry(&seq_lock, start);
	OBSERVE_HELD("read_seqlock_excl", (void)0, read_sequnlock_excl(&seq_lock));
	OBSERVE("locking.seqretry_beside_an_exclusive_reader", "%u", same);

	seqcount_init(&count);
	start = read_seqcount_begin(&count);
	preempt_disable();
	write_seqcount_begin(&count);
	inside = raw_read_seqcount(&count);
	write_seqcount_end(&count);
	preempt_enable();
	OBSERVE("locking.seqcount_retry_after_a_writer", "%d", read_seqcount_retry(&count, start));
	OBSERVE("locking.seqcount_inside_and_after", "%u %u", inside, read_seqcount_begin(&count));
	start = read_seqcount_begin(&count);
	write_seqcount_invalidate(&count);
	OBSERVE("locking.seqcount_retry_after_invalidate", "%d", read_seqcount_retry(&count, start));
	OBSERVE("locking.seqcount_after_invalidate", "%u", read_seqcount_begin(&count));
	/* Begun inside a write, without waiting for its end: must be read again. */
	preempt_disable();
	write_seqcount_begin(&count);
	start = raw_seqcount_begin(&count);
	written = (unsigned int)read_seqcount_retry(&count, start);
	write_seqcount_end(&count);
	preempt_enable();
	OBSERVE("locking.seqcount_retry_inside_a_write", "%u", written);
}

static struct trail ran;

static void tasklet_runs(struct tasklet_struct *unused)
{
	trail_add(&ran, in_serving_softirq() ? 't' : '?');
}

static DECLARE_TASKLET(late_tasklet, tasklet_runs);

/* A tasklet is scheduled in each: 't' stands where it ran. */
static void observe_what_unlock_runs(void)
{
	trail_clear(&ran);
	spin_lock_bh(&lock_a);
	tasklet_schedule(&late_tasklet);
	trail_add(&ran, '1');
	spin_unlock_bh(&lock_a);
	trail_add(&ran, '2');
	OBSERVE("locking.tasklet_scheduled_inside_spin_lock_bh", "%s", ran.text);

	trail_clear(&ran);
	local_bh_disable();
	spin_lock_bh(&lock_a);
	tasklet_schedule(&late_tasklet);
	spin_unlock_bh(&lock_a);
	trail_add(&ran, '1');
	local_bh_enable();
	trail_add(&ran, '2');
	OBSERVE("locking.tasklet_runs_at_the_outermost_enable", "%s", ran.text);

	trail_clear(&ran);
	read_lock_bh(&rw_lock);
	tasklet_schedule(&late_tasklet);
	trail_add(&ran, '1');
	read_unlock_bh(&rw_lock);
	trail_add(&ran, '2');
	OBSERVE("locking.tasklet_scheduled_inside_read_lock_bh", "%s", ran.text);

	/* With another lock still held. */
	trail_clear(&ran);
	spin_lock(&lock_b);
	spin_lock_bh(&lock_a);
	tasklet_schedule(&late_tasklet);
	spin_unlock_bh(&lock_a);
	trail_add(&ran, '1');
	spin_unlock(&lock_b);
	OBSERVE("locking.tasklet_runs_though_preemption_is_off", "%s", ran.text);

	trail_clear(&ran);
	local_bh_disable();
	tasklet_schedule(&late_tasklet);
	local_irq_disable();
	trail_add(&ran, '1');
	local_irq_enable();
	trail_add(&ran, '2');
	local_bh_enable();
	trail_add(&ran, '3');
	OBSERVE("locking.tasklet_waits_for_softirqs_not_irqs", "%s", ran.text);
	tasklet_kill(&late_tasklet);
}

/* ---- with another CPU ---- */

static atomic_t go;

/* On the other CPU, preemption off, until it is told. */
static void try_when_told(struct actor *actor)
{
	preempt_disable();
	trail_add(&ran, 'r');
	if (in_the_end_spinning(atomic_read(&go))) {
		actor->result = spin_trylock(&lock_a);
		if (actor->result)
			spin_unlock(&lock_a);
	}
	preempt_enable();
	atomic_set(&go, 2);
}

static void observe_trylock_elsewhere(unsigned int there)
{
	static struct actor other;
	bool seen;

	trail_clear(&ran);
	atomic_set(&go, 0);
	if (!actor_start_on(&other, (int)there, 't', try_when_told))
		return;
	in_the_end(atomic_read(&ran.count));
	spin_lock(&lock_a);
	atomic_set(&go, 1);
	seen = in_the_end_spinning(atomic_read(&go) == 2);
	spin_unlock(&lock_a);
	actor_join(&other);
	OBSERVE("locking.smp_spin_trylock_of_a_lock_held_elsewhere", "%ld, seen %s", other.result,
		yes_no(seen));
}

static void write_when_told(struct actor *actor)
{
	preempt_disable();
	trail_add(&ran, 'r');
	if (in_the_end_spinning(atomic_read(&go))) {
		write_lock(&rw_lock);
		trail_add(&ran, 'w');
		write_unlock(&rw_lock);
	}
	preempt_enable();
}

static void read_in_irq(struct irq_work *unused)
{
	read_lock(&rw_lock);
	trail_add(&ran, 'i');
	read_unlock(&rw_lock);
}

static bool task_reader_is_refused(void)
{
	if (!read_trylock(&rw_lock))
		return true;
	read_unlock(&rw_lock);
	return false;
}

/* A reader in an interrupt does not wait behind the writer that waits for the reader it interrupted. */
static void observe_writer_waits(unsigned int there)
{
	static struct actor other;
	static struct irq_work work;
	bool refused;

	trail_clear(&ran);
	atomic_set(&go, 0);
	init_irq_work(&work, read_in_irq);
	if (!actor_start_on(&other, (int)there, 'w', write_when_told))
		return;
	in_the_end(atomic_read(&ran.count));
	read_lock(&rw_lock);
	atomic_set(&go, 1);
	refused = in_the_end_spinning(task_reader_is_refused());
	irq_work_queue(&work);
	in_the_end_spinning(atomic_read(&ran.count) == 2);
	trail_add(&ran, 'u');
	read_unlock(&rw_lock);
	actor_join(&other);
	irq_work_sync(&work);
	OBSERVE("locking.smp_reader_is_refused_while_a_writer_waits", "%s", yes_no(refused));
	OBSERVE("locking.smp_reader_in_irq_passes_a_waiting_writer", "%s", ran.text);
}

static int __init locking_init(void)
{
	unsigned int there;

	observe_forms();
	observe_nesting();
	observe_trylocks();
	observe_sequences();
	observe_what_unlock_runs();
	if (num_online_cpus() > 1) {
		/* The task stays on the first CPU, so that it spins for another one. */
		there = cpumask_next((int)cpumask_first(cpu_online_mask), cpu_online_mask);
		set_cpus_allowed_ptr(current, cpumask_of(cpumask_first(cpu_online_mask)));
		observe_trylock_elsewhere(there);
		observe_writer_waits(there);
		set_cpus_allowed_ptr(current, cpu_online_mask);
	}
	return 0;
}

static void __exit locking_exit(void)
{
}

module_init(locking_init);
module_exit(locking_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Observations: spinning locks, interrupts and softirqs off");
