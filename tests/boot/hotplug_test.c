// SPDX-License-Identifier: GPL-2.0-only
/*
 * CPUs go down and come up: who is told, what leaves them, and that nothing is lost.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/errno.h>
#include <linux/stop_machine.h>

#include "thread_helpers.h"

/* The CPU that goes in these cases: the last one. */
static unsigned int victim(void)
{
	return nr_cpu_ids - 1;
}

static int needs_two_cpus(struct kunit *test)
{
	if (num_online_cpus() < 2 || num_online_cpus() != nr_cpu_ids)
		kunit_skip(test, "needs two CPUs");
	return 0;
}

/* A case that fails in the middle leaves all CPUs up for the next. */
static void bring_all_back(struct kunit *test)
{
	unsigned int cpu;

	for_each_present_cpu(cpu)
		if (!cpu_online(cpu))
			add_cpu(cpu);
}

/* ---- down and up ---- */

static void idle_cpu_goes_and_comes_back(struct kunit *test)
{
	unsigned int online = num_online_cpus();

	KUNIT_EXPECT_EQ(test, remove_cpu(victim()), 0);
	KUNIT_EXPECT_FALSE(test, cpu_online(victim()));
	KUNIT_EXPECT_FALSE(test, cpu_active(victim()));
	KUNIT_EXPECT_EQ(test, num_online_cpus(), online - 1);
	KUNIT_EXPECT_EQ(test, add_cpu(victim()), 0);
	KUNIT_EXPECT_TRUE(test, cpu_online(victim()));
	KUNIT_EXPECT_TRUE(test, cpu_active(victim()));
	KUNIT_EXPECT_EQ(test, num_online_cpus(), online);
}

static void idle_cpu_goes_and_comes_fifty_times(struct kunit *test)
{
	int i;

	for (i = 0; i < 50; i++) {
		KUNIT_ASSERT_EQ(test, remove_cpu(victim()), 0);
		KUNIT_ASSERT_EQ(test, add_cpu(victim()), 0);
	}
}

static struct kunit_case hotplug_cases[] = {
	KUNIT_CASE(idle_cpu_goes_and_comes_back),
	KUNIT_CASE(idle_cpu_goes_and_comes_fifty_times),
	{}
};

static struct kunit_suite hotplug_suite = {
	.name = "hotplug",
	.init = needs_two_cpus,
	.exit = bring_all_back,
	.test_cases = hotplug_cases,
};
kunit_test_suite(hotplug_suite);
