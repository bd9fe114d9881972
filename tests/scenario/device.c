// SPDX-License-Identifier: GPL-2.0-only
/*
 * Devices and drivers that come and go at the same time.
 */
#include <kunit/scenario.h>
#include <linux/device.h>
#include <linux/errno.h>

static struct device dev;
static int probes, removes, inside;	/* device locked; a refused probe counts as removed */
static bool wrong, refuse;		/* wrong: bound twice, or looked at when it was gone */

static int toy_probe(struct device *device)
{
	WRITE_ONCE(probes, probes + 1);
	WRITE_ONCE(inside, inside + 1);
	if (inside != 1)
		wrong = true;
	if (!refuse)
		return 0;
	WRITE_ONCE(inside, inside - 1);
	WRITE_ONCE(removes, removes + 1);
	return -ENODEV;
}

static int toy_remove(struct device *device)
{
	WRITE_ONCE(removes, removes + 1);
	WRITE_ONCE(inside, inside - 1);
	return 0;
}

static void toy_release(struct device *device)
{
}

static const struct bus_type toy_bus = { .name = "toy" };
static struct device_driver toy;

static void begin(struct kunit *test)
{
	probes = removes = inside = 0;
	wrong = refuse = false;
	toy = (struct device_driver) {
		.name = "toy", .bus = &toy_bus, .probe = toy_probe, .remove = toy_remove,
	};
	KUNIT_ASSERT_EQ(test, bus_register(&toy_bus), 0);
	dev = (struct device) { .init_name = "dev", .bus = &toy_bus, .release = toy_release };
	device_initialize(&dev);
}

static void add_device(void *unused)
{
	device_add(&dev);
}

static void register_driver(void *error)
{
	*(int *)error = driver_register(&toy);
}

static void device_and_driver_that_come_together_meet(struct kunit *test)
{
	struct scenario_thread thread;
	int error;

	begin(test);
	scenario_start(test, &thread, 1, add_device, NULL);
	register_driver(&error);
	scenario_join(&thread);
	KUNIT_EXPECT_EQ(test, error, 0);
	KUNIT_EXPECT_EQ(test, probes, 1);
	KUNIT_EXPECT_PTR_EQ(test, dev.driver, &toy);
	device_unregister(&dev);
	driver_unregister(&toy);
	KUNIT_EXPECT_EQ(test, removes, 1);
	bus_unregister(&toy_bus);
}
SCENARIO(device_and_driver_that_come_together_meet);

static void driver_that_has_left_is_not_probed(struct kunit *test)
{
	struct scenario_thread thread;

	begin(test);
	refuse = scenario_choose(2);
	KUNIT_ASSERT_EQ(test, driver_register(&toy), 0);
	scenario_start(test, &thread, 1, add_device, NULL);
	driver_unregister(&toy);
	/* As memory that is used for something else now. */
	memset(&toy, 0xff, sizeof(toy));
	scenario_join(&thread);
	KUNIT_EXPECT_NULL(test, dev.driver);
	KUNIT_EXPECT_EQ(test, probes, removes);
	device_unregister(&dev);
	bus_unregister(&toy_bus);
}
SCENARIO(driver_that_has_left_is_not_probed);

static int look_at(struct device_driver *drv, void *unused)
{
	for (int i = 0; i < 3; i++)
		if (READ_ONCE(drv->bus) != &toy_bus)
			wrong = true;
	return 0;
}

static void look_at_drivers(void *unused)
{
	bus_for_each_drv(&toy_bus, NULL, NULL, look_at);
}

static void driver_that_somebody_looks_at_has_not_left(struct kunit *test)
{
	struct scenario_thread thread;

	begin(test);
	KUNIT_ASSERT_EQ(test, driver_register(&toy), 0);
	scenario_start(test, &thread, 1, look_at_drivers, NULL);
	driver_unregister(&toy);
	memset(&toy, 0xff, sizeof(toy));
	scenario_join(&thread);
	KUNIT_EXPECT_FALSE(test, wrong);
	put_device(&dev);
	bus_unregister(&toy_bus);
}
SCENARIO(driver_that_somebody_looks_at_has_not_left);

static void device_that_leaves_while_its_driver_comes_is_free_of_it(struct kunit *test)
{
	struct scenario_thread thread;
	int error;

	begin(test);
	KUNIT_ASSERT_EQ(test, device_add(&dev), 0);
	scenario_start(test, &thread, 1, register_driver, &error);
	device_unregister(&dev);
	scenario_join(&thread);
	KUNIT_EXPECT_EQ(test, error, 0);
	KUNIT_EXPECT_NULL(test, dev.driver);
	KUNIT_EXPECT_EQ(test, probes, removes);
	KUNIT_EXPECT_FALSE(test, wrong);
	driver_unregister(&toy);
	bus_unregister(&toy_bus);
}
SCENARIO(device_that_leaves_while_its_driver_comes_is_free_of_it);
