// SPDX-License-Identifier: GPL-2.0-only
/* QEMU's edu device, by its pin or by message, for the cases of device.c. */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/pci.h>

#include "bench.h"

#define EDU_VENDOR	0x1234
#define EDU_DEVICE	0x11e8

static struct pci_dev *edu;
static void __iomem *edu_regs;

static int edu_take(bool by_message, irq_handler_t handler, irq_handler_t thread_fn)
{
	int error = pci_alloc_irq_vectors(edu, 1, 1, by_message ? PCI_IRQ_MSI : PCI_IRQ_INTX);

	if (error < 0)
		return error;
	error = request_threaded_irq((unsigned int)pci_irq_vector(edu, 0), handler, thread_fn,
				     by_message ? 0 : IRQF_SHARED, "edu", edu);
	if (error)
		pci_free_irq_vectors(edu);
	return error;
}

void __iomem *edu_request(bool by_message, irq_handler_t handler, irq_handler_t thread_fn)
{
	edu = pci_get_device(EDU_VENDOR, EDU_DEVICE, NULL);
	if (!edu)
		return NULL;
	if (pci_enable_device(edu))
		goto put_device;
	pci_set_master(edu);
	edu_regs = ioremap(pci_resource_start(edu, 0), PAGE_SIZE);
	if (!edu_regs)
		goto disable_device;
	if (!edu_take(by_message, handler, thread_fn))
		return edu_regs;
	iounmap(edu_regs);
disable_device:
	pci_disable_device(edu);
put_device:
	pci_dev_put(edu);
	return NULL;
}

void edu_free(void)
{
	free_irq((unsigned int)pci_irq_vector(edu, 0), edu);
	pci_free_irq_vectors(edu);
	iounmap(edu_regs);
	pci_disable_device(edu);
	pci_dev_put(edu);
}
