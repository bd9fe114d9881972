/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * QEMU's edu device, for who wants an interrupt, a factorial, or some memory copied.
 */
#ifndef _DRIVERS_MISC_EDU_H
#define _DRIVERS_MISC_EDU_H

#include <linux/completion.h>
#include <linux/mutex.h>
#include <linux/pci.h>

#define EDU_VENDOR		0x1234
#define EDU_DEVICE		0x11e8

/* What it interrupts for: these two by itself, the others when it is asked to. */
#define EDU_FACTORIAL_DONE	0x00000001U
#define EDU_DMA_DONE		0x00000100U

#define EDU_BUFFER_SIZE		4096

/** edu_event_t - it interrupted for @causes. Context: hard IRQ. */
typedef void (*edu_event_t)(void *arg, u32 causes);

struct edu {
	struct pci_dev *pci;		/* I */
	void __iomem *regs;		/* I */
	struct mutex mutex;		/* opening, computing, copying: one at a time */
	bool open;			/* L: mutex */
	edu_event_t event;		/* I while open */
	void *arg;			/* I while open */
	struct completion computed, copied;
	u8 *buffer;			/* L: mutex; memory that it can reach */
	dma_addr_t buffer_handle;	/* I */

	/* Written by the handler, which runs once at a time; zero when opened. */
	unsigned long interrupts;	/* that it asked for */
	unsigned long not_ours;		/* the line was somebody else's, or the cause was taken before */
};

/** edu_of - the driver's data of a device; NULL: it is not driven by this driver */
struct edu *edu_of(struct pci_dev *dev);

/**
 * edu_open - have its interrupts
 * @ways: PCI_IRQ_INTX or PCI_IRQ_MSI, or both: the better one that works
 * @event: called for each interrupt, or NULL
 *
 * Context: task. Return: 0; -EBUSY: somebody has it; or what pci_alloc_irq_vectors() or request_irq()
 * said.
 */
int edu_open(struct edu *edu, unsigned int ways, edu_event_t event, void *arg);
/** edu_close - give it back; no event comes any more */
void edu_close(struct edu *edu);
/** edu_line - the line that it interrupts by while it is open */
unsigned int edu_line(const struct edu *edu);
/** edu_raise - ask it to interrupt for @causes. Context: any, while it is open. */
void edu_raise(struct edu *edu, u32 causes);

/** edu_factorial - have @n! computed, modulo 2^32. Context: task, open. Return: 0 or -ETIMEDOUT. */
int edu_factorial(struct edu *edu, u32 n, u32 *result);
/**
 * edu_store, edu_load - copy up to EDU_BUFFER_SIZE bytes to the device's memory, and back
 *
 * Context: task, open. Return: 0, -EINVAL for too many, or -ETIMEDOUT.
 */
int edu_store(struct edu *edu, const void *from, size_t size);
int edu_load(struct edu *edu, void *to, size_t size);

#endif
