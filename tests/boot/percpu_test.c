// SPDX-License-Identifier: GPL-2.0-only
/*
 * Per-CPU memory.
 */
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "helpers.h"

static DEFINE_PER_CPU(unsigned long, counter);
static DEFINE_PER_CPU(int, initialised) = 42;

static void each_cpu_has_its_own_number(struct kunit *test)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		KUNIT_EXPECT_EQ(test, per_cpu(cpu_number, cpu), cpu);
}

static void initial_value_is_in_every_copy(struct kunit *test)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		KUNIT_EXPECT_EQ(test, per_cpu(initialised, cpu), 42);
}

static void add_here(void *unused)
{
	this_cpu_add(counter, 1 + smp_processor_id());
}

static void this_cpu_operations_reach_the_own_copy(struct kunit *test)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		per_cpu(counter, cpu) = 0;
	on_each_cpu(add_here, NULL, 1);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, per_cpu(counter, cpu), 1UL + cpu);
}

static void pointer_and_operations_agree(struct kunit *test)
{
	unsigned long *mine;

	mine = &get_cpu_var(counter);
	KUNIT_EXPECT_PTR_EQ(test, mine, per_cpu_ptr(&counter, smp_processor_id()));
	this_cpu_write(counter, 5);
	KUNIT_EXPECT_EQ(test, READ_ONCE(*mine), 5UL);
	KUNIT_EXPECT_EQ(test, this_cpu_xchg(counter, 6), 5UL);
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(counter, 7, 8), 6UL);
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(counter, 6, 9), 6UL);
	KUNIT_EXPECT_EQ(test, this_cpu_add_return(counter, 1), 10UL);
	put_cpu_var(counter);
}

static void dynamic_object_is_zero_and_aligned_on_every_cpu(struct kunit *test)
{
	static const size_t aligns[] = { 1, 8, 16, 64 };
	unsigned int cpu, i;

	for (i = 0; i < ARRAY_SIZE(aligns); i++) {
		u8 __percpu *p = __alloc_percpu(100, aligns[i]);

		KUNIT_ASSERT_NOT_NULL(test, p);
		for_each_possible_cpu(cpu) {
			KUNIT_EXPECT_EQ(test, (unsigned long)per_cpu_ptr(p, cpu) % aligns[i], 0UL);
			KUNIT_EXPECT_NULL(test, memchr_inv(per_cpu_ptr(p, cpu), 0, 100));
			memset(per_cpu_ptr(p, cpu), 0xff, 100);
		}
		free_percpu(p);
	}
}

static void add_to_dynamic(void *p)
{
	unsigned long __percpu *dynamic = p;

	this_cpu_add(*dynamic, 3);
}

static void dynamic_object_takes_this_cpu_operations(struct kunit *test)
{
	unsigned long __percpu *p = alloc_percpu(unsigned long);
	unsigned int cpu;

	KUNIT_ASSERT_NOT_NULL(test, p);
	on_each_cpu(add_to_dynamic, p, 1);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, *per_cpu_ptr(p, cpu), 3UL);
	free_percpu(p);
}

static void full_reserve_is_null_and_all_of_it_comes_back(struct kunit *test)
{
	enum { MOST = 64 };
	void __percpu **p = kcalloc(MOST, sizeof(*p), GFP_KERNEL);
	unsigned int n = 0, again = 0;

	KUNIT_ASSERT_NOT_NULL(test, p);
	while (n < MOST && (p[n] = __alloc_percpu(2048, 64)))
		n++;
	KUNIT_EXPECT_GT(test, n, 4u);
	KUNIT_EXPECT_LT(test, n, (unsigned int)MOST);
	/* Free every other one first, so that they have to join. */
	for (again = 0; again < n; again += 2)
		free_percpu(p[again]);
	for (again = 1; again < n; again += 2)
		free_percpu(p[again]);
	for (again = 0; again < n; again++)
		p[again] = __alloc_percpu(2048, 64);
	for (again = 0; again < n; again++) {
		KUNIT_EXPECT_NOT_NULL(test, p[again]);
		free_percpu(p[again]);
	}
	kfree(p);
}

static void neighbours_do_not_overlap(struct kunit *test)
{
	u8 __percpu *a = __alloc_percpu(12, 4), *b = __alloc_percpu(12, 4);

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	memset(per_cpu_ptr(a, 0), 0x11, 12);
	memset(per_cpu_ptr(b, 0), 0x22, 12);
	KUNIT_EXPECT_NULL(test, memchr_inv(per_cpu_ptr(a, 0), 0x11, 12));
	KUNIT_EXPECT_NULL(test, memchr_inv(per_cpu_ptr(b, 0), 0x22, 12));
	free_percpu(a);
	free_percpu(b);
}

static void wrong_arguments_and_frees_are_reported(struct kunit *test)
{
	void __percpu *p = __alloc_percpu(64, 8);

	KUNIT_ASSERT_NOT_NULL(test, p);
	bug_expect(5);
	KUNIT_EXPECT_NULL(test, __alloc_percpu(0, 8));
	KUNIT_EXPECT_NULL(test, __alloc_percpu(4097, 8));
	KUNIT_EXPECT_NULL(test, __alloc_percpu(8, 128));
	free_percpu(p + 8);
	free_percpu(p);
	free_percpu(p);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	free_percpu(NULL);
}

static struct kunit_case percpu_cases[] = {
	KUNIT_CASE(each_cpu_has_its_own_number),
	KUNIT_CASE(initial_value_is_in_every_copy),
	KUNIT_CASE(this_cpu_operations_reach_the_own_copy),
	KUNIT_CASE(pointer_and_operations_agree),
	KUNIT_CASE(dynamic_object_is_zero_and_aligned_on_every_cpu),
	KUNIT_CASE(dynamic_object_takes_this_cpu_operations),
	KUNIT_CASE(full_reserve_is_null_and_all_of_it_comes_back),
	KUNIT_CASE(neighbours_do_not_overlap),
	KUNIT_CASE(wrong_arguments_and_frees_are_reported),
	{}
};

static struct kunit_suite percpu_suite = {
	.name = "percpu",
	.test_cases = percpu_cases,
};
kunit_test_suite(percpu_suite);
