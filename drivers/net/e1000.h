/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Intel's network controllers as sources of interrupts: they ask for one as soon as a cause is both
 * there (ICR) and allowed (IMS), and software may put it there (ICS).
 */
#ifndef _DRIVERS_NET_E1000_H
#define _DRIVERS_NET_E1000_H

#include <linux/pci.h>

/* Registers that both have. */
enum {
	E1000_CTRL	= 0x00,
	E1000_STATUS	= 0x08,
	E1000_CTRL_EXT	= 0x18,
	E1000_ICR	= 0xc0,		/* the causes; reading clears them */
	E1000_ITR	= 0xc4,
	E1000_ICS	= 0xc8,		/* put them there */
	E1000_IMS	= 0xd0,		/* allow them */
	E1000_IMC	= 0xd8,		/* forbid them */
};

/* Causes that nothing but software has while the controller does not send or receive. */
#define E1000_CAUSE_TX_DONE	BIT(0)
#define E1000_CAUSE_LINK	BIT(2)
#define E1000_CAUSE_RX_MIN	BIT(4)
#define E1000_CAUSE_RX_TIMER	BIT(7)
#define E1000_CAUSES \
	(E1000_CAUSE_TX_DONE | E1000_CAUSE_LINK | E1000_CAUSE_RX_MIN | E1000_CAUSE_RX_TIMER)

/** e1000_event_t - it interrupted for @causes. Context: hard IRQ. */
typedef void (*e1000_event_t)(void *arg, u32 causes);

struct e1000 {
	struct pci_dev *pci;		/* I */
	void __iomem *regs;		/* I */
	e1000_event_t event;		/* I while open */
	void *arg;			/* I while open */
	bool open;			/* its user's */

	/* Written by the handler, which runs once at a time; zero when opened. */
	unsigned long interrupts;	/* that it asked for */
	unsigned long not_ours;		/* the line was somebody else's */
	unsigned long causes[32];	/* each bit */
};

/** e1000_of - the driver's data of a device; NULL: it is not driven by this driver */
struct e1000 *e1000_of(struct pci_dev *dev);
/**
 * e1000_open - have its interrupts, for E1000_CAUSES
 * @flags: more of IRQF_*; the line is always shared
 * @event: called for each interrupt, or NULL
 *
 * Context: task. Return: 0, -EBUSY, or what request_irq() said.
 */
int e1000_open(struct e1000 *nic, unsigned long flags, e1000_event_t event, void *arg);
/** e1000_close - give it back; no event comes any more. Context: task. */
void e1000_close(struct e1000 *nic);
/** e1000_line - the line that it interrupts by */
unsigned int e1000_line(const struct e1000 *nic);
/** e1000_raise - ask it to interrupt. Context: any, while it is open. */
void e1000_raise(struct e1000 *nic, u32 causes);

#endif
