// SPDX-License-Identifier: GPL-2.0-only
/* Rows c, d, j: tasklets, one at a time, a thousand at once, and one that never ends. */
#include <linux/interrupt.h>
#include <linux/printk.h>

#include "bench.h"

#define BATCHES		21
#define CHAIN		10000
#define CHAINS		9

static u64 entered;
static bool complete_it;
static struct tasklet_struct normal, hi;

static void enter(struct tasklet_struct *t)
{
	entered = stamp();
	if (complete_it)
		complete(&bench_done);
}

static void with_bottom_halves_off(bool is_hi)
{
	u64 start, scheduled, end;
	int i;

	complete_it = false;
	for_each_turn(i) {
		local_bh_disable();
		start = stamp();
		if (is_hi)
			tasklet_hi_schedule(&hi);
		else
			tasklet_schedule(&normal);
		scheduled = stamp();
		local_bh_enable();
		end = stamp();
		keep(0, i, scheduled - start);
		keep(1, i, entered - scheduled);
		keep(2, i, end - entered);
		keep(3, i, end - start);
		keep(4, i, entered - start);
	}
	report_row(is_hi ? "c_tasklet_hi_schedule_cost(bh off)" : "c_tasklet_schedule_cost(bh off)", 0);
	report_row(is_hi ? "c_tasklet_hi_bh_enable_to_fn" : "c_tasklet_bh_enable_to_fn", 1);
	report_row(is_hi ? "c_tasklet_hi_fn_to_bh_enable_return" : "c_tasklet_fn_to_bh_enable_return", 2);
	report(is_hi ? "c_tasklet_hi_schedule_to_fn(bh off path)" : "c_tasklet_schedule_to_fn(bh off path)",
	       4, SAMPLES, 2, 1);
	report(is_hi ? "c_tasklet_hi_schedule+bh_enable_whole" : "c_tasklet_schedule+bh_enable_whole",
	       3, SAMPLES, 3, 1);
}

static void without_running(void)
{
	u64 start;
	int i;

	for_each_turn(i) {
		local_bh_disable();
		tasklet_schedule(&normal);
		start = stamp();
		tasklet_schedule(&normal);
		keep(0, i, stamp() - start);
		local_bh_enable();
		start = stamp();
		tasklet_disable(&normal);
		tasklet_enable(&normal);
		keep(1, i, stamp() - start);
		start = stamp();
		tasklet_kill(&normal);
		keep(2, i, stamp() - start);
	}
	report_row("c_tasklet_schedule_already_pending", 0);
	report_row("c_tasklet_disable_enable_idle", 1);
	report_row("c_tasklet_kill_idle", 2);
}

static void by_ksoftirqd(void)
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
		keep(0, i, scheduled - start);
		keep(1, i, entered - start);
		keep(2, i, end - start);
	}
	report_row("c_tasklet_schedule_plain_process_ctx(wakes ksoftirqd)", 0);
	report_row("c_tasklet_via_ksoftirqd_schedule_to_fn", 1);
	report_row("c_tasklet_via_ksoftirqd_roundtrip", 2);
	settle();
}

static struct tasklet_struct batch[BATCH];
static int ran;

static void count(struct tasklet_struct *t)
{
	ran++;
}

static void thousand_at_once(void)
{
	u64 start, scheduled, end;
	int i, j;

	for (j = 0; j < BATCH; j++)
		tasklet_setup(&batch[j], count);
	for (i = -5; i < BATCHES; i++) {
		ran = 0;
		local_bh_disable();
		start = stamp();
		for (j = 0; j < BATCH; j++)
			tasklet_schedule(&batch[j]);
		scheduled = stamp();
		local_bh_enable();
		end = stamp();
		keep(0, i, scheduled - start);
		keep(1, i, end - scheduled);
		keep(2, i, end - start);
		if (ran != BATCH)
			pr_err("bench: of %d tasklets %d ran\n", BATCH, ran);
	}
	report("d_tasklet_batch1000_schedule_per", 0, BATCHES, 1, BATCH);
	report("d_tasklet_batch1000_run_per", 1, BATCHES, 1, BATCH);
	report("d_tasklet_batch1000_total_per", 2, BATCHES, 1, BATCH);
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

static void for_ever(void)
{
	static struct tasklet_struct chain;
	u64 start;
	int i;

	tasklet_setup(&chain, schedule_again);
	for (i = 0; i < CHAINS; i++) {
		left = CHAIN + 1;
		reinit_completion(&bench_done);
		local_bh_disable();
		start = stamp();
		tasklet_schedule(&chain);
		local_bh_enable();
		wait_for_completion(&bench_done);
		keep(0, i, chain_end - start);
		settle();
	}
	report("j_self_resched_tasklet_10000_per_run(bh_enable+ksoftirqd)", 0, CHAINS, 1, CHAIN);
}

void bench_tasklet(void)
{
	tasklet_setup(&normal, enter);
	tasklet_setup(&hi, enter);
	with_bottom_halves_off(false);
	with_bottom_halves_off(true);
	without_running();
	by_ksoftirqd();
	thousand_at_once();
	for_ever();
}
