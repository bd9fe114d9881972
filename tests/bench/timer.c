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

static void timer_rows(void)
{
	u64 start;
	int i;

	timer_setup(&timer, nothing, TIMER_PINNED);
	for_each_turn(i) {
		start = stamp();
		mod_timer(&timer, jiffies + 1000);
		keep(0, i, stamp() - start);
		start = stamp();
		mod_timer(&timer, jiffies + 1000);
		keep(1, i, stamp() - start);
		start = stamp();
		mod_timer(&timer, jiffies + 5000 + 64 * ((unsigned long)i & 63));
		keep(2, i, stamp() - start);
		start = stamp();
		timer_delete(&timer);
		keep(3, i, stamp() - start);
		mod_timer(&timer, jiffies + 1000);
		start = stamp();
		timer_delete_sync(&timer);
		keep(4, i, stamp() - start);
	}
	report_row("h_mod_timer_new", 0);
	report_row("h_mod_timer_pending_same_expiry", 1);
	report_row("h_mod_timer_pending_new_expiry", 2);
	report_row("h_del_timer_pending", 3);
	report_row("h_del_timer_sync_pending", 4);
	settle();
}

/* What a busy loop sees of the tick: the gaps between its stamps. */
static void tick_row(void)
{
	u64 before = stamp();
	int n = 0;

	while (n < TICKS) {
		u64 now = stamp();

		if (now - before > GAP)
			bench_sample[0][n++] = now - before;
		before = now;
	}
	report("h_tick_interrupt_cost_busy_cpu", 0, TICKS, 1, 1);
}

void bench_timer(void)
{
	timer_rows();
	tick_row();
}
