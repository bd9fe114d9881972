// SPDX-License-Identifier: GPL-2.0-only
/*
 * Base address registers: what their words mean.
 *
 * What
 *	The lowest bits say whether ports or memory, and how wide the address. Of the others those that
 *	stay 0 when ones are written are the size: the lowest one that does not is its power of two.
 *	From there up all must be ones (in a register for ports, at least the lower 16), and the address
 *	must be a multiple of the size; what is not so is nonsense, and the register is left alone.
 *
 * Contexts
 *	Any; a function of its arguments.
 *
 * Tests
 *	tests/boot/pci_test.c; tests/unit/pci_garbage.c
 *
 * Source: PCI Local Bus Specification 3.0, chapter 6.2.5.
 */
#include <linux/bitops.h>
#include <linux/string.h>
#include "pci.h"

/* Start and end, from the address bits as they are read, and as they read after ones were written. */
static const char *find_range(u64 base, u64 probe, u64 width, struct resource *res)
{
	u64 size = probe & -probe;

	if (~probe & width & -size)
		return "has holes in its address bits";
	if (base & (size - 1))
		return "lies at no multiple of its size";
	res->start = base;
	res->end = base + (size - 1);
	return NULL;
}

static enum pci_bar_result finish(struct resource *res, enum pci_bar_result good, const char *wrong,
				  const char **problem)
{
	if (!wrong)
		return good;
	memset(res, 0, sizeof(*res));
	*problem = wrong;
	return PCI_BAR_BAD;
}

static enum pci_bar_result decode_ports(const struct pci_bar_words *words, struct resource *res,
					const char **problem)
{
	u64 base = words->value & PCI_BASE_ADDRESS_IO_MASK & 0xffffffff;
	u64 probe = words->probe & PCI_BASE_ADDRESS_IO_MASK & 0xffffffff;
	const char *wrong;

	if (!probe)
		return PCI_BAR_NONE;
	res->flags = IORESOURCE_IO;
	/* Ports have 16 bits; a device may know of no others. */
	wrong = find_range(base, probe, 0xffff, res);
	if (!wrong && res->end > 0xffff)
		wrong = "reaches beyond the last port";
	return finish(res, PCI_BAR_32, wrong, problem);
}

static enum pci_bar_result decode_memory(const struct pci_bar_words *words, struct resource *res,
					 const char **problem)
{
	bool wide = pci_bar_is_64(words->value);
	u64 base = words->value & 0xfffffff0U, probe = words->probe & 0xfffffff0U;
	u64 width = 0xffffffff;

	if (wide && !words->has_next)
		return finish(res, PCI_BAR_BAD, "has 64 bits, and no register for the upper ones",
			      problem);
	if (wide) {
		base |= (u64)words->value_high << 32;
		probe |= (u64)words->probe_high << 32;
		width = ~0ULL;
	}
	if (!probe)
		return wide ? finish(res, PCI_BAR_BAD, "has 64 bits, all of them fixed", problem) :
			      PCI_BAR_NONE;
	res->flags = IORESOURCE_MEM | (wide ? IORESOURCE_MEM_64 : 0);
	if (words->value & PCI_BASE_ADDRESS_MEM_PREFETCH)
		res->flags |= IORESOURCE_PREFETCH;
	return finish(res, wide ? PCI_BAR_64 : PCI_BAR_32, find_range(base, probe, width, res),
		      problem);
}

enum pci_bar_result pci_decode_bar(const struct pci_bar_words *words, struct resource *res,
				   const char **problem)
{
	enum pci_bar_result result;

	memset(res, 0, sizeof(*res));
	/* Nothing there, or nothing that answers. */
	if (!words->probe || (words->value == ~0U && words->probe == ~0U))
		return PCI_BAR_NONE;
	if ((words->value & PCI_BASE_ADDRESS_SPACE) != (words->probe & PCI_BASE_ADDRESS_SPACE))
		return finish(res, PCI_BAR_BAD, "changes its kind when it is written", problem);
	if (words->value & PCI_BASE_ADDRESS_SPACE_IO)
		return decode_ports(words, res, problem);
	if ((words->value & PCI_BASE_ADDRESS_MEM_TYPE_MASK) == PCI_BASE_ADDRESS_MEM_TYPE_MASK)
		return finish(res, PCI_BAR_BAD, "is of a kind that there is not", problem);
	result = decode_memory(words, res, problem);
	if (result == PCI_BAR_NONE)
		memset(res, 0, sizeof(*res));
	return result;
}

enum pci_bar_result pci_decode_rom(u32 value, u32 probe, struct resource *res, const char **problem)
{
	memset(res, 0, sizeof(*res));
	probe &= PCI_ROM_ADDRESS_MASK;
	if (!probe || value == ~0U)
		return PCI_BAR_NONE;
	res->flags = IORESOURCE_MEM | IORESOURCE_PREFETCH | IORESOURCE_READONLY;
	return finish(res, PCI_BAR_32,
		      find_range(value & PCI_ROM_ADDRESS_MASK, probe, 0xffffffff, res), problem);
}
