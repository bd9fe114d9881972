/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A PCI device that a test takes for itself, as a source of interrupts: without its driver, registers at hand.
 */
#ifndef _TESTS_BOOT_PCI_SOURCE_H
#define _TESTS_BOOT_PCI_SOURCE_H

#include <linux/bug.h>
#include <linux/io.h>
#include <linux/pci.h>

/* QEMU's "edu": a status register that is its request, and one that takes bits of it back. */
#define EDU_VENDOR		0x1234
#define EDU_DEVICE		0x11e8
#define EDU_STATUS		0x24
#define EDU_RAISE		0x60
#define EDU_ACK			0x64

struct pci_source {
	struct pci_dev *pci;
	void __iomem *regs;	/* BAR 0 */
	unsigned int irq;
};

/* Take it; one line, of the kinds @types (PCI_IRQ_*). False: there is none, or it cannot interrupt so. */
static inline bool pci_source_open(struct pci_source *source, unsigned int vendor, unsigned int id,
				   unsigned int types)
{
	struct pci_dev *pci = pci_get_device(vendor, id, NULL);

	if (!pci)
		return false;
	device_release_driver(&pci->dev);
	if (pci_enable_device(pci))
		goto give_back;
	pci_set_master(pci);
	source->regs = pci_ioremap_bar(pci, 0);
	if (!source->regs)
		goto disable;
	if (pci_alloc_irq_vectors(pci, 1, 1, types) < 1)
		goto unmap;
	source->irq = (unsigned int)pci_irq_vector(pci, 0);
	source->pci = pci;
	return true;
unmap:
	iounmap(source->regs);
disable:
	pci_disable_device(pci);
give_back:
	WARN_ON(device_attach(&pci->dev) < 0);
	pci_dev_put(pci);
	return false;
}

/* Its driver has it again. The line is free. */
static inline void pci_source_close(struct pci_source *source)
{
	pci_free_irq_vectors(source->pci);
	iounmap(source->regs);
	pci_disable_device(source->pci);
	WARN_ON(device_attach(&source->pci->dev) < 0);
	pci_dev_put(source->pci);
}

#endif
