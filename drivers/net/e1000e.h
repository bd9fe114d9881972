/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Intel's 82574: as <e1000.h>, with messages. By MSI-X it has five, one each for what stands below.
 */
#ifndef _DRIVERS_NET_E1000E_H
#define _DRIVERS_NET_E1000E_H

#include "e1000.h"

/* Which message, by MSI-X. By MSI and by pin there is one, for all. */
enum e1000e_source {
	E1000E_RX0, E1000E_RX1, E1000E_TX0, E1000E_TX1, E1000E_OTHER,
	E1000E_SOURCES
};

/** e1000e_event_t - @source interrupted. Context: hard IRQ. */
typedef void (*e1000e_event_t)(void *arg, enum e1000e_source source);

struct e1000e;

/* What a handler of one line gets. */
struct e1000e_line {
	struct e1000e *nic;		/* I */
	enum e1000e_source source;	/* I */
	/* Written by the handler; zero when opened. */
	unsigned long interrupts;	/* that it asked for */
	unsigned long late;		/* messages whose cause was gone */
};

struct e1000e {
	struct pci_dev *pci;		/* I */
	void __iomem *regs;		/* I */
	e1000e_event_t event;		/* I while open */
	void *arg;			/* I while open */
	unsigned int lines;		/* its user's; 0: not open */
	struct e1000e_line line[E1000E_SOURCES];
	unsigned long not_ours;
};

/** e1000e_of - the driver's data of a device; NULL: it is not driven by this driver */
struct e1000e *e1000e_of(struct pci_dev *dev);
/**
 * e1000e_open - have its interrupts
 * @ways: PCI_IRQ_*: five lines by MSI-X, else one; with PCI_IRQ_AFFINITY the queues' share the CPUs out
 *
 * Context: task. Return: how many lines there are; -EBUSY, or what the allocation or request_irq() said.
 */
int e1000e_open(struct e1000e *nic, unsigned int ways, e1000e_event_t event, void *arg);
/** e1000e_close - give it back; no event comes any more. Context: task. */
void e1000e_close(struct e1000e *nic);
/** e1000e_irq - the line of a source */
unsigned int e1000e_irq(const struct e1000e *nic, enum e1000e_source source);
/** e1000e_raise - ask for one source's interrupt. Context: any, while it is open. */
void e1000e_raise(struct e1000e *nic, enum e1000e_source source);

#endif
