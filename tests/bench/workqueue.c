// SPDX-License-Identifier: GPL-2.0-only
/* Rows e: works that threads run. Rows l of works: the same, with a worker that has surely gone to sleep. */
#include <linux/kernel.h>
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

static struct kind {
	const char *name;
	int cpu;
	struct workqueue_struct *wq;
} kinds[] = {
	{ "bound", 0 },
	{ "highpri", 0 },
	{ "unbound", WORK_CPU_UNBOUND },
	{ "ordered", WORK_CPU_UNBOUND },
};

void bench_queues_begin(void)
{
	kinds[0].wq = alloc_workqueue("bench-bound", 0, 0);
	kinds[1].wq = alloc_workqueue("bench-highpri", WQ_HIGHPRI, 0);
	kinds[2].wq = alloc_workqueue("bench-unbound", WQ_UNBOUND, 0);
	kinds[3].wq = alloc_ordered_workqueue("bench-ordered", 0);
	settle();
}

void bench_queues_end(void)
{
	unsigned int k;

	for (k = 0; k < ARRAY_SIZE(kinds); k++)
		destroy_workqueue(kinds[k].wq);
}

static __always_inline void queue(const struct kind *kind, struct work_struct *what)
{
	queue_work_on(kind->cpu, kind->wq, what);
}

static void report_kind(char rows, const struct kind *kind, const char *what, unsigned int series,
			unsigned int n, unsigned int stamps, unsigned int per)
{
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "%c_%s_%s", rows, kind->name, what);
	report(name, series, n, stamps, per);
}

static void one_at_a_time(unsigned int which)
{
	const struct kind *kind = &kinds[which];
	u64 start, queued, end;
	int i;

	for_each_turn(i) {
		reinit_completion(&bench_done);
		start = stamp();
		queue(kind, &work);
		queued = stamp();
		wait_for_completion(&bench_done);
		end = stamp();
		keep_woken(i, start, queued, entered, end);
		keep(3, i, entered, end);
	}
	report_kind('e', kind, "queue_work_cost(idle worker woken)", 0, SAMPLES, 1, 1);
	report_kind('e', kind, "queue_to_fn(process ctx, then sleep)", 1, SAMPLES, 1, 1);
	report_kind('e', kind, "queue_to_waiter_running", 2, SAMPLES, 1, 1);
	report_kind('e', kind, "fn_to_waiter_running", 3, SAMPLES, 1, 1);
}

static void worker_awake(unsigned int which)
{
	const struct kind *kind = &kinds[which];
	int i;

	for_each_turn(i) {
		reinit_completion(&bench_done);
		queue(kind, &work);
		keep_time(0, i, queue(kind, &work));
		keep_time(1, i, queue(kind, &idle_work));
		wait_for_completion(&bench_done);
		flush_work(&idle_work);
	}
	report_kind('e', kind, "queue_work_already_pending", 0, SAMPLES, 1, 1);
	report_kind('e', kind, "queue_work_2nd_item", 1, SAMPLES, 1, 1);
}

static void flush(unsigned int which)
{
	const struct kind *kind = &kinds[which];
	int i;

	for_each_turn(i) {
		queue(kind, &idle_work);
		keep_time(0, i, flush_work(&idle_work));
		keep_time(1, i, flush_work(&idle_work));
		keep_time(2, i, ({ queue(kind, &idle_work); flush_work(&idle_work); }));
		keep_time(3, i, ({ queue(kind, &idle_work); flush_workqueue(kind->wq); }));
	}
	report_kind('e', kind, "flush_work_pending", 0, SAMPLES, 1, 1);
	report_kind('e', kind, "flush_work_idle", 1, SAMPLES, 1, 1);
	report_kind('e', kind, "queue+flush_work_roundtrip", 2, SAMPLES, 1, 1);
	report_kind('e', kind, "queue+flush_workqueue_roundtrip", 3, SAMPLES, 1, 1);
}

static void cancel(unsigned int which)
{
	const struct kind *kind = &kinds[which];
	u64 start, queued, end;
	bool was_pending;
	int i;

	for_each_turn(i) {
		start = stamp();
		queue(kind, &idle_work);
		queued = stamp();
		was_pending = cancel_work_sync(&idle_work);
		end = stamp();
		if (!was_pending)
			say("bench: a work ran before it was cancelled\n");
		keep(0, i, queued, end);
		keep(1, i, start, end);
		keep_time(2, i, cancel_work_sync(&idle_work));
		rest();
	}
	report_kind('e', kind, "cancel_work_sync_pending", 0, SAMPLES, 1, 1);
	report_kind('e', kind, "queue+cancel_work_sync", 1, SAMPLES, 2, 1);
	report_kind('e', kind, "cancel_work_sync_idle", 2, SAMPLES, 1, 1);
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

static void thousand_at_once(unsigned int which)
{
	const struct kind *kind = &kinds[which];
	u64 start, queued;
	int i, j;

	for (j = 0; j < BATCH; j++)
		INIT_WORK(&batch[j], run_batched);
	for (i = -3; i < BATCHES; i++) {
		bench_mark();
		reinit_completion(&bench_done);
		left = BATCH;
		start = stamp();
		for (j = 0; j < BATCH; j++)
			queue(kind, &batch[j]);
		queued = stamp();
		wait_for_completion(&bench_done);
		keep(0, i, start, queued);
		keep(1, i, first_run, last_run);
		keep(2, i, start, last_run);
		rest();
	}
	report_kind('e', kind, "batch1000_queue_per", 0, BATCHES, 1, BATCH);
	report_kind('e', kind, "batch1000_exec_per", 1, BATCHES, 1, BATCH - 1);
	report_kind('e', kind, "batch1000_end_to_end_per", 2, BATCHES, 1, BATCH);
	settle();
}

static const struct kind *idle_kind;
static u64 interrupted_at, queued_at;

static void queue_from_interrupt(void)
{
	bench_mark();
	interrupted_at = stamp();
	queue(idle_kind, &work);
	queued_at = stamp();
}

static void from_an_interrupt_of_an_idle_cpu(unsigned int which)
{
	int i;

	idle_kind = &kinds[which];
	if (hard_irq_open(queue_from_interrupt))
		return;
	for_each_turn(i) {
		reinit_completion(&bench_done);
		hard_irq_soon();
		wait_for_completion(&bench_done);
		keep(0, i, interrupted_at, queued_at);
		keep(1, i, interrupted_at, entered);
	}
	hard_irq_close();
	report_kind('e', idle_kind, "queue_cost_from_hardirq_CPU_IDLE", 0, SAMPLES, 1, 1);
	report_kind('e', idle_kind, "queue_to_fn_from_hardirq_CPU_IDLE", 1, SAMPLES, 1, 1);
	settle();
}

static void delayed(unsigned int unused)
{
	struct workqueue_struct *wq = kinds[0].wq;
	int i;

	for_each_turn(i) {
		keep_time(0, i, queue_delayed_work(wq, &later, 10 * HZ));
		keep_time(1, i, mod_delayed_work(wq, &later, 10 * HZ));
		keep_time(2, i, mod_delayed_work(wq, &later, (unsigned long)(20 * HZ + i)));
		keep_time(3, i, cancel_delayed_work_sync(&later));
	}
	report_row("e_queue_delayed_work_new", 0);
	report_row("e_mod_delayed_work_rearm_same_delay", 1);
	report_row("e_mod_delayed_work_rearm_new_delay", 2);
	report_row("e_cancel_delayed_work_sync_pending", 3);
	settle();
}

static void worker_asleep(unsigned int which)
{
	const struct kind *kind = &kinds[which];
	u64 start, queued, end;
	int i;

	for_each_turn(i) {
		reinit_completion(&bench_done);
		rest();
		start = stamp();
		queue(kind, &work);
		queued = stamp();
		wait_for_completion(&bench_done);
		end = stamp();
		keep_woken(i, start, queued, entered, end);
		rest();
		keep_time(3, i, ({ queue(kind, &idle_work); flush_work(&idle_work); }));
		rest();
		keep_time(4, i, ({ queue(kind, &idle_work); flush_workqueue(kind->wq); }));
	}
	report_kind('l', kind, "queue_work_cost(worker asleep)", 0, SAMPLES, 1, 1);
	report_kind('l', kind, "queue_to_fn(worker asleep)", 1, SAMPLES, 1, 1);
	report_kind('l', kind, "queue_to_waiter_running(worker asleep)", 2, SAMPLES, 1, 1);
	report_kind('l', kind, "queue+flush_work_roundtrip(worker asleep)", 3, SAMPLES, 1, 1);
	report_kind('l', kind, "queue+flush_workqueue_roundtrip(worker asleep)", 4, SAMPLES, 1, 1);
}

#define OF_EACH_KIND(function)			\
	{ #function "_bound", function, 0 },	\
	{ #function "_highpri", function, 1 },	\
	{ #function "_unbound", function, 2 },	\
	{ #function "_ordered", function, 3 }

const struct bench_case bench_workqueue[] = {
	OF_EACH_KIND(one_at_a_time),
	OF_EACH_KIND(worker_awake),
	OF_EACH_KIND(flush),
	OF_EACH_KIND(cancel),
	OF_EACH_KIND(thousand_at_once),
	OF_EACH_KIND(from_an_interrupt_of_an_idle_cpu),
	{ "delayed", delayed },
	OF_EACH_KIND(worker_asleep),
	{}
};
