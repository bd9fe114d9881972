/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of PCI share.
 */
#ifndef _DRIVERS_PCI_H
#define _DRIVERS_PCI_H

#include <linux/pci.h>

/* ---- bar.c: what the words of a BAR mean; no hardware ---- */

/*
 * A base address register as it is read, and as it reads after all ones were written. The second pair
 * is that of the next register, the upper half of a 64-bit address.
 */
struct pci_bar_words {
	u32 value, probe;
	u32 value_high, probe_high;
	bool has_next;
};

/* What came of it. */
enum pci_bar_result {
	PCI_BAR_NONE,		/* not there */
	PCI_BAR_32,		/* one register */
	PCI_BAR_64,		/* two */
	PCI_BAR_BAD,		/* nonsense: *problem says what */
};

/* Whether the register below is the lower half of a 64-bit address. */
static inline bool pci_bar_is_64(u32 value)
{
	return (value & (PCI_BASE_ADDRESS_SPACE | PCI_BASE_ADDRESS_MEM_TYPE_MASK)) ==
	       PCI_BASE_ADDRESS_MEM_TYPE_64;
}

/* Fill in start, end and flags of @res; all 0 unless the result is _32 or _64. */
enum pci_bar_result pci_decode_bar(const struct pci_bar_words *words, struct resource *res,
				   const char **problem);
/* The same of the ROM's register. */
enum pci_bar_result pci_decode_rom(u32 value, u32 probe, struct resource *res, const char **problem);

/* ---- capability.c ---- */

/* Note where the capabilities are that the core uses. */
void pci_find_capabilities(struct pci_dev *dev);
/* How many bytes of configuration space the device really has. */
int pci_cfg_space_size(struct pci_dev *dev);

/* ---- intx.c ---- */

/* Give the device the line of its pin. */
void pci_assign_irq(struct pci_dev *dev);

/* ---- msi_capability.c: what the capabilities say; no interrupts ---- */

/* The table of MSI-X: an entry of 16 bytes for each message. */
struct pci_msix_table {
	unsigned int entries;
	unsigned int bar;
	u32 offset;			/* in that BAR */
};

/* How many messages, or -EINVAL, with a message, where the capability is nonsense. */
int pci_msi_count(struct pci_dev *dev);
/* Where the table is: 0 or -EINVAL. It lies wholly in a memory BAR that has an address. */
int pci_msix_find_table(struct pci_dev *dev, struct pci_msix_table *table);

/* ---- msi.c ---- */

#ifdef CONFIG_PCI_MSI
/* @affd: NULL: the lines go where lines go. */
int pci_msi_enable_range(struct pci_dev *dev, unsigned int min, unsigned int max,
			 struct irq_affinity *affd);
int pci_msix_enable_range(struct pci_dev *dev, struct msix_entry *entries, unsigned int min,
			  unsigned int max, struct irq_affinity *affd);
/* The line of a message, or 0. */
unsigned int pci_msi_line(struct pci_dev *dev, unsigned int nr);
void pci_msi_disable(struct pci_dev *dev);
/* At the first look at a device: no messages, whatever the firmware did with them. */
void pci_msi_quiet(struct pci_dev *dev);
#else
static inline int pci_msi_enable_range(struct pci_dev *dev, unsigned int min, unsigned int max,
				       struct irq_affinity *affd)
{
	return -ENOSPC;
}
static inline int pci_msix_enable_range(struct pci_dev *dev, struct msix_entry *entries,
					unsigned int min, unsigned int max,
					struct irq_affinity *affd)
{
	return -ENOSPC;
}
static inline unsigned int pci_msi_line(struct pci_dev *dev, unsigned int nr) { return 0; }
static inline void pci_msi_disable(struct pci_dev *dev) { }
static inline void pci_msi_quiet(struct pci_dev *dev) { }
#endif

#endif
