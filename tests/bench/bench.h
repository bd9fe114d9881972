/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Benchmarks: what each hop costs, in instructions.
 *
 * What
 *	A row is a series of stamped intervals, reported as minimum, median and maximum. Stamps are reads of
 *	the cycle counter; under QEMU's instruction counting one tick is one instruction, so a row is the
 *	same each time. On anything else the figures are times of a noisy machine, and mean little.
 *	Where the stamps stand is what defines a row. Rows have the names that the same measurement has on
 *	Linux, so that they can be put side by side.
 *
 * Contexts
 *	A task bound to CPU 0, interrupts on. A tick may fall into any interval: the median does not see it.
 *
 * Limits
 *	No interval spans hlt, which jumps virtual time: what waits keeps a task running, or waits for
 *	somebody who runs.
 */
#ifndef _TESTS_BENCH_BENCH_H
#define _TESTS_BENCH_BENCH_H

#include <linux/completion.h>
#include <linux/types.h>
#include <linux/delay.h>
#include <linux/sched.h>
#include <arch/cpu.h>

#define SAMPLES		1000
#define WARM_UP		100
#define SERIES		8
#define BATCH		1000

extern u64 bench_sample[SERIES][SAMPLES];
extern struct completion bench_done;

#define stamp()		arch_cycles()

/* Warm-up turns have a negative number, and are not kept. */
#define for_each_turn(i)	for ((i) = -WARM_UP; (i) < SAMPLES; (i)++)
#define keep(series, i, value)	do { if ((i) >= 0) bench_sample[series][i] = (value); } while (0)

/**
 * report - print a row made of the samples of a series
 * @name: of the row
 * @series: which; sorted in place
 * @n: how many samples
 * @stamps: stamps inside each interval, whose cost is taken off
 * @per: operations in one interval
 */
void report(const char *name, unsigned int series, unsigned int n, unsigned int stamps, unsigned int per);

#define report_row(name, series)	report(name, series, SAMPLES, 1, 1)

/* Let ksoftirqd, workers and timers come to rest. */
static inline void settle(void)
{
	msleep(20);
}

void bench_locks(void);
void bench_softirq(void);
void bench_tasklet(void);
void bench_workqueue(void);
void bench_sched(void);
void bench_timer(void);

#endif
