// SPDX-License-Identifier: GPL-2.0-only
/*
 * Per-CPU memory: an area for each CPU, and objects with a copy in every area.
 *
 * What
 *	An area is a copy of the template (all variables made by DEFINE_PER_CPU), followed by a reserve:
 *
 *		CPU 0:	| copy of the template | reserve |
 *		CPU 1:	| copy of the template | reserve |	reached by adding the CPU's offset
 *
 *	A dynamic object has the same place in each area's reserve. Its handle is the address which that
 *	place would have if the template were followed by a reserve, too: so handles work like addresses
 *	of static variables, with the same instructions.
 *
 * Contexts
 *	setup_per_cpu_areas(): boot CPU, once.  __alloc_percpu(), free_percpu(): any but NMI; nothing here
 *	sleeps, but callers should not rely on that.
 *
 * Locks
 *	reserve_lock guards the two bit maps.
 *
 * Limits
 *	PERCPU_RESERVE bytes in all, in grains of 8. A full reserve is a NULL, and a message.
 *
 * Differs from Linux
 *	The reserve does not grow. Static variables hold at setup_per_cpu_areas() whatever the boot CPU had
 *	in them by then, on all CPUs.
 *
 * Tests
 *	tests/boot/percpu_test.c
 */
#include <linux/bitmap.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/ratelimit.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <bottomhalf/mm.h>

#define PERCPU_RESERVE	32768U
#define GRAIN		8U
#define GRAINS		(PERCPU_RESERVE / GRAIN)
#define OBJECT_MAX	4096U
#define OBJECT_ALIGN_MAX 64U

static DEFINE_RAW_SPINLOCK(reserve_lock);
static DECLARE_BITMAP(used, GRAINS);	/* G (reserve_lock): grains that are taken */
static DECLARE_BITMAP(last, GRAINS);	/* G (reserve_lock): grains that are the last of an object */
static bool areas_exist;		/* I: once setup_per_cpu_areas() is done */

/* Bytes of the template, and so the place of the reserve in an area. */
static size_t template_size(void)
{
	return round_up((size_t)(__per_cpu_end - __per_cpu_start), (size_t)OBJECT_ALIGN_MAX);
}

static void __percpu *handle_of(unsigned int grain)
{
	return (void __percpu *)(__per_cpu_start + template_size() + grain * GRAIN);
}

static unsigned int grain_of(const void __percpu *handle)
{
	return (unsigned int)(((const char *)handle - __per_cpu_start - template_size()) / GRAIN);
}

/* The first of @count grains in a row, aligned to @align bytes; GRAINS or more when there is no room. */
static unsigned int take_grains(unsigned int count, size_t align)
{
	unsigned long flags, first;

	raw_spin_lock_irqsave(&reserve_lock, flags);
	first = bitmap_find_next_zero_area(used, GRAINS, 0, count, max_t(size_t, align, GRAIN) / GRAIN - 1);
	if (first < GRAINS) {
		bitmap_set(used, (unsigned int)first, (int)count);
		__set_bit(first + count - 1, last);
	}
	raw_spin_unlock_irqrestore(&reserve_lock, flags);
	return (unsigned int)first;
}

void __percpu *__alloc_percpu(size_t size, size_t align)
{
	unsigned int cpu, first;

	if (WARN_ON(!areas_exist) || WARN_ON(size == 0 || size > OBJECT_MAX) ||
	    WARN_ON(align > OBJECT_ALIGN_MAX || (align & (align - 1))))
		return NULL;
	first = take_grains((unsigned int)DIV_ROUND_UP(size, GRAIN), align);
	if (first >= GRAINS) {
		pr_warn_ratelimited("per-CPU memory: no room for %zu bytes in %u\n", size, PERCPU_RESERVE);
		return NULL;
	}
	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		memset(per_cpu_ptr((char *)handle_of(first), cpu), 0, size);
	return handle_of(first);
}

void free_percpu(void __percpu *handle)
{
	unsigned long flags, first, end;

	if (!handle)
		return;
	first = grain_of(handle);
	raw_spin_lock_irqsave(&reserve_lock, flags);
	if (first < GRAINS && test_bit(first, used) && (first == 0 || !test_bit(first - 1, used) ||
							 test_bit(first - 1, last))) {
		end = find_next_bit(last, GRAINS, first);
		__clear_bit(end, last);
		bitmap_clear(used, (unsigned int)first, (int)(end - first + 1));
		handle = NULL;
	}
	raw_spin_unlock_irqrestore(&reserve_lock, flags);
	WARN(handle != NULL, "free_percpu of %p, which alloc_percpu() never returned or which is free already\n",
	     handle);
}

static void make_area(unsigned int cpu)
{
	size_t size = template_size() + PERCPU_RESERVE;
	char *area = alloc_pages_exact(size, GFP_ATOMIC | __GFP_NOFAIL);

	memcpy(area, __per_cpu_start, (size_t)(__per_cpu_end - __per_cpu_start));
	arch_set_per_cpu_offset(cpu, (unsigned long)area - (unsigned long)__per_cpu_start);
	per_cpu(cpu_number, cpu) = cpu;
}

void setup_per_cpu_areas(void)
{
	unsigned int cpu;

	/* The lists of free objects are in the template so far, and must not be there twice. */
	slab_flush_this_cpu();
	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		make_area(cpu);
	arch_use_per_cpu_area(0);
	areas_exist = true;
	pr_info("per-CPU memory: %u areas of %zu bytes and a reserve of %u\n", nr_cpu_ids,
		template_size(), PERCPU_RESERVE);
}
