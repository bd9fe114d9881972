/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Benchmarks: what each hop costs, in instructions.
 *
 * What
 *	A row is a series of stamped intervals, reported as minimum, median and maximum. Stamps are reads of
 *	the cycle counter; under QEMU's instruction counting one tick is one instruction, so a row is the
 *	same each time. On anything else the figures are times of a noisy machine, and mean little.
 *	Where the stamps stand is what defines a row.
 *
 *	The sources are built unmodified for this kernel and, as a module, for Linux 6.1 and 6.12, so that a
 *	row's name means the same on each. What differs between the kernels is in here.h and linux/there.h.
 *
 *	A case measures one or several rows; a file lists its cases in an array that bench.c runs.
 *
 * Contexts
 *	A task bound to CPU 0, interrupts on. A tick may fall into any interval: the median does not see it.
 *
 * Limits
 *	No interval spans hlt, which jumps virtual time: what waits keeps a task running, or waits for
 *	somebody who runs. x86 only: a stamp must be the same few instructions everywhere.
 */
#ifndef _TESTS_BENCH_BENCH_H
#define _TESTS_BENCH_BENCH_H

#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/types.h>
#include <linux/delay.h>
#include <linux/sched.h>

#ifdef BENCH_ON_LINUX
#include "linux/there.h"
#else
#include "here.h"
#endif

#define SAMPLES		1000
#define WARM_UP		100
#define SERIES		8
#define BATCH		1000

struct interval {
	u64 from, to;
};

struct bench_case {
	const char *name;
	void (*run)(unsigned int which);
	unsigned int which;		/* for the case: one of several like ones */
};

extern struct interval bench_sample[SERIES][WARM_UP + SAMPLES];
extern struct completion bench_done;

/*
 * Three instructions, and what it takes to keep the result. All of them in one piece, as the compiler
 * would otherwise move others in between, and more of them here than there.
 */
static __always_inline u64 stamp(void)
{
	u64 now;

	__asm__ __volatile__("rdtsc; shl $32, %%rdx; or %%rdx, %%rax" : "=a"(now) : : "rdx", "cc", "memory");
	return now;
}

/* Where this came by, and when: tools/profile finds its way by the last one before a window. */
void bench_mark(void);

/*
 * Warm-up turns have a negative number. They are kept in front of the others, so that no branch tells
 * them apart.
 */
#define for_each_turn(i)	for ((i) = -WARM_UP; (i) < SAMPLES && (bench_mark(), true); (i)++)
#define keep(series, i, start, end) \
	(bench_sample[series][WARM_UP + (i)] = (struct interval){ (start), (end) })

/* What a statement takes. */
#define keep_time(series, i, statement) do {	\
	u64 __start = stamp(), __end;		\
						\
	statement;				\
	__end = stamp();			\
	keep(series, i, __start, __end);	\
} while (0)

/* Asked for with bottom halves off, it runs when they go on: series 0 to 4. */
static __always_inline void keep_bh_off(int i, u64 start, u64 asked, u64 entered, u64 end)
{
	keep(0, i, start, asked);
	keep(1, i, asked, entered);
	keep(2, i, entered, end);
	keep(3, i, start, end);
	keep(4, i, start, entered);
}

/* Asked for, it runs in another thread, for which the asker waits: series 0 to 2. */
static __always_inline void keep_woken(int i, u64 start, u64 asked, u64 entered, u64 end)
{
	keep(0, i, start, asked);
	keep(1, i, start, entered);
	keep(2, i, start, end);
}

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
	bench_mark();
}

/* Sleep a little, so that every thread that the last turn woke has gone to sleep. */
static inline void rest(void)
{
	sleep_a_little();
	bench_mark();
}

/* Run all cases, or the one called so, and print their rows (bench.c). */
void bench_run_all(const char *only, bool windows);
void bench_run_case(const struct bench_case *one);

/* Cases that only run when they are named: no rows, but lines of their own (smp.c, sizes.c). */
void bench_throughput(unsigned int unused);
void bench_sizes(unsigned int unused);

/**
 * hard_irq_open, hard_irq_soon, hard_irq_close - a call out of a hard interrupt, some 300 us from now
 * @function: called once for each hard_irq_soon()
 *
 * Each kernel has its own: here.c, linux/start.c.
 *
 * Context: task.
 * Return: 0, or an error when the machine has no device for it.
 */
int hard_irq_open(void (*function)(void));
void hard_irq_soon(void);
void hard_irq_close(void);

/**
 * edu_request, edu_free - the registers of QEMU's edu device, with its line taken
 * @by_message: its interrupts are messages, not its pin
 * @handler: of its interrupts
 * @thread_fn: what the handler may wake, or NULL
 *
 * Context: task.
 * Return: NULL when there is no such device, or this kernel cannot have its interrupts so.
 */
void __iomem *edu_request(bool by_message, irq_handler_t handler, irq_handler_t thread_fn);
void edu_free(void);

/* The workqueues that some cases use (workqueue.c). */
void bench_queues_begin(void);
void bench_queues_end(void);

extern const struct bench_case bench_locks[], bench_softirq[], bench_tasklet[], bench_sched[], bench_timer[],
	bench_workqueue[], bench_device[], bench_bhwork[], bench_scale[];

#endif
