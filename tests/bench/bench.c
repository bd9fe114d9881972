// SPDX-License-Identifier: GPL-2.0-only
/*
 * The benchmark runner, the same on each kernel.
 *
 * What
 *	Calibrates (what a pair of stamps costs; what known sequences read), runs every case, prints rows as
 *	"bench: <name> <min> <median> <max> <n>", with two decimals, and one "bench: done" at the end.
 *	tools/bench runs it in the deterministic profile and makes the tables.
 *
 *	With windows, each case says "bench: case <name>" before it runs, and each row "bench: window <name>
 *	<marks> <ticks> <length> <stamps> <per>": its median turn began so many ticks after the case's mark
 *	of that number, and took so long. tools/profile finds it so in a trace of another boot.
 */
#include <linux/kernel.h>
#include <linux/irqflags.h>
#include <linux/sort.h>
#include <linux/string.h>

#include "bench.h"

struct interval bench_sample[SERIES][WARM_UP + SAMPLES];
DECLARE_COMPLETION(bench_done);

#define MARKS		8192

static u64 stamp_cost;
static bool windows;
static u64 marks[MARKS];		/* of the case that runs */
static unsigned int marks_used;

noinline void bench_mark(void)
{
	marks[marks_used++ % MARKS] = stamp();
}

/* How the row's window is found: from the last mark before it. */
static void say_window(const char *name, const struct interval *sample, unsigned int stamps, unsigned int per)
{
	unsigned int mark = min(marks_used, (unsigned int)MARKS);

	while (mark && marks[mark - 1] > sample->from)
		mark--;
	if (mark)
		say("bench: window %s %u %llu %llu %u %u\n", name, mark, sample->from - marks[mark - 1],
		    sample->to - sample->from, stamps, per);
}

static u64 length(const struct interval *sample)
{
	return sample->to - sample->from;
}

static int compare_samples(const void *a, const void *b)
{
	u64 x = length(a), y = length(b);

	return x < y ? -1 : x > y;
}

static u64 hundredths(const struct interval *sample, u64 cost, unsigned int per)
{
	u64 ticks = length(sample);

	return (ticks < cost ? 0 : ticks - cost) * 100 / per;
}

void report(const char *name, unsigned int series, unsigned int n, unsigned int stamps, unsigned int per)
{
	struct interval *sample = bench_sample[series] + WARM_UP, *middle = sample + n / 2;
	u64 cost = stamps * stamp_cost, min, median, max;

	sort(sample, n, sizeof(*sample), compare_samples, NULL);
	min = hundredths(sample, cost, per);
	median = hundredths(middle, cost, per);
	max = hundredths(sample + n - 1, cost, per);
	say("bench: %s %llu.%02llu %llu.%02llu %llu.%02llu %u\n", name,
	    min / 100, min % 100, median / 100, median % 100, max / 100, max % 100, n);
	if (windows)
		say_window(name, middle, stamps, per);
}

static noinline void empty_function(void)
{
	__asm__ __volatile__("" : : : "memory");
}

static void what_stamps_cost(void)
{
	u64 start, end;
	int i;

	stamp_cost = 0;
	for_each_turn(i) {
		start = stamp();
		end = stamp();
		keep(0, i, start, end);
	}
	report("cal_rdtsc_back_to_back(ovh)", 0, SAMPLES, 0, 1);
	stamp_cost = length(&bench_sample[0][WARM_UP + SAMPLES / 2]);
}

/* What is known beforehand: 100,000 times two instructions, and one; a call and a return. */
static void known_sequences(unsigned int unused)
{
	unsigned long flags, turns;
	u64 start, end;
	int i;

	for_each_turn(i) {
		local_irq_save(flags);
		start = stamp();
		__asm__ __volatile__("mov $100000, %0\n1: dec %0\n\tjnz 1b" : "=r"(turns) : : "cc");
		end = stamp();
		local_irq_restore(flags);
		keep(0, i, start, end);
	}
	report_row("cal_loop_200001_insns_irqoff", 0);

	for_each_turn(i)
		keep_time(0, i, empty_function());
	report_row("cal_call_empty_noinline", 0);
}

static const struct bench_case calibration[] = {
	{ "known_sequences", known_sequences },
	{}
};

static const struct bench_case *const groups[] = {
	calibration, bench_locks, bench_softirq, bench_tasklet, bench_sched, bench_timer, bench_workqueue,
	bench_device, bench_bhwork, bench_scale,
};

static const struct bench_case extras[] = {
	{ "throughput", bench_throughput },
	{ "sizes", bench_sizes },
	{}
};

/* tools/profile looks for its first instruction, so it is a function of its own. */
noinline void bench_run_case(const struct bench_case *one)
{
	marks_used = 0;
	one->run(one->which);
}

void bench_run_all(const char *only, bool with_windows)
{
	const struct bench_case *one;
	unsigned int g;

	windows = with_windows;
	for (one = extras; one->name; one++) {
		if (only && !strcmp(only, one->name)) {
			one->run(one->which);
			say("bench: done\n");
			return;
		}
	}
	what_stamps_cost();
	bench_queues_begin();
	for (g = 0; g < ARRAY_SIZE(groups); g++) {
		for (one = groups[g]; one->name; one++) {
			if (only && strcmp(only, one->name))
				continue;
			if (windows)
				say("bench: case %s\n", one->name);
			bench_run_case(one);
		}
	}
	bench_queues_end();
	say("bench: done\n");
}
