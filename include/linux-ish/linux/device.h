/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Devices: what they are called, who refers to them, whose driver they have, what goes with it.
 *
 * What
 *	device_register() puts a device on its bus, where the first driver that fits probes it.
 *	device_unregister() takes the driver from it, and the device from the bus; the memory goes
 *	with the last reference, by the release function. Neither knows of hardware: see <linux/pci.h>.
 *
 * Contexts
 *	Task, may sleep, unless said otherwise. get_device(), dev_name(), messages: any.
 *
 * States
 *	initialized	device_initialize()	has references
 *	added		device_add()		on its bus; may get a driver
 *	bound		a probe succeeded	dev->driver is set
 *	deleted		device_del()		gets none any more; only references hold it
 *
 * Locks
 *	dev->mutex (device_lock()): probe, remove, and dev->driver's changes. A device's before its
 *	children's.
 *
 * Differs from Linux
 *	No kobjects and no sysfs; no deferred and no asynchronous probing, no power management, no
 *	classes, no firmware nodes. A reference is a counter; put_device() calls release directly.
 *
 * Tests
 *	tests/boot/device_test.c
 */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/dev_printk.h>
#include <linux/device/bus.h>
#include <linux/device/devres.h>
#include <linux/device/driver.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stdarg.h>
#include <linux/types.h>

struct msi_device_data;
struct irq_domain;

/* What of interrupts by message belongs to a device. */
struct dev_msi_info {
	struct irq_domain *domain;	/* whose messages it may send; I */
	struct msi_device_data *data;	/* of the messages that it does send */
};

/**
 * struct device - a device
 * @parent: a reference is held while this one is added
 * @bus: I
 * @driver: changed with @mutex held
 * @init_name: a name that need not be copied
 * @release: called without locks when the last reference is gone; without one that is reported
 * @platform_data: whatever who made it wants
 * @dma_mask, @coherent_dma_mask: which addresses it can reach
 * @msi: its messages
 * @id: a number, for whoever makes it
 *
 * What follows these is the device model's own.
 */
struct device {
	struct device *parent;
	const struct bus_type *bus;
	struct device_driver *driver;
	const char *init_name;
	void (*release)(struct device *dev);
	void *platform_data;
	u64 *dma_mask;
	u64 coherent_dma_mask;
	struct dev_msi_info msi;
	u32 id;

	void *driver_data;		/* the driver's */
	struct mutex mutex;
	char *name;			/* I once added */
	atomic_t references;
	struct list_head node;		/* L: bus's lock; until the last reference is gone */
	bool added;			/* L: mutex; may be read without */
	bool bound;			/* L: mutex: probe has succeeded */
	bool dead;			/* L: mutex; may be read without, to pass it over */
	spinlock_t devres_lock;
	struct list_head devres_head;	/* L: devres_lock */
};

/** device_initialize - the first step: one reference, no name. put_device() undoes it. Context: any. */
void device_initialize(struct device *dev);
/**
 * device_add - put a device with a name on its bus, and look for a driver
 * @dev: after device_initialize()
 *
 * That no driver fits, or that its probe fails, is no error.
 * Return: 0; -EINVAL: no name, a bus that is not registered, or added before. Then the reference is still the caller's.
 */
int device_add(struct device *dev);
/** device_register - device_initialize() and device_add(); where it fails put_device() is due */
int __must_check device_register(struct device *dev);
/** device_del - undo device_add(): no driver any more, and none to come */
void device_del(struct device *dev);
/** device_unregister - device_del() and put_device() */
void device_unregister(struct device *dev);

/** get_device - one more reference; NULL is allowed. Return: @dev. Context: any. */
struct device *get_device(struct device *dev);
/** put_device - one less; the last calls release. NULL is allowed. Context: what release needs. */
void put_device(struct device *dev);

/** dev_set_name - give it a name, before it is added. Return: 0 or -ENOMEM. */
int dev_set_name(struct device *dev, const char *fmt, ...) __printf(2, 3);
/** dev_name - its name. Context: any. */
static inline const char *dev_name(const struct device *dev)
{
	if (dev->init_name)
		return dev->init_name;
	return dev->name ? dev->name : "(unnamed)";
}
/** dev_driver_string - its driver's name, else its bus's, else "". Context: any. */
const char *dev_driver_string(const struct device *dev);

/** dev_get_drvdata, dev_set_drvdata - a pointer of the driver's; NULL again when it leaves */
static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}
static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}
/** dev_get_platdata - what its maker left there */
static inline void *dev_get_platdata(const struct device *dev)
{
	return dev->platform_data;
}

/** device_lock, device_trylock, device_unlock - keep its driver as it is */
static inline void device_lock(struct device *dev)
{
	mutex_lock(&dev->mutex);
}
static inline int device_trylock(struct device *dev)
{
	return mutex_trylock(&dev->mutex);
}
static inline void device_unlock(struct device *dev)
{
	mutex_unlock(&dev->mutex);
}
static inline void device_lock_assert(struct device *dev)
{
	lockdep_assert_held(&dev->mutex);
}

/** device_is_registered - whether it is added and not deleted. Context: any. */
static inline bool device_is_registered(const struct device *dev)
{
	return READ_ONCE(dev->added) && !READ_ONCE(dev->dead);
}
/** device_is_bound - whether it has a driver whose probe has succeeded. Context: device locked. */
bool device_is_bound(struct device *dev);

/** device_attach - look for a driver again. Return: 1: it has one; 0: none fits; or an error. */
int device_attach(struct device *dev);
/** device_release_driver - take its driver from it */
void device_release_driver(struct device *dev);

/** device_match_name - for bus_find_device() */
int device_match_name(struct device *dev, const void *name);

/**
 * root_device_register - a device without bus and parent, for what needs any device
 * @name: copied
 *
 * Return: it, added; or an ERR_PTR(). Goes by root_device_unregister().
 */
struct device *__root_device_register(const char *name, struct module *owner);
#define root_device_register(name)	__root_device_register(name, NULL)
void root_device_unregister(struct device *dev);

#endif
