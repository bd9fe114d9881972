// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configuration space, in bytes, words and double words.
 *
 * What
 *	The host bridge's operations do the work (struct pci_ops). Here is what is the same for all: an
 *	access that is not aligned, or lies behind the end, is refused before it gets there; and what
 *	cannot be read reads as all ones, as of a device that is not there.
 *
 * Contexts
 *	Those of the operations: any but NMI.
 *
 * Locks
 *	The operations' own.
 *
 * Tests
 *	tests/boot/pci_test.c
 */
#include "pci.h"

static int read(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *value)
{
	if (where < 0 || where > PCI_CFG_SPACE_EXP_SIZE - size || where % size)
		return PCIBIOS_BAD_REGISTER_NUMBER;
	return bus->ops->read(bus, devfn, where, size, value);
}

static int write(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 value)
{
	if (where < 0 || where > PCI_CFG_SPACE_EXP_SIZE - size || where % size)
		return PCIBIOS_BAD_REGISTER_NUMBER;
	return bus->ops->write(bus, devfn, where, size, value);
}

#define ACCESSORS(name, type, size)					\
int pci_bus_read_config_##name(struct pci_bus *bus, unsigned int devfn, int where, type *val) \
{									\
	u32 value = 0;							\
	int error = read(bus, devfn, where, size, &value);		\
									\
	if (error)							\
		PCI_SET_ERROR_RESPONSE(val);				\
	else								\
		*val = (type)value;					\
	return error;							\
}									\
int pci_bus_write_config_##name(struct pci_bus *bus, unsigned int devfn, int where, type val) \
{									\
	return write(bus, devfn, where, size, val);			\
}									\
int pci_read_config_##name(const struct pci_dev *dev, int where, type *val) \
{									\
	return pci_bus_read_config_##name(dev->bus, dev->devfn, where, val); \
}									\
int pci_write_config_##name(const struct pci_dev *dev, int where, type val) \
{									\
	return pci_bus_write_config_##name(dev->bus, dev->devfn, where, val); \
}

ACCESSORS(byte, u8, 1)
ACCESSORS(word, u16, 2)
ACCESSORS(dword, u32, 4)

void pci_clear_and_set_config_dword(const struct pci_dev *dev, int pos, u32 clear, u32 set)
{
	u32 value;

	pci_read_config_dword(dev, pos, &value);
	pci_write_config_dword(dev, pos, (value & ~clear) | set);
}

int pcibios_err_to_errno(int err)
{
	switch (err) {
	case PCIBIOS_FUNC_NOT_SUPPORTED:	return -ENOENT;
	case PCIBIOS_BAD_VENDOR_ID:		return -ENOTTY;
	case PCIBIOS_DEVICE_NOT_FOUND:		return -ENODEV;
	case PCIBIOS_BAD_REGISTER_NUMBER:	return -EFAULT;
	case PCIBIOS_SET_FAILED:		return -EIO;
	case PCIBIOS_BUFFER_TOO_SMALL:		return -ENOSPC;
	default:				return err <= 0 ? err : -ERANGE;
	}
}
