// SPDX-License-Identifier: GPL-2.0-only
/*
 * The slow paths of spinning reader/writer locks.
 *
 * What
 *	One word holds a writer's byte, a bit that says "a writer waits", and the number of readers. The fast
 *	paths, in <linux/rwlock.h>, succeed while nobody is in the way. Who must wait stands in line, one
 *	spinlock for readers and writers; the first in line waits for the word. A writer that is first
 *	sets the WAITING bit, so that readers who come now go into the line, behind it.
 *
 *	A reader in an interrupt does not stand in line, and does not mind WAITING: it may have interrupted
 *	a reader for which the waiting writer waits. It waits for a writer that is in, and for nobody else.
 *
 * States of the word	W writer's byte, T waiting bit, n readers
 *	W=0 T=0 n -> n+1	a reader comes; n+1 -> n it goes
 *	0 -> W			a writer comes; W=1 -> 0 it goes, by a store to the byte
 *	T=0 -> T=1		the writer that is first in line
 *	T=1 n=0 -> W		the same, when the last reader has gone
 *	Readers count themselves first, and look then: those who have to wait take it back, unless they are in
 *	an interrupt or first in line.
 *
 * Contexts
 *	Any.
 *
 * Ordering
 *	Loads that end a wait are acquires, and pair with the unlocks: a release store of the writer's
 *	byte, an atomic subtraction by readers.
 *
 * Tests
 *	tests/boot/rwlock_test.c
 */
#include <linux/rwlock.h>
#include <linux/preempt.h>
#include <arch/cpu.h>

/* Pairs with arch_write_unlock(). */
static void wait_for_writer_to_leave(rwlock_t *lock)
{
	while (atomic_read_acquire(&lock->word) & RWLOCK_WRITER)
		arch_cpu_relax();
}

/**
 * queued_read_lock_slow - a reader that is counted already, but met a writer
 * @lock: the lock
 *
 * Context: any, preemption off.
 */
void queued_read_lock_slow(rwlock_t *lock)
{
	if (in_interrupt()) {
		wait_for_writer_to_leave(lock);
		return;
	}
	/* A writer may be first in line, and wait for all readers: do not be one meanwhile. */
	atomic_sub(RWLOCK_READER, &lock->word);
	arch_spin_lock(&lock->line);
	atomic_add(RWLOCK_READER, &lock->word);
	/* First in line: only a writer that is in, or slipped in by the fast path, is in the way. */
	wait_for_writer_to_leave(lock);
	arch_spin_unlock(&lock->line);
}

/* First in line. Readers that are in, or come in interrupts, keep it up; nobody else does. */
static void wait_for_all_to_leave(rwlock_t *lock)
{
	int alone = RWLOCK_WAITING;

	atomic_or(RWLOCK_WAITING, &lock->word);
	/* Pairs with both unlocks. */
	while (atomic_read_acquire(&lock->word) != RWLOCK_WAITING ||
	       !atomic_try_cmpxchg(&lock->word, &alone, RWLOCK_WRITER)) {
		alone = RWLOCK_WAITING;
		arch_cpu_relax();
	}
}

/**
 * queued_write_lock_slow - a writer that found somebody in
 * @lock: the lock
 *
 * Context: any, preemption off.
 */
void queued_write_lock_slow(rwlock_t *lock)
{
	arch_spin_lock(&lock->line);
	if (!arch_write_trylock(lock))
		wait_for_all_to_leave(lock);
	arch_spin_unlock(&lock->line);
}
