// SPDX-License-Identifier: GPL-2.0-only
/* Rows e: works. */
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/workqueue.h>

#include "bench.h"

#define BATCHES		21
#define NAME_SIZE	96

static u64 entered;

static void enter(struct work_struct *work)
{
	entered = stamp();
	complete(&bench_done);
}

static void nothing(struct work_struct *work)
{
}

static DECLARE_WORK(work, enter);
static DECLARE_WORK(idle_work, nothing);
static DECLARE_DELAYED_WORK(later, nothing);
static struct work_struct batch[BATCH];

struct kind {
	struct workqueue_struct *wq;
	const char *name;
	int cpu;
};

static void report_kind(const struct kind *kind, const char *what, unsigned int series, unsigned int n,
			unsigned int stamps, unsigned int per)
{
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "e_%s_%s", kind->name, what);
	report(name, series, n, stamps, per);
}

static void one_at_a_time(const struct kind *kind)
{
	u64 start, queued, end;
	int i;

	for_each_turn(i) {
		reinit_completion(&bench_done);
		start = stamp();
		queue_work_on(kind->cpu, kind->wq, &work);
		queued = stamp();
		wait_for_completion(&bench_done);
		end = stamp();
		keep(0, i, queued - start);
		keep(1, i, entered - start);
		keep(2, i, end - start);
		keep(3, i, end - entered);
	}
	report_kind(kind, "queue_work_cost(idle worker woken)", 0, SAMPLES, 1, 1);
	report_kind(kind, "queue_to_fn(process ctx, then sleep)", 1, SAMPLES, 1, 1);
	report_kind(kind, "queue_to_waiter_running", 2, SAMPLES, 1, 1);
	report_kind(kind, "fn_to_waiter_running", 3, SAMPLES, 1, 1);
}

static void worker_awake(const struct kind *kind)
{
	u64 start, between;
	int i;

	for_each_turn(i) {
		reinit_completion(&bench_done);
		queue_work_on(kind->cpu, kind->wq, &work);
		start = stamp();
		queue_work_on(kind->cpu, kind->wq, &work);
		between = stamp();
		keep(0, i, between - start);
		start = stamp();
		queue_work_on(kind->cpu, kind->wq, &idle_work);
		keep(1, i, stamp() - start);
		wait_for_completion(&bench_done);
		flush_work(&idle_work);
	}
	report_kind(kind, "queue_work_already_pending", 0, SAMPLES, 1, 1);
	report_kind(kind, "queue_work_2nd_item", 1, SAMPLES, 1, 1);
}

static void flush(const struct kind *kind)
{
	u64 start;
	int i;

	for_each_turn(i) {
		queue_work_on(kind->cpu, kind->wq, &idle_work);
		start = stamp();
		flush_work(&idle_work);
		keep(0, i, stamp() - start);
		start = stamp();
		flush_work(&idle_work);
		keep(1, i, stamp() - start);
		start = stamp();
		queue_work_on(kind->cpu, kind->wq, &idle_work);
		flush_work(&idle_work);
		keep(2, i, stamp() - start);
		start = stamp();
		queue_work_on(kind->cpu, kind->wq, &idle_work);
		flush_workqueue(kind->wq);
		keep(3, i, stamp() - start);
	}
	report_kind(kind, "flush_work_pending", 0, SAMPLES, 1, 1);
	report_kind(kind, "flush_work_idle", 1, SAMPLES, 1, 1);
	report_kind(kind, "queue+flush_work_roundtrip", 2, SAMPLES, 1, 1);
	report_kind(kind, "queue+flush_workqueue_roundtrip", 3, SAMPLES, 1, 1);
}

static void cancel(const struct kind *kind)
{
	u64 start, queued;
	int i;

	for_each_turn(i) {
		start = stamp();
		queue_work_on(kind->cpu, kind->wq, &idle_work);
		queued = stamp();
		if (!cancel_work_sync(&idle_work))
			pr_err("bench: a work ran before it was cancelled\n");
		keep(1, i, stamp() - start);
		keep(0, i, stamp() - queued);
		start = stamp();
		cancel_work_sync(&idle_work);
		keep(2, i, stamp() - start);
		usleep_range(50, 60);
	}
	report_kind(kind, "queue+cancel_work_sync", 1, SAMPLES, 2, 1);
	report_kind(kind, "cancel_work_sync_idle", 2, SAMPLES, 1, 1);
}

static int left;
static u64 first_run, last_run;

static void run_batched(struct work_struct *unused)
{
	if (--left == 0) {
		last_run = stamp();
		complete(&bench_done);
	} else if (left == BATCH - 1) {
		first_run = stamp();
	}
}

static void thousand_at_once(const struct kind *kind)
{
	u64 start, queued;
	int i, j;

	for (j = 0; j < BATCH; j++)
		INIT_WORK(&batch[j], run_batched);
	for (i = -3; i < BATCHES; i++) {
		reinit_completion(&bench_done);
		left = BATCH;
		start = stamp();
		for (j = 0; j < BATCH; j++)
			queue_work_on(kind->cpu, kind->wq, &batch[j]);
		queued = stamp();
		wait_for_completion(&bench_done);
		keep(0, i, queued - start);
		keep(1, i, last_run - first_run);
		keep(2, i, last_run - start);
		usleep_range(500, 600);
	}
	report_kind(kind, "batch1000_queue_per", 0, BATCHES, 1, BATCH);
	report_kind(kind, "batch1000_exec_per", 1, BATCHES, 1, BATCH - 1);
	report_kind(kind, "batch1000_end_to_end_per", 2, BATCHES, 1, BATCH);
}

static void delayed(struct workqueue_struct *wq)
{
	u64 start;
	int i;

	for_each_turn(i) {
		start = stamp();
		queue_delayed_work(wq, &later, 10 * HZ);
		keep(0, i, stamp() - start);
		start = stamp();
		mod_delayed_work(wq, &later, 10 * HZ);
		keep(1, i, stamp() - start);
		start = stamp();
		mod_delayed_work(wq, &later, (unsigned long)(20 * HZ + i));
		keep(2, i, stamp() - start);
		start = stamp();
		cancel_delayed_work_sync(&later);
		keep(3, i, stamp() - start);
	}
	report_row("e_queue_delayed_work_new", 0);
	report_row("e_mod_delayed_work_rearm_same_delay", 1);
	report_row("e_mod_delayed_work_rearm_new_delay", 2);
	report_row("e_cancel_delayed_work_sync_pending", 3);
	settle();
}

void bench_workqueue(void)
{
	const struct kind kinds[] = {
		{ alloc_workqueue("bench-bound", 0, 0), "bound", 0 },
		{ alloc_workqueue("bench-highpri", WQ_HIGHPRI, 0), "highpri", 0 },
		{ alloc_workqueue("bench-unbound", WQ_UNBOUND, 0), "unbound", WORK_CPU_UNBOUND },
	};
	unsigned int k;

	for (k = 0; k < ARRAY_SIZE(kinds); k++) {
		one_at_a_time(&kinds[k]);
		worker_awake(&kinds[k]);
		flush(&kinds[k]);
		cancel(&kinds[k]);
		thousand_at_once(&kinds[k]);
		settle();
	}
	delayed(kinds[0].wq);
	for (k = 0; k < ARRAY_SIZE(kinds); k++)
		destroy_workqueue(kinds[k].wq);
}
