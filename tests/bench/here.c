// SPDX-License-Identifier: GPL-2.0-only
/*
 * The benchmarks in this kernel: "bench" on the command line runs them instead of the selftests;
 * "bench=case" one of their cases, "throughput" and "sizes" among them; "bench.windows" besides, for
 * tools/profile, says when the median turn of each row was.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/pci.h>
#include <bottomhalf/bench.h>

#include "bench.h"

#define SOON_NS		300000

#define EDU_VENDOR	0x1234
#define EDU_DEVICE	0x11e8

static bool wanted, windows_wanted;
static const char *only;

static int __init parse_bench(char *value)
{
	wanted = true;
	only = value;
	return 0;
}
early_param("bench", parse_bench);

static int __init parse_windows(char *value)
{
	windows_wanted = true;
	return 0;
}
early_param("bench.windows", parse_windows);

bool run_benchmarks(void)
{
	if (wanted)
		bench_run_all(only && *only ? only : NULL, windows_wanted);
	return wanted;
}

static void (*soon)(void);

static irqreturn_t once(int irq, void *dev)
{
	periodic_irq_stop();
	soon();
	return IRQ_HANDLED;
}

int hard_irq_open(void (*function)(void))
{
	soon = function;
	return periodic_irq_request(once, &soon);
}

void hard_irq_soon(void)
{
	periodic_irq_start(SOON_NS);
}

void hard_irq_close(void)
{
	periodic_irq_free(&soon);
}

static struct pci_dev *edu;
static void __iomem *edu_regs;

static int edu_take(bool by_message, irq_handler_t handler, irq_handler_t thread_fn)
{
	int error = pci_alloc_irq_vectors(edu, 1, 1, by_message ? PCI_IRQ_MSI : PCI_IRQ_INTX);

	if (error < 0)
		return error;
	error = request_threaded_irq((unsigned int)pci_irq_vector(edu, 0), handler, thread_fn,
				     by_message ? 0 : IRQF_SHARED, "edu", edu);
	if (error)
		pci_free_irq_vectors(edu);
	return error;
}

void __iomem *edu_request(bool by_message, irq_handler_t handler, irq_handler_t thread_fn)
{
	edu = pci_get_device(EDU_VENDOR, EDU_DEVICE, NULL);
	if (!edu)
		return NULL;
	if (pci_enable_device(edu))
		goto put_device;
	pci_set_master(edu);
	edu_regs = ioremap(pci_resource_start(edu, 0), PAGE_SIZE);
	if (!edu_regs)
		goto disable_device;
	if (!edu_take(by_message, handler, thread_fn))
		return edu_regs;
	iounmap(edu_regs);
disable_device:
	pci_disable_device(edu);
put_device:
	pci_dev_put(edu);
	return NULL;
}

void edu_free(void)
{
	free_irq((unsigned int)pci_irq_vector(edu, 0), edu);
	pci_free_irq_vectors(edu);
	iounmap(edu_regs);
	pci_disable_device(edu);
	pci_dev_put(edu);
}
