// SPDX-License-Identifier: GPL-2.0-only
/*
 * Timers: each CPU has a wheel, which runs from TIMER_SOFTIRQ.
 *
 * What
 *	A wheel has 11 levels of 64 slots. A slot of level n stands for 64^n jiffies that begin at a
 *	multiple of 64^n. A timer that is due at jiffy e lies in the level of the highest group of six bits
 *	in which e differs from clk, the last jiffy that is done, and there in the slot which that group
 *	of e names:
 *
 *		clk  ... 000010 110100 000111		e, clk differ first in this group
 *		e    ... 000010 110110 101010				   ^^^^^^  level 1, slot 54
 *
 *	What lies in a level shares all higher groups with clk. So everything in a lower level comes before
 *	everything in a higher one, lower slots before higher ones, and no level ever wraps: the first used
 *	slot is found by a look at one word a level, however many timers there are.
 *
 *	A slot is taken when the jiffy that it begins with has ended. Then clk becomes that jiffy, and each
 *	timer of the slot is either due now and runs, or is put into the wheel again, now further down. No
 *	other rule is needed: level 0 is not special.
 *
 *	Two things are left until a slot's turn, since most timers are moved or stopped before theirs:
 *	- A timer that is set to a later time stays where it is, with only e changed.
 *	- A slot that has lost its timers stays marked as used.
 *
 * Contexts
 *	Arming and timer_delete(): any but NMI. The wheel turns in softirq context, on its own CPU.
 *	What the tick does is one comparison (timers_tick()).
 *
 * When a timer runs
 *	mod_timer(t, jiffies + n) is called somewhere within a jiffy. n whole jiffies have passed when the
 *	counter is at least jiffies + n + 1. That tick runs the timer: not early by the clock on the wall
 *	either, and late by less than one jiffy, however far away it was. A time that is past means the
 *	next tick. Timers of one jiffy run in no particular order.
 *
 * Where a timer runs
 *	Setting a timer brings it to the caller's CPU, but for three cases: add_timer_on(), it is set to the
 *	time that it has already, or its function is running elsewhere.
 *
 * States of a timer			who moves it		how
 *	idle    -> pending		mod_timer() and kin	under the lock of the base that it goes to
 *	pending -> idle			timer_delete() and kin	under its base's lock
 *	pending -> running		its CPU's softirq	under its base's lock: base->running, then off
 *								the wheel; the function is called without the lock
 *	running -> running, pending	anyone			as idle -> pending, but stays with this base
 *	running -> idle			its CPU's softirq	base->running = NULL under the lock; the timer
 *								itself is not touched: it may be freed by now
 *	idle -> shut down		timer_shutdown()	function = NULL under the lock; timer_setup()
 *								alone leads out of it
 *
 * Locks
 *	base->lock, interrupts off. Which base a timer belongs to is in its flags. To find it means to read
 *	the flags, take that base's lock, and read them again. Two bases are never locked at once: a timer
 *	that moves is marked TIMER_MIGRATING, and whoever finds the mark tries again:
 *
 *	CPU 0: mod_timer(), timer is CPU 1's		CPU 2: timer_delete()
 *	lock base 1, take timer off			read flags: CPU 1
 *	flags = CPU 1 | MIGRATING			spin on base 1's lock
 *	unlock base 1					  got it; flags have changed: unlock
 *	lock base 0					read flags: MIGRATING, read again ...
 *	flags = CPU 0, put timer in			read flags: CPU 0
 *	unlock base 0					lock base 0, flags still the same: delete
 *
 *	A timer whose function is running stays with its base, since that base alone knows that it runs.
 *	(Not so with add_timer_on(), which has to obey: who moves his own timer so is not waited for.)
 *
 *	CPU 0: softirq			CPU 1: mod_timer()		CPU 2: timer_delete_sync()
 *	running = t, t off, unlock
 *	t->function(t)			lock base 0: running == t
 *					put t into base 0 again
 *					unlock				lock base 0: running == t: wait
 *	lock, running = NULL						lock base 0: t is pending: take it off
 *
 *	When a CPU has gone, whoever took it down moves its timers to his own, one by one, in the same way.
 *
 * Ordering
 *	All of it by the locks: what was written before mod_timer() is seen by the function, and what the
 *	function wrote is seen after timer_delete_sync(). The tick reads base->next without the lock: a
 *	new value that it misses it finds a tick later, and only another CPU's can be missed.
 *
 * Limits
 *	Timers are counted in 64-bit jiffies that do not wrap. However many are moved down the wheel at
 *	once, the lock is given up after each TIMER_BATCH of them. Timers that are due are run until none
 *	is; what a function arms for a time that is past waits for the next tick, so this ends.
 *
 * Differs from Linux
 *	No loss of precision for timers that are far away (Linux: up to an eighth of the distance), and no
 *	longest time (Linux: about twelve days at HZ=1000). Deferrable timers are not deferred. A timer runs
 *	on the CPU that it was put on, also while that one is idle (Linux: one that is not pinned may be run
 *	by another CPU then). timer_delete_sync() out of the timer's own function is reported and does not
 *	wait.
 *
 * Tests
 *	tests/boot/timer_test.c, tests/scenario/timer.c
 */
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/debugobjects.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <bottomhalf/mark.h>
#include <bottomhalf/tick.h>
#include "internal.h"

/* So many timers are moved down the wheel under one lock. */
#define TIMER_BATCH	64U
#define NEVER		ULONG_MAX

DEFINE_PER_CPU_ALIGNED(struct timer_base, timer_base);

static const struct debug_obj_descr timer_kind __maybe_unused = { .name = "timer" };

enum mod_timer_mode { MOD_ANY, MOD_PENDING_ONLY, MOD_REDUCE };

/* ---- the wheel ---- */

/* The group of WHEEL_BITS bits in which a bit lies: bit / 6, for a bit below 64. */
static __always_inline unsigned int level_of_bit(unsigned int bit)
{
	return bit * 43 >> 8;
}

static __always_inline unsigned int level_shift(unsigned int level)
{
	return level * WHEEL_BITS;
}

/* Puts the timer where its time belongs. It is in no list, and belongs to this base. */
static __always_inline void wheel_insert_locked(struct timer_base *base, struct timer_list *timer)
{
	unsigned long expires = timer->expires, slot, begin;
	unsigned int level, shift;

	lockdep_assert_held(&base->lock);
	if (unlikely(time_before_eq(expires, base->clk)))
		expires = base->clk + 1;
	level = level_of_bit((unsigned int)__fls(expires ^ base->clk));
	shift = level_shift(level);
	slot = expires >> shift;
	begin = slot << shift;
	slot %= WHEEL_SLOTS;
	hlist_add_head(&timer->entry, &base->slots[level * WHEEL_SLOTS + slot]);
	base->used[level] |= 1UL << slot;
	if (begin < base->next)
		WRITE_ONCE(base->next, begin);
	debug_object_activate(timer, &timer_kind, timer->function);
}

/*
 * Takes the timer out of its list, to put it into another. Who asks timer_pending() without the lock
 * meanwhile is still told that it is: it goes on to run.
 */
static __always_inline void wheel_take_locked(struct timer_base *base, struct timer_list *timer)
{
	lockdep_assert_held(&base->lock);
	__hlist_del(&timer->entry);
}

static __always_inline void wheel_remove_locked(struct timer_base *base, struct timer_list *timer)
{
	wheel_take_locked(base, timer);
	debug_object_deactivate(timer, &timer_kind);
	WRITE_ONCE(timer->entry.pprev, NULL);
}

static struct hlist_head *wheel_slot(struct timer_base *base, unsigned int level, unsigned int slot)
{
	return &base->slots[level * WHEEL_SLOTS + slot];
}

/* Where a slot that is marked as used begins. */
static unsigned long wheel_slot_begin(const struct timer_base *base, unsigned int level, unsigned int slot)
{
	unsigned int shift = level_shift(level);

	return (((base->clk >> shift) & ~(WHEEL_SLOTS - 1UL)) | slot) << shift;
}

/* Finds the first used slot. False: none is. */
static bool wheel_first_used(const struct timer_base *base, unsigned int *level, unsigned int *slot)
{
	for (*level = 0; *level < WHEEL_LEVELS; ++*level) {
		if (base->used[*level]) {
			*slot = (unsigned int)__ffs(base->used[*level]);
			return true;
		}
	}
	return false;
}

/* Takes the first used slot's timers, and turns the wheel to where it begins. */
static void wheel_turn_locked(struct timer_base *base, struct hlist_head *timers)
{
	unsigned int level, slot;

	KASSERT(wheel_first_used(base, &level, &slot));
	KASSERT(wheel_slot_begin(base, level, slot) == base->next);
	base->clk = base->next;
	hlist_move_list(wheel_slot(base, level, slot), timers);
	base->used[level] &= ~(1UL << slot);
}

/* Finds the new first slot that holds timers; those that have lost theirs are in use no more. */
static void wheel_find_next_locked(struct timer_base *base)
{
	unsigned int level, slot;

	while (wheel_first_used(base, &level, &slot)) {
		if (!hlist_empty(wheel_slot(base, level, slot))) {
			WRITE_ONCE(base->next, wheel_slot_begin(base, level, slot));
			return;
		}
		base->used[level] &= ~(1UL << slot);
	}
	WRITE_ONCE(base->next, NEVER);
}

/* ---- setting a timer ---- */

static __always_inline struct timer_base *base_of(u32 flags)
{
	return per_cpu_ptr(&timer_base, flags & TIMER_CPUMASK);
}

/* Locks the base that the timer belongs to. */
static __always_inline struct timer_base *lock_timer_base(struct timer_list *timer, unsigned long *irqflags)
{
	for (;;) {
		u32 flags = READ_ONCE(timer->flags);
		struct timer_base *base = base_of(flags);

		if (likely(!(flags & TIMER_MIGRATING))) {
			raw_spin_lock_irqsave(&base->lock, *irqflags);
			if (likely(READ_ONCE(timer->flags) == flags))
				return base;
			MARK("timer: moved to another base while we took the lock");
			raw_spin_unlock_irqrestore(&base->lock, *irqflags);
		}
		arch_cpu_relax();
	}
}

/* Gives the timer, which is in no list, from one base to another. Both are locked, one after the other. */
static noinline struct timer_base *migrate_timer(struct timer_list *timer, struct timer_base *from, unsigned int cpu)
{
	struct timer_base *to = base_of(cpu);
	u32 flags = timer->flags & ~TIMER_BASEMASK;

	WRITE_ONCE(timer->flags, timer->flags | TIMER_MIGRATING);
	raw_spin_unlock(&from->lock);
	raw_spin_lock(&to->lock);
	WRITE_ONCE(timer->flags, flags | cpu);
	return to;
}

/* What is left to do when the timer's base is locked. Return: the base that is locked then. */
static __always_inline struct timer_base *set_timer_locked(struct timer_base *base, struct timer_list *timer,
							    unsigned long expires, enum mod_timer_mode mode,
							    bool pending, bool here)
{
	if (unlikely(!timer->function) || (mode == MOD_PENDING_ONLY && !pending))
		return base;
	if (pending) {
		bool later = time_after_eq(expires, timer->expires);

		if (mode == MOD_REDUCE && later)
			return base;
		if (later && here) {
			/* Its slot comes before that time: it is put right then. */
			WRITE_ONCE(timer->expires, expires);
			return base;
		}
		wheel_take_locked(base, timer);
	}
	if (!here) {
		if (likely(base->running != timer))
			base = migrate_timer(timer, base, raw_smp_processor_id());
		else
			MARK("timer: set while its function runs on another CPU");
	}
	WRITE_ONCE(timer->expires, expires);
	wheel_insert_locked(base, timer);
	return base;
}

/*
 * The timer was another CPU's, or on its way to one, or somebody has this CPU's lock. Interrupts are off;
 * @irqflags says how to leave them.
 */
static noinline int set_timer_slow(struct timer_list *timer, unsigned long expires, enum mod_timer_mode mode,
				   unsigned long irqflags)
{
	unsigned long off;
	struct timer_base *base = lock_timer_base(timer, &off);
	bool pending = timer_pending(timer);

	base = set_timer_locked(base, timer, expires, mode, pending, base == this_cpu_ptr(&timer_base));
	raw_spin_unlock_irqrestore(&base->lock, irqflags);
	return pending;
}

static __always_inline int set_timer(struct timer_list *timer, unsigned long expires, enum mod_timer_mode mode)
{
	struct timer_base *here;
	unsigned long irqflags;
	int pending;

	/* Without the lock: if it stops being pending right now, this came before. */
	if (timer_pending(timer) && READ_ONCE(timer->expires) == expires)
		return 1;
	/*
	 * Most timers are set on the CPU that they are on already, and nobody else wants its lock. With that
	 * held, flags that name this CPU cannot change. While interrupts are off nothing preempts, and nothing
	 * here wakes a task, so the preempt count is left alone. Both ways out are last calls: this way
	 * needs to save no registers.
	 */
	local_irq_save(irqflags);
	here = this_cpu_ptr(&timer_base);
	if (unlikely(!do_raw_spin_trylock(&here->lock)))
		return set_timer_slow(timer, expires, mode, irqflags);
	if (unlikely((READ_ONCE(timer->flags) & TIMER_BASEMASK) != here->cpu)) {
		do_raw_spin_unlock(&here->lock);
		return set_timer_slow(timer, expires, mode, irqflags);
	}
	pending = timer_pending(timer);
	set_timer_locked(here, timer, expires, mode, pending, true);
	do_raw_spin_unlock(&here->lock);
	local_irq_restore(irqflags);
	return pending;
}

int mod_timer(struct timer_list *timer, unsigned long expires)
{
	return set_timer(timer, expires, MOD_ANY);
}

int mod_timer_pending(struct timer_list *timer, unsigned long expires)
{
	return set_timer(timer, expires, MOD_PENDING_ONLY);
}

int timer_reduce(struct timer_list *timer, unsigned long expires)
{
	return set_timer(timer, expires, MOD_REDUCE);
}

void add_timer(struct timer_list *timer)
{
	if (!WARN(timer_pending(timer), "add_timer: %ps is pending already\n", timer->function))
		mod_timer(timer, timer->expires);
}

void add_timer_on(struct timer_list *timer, int cpu)
{
	struct timer_base *base;
	unsigned long irqflags;

	if (WARN(timer_pending(timer), "add_timer_on: %ps is pending already\n", timer->function) ||
	    WARN(!cpu_online((unsigned int)cpu), "add_timer_on: CPU %d is not online\n", cpu))
		return;
	base = lock_timer_base(timer, &irqflags);
	if (timer->function) {
		if (base != base_of((u32)cpu))
			base = migrate_timer(timer, base, (unsigned int)cpu);
		wheel_insert_locked(base, timer);
	}
	raw_spin_unlock_irqrestore(&base->lock, irqflags);
}

/* Nobody else may use the timer meanwhile: it is not pending. */
void add_timer_local(struct timer_list *timer)
{
	WRITE_ONCE(timer->flags, timer->flags | TIMER_PINNED);
	add_timer(timer);
}

void add_timer_global(struct timer_list *timer)
{
	WRITE_ONCE(timer->flags, timer->flags & ~TIMER_PINNED);
	add_timer(timer);
}

/* ---- stopping a timer ---- */

/* Return: whether it was pending. */
static __always_inline int stop_locked(struct timer_base *base, struct timer_list *timer, bool shutdown)
{
	int pending = timer_pending(timer);

	if (pending)
		wheel_remove_locked(base, timer);
	if (shutdown)
		timer->function = NULL;
	return pending;
}

static __always_inline int delete_timer(struct timer_list *timer, bool shutdown)
{
	struct timer_base *base;
	unsigned long irqflags;
	int pending;

	/* Without the lock: if somebody sets it right now, that came after. */
	if (!shutdown && !timer_pending(timer))
		return 0;
	base = lock_timer_base(timer, &irqflags);
	pending = stop_locked(base, timer, shutdown);
	raw_spin_unlock_irqrestore(&base->lock, irqflags);
	return pending;
}

int timer_delete(struct timer_list *timer)
{
	return delete_timer(timer, false);
}

int timer_shutdown(struct timer_list *timer)
{
	return delete_timer(timer, true);
}

static __always_inline int try_delete_timer(struct timer_list *timer, bool shutdown)
{
	struct timer_base *base;
	unsigned long irqflags;
	int pending = -1;

	base = lock_timer_base(timer, &irqflags);
	if (likely(base->running != timer))
		pending = stop_locked(base, timer, shutdown);
	raw_spin_unlock_irqrestore(&base->lock, irqflags);
	return pending;
}

int try_to_del_timer_sync(struct timer_list *timer)
{
	return try_delete_timer(timer, false);
}

/*
 * Whether the timer's function is what this code interrupted, or is called by: nothing but this CPU sets
 * its running to anything but NULL, and it does not while we are here.
 */
static bool timer_runs_below_us(struct timer_list *timer)
{
	return READ_ONCE(raw_cpu_ptr(&timer_base)->running) == timer && in_interrupt();
}

static noinline int delete_timer_when_done(struct timer_list *timer, bool shutdown)
{
	int pending;

	do {
		if (WARN(timer_runs_below_us(timer),
			 "timer: %ps would wait for itself for ever; it is stopped, but not waited for\n",
			 timer->function))
			return delete_timer(timer, shutdown);
		MARK("timer: delete waits for the function");
		arch_cpu_relax();
		pending = try_delete_timer(timer, shutdown);
	} while (pending < 0);
	return pending;
}

static __always_inline int delete_timer_sync(struct timer_list *timer, bool shutdown)
{
	int pending;

	/* An interrupt that comes on top of the function would wait for it for ever. */
	WARN_ONCE(in_hardirq() && !(READ_ONCE(timer->flags) & TIMER_IRQSAFE),
		  "timer: %ps is stopped and waited for in a hard interrupt\n", timer->function);
	pending = try_delete_timer(timer, shutdown);
	return likely(pending >= 0) ? pending : delete_timer_when_done(timer, shutdown);
}

int timer_delete_sync(struct timer_list *timer)
{
	return delete_timer_sync(timer, false);
}

int timer_shutdown_sync(struct timer_list *timer)
{
	return delete_timer_sync(timer, true);
}

/* ---- the softirq ---- */

static __cold noinline void report_preempt_leak(void (*function)(struct timer_list *), unsigned int before)
{
	unsigned int after = preempt_count();

	preempt_count_sub(after - before);
	WARN(1, "timer: %ps changed the preempt count from 0x%x to 0x%x\n", function, before, after);
}

/* Calls the function, without the lock. */
static void run_timer_locked(struct timer_base *base, struct timer_list *timer)
{
	void (*function)(struct timer_list *timer) = timer->function;
	bool irqs_off = timer->flags & TIMER_IRQSAFE;
	unsigned int count;

	base->running = timer;
	wheel_remove_locked(base, timer);
	raw_spin_unlock(&base->lock);
	if (!irqs_off)
		local_irq_enable();
	count = preempt_count();
	function(timer);
	/* The timer may be freed by now. */
	if (unlikely(preempt_count() != count))
		report_preempt_leak(function, count);
	local_irq_disable();
	raw_spin_lock(&base->lock);
	base->running = NULL;
}

/* The slot that base->next names: run what is due, put the rest further down. */
static void run_slot_locked(struct timer_base *base)
{
	struct hlist_head timers;
	unsigned int moved = 0;

	wheel_turn_locked(base, &timers);
	while (!hlist_empty(&timers)) {
		struct timer_list *timer = hlist_entry(timers.first, struct timer_list, entry);

		if (time_before_eq(timer->expires, base->clk)) {
			run_timer_locked(base, timer);
			continue;
		}
		wheel_take_locked(base, timer);
		wheel_insert_locked(base, timer);
		if (++moved % TIMER_BATCH == 0) {
			/* Whoever deletes a timer meanwhile finds it in @timers by its links. */
			raw_spin_unlock_irq(&base->lock);
			raw_spin_lock_irq(&base->lock);
		}
	}
	wheel_find_next_locked(base);
}

/*
 * Nothing happens before the first used slot's time, so the jiffies before it are done: the nearer clk is,
 * the lower the levels of new timers. Jiffy @now goes on and is not done.
 */
static void wheel_forward_locked(struct timer_base *base, unsigned long now)
{
	if (now <= base->next)
		base->clk = now - 1;
}

/* Runs all timers that are due when jiffy @now has begun. Softirq context, on the base's own CPU. */
void timer_base_run(struct timer_base *base, unsigned long now)
{
	raw_spin_lock_irq(&base->lock);
	while (base->next < now)
		run_slot_locked(base);
	wheel_forward_locked(base, now);
	raw_spin_unlock_irq(&base->lock);
}

/* ---- a CPU goes ---- */

/* One timer of a base that nobody turns any more comes to this CPU. Return: whether there was one. */
static bool adopt_one(struct timer_base *from)
{
	struct timer_base *base = from;
	struct timer_list *timer;
	unsigned int level, slot;
	unsigned long flags;

	raw_spin_lock_irqsave(&from->lock, flags);
	wheel_find_next_locked(from);
	if (!wheel_first_used(from, &level, &slot)) {
		raw_spin_unlock_irqrestore(&from->lock, flags);
		return false;
	}
	MARK("timer: moved from a CPU that went");
	timer = hlist_entry(wheel_slot(from, level, slot)->first, struct timer_list, entry);
	wheel_take_locked(from, timer);
	base = migrate_timer(timer, from, raw_smp_processor_id());
	wheel_insert_locked(base, timer);
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return true;
}

/* @cpu is dead: its timers come here, those that were to stay there, too. */
static int timers_dead_cpu(unsigned int cpu)
{
	struct timer_base *base = per_cpu_ptr(&timer_base, cpu);

	KASSERT(!base->running);
	while (adopt_one(base))
		;
	return 0;
}

/* It comes: the jiffies that it has missed are done, as nothing was there to be done in them. */
static int timers_prepare_cpu(unsigned int cpu)
{
	struct timer_base *base = per_cpu_ptr(&timer_base, cpu);
	unsigned long flags;

	raw_spin_lock_irqsave(&base->lock, flags);
	wheel_forward_locked(base, jiffies);
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return 0;
}

static int __init timers_hotplug_init(void)
{
	return cpuhp_setup_state_nocalls(CPUHP_TIMERS_PREPARE, "timers:dead", timers_prepare_cpu,
					 timers_dead_cpu);
}
core_initcall(timers_hotplug_init);

/* What becomes due meanwhile is for the next tick, which finds base->next past. */
static void run_timer_softirq(void)
{
	timer_base_run(this_cpu_ptr(&timer_base), jiffies);
}

/* ---- setting up ---- */

void timer_init_key(struct timer_list *timer, void (*function)(struct timer_list *timer), unsigned int flags)
{
	debug_object_init(timer, &timer_kind);
	timer->entry.pprev = NULL;
	timer->function = function;
	timer->flags = (flags & TIMER_INIT_FLAGS) | raw_smp_processor_id();
}

void timer_destroy_on_stack(struct timer_list *timer)
{
	if (WARN(timer_pending(timer), "timer: %ps is pending while its stack frame goes\n", timer->function))
		timer_delete(timer);
}

/* @base is zeroed memory. */
void timer_base_init(struct timer_base *base, unsigned int cpu, unsigned long now)
{
	raw_spin_lock_init(&base->lock);
	base->cpu = cpu;
	base->clk = now - 1;
	base->next = NEVER;
}

/* Puts a timer that is set up, and in no base, into this one at timer->expires. */
void timer_base_add(struct timer_base *base, struct timer_list *timer)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&base->lock, flags);
	wheel_insert_locked(base, timer);
	raw_spin_unlock_irqrestore(&base->lock, flags);
}

void timers_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		timer_base_init(per_cpu_ptr(&timer_base, cpu), cpu, jiffies);
	open_softirq(TIMER_SOFTIRQ, run_timer_softirq);
}

/* ---- whole seconds ---- */

static unsigned long round_to_second(unsigned long j, bool up)
{
	unsigned long past = j % HZ, rounded;

	rounded = past < HZ / 4 && !up ? j - past : j - past + HZ;
	return time_is_after_jiffies(rounded) ? rounded : j;
}

unsigned long round_jiffies(unsigned long j)
{
	return round_to_second(j, false);
}

unsigned long round_jiffies_up(unsigned long j)
{
	return round_to_second(j, j % HZ != 0);
}

unsigned long round_jiffies_relative(unsigned long j)
{
	unsigned long now = jiffies;

	return round_to_second(now + j, false) - now;
}

unsigned long round_jiffies_up_relative(unsigned long j)
{
	unsigned long now = jiffies;

	return round_jiffies_up(now + j) - now;
}
