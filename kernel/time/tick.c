// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tick: each CPU's timer interrupt, HZ times a second.
 *
 * What
 *	Each tick asks for the next one at an absolute time, so that delays do not add up. What was missed
 *	while interrupts were off is skipped, not made up for: jiffies catches up by itself (jiffies.c).
 *	A tick moves jiffies if that is due, raises TIMER_SOFTIRQ if a timer of this CPU is due, and tells
 *	the scheduler. An idle CPU takes ticks, too.
 *
 * Contexts
 *	clockevent_interrupt(): hard IRQ.  The rest: its own CPU, interrupts off.
 *
 * Limits
 *	CPUs' ticks are spread over half a period, so that not all want the same locks at the same time;
 *	the boot CPU's is at the beginning of each jiffy.
 *
 * Differs from Linux
 *	No tickless idle, and no other users of the clock event device than the tick, yet.
 *
 * Tests
 *	tests/boot/jiffies_test.c
 */
#include <linux/cpuhotplug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <arch/clock.h>
#include <bottomhalf/tick.h>
#include "internal.h"

struct tick {
	u64 next_ns;		/* Q: when the next tick is to come */
	unsigned long count;	/* Q; others may read it */
};

static DEFINE_PER_CPU(struct tick, tick);
static u64 tick_origin_ns;	/* I: the beginning of a jiffy, long ago */

/* The next of this CPU's ticks that is not past. */
static u64 tick_after(u64 last_ns, u64 now_ns)
{
	u64 next = last_ns + TICK_NSEC;

	if (unlikely(next <= now_ns))
		next += ((now_ns - next) / TICK_NSEC + 1) * TICK_NSEC;
	return next;
}

void clockevent_interrupt(void)
{
	struct tick *this = this_cpu_ptr(&tick);
	u64 now = arch_clock_ns();

	if (now >= READ_ONCE(jiffies_due_ns))
		jiffies_advance(now);
	if (unlikely(now < this->next_ns)) {
		arch_clockevent_set(this->next_ns);
		return;
	}
	this->next_ns = tick_after(this->next_ns, now);
	arch_clockevent_set(this->next_ns);
	this->count++;
	timers_tick();
	scheduler_tick();
}

void timekeeping_init(void)
{
	tick_origin_ns = arch_clock_ns();
	jiffies_start(tick_origin_ns);
}

void tick_init_cpu(void)
{
	struct tick *this = this_cpu_ptr(&tick);
	u64 skew = (u64)smp_processor_id() * (TICK_NSEC / 2) / nr_cpu_ids;

	this->next_ns = tick_after(tick_origin_ns + skew, arch_clock_ns());
	arch_clockevent_set(this->next_ns);
}

void tick_stop_cpu(void)
{
	arch_clockevent_stop();
}

static int tick_dying(unsigned int cpu)
{
	tick_stop_cpu();
	return 0;
}

static int __init tick_hotplug_init(void)
{
	return cpuhp_setup_state_nocalls(CPUHP_AP_TICK_DYING, "tick:dying", NULL, tick_dying);
}
core_initcall(tick_hotplug_init);

unsigned long tick_count(unsigned int cpu)
{
	return READ_ONCE(per_cpu(tick, cpu).count);
}
