// SPDX-License-Identifier: GPL-2.0-only
/*
 * kmalloc(), object caches, vmalloc().
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "helpers.h"

static void every_size_is_held_and_aligned(struct kunit *test)
{
	size_t size;

	for (size = 1; size <= 20000; size += 1 + size / 16) {
		u8 *p = kmalloc(size, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_GE(test, ksize(p), size);
		KUNIT_EXPECT_EQ(test, (unsigned long)p % KMALLOC_MIN_SIZE, 0UL);
		if ((size & (size - 1)) == 0)
			KUNIT_EXPECT_EQ(test, (unsigned long)p % min_t(size_t, size, PAGE_SIZE), 0UL);
		memset(p, 0xa5, size);
		kfree(p);
	}
}

static void constant_and_variable_size_use_the_same_cache(struct kunit *test)
{
	static const size_t sizes[] = { 1, 8, 9, 16, 33, 64, 65, 96, 97, 128, 129, 192, 193, 256, 257, 8192 };
	void *p[] = {
		kmalloc(1, GFP_KERNEL), kmalloc(8, GFP_KERNEL), kmalloc(9, GFP_KERNEL), kmalloc(16, GFP_KERNEL),
		kmalloc(33, GFP_KERNEL), kmalloc(64, GFP_KERNEL), kmalloc(65, GFP_KERNEL), kmalloc(96, GFP_KERNEL),
		kmalloc(97, GFP_KERNEL), kmalloc(128, GFP_KERNEL), kmalloc(129, GFP_KERNEL), kmalloc(192, GFP_KERNEL),
		kmalloc(193, GFP_KERNEL), kmalloc(256, GFP_KERNEL), kmalloc(257, GFP_KERNEL), kmalloc(8192, GFP_KERNEL),
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		size_t size = READ_ONCE(sizes[i]);
		void *q = kmalloc(size, GFP_KERNEL);

		KUNIT_EXPECT_EQ(test, ksize(q), ksize(p[i]));
		kfree(q);
		kfree(p[i]);
	}
}

/* Twice, so that the second time they come from what the first gave back. */
static void objects_do_not_overlap(struct kunit *test)
{
	enum { COUNT = 500 };
	u32 **p = kcalloc(COUNT, sizeof(*p), GFP_KERNEL);
	u32 i, round;

	KUNIT_ASSERT_NOT_NULL(test, p);
	for (round = 0; round < 2; round++) {
		for (i = 0; i < COUNT; i++) {
			p[i] = kmalloc(24, GFP_KERNEL);
			KUNIT_ASSERT_NOT_NULL(test, p[i]);
			memset32(p[i], i, 6);
		}
		for (i = 0; i < COUNT; i++) {
			KUNIT_EXPECT_EQ(test, p[i][0], i);
			KUNIT_EXPECT_EQ(test, p[i][5], i);
		}
		for (i = 0; i < COUNT; i++)
			kfree(p[i]);
	}
	kfree(p);
}

static void freed_object_is_used_again_first(struct kunit *test)
{
	void *p = kmalloc(40, GFP_KERNEL);

	kfree(p);
	KUNIT_EXPECT_PTR_EQ(test, kmalloc(40, GFP_KERNEL), p);
	kfree(p);
}

static void zeroed_memory_is_zero_where_another_was_freed(struct kunit *test)
{
	void *p = kmalloc(100, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 0xff, 100);
	kfree(p);
	p = kzalloc(100, GFP_KERNEL);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, 100));
	kfree(p);
	p = kcalloc(10, 1000, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, 10000));
	kfree(p);
}

static void impossible_sizes_fail(struct kunit *test)
{
	size_t large = READ_ONCE((size_t){ KMALLOC_MAX_SIZE + 1 });
	size_t half = READ_ONCE((size_t){ 1UL << 63 });

	KUNIT_EXPECT_NULL(test, kmalloc(large, GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test, kmalloc(half * 2 - 1, GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test, kcalloc(half, 2, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kmalloc_array(half, 3, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, krealloc_array(NULL, half, 4, GFP_KERNEL));
}

static void no_bytes_are_not_null_and_can_be_freed(struct kunit *test)
{
	size_t none = READ_ONCE((size_t){ 0 });

	KUNIT_EXPECT_PTR_EQ(test, kmalloc(none, GFP_KERNEL), ZERO_SIZE_PTR);
	kfree(ZERO_SIZE_PTR);
	kfree(NULL);
	KUNIT_EXPECT_EQ(test, ksize(NULL), (size_t)0);
}

static void krealloc_keeps_the_contents(struct kunit *test)
{
	u8 *p = krealloc(NULL, 10, GFP_KERNEL);
	size_t size;

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 0x77, 10);
	for (size = 20; size < 30000; size *= 3) {
		p = krealloc(p, size, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_NULL(test, memchr_inv(p, 0x77, 10));
	}
	KUNIT_EXPECT_PTR_EQ(test, krealloc(p, 5, GFP_KERNEL), (void *)p);
	KUNIT_EXPECT_PTR_EQ(test, krealloc(p, 0, GFP_KERNEL), ZERO_SIZE_PTR);
}

static void wild_kfree_is_reported_and_does_nothing(struct kunit *test)
{
	static int not_ours;
	u8 *large = kmalloc(3 * PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, large);
	bug_expect(3);
	kfree(&not_ours);
	kfree(large + PAGE_SIZE);
	kfree(large + 8);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	kfree(large);
}

static void vmalloc_is_page_aligned_and_zeroed_on_demand(struct kunit *test)
{
	u8 *p = vzalloc(3 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, PAGE_ALIGNED(p));
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, 3 * PAGE_SIZE));
	vfree(p);
	vfree(NULL);
	KUNIT_EXPECT_NULL(test, vcalloc(1UL << 40, 1UL << 40));
}

/* ---- caches ---- */

struct thing {
	u32 number;
	u8 rest[56];
};

static unsigned int constructed;

static void construct(void *object)
{
	struct thing *thing = object;

	thing->number = 4711;
	constructed++;
}

static void constructor_runs_once_per_object_not_per_allocation(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("test-ctor", sizeof(struct thing), 0, 0, construct);
	struct thing *thing;
	unsigned int i, after_first;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	thing = kmem_cache_alloc(cache, GFP_KERNEL);
	after_first = constructed;
	for (i = 0; i < 5; i++) {
		KUNIT_EXPECT_EQ(test, thing->number, 4711u);
		kmem_cache_free(cache, thing);
		thing = kmem_cache_alloc(cache, GFP_KERNEL);
	}
	KUNIT_EXPECT_EQ(test, constructed, after_first);
	kmem_cache_free(cache, thing);
	kmem_cache_destroy(cache);
}

static void cache_gives_all_its_memory_back(struct kunit *test)
{
	enum { COUNT = 300 };
	unsigned long free_before = nr_free_pages();
	struct kmem_cache *cache = KMEM_CACHE(thing, 0);
	struct thing **things = kmalloc_array(COUNT, sizeof(*things), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	KUNIT_ASSERT_NOT_NULL(test, things);
	for (i = 0; i < COUNT; i++)
		things[i] = kmem_cache_zalloc(cache, GFP_KERNEL);
	for (i = 0; i < COUNT; i++)
		kmem_cache_free(cache, things[i]);
	kmem_cache_destroy(cache);
	kfree(things);
	/* kmalloc()'s own slabs may have grown meanwhile, by a page or two. */
	KUNIT_EXPECT_GE(test, nr_free_pages() + 8, free_before);
}

static void alignment_is_kept(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("test-align", 24, 256, 0, NULL);
	struct kmem_cache *line = kmem_cache_create("test-line", 24, 0, SLAB_HWCACHE_ALIGN, NULL);
	void *p[10], *q[10];
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	KUNIT_ASSERT_NOT_NULL(test, line);
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		p[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		q[i] = kmem_cache_alloc(line, GFP_KERNEL);
		KUNIT_EXPECT_EQ(test, (unsigned long)p[i] % 256, 0UL);
		KUNIT_EXPECT_EQ(test, (unsigned long)q[i] % L1_CACHE_BYTES, 0UL);
	}
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		kmem_cache_free(cache, p[i]);
		kmem_cache_free(line, q[i]);
	}
	kmem_cache_destroy(cache);
	kmem_cache_destroy(line);
}

static void destroy_with_live_objects_is_reported_and_waits_for_them(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("test-live", 64, 0, 0, NULL);
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	p = kmem_cache_alloc(cache, GFP_KERNEL);
	bug_expect(1);
	kmem_cache_destroy(cache);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	kmem_cache_free(cache, p);
	kmem_cache_destroy(cache);
}

static void wrong_arguments_make_no_cache(struct kunit *test)
{
	bug_expect(3);
	KUNIT_EXPECT_NULL(test, kmem_cache_create("test-none", 0, 0, 0, NULL));
	KUNIT_EXPECT_NULL(test, kmem_cache_create("test-huge", 65537, 0, 0, NULL));
	KUNIT_EXPECT_NULL(test, kmem_cache_create("test-odd", 8, 24, 0, NULL));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
}

static void free_all(void *objects)
{
	void **p = objects;

	while (*p)
		kfree(*p++);
}

/* More than a CPU keeps, so that they go through the slabs. */
static void objects_freed_on_another_cpu_come_back(struct kunit *test)
{
	enum { COUNT = 200 };
	void **p = kcalloc(COUNT + 1, sizeof(*p), GFP_KERNEL);
	unsigned int i, round, other;

	SKIP_ON_ONE_CPU(test);
	KUNIT_ASSERT_NOT_NULL(test, p);
	for (round = 0; round < 5; round++) {
		for (i = 0; i < COUNT; i++) {
			p[i] = kmalloc(200, GFP_KERNEL);
			KUNIT_ASSERT_NOT_NULL(test, p[i]);
			memset(p[i], (int)i, 200);
		}
		for (i = 0; i < COUNT; i++)
			KUNIT_EXPECT_NULL(test, memchr_inv(p[i], (int)i, 200));
		other = get_cpu() ? 0 : 1;
		smp_call_function_single((int)other, free_all, p, 1);
		put_cpu();
	}
	kfree(p);
}

static void interrupts_allocate_at_any_point(void *unused)
{
	kfree(kmalloc(64, GFP_ATOMIC));
}

static void allocation_in_a_hard_irq_works(struct kunit *test)
{
	void *p = kmalloc(64, GFP_KERNEL);

	in_hard_irq(interrupts_allocate_at_any_point, NULL);
	kfree(p);
}

/* ---- what debug builds find ---- */

#define NEEDS_DEBUG(test) do {						\
	if (!IS_ENABLED(CONFIG_DEBUG_SLAB))				\
		kunit_skip(test, "needs DEBUG_SLAB");			\
} while (0)

static void double_kfree_is_reported(struct kunit *test)
{
	void *p;

	NEEDS_DEBUG(test);
	p = kmalloc(48, GFP_KERNEL);
	kfree(p);
	bug_expect(1);
	kfree(p);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
}

static void write_behind_the_object_is_reported_at_its_free(struct kunit *test)
{
	u8 *p;

	NEEDS_DEBUG(test);
	p = kmalloc(64, GFP_KERNEL);
	OPTIMIZER_HIDE_VAR(p);
	p[64] = 1;
	bug_expect(1);
	kfree(p);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
}

static void write_after_free_is_reported_and_the_object_left_alone(struct kunit *test)
{
	u8 *p, *q;

	NEEDS_DEBUG(test);
	p = q = kmalloc(48, GFP_KERNEL);
	kfree(p);
	OPTIMIZER_HIDE_VAR(q);
	q[20] = 1;
	bug_expect(1);
	p = kmalloc(48, GFP_KERNEL);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	KUNIT_EXPECT_PTR_NE(test, p, q);
	kfree(p);
}

static void free_of_an_objects_middle_is_reported(struct kunit *test)
{
	u8 *p;

	NEEDS_DEBUG(test);
	p = kmalloc(64, GFP_KERNEL);
	bug_expect(1);
	kfree(p + 8);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	kfree(p);
}

static void free_into_another_cache_is_reported(struct kunit *test)
{
	struct kmem_cache *cache;
	void *p;

	NEEDS_DEBUG(test);
	cache = kmem_cache_create("test-other", 64, 0, 0, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cache);
	p = kmalloc(64, GFP_KERNEL);
	bug_expect(1);
	kmem_cache_free(cache, p);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	kfree(p);
	kmem_cache_destroy(cache);
}

static struct kunit_case slab_cases[] = {
	KUNIT_CASE(every_size_is_held_and_aligned),
	KUNIT_CASE(constant_and_variable_size_use_the_same_cache),
	KUNIT_CASE(objects_do_not_overlap),
	KUNIT_CASE(freed_object_is_used_again_first),
	KUNIT_CASE(zeroed_memory_is_zero_where_another_was_freed),
	KUNIT_CASE(impossible_sizes_fail),
	KUNIT_CASE(no_bytes_are_not_null_and_can_be_freed),
	KUNIT_CASE(krealloc_keeps_the_contents),
	KUNIT_CASE(wild_kfree_is_reported_and_does_nothing),
	KUNIT_CASE(vmalloc_is_page_aligned_and_zeroed_on_demand),
	KUNIT_CASE(constructor_runs_once_per_object_not_per_allocation),
	KUNIT_CASE(cache_gives_all_its_memory_back),
	KUNIT_CASE(alignment_is_kept),
	KUNIT_CASE(destroy_with_live_objects_is_reported_and_waits_for_them),
	KUNIT_CASE(wrong_arguments_make_no_cache),
	KUNIT_CASE(objects_freed_on_another_cpu_come_back),
	KUNIT_CASE(allocation_in_a_hard_irq_works),
	KUNIT_CASE(double_kfree_is_reported),
	KUNIT_CASE(write_behind_the_object_is_reported_at_its_free),
	KUNIT_CASE(write_after_free_is_reported_and_the_object_left_alone),
	KUNIT_CASE(free_of_an_objects_middle_is_reported),
	KUNIT_CASE(free_into_another_cache_is_reported),
	{}
};

static struct kunit_suite slab_suite = {
	.name = "slab",
	.test_cases = slab_cases,
};
kunit_test_suite(slab_suite);
