// SPDX-License-Identifier: GPL-2.0-only
/*
 * PCI devices that say anything: whole configuration spaces out of a seed.
 *
 * What
 *	Each seed has up to eight functions, some on every bus, so that bridges lead to themselves. They
 *	begin as plausible ones; then words are replaced, and masks of what can be written. The scan may
 *	leave out what it likes; what it takes must be possible, and all of it must go away again.
 *
 *	For the simulated machine only. What a particular defect leads to is in tests/boot/pci_test.c.
 *
 * Contexts
 *	One CPU; nothing here runs beside anything else.
 */
#include <kunit/scenario.h>
#include <linux/errno.h>
#include <linux/log2.h>

#include "../boot/pci_fake.h"

#define DEVICES_MAX	(256 * FAKE_FUNCTIONS)

/* What breaks sizes, lists and numbers of buses. */
static u32 bad_word(void)
{
	static const u32 words[] = {
		0, 1, 2, 3, 4, 6, 7, 8, 0xc, 0xff, 0x100, 0xffff, 0x10000, 0x7fffffff, 0x80000000,
		0xfffffff0, 0xfffffffc, 0xffffffff, 0x40404040, 0x44404844, 0x00ff0100, 0xfc05fc05,
	};

	if (scenario_choose(3))
		return words[scenario_choose(ARRAY_SIZE(words))];
	return scenario_choose(1 << 16) | scenario_choose(1 << 16) << 16;
}

static struct fake_function *plausible(void)
{
	int bus = scenario_choose(2) ? FAKE_EVERY_BUS : (int)scenario_choose(3);
	unsigned int devfn = PCI_DEVFN(scenario_choose(4), scenario_choose(2));
	struct fake_function *function;

	if (scenario_choose(3) == 0) {
		u8 first = (u8)scenario_choose(4);

		return fake_bridge(bus, devfn, first, (u8)(first + scenario_choose(8)));
	}
	function = fake_add(bus, devfn, 0x1234, 1);
	for (int bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		if (scenario_choose(2))
			fake_bar(function, bar, 0xd0000000 + (scenario_choose(64) << 16),
				 0x10U << scenario_choose(16), scenario_choose(16));
	fake_put(function, PCI_HEADER_TYPE, 1, scenario_choose(2) ? PCI_HEADER_TYPE_MFD : 0);
	fake_put(function, PCI_INTERRUPT_PIN, 1, scenario_choose(8));
	return function;
}

/* Capabilities that lead anywhere. */
static void add_capabilities(struct fake_function *function)
{
	static const u8 ids[] = { PCI_CAP_ID_MSI, PCI_CAP_ID_MSIX, PCI_CAP_ID_EXP, PCI_CAP_ID_VNDR };
	u8 at = (u8)(0x40 + 4 * scenario_choose(48));

	fake_capabilities(function, at);
	for (unsigned int n = scenario_choose(6); n; n--) {
		u8 next = (u8)scenario_choose(256);

		fake_capability(function, at, ids[scenario_choose(ARRAY_SIZE(ids))], next);
		at = next & ~3;
	}
}

static void damage(struct fake_function *function)
{
	for (unsigned int n = scenario_choose(6); n; n--) {
		unsigned int word = scenario_choose(PCI_CFG_SPACE_SIZE / 4);

		/* A function that is not there is no input. */
		if (word)
			function->words[word] = bad_word();
		function->writable[1 + scenario_choose(PCI_CFG_SPACE_SIZE / 4 - 1)] = bad_word();
	}
}

static void expect_possible_range(struct kunit *test, const struct resource *res)
{
	u64 size = resource_size(res);

	KUNIT_EXPECT_GE(test, res->end, res->start);
	KUNIT_EXPECT_TRUE(test, is_power_of_2(size));
	KUNIT_EXPECT_EQ(test, res->start & (size - 1), 0ULL);
	if (res->flags & IORESOURCE_IO)
		KUNIT_EXPECT_LE(test, res->end, 0xffffULL);
	if (res->parent && !(res->flags & (IORESOURCE_MEM_64 | IORESOURCE_IO)))
		KUNIT_EXPECT_LE(test, res->end, 0xffffffffULL);
}

static void expect_possible(struct kunit *test, struct pci_dev *dev)
{
	int entries = pci_msix_vec_count(dev);

	for (int bar = 0; bar < DEVICE_COUNT_RESOURCE; bar++)
		if (dev->resource[bar].flags)
			expect_possible_range(test, &dev->resource[bar]);
	KUNIT_EXPECT_LE(test, dev->pin, 4);
	if (dev->subordinate)
		KUNIT_EXPECT_GT(test, dev->subordinate->number, dev->bus->number);
	if (dev->msi_cap)
		KUNIT_EXPECT_LE(test, pci_msi_vec_count(dev), 32);
	KUNIT_EXPECT_TRUE(test, entries == -EINVAL || (entries >= 1 && entries <= 2048));
	if (!pci_enable_device(dev)) {
		if (!pci_request_regions(dev, "garbage"))
			pci_release_regions(dev);
		pci_disable_device(dev);
	}
	pci_find_ext_capability(dev, PCI_EXT_CAP_ID_DSN);
}

static int map_any(const struct pci_dev *dev, u8 slot, u8 pin)
{
	return (int)scenario_choose(40) - 10;
}

static void damaged_devices_are_left_out_or_possible(struct kunit *test)
{
	struct resource *addresses = iomem_resource.child, *ports = ioport_resource.child;
	struct pci_dev *dev = NULL;
	unsigned int devices = 0;

	for (unsigned int n = 1 + scenario_choose(FAKE_FUNCTIONS); n; n--) {
		struct fake_function *function = plausible();

		if (scenario_choose(2))
			add_capabilities(function);
		if (scenario_choose(4))
			damage(function);
	}
	KUNIT_ASSERT_EQ(test, fake_scan(map_any), 0);
	for_each_pci_dev(dev) {
		expect_possible(test, dev);
		devices++;
	}
	KUNIT_EXPECT_LE(test, devices, (unsigned int)DEVICES_MAX);
	fake_forget();
	KUNIT_EXPECT_PTR_EQ(test, iomem_resource.child, addresses);
	KUNIT_EXPECT_PTR_EQ(test, ioport_resource.child, ports);
}
SCENARIO(damaged_devices_are_left_out_or_possible, .cpus_max = 1, .limit_steps = 20000000);
