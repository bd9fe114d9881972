// SPDX-License-Identifier: GPL-2.0-only
/* Rows a and i: flags, counts, locks, and other things that everything else is made of. */
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "bench.h"

static DEFINE_SPINLOCK(lock);
static DEFINE_MUTEX(mutex);

/* One row: the statement, stamped. */
#define row(name, statement) do {					\
	int i;								\
	for_each_turn(i) {						\
		u64 start = stamp();					\
		statement;						\
		keep(0, i, stamp() - start);				\
	}								\
	report_row(name, 0);						\
} while (0)

static void flags_and_counts(void)
{
	unsigned long flags;
	int i;

	row("a_local_irq_save_restore_1", ({ local_irq_save(flags); local_irq_restore(flags); }));
	row("a_local_irq_disable_enable", ({ local_irq_disable(); local_irq_enable(); }));
	row("a_preempt_disable_enable", ({ preempt_disable(); preempt_enable(); }));
	for_each_turn(i) {
		u64 start = stamp(), middle;

		local_bh_disable();
		middle = stamp();
		local_bh_enable();
		keep(0, i, stamp() - start);
		keep(1, i, middle - start);
	}
	report_row("a_local_bh_disable", 1);
	report("a_local_bh_disable_enable_nothing_pending", 0, SAMPLES, 2, 1);
}

static void locks(void)
{
	unsigned long flags;

	row("i_spin_lock_unlock", ({ spin_lock(&lock); spin_unlock(&lock); }));
	row("i_spin_lock_irqsave_restore",
	    ({ spin_lock_irqsave(&lock, flags); spin_unlock_irqrestore(&lock, flags); }));
	row("i_spin_lock_bh_unlock_bh", ({ spin_lock_bh(&lock); spin_unlock_bh(&lock); }));
	row("i_mutex_lock_unlock", ({ mutex_lock(&mutex); mutex_unlock(&mutex); }));
}

static void completions_and_memory(void)
{
	struct completion done;
	void *object;
	u64 start;
	int i;

	for_each_turn(i) {
		init_completion(&done);
		start = stamp();
		complete(&done);
		keep(0, i, stamp() - start);
		start = stamp();
		wait_for_completion(&done);
		keep(1, i, stamp() - start);
	}
	report_row("i_complete_no_waiter", 0);
	report_row("i_wait_for_completion_already_done", 1);
	row("i_cond_resched_noop", cond_resched());
	row("i_ktime_get", (void)ktime_get());
	row("g_schedule_alone_no_switch", schedule());
	for_each_turn(i) {
		start = stamp();
		object = kmalloc(64, GFP_KERNEL);
		keep(0, i, stamp() - start);
		start = stamp();
		kfree(object);
		keep(1, i, stamp() - start);
	}
	report_row("i_kmalloc64", 0);
	report_row("i_kfree64", 1);
}

void bench_locks(void)
{
	flags_and_counts();
	locks();
	completions_and_memory();
}
