// SPDX-License-Identifier: GPL-2.0-only
/*
 * Store buffers: total store order, as on x86.
 *
 * What
 *	A store may wait in its CPU's buffer, unseen by the others, while the CPU goes on loading.
 *	Stores leave in order; the CPU itself sees its own. A full barrier, an atomic operation,
 *	sending an interrupt, returning from one and waiting empty the buffer; at decisions of the
 *	strategy the oldest stores of any CPU may leave.
 *
 *	Marked stores come here as calls. A plain store is made by the compiler's own instruction,
 *	right after a call that announces it (tsan.c): the old value is kept, and the next step of
 *	the CPU, before anybody else can look, takes the new value back out of memory into the
 *	buffer. A plain load of what is buffered makes it leave first: allowed by TSO, only a little
 *	less than all it allows.
 *
 * Contexts
 *	On a simulated CPU. All is off (host_tso false) unless the run wants it; then the cost is
 *	one test.
 *
 * Limits
 *	HOST_STORES_MAX stores wait. A store to the CPU's own stack empties the buffer and does not
 *	wait: what the compiler itself puts there (spills, return addresses) is not announced, and
 *	an old store must not come down on it later. For the same reason the machine empties the
 *	buffer where it touches memory of the core itself.
 *
 * Tests
 *	tests/scenario/machine.c: dekker_without_barrier, dekker_with_barrier
 */
#include <arch/task.h>
#include "host.h"

bool host_tso;

unsigned long host_peek(const volatile void *p, unsigned long size)
{
	switch (size) {
	case 1:
		return *(const volatile u8 *)p;
	case 2:
		return *(const volatile u16 *)p;
	case 4:
		return *(const volatile u32 *)p;
	default:
		return *(const volatile unsigned long *)p;
	}
}

void host_poke(volatile void *p, unsigned long size, unsigned long value)
{
	switch (size) {
	case 1:
		*(volatile u8 *)p = (u8)value;
		break;
	case 2:
		*(volatile u16 *)p = (u16)value;
		break;
	case 4:
		*(volatile u32 *)p = (u32)value;
		break;
	default:
		*(volatile unsigned long *)p = value;
	}
}

/* The store is seen by all from now on. */
static void store_now(volatile void *p, unsigned long size, unsigned long value)
{
	unsigned long old = host_peek(p, size);

	host_poke(p, size, value);
	if (old != host_peek(p, size))
		host_changed(p);
}

static void drain_oldest(struct host_cpu *cpu)
{
	struct host_store store = cpu->stores[0];

	cpu->nr_stores--;
	for (unsigned int i = 0; i < cpu->nr_stores; i++)
		cpu->stores[i] = cpu->stores[i + 1];
	store_now((void *)store.address, store.size, store.value);
	if (host_recording())
		host_record_on(cpu, HOST_STEP_DRAIN, (void *)store.address, store.value, store.size,
			       0);
}

static void buffer_store(struct host_cpu *cpu, unsigned long address, unsigned long size,
			 unsigned long value)
{
	if (cpu->nr_stores == HOST_STORES_MAX)
		drain_oldest(cpu);
	cpu->stores[cpu->nr_stores++] = (struct host_store){ address, value, size };
}

/* A plain store that the CPU has just made is taken back, and waits behind the earlier ones. */
void host_take_back_plain(struct host_cpu *cpu)
{
	unsigned long address = cpu->plain_address, size = cpu->plain_size, value;

	cpu->plain_size = 0;
	value = host_peek((void *)address, size);
	host_poke((void *)address, size, cpu->plain_old);
	buffer_store(cpu, address, size, value);
}

/* All that waits is seen by all. */
void host_drain(struct host_cpu *cpu)
{
	host_settle_plain(cpu);
	while (cpu->nr_stores)
		drain_oldest(cpu);
}

/* At a decision: stores of any CPU may have left meanwhile. */
void host_drain_some(void)
{
	for (unsigned int n = 0; n < host.nr_cpus; n++)
		while (host.cpus[n].nr_stores && host_random_below(4) == 0)
			drain_oldest(&host.cpus[n]);
}

static bool overlaps(const struct host_store *store, unsigned long address, unsigned long size)
{
	return store->address < address + size && address < store->address + store->size;
}

static bool covers(const struct host_store *store, unsigned long address, unsigned long size)
{
	return store->address <= address && address + size <= store->address + store->size;
}

/* The youngest buffered store that touches the bytes, counted from 1; 0: none. */
static unsigned int find_store(const struct host_cpu *cpu, unsigned long address,
			       unsigned long size)
{
	unsigned int n = cpu->nr_stores;

	while (n && !overlaps(&cpu->stores[n - 1], address, size))
		n--;
	return n;
}

static void drain_through(struct host_cpu *cpu, unsigned int n)
{
	while (n--)
		drain_oldest(cpu);
}

/* Stacks are THREAD_SIZE bytes, so aligned. */
static bool on_own_stack(unsigned long address)
{
	return ((address ^ (unsigned long)__builtin_frame_address(0)) & ~(THREAD_SIZE - 1)) == 0;
}

unsigned long host_load(const volatile void *p, unsigned long size)
{
	struct host_cpu *cpu = host_this;
	unsigned long address = (unsigned long)p;
	const struct host_store *store;
	unsigned int n;

	if (!host_tso)
		return host_peek(p, size);
	host_settle_plain(cpu);
	n = find_store(cpu, address, size);
	if (!n)
		return host_peek(p, size);
	store = &cpu->stores[n - 1];
	if (covers(store, address, size))
		return host_peek((const u8 *)&store->value + (address - store->address), size);
	drain_through(cpu, n);
	return host_peek(p, size);
}

void host_store(volatile void *p, unsigned long size, unsigned long value)
{
	struct host_cpu *cpu = host_this;

	if (!host_tso) {
		store_now(p, size, value);
		return;
	}
	if (on_own_stack((unsigned long)p)) {
		host_drain(cpu);
		store_now(p, size, value);
		return;
	}
	host_settle_plain(cpu);
	if (cpu->nr_stores || host_choose_buffering())
		buffer_store(cpu, (unsigned long)p, size, value);
	else
		store_now(p, size, value);
}

/*
 * The compiler's own access follows. What it loads must be in memory; what it stores, while older
 * stores wait, is taken back later. A store into bytes that wait may be half of a
 * read-modify-write: they leave first.
 */
void host_before_plain(const volatile void *p, unsigned long size, bool is_write)
{
	struct host_cpu *cpu = host_this;
	unsigned long address = (unsigned long)p;

	host_settle_plain(cpu);
	if (!cpu->nr_stores)
		return;
	drain_through(cpu, find_store(cpu, address, size));
	if (!is_write || !cpu->nr_stores)
		return;
	if (size > sizeof(unsigned long) || on_own_stack(address)) {
		host_drain(cpu);
		return;
	}
	cpu->plain_address = address;
	cpu->plain_size = size;
	cpu->plain_old = host_peek(p, size);
}
