// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt descriptors: numbers, the memory behind them, and how often each has fired.
 *
 * What
 *	A line is known to drivers by number and to the core by struct irq_desc. Numbers are taken and
 *	given back; a number that is not taken has no descriptor, and one that is has none but
 *	handle_bad_irq() as its flow until it is given a chip.
 *
 *	The memory of a descriptor is made when its number is taken for the first time, and stays that
 *	number's for ever. So a pointer that somebody still holds leads to a lock that works, and to a
 *	line that says "no chip, no handler": looking a number up needs no lock and no grace period.
 *
 * Contexts
 *	Looking up: any. Taking and giving back: task, or early boot.
 *
 * States of irq_descs[irq]
 *	NULL			never taken
 *	pointer			taken
 *	pointer | GIVEN_UP	was taken once; the memory waits for the next time
 *	A bit of the map "reserved" is set before the pointer is, and cleared after it.
 *
 * Locks
 *	numbers_lock: reserved, and changes of irq_descs. Interrupts off; inside of nothing, outside of
 *	desc->lock.
 *
 * Ordering
 *	A descriptor is filled before its pointer is published; readers follow the pointer.
 *
 * Limits
 *	NR_IRQS numbers.
 *
 * Differs from Linux
 *	Descriptors are not freed. A number with handlers cannot be given back: it is reported, and kept.
 *
 * Tests
 *	tests/boot/irqdesc_test.c, tests/scenario/irq_line.c
 */
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/irqdesc.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "internals.h"

#define GIVEN_UP	1UL

static DEFINE_RAW_SPINLOCK(numbers_lock);
static DECLARE_BITMAP(reserved, NR_IRQS);	/* G (numbers_lock) */
static unsigned long irq_descs[NR_IRQS];	/* G (numbers_lock) to write */

int nr_irqs = NR_IRQS;

DEFINE_PER_CPU(unsigned int[NR_IRQS], kstat_irq_count);

struct irq_desc *irq_to_desc(unsigned int irq)
{
	unsigned long entry = irq < NR_IRQS ? READ_ONCE(irq_descs[irq]) : 0;

	return entry & GIVEN_UP ? NULL : (struct irq_desc *)entry;
}

/* ---- Counters */

unsigned int kstat_irqs_cpu(unsigned int irq, int cpu)
{
	return irq < NR_IRQS ? READ_ONCE(per_cpu(kstat_irq_count, cpu)[irq]) : 0;
}

unsigned int kstat_irqs(unsigned int irq)
{
	unsigned int sum = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		sum += kstat_irqs_cpu(irq, (int)cpu);
	return sum;
}

unsigned int irq_descs_in_use(void)
{
	unsigned long flags;
	unsigned int count;

	raw_spin_lock_irqsave(&numbers_lock, flags);
	count = bitmap_weight(reserved, NR_IRQS);
	raw_spin_unlock_irqrestore(&numbers_lock, flags);
	return count;
}

/* ---- Descriptors */

/* No chip, no handler, no history. The lock is left alone: somebody with an old pointer may hold it. */
static void set_defaults_locked(struct irq_desc *desc)
{
	desc->handle_irq = handle_bad_irq;
	desc->name = NULL;
	desc->status = 0;
	desc->istate = 0;
	desc->depth = 1;
	desc->irqs_unhandled = 0;
	desc->irq_count = 0;
	desc->spurious = 0;
	atomic_long_set(&desc->threads_oneshot, 0);
	desc->threads_handled_last = 0;
	desc->parent_irq = 0;
	atomic_set(&desc->threads_handled, 0);
	desc->affinity_hint = NULL;
	desc->affinity_notify = NULL;
	cpumask_clear(&desc->percpu_enabled);
	cpumask_clear(&desc->pending_mask);

	desc->common.state = IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED;
	desc->common.handler_data = NULL;
	desc->common.msi_desc = NULL;
	cpumask_copy(desc->common.affinity, cpu_possible_mask);
	cpumask_clear(desc->common.effective_affinity);

	desc->irq_data.mask = 0;
	desc->irq_data.hwirq = 0;
	desc->irq_data.chip = &no_irq_chip;
	desc->irq_data.domain = NULL;
	desc->irq_data.parent_data = NULL;
	desc->irq_data.chip_data = NULL;
}

/* The memory of a number, which may have been made long ago. NULL: there is none left. */
static struct irq_desc *memory_of(unsigned int irq)
{
	struct irq_desc *desc = (struct irq_desc *)(irq_descs[irq] & ~GIVEN_UP);

	if (desc)
		return desc;
	desc = kzalloc(sizeof(*desc), GFP_ATOMIC);
	if (!desc)
		return NULL;
	raw_spin_lock_init(&desc->lock);
	mutex_init(&desc->request_mutex);
	init_waitqueue_head(&desc->wait_for_threads);
	desc->irq_data.irq = irq;
	desc->irq_data.common = &desc->common;
	return desc;
}

static void forget_counts(unsigned int irq)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		WRITE_ONCE(per_cpu(kstat_irq_count, cpu)[irq], 0);
}

/* Give a reserved number its descriptor. */
static int make_desc(unsigned int irq, const struct irq_affinity_desc *affinity)
{
	struct irq_desc *desc = memory_of(irq);
	unsigned long flags;

	if (!desc)
		return -ENOMEM;
	forget_counts(irq);
	raw_spin_lock_irqsave(&desc->lock, flags);
	set_defaults_locked(desc);
	if (affinity)
		irq_preset_affinity_locked(desc, affinity);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	/* Pairs with the address dependency of those who look it up. */
	smp_store_release(&irq_descs[irq], (unsigned long)desc);
	return 0;
}

/* It has no handlers. Whoever still has the pointer finds a line without a chip. */
static void give_up_desc(struct irq_desc *desc)
{
	unsigned long flags;

	WRITE_ONCE(irq_descs[desc->irq_data.irq], (unsigned long)desc | GIVEN_UP);
	raw_spin_lock_irqsave(&desc->lock, flags);
	set_defaults_locked(desc);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

/* ---- Numbers */

/* Reserve @cnt numbers: at @irq, or if that is -1 anywhere from @from on. */
static int reserve(int irq, unsigned int from, unsigned int cnt)
{
	unsigned long flags, start;

	raw_spin_lock_irqsave(&numbers_lock, flags);
	start = bitmap_find_next_zero_area(reserved, NR_IRQS, irq < 0 ? from : (unsigned int)irq, cnt, 0);
	if (start < NR_IRQS && (irq < 0 || start == (unsigned int)irq))
		bitmap_set(reserved, (unsigned int)start, cnt);
	raw_spin_unlock_irqrestore(&numbers_lock, flags);

	if (irq >= 0 && start != (unsigned int)irq)
		return -EEXIST;
	return start < NR_IRQS ? (int)start : -ENOSPC;
}

static void unreserve(unsigned int irq, unsigned int cnt)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&numbers_lock, flags);
	bitmap_clear(reserved, irq, cnt);
	raw_spin_unlock_irqrestore(&numbers_lock, flags);
}

static bool has_line_without_cpu(const struct irq_affinity_desc *affinity, unsigned int cnt)
{
	for (unsigned int i = 0; affinity && i < cnt; i++)
		if (cpumask_empty(&affinity[i].mask))
			return true;
	return false;
}

int __irq_alloc_descs(int irq, unsigned int from, unsigned int cnt, int node, struct module *owner,
		      const struct irq_affinity_desc *affinity)
{
	int start, error;

	if (!cnt || (irq >= 0 && from > (unsigned int)irq) || has_line_without_cpu(affinity, cnt))
		return -EINVAL;
	start = reserve(irq, from, cnt);
	if (start < 0)
		return start;
	for (unsigned int i = 0; i < cnt; i++) {
		error = FAULT("irqdesc.alloc") ? -ENOMEM :
			make_desc((unsigned int)start + i, affinity ? &affinity[i] : NULL);
		if (error) {
			for (unsigned int made = 0; made < i; made++)
				give_up_desc(irq_to_desc((unsigned int)start + made));
			unreserve((unsigned int)start, cnt);
			return error;
		}
	}
	return start;
}

void irq_free_descs(unsigned int irq, unsigned int cnt)
{
	for (unsigned int i = irq; i < irq + cnt; i++) {
		struct irq_desc *desc = irq_to_desc(i);

		if (WARN(!desc, "irq_free_descs: no line %u\n", i))
			continue;
		if (WARN(desc->action, "irq_free_descs: line %u still has handler %s\n", i,
			 desc->action->name))
			continue;
		give_up_desc(desc);
		unreserve(i, 1);
	}
}

void __init early_irq_init(void)
{
	int first = irq_alloc_descs(0, 0, NR_IRQS_LEGACY, NUMA_NO_NODE);

	if (first)
		panic("irq: the first descriptors cannot be made: %d", first);
}

/* ---- Running a line by its number */

int generic_handle_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (unlikely(!desc))
		return -EINVAL;
	generic_handle_irq_desc(desc);
	return 0;
}

int generic_handle_irq_safe(unsigned int irq)
{
	unsigned long flags;
	int error;

	local_irq_save(flags);
	error = generic_handle_irq(irq);
	local_irq_restore(flags);
	return error;
}
