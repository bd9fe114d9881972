/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BOTTOMHALF_BENCH_H
#define _BOTTOMHALF_BENCH_H

#include <linux/types.h>

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

#endif
