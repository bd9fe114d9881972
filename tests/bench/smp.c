// SPDX-License-Identifier: GPL-2.0-only
/*
 * Throughput on one CPU and on two, in wall-clock time: the case "throughput", which runs when it is
 * asked for.
 *
 * What
 *	Every CPU that takes part has a thread, which does one kind of thing for WINDOW_NS: nothing but a
 *	loop of known length, tasklets or works in batches, one work and a wait for it. Rounds go over all
 *	kinds and numbers of CPUs, so that what disturbs the host for a while disturbs all alike. Lines
 *	"bench: rate <kind> <CPUs> <round> <operations a second, of all CPUs>"; tools/throughput makes
 *	ratios of them, to the loop of the same round.
 *
 * Contexts
 *	A task. Not under instruction counting: there CPUs take turns.
 *
 * Limits
 *	The emulator runs each CPU in a thread of the host, so the host needs as many CPUs, and little else
 *	to do.
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>

#include "bench.h"

#define PLAYERS		2
#define ROUNDS		12
#define WINDOW_NS	(50 * NSEC_PER_MSEC)
#define AT_ONCE		64

struct player {
	struct work_struct works[AT_ONCE];
	struct tasklet_struct tasklets[AT_ONCE];
	struct completion done;
	atomic_t left;
	unsigned long runs;
	unsigned int cpu;
	u64 rate;
} ____cacheline_aligned;

struct rate_of {
	const char *name;
	unsigned int operations;		/* in one turn */
	void (*turn)(struct player *me);
	work_func_t work;
};

static struct player players[PLAYERS];
static const struct rate_of *kind;
static atomic_t not_ready, not_done;
static struct workqueue_struct *bound, *unbound;

static void loop_turn(struct player *me)
{
	unsigned long turns;

	__asm__ __volatile__("mov $64000, %0\n1: dec %0\n\tjnz 1b" : "=r"(turns) : : "cc");
}

static void count_tasklet(struct tasklet_struct *t)
{
	players[smp_processor_id()].runs++;
}

static void tasklet_turn(struct player *me)
{
	unsigned int i;

	local_bh_disable();
	for (i = 0; i < AT_ONCE; i++)
		tasklet_schedule(&me->tasklets[i]);
	local_bh_enable();
}

/* Bound works run where they were queued. */
static void count_work(struct work_struct *work)
{
	struct player *me = &players[raw_smp_processor_id()];

	if (atomic_dec_and_test(&me->left))
		complete(&me->done);
}

static void bound_batch_turn(struct player *me)
{
	unsigned int i;

	atomic_set(&me->left, AT_ONCE);
	reinit_completion(&me->done);
	for (i = 0; i < AT_ONCE; i++)
		queue_work_on(me->cpu, bound, &me->works[i]);
	wait_for_completion(&me->done);
}

static void complete_work(struct work_struct *work)
{
	struct player *me = container_of(work, struct player, works[0]);

	complete(&me->done);
}

static void bound_turn(struct player *me)
{
	reinit_completion(&me->done);
	queue_work_on(me->cpu, bound, &me->works[0]);
	wait_for_completion(&me->done);
}

static void unbound_turn(struct player *me)
{
	reinit_completion(&me->done);
	queue_work_on(WORK_CPU_UNBOUND, unbound, &me->works[0]);
	wait_for_completion(&me->done);
}

static const struct rate_of kinds[] = {
	{ "loop", AT_ONCE, loop_turn, complete_work },
	{ "tasklet_batches", AT_ONCE, tasklet_turn, complete_work },
	{ "bound_work_batches", AT_ONCE, bound_batch_turn, count_work },
	{ "bound_work_completion", 1, bound_turn, complete_work },
	{ "unbound_work_completion", 1, unbound_turn, complete_work },
};

static int play(void *me_arg)
{
	struct player *me = me_arg;
	u64 operations = 0, begin, now;

	atomic_dec(&not_ready);
	while (atomic_read(&not_ready))
		cpu_relax();
	begin = ktime_get_ns();
	do {
		kind->turn(me);
		operations += kind->operations;
		cond_resched();
		now = ktime_get_ns();
	} while (now - begin < WINDOW_NS);
	me->rate = div64_u64(operations * NSEC_PER_SEC, now - begin);
	if (atomic_dec_and_test(&not_done))
		complete(&bench_done);
	return 0;
}

static void set_up(struct player *me, unsigned int cpu)
{
	unsigned int i;

	init_completion(&me->done);
	me->cpu = cpu;
	for (i = 0; i < AT_ONCE; i++) {
		INIT_WORK(&me->works[i], kind->work);
		tasklet_setup(&me->tasklets[i], count_tasklet);
	}
}

static bool one_window(unsigned int cpus, unsigned int round)
{
	struct task_struct *thread[PLAYERS];
	unsigned int cpu;
	u64 rate = 0;

	atomic_set(&not_ready, (int)cpus);
	atomic_set(&not_done, (int)cpus);
	reinit_completion(&bench_done);
	for (cpu = 0; cpu < cpus; cpu++) {
		set_up(&players[cpu], cpu);
		thread[cpu] = kthread_create(play, &players[cpu], "player/%u", cpu);
		if (IS_ERR(thread[cpu]))
			return false;
		kthread_bind(thread[cpu], cpu);
	}
	for (cpu = 0; cpu < cpus; cpu++)
		wake_up_process(thread[cpu]);
	wait_for_completion(&bench_done);
	for (cpu = 0; cpu < cpus; cpu++)
		rate += players[cpu].rate;
	say("bench: rate %s %u %u %llu\n", kind->name, cpus, round, rate);
	return true;
}

void bench_throughput(unsigned int unused)
{
	unsigned int round, cpus;

	bound = alloc_workqueue("bench-bound", 0, 0);
	unbound = alloc_workqueue("bench-unbound", WQ_UNBOUND, 0);
	for (round = 0; round < ROUNDS; round++)
		for (kind = kinds; kind < kinds + ARRAY_SIZE(kinds); kind++)
			for (cpus = 1; cpus <= min(num_online_cpus(), (unsigned int)PLAYERS); cpus++)
				if (!one_window(cpus, round))
					say("bench: no thread\n");
	destroy_workqueue(bound);
	destroy_workqueue(unbound);
}
