// SPDX-License-Identifier: GPL-2.0-only
/*
 * PCI as a bus of the device model: drivers by the numbers of their devices.
 *
 * Contexts, Locks
 *	See <linux/device.h>: probe and remove run in a task, with the device locked.
 *
 * Differs from Linux
 *	Probes run where driver or device came, not on the device's node. No numbers at run time.
 *
 * Tests
 *	tests/boot/pci_test.c
 */
#include <linux/module.h>
#include "pci.h"

static bool fits(unsigned int wanted, unsigned int number)
{
	return wanted == PCI_ANY_ID || wanted == number;
}

static bool id_fits(const struct pci_device_id *id, const struct pci_dev *dev)
{
	return fits(id->vendor, dev->vendor) && fits(id->device, dev->device) &&
	       fits(id->subvendor, dev->subsystem_vendor) &&
	       fits(id->subdevice, dev->subsystem_device) &&
	       !((id->class ^ dev->class) & id->class_mask);
}

const struct pci_device_id *pci_match_id(const struct pci_device_id *ids, struct pci_dev *dev)
{
	if (!ids)
		return NULL;
	for (; ids->vendor || ids->subvendor || ids->class_mask; ids++)
		if (id_fits(ids, dev))
			return ids;
	return NULL;
}

static int pci_bus_match(struct device *dev, const struct device_driver *drv)
{
	return !!pci_match_id(to_pci_driver(drv)->id_table, to_pci_dev(dev));
}

static int pci_device_probe(struct device *device)
{
	struct pci_dev *dev = to_pci_dev(device);
	struct pci_driver *drv = to_pci_driver(device->driver);
	int error;

	if (!drv->probe)
		return -EINVAL;
	dev->driver = drv;
	error = drv->probe(dev, pci_match_id(drv->id_table, dev));
	if (error > 0) {
		pci_warn(dev, "the probe of driver %s answers %d: taken for success\n", drv->name,
			 error);
		error = 0;
	}
	if (error)
		dev->driver = NULL;
	return error;
}

static void pci_device_remove(struct device *device)
{
	struct pci_dev *dev = to_pci_dev(device);

	if (dev->driver->remove)
		dev->driver->remove(dev);
	dev->driver = NULL;
}

static void pci_device_shutdown(struct device *device)
{
	struct pci_driver *drv = to_pci_dev(device)->driver;

	if (drv && drv->shutdown)
		drv->shutdown(to_pci_dev(device));
}

const struct bus_type pci_bus_type = {
	.name = "pci",
	.match = pci_bus_match,
	.probe = pci_device_probe,
	.remove = pci_device_remove,
	.shutdown = pci_device_shutdown,
};

struct pci_driver *pci_dev_driver(const struct pci_dev *dev)
{
	return dev->driver;
}

int __pci_register_driver(struct pci_driver *drv, struct module *owner, const char *mod_name)
{
	drv->driver.name = drv->name;
	drv->driver.bus = &pci_bus_type;
	drv->driver.owner = owner;
	drv->driver.mod_name = mod_name;
	return driver_register(&drv->driver);
}

void pci_unregister_driver(struct pci_driver *drv)
{
	driver_unregister(&drv->driver);
}

static int __init pci_bus_init(void)
{
	return bus_register(&pci_bus_type);
}
postcore_initcall(pci_bus_init);
