/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the device model share. drivers/base/bus.c has the theory.
 */
#ifndef _DRIVERS_BASE_H
#define _DRIVERS_BASE_H

#include <linux/device.h>

/* What belongs to a bus that is registered. */
struct subsys_private {
	const struct bus_type *bus;	/* I */
	struct list_head node;		/* G: buses_lock */
	spinlock_t lock;
	struct list_head devices;	/* L: added ones, and deleted ones that somebody refers to */
	struct list_head drivers;	/* L */
};

/* What belongs to @bus; NULL: it is not registered, or there is none. Context: any. */
struct subsys_private *bus_to_subsys(const struct bus_type *bus);
/* Put a device into its bus's list, or take it out. */
void bus_add_device(struct device *dev);
void bus_remove_device(struct device *dev);
/* Put a driver into its bus's list: 0, -EINVAL, -EBUSY. */
int bus_add_driver(struct device_driver *drv);
/* From now on nobody comes to it any more; returns when the last one has left. */
void bus_shut_driver(struct device_driver *drv);
void bus_remove_driver(struct device_driver *drv);

/* Take the device's driver from it, if it is @drv; NULL: whichever. Device locked. */
void device_release_driver_locked(struct device *dev, const struct device_driver *drv);

#endif
