// SPDX-License-Identifier: GPL-2.0-only
/*
 * Are the TSCs of two CPUs in step?
 *
 * What
 *	When a CPU starts, it and the one that starts it pass a stamp to and fro. Each reads its TSC after it
 *	got the other's stamp; if its own is less, it is behind by at least that much. Nothing is
 *	corrected: emulators and today's processors are in step, and a machine that is not is told
 *	so.
 *
 * Contexts
 *	Two CPUs at the same time, preemption off on both.
 *
 * Ordering
 *	turn says whose the stamp is: written by store-release after the stamp, read by load-acquire
 *	before it, on both sides.
 *
 * Limits
 *	ROUNDS passes, ROUNDS_AGAIN when a CPU comes again; POLLS turns of waiting for the other CPU, then the test is given up in
 *	silence.
 *
 * Tests
 *	arch/x86/tests/time_test.c reads x86_tsc_warp.
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <x86/time.h>

#define ROUNDS		32
#define ROUNDS_AGAIN	4	/* it has been compared before, and comes again */
#define POLLS		1000000

u64 x86_tsc_warp;

static unsigned int turn;	/* A: even: the source's, odd: the target's */
static u64 stamp;		/* who has the turn */
static u64 worst;		/* who has the turn */
static unsigned int rounds;	/* the source, before it begins */
static struct cpumask compared;	/* the source */

static bool wait_for_turn(unsigned int number)
{
	for (unsigned int i = 0; i < POLLS; i++) {
		/* Pairs with the release in take_turn(). */
		if (smp_load_acquire(&turn) == number)
			return true;
		arch_cpu_relax();
	}
	return false;
}

/* Compare, leave our own stamp, give the turn to the other side. */
static void take_turn(unsigned int number)
{
	u64 now = x86_tsc_ordered();

	if (now < stamp && stamp - now > worst)
		worst = stamp - now;
	stamp = now;
	/* Pairs with the acquire in wait_for_turn(). */
	smp_store_release(&turn, number + 1);
}

static void pass_stamps(unsigned int first)
{
	unsigned int i = 0;

	do {
		if (!wait_for_turn(first + 2 * i))
			return;
		take_turn(first + 2 * i);
	} while (++i < rounds);
}

/* The CPU that starts another one starts the exchange by turning the turn to 0, which nobody waits for in between. */
void tsc_sync_source(unsigned int other)
{
	unsigned int this = get_cpu();

	stamp = 0;
	worst = 0;
	rounds = cpumask_test_and_set_cpu((int)other, &compared) ? ROUNDS_AGAIN : ROUNDS;
	smp_store_release(&turn, 0U);	/* pairs with the acquire in wait_for_turn() */
	pass_stamps(0);
	if (wait_for_turn(2 * rounds) && worst) {
		if (worst > x86_tsc_warp)
			x86_tsc_warp = worst;
		pr_warn("tsc: the clocks of cpu %u and cpu %u differ by %llu counts or more\n", this,
			other, worst);
	}
	put_cpu();
}

void tsc_sync_target(void)
{
	pass_stamps(1);
}
