// SPDX-License-Identifier: GPL-2.0-only
/*
 * BARs that are mapped, of PCI devices that do not behave. What sane ones do is in tests/boot/{edu,e1000e}_test.c.
 *
 * The device is in arrays (tests/boot/pci_fake.h); its BARs are at an address where nothing is, so that what is
 * written there is forgotten.
 */
#include <kunit/test.h>
#include <arch/irq.h>

#include "../../../tests/boot/pci_fake.h"

#define BAR_ADDRESS	0xd0000000U
#define VENDOR		0x1234
#define SLOT		PCI_DEVFN(1, 0)

/* A mapping is for ever, and what lies behind it is not the table. */
static void table_that_grows_when_it_is_mapped_is_refused(struct kunit *test)
{
	struct fake_function *function = fake_add(0, SLOT, VENDOR, 1);
	struct pci_dev *dev;

	if (!arch_msi_domain())
		kunit_skip(test, "this machine has no messages");
	fake_bar(function, 0, BAR_ADDRESS, 0x10000, 0);
	fake_capabilities(function, 0x40);
	fake_capability(function, 0x40, PCI_CAP_ID_MSIX, 0);
	KUNIT_ASSERT_EQ(test, fake_scan(NULL), 0);
	dev = fake_device(0, SLOT);
	KUNIT_ASSERT_NOT_NULL(test, dev);
	dev->dev.msi.domain = arch_msi_domain();
	KUNIT_ASSERT_EQ(test, pci_enable_device(dev), 0);
	for (int i = 0; i < 2; i++) {
		KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(dev, 1, 1, PCI_IRQ_MSIX), 1);
		pci_free_irq_vectors(dev);
	}
	fake_put(function, 0x40 + PCI_MSIX_FLAGS, 2, PCI_MSIX_FLAGS_QSIZE);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(dev, 1, 1, PCI_IRQ_MSIX), -EINVAL);
	KUNIT_EXPECT_FALSE(test, pci_dev_msi_enabled(dev));
	pci_disable_device(dev);
}

static const struct pci_device_id ids[] = { { PCI_DEVICE(VENDOR, 1) }, {} };
static int mapping_both, second_afterwards;

static int probe_mapping(struct pci_dev *dev, const struct pci_device_id *id)
{
	int error = pcim_enable_device(dev);

	mapping_both = pcim_iomap_regions(dev, 3, "both");
	second_afterwards = pci_request_region(dev, 0, "second");
	return error;
}

static void ranges_that_cannot_all_be_had_are_not_had(struct kunit *test)
{
	struct pci_driver mapping = { .name = "mapping", .id_table = ids, .probe = probe_mapping };

	struct fake_function *function = fake_add(0, SLOT, VENDOR, 1);

	fake_bar(function, 0, BAR_ADDRESS, 0x1000, 0);
	fake_bar(function, 1, BAR_ADDRESS + 0x1000, 0x1000, 0);
	KUNIT_ASSERT_EQ(test, fake_scan(NULL), 0);
	KUNIT_ASSERT_NOT_NULL(test, request_mem_region(BAR_ADDRESS + 0x1800, 4, "part"));
	mapping_both = second_afterwards = 1;
	KUNIT_ASSERT_EQ(test, pci_register_driver(&mapping), 0);
	KUNIT_EXPECT_EQ(test, mapping_both, -EBUSY);
	KUNIT_EXPECT_EQ(test, second_afterwards, 0);
	pci_unregister_driver(&mapping);
	release_mem_region(BAR_ADDRESS + 0x1800, 4);
}

static void forget(struct kunit *test)
{
	fake_forget();
}

static struct kunit_case pci_bar_cases[] = {
	KUNIT_CASE(table_that_grows_when_it_is_mapped_is_refused),
	KUNIT_CASE(ranges_that_cannot_all_be_had_are_not_had),
	{}
};

static struct kunit_suite pci_bar_suite = {
	.name = "x86-pci-bar", .exit = forget, .test_cases = pci_bar_cases,
};
kunit_test_suite(pci_bar_suite);
