// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pins: which line a device's pin arrives at.
 *
 * What
 *	A device has one of four pins. A bridge passes them on to its own, each slot one further than
 *	the one before, so that the first pins of neighbours do not all meet; at the root bus the
 *	machine's wiring takes over (pci_host_bridge.map_irq). A pin whose line nobody knows has the
 *	number IRQ_NOTCONNECTED, which request_irq() refuses with -ENOTCONN.
 *
 * Contexts
 *	Task, when a device is added. pci_intx(): any.
 *
 * Tests
 *	tests/boot/pci_test.c, tests/boot/edu_test.c
 *
 * Source: PCI-to-PCI Bridge Architecture Specification 1.2, chapter 9.1.
 */
#include "pci.h"

u8 pci_common_swizzle(struct pci_dev *dev, u8 *pin)
{
	while (dev->bus->self) {
		*pin = pci_swizzle_interrupt_pin(dev, *pin);
		dev = dev->bus->self;
	}
	return PCI_SLOT(dev->devfn);
}

static u8 read_pin(struct pci_dev *dev)
{
	u8 pin = 0;

	if (dev->hdr_type == PCI_HEADER_TYPE_CARDBUS)
		return 0;
	pci_read_config_byte(dev, PCI_INTERRUPT_PIN, &pin);
	if (pin <= PCI_INTERRUPT_INTD)
		return pin;
	pci_warn(dev, "interrupts by pin %u, which there is not: taken for the first\n", pin);
	return PCI_INTERRUPT_INTA;
}

void pci_assign_irq(struct pci_dev *dev)
{
	struct pci_host_bridge *host = dev->bus->host;
	u8 pin, slot;
	int irq = -ENODEV;

	dev->irq = IRQ_NOTCONNECTED;
	dev->pin = pin = read_pin(dev);
	if (!pin)
		return;
	slot = host->swizzle_irq ? host->swizzle_irq(dev, &pin) : PCI_SLOT(dev->devfn);
	if (host->map_irq)
		irq = host->map_irq(dev, slot, pin);
	if (irq < 0)
		pci_warn(dev, "its pin INT%c is wired to no line that is known: it has none\n",
			 'A' + dev->pin - 1);
	else
		dev->irq = (unsigned int)irq;
	dev->pin_irq = dev->irq;
}

void pci_intx(struct pci_dev *dev, int enable)
{
	u16 command, new;

	pci_read_config_word(dev, PCI_COMMAND, &command);
	new = enable ? command & ~PCI_COMMAND_INTX_DISABLE : command | PCI_COMMAND_INTX_DISABLE;
	if (new != command)
		pci_write_config_word(dev, PCI_COMMAND, new);
}
