// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spinning locks that know their owner, and say so when they are used wrongly.
 *
 * What
 *	CONFIG_DEBUG_SPINLOCK puts these functions in place of the inline ones. Reported, and survived:
 *	  taken twice		by the CPU that has it: the second one is not taken, it would spin for ever
 *	  given back, not held	nothing is given back
 *	  given back by another	the same
 *	  never initialised	zeroed memory: initialised then and there
 *	What is held, in which order and context, is in held.c and lockdep.c.
 *
 * Contexts
 *	Any.
 *
 * Locks
 *	owner and owner_cpu are written by whoever has the lock. Others read them to compare with themselves:
 *	a stale value never is.
 *
 * Tests
 *	tests/boot/lockdebug_test.c (F4)
 */
#include "lockdep_internal.h"
#include <linux/printk.h>

static void report(const raw_spinlock_t *lock, const char *what, unsigned long ip)
{
	const struct task_struct *owner = READ_ONCE(lock->debug.owner);
	int cpu = READ_ONCE(lock->debug.owner_cpu);

	bug_warn_fmt(__FILE__, __LINE__, __func__,
		     "spinlock %s: %s, by %s on CPU %u at %pS; held by %s on CPU %d", lock_name(&lock->debug), what, current->comm, raw_smp_processor_id(), (void *)ip,
		     owner ? owner->comm : "nobody", cpu);
	debug_show_held_locks(current);
}

static bool held_here(const raw_spinlock_t *lock)
{
	return READ_ONCE(lock->debug.owner_cpu) == (int)raw_smp_processor_id() ||
	       READ_ONCE(lock->debug.owner) == current;
}

static void check_initialised(raw_spinlock_t *lock, unsigned long ip)
{
	if (likely(lock->debug.name))
		return;
	lock->debug.owner_cpu = -1;
	report(lock, "never initialised", ip);
	lock->debug.name = "never initialised";
}

static void take(raw_spinlock_t *lock, unsigned long ip)
{
	WRITE_ONCE(lock->debug.owner, current);
	WRITE_ONCE(lock->debug.owner_cpu, (int)raw_smp_processor_id());
	lock_debug_acquired(&lock->debug, false, ip);
}

void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class **class)
{
	*lock = (raw_spinlock_t)__RAW_SPIN_LOCK_UNLOCKED(lock);
	lock_debug_init(&lock->debug, name, class);
}

void debug_spin_lock(raw_spinlock_t *lock)
{
	unsigned long ip = CALLER_IP;

	check_initialised(lock, ip);
	if (unlikely(arch_spin_is_locked(&lock->raw_lock) && held_here(lock))) {
		report(lock, "taken twice", ip);
		return;
	}
	lock_debug_before(&lock->debug, false, false, ip);
	arch_spin_lock(&lock->raw_lock);
	take(lock, ip);
}

bool debug_spin_trylock(raw_spinlock_t *lock)
{
	unsigned long ip = CALLER_IP;

	check_initialised(lock, ip);
	if (!arch_spin_trylock(&lock->raw_lock))
		return false;
	lock_debug_before(&lock->debug, false, true, ip);
	take(lock, ip);
	return true;
}

void debug_spin_unlock(raw_spinlock_t *lock)
{
	unsigned long ip = CALLER_IP;

	if (unlikely(!arch_spin_is_locked(&lock->raw_lock))) {
		report(lock, "given back, but nobody has it", ip);
		return;
	}
	if (unlikely(!held_here(lock))) {
		report(lock, "given back, but another has it", ip);
		return;
	}
	lock_debug_release(&lock->debug, ip);
	WRITE_ONCE(lock->debug.owner, NULL);
	WRITE_ONCE(lock->debug.owner_cpu, -1);
	arch_spin_unlock(&lock->raw_lock);
}
