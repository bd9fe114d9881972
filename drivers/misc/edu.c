// SPDX-License-Identifier: GPL-2.0-only
/*
 * Driver of QEMU's edu device.
 *
 * What
 *	The device has some registers in memory. What is stored in RAISE is what it interrupts for, until
 *	the same is stored in ACK: by its pin as long as there is anything, by message once for each
 *	store. When it has computed a factorial, or copied memory, it does the same by itself.
 *
 *	The driver takes the device at boot, and its interrupts only while somebody has it open. Its pin is
 *	switched off at other times: what it asked for then nobody would end, and its neighbours on the line
 *	would go down with it.
 *
 * Contexts
 *	See drivers/misc/edu.h. The handler: hard IRQ.
 *
 * Locks
 *	edu->mutex. The handler needs none: a line's handlers run once at a time.
 *
 * Limits
 *	The device computes in a thread of the emulator's, and copies a tenth of a second after it was
 *	asked to: WAIT_MS for each.
 *
 * Tests
 *	tests/boot/edu_test.c
 *
 * Source: QEMU, docs/specs/edu.
 */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/string.h>
#include "edu.h"

enum {
	ID		= 0x00,		/* 0x..0000ed, the version above */
	FACTORIAL	= 0x08,		/* store a number; it is the result once COMPUTING is 0 */
	STATUS		= 0x20,
	CAUSES		= 0x24,
	RAISE		= 0x60,
	ACK		= 0x64,
	DMA_FROM	= 0x80,
	DMA_TO		= 0x88,
	DMA_COUNT	= 0x90,
	DMA_COMMAND	= 0x98,
};

#define ID_MASK			0x0000ffff
#define ID_WANTED		0x000000ed
#define STATUS_COMPUTING	0x01
#define STATUS_INTERRUPT	0x80	/* when it has computed */
#define DMA_RUN			0x01
#define DMA_OUT			0x02	/* out of the device */
#define DMA_INTERRUPT		0x04
#define DEVICE_BUFFER		0x40000	/* where its own memory is, for its DMA */
#define DMA_BITS		28
#define WAIT_MS			10000

static irqreturn_t edu_interrupt(int irq, void *data)
{
	struct edu *edu = data;
	u32 causes = readl(edu->regs + CAUSES);

	if (!causes) {
		edu->not_ours++;
		return IRQ_NONE;
	}
	writel(causes, edu->regs + ACK);
	/* Read back: the pin is down when the line is let go. */
	readl(edu->regs + CAUSES);
	edu->interrupts++;
	if (causes & EDU_FACTORIAL_DONE)
		complete(&edu->computed);
	if (causes & EDU_DMA_DONE)
		complete(&edu->copied);
	if (edu->event)
		edu->event(edu->arg, causes);
	return IRQ_HANDLED;
}

/* ---- open ---- */

static void give_back_interrupts(struct edu *edu)
{
	pci_free_irq_vectors(edu->pci);
	pci_intx(edu->pci, 0);
}

static int take_interrupts(struct edu *edu, unsigned int ways)
{
	int error = pci_alloc_irq_vectors(edu->pci, 1, 1, ways);

	if (error < 0)
		return error;
	writel(~0U, edu->regs + ACK);
	error = request_irq(edu_line(edu), edu_interrupt,
			    pci_dev_msi_enabled(edu->pci) ? 0 : IRQF_SHARED, "edu", edu);
	if (error)
		give_back_interrupts(edu);
	return error;
}

static int open_locked(struct edu *edu, unsigned int ways, edu_event_t event, void *arg)
{
	int error;

	if (edu->open)
		return -EBUSY;
	edu->event = event;
	edu->arg = arg;
	edu->interrupts = 0;
	edu->not_ours = 0;
	error = take_interrupts(edu, ways);
	edu->open = !error;
	return error;
}

int edu_open(struct edu *edu, unsigned int ways, edu_event_t event, void *arg)
{
	int error;

	mutex_lock(&edu->mutex);
	error = open_locked(edu, ways, event, arg);
	mutex_unlock(&edu->mutex);
	return error;
}

void edu_close(struct edu *edu)
{
	mutex_lock(&edu->mutex);
	if (edu->open) {
		free_irq(edu_line(edu), edu);
		give_back_interrupts(edu);
		edu->open = false;
	}
	mutex_unlock(&edu->mutex);
}

unsigned int edu_line(const struct edu *edu)
{
	return (unsigned int)pci_irq_vector(edu->pci, 0);
}

void edu_raise(struct edu *edu, u32 causes)
{
	writel(causes, edu->regs + RAISE);
}

/* ---- what it does for a living ---- */

static int wait_for(struct completion *done)
{
	return wait_for_completion_timeout(done, msecs_to_jiffies(WAIT_MS)) ? 0 : -ETIMEDOUT;
}

/* The interrupt comes a moment before the bit goes. */
static int wait_while_computing(struct edu *edu)
{
	unsigned long end = jiffies + msecs_to_jiffies(WAIT_MS);

	while (readl(edu->regs + STATUS) & STATUS_COMPUTING) {
		if (time_after(jiffies, end))
			return -ETIMEDOUT;
		cpu_relax();
	}
	return 0;
}

int edu_factorial(struct edu *edu, u32 n, u32 *result)
{
	int error;

	mutex_lock(&edu->mutex);
	reinit_completion(&edu->computed);
	writel(STATUS_INTERRUPT, edu->regs + STATUS);
	writel(n, edu->regs + FACTORIAL);
	error = wait_for(&edu->computed);
	if (!error)
		error = wait_while_computing(edu);
	*result = readl(edu->regs + FACTORIAL);
	mutex_unlock(&edu->mutex);
	return error;
}

/* Mutex held. */
static int copy(struct edu *edu, u64 from, u64 to, size_t size, u32 direction)
{
	reinit_completion(&edu->copied);
	writeq(from, edu->regs + DMA_FROM);
	writeq(to, edu->regs + DMA_TO);
	writeq(size, edu->regs + DMA_COUNT);
	writeq(DMA_RUN | DMA_INTERRUPT | direction, edu->regs + DMA_COMMAND);
	return wait_for(&edu->copied);
}

int edu_store(struct edu *edu, const void *from, size_t size)
{
	int error;

	if (size > EDU_BUFFER_SIZE)
		return -EINVAL;
	mutex_lock(&edu->mutex);
	memcpy(edu->buffer, from, size);
	error = copy(edu, edu->buffer_handle, DEVICE_BUFFER, size, 0);
	mutex_unlock(&edu->mutex);
	return error;
}

int edu_load(struct edu *edu, void *to, size_t size)
{
	int error;

	if (size > EDU_BUFFER_SIZE)
		return -EINVAL;
	mutex_lock(&edu->mutex);
	error = copy(edu, DEVICE_BUFFER, edu->buffer_handle, size, DMA_OUT);
	if (!error)
		memcpy(to, edu->buffer, size);
	mutex_unlock(&edu->mutex);
	return error;
}

/* ---- the driver ---- */

static int edu_set_up(struct edu *edu)
{
	struct device *dev = &edu->pci->dev;
	int error = pcim_enable_device(edu->pci);

	if (!error)
		error = pcim_iomap_regions(edu->pci, BIT(0), "edu");
	if (error)
		return error;
	edu->regs = pcim_iomap_table(edu->pci)[0];
	if ((readl(edu->regs + ID) & ID_MASK) != ID_WANTED)
		return dev_err_probe(dev, -ENODEV, "its number is %#x\n", readl(edu->regs + ID));
	error = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(DMA_BITS));
	if (error)
		return error;
	edu->buffer = dmam_alloc_coherent(dev, EDU_BUFFER_SIZE, &edu->buffer_handle, GFP_KERNEL);
	return edu->buffer ? 0 : -ENOMEM;
}

static int edu_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	struct edu *edu = devm_kzalloc(&dev->dev, sizeof(*edu), GFP_KERNEL);
	int error;

	if (!edu)
		return -ENOMEM;
	edu->pci = dev;
	mutex_init(&edu->mutex);
	init_completion(&edu->computed);
	init_completion(&edu->copied);
	error = edu_set_up(edu);
	if (error)
		return error;
	pci_intx(dev, 0);
	pci_set_master(dev);
	pci_set_drvdata(dev, edu);
	return 0;
}

/* A copy that was given up may still be under way: it must not reach the buffer when that is somebody else's. */
static void edu_remove(struct pci_dev *dev)
{
	edu_close(pci_get_drvdata(dev));
	pci_clear_master(dev);
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(EDU_VENDOR, EDU_DEVICE) },
	{}
};
MODULE_DEVICE_TABLE(pci, edu_ids);

static struct pci_driver edu_driver = {
	.name = "edu",
	.id_table = edu_ids,
	.probe = edu_probe,
	.remove = edu_remove,
};
module_pci_driver(edu_driver);

struct edu *edu_of(struct pci_dev *dev)
{
	return dev->driver == &edu_driver ? pci_get_drvdata(dev) : NULL;
}

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("QEMU's edu device");
