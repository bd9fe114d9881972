/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * CPUs dealt out to groups of one size, for what is to be spread over the machine.
 *
 * Differs from Linux
 *	Memory and caches are not looked at: CPUs of neighbouring numbers are put together. With more groups than
 *	CPUs the first CPUs have several groups; there the last groups are empty.
 *
 * Tests
 *	tests/boot/irq_spread_test.c
 */
#ifndef _LINUX_GROUP_CPUS_H
#define _LINUX_GROUP_CPUS_H

#include <linux/cpumask.h>

/**
 * group_cpus_evenly - deal all possible CPUs out
 * @numgrps: to so many groups
 *
 * Those that are present first: so each group has one of them, as long as there are enough.
 *
 * Context: task, may sleep. Return: @numgrps masks, for kfree(); NULL for none, or without memory.
 */
struct cpumask *group_cpus_evenly(unsigned int numgrps);

/**
 * deal_cpus - the same for any CPUs; it has no name on Linux
 * @groups: filled in
 * @nr: how many, at least 1
 * @first: dealt out first
 * @others: dealt out then, going on where those ended; none of @first
 *
 * Context: any.
 */
void deal_cpus(struct cpumask *groups, unsigned int nr, const struct cpumask *first,
	       const struct cpumask *others);

#endif
