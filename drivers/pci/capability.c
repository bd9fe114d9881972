// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lists of capabilities in configuration space.
 *
 * What
 *	The first begins behind the header and ends at offset 0; each entry has its number, and where
 *	the next one is. The second is PCI Express's, in what is behind the first 256 bytes, of 32-bit
 *	heads. Both are the device's word: a walk notes where it has been, and ends with a message at a
 *	place that it knows already, or that lies within the header.
 *
 * Contexts
 *	Any.
 *
 * Limits
 *	48 entries, and 960: as many as there are places.
 *
 * Tests
 *	tests/boot/pci_test.c; tests/unit/pci_garbage.c
 */
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/string.h>
#include "pci.h"

#define PLACES		((PCI_CFG_SPACE_SIZE - PCI_STD_HEADER_SIZEOF) / 4)
#define EXT_PLACES	((PCI_CFG_SPACE_EXP_SIZE - PCI_CFG_SPACE_SIZE) / 4)

/* The byte that points to the first entry; 0: there is none. */
static int list_start(struct pci_bus *bus, unsigned int devfn)
{
	u16 status;
	u8 type;

	pci_bus_read_config_word(bus, devfn, PCI_STATUS, &status);
	if (PCI_POSSIBLE_ERROR(status) || !(status & PCI_STATUS_CAP_LIST))
		return 0;
	pci_bus_read_config_byte(bus, devfn, PCI_HEADER_TYPE, &type);
	switch (type & PCI_HEADER_TYPE_MASK) {
	case PCI_HEADER_TYPE_NORMAL:
	case PCI_HEADER_TYPE_BRIDGE:
		return PCI_CAPABILITY_LIST;
	default:
		return 0;
	}
}

static void report(struct pci_bus *bus, unsigned int devfn, const char *what, unsigned int where)
{
	pr_warn("pci %04x:%02x:%02x.%u: list of capabilities %s at %#x: it ends there\n",
		pci_domain_nr(bus), bus->number, PCI_SLOT(devfn), PCI_FUNC(devfn), what, where);
}

/*
 * Where the first @cap is, or the first behind the one at @after; 0: there is none. Always from the list's
 * start, so that who asks for the next one again and again comes to an end, too.
 */
static u8 find(struct pci_bus *bus, unsigned int devfn, u8 after, int cap)
{
	DECLARE_BITMAP(seen, PLACES) = { 0 };
	int pointer = list_start(bus, devfn);
	bool passed = !after;
	u8 at, id;

	while (pointer) {
		pci_bus_read_config_byte(bus, devfn, pointer, &at);
		at &= ~3;
		if (!at)
			return 0;
		if (at < PCI_STD_HEADER_SIZEOF) {
			report(bus, devfn, "leads into the header", at);
			return 0;
		}
		if (__test_and_set_bit((at - PCI_STD_HEADER_SIZEOF) / 4, seen)) {
			report(bus, devfn, "is a circle", at);
			return 0;
		}
		pci_bus_read_config_byte(bus, devfn, at + PCI_CAP_LIST_ID, &id);
		if (id == 0xff)
			return 0;
		if (passed && id == cap)
			return at;
		passed |= at == after;
		pointer = at + PCI_CAP_LIST_NEXT;
	}
	return 0;
}

u8 pci_bus_find_capability(struct pci_bus *bus, unsigned int devfn, int cap)
{
	return find(bus, devfn, 0, cap);
}

u8 pci_find_capability(struct pci_dev *dev, int cap)
{
	return pci_bus_find_capability(dev->bus, dev->devfn, cap);
}

u8 pci_find_next_capability(struct pci_dev *dev, u8 pos, int cap)
{
	return find(dev->bus, dev->devfn, pos, cap);
}

u16 pci_find_ext_capability(struct pci_dev *dev, int cap)
{
	DECLARE_BITMAP(seen, EXT_PLACES) = { 0 };
	unsigned int at = PCI_CFG_SPACE_SIZE;
	u32 head;

	if (dev->cfg_size <= PCI_CFG_SPACE_SIZE)
		return 0;
	while (at >= PCI_CFG_SPACE_SIZE) {
		if (__test_and_set_bit((at - PCI_CFG_SPACE_SIZE) / 4, seen)) {
			report(dev->bus, dev->devfn, "is a circle", at);
			return 0;
		}
		pci_read_config_dword(dev, (int)at, &head);
		if (!head || PCI_POSSIBLE_ERROR(head))
			return 0;
		if (PCI_EXT_CAP_ID(head) == (u32)cap)
			return (u16)at;
		at = PCI_EXT_CAP_NEXT(head);
	}
	return 0;
}

/* Whether what lies behind the first 256 bytes is only these again. */
static bool is_mirrored(struct pci_dev *dev)
{
	u32 first, again;

	pci_read_config_dword(dev, PCI_VENDOR_ID, &first);
	for (int at = PCI_CFG_SPACE_SIZE; at < PCI_CFG_SPACE_EXP_SIZE; at += PCI_CFG_SPACE_SIZE) {
		if (pci_read_config_dword(dev, at, &again) || again != first)
			return false;
	}
	return true;
}

int pci_cfg_space_size(struct pci_dev *dev)
{
	u32 head;

	if (!dev->pcie_cap || pci_read_config_dword(dev, PCI_CFG_SPACE_SIZE, &head) ||
	    PCI_POSSIBLE_ERROR(head) || is_mirrored(dev))
		return PCI_CFG_SPACE_SIZE;
	return PCI_CFG_SPACE_EXP_SIZE;
}

void pci_find_capabilities(struct pci_dev *dev)
{
	dev->pcie_cap = pci_find_capability(dev, PCI_CAP_ID_EXP);
	dev->msi_cap = pci_find_capability(dev, PCI_CAP_ID_MSI);
	dev->msix_cap = pci_find_capability(dev, PCI_CAP_ID_MSIX);
}
