// SPDX-License-Identifier: GPL-2.0-only
/*
 * A PC's configuration space: by two ports, or as memory.
 *
 * What
 *	The ports are an address and a window upon 4 bytes; they reach the first 256 bytes of each
 *	function. Where the firmware's table MCFG names a range of memory ("ECAM"), all 4096 bytes of
 *	each function of the buses it names lie there, and one access does. The range is believed only
 *	if no usable memory is in it, and the host bridge is the same both ways.
 *
 * Contexts
 *	Any but NMI.
 *
 * Locks
 *	config_lock: address and window belong together. Memory needs none.
 *
 * Limits
 *	Segment 0 only.
 *
 * Tests
 *	tests/boot/pci_test.c: both ways say the same; boots with pci=noecam.
 *
 * Source: PCI Local Bus Specification 3.0, chapter 3.2.2.3.2; PCI Firmware Specification 3.0, chapter 4.1.
 */
#include <linux/io.h>
#include <linux/spinlock.h>
#include <bottomhalf/acpi.h>
#include <bottomhalf/boot_info.h>
#include <x86/irq.h>
#include "pci.h"

#define ADDRESS_PORT	0xcf8
#define DATA_PORT	0xcfc
#define ADDRESS_ENABLE	BIT(31)
#define BUS_BYTES	(1UL << 20)

static DEFINE_RAW_SPINLOCK(config_lock);
static void __iomem *ecam;		/* I: of ecam_first's slot 0 */
static unsigned int ecam_first, ecam_last;	/* I: buses, if there is ecam */

static bool in_ecam(unsigned int bus)
{
	return ecam && bus >= ecam_first && bus <= ecam_last;
}

static void __iomem *ecam_address(unsigned int bus, unsigned int devfn, int where)
{
	return ecam + (bus - ecam_first) * BUS_BYTES + (devfn << 12) + where;
}

/* Turn the window there. Return: the port of the byte. */
static u16 turn_window_locked(unsigned int bus, unsigned int devfn, int where)
{
	lockdep_assert_held(&config_lock);
	outl(ADDRESS_ENABLE | bus << 16 | devfn << 8 | (where & ~3U), ADDRESS_PORT);
	return DATA_PORT + (where & 3);
}

static int ports_read(unsigned int bus, unsigned int devfn, int where, int size, u32 *value)
{
	unsigned long flags;
	u16 port;

	if (where >= PCI_CFG_SPACE_SIZE)
		return PCIBIOS_BAD_REGISTER_NUMBER;
	raw_spin_lock_irqsave(&config_lock, flags);
	port = turn_window_locked(bus, devfn, where);
	*value = size == 1 ? inb(port) : size == 2 ? inw(port) : inl(port);
	raw_spin_unlock_irqrestore(&config_lock, flags);
	return PCIBIOS_SUCCESSFUL;
}

static int ports_write(unsigned int bus, unsigned int devfn, int where, int size, u32 value)
{
	unsigned long flags;
	u16 port;

	if (where >= PCI_CFG_SPACE_SIZE)
		return PCIBIOS_BAD_REGISTER_NUMBER;
	raw_spin_lock_irqsave(&config_lock, flags);
	port = turn_window_locked(bus, devfn, where);
	if (size == 1)
		outb((u8)value, port);
	else if (size == 2)
		outw((u16)value, port);
	else
		outl(value, port);
	raw_spin_unlock_irqrestore(&config_lock, flags);
	return PCIBIOS_SUCCESSFUL;
}

static int read(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *value)
{
	void __iomem *at;

	if (!in_ecam(bus->number))
		return ports_read(bus->number, devfn, where, size, value);
	at = ecam_address(bus->number, devfn, where);
	*value = size == 1 ? readb(at) : size == 2 ? readw(at) : readl(at);
	return PCIBIOS_SUCCESSFUL;
}

static int write(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 value)
{
	void __iomem *at;

	if (!in_ecam(bus->number))
		return ports_write(bus->number, devfn, where, size, value);
	at = ecam_address(bus->number, devfn, where);
	if (size == 1)
		writeb((u8)value, at);
	else if (size == 2)
		writew((u16)value, at);
	else
		writel(value, at);
	return PCIBIOS_SUCCESSFUL;
}

struct pci_ops x86_pci_ops = { .read = read, .write = write };

u32 x86_pci_read(unsigned int devfn, int where, int size)
{
	u32 value = ~0U;

	ports_read(0, devfn, where, size, &value);
	return value;
}

/* ---- which way */

/* The address register keeps what is written, and is no three other registers. */
static bool has_ports(void)
{
	u32 before, after;

	raw_spin_lock_irq(&config_lock);
	before = inl(ADDRESS_PORT);
	outl(ADDRESS_ENABLE, ADDRESS_PORT);
	after = inl(ADDRESS_PORT);
	outl(before, ADDRESS_PORT);
	raw_spin_unlock_irq(&config_lock);
	return after == ADDRESS_ENABLE;
}

static bool has_usable_memory(u64 start, u64 end)
{
	for (unsigned int i = 0; i < boot_info.nr_ranges; i++) {
		const struct boot_range *range = &boot_info.ranges[i];

		if (range->type == BOOT_RANGE_USABLE && range->start <= end &&
		    range->start + range->size > start)
			return true;
	}
	return false;
}

static const char *use_ecam(const struct acpi_ecam *window)
{
	u64 start = window->address + window->first_bus * BUS_BYTES;
	u64 size = (window->last_bus - window->first_bus + 1) * BUS_BYTES;
	void __iomem *at;

	if (window->first_bus)
		return "does not begin with bus 0";
	if (window->address % BUS_BYTES)
		return "is at no multiple of a bus";
	if (has_usable_memory(start, start + size - 1))
		return "has usable memory in it";
	at = ioremap(start, size);
	if (!at)
		return "cannot be mapped";
	if (readl(at) != x86_pci_read(PCI_DEVFN(0, 0), PCI_VENDOR_ID, 4))
		return "does not show the host bridge";
	ecam = at;
	ecam_first = window->first_bus;
	ecam_last = window->last_bus;
	return NULL;
}

static void find_ecam(void)
{
	struct acpi_ecam window;
	const char *problem;

	for (unsigned int i = 0; acpi_mcfg_entry(x86_acpi(), i, &window); i++) {
		if (window.segment)
			continue;
		problem = use_ecam(&window);
		if (!problem) {
			pr_info("pci: buses %u to %u as memory at %#llx\n", window.first_bus,
				window.last_bus, window.address);
			return;
		}
		pr_warn("pci: the range of memory at %#llx %s: not used\n", window.address, problem);
	}
}

bool x86_pci_access_init(bool no_ecam)
{
	if (!has_ports())
		return false;
	if (!no_ecam)
		find_ecam();
	return true;
}
