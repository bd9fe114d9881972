// SPDX-License-Identifier: GPL-2.0-only
/*
 * Devices by their numbers, their class, or their place.
 *
 * Contexts
 *	Task. Each answer is a reference.
 *
 * Tests
 *	tests/boot/pci_test.c
 */
#include "pci.h"

struct pci_dev *pci_dev_get(struct pci_dev *dev)
{
	if (dev)
		get_device(&dev->dev);
	return dev;
}

void pci_dev_put(struct pci_dev *dev)
{
	if (dev)
		put_device(&dev->dev);
}

static int match_id(struct device *device, const void *id)
{
	return !!pci_match_id(id, to_pci_dev(device));
}

/* @ids: one entry, and one of zeroes. */
static struct pci_dev *find(const struct pci_device_id *ids, struct pci_dev *from)
{
	struct device *found = bus_find_device(&pci_bus_type, from ? &from->dev : NULL, ids, match_id);

	pci_dev_put(from);
	return found ? to_pci_dev(found) : NULL;
}

struct pci_dev *pci_get_subsys(unsigned int vendor, unsigned int device, unsigned int ss_vendor,
			       unsigned int ss_device, struct pci_dev *from)
{
	const struct pci_device_id ids[] = {
		{ PCI_DEVICE_SUB(vendor, device, ss_vendor, ss_device) }, {}
	};

	return find(ids, from);
}

struct pci_dev *pci_get_device(unsigned int vendor, unsigned int device, struct pci_dev *from)
{
	return pci_get_subsys(vendor, device, PCI_ANY_ID, PCI_ANY_ID, from);
}

struct pci_dev *pci_get_class(unsigned int class, struct pci_dev *from)
{
	const struct pci_device_id ids[] = { { PCI_DEVICE_CLASS(class, PCI_ANY_ID) }, {} };

	return find(ids, from);
}

int pci_dev_present(const struct pci_device_id *ids)
{
	struct pci_dev *dev = find(ids, NULL);

	pci_dev_put(dev);
	return !!dev;
}

struct pci_dev *pci_get_domain_bus_and_slot(int domain, unsigned int bus, unsigned int devfn)
{
	struct pci_dev *dev = NULL;

	for_each_pci_dev(dev)
		if (pci_domain_nr(dev->bus) == domain && dev->bus->number == bus &&
		    dev->devfn == devfn)
			return dev;
	return NULL;
}

struct pci_dev *pci_get_slot(struct pci_bus *bus, unsigned int devfn)
{
	struct pci_dev *dev = NULL;

	for_each_pci_dev(dev)
		if (dev->bus == bus && dev->devfn == devfn)
			return dev;
	return NULL;
}
