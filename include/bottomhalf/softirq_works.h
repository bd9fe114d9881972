/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Works in softirq context (queues of WQ_BH): their place in the actions of TASKLET and HI, before
 * the tasklets.
 *
 * What
 *	The workqueues leave a pool whose works wait in this CPU's place of their priority, and raise the
 *	softirq. The action looks there first, and calls upwards if there is one; an instruction and a
 *	branch if there is none. The place is this CPU's own, so it needs no lock.
 *
 *		kernel/wq/bh.c				kernel/tasklet.c
 *		softirq_works = pool
 *		raise TASKLET
 *							softirq_works? take it
 *		workqueue_softirq_action(pool)	<------	    call
 *		    run them
 *							run the tasklets
 *
 * Contexts
 *	Leaving it there: interrupts off.  workqueue_softirq_action(): softirq, interrupts on.
 *
 * Tests
 *	tests/boot/workqueue_bh_test.c, tests/conformance/workqueue_bh.c (workqueue.bh_order_*)
 */
#ifndef _BOTTOMHALF_SOFTIRQ_WORKS_H
#define _BOTTOMHALF_SOFTIRQ_WORKS_H

#include <linux/kconfig.h>
#include <linux/percpu-defs.h>

struct bh_pool;

DECLARE_PER_CPU(struct bh_pool *, softirq_works);	/* Q: a pool of normal priority, or NULL */
DECLARE_PER_CPU(struct bh_pool *, softirq_works_hi);	/* Q */

/* Upwards: kernel/workqueue.c. Run works of a pool of this CPU. Context: softirq. */
void workqueue_softirq_action(struct bh_pool *bh);

/* What the actions of TASKLET and HI begin with. @works: softirq_works or softirq_works_hi. */
#define run_softirq_works(works) do {					\
	if (IS_ENABLED(CONFIG_WORKQUEUE) && unlikely(this_cpu_test(works, ~0L))) { \
		struct bh_pool *__bh = this_cpu_read(works);		\
									\
		this_cpu_write(works, NULL);				\
		workqueue_softirq_action(__bh);				\
	}								\
} while (0)

#endif
