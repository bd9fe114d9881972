/* SPDX-License-Identifier: GPL-2.0-only */
/* What the benchmarks need of this kernel; linux/there.h is its counterpart. */
#ifndef _TESTS_BENCH_HERE_H
#define _TESTS_BENCH_HERE_H

#include <linux/printk.h>
#include <linux/sched.h>

#define say(fmt, ...)		printk_raw(fmt, ##__VA_ARGS__)

static inline void sleep_a_little(void)
{
	schedule_timeout_uninterruptible(1);
}

#endif
