// SPDX-License-Identifier: GPL-2.0-only
/*
 * Driver of Intel's 82574, as a source of interrupts by message.
 *
 * What
 *	Five causes, one for each queue and one for the rest, may have a message each (MSI-X): IVAR says
 *	which message belongs to which, and its handler takes the cause back by storing it in ICR. A
 *	controller that holds messages back may send one for a cause that is gone: the handler looks. By
 *	MSI and by pin there is one interrupt for all, whose handler reads the causes, and so takes them
 *	back.
 *
 *	Each interrupt keeps the next one back for 128 microseconds. Closing sleeps for longer than that,
 *	so that what was kept back finds its handler; and before another way may be chosen, since QEMU
 *	ends itself when one is kept back across that. Its timers expire in order, the one that wakes us
 *	last.
 *
 *	The driver takes the device at boot, and its interrupts only while somebody has it open.
 *
 * Contexts
 *	See drivers/net/e1000e.h. The handlers: hard IRQ.
 *
 * Tests
 *	tests/boot/e1000e_test.c
 *
 * Source: Intel 82574 GbE Controller Family Datasheet, 7.4 and 10.2.4.
 */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/module.h>
#include "e1000e.h"

enum { IVAR = 0xe4 };

#define KEPT_BACK_MS		1

#define CAUSE(source)		(BIT(20) << (source))
#define ALL_CAUSES		(CAUSE(E1000E_SOURCES) - CAUSE(0))
#define IVAR_VALID		BIT(3)
#define IVAR_ENTRY(source)	((IVAR_VALID | (source)) << (4 * (source)))

static void count(struct e1000e_line *line)
{
	struct e1000e *nic = line->nic;

	line->interrupts++;
	if (nic->event)
		nic->event(nic->arg, line->source);
}

/* By MSI-X: the line says what it is for. */
static irqreturn_t e1000e_message(int irq, void *data)
{
	struct e1000e_line *line = data;
	void __iomem *icr = line->nic->regs + E1000_ICR;

	if (!(readl(icr) & CAUSE(line->source))) {
		line->late++;
		return IRQ_NONE;
	}
	writel(CAUSE(line->source), icr);
	count(line);
	return IRQ_HANDLED;
}

/* By MSI and by pin: the causes say it. */
static irqreturn_t e1000e_interrupt(int irq, void *data)
{
	struct e1000e *nic = data;
	u32 causes = readl(nic->regs + E1000_ICR) & ALL_CAUSES;

	if (!causes) {
		nic->not_ours++;
		return IRQ_NONE;
	}
	for (int source = 0; source < E1000E_SOURCES; source++)
		if (causes & CAUSE(source))
			count(&nic->line[source]);
	return IRQ_HANDLED;
}

static void make_quiet(struct e1000e *nic)
{
	writel(~0U, nic->regs + E1000_IMC);
	writel(0, nic->regs + IVAR);
	/* Nothing is allowed, so reading takes all back. */
	readl(nic->regs + E1000_ICR);
}

/* ---- open ---- */

static void free_lines(struct e1000e *nic, unsigned int lines)
{
	while (lines--)
		free_irq((unsigned int)pci_irq_vector(nic->pci, lines),
			 nic->pci->msix_enabled ? (void *)&nic->line[lines] : (void *)nic);
}

static int request_lines(struct e1000e *nic, unsigned int lines)
{
	for (unsigned int i = 0; i < lines; i++) {
		unsigned int irq = (unsigned int)pci_irq_vector(nic->pci, i);
		int error;

		if (nic->pci->msix_enabled)
			error = request_irq(irq, e1000e_message, 0, "e1000e", &nic->line[i]);
		else
			error = request_irq(irq, e1000e_interrupt,
					    nic->pci->msi_enabled ? 0 : IRQF_SHARED, "e1000e", nic);
		if (error) {
			free_lines(nic, i);
			return error;
		}
	}
	return 0;
}

static void allow(struct e1000e *nic)
{
	u32 ivar = 0;

	if (nic->pci->msix_enabled) {
		for (unsigned int source = 0; source < E1000E_SOURCES; source++)
			ivar |= IVAR_ENTRY(source);
		writel(ivar, nic->regs + IVAR);
	}
	writel(ALL_CAUSES, nic->regs + E1000_IMS);
}

/* Two queues each way, whose lines share the CPUs out; what is no queue's goes anywhere. */
static void two_each_way(struct irq_affinity *affd, unsigned int nvecs)
{
	affd->nr_sets = 2;
	affd->set_size[0] = affd->set_size[1] = nvecs / 2;
}

/* One line for each source, or one for all. */
static int alloc_lines(struct e1000e *nic, unsigned int ways)
{
	struct irq_affinity spread = { .post_vectors = 1, .calc_sets = two_each_way };
	int got = -ENOSPC;

	if (ways & PCI_IRQ_MSIX)
		got = pci_alloc_irq_vectors_affinity(nic->pci, E1000E_SOURCES, E1000E_SOURCES,
						     PCI_IRQ_MSIX | (ways & PCI_IRQ_AFFINITY),
						     ways & PCI_IRQ_AFFINITY ? &spread : NULL);
	if (got < 0 && ways & PCI_IRQ_ALL_TYPES & ~PCI_IRQ_MSIX)
		got = pci_alloc_irq_vectors(nic->pci, 1, 1, ways & PCI_IRQ_ALL_TYPES & ~PCI_IRQ_MSIX);
	return got;
}

int e1000e_open(struct e1000e *nic, unsigned int ways, e1000e_event_t event, void *arg)
{
	int lines, error;

	if (nic->lines)
		return -EBUSY;
	nic->event = event;
	nic->arg = arg;
	nic->not_ours = 0;
	for (int source = 0; source < E1000E_SOURCES; source++)
		nic->line[source].interrupts = nic->line[source].late = 0;
	make_quiet(nic);
	lines = alloc_lines(nic, ways);
	if (lines < 0)
		return lines;
	error = request_lines(nic, (unsigned int)lines);
	if (error) {
		pci_free_irq_vectors(nic->pci);
		return error;
	}
	nic->lines = (unsigned int)lines;
	allow(nic);
	return lines;
}

void e1000e_close(struct e1000e *nic)
{
	if (!nic->lines)
		return;
	make_quiet(nic);
	msleep(KEPT_BACK_MS);
	free_lines(nic, nic->lines);
	pci_free_irq_vectors(nic->pci);
	nic->lines = 0;
}

unsigned int e1000e_irq(const struct e1000e *nic, enum e1000e_source source)
{
	return (unsigned int)pci_irq_vector(nic->pci, nic->lines > 1 ? source : 0);
}

void e1000e_raise(struct e1000e *nic, enum e1000e_source source)
{
	writel(CAUSE(source), nic->regs + E1000_ICS);
}

/* ---- the driver ---- */

static int e1000e_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	struct e1000e *nic = devm_kzalloc(&dev->dev, sizeof(*nic), GFP_KERNEL);
	int error;

	if (!nic)
		return -ENOMEM;
	nic->pci = dev;
	for (unsigned int source = 0; source < E1000E_SOURCES; source++) {
		nic->line[source].nic = nic;
		nic->line[source].source = source;
	}
	error = pcim_enable_device(dev);
	if (!error)
		error = pcim_iomap_regions(dev, BIT(0), "e1000e");
	if (error)
		return error;
	nic->regs = pcim_iomap_table(dev)[0];
	make_quiet(nic);
	pci_set_master(dev);
	pci_set_drvdata(dev, nic);
	return 0;
}

static void e1000e_remove(struct pci_dev *dev)
{
	e1000e_close(pci_get_drvdata(dev));
}

static const struct pci_device_id e1000e_ids[] = {
	{ PCI_DEVICE(PCI_VENDOR_ID_INTEL, 0x10d3) },	/* 82574L */
	{}
};
MODULE_DEVICE_TABLE(pci, e1000e_ids);

static struct pci_driver e1000e_driver = {
	.name = "e1000e",
	.id_table = e1000e_ids,
	.probe = e1000e_probe,
	.remove = e1000e_remove,
};
module_pci_driver(e1000e_driver);

struct e1000e *e1000e_of(struct pci_dev *dev)
{
	return dev->driver == &e1000e_driver ? pci_get_drvdata(dev) : NULL;
}

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Intel 82574 as a source of interrupts");
