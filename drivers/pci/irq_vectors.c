// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device's interrupts, whichever way they come.
 *
 * What
 *	A driver says how many it wants and which ways it takes. Messages are tried first, since their
 *	lines are the device's alone: MSI-X, then MSI, then the pin. With PCI_IRQ_AFFINITY they are spread
 *	over the CPUs (kernel/irq/affinity_masks.c).
 *
 * Contexts
 *	Task. pci_irq_vector(): any.
 *
 * Tests
 *	tests/boot/edu_test.c, tests/boot/e1000e_test.c; tests/conformance/irq_edu.c
 */
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/irq.h>
#include <linux/msi.h>
#include <linux/slab.h>
#include "pci.h"

int pci_alloc_irq_vectors_affinity(struct pci_dev *dev, unsigned int min_vecs,
				   unsigned int max_vecs, unsigned int flags,
				   struct irq_affinity *affd)
{
	struct irq_affinity all_alike = { };
	int got = -ENOSPC;

	if (!min_vecs || max_vecs < min_vecs)
		return -ERANGE;
	if (!(flags & PCI_IRQ_AFFINITY))
		affd = WARN_ON(affd) ? NULL : affd;
	else if (!affd)
		affd = &all_alike;
	if (flags & PCI_IRQ_MSIX) {
		got = pci_msix_enable_range(dev, NULL, min_vecs, max_vecs, affd);
		if (got > 0)
			return got;
	}
	if (flags & PCI_IRQ_MSI) {
		got = pci_msi_enable_range(dev, min_vecs, max_vecs, affd);
		if (got > 0)
			return got;
	}
	if ((flags & PCI_IRQ_INTX) && min_vecs == 1 && dev->pin) {
		/* Its pin is not spread. But the driver learns that it has no sets. */
		if (affd)
			kfree(irq_create_affinity_masks(1, affd));
		pci_intx(dev, 1);
		return 1;
	}
	return got;
}

int pci_alloc_irq_vectors(struct pci_dev *dev, unsigned int min_vecs, unsigned int max_vecs,
			  unsigned int flags)
{
	return pci_alloc_irq_vectors_affinity(dev, min_vecs, max_vecs, flags, NULL);
}

void pci_free_irq_vectors(struct pci_dev *dev)
{
	pci_msi_disable(dev);
}

int pci_irq_vector(struct pci_dev *dev, unsigned int nr)
{
	unsigned int line;

	if (!pci_dev_msi_enabled(dev))
		return nr ? -EINVAL : (int)dev->irq;
	line = pci_msi_line(dev, nr);
	return line ? (int)line : -EINVAL;
}

const struct cpumask *pci_irq_get_affinity(struct pci_dev *dev, int nr)
{
	int irq = pci_irq_vector(dev, (unsigned int)nr);
	struct msi_desc *desc = irq > 0 ? irq_get_msi_desc((unsigned int)irq) : NULL;

	if (WARN_ON_ONCE(irq <= 0))
		return NULL;
	if (!desc)
		return cpu_possible_mask;
	return desc->affinity ? &desc->affinity->mask : NULL;
}

/* ---- the older calls ---- */

int pci_enable_msi(struct pci_dev *dev)
{
	int got = pci_msi_enable_range(dev, 1, 1, NULL);

	return got < 0 ? got : 0;
}

void pci_disable_msi(struct pci_dev *dev)
{
	if (dev->msi_enabled)
		pci_msi_disable(dev);
}

int pci_enable_msix_range(struct pci_dev *dev, struct msix_entry *entries, int minvec, int maxvec)
{
	if (minvec < 1 || maxvec < minvec)
		return -ERANGE;
	return pci_msix_enable_range(dev, entries, (unsigned int)minvec, (unsigned int)maxvec,
				     NULL);
}

int pci_enable_msix_exact(struct pci_dev *dev, struct msix_entry *entries, int nvec)
{
	int got = pci_enable_msix_range(dev, entries, nvec, nvec);

	return got < 0 ? got : 0;
}

void pci_disable_msix(struct pci_dev *dev)
{
	if (dev->msix_enabled)
		pci_msi_disable(dev);
}

int pci_msi_vec_count(struct pci_dev *dev)
{
	return pci_msi_count(dev);
}

int pci_msix_vec_count(struct pci_dev *dev)
{
	struct pci_msix_table table;
	int error = pci_msix_find_table(dev, &table);

	return error ? error : (int)table.entries;
}
