// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PC's host bridge: bus 0, and what is behind it.
 *
 * What
 *	One root bus, number 0. What usable memory there is is made known first, so that a device whose
 *	registers would lie in it is refused them.
 *
 *	pci=off	does not look; pci=noecam leaves the memory alone; pci=nomsi lets no device send messages
 *
 * Contexts
 *	Task, once (subsys_initcall).
 *
 * Limits
 *	Other root buses, which only byte code of the firmware names, are not found.
 *
 * Tests
 *	Every boot; tests/boot/pci_test.c
 */
#include <linux/irq.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <arch/irq.h>
#include <bottomhalf/boot_info.h>
#include "pci.h"

static bool off, no_ecam, no_msi;

static int __init set_pci(char *options)
{
	char *option;

	while ((option = strsep(&options, ","))) {
		if (!strcmp(option, "off"))
			off = true;
		else if (!strcmp(option, "noecam") || !strcmp(option, "nommconf"))
			no_ecam = true;
		else if (!strcmp(option, "nomsi"))
			no_msi = true;
		else
			return 0;
	}
	return 1;
}
__setup_accepts("pci=", set_pci, "off, noecam, nomsi");

static void claim_memory(const struct boot_range *range)
{
	struct resource *res;

	if (range->type != BOOT_RANGE_USABLE || !range->size)
		return;
	res = kzalloc(sizeof(*res), GFP_KERNEL);
	if (!res)
		return;
	*res = DEFINE_RES_NAMED(range->start, range->size, "memory", IORESOURCE_MEM | IORESOURCE_BUSY);
	if (request_resource(&iomem_resource, res))
		kfree(res);
}

static struct irq_domain *msi_domain(void)
{
	return IS_ENABLED(CONFIG_PCI_MSI) && !no_msi ? arch_msi_domain() : NULL;
}

static int __init x86_pci_init(void)
{
	struct pci_host_bridge *host;
	int error;

	if (off || !x86_pci_access_init(no_ecam)) {
		pr_info("pci: not looked for\n");
		return 0;
	}
	for (unsigned int i = 0; i < boot_info.nr_ranges; i++)
		claim_memory(&boot_info.ranges[i]);
	x86_pci_route_init();
	host = pci_alloc_host_bridge(0);
	if (!host)
		return -ENOMEM;
	host->ops = &x86_pci_ops;
	host->swizzle_irq = pci_common_swizzle;
	host->map_irq = x86_pci_map_irq;
	host->dev.msi.domain = msi_domain();
	error = pci_host_probe(host);
	if (error)
		put_device(&host->dev);
	return error;
}
subsys_initcall(x86_pci_init);
