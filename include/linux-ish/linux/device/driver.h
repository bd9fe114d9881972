/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Drivers, as the device model knows them; each bus has its own kind around this one.
 */
#ifndef _LINUX_DEVICE_DRIVER_H
#define _LINUX_DEVICE_DRIVER_H

#include <linux/list.h>
#include <linux/types.h>
#include <linux/wait.h>

struct bus_type;
struct device;
struct module;

/** enum probe_type - accepted; probing is always done at once, by who brought device or driver */
enum probe_type {
	PROBE_DEFAULT_STRATEGY,
	PROBE_PREFER_ASYNCHRONOUS,
	PROBE_FORCE_SYNCHRONOUS,
};

/**
 * struct device_driver - a driver
 * @name: for people
 * @bus: what its devices are on
 * @owner: its module; NULL for what is built in
 * @mod_name: of that, for what is built in
 * @probe_type: see there
 * @probe: take a device: 0, or a negative error and it is not taken. Bus without a probe only.
 * @remove: give it back. Bus without a remove only.
 * @shutdown: the machine is about to end
 * @node: in the bus's list		L: bus's lock
 * @users: who goes through it just now	L: bus's lock
 * @dead: on its way out: nobody may begin to use it	L: bus's lock
 * @idle: the last user left
 */
struct device_driver {
	const char *name;
	const struct bus_type *bus;
	struct module *owner;
	const char *mod_name;
	enum probe_type probe_type;
	int (*probe)(struct device *dev);
	int (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);

	struct list_head node;
	unsigned int users;
	bool dead;
	wait_queue_head_t idle;
};

/**
 * driver_register - make a driver known to its bus, and give it all devices that it fits
 * @drv: the driver; it must stay until driver_unregister()
 *
 * Context: task, may sleep. Probes run before this returns.
 * Return: 0; -EINVAL when its bus is not registered; -EBUSY when the bus has one of that name.
 */
int driver_register(struct device_driver *drv);
/**
 * driver_unregister - take a driver from all its devices, and forget it
 *
 * Context: task, may sleep. On return nothing of @drv is running, and nothing will.
 */
void driver_unregister(struct device_driver *drv);
/** driver_find - the driver of that name on a bus, or NULL. Context: any. It is not kept alive. */
struct device_driver *driver_find(const char *name, const struct bus_type *bus);

/** module_driver - init and exit of a module that is nothing but a driver */
#define module_driver(__driver, __register, __unregister, ...)		\
static int __init __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
module_init(__driver##_init);						\
static void __exit __driver##_exit(void)				\
{									\
	__unregister(&(__driver), ##__VA_ARGS__);			\
}									\
module_exit(__driver##_exit)

/** builtin_driver - the same for what never leaves */
#define builtin_driver(__driver, __register, ...)			\
static int __init __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
device_initcall(__driver##_init)

#endif
