/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PCI without hardware: a host bridge over arrays. What a test puts there is what devices say.
 *
 * Each function has 64 words, and a mask of the bits that can be written. Bus b's functions are those
 * whose .bus is b; FAKE_EVERY_BUS: of each bus. Its domain is 1: no machine's.
 */
#ifndef _TESTS_BOOT_PCI_FAKE_H
#define _TESTS_BOOT_PCI_FAKE_H

#include <linux/pci.h>
#include <linux/string.h>

#define FAKE_FUNCTIONS	8
#define FAKE_DOMAIN	1
#define FAKE_EVERY_BUS	-1

struct fake_function {
	bool exists;
	int bus;
	unsigned int devfn;
	u32 words[PCI_CFG_SPACE_SIZE / 4];
	u32 writable[PCI_CFG_SPACE_SIZE / 4];
};

static struct fake_function fake[FAKE_FUNCTIONS];
static struct pci_host_bridge *fake_host;

static inline struct fake_function *fake_find(unsigned int bus, unsigned int devfn)
{
	for (int i = 0; i < FAKE_FUNCTIONS; i++)
		if (fake[i].exists && fake[i].devfn == devfn &&
		    (fake[i].bus == FAKE_EVERY_BUS || fake[i].bus == (int)bus))
			return &fake[i];
	return NULL;
}

static int fake_read(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *value)
{
	struct fake_function *function = fake_find(bus->number, devfn);

	if (where >= PCI_CFG_SPACE_SIZE)
		return PCIBIOS_FUNC_NOT_SUPPORTED;
	*value = function ? function->words[where / 4] >> (where % 4 * 8) : ~0U;
	if (size < 4)
		*value &= (1U << (size * 8)) - 1;
	return PCIBIOS_SUCCESSFUL;
}

static int fake_write(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 value)
{
	struct fake_function *function = fake_find(bus->number, devfn);
	unsigned int shift = where % 4 * 8;
	u32 mask = size < 4 ? ((1U << (size * 8)) - 1) << shift : ~0U;

	if (where >= PCI_CFG_SPACE_SIZE)
		return PCIBIOS_FUNC_NOT_SUPPORTED;
	if (!function)
		return PCIBIOS_SUCCESSFUL;
	mask &= function->writable[where / 4];
	function->words[where / 4] = (function->words[where / 4] & ~mask) | (value << shift & mask);
	return PCIBIOS_SUCCESSFUL;
}

static struct pci_ops fake_ops = { .read = fake_read, .write = fake_write };

/* Bytes or words of a function, as it has them from the start. */
static inline void fake_put(struct fake_function *function, int where, int size, u32 value)
{
	unsigned int shift = where % 4 * 8;
	u32 mask = size < 4 ? ((1U << (size * 8)) - 1) << shift : ~0U;

	function->words[where / 4] = (function->words[where / 4] & ~mask) | (value << shift & mask);
}

/* A plain device: numbers, class, and a command register that can be written. */
static inline struct fake_function *fake_add(int bus, unsigned int devfn, u32 vendor, u32 device)
{
	for (int i = 0; i < FAKE_FUNCTIONS; i++) {
		if (fake[i].exists)
			continue;
		memset(&fake[i], 0, sizeof(fake[i]));
		fake[i].exists = true;
		fake[i].bus = bus;
		fake[i].devfn = devfn;
		fake[i].words[0] = vendor | device << 16;
		fake[i].words[PCI_CLASS_REVISION / 4] = 0xff000001;
		fake[i].writable[PCI_COMMAND / 4] = 0xffff;
		return &fake[i];
	}
	return NULL;
}

/* A BAR of that size, a power of two, at that address, with these lowest bits. */
static inline void fake_bar(struct fake_function *function, int bar, u32 address, u32 size, u32 kind)
{
	int word = PCI_BASE_ADDRESS_0 / 4 + bar;

	function->words[word] = address | kind;
	function->writable[word] = ~(size - 1);
}

/* Capabilities: the first is at @at. */
static inline void fake_capabilities(struct fake_function *function, u8 at)
{
	fake_put(function, PCI_STATUS, 2, PCI_STATUS_CAP_LIST);
	fake_put(function, PCI_CAPABILITY_LIST, 1, at);
}

static inline void fake_capability(struct fake_function *function, u8 at, u8 id, u8 next)
{
	fake_put(function, at, 2, id | (u32)next << 8);
}

/* A bridge to these buses. */
static inline struct fake_function *fake_bridge(int bus, unsigned int devfn, u8 first, u8 last)
{
	struct fake_function *function = fake_add(bus, devfn, 0x1af4, 0xb1d6);

	fake_put(function, PCI_HEADER_TYPE, 1, PCI_HEADER_TYPE_BRIDGE);
	fake_put(function, PCI_CLASS_REVISION, 4, PCI_CLASS_BRIDGE_PCI << 16);
	fake_put(function, PCI_SECONDARY_BUS, 1, first);
	fake_put(function, PCI_SUBORDINATE_BUS, 1, last);
	return function;
}

/* Look at it all. Return: 0 or -Exxx. */
static inline int fake_scan(int (*map_irq)(const struct pci_dev *dev, u8 slot, u8 pin))
{
	fake_host = pci_alloc_host_bridge(0);
	if (!fake_host)
		return -ENOMEM;
	fake_host->ops = &fake_ops;
	fake_host->domain = FAKE_DOMAIN;
	fake_host->map_irq = map_irq;
	fake_host->swizzle_irq = pci_common_swizzle;
	return pci_host_probe(fake_host);
}

static inline void fake_forget(void)
{
	if (fake_host)
		pci_remove_host(fake_host);
	fake_host = NULL;
	memset(fake, 0, sizeof(fake));
}

/* The device at a place; what refers to it is the host bridge. NULL: there is none. */
static inline struct pci_dev *fake_device(unsigned int bus, unsigned int devfn)
{
	struct pci_dev *dev = pci_get_domain_bus_and_slot(FAKE_DOMAIN, bus, devfn);

	pci_dev_put(dev);
	return dev;
}

#endif
