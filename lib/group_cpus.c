// SPDX-License-Identifier: GPL-2.0-only
/*
 * CPUs dealt out to groups: <linux/group_cpus.h>.
 *
 * Contexts
 *	deal_cpus(): any. group_cpus_evenly(): task, may sleep.
 *
 * Tests
 *	tests/boot/irq_spread_test.c
 */
#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/group_cpus.h>
#include <linux/slab.h>

/* CPUs that this machine does not have are counted, too, if somebody asks: what is dealt out is his. */
static unsigned int count_cpus(const struct cpumask *cpus)
{
	return bitmap_weight(cpumask_bits(cpus), NR_CPUS);
}

/* Neighbours together; the groups' shares differ by one CPU at most. The larger ones are from @first on. */
static void deal(struct cpumask *groups, unsigned int nr, unsigned int first, const struct cpumask *cpus)
{
	unsigned int count = count_cpus(cpus), share = count / nr, larger = count % nr;
	unsigned int in_larger = larger * (share + 1), i = 0, cpu, group;

	for_each_set_bit(cpu, cpumask_bits(cpus), NR_CPUS) {
		group = i < in_larger ? i / (share + 1) : larger + (i - in_larger) / share;
		__set_bit(cpu, cpumask_bits(&groups[(first + group) % nr]));
		i++;
	}
}

void deal_cpus(struct cpumask *groups, unsigned int nr, const struct cpumask *first,
	       const struct cpumask *others)
{
	unsigned int nr_first = count_cpus(first), total = nr_first + count_cpus(others), i;

	for (i = 0; i < nr; i++)
		groups[i] = (struct cpumask){ };
	deal(groups, nr, 0, first);
	deal(groups, nr, nr_first % nr, others);
	for (i = total; total && i < nr; i++)
		groups[i] = groups[i % total];
}

struct cpumask *group_cpus_evenly(unsigned int numgrps)
{
	struct cpumask *groups = numgrps ? kcalloc(numgrps, sizeof(*groups), GFP_KERNEL) : NULL;
	struct cpumask present, absent;

	if (!groups)
		return NULL;
	/* One that comes meanwhile is dealt out once, as the one or as the other. */
	cpumask_copy(&present, cpu_present_mask);
	cpumask_andnot(&absent, cpu_possible_mask, &present);
	deal_cpus(groups, numgrps, &present, &absent);
	return groups;
}
