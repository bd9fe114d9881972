// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of one device spread over CPUs: who gets which.
 */
#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/group_cpus.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/slab.h>
#include <kunit/test.h>

#define GROUPS_MAX	20
#define CPUS_MAX	min_t(unsigned int, NR_CPUS, 12)

static struct cpumask groups[GROUPS_MAX];

static struct cpumask cpus_from_to(unsigned int first, unsigned int end)
{
	struct cpumask mask = { };

	for (; first < end; first++)
		__set_bit(first, cpumask_bits(&mask));
	return mask;
}

/* The functions of <linux/cpumask.h> know only the CPUs that this machine has. */
static bool same(const struct cpumask *a, const struct cpumask *b)
{
	return bitmap_equal(cpumask_bits(a), cpumask_bits(b), NR_CPUS);
}

static unsigned int weight_of(const struct cpumask *mask)
{
	return bitmap_weight(cpumask_bits(mask), NR_CPUS);
}

static bool has(const struct cpumask *mask, unsigned int cpu)
{
	return test_bit(cpu, cpumask_bits(mask));
}

static bool group_is(unsigned int group, unsigned int first, unsigned int end)
{
	struct cpumask want = cpus_from_to(first, end);

	return same(&groups[group], &want);
}

/* ---- to groups ---- */

static void neighbours_are_dealt_out_together(struct kunit *test)
{
	struct cpumask none = { }, cpus = cpus_from_to(0, 8);

	if (NR_CPUS < 8)
		kunit_skip(test, "built for less than eight CPUs");
	deal_cpus(groups, 3, &cpus, &none);
	KUNIT_EXPECT_TRUE(test, group_is(0, 0, 3));
	KUNIT_EXPECT_TRUE(test, group_is(1, 3, 6));
	KUNIT_EXPECT_TRUE(test, group_is(2, 6, 8));
	deal_cpus(groups, 8, &cpus, &none);
	for (unsigned int i = 0; i < 8; i++)
		KUNIT_EXPECT_TRUE(test, group_is(i, i, i + 1));
	deal_cpus(groups, 1, &cpus, &none);
	KUNIT_EXPECT_TRUE(test, group_is(0, 0, 8));
}

/* Those that are absent even out what those that are present did not. */
static void absent_cpus_come_after_those_that_are_present(struct kunit *test)
{
	struct cpumask present = cpus_from_to(0, 5), absent = cpus_from_to(5, 8), want;

	if (NR_CPUS < 8)
		kunit_skip(test, "built for less than eight CPUs");
	deal_cpus(groups, 4, &present, &absent);
	want = cpus_from_to(0, 2);
	KUNIT_EXPECT_TRUE(test, same(&groups[0], &want));
	for (unsigned int i = 1; i < 4; i++) {
		KUNIT_EXPECT_EQ(test, weight_of(&groups[i]), 2U);
		KUNIT_EXPECT_TRUE(test, has(&groups[i], i + 1));
		KUNIT_EXPECT_TRUE(test, has(&groups[i], i + 4));
	}
	/* Fewer present than groups: the absent ones go on from there. */
	present = cpus_from_to(0, 2);
	absent = cpus_from_to(2, 4);
	deal_cpus(groups, 4, &present, &absent);
	for (unsigned int i = 0; i < 4; i++)
		KUNIT_EXPECT_TRUE(test, group_is(i, i, i + 1));
}

static void groups_without_cpus_share_those_of_others(struct kunit *test)
{
	struct cpumask none = { }, cpus = cpus_from_to(0, 2);

	if (NR_CPUS < 2)
		kunit_skip(test, "built for one CPU");
	deal_cpus(groups, 5, &cpus, &none);
	for (unsigned int i = 0; i < 5; i++)
		KUNIT_EXPECT_TRUE(test, group_is(i, i % 2, i % 2 + 1));
	deal_cpus(groups, 2, &none, &none);
	KUNIT_EXPECT_TRUE(test, !weight_of(&groups[0]));
}

/* Each CPU in one group, none without a CPU, shares that differ by one at most: whatever the numbers. */
static void expect_fair(struct kunit *test, unsigned int nr, unsigned int present, unsigned int possible)
{
	struct cpumask here = cpus_from_to(0, present), absent = cpus_from_to(present, possible), all = { };
	unsigned int least = possible, most = 0, sum = 0;

	deal_cpus(groups, nr, &here, &absent);
	for (unsigned int i = 0; i < nr; i++) {
		unsigned int weight = weight_of(&groups[i]);

		least = min(least, weight);
		most = max(most, weight);
		sum += weight;
		bitmap_or(cpumask_bits(&all), cpumask_bits(&all), cpumask_bits(&groups[i]), NR_CPUS);
		if (present >= nr)
			KUNIT_EXPECT_TRUE(test, bitmap_intersects(cpumask_bits(&groups[i]), cpumask_bits(&here), NR_CPUS));
	}
	KUNIT_EXPECT_GE(test, least, 1U);
	KUNIT_EXPECT_LE(test, most - least, 1U);
	KUNIT_EXPECT_EQ(test, sum, max(possible, nr));
	KUNIT_EXPECT_EQ(test, weight_of(&all), possible);
}

static void shares_are_fair_for_all_numbers(struct kunit *test)
{
	for (unsigned int nr = 1; nr <= GROUPS_MAX; nr++)
		for (unsigned int possible = 1; possible <= CPUS_MAX; possible++)
			for (unsigned int present = 1; present <= possible; present++)
				expect_fair(test, nr, present, possible);
}

static void groups_of_the_machine_hold_all_possible_cpus(struct kunit *test)
{
	struct cpumask *two = group_cpus_evenly(2), all;

	KUNIT_ASSERT_NOT_NULL(test, two);
	cpumask_or(&all, &two[0], &two[1]);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&all, cpu_possible_mask));
	KUNIT_EXPECT_EQ(test, cpumask_intersects(&two[0], &two[1]), num_possible_cpus() == 1);
	kfree(two);
	KUNIT_EXPECT_NULL(test, group_cpus_evenly(0));
}

/* ---- to lines ---- */

static void lines_at_both_ends_are_not_spread(struct kunit *test)
{
	struct irq_affinity affd = { .pre_vectors = 2, .post_vectors = 1 };
	struct irq_affinity_desc *descs = irq_create_affinity_masks(5, &affd);
	struct cpumask both;

	KUNIT_ASSERT_NOT_NULL(test, descs);
	for (int i = 0; i < 5; i++)
		KUNIT_EXPECT_TRUE(test, descs[i].is_managed == (i == 2 || i == 3));
	KUNIT_EXPECT_TRUE(test, cpumask_subset(cpu_possible_mask, &descs[0].mask));
	KUNIT_EXPECT_TRUE(test, cpumask_subset(cpu_possible_mask, &descs[4].mask));
	cpumask_or(&both, &descs[2].mask, &descs[3].mask);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&both, cpu_possible_mask));
	KUNIT_EXPECT_EQ(test, affd.nr_sets, 1U);
	KUNIT_EXPECT_EQ(test, affd.set_size[0], 2U);
	kfree(descs);
}

static unsigned int told_to_spread;

static void make_two_sets(struct irq_affinity *affd, unsigned int nvecs)
{
	told_to_spread = nvecs;
	affd->nr_sets = 2;
	affd->set_size[0] = nvecs ? 1 : 0;
	affd->set_size[1] = nvecs ? nvecs - 1 : 0;
}

static void each_set_has_all_cpus(struct kunit *test)
{
	struct irq_affinity affd = { .pre_vectors = 1, .calc_sets = make_two_sets };
	struct irq_affinity_desc *descs = irq_create_affinity_masks(4, &affd);
	struct cpumask second;

	KUNIT_ASSERT_NOT_NULL(test, descs);
	KUNIT_EXPECT_EQ(test, told_to_spread, 3U);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&descs[1].mask, cpu_possible_mask));
	cpumask_or(&second, &descs[2].mask, &descs[3].mask);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&second, cpu_possible_mask));
	kfree(descs);
}

/* More than there are to spread, or less: what is left over is managed, and may go anywhere. */
static void make_wrong_sets(struct irq_affinity *affd, unsigned int nvecs)
{
	affd->nr_sets = (unsigned int)(unsigned long)affd->priv;
	affd->set_size[0] = 1;
	affd->set_size[1] = 100;
}

static void sets_that_do_not_fit_are_cut_or_filled_up(struct kunit *test)
{
	struct irq_affinity affd = { .calc_sets = make_wrong_sets, .priv = (void *)1UL };
	struct irq_affinity_desc *descs = irq_create_affinity_masks(2, &affd);

	KUNIT_ASSERT_NOT_NULL(test, descs);
	KUNIT_EXPECT_TRUE(test, cpumask_subset(cpu_possible_mask, &descs[1].mask));
	KUNIT_EXPECT_TRUE(test, descs[1].is_managed);
	kfree(descs);
	affd.priv = (void *)2UL;
	descs = irq_create_affinity_masks(3, &affd);
	KUNIT_ASSERT_NOT_NULL(test, descs);
	KUNIT_EXPECT_FALSE(test, cpumask_empty(&descs[2].mask));
	kfree(descs);
}

static void nothing_to_spread_is_told_to_the_driver(struct kunit *test)
{
	struct irq_affinity affd = { .post_vectors = 2, .calc_sets = make_two_sets };

	told_to_spread = 99;
	KUNIT_EXPECT_NULL(test, irq_create_affinity_masks(2, &affd));
	KUNIT_EXPECT_EQ(test, told_to_spread, 0U);
}

static void as_many_lines_are_of_use_as_there_are_cpus(struct kunit *test)
{
	struct irq_affinity affd = { .pre_vectors = 1, .post_vectors = 1 };
	unsigned int cpus = num_possible_cpus();

	KUNIT_EXPECT_EQ(test, irq_calc_affinity_vectors(2, cpus + 100, &affd), cpus + 2);
	KUNIT_EXPECT_EQ(test, irq_calc_affinity_vectors(2, 2, &affd), 2U);
	KUNIT_EXPECT_EQ(test, irq_calc_affinity_vectors(1, 100, &affd), 0U);
	affd.calc_sets = make_two_sets;
	KUNIT_EXPECT_EQ(test, irq_calc_affinity_vectors(2, cpus + 100, &affd), cpus + 100);
}

static void line_that_may_go_nowhere_is_not_made(struct kunit *test)
{
	struct irq_affinity_desc wish[2] = { { .mask = *cpumask_of(0) }, { .is_managed = 1 } };
	unsigned int before = irq_descs_in_use();

	KUNIT_EXPECT_EQ(test, __irq_alloc_descs(-1, 1, 2, 0, NULL, wish), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), before);
}

static struct kunit_case spread_cases[] = {
	KUNIT_CASE(neighbours_are_dealt_out_together),
	KUNIT_CASE(absent_cpus_come_after_those_that_are_present),
	KUNIT_CASE(groups_without_cpus_share_those_of_others),
	KUNIT_CASE(shares_are_fair_for_all_numbers),
	KUNIT_CASE(groups_of_the_machine_hold_all_possible_cpus),
	KUNIT_CASE(lines_at_both_ends_are_not_spread),
	KUNIT_CASE(each_set_has_all_cpus),
	KUNIT_CASE(sets_that_do_not_fit_are_cut_or_filled_up),
	KUNIT_CASE(nothing_to_spread_is_told_to_the_driver),
	KUNIT_CASE(as_many_lines_are_of_use_as_there_are_cpus),
	KUNIT_CASE(line_that_may_go_nowhere_is_not_made),
	{}
};

static struct kunit_suite spread_suite = {
	.name = "irq-spread",
	.test_cases = spread_cases,
};
kunit_test_suite(spread_suite);
