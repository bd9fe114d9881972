/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BOTTOMHALF_BENCH_H
#define _BOTTOMHALF_BENCH_H

#include <linux/types.h>
#include <linux/irqreturn.h>

/**
 * run_benchmarks - run them all, if "bench" is on the command line (tests/bench/)
 *
 * Context: task, once, at the end of the boot.
 * Return: whether they were wanted, and have run.
 */
#ifdef CONFIG_BENCH
bool run_benchmarks(void);
#else
static inline bool run_benchmarks(void) { return false; }
#endif

/*
 * A device that interrupts again and again, with nothing to read and nothing to acknowledge, for benchmarks
 * and the suite "storm". Each machine that has one implements it; one user at a time.
 */

/**
 * periodic_irq_request - take the device's line; it is still
 * @handler: called with @dev
 *
 * Context: task, may sleep.
 * Return: 0, -ENODEV when this boot has no such device to spare, or what request_irq() says.
 */
int periodic_irq_request(irqreturn_t (*handler)(int irq, void *dev), void *dev);

/**
 * periodic_irq_start - interrupt from now on, at a period
 * @period_ns: wanted
 *
 * Context: any.
 * Return: the nearest period that the device can do, in nanoseconds.
 */
u64 periodic_irq_start(u64 period_ns);

/** periodic_irq_stop - be still. An interrupt that is under way may yet come. Context: any. */
void periodic_irq_stop(void);

/** periodic_irq_free - stop, and give the line back. Context: task, may sleep. */
void periodic_irq_free(void *dev);

#endif
