// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spinning reader/writer locks that know who has them, for CONFIG_DEBUG_SPINLOCK.
 *
 * What
 *	As spinlock_debug.c. A writer is known by task and CPU, readers by the stack of held locks in each
 *	task: a reader may take the lock again, but not for writing, and a writer not at all.
 *
 * Tests
 *	tests/boot/lockdebug_test.c (F4)
 */
#include "lockdep_internal.h"
#include <linux/rwlock.h>

static void report(const rwlock_t *lock, const char *what, unsigned long ip)
{
	bug_warn_fmt(__FILE__, __LINE__, __func__, "rwlock %s: %s, by %s on CPU %u at %pS",
		     lock_name(&lock->debug), what, current->comm, raw_smp_processor_id(), (void *)ip);
	debug_show_held_locks(current);
}

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class **class)
{
	*lock = (rwlock_t)__RW_LOCK_UNLOCKED(lock);
	lock_debug_init(&lock->debug, name, class);
}

static bool written_here(const rwlock_t *lock)
{
	return READ_ONCE(lock->debug.owner_cpu) == (int)raw_smp_processor_id();
}

static bool is_written(rwlock_t *lock)
{
	return atomic_read(&lock->word) & RWLOCK_WRITER;
}

static void set_writer(rwlock_t *lock, unsigned long ip)
{
	WRITE_ONCE(lock->debug.owner, current);
	WRITE_ONCE(lock->debug.owner_cpu, (int)raw_smp_processor_id());
	lock_debug_acquired(&lock->debug, false, ip);
}

void do_raw_read_lock(rwlock_t *lock)
{
	unsigned long ip = CALLER_IP;

	if (unlikely(is_written(lock) && written_here(lock))) {
		report(lock, "taken for reading by its writer", ip);
		return;
	}
	lock_debug_before(&lock->debug, true, false, ip);
	arch_read_lock(lock);
	lock_debug_acquired(&lock->debug, true, ip);
}

bool do_raw_read_trylock(rwlock_t *lock)
{
	if (!arch_read_trylock(lock))
		return false;
	lock_debug_before(&lock->debug, true, true, CALLER_IP);
	lock_debug_acquired(&lock->debug, true, CALLER_IP);
	return true;
}

void do_raw_read_unlock(rwlock_t *lock)
{
	unsigned long ip = CALLER_IP;

	if (unlikely(is_written(lock) && written_here(lock))) {
		report(lock, "given back by a reader, but this CPU writes", ip);
		return;
	}
	if (unlikely(!lock_debug_release(&lock->debug, ip))) {
		report(lock, "given back by a reader that does not have it", ip);
		return;
	}
	arch_read_unlock(lock);
}

void do_raw_write_lock(rwlock_t *lock)
{
	unsigned long ip = CALLER_IP;

	if (unlikely((is_written(lock) && written_here(lock)) || lock_debug_held(&lock->debug))) {
		report(lock, "taken for writing by one who has it", ip);
		return;
	}
	lock_debug_before(&lock->debug, false, false, ip);
	arch_write_lock(lock);
	set_writer(lock, ip);
}

bool do_raw_write_trylock(rwlock_t *lock)
{
	if (!arch_write_trylock(lock))
		return false;
	lock_debug_before(&lock->debug, false, true, CALLER_IP);
	set_writer(lock, CALLER_IP);
	return true;
}

void do_raw_write_unlock(rwlock_t *lock)
{
	unsigned long ip = CALLER_IP;

	if (unlikely(!is_written(lock) || !written_here(lock))) {
		report(lock, "given back by a writer that does not have it", ip);
		return;
	}
	lock_debug_release(&lock->debug, ip);
	WRITE_ONCE(lock->debug.owner, NULL);
	WRITE_ONCE(lock->debug.owner_cpu, -1);
	arch_write_unlock(lock);
}
