// SPDX-License-Identifier: GPL-2.0-only
/*
 * The log's way out: who prints, and how lines stay whole.
 *
 * What
 *	Whoever logs a line tries to become the console's owner, and prints all that is pending. Who
 *	finds it owned leaves the line to the owner, or, where waiting is harmless, waits to take
 *	over after the line that is being printed: so nobody prints for others for long while they
 *	go on.
 *
 * Contexts
 *	console_flush(): any. Only a caller with interrupts on and outside of interrupts waits, for
 *	one line at most; an owner keeps its CPU (preemption off), and interrupts as they were.
 *
 * States of console_state		who moves it		meaning
 *	0 -> owner			anyone, cmpxchg		free; then owned
 *	owner -> owner + waiter		one waiter, cmpxchg	another CPU wants it
 *	owner + waiter -> waiter	the owner, after a line	handed over: the waiter is owner
 *	owner -> 0			the owner, cmpxchg	nothing pending
 *	0 -> HELD -> 0			console_trylock(), console_unlock()	nobody prints
 *	Panic: the first CPU that panics prints without asking; others that own it stop after their
 *	line.
 *
 * Ordering
 *	Publish a line, full barrier, look for lines and at the state; against: leave the state
 *	(full barrier), look for lines. Either the writer finds the console free, or the owner that
 *	leaves finds the line.
 *
 * Limits
 *	An owner in an interrupt prints until the ring is empty, or a task takes over.
 *
 * Tests
 *	tests/boot/printk_test.c, tests/scenario/printk.c
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/console.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kstrtox.h>
#include <linux/panic.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <arch/console.h>
#include <arch/cpu.h>
#include <bottomhalf/mark.h>

#include "ring.h"

/* CPU number + 1, in eight bits each. */
#define WAITER_SHIFT	8
#define OWNER_MASK	0xff
#define HELD		0xff	/* by no CPU: see console_trylock() */

static atomic_t console_state;
static bool panic_mode;		/* the panicking CPU's: it prints without being owner */

/* The owner's: the line that is going out, and what it has told of lost ones. */
static struct printk_record printed;
static char printed_line[LOG_LINE_MAX + 48];
static unsigned long told_lost;

/* Set by options, before there is a second CPU. */
static bool show_time = true;
static bool ignore_loglevel;

/* ---------------------------------------------------------------- one line */

static void print_lost(void)
{
	unsigned long now = log_lost();
	int n;

	if (now == told_lost)
		return;
	n = scnprintf(printed_line, sizeof(printed_line), "printk: %lu lines lost\n",
		      now - told_lost);
	told_lost = now;
	arch_console_write(printed_line, n);
}

static void print_line(const struct printk_record *record)
{
	u64 us = record->time_ns / 1000;
	int n = 0;

	if (record->level >= READ_ONCE(console_loglevel) && !ignore_loglevel)
		return;
	if (record->level != LEVEL_RAW && show_time)
		n = scnprintf(printed_line, sizeof(printed_line), "[%5llu.%06llu] ", us / 1000000,
			      us % 1000000);
	memcpy(printed_line + n, record->text, record->len);
	n += record->len;
	printed_line[n++] = '\n';
	arch_console_write(printed_line, n);
}

static void print_next(void)
{
	print_lost();
	log_pending_read(&printed);
	print_line(&printed);
	log_pending_done(&printed);
}

/* ---------------------------------------------------------------- who prints */

/* Another CPU panics: it prints, and will stop this one soon. */
static bool is_taken_by_panic(void)
{
	return panic_in_progress() && !panic_on_this_cpu();
}

static bool may_wait(void)
{
	return !irqs_disabled() && !in_interrupt();
}

/* Become the owner. @me: this CPU's number + 1, preemption off. */
static bool take_console(int me)
{
	int state = 0;

	while (!atomic_try_cmpxchg(&console_state, &state, me)) {
		/*
		 * Owned by what this one interrupted, or wanted already, or held back: the owner
		 * will see our line.
		 */
		if (!may_wait() || (state & OWNER_MASK) == me || state >> WAITER_SHIFT ||
		    state == HELD) {
			MARK("console: left to the owner");
			return false;
		}
		if (state &&
		    !atomic_try_cmpxchg(&console_state, &state, state | me << WAITER_SHIFT)) {
			state = 0;
			continue;
		}
		/*
		 * By the time that this CPU looks, the next one may wait for it already.
		 * Pairs with atomic_set_release() in hand_over().
		 */
		while ((atomic_read_acquire(&console_state) & OWNER_MASK) != me)
			arch_cpu_relax();
		return true;
	}
	return true;
}

/* The owner, with a waiter: the console is the waiter's now. */
static void hand_over(void)
{
	MARK("console: handed over");
	/* pairs with atomic_read_acquire() in take_console() */
	atomic_set_release(&console_state, atomic_read(&console_state) >> WAITER_SHIFT);
}

/* The owner prints what is pending and leaves. False if somebody else goes on. */
static bool print_pending(int me)
{
	int state = me;

	while (log_pending()) {
		print_next();
		if (is_taken_by_panic())
			return false;
		if (atomic_read(&console_state) != me) {
			hand_over();
			return false;
		}
	}
	/*
	 * A full barrier: the caller looks once more for lines; pairs with smp_mb() in
	 * console_flush().
	 */
	if (atomic_try_cmpxchg(&console_state, &state, 0))
		return true;
	hand_over();
	return false;
}

/* All the rest, with nobody else alive. */
static void print_all_in_panic(void)
{
	do {
		while (log_pending())
			print_next();
	} while (log_pending_skip());
	print_lost();
}

void console_flush(void)
{
	int me;

	if (is_taken_by_panic())
		return;
	if (panic_mode) {
		print_all_in_panic();
		return;
	}
	preempt_disable();
	me = (int)raw_smp_processor_id() + 1;
	/*
	 * The line that was just published, against the state: pairs with the cmpxchg in
	 * print_pending().
	 */
	smp_mb();
	while (log_pending() && take_console(me))
		if (!print_pending(me))
			break;
	preempt_enable();
}

int console_trylock(void)
{
	int state = 0;

	return atomic_try_cmpxchg(&console_state, &state, HELD);
}

void console_unlock(void)
{
	KASSERT(atomic_read(&console_state) == HELD);
	/*
	 * A full barrier: the console is free, then what was logged meanwhile. Pairs with smp_mb() in
	 * console_flush().
	 */
	atomic_xchg(&console_state, 0);
	console_flush();
}

void console_panic_mode(void)
{
	panic_mode = true;
	/* Somebody may have been stopped in the middle of a line. */
	if (atomic_read(&console_state))
		arch_console_write("\n", 1);
}

/* ---------------------------------------------------------------- options */

static int __init time_option(char *value)
{
	return kstrtobool(value, &show_time);
}
early_param_accepts("printk.time", time_option, "y or n");

static int __init ignore_loglevel_option(char *value)
{
	if (value)
		return -EINVAL;
	ignore_loglevel = true;
	return 0;
}
early_param_accepts("ignore_loglevel", ignore_loglevel_option, "no value");
