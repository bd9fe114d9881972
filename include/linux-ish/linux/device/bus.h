/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Buses: where devices and drivers of one kind find each other.
 */
#ifndef _LINUX_DEVICE_BUS_H
#define _LINUX_DEVICE_BUS_H

#include <linux/types.h>

struct device;
struct device_driver;
struct subsys_private;

/**
 * struct bus_type - a kind of bus
 * @name: for people
 * @dev_name: unused here
 * @match: whether a driver fits a device: positive yes, 0 no, negative an error, which is no
 * @probe: take a device for dev->driver; NULL: the driver's own
 * @remove: give it back; NULL: the driver's own
 * @shutdown: the machine is about to end
 *
 * match may run for the same pair on several CPUs; probe and remove run with the device locked.
 */
struct bus_type {
	const char *name;
	const char *dev_name;
	int (*match)(struct device *dev, const struct device_driver *drv);
	int (*probe)(struct device *dev);
	void (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
};

/** bus_register - make a bus known. Context: task. Return: 0, -EEXIST, or -ENOMEM. */
int bus_register(const struct bus_type *bus);
/** bus_unregister - forget a bus, which has neither devices nor drivers any more. Context: task. */
void bus_unregister(const struct bus_type *bus);

/**
 * bus_for_each_dev - call a function for each device of a bus, in the order of their coming
 * @bus: the bus
 * @start: begin behind this one, or NULL
 * @data: for the function
 * @fn: anything but 0 ends the walk. It may sleep, and remove devices, also its own.
 *
 * Context: task. What comes or goes meanwhile may be called for or not.
 * Return: what @fn returned last, 0 where there was nothing, -EINVAL for an unknown bus.
 */
int bus_for_each_dev(const struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data));
/** bus_for_each_drv - the same for its drivers */
int bus_for_each_drv(const struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *drv, void *data));
/**
 * bus_find_device - the first device behind @start that @match says yes (not 0) to
 *
 * Context: task. Return: it, with a reference that is the caller's to put; or NULL.
 */
struct device *bus_find_device(const struct bus_type *bus, struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data));
/** bus_find_device_by_name - the same by the device's name */
struct device *bus_find_device_by_name(const struct bus_type *bus, struct device *start,
				       const char *name);

#endif
