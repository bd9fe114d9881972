// SPDX-License-Identifier: GPL-2.0-only
/* Rows a and i: flags, counts, locks, and other things that everything else is made of. */
#include <linux/irqflags.h>
#include <linux/bottom_half.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "bench.h"

static DEFINE_SPINLOCK(lock);
static DEFINE_MUTEX(mutex);

/* One row: the statement, stamped. */
#define row_per(name, per, statement) do {				\
	int i;								\
									\
	for_each_turn(i)						\
		keep_time(0, i, statement);				\
	report(name, 0, SAMPLES, 1, per);				\
} while (0)
#define row(name, statement)	row_per(name, 1, statement)

#define five_times(statement)	do { statement; statement; statement; statement; statement; } while (0)

static void flags_and_counts(unsigned int unused)
{
	unsigned long flags;
	u64 start, middle, end;
	int i, j;

	row("a_local_irq_save_restore_1", ({ local_irq_save(flags); local_irq_restore(flags); }));
	row_per("a_local_irq_save_restore_x100", 100, ({
		for (j = 0; j < 10; j++) {
			five_times(({ local_irq_save(flags); local_irq_restore(flags); }));
			five_times(({ local_irq_save(flags); local_irq_restore(flags); }));
		}
	}));
	row("a_local_irq_disable_enable", ({ local_irq_disable(); local_irq_enable(); }));
	row("a_preempt_disable_enable", ({ preempt_disable(); preempt_enable(); }));
	for_each_turn(i) {
		start = stamp();
		local_bh_disable();
		middle = stamp();
		local_bh_enable();
		end = stamp();
		keep(0, i, start, end);
		keep(1, i, start, middle);
	}
	report_row("a_local_bh_disable", 1);
	report("a_local_bh_disable_enable_nothing_pending", 0, SAMPLES, 2, 1);
}

static void locks(unsigned int unused)
{
	unsigned long flags;

	row("i_spin_lock_unlock", ({ spin_lock(&lock); spin_unlock(&lock); }));
	row("i_spin_lock_irqsave_restore",
	    ({ spin_lock_irqsave(&lock, flags); spin_unlock_irqrestore(&lock, flags); }));
	row("i_spin_lock_bh_unlock_bh", ({ spin_lock_bh(&lock); spin_unlock_bh(&lock); }));
	row("i_mutex_lock_unlock", ({ mutex_lock(&mutex); mutex_unlock(&mutex); }));
}

static void completions(unsigned int unused)
{
	struct completion done;
	int i;

	init_completion(&done);
	for_each_turn(i) {
		keep_time(0, i, complete(&done));
		keep_time(1, i, wait_for_completion(&done));
	}
	report_row("i_complete_no_waiter", 0);
	report_row("i_wait_for_completion_already_done", 1);
}

static void time_and_memory(unsigned int unused)
{
	void *object;
	int i;

	row("i_cond_resched_noop", cond_resched());
	row("i_ktime_get", (void)ktime_get());
	row("g_schedule_alone_no_switch", schedule());
	for_each_turn(i) {
		keep_time(0, i, object = kmalloc(64, GFP_KERNEL));
		keep_time(1, i, kfree(object));
	}
	report_row("i_kmalloc64", 0);
	report_row("i_kfree64", 1);
}

const struct bench_case bench_locks[] = {
	{ "flags_and_counts", flags_and_counts },
	{ "locks", locks },
	{ "completions", completions },
	{ "time_and_memory", time_and_memory },
	{}
};
