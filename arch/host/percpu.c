// SPDX-License-Identifier: GPL-2.0-only
/*
 * Per-CPU operations.
 *
 * What
 *	A CPU's copy of a variable lies at the template's address plus the CPU's offset, which is 0
 *	until the copies exist. Each operation is a step and then, without another, the access: an
 *	interrupt or another CPU comes before or after, never in the middle.
 *
 * Ordering
 *	A per-CPU store is a store like others, and may wait in the store buffer.
 */
#include <arch/percpu.h>
#include "host.h"

/* After the step: a task may have been moved by an interrupt that came with it. */
static void *copy_of(const volatile void *var)
{
	return (void *)((unsigned long)var + host_this->percpu_used);
}

static void record(const void *copy, unsigned long value, unsigned long size, unsigned long pc)
{
	if (host_recording())
		host_record(HOST_STEP_PERCPU, copy, value, size, pc);
}

unsigned long host_percpu_read(const volatile void *var, unsigned long size)
{
	unsigned long value;

	host_step(HOST_STEP_PERCPU, copy_of(var), HOST_CALLER);
	value = host_load(copy_of(var), size);
	record(copy_of(var), value, size, HOST_CALLER);
	return value;
}

/* The same wherever the task runs: no step. */
unsigned long host_percpu_read_stable(const volatile void *var, unsigned long size)
{
	return host_load(copy_of(var), size);
}

void host_percpu_write(volatile void *var, unsigned long size, unsigned long value)
{
	host_step(HOST_STEP_PERCPU, copy_of(var), HOST_CALLER);
	host_store(copy_of(var), size, value);
	record(copy_of(var), value, size, HOST_CALLER);
}

/* Words are zero-extended; what is added may carry out of a short one. */
static unsigned long cut(unsigned long value, unsigned long size)
{
	return size == sizeof(value) ? value : value & ((1UL << 8 * size) - 1);
}

unsigned long host_percpu_add(volatile void *var, unsigned long size, unsigned long value)
{
	host_step(HOST_STEP_PERCPU, copy_of(var), HOST_CALLER);
	value = cut(host_load(copy_of(var), size) + value, size);
	host_store(copy_of(var), size, value);
	record(copy_of(var), value, size, HOST_CALLER);
	return value;
}

void host_percpu_or(volatile void *var, unsigned long size, unsigned long value)
{
	host_step(HOST_STEP_PERCPU, copy_of(var), HOST_CALLER);
	value |= host_load(copy_of(var), size);
	host_store(copy_of(var), size, value);
	record(copy_of(var), value, size, HOST_CALLER);
}

void host_percpu_and(volatile void *var, unsigned long size, unsigned long value)
{
	host_step(HOST_STEP_PERCPU, copy_of(var), HOST_CALLER);
	value &= host_load(copy_of(var), size);
	host_store(copy_of(var), size, value);
	record(copy_of(var), value, size, HOST_CALLER);
}

unsigned long host_percpu_xchg(volatile void *var, unsigned long size, unsigned long value)
{
	unsigned long old;

	host_step(HOST_STEP_PERCPU, copy_of(var), HOST_CALLER);
	old = host_load(copy_of(var), size);
	host_store(copy_of(var), size, value);
	record(copy_of(var), value, size, HOST_CALLER);
	return old;
}

unsigned long host_percpu_cmpxchg(volatile void *var, unsigned long size, unsigned long old,
				  unsigned long value)
{
	unsigned long found;

	host_step(HOST_STEP_PERCPU, copy_of(var), HOST_CALLER);
	found = host_load(copy_of(var), size);
	if (found == old)
		host_store(copy_of(var), size, value);
	record(copy_of(var), found == old ? value : found, size, HOST_CALLER);
	return found;
}

unsigned long host_percpu_this_offset(void)
{
	host_step(HOST_STEP_PERCPU, NULL, HOST_CALLER);
	return host_this->percpu_used;
}

unsigned long host_percpu_offset(unsigned int cpu)
{
	return host.cpus[cpu].percpu_offset;
}

void host_percpu_set_offset(unsigned int cpu, unsigned long offset)
{
	host.cpus[cpu].percpu_offset = offset;
}

void host_percpu_use(unsigned int cpu)
{
	host_this->percpu_used = host.cpus[cpu].percpu_offset;
}
