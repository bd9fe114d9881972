// SPDX-License-Identifier: GPL-2.0-only
/*
 * What code compiled with -fsanitize=thread calls.
 *
 * What
 *	The compiler announces every plain load and store of memory that others may see, and
 *	replaces atomic operations by calls. An announcement is a step where the run wants plain
 *	points (then a missing lock shows, not only a missing READ_ONCE), and goes through the store
 *	buffer where it wants these. Else it returns at once.
 *
 *	An atomic operation is made here in one step; arch_atomic_point() was called right before
 *	it.
 *
 * Contexts
 *	Any code of the core on a simulated CPU; before power on, constructors.
 *
 * Limits
 *	Accesses that the compiler knows to be private (locals whose address does not escape) are
 *	not announced; neither are those of arch/host itself.
 *
 * Differs from Linux
 *	KCSAN uses the same instrumentation to watch for races in time; here the schedule is under
 *	control, so a race is found by its consequence.
 */
#include "host.h"

/* Whether plain accesses are looked at at all: points or store buffers are on. */
bool host_watch_plain;

static void plain(const volatile void *p, unsigned long size, bool is_write, unsigned long pc)
{
	enum host_step kind = is_write ? HOST_STEP_PLAIN_WRITE : HOST_STEP_PLAIN_READ;

	if (host_outcome.plain_points)
		host_step(kind, p, pc);
	if (host_tso)
		host_before_plain(p, size, is_write);
	if (host_recording() && host_outcome.plain_points)
		host_record(kind, p, is_write || size > 8 ? 0 : host_peek(p, size), size, pc);
}

/* The names are the compiler's; nobody else calls them. */
#define ANNOUNCED(name, size, is_write)					\
	void __tsan_##name(void *p);					\
	void __tsan_##name(void *p)					\
	{								\
		if (unlikely(host_watch_plain))				\
			plain(p, size, is_write, HOST_CALLER);		\
	}

#define ANNOUNCED_SIZES(direction, is_write)				\
	ANNOUNCED(direction##1, 1, is_write)				\
	ANNOUNCED(direction##2, 2, is_write)				\
	ANNOUNCED(direction##4, 4, is_write)				\
	ANNOUNCED(direction##8, 8, is_write)				\
	ANNOUNCED(direction##16, 16, is_write)				\
	ANNOUNCED(volatile_##direction##1, 1, is_write)			\
	ANNOUNCED(volatile_##direction##2, 2, is_write)			\
	ANNOUNCED(volatile_##direction##4, 4, is_write)			\
	ANNOUNCED(volatile_##direction##8, 8, is_write)			\
	ANNOUNCED(volatile_##direction##16, 16, is_write)		\
	ANNOUNCED(unaligned_##direction##2, 2, is_write)		\
	ANNOUNCED(unaligned_##direction##4, 4, is_write)		\
	ANNOUNCED(unaligned_##direction##8, 8, is_write)		\
	ANNOUNCED(unaligned_##direction##16, 16, is_write)		\
	ANNOUNCED(unaligned_volatile_##direction##2, 2, is_write)	\
	ANNOUNCED(unaligned_volatile_##direction##4, 4, is_write)	\
	ANNOUNCED(unaligned_volatile_##direction##8, 8, is_write)	\
	ANNOUNCED(unaligned_volatile_##direction##16, 16, is_write)

ANNOUNCED_SIZES(read, false)
ANNOUNCED_SIZES(write, true)

void __tsan_read_range(void *p, unsigned long size);
void __tsan_read_range(void *p, unsigned long size)
{
	if (unlikely(host_watch_plain))
		plain(p, size, false, HOST_CALLER);
}

void __tsan_write_range(void *p, unsigned long size);
void __tsan_write_range(void *p, unsigned long size)
{
	if (unlikely(host_watch_plain))
		plain(p, size, true, HOST_CALLER);
}

/* clang announces block copies by calling these in place of the functions. */
void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int byte, size_t n);

void *__tsan_memcpy(void *to, const void *from, size_t n);
void *__tsan_memcpy(void *to, const void *from, size_t n)
{
	return memcpy(to, from, n);
}

void *__tsan_memmove(void *to, const void *from, size_t n);
void *__tsan_memmove(void *to, const void *from, size_t n)
{
	return memmove(to, from, n);
}

void *__tsan_memset(void *to, int byte, size_t n);
void *__tsan_memset(void *to, int byte, size_t n)
{
	return memset(to, byte, n);
}

void __tsan_init(void);
void __tsan_init(void) { }
void __tsan_func_entry(void *pc);
void __tsan_func_entry(void *pc) { }
void __tsan_func_exit(void);
void __tsan_func_exit(void) { }

/* An atomic operation is done: remember it, and tell those who wait for a change. */
static void atomic_done(const volatile void *p, unsigned long old, unsigned long value,
			unsigned long size, unsigned long pc)
{
	host_saw(p, size, value);
	if (old != value)
		host_changed(p);
	if (host_recording())
		host_record(HOST_STEP_ATOMIC, p, value, size, pc);
}

#define ATOMIC_RMW(bits, type, name, new_value)				\
	type __tsan_atomic##bits##_##name(volatile type *p, type v, int order); \
	type __tsan_atomic##bits##_##name(volatile type *p, type v, int order) \
	{								\
		type old = *p;						\
									\
		*p = (new_value);					\
		atomic_done(p, old, *p, sizeof(type), HOST_CALLER);	\
		return old;						\
	}

#define ATOMIC_CMPXCHG(bits, type, name)				\
	bool __tsan_atomic##bits##_compare_exchange_##name(volatile type *p, type *expected, \
							   type v, int order, int fail_order); \
	bool __tsan_atomic##bits##_compare_exchange_##name(volatile type *p, type *expected, \
							   type v, int order, int fail_order) \
	{								\
		type old = *p;						\
		bool same = old == *expected;				\
									\
		if (same)						\
			*p = v;						\
		else							\
			*expected = old;				\
		atomic_done(p, old, *p, sizeof(type), HOST_CALLER);	\
		return same;						\
	}

#define ATOMIC_FAMILY(bits, type)					\
	ATOMIC_RMW(bits, type, exchange, v)				\
	ATOMIC_RMW(bits, type, fetch_add, (type)(old + v))		\
	ATOMIC_RMW(bits, type, fetch_sub, (type)(old - v))		\
	ATOMIC_RMW(bits, type, fetch_and, (type)(old & v))		\
	ATOMIC_RMW(bits, type, fetch_or, (type)(old | v))		\
	ATOMIC_RMW(bits, type, fetch_xor, (type)(old ^ v))		\
	ATOMIC_RMW(bits, type, fetch_nand, (type)~(old & v))		\
	ATOMIC_CMPXCHG(bits, type, strong)				\
	ATOMIC_CMPXCHG(bits, type, weak)				\
	type __tsan_atomic##bits##_compare_exchange_val(volatile type *p, type expected, type v, \
							int order, int fail_order); \
	type __tsan_atomic##bits##_compare_exchange_val(volatile type *p, type expected, type v, \
							int order, int fail_order) \
	{								\
		type old = *p;						\
									\
		if (old == expected)					\
			*p = v;						\
		atomic_done(p, old, *p, sizeof(type), HOST_CALLER);	\
		return old;						\
	}								\
	type __tsan_atomic##bits##_load(const volatile type *p, int order); \
	type __tsan_atomic##bits##_load(const volatile type *p, int order) \
	{								\
		return (type)host_read_once(p, sizeof(type));		\
	}								\
	void __tsan_atomic##bits##_store(volatile type *p, type v, int order); \
	void __tsan_atomic##bits##_store(volatile type *p, type v, int order) \
	{								\
		host_write_once(p, sizeof(type), v);			\
	}

ATOMIC_FAMILY(8, u8)
ATOMIC_FAMILY(16, u16)
ATOMIC_FAMILY(32, u32)
ATOMIC_FAMILY(64, unsigned long)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
	host_full_barrier();
}

void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order) { }
