// SPDX-License-Identifier: GPL-2.0-only
/*
 * Devices: their lives, their names, and messages about them.
 *
 * What
 *	See <linux/device.h>. A device that is deleted stays in its bus's list, passed over by all,
 *	until the last reference is gone: see bus.c.
 *
 * Contexts, Locks
 *	See <linux/device.h>.
 *
 * Tests
 *	tests/boot/device_test.c
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include "base.h"

void device_initialize(struct device *dev)
{
	atomic_set(&dev->references, 1);
	mutex_init(&dev->mutex);
	INIT_LIST_HEAD(&dev->node);
	spin_lock_init(&dev->devres_lock);
	INIT_LIST_HEAD(&dev->devres_head);
}

struct device *get_device(struct device *dev)
{
	if (dev)
		WARN_ON_ONCE(!atomic_inc_not_zero(&dev->references));
	return dev;
}

static void free_device(struct device *dev)
{
	char *name = dev->name;

	if (WARN(!dev->release, "device %s has no release function\n", dev_name(dev)))
		return;
	dev->release(dev);
	kfree(name);
}

void put_device(struct device *dev)
{
	if (!dev || !atomic_dec_and_test(&dev->references))
		return;
	if (!list_empty(&dev->node))
		bus_remove_device(dev);
	/* Of a device that never had a driver. */
	devres_release_all(dev);
	free_device(dev);
}

int dev_set_name(struct device *dev, const char *fmt, ...)
{
	va_list args;
	char *name;

	va_start(args, fmt);
	name = kvasprintf(GFP_KERNEL, fmt, args);
	va_end(args);
	if (!name)
		return -ENOMEM;
	kfree(dev->name);
	dev->name = name;
	return 0;
}

int device_add(struct device *dev)
{
	if ((!dev->name && !dev->init_name) || (dev->bus && !bus_to_subsys(dev->bus)))
		return -EINVAL;
	device_lock(dev);
	if (dev->added) {
		device_unlock(dev);
		return -EINVAL;
	}
	WRITE_ONCE(dev->added, true);
	device_unlock(dev);

	get_device(dev->parent);
	bus_add_device(dev);
	/* What no driver wants is a device, too. */
	device_attach(dev);
	return 0;
}

int device_register(struct device *dev)
{
	device_initialize(dev);
	return device_add(dev);
}

void device_del(struct device *dev)
{
	device_lock(dev);
	if (!dev->added || dev->dead) {
		device_unlock(dev);
		return;
	}
	WRITE_ONCE(dev->dead, true);
	device_release_driver_locked(dev, NULL);
	devres_release_all(dev);
	device_unlock(dev);
	put_device(dev->parent);
}

void device_unregister(struct device *dev)
{
	device_del(dev);
	put_device(dev);
}

/* ---- root devices ---- */

static void free_root_device(struct device *dev)
{
	kfree(dev);
}

struct device *__root_device_register(const char *name, struct module *owner)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	int error;

	if (!dev)
		return ERR_PTR(-ENOMEM);
	device_initialize(dev);
	dev->release = free_root_device;
	error = dev_set_name(dev, "%s", name);
	if (!error)
		error = device_add(dev);
	if (!error)
		return dev;
	put_device(dev);
	return ERR_PTR(error);
}

void root_device_unregister(struct device *dev)
{
	device_unregister(dev);
}

/* ---- messages ---- */

const char *dev_driver_string(const struct device *dev)
{
	/* The driver may be leaving: its name is static. */
	const struct device_driver *drv = READ_ONCE(dev->driver);

	if (drv)
		return drv->name;
	return dev->bus ? dev->bus->name : "";
}

static void print(const char *level, const struct device *dev, struct va_format *text)
{
	if (!dev)
		printk("%s(no device): %pV", level, text);
	else
		printk("%s%s %s: %pV", level, dev_driver_string(dev), dev_name(dev), text);
}

void _dev_printk(const char *level, const struct device *dev, const char *fmt, ...)
{
	struct va_format text = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	text.va = &args;
	print(level, dev, &text);
	va_end(args);
}

int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)
{
	struct va_format text = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	text.va = &args;
	dev_err(dev, "%pe: %pV", ERR_PTR(err), &text);
	va_end(args);
	return err;
}
