// SPDX-License-Identifier: GPL-2.0-only
/*
 * The benchmarks in this kernel: "bench" on the command line runs them instead of the selftests;
 * "bench=case" one of their cases, "throughput" and "sizes" among them; "bench.windows" besides, for
 * tools/profile, says when the median turn of each row was.
 */
#include <linux/bits.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <bottomhalf/bench.h>

#include "bench.h"

#define SOON_NS		300000

/* PCI's first configuration mechanism, as there is no driver of PCI yet. */
#define PCI_ADDRESS	0xcf8
#define PCI_DATA	0xcfc
#define PCI_DEVICES	32
#define PCI_ID		0x00
#define PCI_COMMAND	0x04
#define PCI_BAR_0	0x10
#define PCI_LINE	0x3c
#define PCI_MEMORY	BIT(1)
#define PCI_NO_INTX	BIT(10)
#define EDU_ID		0x11e81234

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

static unsigned int edu_line;
static void __iomem *edu_regs;

static u32 pci_read(unsigned int device, unsigned int reg)
{
	outl(BIT(31) | device << 11 | reg, PCI_ADDRESS);
	return inl(PCI_DATA);
}

static void pci_write(unsigned int device, unsigned int reg, u32 value)
{
	outl(BIT(31) | device << 11 | reg, PCI_ADDRESS);
	outl(value, PCI_DATA);
}

/* Messages are not there yet. */
void __iomem *edu_request(bool by_message, irqreturn_t (*handler)(int irq, void *dev))
{
	unsigned int device = 0;

	while (device < PCI_DEVICES && pci_read(device, PCI_ID) != EDU_ID)
		device++;
	if (by_message || device == PCI_DEVICES)
		return NULL;
	pci_write(device, PCI_COMMAND, (pci_read(device, PCI_COMMAND) | PCI_MEMORY) & ~PCI_NO_INTX);
	edu_regs = ioremap(pci_read(device, PCI_BAR_0) & ~0xfU, PAGE_SIZE);
	edu_line = pci_read(device, PCI_LINE) & 0xff;
	return edu_regs && !request_irq(edu_line, handler, IRQF_SHARED, "edu", &edu_line) ? edu_regs : NULL;
}

void edu_free(void)
{
	free_irq(edu_line, &edu_line);
	iounmap(edu_regs);
}
