// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who and where a CPU is: the few words that the inline functions of the lowest layer work on.
 *
 * What
 *	nr_cpu_ids, cpu_number		<linux/smp.h>
 *	__preempt_count			<linux/preempt.h>
 *	__softirq_pending		<linux/bottom_half.h>, <linux/hardirq.h>
 *
 *	They stand here, below everything that uses them, so that marking a softirq or leaving an
 *	interrupt is one instruction in a header and no layer has to reach up for it.
 */
#include <linux/bottom_half.h>
#include <linux/preempt.h>
#include <linux/smp.h>

unsigned int nr_cpu_ids = 1;		/* I: at boot */
DEFINE_PER_CPU(unsigned int, cpu_number);	/* I */
DEFINE_PER_CPU(unsigned int, __preempt_count) = INIT_PREEMPT_COUNT;	/* P */
DEFINE_PER_CPU(unsigned int, __softirq_pending);	/* Q */
