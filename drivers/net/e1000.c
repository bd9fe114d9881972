// SPDX-License-Identifier: GPL-2.0-only
/*
 * Driver of Intel's 8254x, as a source of interrupts by pin.
 *
 * What
 *	The pin is up as long as a cause is there and allowed. Reading the causes takes them back, so
 *	whoever reads them serves them all.
 *
 *	The driver takes the device at boot, and its line only while somebody has it open.
 *
 * Contexts
 *	See drivers/net/e1000.h. The handler: hard IRQ.
 *
 * Tests
 *	tests/boot/e1000_test.c; on Bochs, too
 *
 * Source: Intel PCI/PCI-X Family of Gigabit Ethernet Controllers Software Developer's Manual, 13.4.17 to
 * 13.4.21.
 */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/string.h>
#include "e1000.h"

static irqreturn_t e1000_interrupt(int irq, void *data)
{
	struct e1000 *nic = data;
	u32 causes = readl(nic->regs + E1000_ICR) & E1000_CAUSES;
	unsigned long left = causes;

	if (!causes) {
		nic->not_ours++;
		return IRQ_NONE;
	}
	nic->interrupts++;
	for (; left; left &= left - 1)
		nic->causes[__ffs(left)]++;
	if (nic->event)
		nic->event(nic->arg, causes);
	return IRQ_HANDLED;
}

static void make_quiet(struct e1000 *nic)
{
	writel(~0U, nic->regs + E1000_IMC);
	/* Read back, and what was there is gone. */
	readl(nic->regs + E1000_ICR);
}

int e1000_open(struct e1000 *nic, unsigned long flags, e1000_event_t event, void *arg)
{
	int error;

	if (nic->open)
		return -EBUSY;
	nic->event = event;
	nic->arg = arg;
	nic->interrupts = 0;
	nic->not_ours = 0;
	memset(nic->causes, 0, sizeof(nic->causes));
	make_quiet(nic);
	error = request_irq(e1000_line(nic), e1000_interrupt, flags | IRQF_SHARED, "e1000", nic);
	if (error)
		return error;
	nic->open = true;
	writel(E1000_CAUSES, nic->regs + E1000_IMS);
	return 0;
}

void e1000_close(struct e1000 *nic)
{
	if (!nic->open)
		return;
	make_quiet(nic);
	free_irq(e1000_line(nic), nic);
	nic->open = false;
}

unsigned int e1000_line(const struct e1000 *nic)
{
	return (unsigned int)pci_irq_vector(nic->pci, 0);
}

void e1000_raise(struct e1000 *nic, u32 causes)
{
	writel(causes, nic->regs + E1000_ICS);
}

/* ---- the driver ---- */

static int e1000_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	struct e1000 *nic = devm_kzalloc(&dev->dev, sizeof(*nic), GFP_KERNEL);
	int error;

	if (!nic)
		return -ENOMEM;
	nic->pci = dev;
	error = pcim_enable_device(dev);
	if (!error)
		error = pcim_iomap_regions(dev, BIT(0), "e1000");
	if (error)
		return error;
	nic->regs = pcim_iomap_table(dev)[0];
	make_quiet(nic);
	error = pci_alloc_irq_vectors(dev, 1, 1, PCI_IRQ_INTX);
	if (error < 0)
		return error;
	pci_set_drvdata(dev, nic);
	return 0;
}

static void e1000_remove(struct pci_dev *dev)
{
	e1000_close(pci_get_drvdata(dev));
}

static const struct pci_device_id e1000_ids[] = {
	{ PCI_DEVICE(PCI_VENDOR_ID_INTEL, 0x100e) },	/* 82540EM */
	{ PCI_DEVICE(PCI_VENDOR_ID_INTEL, 0x100f) },	/* 82545EM */
	{}
};
MODULE_DEVICE_TABLE(pci, e1000_ids);

static struct pci_driver e1000_driver = {
	.name = "e1000",
	.id_table = e1000_ids,
	.probe = e1000_probe,
	.remove = e1000_remove,
};
module_pci_driver(e1000_driver);

struct e1000 *e1000_of(struct pci_dev *dev)
{
	return dev->driver == &e1000_driver ? pci_get_drvdata(dev) : NULL;
}

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Intel 8254x as a source of interrupts");
