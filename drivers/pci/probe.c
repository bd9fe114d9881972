// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is there: buses, devices, functions, and their registers.
 *
 * What
 *	pci_host_probe() goes through the 32 slots of the root bus, then of the bus behind each bridge,
 *	as the firmware has numbered them. A function that answers becomes a struct pci_dev, with what
 *	its header says, its BARs decoded, its capabilities found, its line known. When all are there
 *	they are added, and drivers get them.
 *
 *	All that is read here is the device's word, and any of it may be nonsense: a header of an
 *	unknown kind, a BAR of no possible size or at an address that somebody else has, a bridge to a
 *	bus that leads back. What is nonsense is named, and left out; the rest of the device stays.
 *
 * Contexts
 *	Task, once for each host bridge; nobody else uses the devices yet.
 *
 * Limits
 *	256 buses behind a host bridge, each once. A bridge that the firmware gave no numbers has nothing
 *	behind it. A slot that says "not yet" is taken for empty.
 *
 * Tests
 *	tests/boot/pci_test.c; tests/unit/pci_garbage.c
 */
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/slab.h>
#include "pci.h"

/* One look behind a host bridge. */
struct scan {
	struct pci_host_bridge *host;
	DECLARE_BITMAP(seen, 256);	/* bus numbers that were given away */
};

/* ---- registers ---- */

static void read_probe(struct pci_dev *dev, int where, u32 ones, u32 *value, u32 *probe)
{
	pci_read_config_dword(dev, where, value);
	pci_write_config_dword(dev, where, *value | ones);
	pci_read_config_dword(dev, where, probe);
	pci_write_config_dword(dev, where, *value);
}

static const char *kind_of(const struct resource *res)
{
	return res->flags & IORESOURCE_IO ? "ports" : "memory";
}

/* The range is the device's, unless somebody has it. */
static void claim(struct pci_dev *dev, int bar)
{
	struct resource *res = &dev->resource[bar], *conflict;
	bool io = res->flags & IORESOURCE_IO;

	res->name = pci_name(dev);
	if (!res->start) {
		res->flags |= IORESOURCE_UNSET;
		return;
	}
	conflict = request_resource_conflict(io ? &ioport_resource : &iomem_resource, res);
	if (conflict)
		pci_warn(dev, "BAR %d: %s %#llx to %#llx: has part of %s: not used\n", bar,
			 kind_of(res), res->start, res->end,
			 conflict->name ? conflict->name : "another range");
}

/* Return: how many registers that took. */
static int read_bar(struct pci_dev *dev, int bar, int bars)
{
	int where = PCI_BASE_ADDRESS_0 + 4 * bar;
	struct pci_bar_words words = { .has_next = bar + 1 < bars };
	const char *problem;

	read_probe(dev, where, ~0U, &words.value, &words.probe);
	if (pci_bar_is_64(words.value) && words.has_next)
		read_probe(dev, where + 4, ~0U, &words.value_high, &words.probe_high);
	switch (pci_decode_bar(&words, &dev->resource[bar], &problem)) {
	case PCI_BAR_BAD:
		pci_warn(dev, "BAR %d (%#x, %#x when ones are written) %s: not used\n", bar,
			 words.value, words.probe, problem);
		/* The upper half is no register of its own. */
		return pci_bar_is_64(words.value) ? 2 : 1;
	case PCI_BAR_64:
		return 2;
	default:
		return 1;
	}
}

static void read_rom(struct pci_dev *dev)
{
	u32 value, probe;
	const char *problem;

	read_probe(dev, dev->rom_base_reg, PCI_ROM_ADDRESS_MASK, &value, &probe);
	if (pci_decode_rom(value, probe, &dev->resource[PCI_ROM_RESOURCE], &problem) == PCI_BAR_BAD)
		pci_warn(dev, "ROM register (%#x) %s: not used\n", value, problem);
}

/* While ones are in them the device must not answer there. */
static void read_bars(struct pci_dev *dev, int bars)
{
	u16 command;

	pci_read_config_word(dev, PCI_COMMAND, &command);
	pci_write_config_word(dev, PCI_COMMAND, command & ~(PCI_COMMAND_IO | PCI_COMMAND_MEMORY));
	for (int bar = 0; bar < bars; )
		bar += read_bar(dev, bar, bars);
	read_rom(dev);
	pci_write_config_word(dev, PCI_COMMAND, command);
	for (int bar = 0; bar < DEVICE_COUNT_RESOURCE; bar++)
		if (dev->resource[bar].flags)
			claim(dev, bar);
}

/* ---- a function ---- */

static void free_device(struct device *device)
{
	kfree(device->msi.data);
	kfree(to_pci_dev(device));
}

static struct pci_dev *alloc_device(struct pci_bus *bus, unsigned int devfn)
{
	struct pci_dev *dev = kzalloc(sizeof(*dev), GFP_KERNEL);

	if (!dev)
		return NULL;
	dev->bus = bus;
	dev->sysdata = bus->sysdata;
	dev->devfn = devfn;
	dev->dma_mask = DMA_BIT_MASK(32);
	dev->irq = IRQ_NOTCONNECTED;
	device_initialize(&dev->dev);
	dev->dev.bus = &pci_bus_type;
	dev->dev.release = free_device;
	dev->dev.parent = bus->self ? &bus->self->dev : &bus->host->dev;
	dev->dev.dma_mask = &dev->dma_mask;
	dev->dev.coherent_dma_mask = DMA_BIT_MASK(32);
	dev->dev.msi.domain = bus->host->dev.msi.domain;
	if (!dev_set_name(&dev->dev, "%04x:%02x:%02x.%u", pci_domain_nr(bus), bus->number,
			  PCI_SLOT(devfn), PCI_FUNC(devfn)))
		return dev;
	put_device(&dev->dev);
	return NULL;
}

static void read_header(struct pci_dev *dev)
{
	u32 class_revision;
	u8 type;

	pci_read_config_word(dev, PCI_VENDOR_ID, &dev->vendor);
	pci_read_config_word(dev, PCI_DEVICE_ID, &dev->device);
	pci_read_config_dword(dev, PCI_CLASS_REVISION, &class_revision);
	pci_read_config_byte(dev, PCI_HEADER_TYPE, &type);
	dev->revision = (u8)class_revision;
	dev->class = class_revision >> 8;
	dev->hdr_type = type & PCI_HEADER_TYPE_MASK;
	dev->multifunction = !!(type & PCI_HEADER_TYPE_MFD);
}

/* What a header of its kind has besides. False: there is no such kind. */
static bool read_rest(struct pci_dev *dev)
{
	switch (dev->hdr_type) {
	case PCI_HEADER_TYPE_NORMAL:
		pci_read_config_word(dev, PCI_SUBSYSTEM_VENDOR_ID, &dev->subsystem_vendor);
		pci_read_config_word(dev, PCI_SUBSYSTEM_ID, &dev->subsystem_device);
		dev->rom_base_reg = PCI_ROM_ADDRESS;
		read_bars(dev, PCI_STD_NUM_BARS);
		return true;
	case PCI_HEADER_TYPE_BRIDGE:
		dev->rom_base_reg = PCI_ROM_ADDRESS1;
		read_bars(dev, 2);
		return true;
	case PCI_HEADER_TYPE_CARDBUS:
		return true;
	default:
		return false;
	}
}

static struct pci_dev *read_function(struct pci_bus *bus, unsigned int devfn)
{
	struct pci_dev *dev = alloc_device(bus, devfn);

	if (!dev) {
		pr_err("pci %02x:%02x: no memory\n", bus->number, devfn);
		return NULL;
	}
	read_header(dev);
	pci_find_capabilities(dev);
	dev->cfg_size = pci_cfg_space_size(dev);
	if (!read_rest(dev)) {
		pci_warn(dev, "header of the unknown type %#x: left out\n", dev->hdr_type);
		put_device(&dev->dev);
		return NULL;
	}
	pci_msi_quiet(dev);
	list_add_tail(&dev->bus_list, &bus->devices);
	return dev;
}

/* Whether anybody answers. Some answer "nobody" by zeroes, or by half of the ones. */
static bool is_there(struct pci_bus *bus, unsigned int devfn)
{
	u32 id;

	if (pci_bus_read_config_dword(bus, devfn, PCI_VENDOR_ID, &id))
		return false;
	return id && (id & 0xffff) && (u16)id != 0xffff && id != 0x0000ffff;
}

/* ---- buses ---- */

static struct pci_bus *add_bus(struct scan *scan, struct pci_dev *bridge, u8 number, u8 last)
{
	struct pci_bus *bus = kzalloc(sizeof(*bus), GFP_KERNEL);

	if (!bus)
		return NULL;
	bus->host = scan->host;
	bus->ops = scan->host->ops;
	bus->sysdata = scan->host->sysdata;
	bus->self = bridge;
	bus->number = number;
	bus->subordinate = last;
	INIT_LIST_HEAD(&bus->node);
	INIT_LIST_HEAD(&bus->children);
	INIT_LIST_HEAD(&bus->devices);
	__set_bit(number, scan->seen);
	if (bridge) {
		bus->parent = bridge->bus;
		bus->primary = bridge->bus->number;
		bridge->subordinate = bus;
		list_add_tail(&bus->node, &bus->parent->children);
	}
	return bus;
}

/* Numbers grow on the way down, so no bus leads to itself; and nobody has two ways to it. */
static bool is_possible(const struct scan *scan, const struct pci_bus *bus, u8 first, u8 last)
{
	return first > bus->number && first <= last && last <= bus->subordinate &&
	       !test_bit(first, scan->seen);
}

static void read_bridge(struct scan *scan, struct pci_dev *dev)
{
	u8 first, last;

	pci_read_config_byte(dev, PCI_SECONDARY_BUS, &first);
	pci_read_config_byte(dev, PCI_SUBORDINATE_BUS, &last);
	if (!first && !last) {
		pci_info(dev, "bridge: the firmware gave it no bus number: nothing is behind it\n");
		return;
	}
	if (!is_possible(scan, dev->bus, first, last)) {
		pci_warn(dev, "bridge to buses %u to %u, which cannot be: nothing is behind it\n",
			 first, last);
		return;
	}
	if (!add_bus(scan, dev, first, last))
		pci_err(dev, "no memory for the bus behind it\n");
}

/* Behind a port of PCI Express there is one device. */
static unsigned int slots_of(const struct pci_bus *bus)
{
	u16 flags;

	if (!bus->self || !bus->self->pcie_cap)
		return 32;
	pci_read_config_word(bus->self, bus->self->pcie_cap + PCI_EXP_FLAGS, &flags);
	switch ((flags & PCI_EXP_FLAGS_TYPE) >> 4) {
	case PCI_EXP_TYPE_ROOT_PORT:
	case PCI_EXP_TYPE_DOWNSTREAM:
		return 1;
	default:
		return 32;
	}
}

static void scan_slot(struct pci_bus *bus, unsigned int slot)
{
	struct pci_dev *first;

	if (!is_there(bus, PCI_DEVFN(slot, 0)))
		return;
	first = read_function(bus, PCI_DEVFN(slot, 0));
	for (unsigned int function = 1; first && first->multifunction && function < 8; function++)
		if (is_there(bus, PCI_DEVFN(slot, function)))
			read_function(bus, PCI_DEVFN(slot, function));
}

static void scan_bus(struct scan *scan, struct pci_bus *bus)
{
	unsigned int slots = slots_of(bus);
	struct pci_dev *dev;

	for (unsigned int slot = 0; slot < slots; slot++)
		scan_slot(bus, slot);
	list_for_each_entry(dev, &bus->devices, bus_list)
		if (dev->hdr_type == PCI_HEADER_TYPE_BRIDGE)
			read_bridge(scan, dev);
}

/* The tree's next bus: children first, then who is beside, or beside one that is above. */
static struct pci_bus *next_bus(struct pci_bus *bus)
{
	if (!list_empty(&bus->children))
		return list_first_entry(&bus->children, struct pci_bus, node);
	while (bus->parent) {
		if (!list_is_last(&bus->node, &bus->parent->children))
			return list_next_entry(bus, node);
		bus = bus->parent;
	}
	return NULL;
}

/* ---- a host bridge ---- */

static void free_host(struct device *dev)
{
	kfree(container_of(dev, struct pci_host_bridge, dev));
}

struct pci_host_bridge *pci_alloc_host_bridge(size_t priv)
{
	struct pci_host_bridge *host = kzalloc(sizeof(*host) + priv, GFP_KERNEL);

	if (!host)
		return NULL;
	device_initialize(&host->dev);
	host->dev.release = free_host;
	return host;
}

static void announce(const struct pci_dev *dev)
{
	char line[24] = "";

	if (dev->pin && dev->irq != IRQ_NOTCONNECTED)
		snprintf(line, sizeof(line), ", line %u", dev->irq);
	pci_info(dev, "%04x:%04x, class %#08x%s%s%s\n", dev->vendor, dev->device, dev->class, line,
		 dev->msi_cap ? ", msi" : "", dev->msix_cap ? ", msi-x" : "");
}

static void add_devices(struct pci_bus *bus)
{
	struct pci_dev *dev;

	list_for_each_entry(dev, &bus->devices, bus_list) {
		pci_assign_irq(dev);
		announce(dev);
		if (device_add(&dev->dev))
			pci_err(dev, "cannot be added\n");
	}
}

int pci_host_probe(struct pci_host_bridge *host)
{
	struct scan scan = { .host = host };
	struct pci_bus *bus;
	int error;

	error = dev_set_name(&host->dev, "pci%04x:%02x", host->domain, host->busnr);
	if (!error)
		error = device_add(&host->dev);
	if (error)
		return error;
	host->bus = add_bus(&scan, NULL, (u8)host->busnr, 255);
	if (!host->bus) {
		device_del(&host->dev);
		return -ENOMEM;
	}
	for (bus = host->bus; bus; bus = next_bus(bus))
		scan_bus(&scan, bus);
	for (bus = host->bus; bus; bus = next_bus(bus))
		add_devices(bus);
	return 0;
}

/* ---- and all of it away again ---- */

static void remove_device(struct pci_dev *dev)
{
	list_del(&dev->bus_list);
	device_del(&dev->dev);
	for (int bar = 0; bar < DEVICE_COUNT_RESOURCE; bar++)
		if (dev->resource[bar].parent)
			release_resource(&dev->resource[bar]);
	put_device(&dev->dev);
}

/* A bus without buses behind it. */
static struct pci_bus *last_bus(struct pci_bus *bus)
{
	while (!list_empty(&bus->children))
		bus = list_last_entry(&bus->children, struct pci_bus, node);
	return bus;
}

static void remove_bus(struct pci_bus *bus)
{
	struct pci_dev *dev, *next;

	list_for_each_entry_safe_reverse(dev, next, &bus->devices, bus_list)
		remove_device(dev);
	if (bus->self) {
		bus->self->subordinate = NULL;
		list_del(&bus->node);
	}
	kfree(bus);
}

void pci_remove_host(struct pci_host_bridge *host)
{
	struct pci_bus *bus = NULL;

	while (host->bus && bus != host->bus) {
		bus = last_bus(host->bus);
		remove_bus(bus);
	}
	device_unregister(&host->dev);
}
