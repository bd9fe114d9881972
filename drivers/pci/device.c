// SPDX-License-Identifier: GPL-2.0-only
/*
 * Using a device: let it answer, have its ranges, let it reach memory.
 *
 * What
 *	Each is a pair, done by a probe and undone by a remove. A device that was enabled by
 *	pcim_enable_device() is managed: what is requested from then on goes by itself (devres).
 *
 * Contexts
 *	Task.
 *
 * Tests
 *	tests/boot/pci_test.c
 */
#include "pci.h"

/* ---- enabled ---- */

static bool has_range(const struct pci_dev *dev, int bar, unsigned long kinds)
{
	return dev->resource[bar].flags & kinds;
}

/* What it may answer to: the bits of the command register, or -EINVAL. */
static int decoding(const struct pci_dev *dev, unsigned long kinds)
{
	int command = 0;

	for (int bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		if (!has_range(dev, bar, kinds))
			continue;
		if (!dev->resource[bar].parent) {
			pci_err(dev, "BAR %d has no address of its own: cannot be enabled\n", bar);
			return -EINVAL;
		}
		command |= has_range(dev, bar, IORESOURCE_IO) ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY;
	}
	return command;
}

static int enable(struct pci_dev *dev, unsigned long kinds)
{
	u16 command;
	int more;

	if (atomic_inc_return(&dev->enable_cnt) > 1)
		return 0;
	more = decoding(dev, kinds);
	if (more < 0) {
		atomic_dec(&dev->enable_cnt);
		return more;
	}
	pci_read_config_word(dev, PCI_COMMAND, &command);
	if (more & ~command)
		pci_write_config_word(dev, PCI_COMMAND, command | (u16)more);
	return 0;
}

int pci_enable_device(struct pci_dev *dev)
{
	return enable(dev, IORESOURCE_IO | IORESOURCE_MEM);
}

int pci_enable_device_mem(struct pci_dev *dev)
{
	return enable(dev, IORESOURCE_MEM);
}

void pci_disable_device(struct pci_dev *dev)
{
	if (WARN(atomic_read(&dev->enable_cnt) <= 0, "pci %s is disabled, and was not enabled\n",
		 pci_name(dev)))
		return;
	if (atomic_dec_return(&dev->enable_cnt))
		return;
	pci_clear_master(dev);
}

static void disable_managed(void *data)
{
	struct pci_dev *dev = data;

	dev->is_managed = 0;
	pci_free_irq_vectors(dev);
	for (int bar = 0; bar < DEVICE_COUNT_RESOURCE; bar++)
		if (dev->regions_taken & BIT(bar))
			pci_release_region(dev, bar);
	if (pci_is_enabled(dev))
		pci_disable_device(dev);
}

int pcim_enable_device(struct pci_dev *dev)
{
	int error = pci_enable_device(dev);

	if (error)
		return error;
	dev->is_managed = 1;
	return devm_add_action_or_reset(&dev->dev, disable_managed, dev);
}

/* ---- bus mastering ---- */

static void set_master(struct pci_dev *dev, bool enable)
{
	u16 command, new;

	pci_read_config_word(dev, PCI_COMMAND, &command);
	new = enable ? command | PCI_COMMAND_MASTER : command & ~PCI_COMMAND_MASTER;
	if (new != command)
		pci_write_config_word(dev, PCI_COMMAND, new);
	dev->is_busmaster = enable;
}

void pci_set_master(struct pci_dev *dev)
{
	set_master(dev, true);
}

void pci_clear_master(struct pci_dev *dev)
{
	set_master(dev, false);
}

/* ---- ranges ---- */

int pci_request_region(struct pci_dev *dev, int bar, const char *name)
{
	struct resource *res = &dev->resource[bar];
	struct resource *root = res->flags & IORESOURCE_IO ? &ioport_resource : &iomem_resource;

	if (!pci_resource_len(dev, bar))
		return 0;
	if (!res->parent || !__request_region(root, res->start, resource_size(res), name, 0)) {
		pci_warn(dev, "BAR %d: %#llx to %#llx: somebody has it\n", bar, res->start, res->end);
		return -EBUSY;
	}
	dev->regions_taken |= BIT(bar);
	return 0;
}

void pci_release_region(struct pci_dev *dev, int bar)
{
	struct resource *res = &dev->resource[bar];

	if (!pci_resource_len(dev, bar))
		return;
	dev->regions_taken &= ~BIT(bar);
	__release_region(res->flags & IORESOURCE_IO ? &ioport_resource : &iomem_resource, res->start,
			 resource_size(res));
}

int pci_request_selected_regions(struct pci_dev *dev, int bars, const char *name)
{
	for (int bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		int error = bars & BIT(bar) ? pci_request_region(dev, bar, name) : 0;

		if (error) {
			pci_release_selected_regions(dev, bars & (int)(BIT(bar) - 1));
			return error;
		}
	}
	return 0;
}

void pci_release_selected_regions(struct pci_dev *dev, int bars)
{
	for (int bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		if (bars & BIT(bar))
			pci_release_region(dev, bar);
}

#define ALL_BARS	((1 << PCI_STD_NUM_BARS) - 1)

int pci_request_regions(struct pci_dev *dev, const char *name)
{
	return pci_request_selected_regions(dev, ALL_BARS, name);
}

void pci_release_regions(struct pci_dev *dev)
{
	pci_release_selected_regions(dev, ALL_BARS);
}

int pci_select_bars(struct pci_dev *dev, unsigned long flags)
{
	int bars = 0;

	for (int bar = 0; bar < PCI_NUM_RESOURCES; bar++)
		if (has_range(dev, bar, flags))
			bars |= 1 << bar;
	return bars;
}
