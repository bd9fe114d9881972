// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sets of CPUs: the ones that everybody asks, and what is too long for a header.
 *
 * What
 *	init/main.c says which CPUs are possible; whoever brings one up says when it is online.
 *
 * Contexts
 *	Any. The global masks are changed by atomic bit operations, and read without a lock: the
 *	answer was true a moment ago, and who needs more keeps the CPU from leaving.
 *
 * Tests
 *	tests/boot/cpumask_test.c
 */
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/sprintf.h>
#include <arch/memory.h>

struct cpumask __cpu_possible_mask, __cpu_present_mask, __cpu_online_mask, __cpu_active_mask;
const struct cpumask __cpu_all_mask = { CPU_BITS_ALL };
const struct cpumask __cpu_none_mask = { CPU_BITS_NONE };

#define SINGLE_1(n)	[n] = { { 1UL << (n) } }
#define SINGLE_4(n)	SINGLE_1(n), SINGLE_1((n) + 1), SINGLE_1((n) + 2), SINGLE_1((n) + 3)
#define SINGLE_16(n)	SINGLE_4(n), SINGLE_4((n) + 4), SINGLE_4((n) + 8), SINGLE_4((n) + 12)

/* All that a word can hold; CPUs that this build does not know are never asked for. */
const struct cpumask cpu_single_masks[BITS_PER_LONG] = {
	SINGLE_16(0), SINGLE_16(16), SINGLE_16(32), SINGLE_16(48),
};

/* The order is start, start + 1, ..., the last one, 0, ..., start - 1. */
unsigned int cpumask_next_wrap(int n, const struct cpumask *mask, int start, bool wrap)
{
	unsigned int next = cpumask_next(n, mask);

	if (wrap && n < start)
		return next < (unsigned int)start ? next : nr_cpumask_bits;
	if (next < nr_cpu_ids)
		return next;
	next = cpumask_first(mask);
	return next < (unsigned int)start ? next : nr_cpumask_bits;
}

unsigned int cpumask_local_spread(unsigned int i, int node)
{
	unsigned int cpu;

	i %= num_online_cpus();
	for_each_online_cpu(cpu)
		if (i-- == 0)
			return cpu;
	return 0;
}

ssize_t cpumap_print_to_pagebuf(bool list, char *buf, const struct cpumask *mask)
{
	return list ? scnprintf(buf, PAGE_SIZE, "%*pbl\n", cpumask_pr_args(mask)) :
		      scnprintf(buf, PAGE_SIZE, "%*pb\n", cpumask_pr_args(mask));
}
