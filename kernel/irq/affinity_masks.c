// SPDX-License-Identifier: GPL-2.0-only
/*
 * Masks for the lines of a device with many queues: each queue's line has CPUs of its own.
 *
 * What
 *	A driver says how many of its lines are not a queue's, at the beginning (pre_vectors) and at the end
 *	(post_vectors). Those go where lines go by default. The others are divided into sets (all of one
 *	purpose: to read, to write ...), and the lines of each set share all possible CPUs out among
 *	themselves. They are managed: nobody else sends them anywhere, and they stop and start with their
 *	CPUs (cpuhotplug.c).
 *
 *		pre	set 0			set 1		post
 *		any	0-1	2-3		0-1	2-3	any	on four CPUs
 *
 * Contexts
 *	Task, may sleep.
 *
 * Tests
 *	tests/boot/irq_spread_test.c; with a device: tests/boot/e1000e_test.c
 */
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/group_cpus.h>
#include <linux/interrupt.h>
#include <linux/minmax.h>
#include <linux/slab.h>

#include "internals.h"

static void one_set(struct irq_affinity *affd, unsigned int nvecs)
{
	affd->nr_sets = 1;
	affd->set_size[0] = nvecs;
}

static void send_anywhere(struct irq_affinity_desc *descs, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++)
		cpumask_copy(&descs[i].mask, &irq_default_affinity);
}

/* All possible CPUs, shared out among the lines of one set. Return: whether there was memory. */
static bool spread_set(struct irq_affinity_desc *descs, unsigned int nr)
{
	struct cpumask *groups = group_cpus_evenly(nr);

	if (!groups)
		return !nr;
	for (unsigned int i = 0; i < nr; i++)
		cpumask_copy(&descs[i].mask, &groups[i]);
	kfree(groups);
	return true;
}

/* The sets, one behind the other, in @nr lines. What the driver left over of these may go anywhere. */
static bool spread_sets(struct irq_affinity_desc *descs, unsigned int nr, const struct irq_affinity *affd)
{
	unsigned int done = 0;

	for (unsigned int i = 0; i < nr; i++)
		descs[i].is_managed = 1;
	for (unsigned int set = 0; set < affd->nr_sets; set++) {
		unsigned int size = min(affd->set_size[set], nr - done);

		if (!spread_set(descs + done, size))
			return false;
		done += size;
	}
	send_anywhere(descs + done, nr - done);
	return true;
}

struct irq_affinity_desc *irq_create_affinity_masks(unsigned int nvecs, struct irq_affinity *affd)
{
	unsigned int reserved = affd->pre_vectors + affd->post_vectors;
	unsigned int spread = nvecs > reserved ? nvecs - reserved : 0;
	struct irq_affinity_desc *descs;

	if (!affd->calc_sets)
		affd->calc_sets = one_set;
	affd->calc_sets(affd, spread);
	if (WARN_ON_ONCE(affd->nr_sets > IRQ_AFFINITY_MAX_SETS) || !spread)
		return NULL;

	descs = kcalloc(nvecs, sizeof(*descs), GFP_KERNEL);
	if (!descs)
		return NULL;
	send_anywhere(descs, affd->pre_vectors);
	send_anywhere(descs + affd->pre_vectors + spread, affd->post_vectors);
	if (!spread_sets(descs + affd->pre_vectors, spread, affd)) {
		kfree(descs);
		return NULL;
	}
	return descs;
}

unsigned int irq_calc_affinity_vectors(unsigned int minvec, unsigned int maxvec,
				       const struct irq_affinity *affd)
{
	unsigned int reserved = affd->pre_vectors + affd->post_vectors;

	if (reserved > minvec)
		return 0;
	return affd->calc_sets ? maxvec : min(maxvec, reserved + num_possible_cpus());
}
