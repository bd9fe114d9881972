/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between softirq.c, tasklet.c and ksoftirqd.c.
 */
#ifndef _KERNEL_SOFTIRQ_H
#define _KERNEL_SOFTIRQ_H

#include <linux/types.h>
#include <bottomhalf/mark.h>

/* Whether this CPU's ksoftirqd is runnable, and not about to stop. Context: interrupts off. */
bool ksoftirqd_is_running(void);

/* tasklet.c: what a dead CPU's lists hold is scheduled on this one. Context: interrupts off. */
#ifdef CONFIG_TASKLET
void tasklet_take_over(unsigned int cpu);
#else
static inline void tasklet_take_over(unsigned int cpu) { }
#endif

#endif
