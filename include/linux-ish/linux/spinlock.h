/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Spinning locks.
 *
 * What
 *	spin_lock()		data shared between tasks, or within one kind of context
 *	spin_lock_bh()		data shared with a softirq or tasklet
 *	spin_lock_irq[save]()	data shared with a hard-interrupt handler
 *	The holder must not sleep. raw_spinlock_t and spinlock_t are the same here; the raw form is for
 *	the scheduler and what is below it.
 *
 * Ordering
 *	Lock is an acquire, unlock a release.
 *
 * Differs from Linux
 *	Without SMP the locks vanish but for preemption and interrupts, as on Linux. Debug builds
 *	(DEBUG_SPINLOCK) keep the word on UP too, so a double lock is caught there.
 *
 * Tests
 *	tests/boot/lockdebug_test.c, tests/scenario/spinlock.c
 */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <linux/spinlock_types.h>
#include <linux/preempt.h>
#include <linux/irqflags.h>
#include <linux/bottom_half.h>
#include <linux/atomic.h>
#include <linux/bug.h>
#include <arch/cpu.h>

/* The slow path: wait in line. kernel/locking/spinlock.c */
void queued_spin_lock_slow(arch_spinlock_t *lock);

/* The word itself, without a preemption count: what is in kernel/locking/spinlock.c begins here. */
static __always_inline void arch_spin_lock(arch_spinlock_t *lock)
{
	u32 expected = 0;

	if (likely(try_cmpxchg(&lock->word, &expected, 1U)))
		return;
	arch_slow_call(queued_spin_lock_slow, lock);
}

static __always_inline bool arch_spin_trylock(arch_spinlock_t *lock)
{
	u32 expected = 0;

	return READ_ONCE(lock->word) == 0 && try_cmpxchg(&lock->word, &expected, 1U);
}

static __always_inline void arch_spin_unlock(arch_spinlock_t *lock)
{
	smp_store_release(&lock->locked, (u8)0);
}

#define arch_spin_is_locked(lock)	(READ_ONCE((lock)->word) != 0)

#ifdef CONFIG_DEBUG_SPINLOCK
/* kernel/locking/spinlock_debug.c: the same with owner, order and context checked, misuse named. */
void debug_spin_lock(raw_spinlock_t *lock);
bool debug_spin_trylock(raw_spinlock_t *lock);
void debug_spin_unlock(raw_spinlock_t *lock);
void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class **class);
#define do_raw_spin_lock(lock)		debug_spin_lock(lock)
#define do_raw_spin_trylock(lock)	debug_spin_trylock(lock)
#define do_raw_spin_unlock(lock)	debug_spin_unlock(lock)
#define raw_spin_lock_init(lock) do {					\
	static struct lock_class *__class;				\
	__raw_spin_lock_init((lock), #lock, &__class);			\
} while (0)
#define raw_spin_is_locked(lock)	arch_spin_is_locked(&(lock)->raw_lock)
#elif defined(CONFIG_SMP)
#define do_raw_spin_lock(lock)		arch_spin_lock(&(lock)->raw_lock)
#define do_raw_spin_trylock(lock)	arch_spin_trylock(&(lock)->raw_lock)
#define do_raw_spin_unlock(lock)	arch_spin_unlock(&(lock)->raw_lock)
#define raw_spin_lock_init(lock)	((void)(*(lock) = (raw_spinlock_t)__RAW_SPIN_LOCK_UNLOCKED(lock)))
#define raw_spin_is_locked(lock)	arch_spin_is_locked(&(lock)->raw_lock)
#else
#define do_raw_spin_lock(lock)		do { (void)(lock); barrier(); } while (0)
#define do_raw_spin_trylock(lock)	({ (void)(lock); barrier(); true; })
#define do_raw_spin_unlock(lock)	do { barrier(); (void)(lock); } while (0)
#define raw_spin_lock_init(lock)	((void)(*(lock) = (raw_spinlock_t)__RAW_SPIN_LOCK_UNLOCKED(lock)))
#define raw_spin_is_locked(lock)	((void)(lock), false)
#endif

/**
 * raw_spin_lock, raw_spin_unlock, raw_spin_trylock - keep others out; spinning until they are gone
 *
 * The holder is not preempted and must not sleep. A lock that an interrupt takes, too, is taken with
 * the _irq or _irqsave form everywhere else; one that a softirq takes, with the _bh form in tasks.
 * trylock does not wait.
 *
 * Context: any; NMI: trylock only.
 * Return: of trylock, whether the lock is the caller's.
 */
static __always_inline void raw_spin_lock(raw_spinlock_t *lock)
{
	preempt_disable();
	do_raw_spin_lock(lock);
}

static __always_inline void raw_spin_unlock(raw_spinlock_t *lock)
{
	do_raw_spin_unlock(lock);
	preempt_enable();
}

/* Unlock without looking whether to reschedule: for the scheduler itself. */
static __always_inline void raw_spin_unlock_no_resched(raw_spinlock_t *lock)
{
	do_raw_spin_unlock(lock);
	preempt_enable_no_resched();
}

static __always_inline bool raw_spin_trylock(raw_spinlock_t *lock)
{
	preempt_disable();
	if (do_raw_spin_trylock(lock))
		return true;
	preempt_enable();
	return false;
}

/**
 * raw_spin_lock_irq, raw_spin_unlock_irq, raw_spin_trylock_irq - the same with interrupts off
 *
 * unlock turns them on whatever they were: where they may have been off, _irqsave and _irqrestore.
 * Context: interrupts on.
 */
static __always_inline void raw_spin_lock_irq(raw_spinlock_t *lock)
{
	local_irq_disable();
	raw_spin_lock(lock);
}

static __always_inline void raw_spin_unlock_irq(raw_spinlock_t *lock)
{
	do_raw_spin_unlock(lock);
	local_irq_enable();
	preempt_enable();
}

static __always_inline unsigned long __raw_spin_lock_irqsave(raw_spinlock_t *lock)
{
	unsigned long flags = arch_local_irq_save();

	raw_spin_lock(lock);
	return flags;
}

/**
 * raw_spin_unlock_irqrestore - unlock, and interrupts as raw_spin_lock_irqsave() found them.
 *
 * Context: any.
 */
static __always_inline void raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags)
{
	do_raw_spin_unlock(lock);
	arch_local_irq_restore(flags);
	preempt_enable();
}

/**
 * raw_spin_lock_bh, raw_spin_unlock_bh, raw_spin_trylock_bh - with softirqs held off meanwhile.
 *
 * The same as local_bh_disable() and raw_spin_lock(), and may be undone by raw_spin_unlock() and
 * local_bh_enable(), in that order.
 *
 * Context: task, softirq.
 */
static __always_inline void raw_spin_lock_bh(raw_spinlock_t *lock)
{
	__local_bh_disable(SOFTIRQ_LOCK_OFFSET);
	do_raw_spin_lock(lock);
}

static __always_inline void raw_spin_unlock_bh(raw_spinlock_t *lock)
{
	do_raw_spin_unlock(lock);
	__local_bh_enable(SOFTIRQ_LOCK_OFFSET);
}

static __always_inline bool raw_spin_trylock_bh(raw_spinlock_t *lock)
{
	__local_bh_disable(SOFTIRQ_LOCK_OFFSET);
	if (do_raw_spin_trylock(lock))
		return true;
	__local_bh_enable(SOFTIRQ_LOCK_OFFSET);
	return false;
}

static __always_inline bool raw_spin_trylock_irq(raw_spinlock_t *lock)
{
	local_irq_disable();
	if (raw_spin_trylock(lock))
		return true;
	local_irq_enable();
	return false;
}

#define raw_spin_lock_irqsave(lock, flags) do {				\
	__check_flags(flags);						\
	(flags) = __raw_spin_lock_irqsave(lock);			\
} while (0)

#define raw_spin_trylock_irqsave(lock, flags) ({			\
	local_irq_save(flags);						\
	raw_spin_trylock(lock) ? true : ({ local_irq_restore(flags); false; }); \
})

#ifdef CONFIG_DEBUG_SPINLOCK
#define spin_lock_init(lock) do {					\
	static struct lock_class *__class;				\
	__raw_spin_lock_init(&(lock)->rlock, #lock, &__class);		\
} while (0)
#else
#define spin_lock_init(lock)		raw_spin_lock_init(&(lock)->rlock)
#endif

#define spin_lock(lock)			raw_spin_lock(&(lock)->rlock)
#define spin_unlock(lock)		raw_spin_unlock(&(lock)->rlock)
#define spin_trylock(lock)		raw_spin_trylock(&(lock)->rlock)
#define spin_lock_bh(lock)		raw_spin_lock_bh(&(lock)->rlock)
#define spin_unlock_bh(lock)		raw_spin_unlock_bh(&(lock)->rlock)
#define spin_trylock_bh(lock)		raw_spin_trylock_bh(&(lock)->rlock)
#define spin_lock_irq(lock)		raw_spin_lock_irq(&(lock)->rlock)
#define spin_unlock_irq(lock)		raw_spin_unlock_irq(&(lock)->rlock)
#define spin_trylock_irq(lock)		raw_spin_trylock_irq(&(lock)->rlock)
#define spin_lock_irqsave(lock, flags)	raw_spin_lock_irqsave(&(lock)->rlock, flags)
#define spin_unlock_irqrestore(lock, flags) raw_spin_unlock_irqrestore(&(lock)->rlock, flags)
#define spin_trylock_irqsave(lock, flags) raw_spin_trylock_irqsave(&(lock)->rlock, flags)
#define spin_is_locked(lock)		raw_spin_is_locked(&(lock)->rlock)
#define spin_lock_nested(lock, class)	spin_lock(lock)
#define raw_spin_lock_nested(lock, class) raw_spin_lock(lock)
#define spin_lock_irqsave_nested(lock, flags, class) spin_lock_irqsave(lock, flags)
#define assert_spin_locked(lock)	lockdep_assert_held(lock)

/**
 * lockdep_assert_held - debug builds: warn when the lock is not held by this CPU or task
 * @lock: a raw_spinlock_t, spinlock_t or mutex pointer
 */
#ifdef CONFIG_DEBUG_SPINLOCK
bool lock_debug_held(const struct lock_debug *debug);
#define __lock_debug_of(lock) _Generic(*(lock),				\
	raw_spinlock_t: &((raw_spinlock_t *)(lock))->debug,		\
	spinlock_t: &((spinlock_t *)(lock))->rlock.debug,		\
	default: __other_lock_debug_of(lock))
/* Those whose headers need this one. */
struct mutex;
struct rw_semaphore;
struct lock_debug *mutex_debug_of(const void *lock);
struct lock_debug *rwsem_debug_of(const void *sem);
#define __other_lock_debug_of(lock) _Generic((lock),			\
	struct mutex *: mutex_debug_of((const void *)(lock)),		\
	struct rw_semaphore *: rwsem_debug_of((const void *)(lock)),	\
	default: (struct lock_debug *)NULL)
#define lockdep_assert_held(lock) do {					\
	struct lock_debug *__debug = __lock_debug_of(lock);		\
	WARN_ON_ONCE(__debug && !lock_debug_held(__debug));		\
} while (0)
#else
#define lockdep_assert_held(lock)	((void)(lock))
#endif

#ifdef CONFIG_DEBUG_IRQFLAGS
#define lockdep_assert_irqs_disabled()	WARN_ON_ONCE(!irqs_disabled())
#define lockdep_assert_irqs_enabled()	WARN_ON_ONCE(irqs_disabled())
#else
#define lockdep_assert_irqs_disabled()	((void)0)
#define lockdep_assert_irqs_enabled()	((void)0)
#endif

#include <linux/rwlock.h>

#endif
