// SPDX-License-Identifier: GPL-2.0-only
/*
 * The device model: binding by a bus, what goes with a driver, references. The bus here is of this file;
 * drivers and devices fit if the device's number is the driver's wanted one, or that is ANY.
 */
#include <linux/device.h>
#include <linux/errno.h>

#include "helpers.h"

#define ANY	0U

enum { PROBE = 100, REMOVE, RELEASE, ACTION = 200 };

struct toy_driver {
	struct device_driver driver;
	u32 wants;
	int answer;
	unsigned int actions;		/* added in its probe */
};

static struct event_log seen;

static int toy_match(struct device *dev, const struct device_driver *drv)
{
	u32 wants = container_of(drv, struct toy_driver, driver)->wants;

	return wants == ANY || wants == dev->id;
}

static const struct bus_type toy_bus = { .name = "toy", .match = toy_match };

static void act(void *number)
{
	log_event(&seen, ACTION + (int)(long)number);
}

static int toy_probe(struct device *dev)
{
	struct toy_driver *toy = container_of(dev->driver, struct toy_driver, driver);

	log_event(&seen, PROBE);
	dev_set_drvdata(dev, toy);
	for (unsigned int i = 0; i < toy->actions; i++)
		if (devm_add_action_or_reset(dev, act, (void *)(long)i))
			return -ENOMEM;
	return toy->answer;
}

static int toy_remove(struct device *dev)
{
	log_event(&seen, REMOVE);
	return 0;
}

static void toy_release(struct device *dev)
{
	log_event(&seen, RELEASE);
}

static struct toy_driver toy, other;
static struct device dev;

static void make_driver(struct toy_driver *driver, const char *name)
{
	*driver = (struct toy_driver) {
		.driver = {
			.name = name,
			.bus = &toy_bus,
			.probe = toy_probe,
			.remove = toy_remove,
		},
	};
}

static void make_device(struct device *device, const char *name, u32 id)
{
	*device = (struct device) {
		.init_name = name, .bus = &toy_bus, .release = toy_release, .id = id,
	};
	device_initialize(device);
}

static int begin(struct kunit *test)
{
	log_reset(&seen);
	make_driver(&toy, "toy");
	make_driver(&other, "other");
	make_device(&dev, "dev", 1);
	return bus_register(&toy_bus);
}

static void end(struct kunit *test)
{
	bus_unregister(&toy_bus);
}

/* ---- binding ---- */

static void device_added_after_its_driver_is_probed(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, driver_register(&toy.driver), 0);
	KUNIT_EXPECT_EQ(test, device_add(&dev), 0);
	KUNIT_EXPECT_PTR_EQ(test, dev.driver, &toy.driver);
	KUNIT_EXPECT_PTR_EQ(test, dev_get_drvdata(&dev), (void *)&toy);
	KUNIT_EXPECT_STREQ(test, dev_driver_string(&dev), "toy");
	device_unregister(&dev);
	driver_unregister(&toy.driver);
	EXPECT_LOG(test, &seen, PROBE, REMOVE, RELEASE);
}

static void driver_registered_after_its_device_probes_it(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, device_add(&dev), 0);
	KUNIT_EXPECT_STREQ(test, dev_driver_string(&dev), "toy");	/* the bus's name */
	KUNIT_EXPECT_EQ(test, driver_register(&toy.driver), 0);
	KUNIT_EXPECT_PTR_EQ(test, dev.driver, &toy.driver);
	driver_unregister(&toy.driver);
	KUNIT_EXPECT_NULL(test, dev.driver);
	KUNIT_EXPECT_NULL(test, dev_get_drvdata(&dev));
	device_unregister(&dev);
	EXPECT_LOG(test, &seen, PROBE, REMOVE, RELEASE);
}

static void driver_that_does_not_fit_is_not_probed(struct kunit *test)
{
	toy.wants = 2;
	KUNIT_ASSERT_EQ(test, driver_register(&toy.driver), 0);
	KUNIT_EXPECT_EQ(test, device_add(&dev), 0);
	KUNIT_EXPECT_NULL(test, dev.driver);
	driver_unregister(&toy.driver);
	device_unregister(&dev);
	EXPECT_LOG(test, &seen, RELEASE);
}

static void failed_probe_lets_the_next_driver_try(struct kunit *test)
{
	toy.answer = -ENODEV;
	toy.actions = 2;
	KUNIT_ASSERT_EQ(test, driver_register(&toy.driver), 0);
	KUNIT_ASSERT_EQ(test, driver_register(&other.driver), 0);
	KUNIT_EXPECT_EQ(test, device_add(&dev), 0);
	KUNIT_EXPECT_PTR_EQ(test, dev.driver, &other.driver);
	EXPECT_LOG(test, &seen, PROBE, ACTION + 1, ACTION, PROBE);
	device_unregister(&dev);
	driver_unregister(&other.driver);
	driver_unregister(&toy.driver);
}

static void bound_device_is_not_probed_by_another_driver(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, device_add(&dev), 0);
	KUNIT_ASSERT_EQ(test, driver_register(&toy.driver), 0);
	KUNIT_ASSERT_EQ(test, driver_register(&other.driver), 0);
	KUNIT_EXPECT_PTR_EQ(test, dev.driver, &toy.driver);
	driver_unregister(&other.driver);
	KUNIT_EXPECT_PTR_EQ(test, dev.driver, &toy.driver);
	device_release_driver(&dev);
	KUNIT_EXPECT_NULL(test, dev.driver);
	KUNIT_EXPECT_EQ(test, device_attach(&dev), 1);
	KUNIT_EXPECT_EQ(test, device_attach(&dev), 1);
	device_unregister(&dev);
	driver_unregister(&toy.driver);
	EXPECT_LOG(test, &seen, PROBE, REMOVE, PROBE, REMOVE, RELEASE);
}

static void second_driver_of_a_name_is_refused(struct kunit *test)
{
	make_driver(&other, "toy");
	KUNIT_ASSERT_EQ(test, driver_register(&toy.driver), 0);
	KUNIT_EXPECT_EQ(test, driver_register(&other.driver), -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, driver_find("toy", &toy_bus), &toy.driver);
	driver_unregister(&toy.driver);
	KUNIT_EXPECT_NULL(test, driver_find("toy", &toy_bus));
	put_device(&dev);
}

static void bus_that_is_not_registered_takes_nobody(struct kunit *test)
{
	static const struct bus_type nowhere = { .name = "nowhere" };

	toy.driver.bus = &nowhere;
	dev.bus = &nowhere;
	KUNIT_EXPECT_EQ(test, driver_register(&toy.driver), -EINVAL);
	KUNIT_EXPECT_EQ(test, device_add(&dev), -EINVAL);
	KUNIT_EXPECT_EQ(test, bus_register(&toy_bus), -EEXIST);
	put_device(&dev);
}

static void device_with_resources_is_not_probed(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, device_add(&dev), 0);
	KUNIT_ASSERT_EQ(test, devm_add_action(&dev, act, (void *)5L), 0);
	KUNIT_ASSERT_EQ(test, driver_register(&toy.driver), 0);
	KUNIT_EXPECT_NULL(test, dev.driver);
	driver_unregister(&toy.driver);
	device_unregister(&dev);
	EXPECT_LOG(test, &seen, ACTION + 5, RELEASE);
}

/* ---- walks and references ---- */

static int delete_and_count(struct device *device, void *count)
{
	(*(int *)count)++;
	device_unregister(device);
	return 0;
}

static void walk_that_deletes_what_it_stands_on_sees_all(struct kunit *test)
{
	static struct device devices[4];
	int count = 0;

	put_device(&dev);
	for (int i = 0; i < 4; i++) {
		make_device(&devices[i], "one of four", 1 + (u32)i);
		KUNIT_ASSERT_EQ(test, device_add(&devices[i]), 0);
	}
	KUNIT_EXPECT_EQ(test, bus_for_each_dev(&toy_bus, NULL, &count, delete_and_count), 0);
	KUNIT_EXPECT_EQ(test, count, 4);
	KUNIT_EXPECT_EQ(test, bus_for_each_dev(&toy_bus, NULL, &count, delete_and_count), 0);
	KUNIT_EXPECT_EQ(test, count, 4);
}

static void deleted_device_lives_while_it_is_referred_to(struct kunit *test)
{
	struct device *found;

	KUNIT_ASSERT_EQ(test, device_add(&dev), 0);
	found = bus_find_device_by_name(&toy_bus, NULL, "dev");
	KUNIT_EXPECT_PTR_EQ(test, found, &dev);
	device_unregister(&dev);
	KUNIT_EXPECT_NULL(test, bus_find_device_by_name(&toy_bus, NULL, "dev"));
	KUNIT_EXPECT_FALSE(test, device_is_registered(&dev));
	EXPECT_LOG(test, &seen);
	put_device(found);
	EXPECT_LOG(test, &seen, RELEASE);
}

static void device_without_a_name_is_not_added(struct kunit *test)
{
	dev.init_name = NULL;
	KUNIT_EXPECT_EQ(test, device_add(&dev), -EINVAL);
	KUNIT_EXPECT_EQ(test, dev_set_name(&dev, "%s%u", "toy", 7U), 0);
	KUNIT_EXPECT_STREQ(test, dev_name(&dev), "toy7");
	KUNIT_EXPECT_EQ(test, device_add(&dev), 0);
	KUNIT_EXPECT_EQ(test, device_add(&dev), -EINVAL);
	device_unregister(&dev);
}

static struct kunit_case device_cases[] = {
	KUNIT_CASE(device_added_after_its_driver_is_probed),
	KUNIT_CASE(driver_registered_after_its_device_probes_it),
	KUNIT_CASE(driver_that_does_not_fit_is_not_probed),
	KUNIT_CASE(failed_probe_lets_the_next_driver_try),
	KUNIT_CASE(bound_device_is_not_probed_by_another_driver),
	KUNIT_CASE(second_driver_of_a_name_is_refused),
	KUNIT_CASE(bus_that_is_not_registered_takes_nobody),
	KUNIT_CASE(device_with_resources_is_not_probed),
	KUNIT_CASE(walk_that_deletes_what_it_stands_on_sees_all),
	KUNIT_CASE(deleted_device_lives_while_it_is_referred_to),
	KUNIT_CASE(device_without_a_name_is_not_added),
	{}
};

static struct kunit_suite device_suite = {
	.name = "device",
	.init = begin,
	.exit = end,
	.test_cases = device_cases,
};
kunit_test_suite(device_suite);

/* ---- resources ---- */

static struct device *root;

static int begin_devres(struct kunit *test)
{
	log_reset(&seen);
	root = root_device_register("devres-test");
	return PTR_ERR_OR_ZERO(root);
}

static void note_release(struct device *device, void *res)
{
	log_event(&seen, *(int *)res);
}

static int is_number(struct device *device, void *res, void *number)
{
	return *(int *)res == *(int *)number;
}

static void add_number(struct kunit *test, int number)
{
	int *res = devres_alloc(note_release, sizeof(*res), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, res);
	KUNIT_EXPECT_EQ(test, *res, 0);
	*res = number;
	devres_add(root, res);
}

static void resources_are_released_the_last_first(struct kunit *test)
{
	for (int i = 1; i <= 3; i++)
		add_number(test, i);
	KUNIT_EXPECT_EQ(test, devres_release_all(root), 3);
	EXPECT_LOG(test, &seen, 3, 2, 1);
	root_device_unregister(root);
}

static void deleted_device_releases_its_resources(struct kunit *test)
{
	add_number(test, 1);
	get_device(root);
	root_device_unregister(root);
	EXPECT_LOG(test, &seen, 1);
	put_device(root);
}

static void resource_that_fits_and_was_added_last_is_found(struct kunit *test)
{
	int two = 2, *res;

	for (int i = 1; i <= 3; i++)
		add_number(test, i);
	res = devres_find(root, note_release, NULL, NULL);
	KUNIT_EXPECT_EQ(test, res ? *res : 0, 3);
	res = devres_find(root, note_release, is_number, &two);
	KUNIT_EXPECT_EQ(test, res ? *res : 0, 2);
	KUNIT_EXPECT_EQ(test, devres_release(root, note_release, is_number, &two), 0);
	KUNIT_EXPECT_EQ(test, devres_release(root, note_release, is_number, &two), -ENOENT);
	KUNIT_EXPECT_EQ(test, devres_destroy(root, note_release, NULL, NULL), 0);
	EXPECT_LOG(test, &seen, 2);
	root_device_unregister(root);
	EXPECT_LOG(test, &seen, 2, 1);
}

static void second_of_a_kind_is_freed_by_get(struct kunit *test)
{
	int *first = devres_alloc(note_release, sizeof(int), GFP_KERNEL);
	int *second = devres_alloc(note_release, sizeof(int), GFP_KERNEL);

	KUNIT_EXPECT_PTR_EQ(test, devres_get(root, first, NULL, NULL), (void *)first);
	KUNIT_EXPECT_PTR_EQ(test, devres_get(root, second, NULL, NULL), (void *)first);
	KUNIT_EXPECT_EQ(test, devres_release_all(root), 1);
	root_device_unregister(root);
}

static void action_runs_once_unless_removed(struct kunit *test)
{
	for (long i = 1; i <= 3; i++)
		KUNIT_ASSERT_EQ(test, devm_add_action(root, act, (void *)i), 0);
	devm_remove_action(root, act, (void *)1L);
	devm_release_action(root, act, (void *)2L);
	EXPECT_LOG(test, &seen, ACTION + 2);
	bug_expect(1);
	devm_remove_action(root, act, (void *)1L);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	root_device_unregister(root);
	EXPECT_LOG(test, &seen, ACTION + 2, ACTION + 3);
}

static void memory_of_a_device_is_zeroed_aligned_and_freed(struct kunit *test)
{
	char *zeroed = devm_kzalloc(root, 100, GFP_KERNEL);
	char *text = devm_kasprintf(root, GFP_KERNEL, "%s-%d", "line", 4);

	KUNIT_ASSERT_NOT_NULL(test, zeroed);
	KUNIT_EXPECT_EQ(test, (unsigned long)zeroed % 16, 0UL);
	KUNIT_EXPECT_NULL(test, memchr_inv(zeroed, 0, 100));
	KUNIT_EXPECT_STREQ(test, text, "line-4");
	KUNIT_EXPECT_STREQ(test, devm_kstrdup(root, text, GFP_KERNEL), "line-4");
	KUNIT_EXPECT_NULL(test, devm_kstrdup(root, NULL, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, devm_kcalloc(root, ~0UL, 2, GFP_KERNEL));
	devm_kfree(root, zeroed);
	bug_expect(1);
	devm_kfree(root, test);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_EQ(test, devres_release_all(root), 2);
	root_device_unregister(root);
}

static struct kunit_case devres_cases[] = {
	KUNIT_CASE(resources_are_released_the_last_first),
	KUNIT_CASE(deleted_device_releases_its_resources),
	KUNIT_CASE(resource_that_fits_and_was_added_last_is_found),
	KUNIT_CASE(second_of_a_kind_is_freed_by_get),
	KUNIT_CASE(action_runs_once_unless_removed),
	KUNIT_CASE(memory_of_a_device_is_zeroed_aligned_and_freed),
	{}
};

static struct kunit_suite devres_suite = {
	.name = "devres",
	.init = begin_devres,
	.test_cases = devres_cases,
};
kunit_test_suite(devres_suite);
