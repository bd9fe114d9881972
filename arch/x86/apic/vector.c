// SPDX-License-Identifier: GPL-2.0-only
/*
 * Vectors of devices: who has which, on which CPU.
 *
 * What
 *	A vector is a pair of a number and a CPU; the same number may stand for different lines on
 *	different CPUs. A line takes a pair on each CPU that it is sent to, and keeps it until the
 *	line is given up: what is on its way to the CPU that it was moved away from still arrives.
 *
 *	Numbers that are free on all CPUs are given out first, each to one line. While there are
 *	some (188, less those in use) a line has the same number everywhere, and moving it changes
 *	nothing but the destination, which is one write. Beyond that numbers are shared, a CPU each.
 *
 * Locks
 *	vector_lock, interrupts off; inside of desc->lock. Entries are read by interrupts of their
 *	CPU without it: a pointer is written in one store, before the chip is told of the pair.
 *
 * Limits
 *	188 pairs a CPU. Then x86_vector_alloc() says -ENOSPC, and the line stays where it is.
 *
 * Tests
 *	arch/x86/tests/apic_test.c
 */
#include <linux/errno.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <x86/irq.h>

static DEFINE_RAW_SPINLOCK(vector_lock);

static struct irq_desc **vector_slot(unsigned int cpu, unsigned int vector)
{
	return &per_cpu(vector_irq, cpu)[vector];
}

static bool is_free_everywhere(unsigned int vector)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (*vector_slot(cpu, vector))
			return false;
	return true;
}

/* The best number for @desc on @cpu, or 0. Lock held. */
static unsigned int choose_vector(struct irq_desc *desc, unsigned int cpu, unsigned int wanted)
{
	unsigned int shared = 0;

	for (unsigned int v = X86_FIRST_DEVICE_VECTOR; v <= X86_LAST_DEVICE_VECTOR; v++)
		if (*vector_slot(cpu, v) == desc)
			return v;
	if (wanted >= X86_FIRST_DEVICE_VECTOR && wanted <= X86_LAST_DEVICE_VECTOR &&
	    !*vector_slot(cpu, wanted))
		return wanted;
	for (unsigned int v = X86_FIRST_DEVICE_VECTOR; v <= X86_LAST_DEVICE_VECTOR; v++) {
		if (*vector_slot(cpu, v))
			continue;
		if (is_free_everywhere(v))
			return v;
		if (!shared)
			shared = v;
	}
	return shared;
}

int x86_vector_alloc(struct irq_desc *desc, unsigned int cpu, unsigned int wanted)
{
	unsigned long flags;
	unsigned int vector;

	raw_spin_lock_irqsave(&vector_lock, flags);
	vector = choose_vector(desc, cpu, wanted);
	if (vector)
		WRITE_ONCE(*vector_slot(cpu, vector), desc);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
	return vector ? (int)vector : -ENOSPC;
}

void x86_vector_set(unsigned int cpu, unsigned int vector, struct irq_desc *desc)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&vector_lock, flags);
	WRITE_ONCE(*vector_slot(cpu, vector), desc);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
}

void x86_vector_release(struct irq_desc *desc)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&vector_lock, flags);
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++)
		for (unsigned int v = X86_FIRST_DEVICE_VECTOR; v <= X86_LAST_DEVICE_VECTOR; v++)
			if (*vector_slot(cpu, v) == desc)
				WRITE_ONCE(*vector_slot(cpu, v), NULL);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
}
