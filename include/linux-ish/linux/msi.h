/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupts by message: a device stores a word to an address, and that is the interrupt.
 *
 * What
 *	The machine says which store reaches which CPU with which vector; a bus says where its devices
 *	keep that message. So two domains, the bus's upon the machine's (arch_msi_domain() of
 *	<arch/irq.h>), make the line of a message:
 *
 *	allocate	irq_domain_alloc_irqs(): the bus's .alloc calls irq_domain_alloc_irqs_parent(),
 *			which finds a CPU and a vector, and then irq_domain_set_info() with the bus's chip
 *			and handle_edge_irq. Its argument for the parent is NULL.
 *	tell the device	msi_domain_write_msg(), once it is allocated
 *	move		msi_domain_set_affinity(), as the chip's irq_set_affinity
 *	fires		the edge flow; arch_msi_ack() is the chip's irq_ack: it ends the interrupt at
 *			the CPU, and is the same for all of them, so that nobody walks up the hierarchy
 *
 *	A bus's chip has: irq_mask and irq_unmask where the device can; irq_ack = arch_msi_ack;
 *	irq_write_msi_msg; irq_set_affinity = msi_domain_set_affinity; irq_retrigger =
 *	irq_chip_retrigger_hierarchy; its parents have irq_compose_msi_msg.
 *
 * Contexts
 *	Allocating: task. Writing and moving: desc->lock held, interrupts off.
 *
 * Differs from Linux
 *	There, a message of a device that cannot mask it is changed on the CPU that it is sent to; here
 *	by two writes, between which it is sent to the old CPU with the new vector (kernel/irq/msi.c).
 *	Several messages of one plain MSI capability, which must have numbers in a row, are not given.
 *
 * Source: PCI Local Bus Specification 3.0, 6.8.
 */
#ifndef _LINUX_MSI_H
#define _LINUX_MSI_H

#include <linux/irq.h>
#include <linux/types.h>

struct cpumask;
struct device;

/**
 * struct msi_msg - what a device stores, and where, to interrupt
 * @address_lo: the address's lower half
 * @address_hi: its upper half; 0 for devices that have 32 bits only
 * @data: the word
 */
struct msi_msg {
	u32 address_lo;
	u32 address_hi;
	u32 data;
};

/**
 * struct pci_msi_desc - where a PCI device keeps one message, and its mask bit
 * @msi_mask: the mask register, as last written (MSI)
 * @msix_ctrl: the entry's control word, as last written (MSI-X)
 * @msi_attrib: what the capability can do
 * @mask_pos: where in configuration space the mask register is (MSI)
 * @mask_base: the table (MSI-X)
 */
struct pci_msi_desc {
	union {
		u32 msi_mask;
		u32 msix_ctrl;
	};
	struct {
		u8 is_msix : 1;
		u8 multiple : 3;	/* log2 of the messages in use */
		u8 multi_cap : 3;	/* log2 of the messages that there could be */
		u8 can_mask : 1;
		u8 is_64 : 1;
		u8 is_virtual : 1;
		unsigned int default_irq;	/* the line of its pin */
	} msi_attrib;
	union {
		u8 mask_pos;
		void *mask_base;
	};
};

/**
 * struct msi_desc - one message of a device
 * @irq: its line; 0: none yet
 * @nvec_used: how many lines follow each other from there on
 * @dev: whose it is
 * @msg: as it was last written
 * @msi_index: which of the device's
 * @pci: what PCI knows of it
 */
struct msi_desc {
	unsigned int irq;
	unsigned int nvec_used;
	struct device *dev;
	struct msi_msg msg;
	u16 msi_index;
	union {
		struct pci_msi_desc pci;
	};
};

#endif
