/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What tests of CPUs that go and come share: which one, and its way.
 */
#ifndef _TESTS_BOOT_HOTPLUG_HELPERS_H
#define _TESTS_BOOT_HOTPLUG_HELPERS_H

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <kunit/test.h>

/* The CPU that goes in these cases: the last one. */
static inline unsigned int victim(void)
{
	return nr_cpu_ids - 1;
}

static inline int needs_two_cpus(struct kunit *test)
{
	if (num_online_cpus() < 2 || num_online_cpus() != nr_cpu_ids)
		kunit_skip(test, "needs two CPUs");
	return 0;
}

/* A case that fails in the middle leaves all CPUs up for the next. */
static inline void bring_all_back(struct kunit *test)
{
	unsigned int cpu;

	for_each_present_cpu(cpu)
		if (!cpu_online(cpu))
			add_cpu(cpu);
}

static inline void take_down(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, remove_cpu(victim()), 0);
	KUNIT_ASSERT_FALSE(test, cpu_online(victim()));
}

static inline void bring_up(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, add_cpu(victim()), 0);
	KUNIT_ASSERT_TRUE(test, cpu_online(victim()));
}

#endif
