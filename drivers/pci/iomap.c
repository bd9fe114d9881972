// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device's registers in memory.
 *
 * Contexts
 *	Task.
 *
 * Limits
 *	Memory only: ports are read and written by inb() and its kin.
 *
 * Tests
 *	tests/boot/edu_test.c, arch/x86/tests/pci_bar_test.c
 */
#include <linux/io.h>
#include <linux/minmax.h>
#include "pci.h"

void __iomem *pci_iomap(struct pci_dev *dev, int bar, unsigned long max)
{
	struct resource *res;
	resource_size_t bytes;

	if (bar < 0 || bar >= PCI_STD_NUM_BARS)
		return NULL;
	res = &dev->resource[bar];
	bytes = pci_resource_len(dev, bar);
	if (!bytes || !res->parent || !(res->flags & IORESOURCE_MEM))
		return NULL;
	return ioremap(res->start, max ? min_t(resource_size_t, bytes, max) : bytes);
}

void pci_iounmap(struct pci_dev *dev, void __iomem *addr)
{
	iounmap(addr);
}

void __iomem *pci_ioremap_bar(struct pci_dev *dev, int bar)
{
	void __iomem *regs = pci_iomap(dev, bar, 0);

	if (!regs)
		pci_warn(dev, "BAR %d is no memory that can be mapped\n", bar);
	return regs;
}

/* ---- managed ---- */

struct iomap_table {
	void __iomem *at[PCI_STD_NUM_BARS];
};

static void release_table(struct device *device, void *res)
{
	struct iomap_table *table = res;

	for (int bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		if (table->at[bar])
			pci_iounmap(to_pci_dev(device), table->at[bar]);
}

static struct iomap_table *get_table(struct pci_dev *dev)
{
	struct iomap_table *table = devres_find(&dev->dev, release_table, NULL, NULL);

	if (table)
		return table;
	table = devres_alloc(release_table, sizeof(*table), GFP_KERNEL);
	return table ? devres_get(&dev->dev, table, NULL, NULL) : NULL;
}

void __iomem * const *pcim_iomap_table(struct pci_dev *dev)
{
	struct iomap_table *table = get_table(dev);

	return table ? table->at : NULL;
}

void __iomem *pcim_iomap(struct pci_dev *dev, int bar, unsigned long max)
{
	struct iomap_table *table = get_table(dev);

	if (!table || bar < 0 || bar >= PCI_STD_NUM_BARS)
		return NULL;
	table->at[bar] = pci_iomap(dev, bar, max);
	return table->at[bar];
}

static int iomap_region(struct pci_dev *dev, int bar, const char *name)
{
	int error;

	if (!pci_resource_len(dev, bar))
		return -EINVAL;
	error = pci_request_region(dev, bar, name);
	if (error)
		return error;
	if (pcim_iomap(dev, bar, 0))
		return 0;
	pci_release_region(dev, bar);
	return -ENOMEM;
}

static void iounmap_regions(struct pci_dev *dev, int mask)
{
	struct iomap_table *table = get_table(dev);

	for (int bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		if (!(mask & (1 << bar)))
			continue;
		pci_iounmap(dev, table->at[bar]);
		table->at[bar] = NULL;
		pci_release_region(dev, bar);
	}
}

/* All of them or none. */
int pcim_iomap_regions(struct pci_dev *dev, int mask, const char *name)
{
	for (int bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		int error = mask & (1 << bar) ? iomap_region(dev, bar, name) : 0;

		if (error) {
			iounmap_regions(dev, mask & ((1 << bar) - 1));
			return error;
		}
	}
	return 0;
}
