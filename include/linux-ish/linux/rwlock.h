/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Spinning locks with many readers or one writer.
 *
 * What
 *	read_lock()	with other readers; write_lock() alone. The forms _bh, _irq and _irqsave as with
 *	spinlocks: a lock that a handler reads needs no interrupts off in readers, but does in writers.
 *
 * Contexts
 *	As spinlocks. The holder must not sleep.
 *
 * Ordering
 *	Lock is an acquire, unlock a release. Readers and writers that wait are let in in order; a reader
 *	in an interrupt does not wait behind a waiting writer, since that one may wait for the reader
 *	that was interrupted.
 *
 * Tests
 *	tests/boot/rwlock_test.c
 */
#ifndef _LINUX_RWLOCK_H
#define _LINUX_RWLOCK_H

#include <linux/rwlock_types.h>
#include <linux/spinlock.h>

#define RWLOCK_WRITER		0x0ff
#define RWLOCK_WAITING		0x100
#define RWLOCK_READER		0x200

/* kernel/locking/rwlock.c */
void queued_read_lock_slow(rwlock_t *lock);
void queued_write_lock_slow(rwlock_t *lock);

/* The word itself, without a preemption count: what is in kernel/locking/rwlock.c begins here. */
static __always_inline bool arch_read_trylock(rwlock_t *lock)
{
	int seen = atomic_read(&lock->word);

	return !(seen & (RWLOCK_WRITER | RWLOCK_WAITING)) &&
	       atomic_try_cmpxchg(&lock->word, &seen, seen + RWLOCK_READER);
}

static __always_inline bool arch_write_trylock(rwlock_t *lock)
{
	int seen = atomic_read(&lock->word);

	return seen == 0 && atomic_try_cmpxchg(&lock->word, &seen, RWLOCK_WRITER);
}

static __always_inline void arch_read_lock(rwlock_t *lock)
{
	int seen = atomic_add_return(RWLOCK_READER, &lock->word);

	if (unlikely(seen & (RWLOCK_WRITER | RWLOCK_WAITING)))
		queued_read_lock_slow(lock);
}

static __always_inline void arch_write_lock(rwlock_t *lock)
{
	int seen = 0;

	if (unlikely(!atomic_try_cmpxchg(&lock->word, &seen, RWLOCK_WRITER)))
		queued_write_lock_slow(lock);
}

static __always_inline void arch_read_unlock(rwlock_t *lock)
{
	atomic_sub_return(RWLOCK_READER, &lock->word);
}

static __always_inline void arch_write_unlock(rwlock_t *lock)
{
	smp_store_release(&lock->writer, (u8)0);
}

#ifdef CONFIG_DEBUG_SPINLOCK
/* kernel/locking/rwlock_debug.c */
void do_raw_read_lock(rwlock_t *lock);
bool do_raw_read_trylock(rwlock_t *lock);
void do_raw_read_unlock(rwlock_t *lock);
void do_raw_write_lock(rwlock_t *lock);
bool do_raw_write_trylock(rwlock_t *lock);
void do_raw_write_unlock(rwlock_t *lock);
void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class **class);
#define rwlock_init(lock) do {						\
	static struct lock_class *__class;				\
	__rwlock_init((lock), #lock, &__class);				\
} while (0)
#elif defined(CONFIG_SMP)
#define do_raw_read_lock(lock)		arch_read_lock(lock)
#define do_raw_read_trylock(lock)	arch_read_trylock(lock)
#define do_raw_read_unlock(lock)	arch_read_unlock(lock)
#define do_raw_write_lock(lock)		arch_write_lock(lock)
#define do_raw_write_trylock(lock)	arch_write_trylock(lock)
#define do_raw_write_unlock(lock)	arch_write_unlock(lock)
#define rwlock_init(lock)		((void)(*(lock) = (rwlock_t)__RW_LOCK_UNLOCKED(lock)))
#else
#define do_raw_read_lock(lock)		do { (void)(lock); barrier(); } while (0)
#define do_raw_read_trylock(lock)	({ (void)(lock); barrier(); true; })
#define do_raw_read_unlock(lock)	do { barrier(); (void)(lock); } while (0)
#define do_raw_write_lock(lock)		do_raw_read_lock(lock)
#define do_raw_write_trylock(lock)	do_raw_read_trylock(lock)
#define do_raw_write_unlock(lock)	do_raw_read_unlock(lock)
#define rwlock_init(lock)		((void)(*(lock) = (rwlock_t)__RW_LOCK_UNLOCKED(lock)))
#endif

/* Both kinds of lock have the same eleven forms; side is read or write. */
#define __BH_RWLOCK_FORMS(side)							\
static __always_inline void side##_lock(rwlock_t *lock)			\
{										\
	preempt_disable();							\
	do_raw_##side##_lock(lock);						\
}										\
static __always_inline int side##_trylock(rwlock_t *lock)			\
{										\
	preempt_disable();							\
	if (do_raw_##side##_trylock(lock))					\
		return 1;							\
	preempt_enable();							\
	return 0;								\
}										\
static __always_inline void side##_unlock(rwlock_t *lock)			\
{										\
	do_raw_##side##_unlock(lock);						\
	preempt_enable();							\
}										\
static __always_inline void side##_lock_irq(rwlock_t *lock)			\
{										\
	local_irq_disable();							\
	side##_lock(lock);							\
}										\
static __always_inline void side##_unlock_irq(rwlock_t *lock)			\
{										\
	do_raw_##side##_unlock(lock);						\
	local_irq_enable();							\
	preempt_enable();							\
}										\
static __always_inline void side##_lock_bh(rwlock_t *lock)			\
{										\
	__local_bh_disable(SOFTIRQ_LOCK_OFFSET);				\
	do_raw_##side##_lock(lock);						\
}										\
static __always_inline void side##_unlock_bh(rwlock_t *lock)			\
{										\
	do_raw_##side##_unlock(lock);						\
	__local_bh_enable(SOFTIRQ_LOCK_OFFSET);					\
}										\
static __always_inline unsigned long __##side##_lock_irqsave(rwlock_t *lock)	\
{										\
	unsigned long flags = arch_local_irq_save();				\
										\
	side##_lock(lock);							\
	return flags;								\
}										\
static __always_inline void side##_unlock_irqrestore(rwlock_t *lock, unsigned long flags) \
{										\
	do_raw_##side##_unlock(lock);						\
	arch_local_irq_restore(flags);						\
	preempt_enable();							\
}

__BH_RWLOCK_FORMS(read)
__BH_RWLOCK_FORMS(write)

#define read_lock_irqsave(lock, flags) do {				\
	__check_flags(flags);						\
	(flags) = __read_lock_irqsave(lock);				\
} while (0)
#define write_lock_irqsave(lock, flags) do {				\
	__check_flags(flags);						\
	(flags) = __write_lock_irqsave(lock);				\
} while (0)
#define write_trylock_irqsave(lock, flags) ({				\
	local_irq_save(flags);						\
	write_trylock(lock) ? 1 : ({ local_irq_restore(flags); 0; });	\
})
#define write_lock_nested(lock, subclass) write_lock(lock)

#endif
