// SPDX-License-Identifier: GPL-2.0-only
/* Rows b and c: irq_work (the shortest interrupt there is), and softirqs from task context. */
#include <linux/interrupt.h>
#include <linux/irq_work.h>

#include "bench.h"

#define ENTRY	IRQ_POLL_SOFTIRQ

static u64 entered;
static bool complete_it;

static void enter_irq(struct irq_work *work)
{
	entered = stamp();
}

static void irq_work_rows(unsigned int unused)
{
	static struct irq_work work = IRQ_WORK_INIT_HARD(enter_irq);
	u64 start, end;
	int i;

	for_each_turn(i) {
		start = stamp();
		irq_work_queue(&work);
		end = stamp();
		keep(0, i, start, entered);
		keep(1, i, entered, end);
		keep(2, i, start, end);
	}
	report_row("b_irq_work_queue_to_fn_entry(selfIPI)", 0);
	report_row("b_irq_work_fn_to_resume", 1);
	report("b_irq_work_roundtrip", 2, SAMPLES, 2, 1);
	settle();
}

static void enter_action(void)
{
	entered = stamp();
	if (complete_it)
		complete(&bench_done);
}

static void with_bottom_halves_off(unsigned int unused)
{
	u64 start, raised, end;
	int i;

	open_softirq(ENTRY, enter_action);
	complete_it = false;
	for_each_turn(i) {
		local_bh_disable();
		start = stamp();
		raise_softirq(ENTRY);
		raised = stamp();
		local_bh_enable();
		end = stamp();
		keep_bh_off(i, start, raised, entered, end);
	}
	report_row("c_raise_softirq_cost(bh off)", 0);
	report_row("c_softirq_bh_enable_to_action", 1);
	report_row("c_softirq_action_to_bh_enable_return", 2);
	report("c_raise_softirq_to_action(bh off path)", 4, SAMPLES, 2, 1);
	report("c_raise_softirq+bh_enable_whole", 3, SAMPLES, 3, 1);
}

static void by_ksoftirqd(unsigned int unused)
{
	u64 start, raised, end;
	int i;

	open_softirq(ENTRY, enter_action);
	complete_it = true;
	for_each_turn(i) {
		reinit_completion(&bench_done);
		start = stamp();
		raise_softirq(ENTRY);
		raised = stamp();
		wait_for_completion(&bench_done);
		end = stamp();
		keep_woken(i, start, raised, entered, end);
	}
	report_row("c_raise_softirq_plain_process_ctx(wakes ksoftirqd)", 0);
	report_row("c_softirq_via_ksoftirqd_raise_to_action", 1);
	report_row("c_softirq_via_ksoftirqd_roundtrip", 2);
	settle();
}

const struct bench_case bench_softirq[] = {
	{ "irq_work_rows", irq_work_rows },
	{ "softirq_with_bottom_halves_off", with_bottom_halves_off },
	{ "softirq_by_ksoftirqd", by_ksoftirqd },
	{}
};
