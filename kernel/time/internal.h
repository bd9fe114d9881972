/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of kernel/time/ tell each other.
 */
#ifndef _KERNEL_TIME_INTERNAL_H
#define _KERNEL_TIME_INTERNAL_H

#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

/* ---- jiffies.c ---- */

/* When the next jiffy begins, on the arch_clock_ns() scale. Written under the jiffies lock. */
extern u64 jiffies_due_ns;

void jiffies_start(u64 now_ns);
void jiffies_advance(u64 now_ns);

/* ---- timer.c ---- */

#define WHEEL_BITS	6
#define WHEEL_SLOTS	(1U << WHEEL_BITS)
#define WHEEL_LEVELS	((BITS_PER_LONG + WHEEL_BITS - 1) / WHEEL_BITS)

/**
 * struct timer_base - the timers of one CPU. How it works: timer.c
 *
 * Marks: I after timers_init(); L @lock.
 */
struct timer_base {
	unsigned long next;		/* L to write; the tick reads it: where the first used slot begins */
	unsigned long clk;		/* L: the last jiffy whose timers have run */
	raw_spinlock_t lock;
	unsigned int cpu;		/* I: whose it is */
	struct timer_list *running;	/* L: the timer whose function is running on this CPU, or NULL */
	u64 used[WHEEL_LEVELS];		/* L: bit n: the level's slot n is used, may hold timers */
	struct hlist_head slots[WHEEL_LEVELS * WHEEL_SLOTS];	/* L */
};

DECLARE_PER_CPU_ALIGNED(struct timer_base, timer_base);

/* A base and its wheel apart from any CPU: what timers_init() and the softirq are made of, and for tests. */
void timer_base_init(struct timer_base *base, unsigned int cpu, unsigned long now);
void timer_base_add(struct timer_base *base, struct timer_list *timer);
void timer_base_run(struct timer_base *base, unsigned long now);

/* The tick's part: a timer of this CPU is due when the jiffy that its slot begins with has ended. Hard IRQ. */
static __always_inline void timers_tick(void)
{
	/* A stale @next, of a timer that another CPU is just adding here, is looked at a tick later. */
	if (unlikely(this_cpu_read(timer_base.next) < jiffies))
		__raise_softirq_irqoff(TIMER_SOFTIRQ);
}

#endif
