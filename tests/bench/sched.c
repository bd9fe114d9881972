// SPDX-License-Identifier: GPL-2.0-only
/* Rows g and i: wake-up, switch, completion, threads. */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sched.h>

#include "bench.h"

#define ROUNDS		2000
#define YIELDS		2000
#define NEW_THREADS	100

#define NOBODY		(-1)
#define ALL_GO		(-2)

static struct task_struct *player[2];
static int turn;
static int played;
static u64 woken_at;

/* Nothing but the wake-up, the switch and two stamps, as the whole is a row. */
static int play(void *me_arg)
{
	int me = (int)(long)me_arg;
	int rounds = 0;
	u64 now;

	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (READ_ONCE(turn) != me) {
			if (READ_ONCE(turn) == ALL_GO)
				break;
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		now = stamp();
		if (played < SAMPLES)
			keep(0, played, woken_at, now);
		played++;
		if (++rounds > ROUNDS) {
			WRITE_ONCE(turn, NOBODY);
			complete(&bench_done);
			continue;
		}
		WRITE_ONCE(turn, !me);
		woken_at = stamp();
		wake_up_process(player[!me]);
		now = stamp();
		if (played < SAMPLES)
			keep(1, played, woken_at, now);
	}
	__set_current_state(TASK_RUNNING);
	complete(&bench_done);
	return 0;
}

static void players_go(void)
{
	int k;

	WRITE_ONCE(turn, ALL_GO);
	for (k = 0; k < 2; k++)
		wake_up_process(player[k]);
	for (k = 0; k < 2; k++)
		wait_for_completion(&bench_done);
}

static void ping_pong(unsigned int fifo)
{
	u64 start, end;
	long k;

	WRITE_ONCE(turn, NOBODY);
	played = -WARM_UP;
	reinit_completion(&bench_done);
	for (k = 0; k < 2; k++) {
		player[k] = kthread_create(play, (void *)k, "player/%ld", k);
		kthread_bind(player[k], 0);
		if (fifo)
			sched_set_fifo(player[k]);
		wake_up_process(player[k]);
	}
	settle();
	WRITE_ONCE(turn, 0);
	start = stamp();
	wake_up_process(player[0]);
	wait_for_completion(&bench_done);
	end = stamp();
	keep(2, 0, start, end);
	report(fifo ? "g_kthread_pingpong_FIFO_per_switch_incl_2stamps(total/4000)" :
		      "g_kthread_pingpong_per_switch_incl_2stamps(total/4000)", 2, 1, 0, 2 * ROUNDS);
	report_row(fifo ? "g_FIFO_wake_up_process_to_other_running(incl schedule)" :
			  "g_wake_up_process_to_other_running(incl schedule)", 0);
	report_row(fifo ? "g_FIFO_wake_up_process_cost" : "g_wake_up_process_cost", 1);
	players_go();
	settle();
}

static int yielding;
static u64 yields_end;

static int yield_often(void *unused)
{
	int i;

	for (i = 0; i < YIELDS; i++)
		yield();
	if (!--yielding) {
		yields_end = stamp();
		complete(&bench_done);
	}
	return 0;
}

static void two_that_yield(unsigned int fifo)
{
	u64 start;
	int k;

	yielding = 2;
	reinit_completion(&bench_done);
	for (k = 0; k < 2; k++) {
		player[k] = kthread_create(yield_often, NULL, "yield/%d", k);
		kthread_bind(player[k], 0);
		if (fifo)
			sched_set_fifo(player[k]);
	}
	settle();
	start = stamp();
	wake_up_process(player[0]);
	wake_up_process(player[1]);
	wait_for_completion(&bench_done);
	keep(0, 0, start, yields_end);
	report(fifo ? "g_yield_switch_FIFO(4000 yields)" : "g_yield_switch_CFS(4000 yields)",
	       0, 1, 0, 2 * YIELDS);
	settle();
}

static DECLARE_COMPLETION(ask);
static DECLARE_COMPLETION(answer);
static bool over;
static u64 answered_at;

static int answer_thread(void *unused)
{
	for (;;) {
		wait_for_completion(&ask);
		if (READ_ONCE(over))
			break;
		answered_at = stamp();
		complete(&answer);
	}
	complete(&bench_done);
	return 0;
}

static void answers_begin(bool fifo)
{
	struct task_struct *thread;

	WRITE_ONCE(over, false);
	reinit_completion(&bench_done);
	thread = kthread_create(answer_thread, NULL, "answer");
	kthread_bind(thread, 0);
	if (fifo)
		sched_set_fifo(thread);
	wake_up_process(thread);
	settle();
}

static void answers_end(void)
{
	WRITE_ONCE(over, true);
	complete(&ask);
	wait_for_completion(&bench_done);
	settle();
}

static void completion_rows(unsigned int unused)
{
	u64 start, end;
	int i;

	answers_begin(false);
	for_each_turn(i) {
		start = stamp();
		complete(&ask);
		wait_for_completion(&answer);
		end = stamp();
		keep(0, i, start, end);
		keep(1, i, start, answered_at);
	}
	report_row("i_completion_pingpong_roundtrip(2 switches)", 0);
	report_row("i_complete_to_other_running", 1);
	bench_mark();
	start = stamp();
	for (i = 0; i < 1000; i++) {
		complete(&ask);
		wait_for_completion(&answer);
	}
	end = stamp();
	keep(0, 0, start, end);
	report("i_completion_pingpong_per_switch(mean)", 0, 1, 0, 2000);
	answers_end();
}

static void completion_asleep(unsigned int fifo)
{
	u64 start, completed, end;
	int i;

	answers_begin(fifo);
	for_each_turn(i) {
		rest();
		start = stamp();
		complete(&ask);
		completed = stamp();
		wait_for_completion(&answer);
		end = stamp();
		keep(0, i, start, completed);
		keep(1, i, start, answered_at);
		keep(2, i, start, end);
	}
	report_row(fifo ? "l_complete_cost(FIFO waiter asleep)" : "l_complete_cost(waiter asleep)", 0);
	report_row(fifo ? "l_complete_to_other_running(FIFO waiter asleep)" :
			  "l_complete_to_other_running(waiter asleep)", 1);
	report_row(fifo ? "l_completion_roundtrip(FIFO waiter asleep)" :
			  "l_completion_roundtrip(waiter asleep)", 2);
	answers_end();
}

static int end_at_once(void *unused)
{
	complete(&bench_done);
	return 0;
}

static void new_threads(unsigned int unused)
{
	struct task_struct *thread;
	u64 start, created, end;
	int i;

	for (i = -10; i < NEW_THREADS; i++) {
		reinit_completion(&bench_done);
		start = stamp();
		thread = kthread_create(end_at_once, NULL, "new");
		created = stamp();
		kthread_bind(thread, 0);
		wake_up_process(thread);
		wait_for_completion(&bench_done);
		end = stamp();
		keep(0, i, start, created);
		keep(1, i, start, end);
		rest();
	}
	report("g_kthread_create", 0, NEW_THREADS, 1, 1);
	report("g_kthread_create_run_to_done", 1, NEW_THREADS, 2, 1);
	settle();
}

const struct bench_case bench_sched[] = {
	{ "ping_pong_fair", ping_pong, 0 },
	{ "ping_pong_fifo", ping_pong, 1 },
	{ "two_that_yield_fair", two_that_yield, 0 },
	{ "two_that_yield_fifo", two_that_yield, 1 },
	{ "completion_rows", completion_rows },
	{ "new_threads", new_threads },
	{ "completion_asleep_fair", completion_asleep, 0 },
	{ "completion_asleep_fifo", completion_asleep, 1 },
	{}
};
