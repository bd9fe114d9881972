/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests on real devices: the n-th that a driver has, and steps that hold for whatever line it is.
 */
#ifndef _TESTS_BOOT_PCI_HELPERS_H
#define _TESTS_BOOT_PCI_HELPERS_H

#include <linux/pci.h>

/* The @n-th device of these numbers; NULL: there are fewer. The host bridge keeps it. */
static inline struct pci_dev *find_device(unsigned int vendor, unsigned int device, unsigned int n)
{
	struct pci_dev *dev = NULL;

	do
		dev = pci_get_device(vendor, device, dev);
	while (dev && n--);
	pci_dev_put(dev);
	return dev;
}

#endif
