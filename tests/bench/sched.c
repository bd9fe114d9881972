// SPDX-License-Identifier: GPL-2.0-only
/* Rows g and i: wake-up, switch, completion, threads. */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/printk.h>
#include <linux/sched.h>

#include "bench.h"

#define ROUNDS		2000
#define NEW_THREADS	100

static struct task_struct *player[2];
static int turn;
static int played;
static u64 woken_at;

static int play(void *me_arg)
{
	int me = (int)(long)me_arg;
	int rounds = 0;

	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (READ_ONCE(turn) != me) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		if (woken_at && played >= 0 && played < SAMPLES)
			bench_sample[0][played] = stamp() - woken_at;
		played++;
		if (++rounds > ROUNDS) {
			WRITE_ONCE(turn, -1);
			complete(&bench_done);
			continue;
		}
		WRITE_ONCE(turn, !me);
		woken_at = stamp();
		wake_up_process(player[!me]);
		if (played >= 0 && played < SAMPLES)
			bench_sample[1][played] = stamp() - woken_at;
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static void ping_pong(bool fifo)
{
	u64 start;
	long k;

	WRITE_ONCE(turn, -1);
	played = -2 * WARM_UP;
	woken_at = 0;
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
	bench_sample[2][0] = stamp() - start;
	report(fifo ? "g_kthread_pingpong_FIFO_per_switch_incl_2stamps(total/4000)" :
		      "g_kthread_pingpong_per_switch_incl_2stamps(total/4000)", 2, 1, 0, 2 * ROUNDS);
	report_row(fifo ? "g_FIFO_wake_up_process_to_other_running(incl schedule)" :
			  "g_wake_up_process_to_other_running(incl schedule)", 0);
	report_row(fifo ? "g_FIFO_wake_up_process_cost" : "g_wake_up_process_cost", 1);
	kthread_stop(player[0]);
	kthread_stop(player[1]);
	settle();
}

static DECLARE_COMPLETION(ask);
static DECLARE_COMPLETION(answer);
static bool over;

static int answer_thread(void *unused)
{
	for (;;) {
		wait_for_completion(&ask);
		if (READ_ONCE(over))
			break;
		complete(&answer);
	}
	complete(&bench_done);
	return 0;
}

static void completion_rows(void)
{
	struct task_struct *thread;
	u64 start;
	int i;

	WRITE_ONCE(over, false);
	reinit_completion(&bench_done);
	thread = kthread_create(answer_thread, NULL, "answer");
	kthread_bind(thread, 0);
	wake_up_process(thread);
	settle();
	for_each_turn(i) {
		start = stamp();
		complete(&ask);
		wait_for_completion(&answer);
		keep(0, i, stamp() - start);
	}
	report_row("i_completion_pingpong_roundtrip(2 switches)", 0);
	start = stamp();
	for (i = 0; i < 1000; i++) {
		complete(&ask);
		wait_for_completion(&answer);
	}
	bench_sample[0][0] = stamp() - start;
	report("i_completion_pingpong_per_switch(mean)", 0, 1, 0, 2000);
	WRITE_ONCE(over, true);
	complete(&ask);
	wait_for_completion(&bench_done);
	settle();
}

static int end_at_once(void *unused)
{
	complete(&bench_done);
	return 0;
}

static void thread_rows(void)
{
	struct task_struct *thread;
	u64 start;
	int i;

	for (i = -10; i < NEW_THREADS; i++) {
		reinit_completion(&bench_done);
		start = stamp();
		thread = kthread_create(end_at_once, NULL, "new");
		keep(0, i, stamp() - start);
		kthread_bind(thread, 0);
		wake_up_process(thread);
		wait_for_completion(&bench_done);
		keep(1, i, stamp() - start);
		usleep_range(500, 600);
	}
	report("g_kthread_create", 0, NEW_THREADS, 1, 1);
	report("g_kthread_create_run_to_done", 1, NEW_THREADS, 2, 1);
	settle();
}

void bench_sched(void)
{
	ping_pong(false);
	ping_pong(true);
	completion_rows();
	thread_rows();
}
