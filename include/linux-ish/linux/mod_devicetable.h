/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which devices a driver is for: the tables in its source.
 */
#ifndef _LINUX_MOD_DEVICETABLE_H
#define _LINUX_MOD_DEVICETABLE_H

#include <linux/types.h>

typedef unsigned long kernel_ulong_t;

#define PCI_ANY_ID	(~0U)

/**
 * struct pci_device_id - one kind of PCI device
 * @vendor, @device, @subvendor, @subdevice: numbers, or PCI_ANY_ID
 * @class, @class_mask: of the device's class the bits in the mask are these
 * @driver_data: the driver's
 * @override_only: not for matching by itself
 */
struct pci_device_id {
	__u32 vendor, device;
	__u32 subvendor, subdevice;
	__u32 class, class_mask;
	kernel_ulong_t driver_data;
	__u32 override_only;
};

#endif
