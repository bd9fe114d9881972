/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How often things have happened, for people.
 */
#ifndef _LINUX_KERNEL_STAT_H
#define _LINUX_KERNEL_STAT_H

#include <linux/interrupt.h>
#include <linux/irqdesc.h>

/** kstat_softirqs_cpu - how often @cpu has run softirq @irq since boot. Context: any. */
static inline unsigned int kstat_softirqs_cpu(unsigned int irq, int cpu)
{
	return softirq_runs(irq, (unsigned int)cpu);
}

#endif
