// SPDX-License-Identifier: GPL-2.0-only
/* Rows h: timers and the tick. */
#include <linux/jiffies.h>
#include <linux/timer.h>

#include "bench.h"

#define TICKS		50
/* No instruction is that dear; what takes longer was an interrupt. */
#define GAP		60

static struct timer_list timer;

static void nothing(struct timer_list *unused)
{
}

static void timer_rows(unsigned int unused)
{
	int i;

	timer_setup(&timer, nothing, TIMER_PINNED);
	for_each_turn(i) {
		keep_time(0, i, mod_timer(&timer, jiffies + 1000));
		keep_time(1, i, mod_timer(&timer, jiffies + 1000));
		keep_time(2, i, mod_timer(&timer, jiffies + 5000 + 64 * ((unsigned long)i & 63)));
		keep_time(3, i, timer_delete(&timer));
		mod_timer(&timer, jiffies + 1000);
		keep_time(4, i, timer_delete_sync(&timer));
	}
	report_row("h_mod_timer_new", 0);
	report_row("h_mod_timer_pending_same_expiry", 1);
	report_row("h_mod_timer_pending_new_expiry", 2);
	report_row("h_del_timer_pending", 3);
	report_row("h_del_timer_sync_pending", 4);
	settle();
}

/* What a busy loop sees of the tick: the gaps between its stamps. */
static void tick_row(unsigned int unused)
{
	u64 before, now;
	int n = 0;

	bench_mark();
	before = stamp();
	while (n < TICKS) {
		now = stamp();
		if (now - before > GAP) {
			keep(0, n, before, now);
			n++;
		}
		before = now;
	}
	report("h_tick_interrupt_cost_busy_cpu", 0, TICKS, 1, 1);
}

const struct bench_case bench_timer[] = {
	{ "timer_rows", timer_rows },
	{ "tick_row", tick_row },
	{}
};
