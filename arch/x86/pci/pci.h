/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of a PC's PCI share.
 */
#ifndef _X86_PCI_H
#define _X86_PCI_H

#include <linux/pci.h>

/* Find out how configuration space is reached. Return: whether there is a way. */
bool x86_pci_access_init(bool no_ecam);
extern struct pci_ops x86_pci_ops;
/* A register of bus 0, before there are devices. All ones where nobody answers. */
u32 x86_pci_read(unsigned int devfn, int where, int size);

/* Which chip set it is. Context: task, once, after x86_pci_access_init(). */
void x86_pci_route_init(void);
/* The line of a pin of a slot of bus 0, or -ENXIO. */
int x86_pci_map_irq(const struct pci_dev *dev, u8 slot, u8 pin);

#endif
