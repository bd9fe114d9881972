// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rows k: works in softirq context (Linux has them since 6.9). Case 0 of each is of system_bh_wq, 1 of
 * system_bh_highpri_wq.
 */
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/workqueue.h>

#include "bench.h"

#define BATCHES		21
#define CHAIN		10000
#define CHAINS		9
#define NAME_SIZE	96

static u64 entered;
static bool complete_it;
static struct workqueue_struct *wq;
static const char *kind;
static struct work_struct batch[BATCH];

static void enter(struct work_struct *unused)
{
	entered = stamp();
	if (complete_it)
		complete(&bench_done);
}

static DECLARE_WORK(work, enter);

/* Return: whether this kernel has such queues. */
static bool choose(unsigned int hi)
{
	wq = hi ? system_bh_highpri_wq : system_bh_wq;
	kind = hi ? "bhwork_hi" : "bhwork";
	return wq;
}

static void report_kind(const char *what, unsigned int series, unsigned int n, unsigned int stamps,
			unsigned int per)
{
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "k_%s_%s", kind, what);
	report(name, series, n, stamps, per);
}

static void with_bottom_halves_off(unsigned int hi)
{
	u64 start, queued, end;
	int i;

	if (!choose(hi))
		return;
	complete_it = false;
	settle();
	for_each_turn(i) {
		local_bh_disable();
		start = stamp();
		queue_work(wq, &work);
		queued = stamp();
		local_bh_enable();
		end = stamp();
		keep_bh_off(i, start, queued, entered, end);
	}
	report_kind("queue_cost(bh off)", 0, SAMPLES, 1, 1);
	report_kind("bh_enable_to_fn", 1, SAMPLES, 1, 1);
	report_kind("fn_to_bh_enable_return", 2, SAMPLES, 1, 1);
	report_kind("queue_to_fn(bh off path)", 4, SAMPLES, 2, 1);
	report_kind("queue+bh_enable_whole", 3, SAMPLES, 3, 1);
}

static void cancelling(unsigned int hi)
{
	int i;

	if (!choose(hi))
		return;
	complete_it = false;
	for_each_turn(i) {
		local_bh_disable();
		queue_work(wq, &work);
		keep_time(0, i, queue_work(wq, &work));
		keep_time(1, i, cancel_work(&work));
		local_bh_enable();
		keep_time(2, i, cancel_work_sync(&work));
		keep_time(3, i, ({ queue_work(wq, &work); cancel_work_sync(&work); }));
		rest();
	}
	report_kind("queue_already_pending", 0, SAMPLES, 1, 1);
	report_kind("cancel_work_pending", 1, SAMPLES, 1, 1);
	report_kind("cancel_work_sync_idle", 2, SAMPLES, 1, 1);
	report_kind("queue+cancel_work_sync", 3, SAMPLES, 1, 1);
}

static void by_ksoftirqd(unsigned int hi)
{
	u64 start, queued, end;
	int i;

	if (!choose(hi))
		return;
	complete_it = true;
	for_each_turn(i) {
		reinit_completion(&bench_done);
		start = stamp();
		queue_work(wq, &work);
		queued = stamp();
		wait_for_completion(&bench_done);
		end = stamp();
		keep_woken(i, start, queued, entered, end);
	}
	report_kind("queue_plain_process_ctx(wakes ksoftirqd)", 0, SAMPLES, 1, 1);
	report_kind("via_ksoftirqd_queue_to_fn", 1, SAMPLES, 1, 1);
	report_kind("via_ksoftirqd_roundtrip", 2, SAMPLES, 1, 1);
	complete_it = false;
	for_each_turn(i) {
		keep_time(0, i, ({ queue_work(wq, &work); flush_work(&work); }));
		keep_time(1, i, flush_work(&work));
	}
	report_kind("queue+flush_work_roundtrip", 0, SAMPLES, 1, 1);
	report_kind("flush_work_idle", 1, SAMPLES, 1, 1);
	settle();
}

static int left, size;
static u64 first_run, last_run;

static void run_batched(struct work_struct *unused)
{
	if (left-- == size)
		first_run = stamp();
	if (!left) {
		last_run = stamp();
		complete(&bench_done);
	}
}

/* A pass runs ten works; after ten passes ksoftirqd goes on. */
static void thousand_at_once(unsigned int hi)
{
	u64 start, queued;
	int i, j;

	if (!choose(hi))
		return;
	for (j = 0; j < BATCH; j++)
		INIT_WORK(&batch[j], run_batched);
	for (i = -5; i < BATCHES; i++) {
		bench_mark();
		size = left = BATCH;
		reinit_completion(&bench_done);
		local_bh_disable();
		start = stamp();
		for (j = 0; j < BATCH; j++)
			queue_work(wq, &batch[j]);
		queued = stamp();
		local_bh_enable();
		wait_for_completion(&bench_done);
		keep(0, i, start, queued);
		keep(1, i, first_run, last_run);
		keep(2, i, start, last_run);
		rest();
	}
	report_kind("batch1000_queue_per", 0, BATCHES, 1, BATCH);
	report_kind("batch1000_exec_per(first to last fn)", 1, BATCHES, 1, BATCH - 1);
	report_kind("batch1000_end_to_end_per(queue first to last fn)", 2, BATCHES, 2, BATCH);
	settle();
}

static u64 chain_end;

static void queue_again(struct work_struct *again)
{
	if (--left) {
		queue_work(wq, again);
		return;
	}
	chain_end = stamp();
	complete(&bench_done);
}

static void for_ever(unsigned int hi)
{
	static DECLARE_WORK(chain, queue_again);
	char name[NAME_SIZE];
	u64 start;
	int i;

	if (!choose(hi))
		return;
	for (i = 0; i < CHAINS; i++) {
		bench_mark();
		left = CHAIN + 1;
		reinit_completion(&bench_done);
		local_bh_disable();
		start = stamp();
		queue_work(wq, &chain);
		local_bh_enable();
		wait_for_completion(&bench_done);
		keep(0, i, start, chain_end);
		settle();
	}
	snprintf(name, sizeof(name), "k_self_requeue_%s_10000_per_run(bh_enable+ksoftirqd)", kind);
	report(name, 0, CHAINS, 1, CHAIN);
}

#define NORMAL_AND_HI(function)			\
	{ "bhwork_" #function, function, 0 },	\
	{ "bhwork_hi_" #function, function, 1 }

const struct bench_case bench_bhwork[] = {
	NORMAL_AND_HI(with_bottom_halves_off),
	NORMAL_AND_HI(cancelling),
	NORMAL_AND_HI(by_ksoftirqd),
	NORMAL_AND_HI(thousand_at_once),
	NORMAL_AND_HI(for_ever),
	{}
};
