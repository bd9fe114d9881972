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
 *			whose argument is NULL, and then irq_domain_set_info() with the bus's chip and
 *			handle_edge_irq
 *	activate	by the core, for the first handler, or by the bus before that
 *			(irq_domain_activate_irq()): the machine finds a CPU and a vector, and
 *			msi_domain_activate(), the bus's .activate, tells the device
 *	move		msi_domain_set_affinity(), the chip's irq_set_affinity
 *	fires		the edge flow; arch_msi_ack() is the chip's irq_ack: it ends the interrupt at
 *			the CPU, and is the same for all of them, so that nobody walks up the hierarchy
 *
 *	A bus's chip has: irq_mask and irq_unmask where the device can; irq_ack = arch_msi_ack;
 *	irq_write_msi_msg; irq_set_affinity = msi_domain_set_affinity; irq_retrigger =
 *	irq_chip_retrigger_hierarchy. The machine's knows irq_compose_msi_msg.
 *
 * Contexts
 *	Allocating: task. Activating and moving: desc->lock held, interrupts off.
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
struct irq_domain;

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
 * @affinity: where it may go, if its device's lines are spread; else NULL
 * @msi_index: which of the device's
 * @pci: what PCI knows of it
 */
struct msi_desc {
	unsigned int irq;
	unsigned int nvec_used;
	struct device *dev;
	struct msi_msg msg;
	struct irq_affinity_desc *affinity;
	u16 msi_index;
	union {
		struct pci_msi_desc pci;
	};
};

/**
 * msi_domain_activate - a line has got its place: compose its message and give it to the device
 *
 * As struct irq_domain_ops.activate of the outermost domain. Context: desc->lock held, or at set-up.
 */
int msi_domain_activate(struct irq_domain *domain, struct irq_data *data, bool early);

/**
 * msi_domain_set_affinity - move a line: the machine finds a place, and the device is told
 *
 * As struct irq_chip.irq_set_affinity of the outermost chip, whose irq_write_msi_msg is called once, or
 * twice if address and data change: it writes both parts each time. Context: desc->lock held.
 */
int msi_domain_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force);

#endif
