// SPDX-License-Identifier: GPL-2.0-only
/*
 * The benchmark runner: `bench` on the command line runs it instead of the selftests.
 *
 * What
 *	Calibrates (what a pair of stamps costs; what known sequences read), runs every group, prints rows as
 *	"bench: <name> <min> <median> <max> <n>", with two decimals, and one "bench: done" at the end.
 *	tools/bench runs it in the deterministic profile and makes the tables.
 */
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/printk.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <bottomhalf/bench.h>

#include "bench.h"

u64 bench_sample[SERIES][SAMPLES];
DECLARE_COMPLETION(bench_done);

static u64 stamp_cost;
static bool bench_wanted;

static int __init parse_bench(char *value)
{
	bench_wanted = true;
	return 0;
}
early_param("bench", parse_bench);

static int compare_samples(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

static void print_row(const char *name, u64 min, u64 median, u64 max, unsigned int per, unsigned int n)
{
	printk_raw("bench: %s %llu.%02llu %llu.%02llu %llu.%02llu %u\n", name,
		   min / per, min % per * 100 / per, median / per, median % per * 100 / per,
		   max / per, max % per * 100 / per, n);
}

void report(const char *name, unsigned int series, unsigned int n, unsigned int stamps, unsigned int per)
{
	u64 *sample = bench_sample[series];
	u64 cost = stamps * stamp_cost;
	unsigned int i;

	for (i = 0; i < n; i++)
		sample[i] -= min(sample[i], cost);
	sort(sample, n, sizeof(*sample), compare_samples, NULL);
	print_row(name, sample[0], sample[n / 2], sample[n - 1], per, n);
}

static noinline void empty_function(void)
{
	barrier();
}

static void calibrate(void)
{
	unsigned long flags, turns;
	u64 start;
	int i;

	for_each_turn(i) {
		start = stamp();
		keep(0, i, stamp() - start);
	}
	stamp_cost = 0;
	report("cal_rdtsc_back_to_back(ovh)", 0, SAMPLES, 0, 1);
	stamp_cost = bench_sample[0][SAMPLES / 2];

	/* 100,000 times two instructions, and one. */
	for_each_turn(i) {
		local_irq_save(flags);
		start = stamp();
		turns = 100000;
		__asm__ __volatile__("1: dec %0\n\tjnz 1b" : "+r"(turns) : : "cc");
		keep(0, i, stamp() - start);
		local_irq_restore(flags);
	}
	report_row("cal_loop_200001_insns_irqoff", 0);

	for_each_turn(i) {
		start = stamp();
		empty_function();
		keep(0, i, stamp() - start);
	}
	report_row("cal_call_empty_noinline", 0);
}

bool run_benchmarks(void)
{
	if (!bench_wanted)
		return false;

	calibrate();
	bench_locks();
	bench_softirq();
	if (IS_ENABLED(CONFIG_TASKLET))
		bench_tasklet();
	bench_sched();
	bench_timer();
	if (IS_ENABLED(CONFIG_WORKQUEUE))
		bench_workqueue();
	printk_raw("bench: done\n");
	return true;
}
