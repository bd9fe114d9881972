// SPDX-License-Identifier: GPL-2.0-only
/*
 * Drivers get their devices, and lose them.
 *
 * What
 *	probe	the driver is dev->driver; bus's or driver's probe; if it fails all that it has added to
 *		the device (devres) goes, and it is dev->driver no more
 *	remove	bus's or driver's remove, then what goes by itself
 *
 * Contexts
 *	Task. probe and remove run with the device locked; they may add and remove other devices.
 *
 * Locks
 *	dev->mutex. Who comes here by a driver has it counted (bus.c).
 *
 * Differs from Linux
 *	-EPROBE_DEFER is an error like others: nobody comes back. No sysfs to bind by hand.
 *
 * Tests
 *	tests/boot/device_test.c, tests/scenario/device.c
 */
#include <linux/err.h>
#include <linux/errno.h>
#include "base.h"

static int call_probe(struct device *dev, struct device_driver *drv)
{
	if (dev->bus->probe)
		return dev->bus->probe(dev);
	return drv->probe ? drv->probe(dev) : 0;
}

static void call_remove(struct device *dev)
{
	if (dev->bus->remove)
		dev->bus->remove(dev);
	else if (dev->driver->remove)
		dev->driver->remove(dev);
}

/* Device locked. What the driver leaves behind. */
static void clean_up(struct device *dev)
{
	devres_release_all(dev);
	dev_set_drvdata(dev, NULL);
	dev->driver = NULL;
}

/* It is no surprise that a driver does not want a device after all. */
static bool is_refusal(int error)
{
	return error == -ENODEV || error == -ENXIO;
}

/* Device locked, and has no driver. */
static int probe(struct device *dev, struct device_driver *drv)
{
	int error;

	if (!list_empty(&dev->devres_head)) {
		dev_crit(dev, "has resources before its probe: not given to driver %s\n", drv->name);
		return -EBUSY;
	}
	dev->driver = drv;
	error = call_probe(dev, drv);
	if (!error) {
		dev->bound = true;
		return 0;
	}
	clean_up(dev);
	if (!is_refusal(error))
		dev_err(dev, "probe by driver %s failed: %pe\n", drv->name, ERR_PTR(error));
	return error;
}

void device_release_driver_locked(struct device *dev, const struct device_driver *drv)
{
	lockdep_assert_held(&dev->mutex);
	if (!dev->bound || (drv && dev->driver != drv))
		return;
	call_remove(dev);
	dev->bound = false;
	clean_up(dev);
}

void device_release_driver(struct device *dev)
{
	device_lock(dev);
	device_release_driver_locked(dev, NULL);
	device_unlock(dev);
}

bool device_is_bound(struct device *dev)
{
	lockdep_assert_held(&dev->mutex);
	return dev->bound;
}

/* Device locked. Return: 1 if it has this driver now, 0 if not. */
static int offer_locked(struct device *dev, struct device_driver *drv)
{
	if (dev->dead || dev->driver)
		return 0;
	if (dev->bus->match && dev->bus->match(dev, drv) <= 0)
		return 0;
	return !probe(dev, drv);
}

/* ---- a device looks for a driver ---- */

static int offer_driver(struct device_driver *drv, void *dev)
{
	return offer_locked(dev, drv);
}

int device_attach(struct device *dev)
{
	int answer = 0;

	device_lock(dev);
	if (dev->dead)
		answer = -ENODEV;
	else if (dev->driver)
		answer = 1;
	else if (dev->bus)
		answer = bus_for_each_drv(dev->bus, NULL, dev, offer_driver);
	device_unlock(dev);
	return answer;
}

/* ---- a driver looks for devices ---- */

static int offer_device(struct device *dev, void *drv)
{
	device_lock(dev);
	offer_locked(dev, drv);
	device_unlock(dev);
	return 0;
}

static int take_from_device(struct device *dev, void *drv)
{
	device_lock(dev);
	device_release_driver_locked(dev, drv);
	device_unlock(dev);
	return 0;
}

int driver_register(struct device_driver *drv)
{
	int error = bus_add_driver(drv);

	if (error) {
		pr_err("driver %s: cannot be registered: %pe\n", drv->name, ERR_PTR(error));
		return error;
	}
	bus_for_each_dev(drv->bus, NULL, drv, offer_device);
	return 0;
}

void driver_unregister(struct device_driver *drv)
{
	bus_shut_driver(drv);
	bus_for_each_dev(drv->bus, NULL, drv, take_from_device);
	bus_remove_driver(drv);
}
