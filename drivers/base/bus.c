// SPDX-License-Identifier: GPL-2.0-only
/*
 * Buses: the lists of devices and drivers of each, and walks over them while they change.
 *
 * What
 *	A walk stands on one member of a list, and lets go of the lock for as long as it works on that
 *	one. Where it stands cannot leave the list: a device is in it until its last reference is gone,
 *	which the walk has one of; a driver counts those who stand on it, and who unregisters it waits
 *	until they left. Members that are on their way out are passed over.
 *
 * Contexts
 *	Task, but for the looking up of a bus.
 *
 * Locks
 *	buses_lock: the list of buses. subsys->lock: the lists of one bus, drv->users and drv->dead.
 *	Innermost, both. They are taken with interrupts off, so that put_device() is possible anywhere.
 *
 * Ordering
 *	A device is in the list before it looks for drivers, a driver before it looks for devices: of
 *	two that come at the same time one finds the other, or both do; the device's lock decides.
 *
 * Tests
 *	tests/boot/device_test.c, tests/scenario/device.c
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "base.h"

static DEFINE_SPINLOCK(buses_lock);
static LIST_HEAD(buses);		/* G: buses_lock */

static struct subsys_private *find_subsys_locked(const struct bus_type *bus)
{
	struct subsys_private *subsys;

	list_for_each_entry(subsys, &buses, node)
		if (subsys->bus == bus)
			return subsys;
	return NULL;
}

struct subsys_private *bus_to_subsys(const struct bus_type *bus)
{
	struct subsys_private *subsys;
	unsigned long flags;

	if (!bus)
		return NULL;
	spin_lock_irqsave(&buses_lock, flags);
	subsys = find_subsys_locked(bus);
	spin_unlock_irqrestore(&buses_lock, flags);
	return subsys;
}

static struct subsys_private *subsys_alloc(const struct bus_type *bus)
{
	struct subsys_private *subsys = kzalloc(sizeof(*subsys), GFP_KERNEL);

	if (!subsys)
		return NULL;
	subsys->bus = bus;
	spin_lock_init(&subsys->lock);
	INIT_LIST_HEAD(&subsys->devices);
	INIT_LIST_HEAD(&subsys->drivers);
	return subsys;
}

int bus_register(const struct bus_type *bus)
{
	struct subsys_private *subsys = subsys_alloc(bus);
	unsigned long flags;
	int error = 0;

	if (!subsys)
		return -ENOMEM;
	spin_lock_irqsave(&buses_lock, flags);
	if (find_subsys_locked(bus))
		error = -EEXIST;
	else
		list_add_tail(&subsys->node, &buses);
	spin_unlock_irqrestore(&buses_lock, flags);
	if (error)
		kfree(subsys);
	return error;
}

void bus_unregister(const struct bus_type *bus)
{
	struct subsys_private *subsys;
	unsigned long flags;

	spin_lock_irqsave(&buses_lock, flags);
	subsys = find_subsys_locked(bus);
	if (subsys)
		list_del(&subsys->node);
	spin_unlock_irqrestore(&buses_lock, flags);
	if (!subsys)
		return;
	if (WARN(!list_empty(&subsys->devices) || !list_empty(&subsys->drivers),
		 "bus %s leaves with devices or drivers\n", bus->name))
		return;
	kfree(subsys);
}

/* ---- devices ---- */

void bus_add_device(struct device *dev)
{
	struct subsys_private *subsys = bus_to_subsys(dev->bus);
	unsigned long flags;

	if (!subsys)
		return;
	spin_lock_irqsave(&subsys->lock, flags);
	list_add_tail(&dev->node, &subsys->devices);
	spin_unlock_irqrestore(&subsys->lock, flags);
}

void bus_remove_device(struct device *dev)
{
	struct subsys_private *subsys = bus_to_subsys(dev->bus);
	unsigned long flags;

	if (!subsys)
		return;
	spin_lock_irqsave(&subsys->lock, flags);
	list_del_init(&dev->node);
	spin_unlock_irqrestore(&subsys->lock, flags);
}

/* The first one behind @dev that is not on its way out, with a reference. @dev's stays. */
static struct device *next_device(struct subsys_private *subsys, struct device *dev)
{
	unsigned long flags;

	spin_lock_irqsave(&subsys->lock, flags);
	dev = list_prepare_entry(dev, &subsys->devices, node);
	list_for_each_entry_continue(dev, &subsys->devices, node)
		if (!READ_ONCE(dev->dead) && atomic_inc_not_zero(&dev->references))
			goto found;
	dev = NULL;
found:
	spin_unlock_irqrestore(&subsys->lock, flags);
	return dev;
}

int bus_for_each_dev(const struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data))
{
	struct subsys_private *subsys = bus_to_subsys(bus);
	struct device *dev = get_device(start), *prev;
	int answer = 0;

	if (!subsys)
		answer = -EINVAL;
	while (!answer) {
		prev = dev;
		dev = next_device(subsys, prev);
		put_device(prev);
		if (!dev)
			return 0;
		answer = fn(dev, data);
	}
	put_device(dev);
	return answer;
}

struct device *bus_find_device(const struct bus_type *bus, struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data))
{
	struct subsys_private *subsys = bus_to_subsys(bus);
	struct device *dev = get_device(start), *prev;

	while (subsys) {
		prev = dev;
		dev = next_device(subsys, prev);
		put_device(prev);
		if (!dev || match(dev, data))
			return dev;
	}
	put_device(dev);
	return NULL;
}

int device_match_name(struct device *dev, const void *name)
{
	return !strcmp(dev_name(dev), name);
}

struct device *bus_find_device_by_name(const struct bus_type *bus, struct device *start,
				       const char *name)
{
	return bus_find_device(bus, start, name, device_match_name);
}

/* ---- drivers ---- */

static struct device_driver *find_driver_locked(struct subsys_private *subsys, const char *name)
{
	struct device_driver *drv;

	list_for_each_entry(drv, &subsys->drivers, node)
		if (!strcmp(drv->name, name))
			return drv;
	return NULL;
}

struct device_driver *driver_find(const char *name, const struct bus_type *bus)
{
	struct subsys_private *subsys = bus_to_subsys(bus);
	struct device_driver *drv;
	unsigned long flags;

	if (!subsys)
		return NULL;
	spin_lock_irqsave(&subsys->lock, flags);
	drv = find_driver_locked(subsys, name);
	spin_unlock_irqrestore(&subsys->lock, flags);
	return drv;
}

int bus_add_driver(struct device_driver *drv)
{
	struct subsys_private *subsys = bus_to_subsys(drv->bus);
	unsigned long flags;
	int error = 0;

	if (!subsys)
		return -EINVAL;
	drv->users = 0;
	drv->dead = false;
	init_waitqueue_head(&drv->idle);
	spin_lock_irqsave(&subsys->lock, flags);
	if (find_driver_locked(subsys, drv->name))
		error = -EBUSY;
	else
		list_add_tail(&drv->node, &subsys->drivers);
	spin_unlock_irqrestore(&subsys->lock, flags);
	return error;
}

/* Lock held. Who waits sees the count without it, and then takes the lock: see bus_shut_driver(). */
static void leave_driver_locked(struct device_driver *drv)
{
	WRITE_ONCE(drv->users, drv->users - 1);
	if (!drv->users && drv->dead)
		wake_up(&drv->idle);
}

/* The first one behind @drv that is not on its way out, counted; @drv is left. */
static struct device_driver *next_driver(struct subsys_private *subsys, struct device_driver *drv)
{
	struct device_driver *prev = drv;
	unsigned long flags;

	spin_lock_irqsave(&subsys->lock, flags);
	drv = list_prepare_entry(drv, &subsys->drivers, node);
	list_for_each_entry_continue(drv, &subsys->drivers, node)
		if (!drv->dead) {
			WRITE_ONCE(drv->users, drv->users + 1);
			goto found;
		}
	drv = NULL;
found:
	if (prev)
		leave_driver_locked(prev);
	spin_unlock_irqrestore(&subsys->lock, flags);
	return drv;
}

static void enter_driver(struct subsys_private *subsys, struct device_driver *drv)
{
	unsigned long flags;

	spin_lock_irqsave(&subsys->lock, flags);
	WRITE_ONCE(drv->users, drv->users + 1);
	spin_unlock_irqrestore(&subsys->lock, flags);
}

static void leave_driver(struct subsys_private *subsys, struct device_driver *drv)
{
	unsigned long flags;

	spin_lock_irqsave(&subsys->lock, flags);
	leave_driver_locked(drv);
	spin_unlock_irqrestore(&subsys->lock, flags);
}

int bus_for_each_drv(const struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *drv, void *data))
{
	struct subsys_private *subsys = bus_to_subsys(bus);
	struct device_driver *drv = start;
	int answer = 0;

	if (!subsys)
		return -EINVAL;
	if (start)
		enter_driver(subsys, start);
	while (!answer) {
		drv = next_driver(subsys, drv);
		if (!drv)
			return 0;
		answer = fn(drv, data);
	}
	leave_driver(subsys, drv);
	return answer;
}

void bus_shut_driver(struct device_driver *drv)
{
	struct subsys_private *subsys = bus_to_subsys(drv->bus);

	spin_lock_irq(&subsys->lock);
	drv->dead = true;
	spin_unlock_irq(&subsys->lock);
	wait_event(drv->idle, !READ_ONCE(drv->users));
	/* The last one may still be waking us, with the lock: the driver's memory is not ours before. */
	spin_lock_irq(&subsys->lock);
	spin_unlock_irq(&subsys->lock);
}

void bus_remove_driver(struct device_driver *drv)
{
	struct subsys_private *subsys = bus_to_subsys(drv->bus);

	spin_lock_irq(&subsys->lock);
	list_del(&drv->node);
	spin_unlock_irq(&subsys->lock);
}
