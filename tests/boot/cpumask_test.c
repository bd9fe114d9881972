// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sets of CPUs: with one possible CPU as with sixty-four, the ends of the walks are right.
 */
#include <linux/cpumask.h>
#include <linux/smp.h>
#include <linux/sprintf.h>
#include <kunit/test.h>

#define NONE(cpu)	((cpu) >= nr_cpu_ids)

static void empty_mask_has_no_cpu(struct kunit *test)
{
	struct cpumask mask;
	unsigned int cpu, n = 0;

	cpumask_clear(&mask);
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&mask));
	KUNIT_EXPECT_TRUE(test, NONE(cpumask_first(&mask)));
	KUNIT_EXPECT_TRUE(test, NONE(cpumask_last(&mask)));
	KUNIT_EXPECT_TRUE(test, NONE(cpumask_next(-1, &mask)));
	KUNIT_EXPECT_TRUE(test, NONE(cpumask_next_wrap(-1, &mask, 0, false)));
	for_each_cpu(cpu, &mask)
		n++;
	for_each_cpu_wrap(cpu, &mask, 0)
		n++;
	KUNIT_EXPECT_EQ(test, n, 0);
	KUNIT_EXPECT_EQ(test, cpumask_first_zero(&mask), 0);
}

static void full_mask_has_every_cpu_once(struct kunit *test)
{
	struct cpumask mask;
	unsigned int cpu, n = 0;

	cpumask_setall(&mask);
	KUNIT_EXPECT_TRUE(test, cpumask_full(&mask));
	KUNIT_EXPECT_EQ(test, cpumask_weight(&mask), NR_CPUS);
	KUNIT_EXPECT_EQ(test, cpumask_last(&mask), NR_CPUS - 1);
	KUNIT_EXPECT_TRUE(test, NONE(cpumask_next(NR_CPUS - 1, &mask)));
	KUNIT_EXPECT_TRUE(test, NONE(cpumask_first_zero(&mask)));
	for_each_cpu(cpu, &mask)
		KUNIT_EXPECT_EQ(test, cpu, n++);
	KUNIT_EXPECT_EQ(test, n, nr_cpu_ids);
	for_each_cpu_not(cpu, &mask)
		KUNIT_FAIL(test, "cpu %u is not in the full mask", cpu);
	cpumask_complement(&mask, &mask);
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&mask));
}

static void wrapped_walk_meets_each_cpu_once_from_any_start(struct kunit *test)
{
	struct cpumask mask;

	cpumask_clear(&mask);
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (cpu % 3 != 1)
			cpumask_set_cpu(cpu, &mask);
	for (unsigned int start = 0; start < nr_cpu_ids; start++) {
		unsigned int cpu, n = 0, before = 0;
		struct cpumask seen;
		bool wrapped = false;

		cpumask_clear(&seen);
		for_each_cpu_wrap(cpu, &mask, start) {
			KUNIT_ASSERT_FALSE(test, cpumask_test_and_set_cpu(cpu, &seen));
			if (n && cpu < before) {
				KUNIT_ASSERT_FALSE(test, wrapped);
				wrapped = true;
			}
			if (!n)
				wrapped = cpu < start;
			KUNIT_ASSERT_EQ(test, wrapped, cpu < start);
			before = cpu;
			n++;
		}
		KUNIT_EXPECT_TRUE(test, cpumask_equal(&seen, &mask));
	}
}

static void operations_are_those_of_sets(struct kunit *test)
{
	struct cpumask a, b, r;
	unsigned int cpu, n = 0;

	cpumask_copy(&a, cpumask_of(0));
	cpumask_setall(&b);
	KUNIT_EXPECT_TRUE(test, cpumask_subset(&a, &b));
	KUNIT_EXPECT_TRUE(test, cpumask_intersects(&a, &b));
	KUNIT_EXPECT_TRUE(test, cpumask_and(&r, &a, &b));
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&r, &a));
	KUNIT_EXPECT_FALSE(test, cpumask_andnot(&r, &a, &b));
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&r));
	cpumask_or(&r, &a, &r);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&r, &a));
	cpumask_xor(&r, &a, &b);
	KUNIT_EXPECT_EQ(test, cpumask_weight(&r), NR_CPUS - 1);
	KUNIT_EXPECT_FALSE(test, cpumask_test_cpu(0, &r));
	for_each_cpu_and(cpu, &a, &b)
		n++;
	KUNIT_EXPECT_EQ(test, n, 1);
	for_each_cpu_andnot(cpu, &b, &a)
		n++;
	KUNIT_EXPECT_EQ(test, n, nr_cpu_ids);
	KUNIT_EXPECT_TRUE(test, NONE(cpumask_any_but(&a, 0)));
	KUNIT_EXPECT_EQ(test, cpumask_first_and(&a, &b), 0);
}

static void single_masks_hold_their_cpu_alone(struct kunit *test)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++) {
		KUNIT_EXPECT_EQ(test, cpumask_weight(cpumask_of(cpu)), 1);
		KUNIT_EXPECT_EQ(test, cpumask_first(cpumask_of(cpu)), cpu);
	}
}

static void test_and_change_tell_what_was(struct kunit *test)
{
	struct cpumask mask;

	cpumask_clear(&mask);
	KUNIT_EXPECT_FALSE(test, cpumask_test_and_set_cpu(0, &mask));
	KUNIT_EXPECT_TRUE(test, cpumask_test_and_set_cpu(0, &mask));
	KUNIT_EXPECT_TRUE(test, cpumask_test_and_clear_cpu(0, &mask));
	KUNIT_EXPECT_FALSE(test, cpumask_test_and_clear_cpu(0, &mask));
	cpumask_assign_cpu(0, &mask, true);
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(0, &mask));
}

static void this_machine_has_consistent_masks(struct kunit *test)
{
	unsigned int cpu, n = 0;

	KUNIT_EXPECT_GE(test, num_online_cpus(), 1);
	KUNIT_EXPECT_EQ(test, num_possible_cpus(), nr_cpu_ids);
	KUNIT_EXPECT_LE(test, nr_cpu_ids, NR_CPUS);
	KUNIT_EXPECT_TRUE(test, cpumask_subset(cpu_online_mask, cpu_possible_mask));
	KUNIT_EXPECT_TRUE(test, cpumask_subset(cpu_active_mask, cpu_online_mask));
	KUNIT_EXPECT_TRUE(test, cpu_online(raw_smp_processor_id()));
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, cpumask_local_spread(n++, 0), cpu);
	KUNIT_EXPECT_EQ(test, cpumask_local_spread(n, 0), cpumask_first(cpu_online_mask));
}

static void mask_in_text_becomes_the_mask_and_text_again(struct kunit *test)
{
	struct cpumask mask;
	char text[32];

	KUNIT_EXPECT_EQ(test, cpulist_parse("0", &mask), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&mask, cpumask_of(0)));
	snprintf(text, sizeof(text), "%*pbl", cpumask_pr_args(&mask));
	KUNIT_EXPECT_STREQ(test, text, "0");
	KUNIT_EXPECT_EQ(test, cpulist_parse("all", &mask), 0);
	KUNIT_EXPECT_EQ(test, cpumask_weight(&mask), nr_cpu_ids);
	KUNIT_EXPECT_EQ(test, cpulist_parse("64", &mask), -ERANGE);
	KUNIT_EXPECT_EQ(test, cpulist_parse("one", &mask), -EINVAL);
}

static void mask_variable_needs_no_memory(struct kunit *test)
{
	cpumask_var_t mask;

	KUNIT_ASSERT_TRUE(test, zalloc_cpumask_var(&mask, GFP_KERNEL));
	KUNIT_EXPECT_TRUE(test, cpumask_empty(mask));
	cpumask_set_cpu(0, mask);
	KUNIT_EXPECT_EQ(test, cpumask_weight(mask), 1);
	free_cpumask_var(mask);
}

static struct kunit_case cpumask_cases[] = {
	KUNIT_CASE(empty_mask_has_no_cpu),
	KUNIT_CASE(full_mask_has_every_cpu_once),
	KUNIT_CASE(wrapped_walk_meets_each_cpu_once_from_any_start),
	KUNIT_CASE(operations_are_those_of_sets),
	KUNIT_CASE(single_masks_hold_their_cpu_alone),
	KUNIT_CASE(test_and_change_tell_what_was),
	KUNIT_CASE(this_machine_has_consistent_masks),
	KUNIT_CASE(mask_in_text_becomes_the_mask_and_text_again),
	KUNIT_CASE(mask_variable_needs_no_memory),
	{}
};
static struct kunit_suite cpumask_suite = { .name = "cpumask", .test_cases = cpumask_cases };
kunit_test_suite(cpumask_suite);
