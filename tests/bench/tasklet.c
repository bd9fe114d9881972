// SPDX-License-Identifier: GPL-2.0-only
/* Rows c, d, j: tasklets, one at a time, a thousand at once, and one that never ends. */
#include <linux/interrupt.h>

#include "bench.h"

#define BATCHES		21
#define CHAIN		10000
#define CHAINS		9

static void enter(struct tasklet_struct *t);

static u64 entered;
static bool complete_it;
static DECLARE_TASKLET(normal, enter);
static DECLARE_TASKLET(hi, enter);

static void enter(struct tasklet_struct *t)
{
	entered = stamp();
	if (complete_it)
		complete(&bench_done);
}

static __always_inline void turns_with_bottom_halves_off(struct tasklet_struct *tasklet,
							  void (*schedule)(struct tasklet_struct *))
{
	u64 start, scheduled, end;
	int i;

	complete_it = false;
	for_each_turn(i) {
		local_bh_disable();
		start = stamp();
		schedule(tasklet);
		scheduled = stamp();
		local_bh_enable();
		end = stamp();
		keep_bh_off(i, start, scheduled, entered, end);
	}
}

static void with_bottom_halves_off(unsigned int unused)
{
	turns_with_bottom_halves_off(&normal, tasklet_schedule);
	report_row("c_tasklet_schedule_cost(bh off)", 0);
	report_row("c_tasklet_bh_enable_to_fn", 1);
	report_row("c_tasklet_fn_to_bh_enable_return", 2);
	report("c_tasklet_schedule_to_fn(bh off path)", 4, SAMPLES, 2, 1);
	report("c_tasklet_schedule+bh_enable_whole", 3, SAMPLES, 3, 1);
}

static void hi_with_bottom_halves_off(unsigned int unused)
{
	turns_with_bottom_halves_off(&hi, tasklet_hi_schedule);
	report_row("c_tasklet_hi_schedule_cost(bh off)", 0);
	report_row("c_tasklet_hi_bh_enable_to_fn", 1);
	report("c_tasklet_hi_schedule_to_fn(bh off path)", 4, SAMPLES, 2, 1);
	report("c_tasklet_hi_schedule+bh_enable_whole", 3, SAMPLES, 3, 1);
}

static void without_running(unsigned int unused)
{
	int i;

	complete_it = false;
	for_each_turn(i) {
		local_bh_disable();
		tasklet_schedule(&normal);
		keep_time(0, i, tasklet_schedule(&normal));
		local_bh_enable();
		keep_time(1, i, ({ tasklet_disable(&normal); tasklet_enable(&normal); }));
		keep_time(2, i, tasklet_kill(&normal));
	}
	report_row("c_tasklet_schedule_already_pending", 0);
	report_row("c_tasklet_disable_enable_idle", 1);
	report_row("c_tasklet_kill_idle", 2);
}

static void by_ksoftirqd(unsigned int unused)
{
	u64 start, scheduled, end;
	int i;

	complete_it = true;
	for_each_turn(i) {
		reinit_completion(&bench_done);
		start = stamp();
		tasklet_schedule(&normal);
		scheduled = stamp();
		wait_for_completion(&bench_done);
		end = stamp();
		keep_woken(i, start, scheduled, entered, end);
	}
	report_row("c_tasklet_schedule_plain_process_ctx(wakes ksoftirqd)", 0);
	report_row("c_tasklet_via_ksoftirqd_schedule_to_fn", 1);
	report_row("c_tasklet_via_ksoftirqd_roundtrip", 2);
	settle();
}

static struct tasklet_struct batch[BATCH];
static int ran;
static u64 first_run, last_run;

static void count_and_stamp(struct tasklet_struct *t)
{
	u64 now = stamp();

	if (!ran++)
		first_run = now;
	last_run = now;
}

static void count(struct tasklet_struct *t)
{
	ran++;
}

static void thousand_at_once(unsigned int stamped)
{
	u64 start, scheduled, end;
	int i, j;

	for (j = 0; j < BATCH; j++)
		tasklet_setup(&batch[j], stamped ? count_and_stamp : count);
	for (i = -5; i < BATCHES; i++) {
		bench_mark();
		ran = 0;
		local_bh_disable();
		start = stamp();
		for (j = 0; j < BATCH; j++)
			tasklet_schedule(&batch[j]);
		scheduled = stamp();
		local_bh_enable();
		end = stamp();
		keep(0, i, start, scheduled);
		keep(1, i, scheduled, end);
		keep(2, i, start, end);
		if (ran != BATCH)
			say("bench: of %d tasklets %d ran\n", BATCH, ran);
	}
	report(stamped ? "d_tasklet_batch1000_schedule_per(stamped fn)" : "d_tasklet_batch1000_schedule_per",
	       0, BATCHES, 1, BATCH);
	report(stamped ? "d_tasklet_batch1000_run_per(stamped fn)" : "d_tasklet_batch1000_run_per",
	       1, BATCHES, 1, BATCH);
	report(stamped ? "d_tasklet_batch1000_total_per(stamped fn)" : "d_tasklet_batch1000_total_per",
	       2, BATCHES, 1, BATCH);
	settle();
}

static int left;
static u64 chain_end;

static void schedule_again(struct tasklet_struct *t)
{
	if (--left) {
		tasklet_schedule(t);
		return;
	}
	chain_end = stamp();
	complete(&bench_done);
}

static void for_ever(unsigned int unused)
{
	static struct tasklet_struct chain;
	u64 start;
	int i;

	tasklet_setup(&chain, schedule_again);
	for (i = 0; i < CHAINS; i++) {
		bench_mark();
		left = CHAIN + 1;
		reinit_completion(&bench_done);
		local_bh_disable();
		start = stamp();
		tasklet_schedule(&chain);
		local_bh_enable();
		wait_for_completion(&bench_done);
		keep(0, i, start, chain_end);
		settle();
	}
	report("j_self_resched_tasklet_10000_per_run(bh_enable+ksoftirqd)", 0, CHAINS, 1, CHAIN);
}

const struct bench_case bench_tasklet[] = {
	{ "tasklet_with_bottom_halves_off", with_bottom_halves_off },
	{ "tasklet_hi_with_bottom_halves_off", hi_with_bottom_halves_off },
	{ "tasklet_without_running", without_running },
	{ "tasklet_by_ksoftirqd", by_ksoftirqd },
	{ "tasklet_thousand_stamped", thousand_at_once, 1 },
	{ "tasklet_thousand_at_once", thousand_at_once, 0 },
	{ "tasklet_for_ever", for_ever },
	{}
};
