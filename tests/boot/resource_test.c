// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ranges of addresses and who has them, in a tree of the test's own.
 */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/ioport.h>

#include "helpers.h"

static struct resource root, window;

static int begin(struct kunit *test)
{
	root = DEFINE_RES_NAMED(0x1000, 0x1000, "root", IORESOURCE_MEM);
	window = DEFINE_RES_NAMED(0x1400, 0x100, "window", IORESOURCE_MEM);
	return request_resource(&root, &window);
}

static struct resource *take(u64 start, u64 n)
{
	return __request_region(&root, start, n, "test", 0);
}

static void range_is_had_by_one(struct kunit *test)
{
	struct resource *res = take(0x1800, 0x10);

	KUNIT_ASSERT_NOT_NULL(test, res);
	KUNIT_EXPECT_EQ(test, res->end, 0x180fULL);
	KUNIT_EXPECT_NULL(test, take(0x180f, 1));
	KUNIT_EXPECT_NULL(test, take(0x17ff, 0x12));
	KUNIT_EXPECT_NOT_NULL(test, take(0x1810, 1));
	KUNIT_EXPECT_NOT_NULL(test, take(0x17ff, 1));
	__release_region(&root, 0x1800, 0x10);
	KUNIT_EXPECT_NOT_NULL(test, take(0x180f, 1));
	__release_region(&root, 0x180f, 1);
	__release_region(&root, 0x1810, 1);
	__release_region(&root, 0x17ff, 1);
	KUNIT_EXPECT_PTR_EQ(test, root.child, &window);
}

static void range_in_a_window_goes_into_it(struct kunit *test)
{
	struct resource *res = take(0x1440, 0x10);

	KUNIT_ASSERT_NOT_NULL(test, res);
	KUNIT_EXPECT_PTR_EQ(test, res->parent, &window);
	KUNIT_EXPECT_NULL(test, take(0x13ff, 2));	/* half of it outside */
	__release_region(&root, 0x1440, 0x10);
	KUNIT_EXPECT_NULL(test, window.child);
}

static void range_beyond_the_root_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, take(0xfff, 2));
	KUNIT_EXPECT_NULL(test, take(0x1fff, 2));
	KUNIT_EXPECT_NULL(test, take(0x1800, 0));
	KUNIT_EXPECT_NULL(test, take(0x1800, ~0ULL));
}

static void release_of_what_nobody_has_is_reported(struct kunit *test)
{
	KUNIT_ASSERT_NOT_NULL(test, take(0x1800, 0x10));
	bug_expect(2);
	__release_region(&root, 0x1800, 0x8);
	__release_region(&root, 0x1400, 0x100);		/* the window is no driver's */
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	__release_region(&root, 0x1800, 0x10);
	KUNIT_EXPECT_EQ(test, release_resource(&window), 0);
	KUNIT_EXPECT_EQ(test, release_resource(&window), -EINVAL);
}

static void range_of_a_device_goes_with_its_driver(struct kunit *test)
{
	struct device *dev = root_device_register("resource-test");

	KUNIT_ASSERT_FALSE(test, IS_ERR(dev));
	KUNIT_EXPECT_NOT_NULL(test, __devm_request_region(dev, &root, 0x1800, 0x10, "test"));
	KUNIT_EXPECT_NULL(test, __devm_request_region(dev, &root, 0x1800, 0x10, "test"));
	root_device_unregister(dev);
	KUNIT_EXPECT_NOT_NULL(test, take(0x1800, 0x10));
	__release_region(&root, 0x1800, 0x10);
}

static struct kunit_case resource_cases[] = {
	KUNIT_CASE(range_is_had_by_one),
	KUNIT_CASE(range_in_a_window_goes_into_it),
	KUNIT_CASE(range_beyond_the_root_is_refused),
	KUNIT_CASE(release_of_what_nobody_has_is_reported),
	KUNIT_CASE(range_of_a_device_goes_with_its_driver),
	{}
};

static struct kunit_suite resource_suite = {
	.name = "resource",
	.init = begin,
	.test_cases = resource_cases,
};
kunit_test_suite(resource_suite);
