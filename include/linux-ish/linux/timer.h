/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel timers: a function that runs once, in softirq context, when a number of jiffies has passed.
 *
 * What
 *	timer_setup()		names the function
 *	mod_timer()		starts it, or moves it; the usual way
 *	timer_delete_sync()	stops it, and waits until its function is not running
 *	A timer that is set to jiffies + n runs in the tick after n whole jiffies have passed: never
 *	early, at most one jiffy late (and the time of the softirqs before it). It runs on the CPU that
 *	armed it last. It may arm itself again, and may free itself.
 *
 * Contexts
 *	arming and timer_delete(): any but NMI.  timer_delete_sync(): any but hard IRQ (TIMER_IRQSAFE
 *	timers: there too) and the timer's own function.  the function: softirq, must not sleep.
 *
 * Follows Linux, include/linux/timer.h; Linux Device Drivers, chapter 7. Differences from Linux and how
 * it works: kernel/time/timer.c.
 */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/ktime.h>
#include <linux/smp.h>

/**
 * struct timer_list - a timer
 * @entry: its place in the wheel; entry.pprev is NULL when it is in none
 * @expires: the jiffy after whose end it runs
 * @function: what runs; NULL once shut down
 * @flags: TIMER_*, and the CPU in whose wheel it is or was last
 *
 * Embed it; do not touch its members but @expires before add_timer().
 */
struct timer_list {
	struct hlist_node entry;			/* L: the wheel's lock */
	unsigned long expires;				/* L */
	void (*function)(struct timer_list *timer);	/* L */
	u32 flags;					/* L, and A: read to find the lock */
};

#define TIMER_CPUMASK		0x0003ffff
#define TIMER_MIGRATING		0x00040000	/* in no wheel just now: on its way to another */
#define TIMER_BASEMASK		(TIMER_CPUMASK | TIMER_MIGRATING)
#define TIMER_DEFERRABLE	0x00080000	/* accepted: there is no tickless idle to defer to */
#define TIMER_PINNED		0x00100000	/* accepted: every timer runs on the CPU that armed it */
#define TIMER_IRQSAFE		0x00200000	/* the function runs with interrupts off */
#define TIMER_INIT_FLAGS	(TIMER_DEFERRABLE | TIMER_PINNED | TIMER_IRQSAFE)

#define __TIMER_INITIALIZER(fn, flag) { .function = (fn), .flags = (flag) }

/** DEFINE_TIMER - define and set up a timer at compile time */
#define DEFINE_TIMER(name, fn) \
	struct timer_list name = __TIMER_INITIALIZER(fn, 0)

/* Debug builds complain when the timer is queued already. kernel/time/timer.c */
void timer_init_key(struct timer_list *timer, void (*function)(struct timer_list *timer),
		    unsigned int flags);

/**
 * timer_setup - make a timer ready for use
 * @timer: the timer; must not be pending
 * @callback: void (*)(struct timer_list *)
 * @flags: 0, or TIMER_DEFERRABLE, TIMER_PINNED, TIMER_IRQSAFE
 *
 * Context: any.
 */
#define timer_setup(timer, callback, flags)	timer_init_key((timer), (callback), (flags))
/** timer_setup_on_stack - the same for one on the stack; ends with timer_destroy_on_stack() */
#define timer_setup_on_stack(timer, callback, flags) timer_init_key((timer), (callback), (flags))

/** timer_destroy_on_stack - its frame is about to go: report it if it is still pending. Context: any. */
void timer_destroy_on_stack(struct timer_list *timer);
#define destroy_timer_on_stack(timer)		timer_destroy_on_stack(timer)

/** from_timer, timer_container_of - the structure that a callback's timer is a member of */
#define timer_container_of(var, callback_timer, timer_fieldname) \
	container_of(callback_timer, typeof(*var), timer_fieldname)
#define from_timer(var, callback_timer, timer_fieldname) \
	timer_container_of(var, callback_timer, timer_fieldname)

/**
 * timer_pending - whether the timer waits to run
 * @timer: the timer
 *
 * Context: any. Stale at once unless the caller keeps others away. False while the function runs, unless
 * it was armed again.
 */
static inline bool timer_pending(const struct timer_list *timer)
{
	return READ_ONCE(timer->entry.pprev) != NULL;
}

/**
 * mod_timer - start a timer, or give a pending one another time
 * @timer: set up
 * @expires: a time in jiffies; one that is past means the next tick
 *
 * Context: any but NMI. Takes effect at once, also while the function runs.
 * Return: 1 if it was pending, 0 if not (or shut down, when nothing happens).
 */
int mod_timer(struct timer_list *timer, unsigned long expires);

/** mod_timer_pending - mod_timer() of a pending timer; nothing for one that is not. Context, Return: same. */
int mod_timer_pending(struct timer_list *timer, unsigned long expires);

/** timer_reduce - mod_timer(), but a pending timer is only ever moved to an earlier time. Same otherwise. */
int timer_reduce(struct timer_list *timer, unsigned long expires);

/**
 * add_timer - start a timer at timer->expires
 * @timer: set up, not pending (else reported, and left as it is)
 *
 * Context: any but NMI.
 */
void add_timer(struct timer_list *timer);

/**
 * add_timer_on - the same, to run on @cpu
 * @timer: not pending
 * @cpu: online
 *
 * Out of the timer's own function, to another CPU: timer_delete_sync() does not wait for that run then, as
 * on Linux. Context: any but NMI.
 */
void add_timer_on(struct timer_list *timer, int cpu);
/** add_timer_local, add_timer_global - add_timer() with TIMER_PINNED set or cleared first. */
void add_timer_local(struct timer_list *timer);
void add_timer_global(struct timer_list *timer);

/**
 * timer_delete - stop a timer; its function may still be running on another CPU, and may arm it again
 * @timer: set up
 *
 * Context: any but NMI.
 * Return: 1 if it was pending, else 0.
 */
int timer_delete(struct timer_list *timer);

/**
 * timer_delete_sync - stop a timer and wait until its function is not running on any CPU
 * @timer: set up
 *
 * Context: any but NMI and hard IRQ (TIMER_IRQSAFE timers: hard IRQ too). Spins. The caller holds no lock
 * that the function takes, is not the function, and keeps others (the function is allowed) from arming it.
 * Return: 1 if it was pending, else 0.
 */
int timer_delete_sync(struct timer_list *timer);

/**
 * try_to_del_timer_sync - stop a timer unless its function is running right now
 * @timer: set up
 *
 * Context: any but NMI.
 * Return: 1 if it was pending, 0 if not, -1 if the function is running (then nothing is changed).
 */
int try_to_del_timer_sync(struct timer_list *timer);
#define timer_delete_sync_try(timer)	try_to_del_timer_sync(timer)

/** timer_shutdown - timer_delete(), and no call will ever arm it again (until set up anew) */
int timer_shutdown(struct timer_list *timer);
/** timer_shutdown_sync - timer_delete_sync(), and no call will ever arm it again (until set up anew) */
int timer_shutdown_sync(struct timer_list *timer);

/* Names older than 6.12's. */
static inline int del_timer(struct timer_list *timer) { return timer_delete(timer); }
static inline int del_timer_sync(struct timer_list *timer) { return timer_delete_sync(timer); }
#define del_singleshot_timer_sync(timer)	timer_delete_sync(timer)

/**
 * round_jiffies - a time near @j that is a whole second, so that timers which need no precision go together
 * @j: an absolute time in jiffies
 *
 * Context: any.
 * Return: up to a quarter of a second before @j or three after, but never a time that is past.
 */
unsigned long round_jiffies(unsigned long j);
/** round_jiffies_up - the same, never before @j */
unsigned long round_jiffies_up(unsigned long j);
/** round_jiffies_relative, round_jiffies_up_relative - the same for a time counted from now */
unsigned long round_jiffies_relative(unsigned long j);
unsigned long round_jiffies_up_relative(unsigned long j);
#define __round_jiffies(j, cpu)			round_jiffies(j)
#define __round_jiffies_up(j, cpu)		round_jiffies_up(j)
#define __round_jiffies_relative(j, cpu)	round_jiffies_relative(j)
#define __round_jiffies_up_relative(j, cpu)	round_jiffies_up_relative(j)

/** sysrq_timer_list_show - print each CPU's pending timers, with their functions. Context: any but NMI. */
void sysrq_timer_list_show(void);

#endif
