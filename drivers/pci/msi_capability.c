// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a device says of its messages: how many, and where it keeps them.
 *
 * What
 *	MSI: a capability with one address and one word, and maybe a mask. MSI-X: a table in one of the
 *	BARs, of 16 bytes for each message. A table that does not lie wholly in a BAR of memory that has
 *	an address is refused, before anything is written to it; so is a capability that does not lie wholly
 *	in the first 256 bytes: what is behind them is something else.
 *
 * Contexts
 *	Task.
 *
 * Tests
 *	tests/boot/pci_test.c; tests/unit/pci_garbage.c
 *
 * Source: PCI Local Bus Specification 3.0, chapter 6.8.
 */
#include "pci.h"

static bool has_room(struct pci_dev *dev, unsigned int at, unsigned int bytes)
{
	if (at + bytes <= PCI_CFG_SPACE_SIZE)
		return true;
	pci_warn(dev, "msi: its capability, %u bytes at %#x, reaches beyond its space: not used\n", bytes, at);
	return false;
}

/* How long it is: what comes after the address, and after the mask. */
static unsigned int msi_bytes(u16 flags)
{
	bool wide = flags & PCI_MSI_FLAGS_64BIT;

	if (flags & PCI_MSI_FLAGS_MASKBIT)
		return wide ? PCI_MSI_PENDING_64 + 4 : PCI_MSI_PENDING_32 + 4;
	return wide ? PCI_MSI_DATA_64 + 2 : PCI_MSI_DATA_32 + 2;
}

int pci_msi_count(struct pci_dev *dev)
{
	unsigned int log;
	u16 flags;

	if (!dev->msi_cap)
		return -EINVAL;
	pci_read_config_word(dev, dev->msi_cap + PCI_MSI_FLAGS, &flags);
	if (!has_room(dev, dev->msi_cap, msi_bytes(flags)))
		return -EINVAL;
	log = (flags & PCI_MSI_FLAGS_QMASK) >> 1;
	if (log <= 5)
		return 1 << log;
	pci_warn(dev, "msi: 2^%u messages, and there are 32 at most: not used\n", log);
	return -EINVAL;
}

int pci_msix_find_table(struct pci_dev *dev, struct pci_msix_table *table)
{
	const struct resource *res;
	u16 flags;
	u32 where;

	if (!dev->msix_cap || !has_room(dev, dev->msix_cap, PCI_CAP_MSIX_SIZEOF))
		return -EINVAL;
	pci_read_config_word(dev, dev->msix_cap + PCI_MSIX_FLAGS, &flags);
	pci_read_config_dword(dev, dev->msix_cap + PCI_MSIX_TABLE, &where);
	table->entries = (flags & PCI_MSIX_FLAGS_QSIZE) + 1U;
	table->bar = where & PCI_MSIX_TABLE_BIR;
	table->offset = where & PCI_MSIX_TABLE_OFFSET;
	if (table->bar >= PCI_STD_NUM_BARS) {
		pci_warn(dev, "msi-x: its table is in BAR %u, which there is not\n", table->bar);
		return -EINVAL;
	}
	res = &dev->resource[table->bar];
	if (!(res->flags & IORESOURCE_MEM) || !res->parent) {
		pci_warn(dev, "msi-x: its table is in BAR %u, which is no memory\n", table->bar);
		return -EINVAL;
	}
	if ((u64)table->offset + table->entries * PCI_MSIX_ENTRY_SIZE > resource_size(res)) {
		pci_warn(dev, "msi-x: its table, %u entries at %#x, does not fit in BAR %u\n",
			 table->entries, table->offset, table->bar);
		return -EINVAL;
	}
	return 0;
}
