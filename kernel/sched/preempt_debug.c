// SPDX-License-Identifier: GPL-2.0-only
/*
 * The preemption count, checked: CONFIG_DEBUG_PREEMPT.
 *
 * What
 *	These functions stand in for the one instruction that the count's operations otherwise are:
 *	  overflow	a nesting that comes near the end of its field is reported, once
 *	  underflow	an enable without a disable is reported, and not made
 *	  who		the place where the count became nonzero is noted, for reports of sleeping where it is
 *			forbidden (debug.c)
 *	smp_processor_id() reports a task that may be moved before it has used the answer.
 *
 * Contexts
 *	Any, NMI included.
 *
 * Limits
 *	Who is noted for the CPU: the note of a task that was switched away from with a count that is not zero
 *	(which is a mistake in itself) is lost. Per-CPU access by other ways than smp_processor_id() is
 *	not checked.
 *
 * Tests
 *	tests/boot/preempt_test.c
 */
#include "sched.h"
#include <linux/cpu.h>

#define CALLER_IP	((unsigned long)__builtin_return_address(0))

/* Left of a field when its nesting is reported. */
#define NEARLY_FULL	10U

static DEFINE_PER_CPU(unsigned long, off_ip);	/* P */

unsigned long preempt_off_ip(void)
{
	return this_cpu_read(off_ip);
}

static void check_overflow(unsigned int count, unsigned long ip)
{
	static bool told;

	if (likely((count & PREEMPT_MASK) < PREEMPT_MASK - NEARLY_FULL * PREEMPT_OFFSET &&
		   (count & SOFTIRQ_MASK) < SOFTIRQ_MASK - NEARLY_FULL * SOFTIRQ_OFFSET))
		return;
	if (told)
		return;
	told = true;
	bug_warn_fmt(__FILE__, __LINE__, __func__, "preempt_count 0x%08x is about to overflow, at %pS", count,
		     (void *)ip);
}

static void add(unsigned int v, unsigned long ip)
{
	if (!preempt_count())
		this_cpu_write(off_ip, ip);
	this_cpu_add(__preempt_count, v);
	barrier();
	check_overflow(preempt_count(), ip);
}

/* Whether @v can be taken off. What is taken from one field may go to another: local_bh_enable(). */
static bool can_take(unsigned int v, unsigned long ip)
{
	unsigned int count = preempt_count();

	if (likely(count >= v && (v != PREEMPT_OFFSET || count & PREEMPT_MASK)))
		return true;
	bug_warn_fmt(__FILE__, __LINE__, __func__, "preempt_count 0x%08x cannot be lowered by 0x%x, at %pS",
		     count, v, (void *)ip);
	return false;
}

static void sub(unsigned int v, unsigned long ip)
{
	barrier();
	if (can_take(v, ip))
		this_cpu_sub(__preempt_count, v);
}

/* Those that put a wrong count right add a difference, which may be negative. */
void debug_preempt_count_add(unsigned int v)
{
	if ((int)v < 0)
		sub(-v, CALLER_IP);
	else
		add(v, CALLER_IP);
}

void debug_preempt_count_sub(unsigned int v)
{
	sub(v, CALLER_IP);
}

bool debug_preempt_count_dec_and_test(void)
{
	return can_take(PREEMPT_OFFSET, CALLER_IP) && arch_this_cpu_dec_zero(__preempt_count);
}

unsigned int debug_smp_processor_id(void)
{
	if (unlikely(preemptible() && current->nr_cpus_allowed != 1 && scheduler_running()))
		bug_warn_fmt(__FILE__, __LINE__, __func__,
			     "smp_processor_id() by %s, which may be moved, at %pS", current->comm,
			     __builtin_return_address(0));
	return raw_smp_processor_id();
}
