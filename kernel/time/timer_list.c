// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pending timers of all CPUs, for people.
 *
 * What
 *	timers: cpu 0: 3 pending, jiffy 5210, the wheel at 5210
 *	  in 12 jiffies: delayed_work_timer_fn
 *	  running: the timer at ffff888000123400
 *
 * Contexts
 *	Any but NMI. Lines are printed with a base's lock held, interrupts off.
 *
 * Limits
 *	The first SHOWN_MAX of a CPU are shown, nearest slot first; the others are counted.
 *
 * Tests
 *	tests/boot/sysrq_test.c
 */
#include <linux/cpumask.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/printk.h>
#include <linux/timer.h>
#include "internal.h"

#define SHOWN_MAX	64U

/* Counts the timers of a base; prints those from the first to the one of number @print - 1. */
static unsigned int walk_locked(struct timer_base *base, unsigned int print)
{
	unsigned long now = jiffies;
	struct timer_list *timer;
	unsigned int n = 0;

	lockdep_assert_held(&base->lock);
	for (unsigned int slot = 0; slot < WHEEL_LEVELS * WHEEL_SLOTS; slot++) {
		hlist_for_each_entry(timer, &base->slots[slot], entry) {
			if (n++ < print)
				pr_info("  in %ld jiffies: %ps\n", (long)(timer->expires - now),
					timer->function);
		}
	}
	return n;
}

static void show_base(struct timer_base *base)
{
	unsigned long irqflags;
	unsigned int n;

	raw_spin_lock_irqsave(&base->lock, irqflags);
	pr_info("timers: cpu %u: %u pending, jiffy %lu, the wheel at %lu\n", base->cpu,
		walk_locked(base, 0), jiffies, base->clk);
	/* It may be freed by its own function: only its address is safe. */
	if (base->running)
		pr_info("  running: the timer at %px\n", base->running);
	n = walk_locked(base, SHOWN_MAX);
	raw_spin_unlock_irqrestore(&base->lock, irqflags);
	if (n > SHOWN_MAX)
		pr_info("  and %u more\n", n - SHOWN_MAX);
}

void sysrq_timer_list_show(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		show_base(per_cpu_ptr(&timer_base, cpu));
}
