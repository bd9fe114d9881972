// SPDX-License-Identifier: GPL-2.0-only
/*
 * PCI on arrays (pci_fake.h): what is found, what is refused, who gets it. A9. What thousands of kinds of
 * garbage lead to is tests/unit/pci_garbage.c; the machine's own devices are edu_test.c and others.
 */
#include <linux/errno.h>

#include "helpers.h"
#include "pci_fake.h"

#define VENDOR	0x1234
#define SLOT(n)	PCI_DEVFN(n, 0)

/* No machine that this runs on has anything here. */
#define ADDRESS	0xd0000000U

static struct fake_function *first;

static int map_irq(const struct pci_dev *dev, u8 slot, u8 pin)
{
	return slot == 9 ? -ENXIO : 100 + slot * 4 + pin;
}

static int begin(struct kunit *test)
{
	first = fake_add(0, SLOT(1), VENDOR, 1);
	return 0;
}

static void end(struct kunit *test)
{
	fake_forget();
}

static struct pci_dev *scan(struct kunit *test)
{
	struct pci_dev *dev;

	KUNIT_ASSERT_EQ(test, fake_scan(map_irq), 0);
	dev = fake_device(0, SLOT(1));
	KUNIT_ASSERT_NOT_NULL(test, dev);
	return dev;
}

/* ---- what is there ---- */

static void function_that_answers_is_a_device(struct kunit *test)
{
	struct pci_dev *dev;

	fake_put(first, PCI_CLASS_REVISION, 4, 0x02000007);
	fake_put(first, PCI_SUBSYSTEM_VENDOR_ID, 4, 0x11001af4);
	dev = scan(test);
	KUNIT_EXPECT_STREQ(test, pci_name(dev), "0001:00:01.0");
	KUNIT_EXPECT_EQ(test, dev->vendor, VENDOR);
	KUNIT_EXPECT_EQ(test, dev->class, 0x020000U);
	KUNIT_EXPECT_EQ(test, dev->revision, 7);
	KUNIT_EXPECT_EQ(test, dev->subsystem_vendor, 0x1af4);
	KUNIT_EXPECT_EQ(test, dev->cfg_size, PCI_CFG_SPACE_SIZE);
	KUNIT_EXPECT_NULL(test, fake_device(0, SLOT(2)));
}

static void other_functions_are_asked_only_if_there_are_several(struct kunit *test)
{
	fake_add(0, PCI_DEVFN(1, 3), VENDOR, 2);
	fake_add(0, PCI_DEVFN(2, 5), VENDOR, 3);
	fake_put(fake_add(0, SLOT(2), VENDOR, 4), PCI_HEADER_TYPE, 1, PCI_HEADER_TYPE_MFD);
	scan(test);
	KUNIT_EXPECT_NULL(test, fake_device(0, PCI_DEVFN(1, 3)));
	KUNIT_EXPECT_NOT_NULL(test, fake_device(0, PCI_DEVFN(2, 5)));
}

static void header_of_an_unknown_kind_is_left_out(struct kunit *test)
{
	fake_put(fake_add(0, SLOT(2), VENDOR, 2), PCI_HEADER_TYPE, 1, 5);
	scan(test);
	KUNIT_EXPECT_NULL(test, fake_device(0, SLOT(2)));
}

static void device_behind_a_bridge_is_found(struct kunit *test)
{
	struct pci_dev *dev;

	fake_bridge(0, SLOT(2), 4, 6);
	fake_bridge(4, SLOT(0), 5, 5);
	fake_add(5, SLOT(3), VENDOR, 2);
	scan(test);
	dev = fake_device(5, SLOT(3));
	KUNIT_ASSERT_NOT_NULL(test, dev);
	KUNIT_EXPECT_PTR_EQ(test, dev->bus->parent->parent, fake_host->bus);
	KUNIT_EXPECT_PTR_EQ(test, dev->bus->self, fake_device(4, SLOT(0)));
}

static void bridge_that_leads_back_ends_there(struct kunit *test)
{
	fake_bridge(0, SLOT(2), 0, 5);
	fake_bridge(0, SLOT(3), 3, 4);
	fake_bridge(3, SLOT(0), 3, 3);
	fake_bridge(0, SLOT(4), 3, 9);
	fake_bridge(0, SLOT(5), 9, 8);
	fake_bridge(0, SLOT(6), 0, 0);
	scan(test);
	KUNIT_EXPECT_NULL(test, fake_device(0, SLOT(2))->subordinate);
	KUNIT_EXPECT_NOT_NULL(test, fake_device(0, SLOT(3))->subordinate);
	KUNIT_EXPECT_NULL(test, fake_device(3, SLOT(0))->subordinate);
	KUNIT_EXPECT_NULL(test, fake_device(0, SLOT(4))->subordinate);
	KUNIT_EXPECT_NULL(test, fake_device(0, SLOT(5))->subordinate);
	KUNIT_EXPECT_NULL(test, fake_device(0, SLOT(6))->subordinate);
}

static void bridge_to_itself_on_every_bus_is_followed_once(struct kunit *test)
{
	/* On each bus the same bridge, to bus 1. */
	unsigned int buses = 0;
	struct pci_dev *dev = NULL;

	fake_forget();
	fake_bridge(FAKE_EVERY_BUS, SLOT(1), 1, 255);
	scan(test);
	for_each_pci_dev(dev)
		buses += pci_domain_nr(dev->bus) == FAKE_DOMAIN;
	KUNIT_EXPECT_EQ(test, buses, 2U);
}

/* ---- registers ---- */

static void registers_are_sized_and_kept(struct kunit *test)
{
	struct pci_dev *dev;

	fake_bar(first, 0, ADDRESS, 0x100000, 0);
	fake_bar(first, 1, 0xd000, 0x40, PCI_BASE_ADDRESS_SPACE_IO);
	fake_bar(first, 2, ADDRESS + 0x200000, 0x1000,
		 PCI_BASE_ADDRESS_MEM_TYPE_64 | PCI_BASE_ADDRESS_MEM_PREFETCH);
	first->words[PCI_BASE_ADDRESS_3 / 4] = 0x40;
	first->writable[PCI_BASE_ADDRESS_3 / 4] = ~0U;
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, pci_resource_start(dev, 0), (u64)ADDRESS);
	KUNIT_EXPECT_EQ(test, pci_resource_len(dev, 0), 0x100000ULL);
	KUNIT_EXPECT_EQ(test, pci_resource_flags(dev, 0), IORESOURCE_MEM);
	KUNIT_EXPECT_EQ(test, pci_resource_start(dev, 1), 0xd000ULL);
	KUNIT_EXPECT_EQ(test, pci_resource_len(dev, 1), 0x40ULL);
	KUNIT_EXPECT_EQ(test, pci_resource_flags(dev, 1), IORESOURCE_IO);
	KUNIT_EXPECT_EQ(test, pci_resource_start(dev, 2), 0x4000000000ULL + ADDRESS + 0x200000);
	KUNIT_EXPECT_EQ(test, pci_resource_len(dev, 2), 0x1000ULL);
	KUNIT_EXPECT_EQ(test, pci_resource_flags(dev, 2),
			IORESOURCE_MEM | IORESOURCE_MEM_64 | IORESOURCE_PREFETCH);
	KUNIT_EXPECT_EQ(test, pci_resource_len(dev, 3), 0ULL);
	KUNIT_EXPECT_EQ(test, pci_resource_len(dev, 4), 0ULL);
	KUNIT_EXPECT_EQ(test, first->words[PCI_BASE_ADDRESS_0 / 4], ADDRESS);
	KUNIT_EXPECT_EQ(test, pci_select_bars(dev, IORESOURCE_MEM), 5);
}

static void nonsense_register_is_left_out_and_the_others_stay(struct kunit *test)
{
	struct pci_dev *dev;

	fake_bar(first, 0, ADDRESS, 0x1000, 0);
	fake_bar(first, 1, ADDRESS + 0x100000, 0x1000, 0);
	first->writable[PCI_BASE_ADDRESS_1 / 4] = 0xfff0f000;	/* holes */
	fake_bar(first, 2, ADDRESS + 0x200000, 0x1000, PCI_BASE_ADDRESS_MEM_TYPE_MASK);
	first->words[PCI_BASE_ADDRESS_3 / 4] = PCI_BASE_ADDRESS_SPACE_IO;
	first->writable[PCI_BASE_ADDRESS_3 / 4] = 0xffff00f1;	/* ports or memory, as you write */
	fake_bar(first, 4, 0x12345600, 0x100, PCI_BASE_ADDRESS_SPACE_IO);
	fake_bar(first, 5, ADDRESS + 0x300000, 0x1000, PCI_BASE_ADDRESS_MEM_TYPE_64);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, pci_select_bars(dev, IORESOURCE_MEM | IORESOURCE_IO), 1);
	KUNIT_EXPECT_EQ(test, pci_enable_device(dev), 0);
	pci_disable_device(dev);
}

static void upper_half_of_a_nonsense_register_is_no_register(struct kunit *test)
{
	struct pci_dev *dev;

	fake_bar(first, 0, ADDRESS, 0x1000, PCI_BASE_ADDRESS_MEM_TYPE_64);
	first->writable[PCI_BASE_ADDRESS_0 / 4] = 0xfff0f000;	/* holes */
	fake_bar(first, 1, ADDRESS + 0x100000, 0x1000, 0);
	fake_bar(first, 2, ADDRESS + 0x200000, 0x1000, 0);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, pci_select_bars(dev, IORESOURCE_MEM | IORESOURCE_IO), 4);
}

static void device_without_an_address_is_not_enabled(struct kunit *test)
{
	struct pci_dev *dev;

	fake_bar(first, 0, 0, 0x1000, 0);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, pci_enable_device(dev), -EINVAL);
	KUNIT_EXPECT_FALSE(test, pci_is_enabled(dev));
	KUNIT_EXPECT_EQ(test, pci_request_regions(dev, "test"), -EBUSY);
}

static void device_at_the_address_of_another_is_not_enabled(struct kunit *test)
{
	struct fake_function *second = fake_add(0, SLOT(2), VENDOR, 2);
	struct pci_dev *dev;

	fake_bar(first, 0, ADDRESS, 0x1000, 0);
	fake_bar(second, 0, ADDRESS - 0x1000000, 0x2000000, 0);
	fake_bar(second, 1, ADDRESS, 0x1000, 0);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, pci_enable_device(dev), 0);
	KUNIT_EXPECT_EQ(test, pci_enable_device(fake_device(0, SLOT(2))), -EINVAL);
	pci_disable_device(dev);
}

static void enabling_nests(struct kunit *test)
{
	struct pci_dev *dev;

	fake_bar(first, 0, ADDRESS, 0x1000, 0);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, first->words[PCI_COMMAND / 4], 0U);
	KUNIT_EXPECT_EQ(test, pci_enable_device(dev), 0);
	KUNIT_EXPECT_EQ(test, pci_enable_device(dev), 0);
	pci_set_master(dev);
	KUNIT_EXPECT_EQ(test, first->words[PCI_COMMAND / 4],
			(u32)PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
	pci_disable_device(dev);
	KUNIT_EXPECT_TRUE(test, dev->is_busmaster);
	pci_disable_device(dev);
	KUNIT_EXPECT_EQ(test, first->words[PCI_COMMAND / 4], (u32)PCI_COMMAND_MEMORY);
	bug_expect(1);
	pci_disable_device(dev);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

static void regions_are_had_by_one(struct kunit *test)
{
	struct pci_dev *dev;

	fake_bar(first, 0, ADDRESS, 0x1000, 0);
	fake_bar(first, 2, 0xd000, 0x40, PCI_BASE_ADDRESS_SPACE_IO);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, pci_request_regions(dev, "test"), 0);
	KUNIT_EXPECT_EQ(test, pci_request_regions(dev, "other"), -EBUSY);
	KUNIT_EXPECT_EQ(test, pci_request_region(dev, 2, "other"), -EBUSY);
	KUNIT_EXPECT_NULL(test, request_mem_region(ADDRESS + 0x800, 4, "part"));
	pci_release_regions(dev);
	KUNIT_EXPECT_NOT_NULL(test, request_mem_region(ADDRESS + 0x800, 4, "part"));
	KUNIT_EXPECT_EQ(test, pci_request_regions(dev, "test"), -EBUSY);
	release_mem_region(ADDRESS + 0x800, 4);
}

static void unaligned_access_is_refused(struct kunit *test)
{
	struct pci_dev *dev = scan(test);
	u16 word;
	u32 value;

	KUNIT_EXPECT_EQ(test, pci_read_config_dword(dev, 2, &value), PCIBIOS_BAD_REGISTER_NUMBER);
	KUNIT_EXPECT_EQ(test, value, ~0U);
	KUNIT_EXPECT_EQ(test, pci_write_config_word(dev, 1, 0), PCIBIOS_BAD_REGISTER_NUMBER);
	KUNIT_EXPECT_EQ(test, pci_read_config_word(dev, -2, &word), PCIBIOS_BAD_REGISTER_NUMBER);
	KUNIT_EXPECT_EQ(test, pci_read_config_word(dev, 4096, &word), PCIBIOS_BAD_REGISTER_NUMBER);
	KUNIT_EXPECT_EQ(test, pci_read_config_word(dev, PCI_DEVICE_ID, &word), 0);
	KUNIT_EXPECT_EQ(test, word, 1);
}

/* ---- capabilities ---- */

static void capabilities_are_found(struct kunit *test)
{
	struct pci_dev *dev;

	fake_capabilities(first, 0x43);		/* the lowest two bits mean nothing */
	fake_capability(first, 0x40, PCI_CAP_ID_VNDR, 0xe0);
	fake_capability(first, 0xe0, PCI_CAP_ID_MSI, 0x80);
	fake_capability(first, 0x80, PCI_CAP_ID_VNDR, 0);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, dev->msi_cap, 0xe0);
	KUNIT_EXPECT_EQ(test, dev->msix_cap, 0);
	KUNIT_EXPECT_EQ(test, pci_find_capability(dev, PCI_CAP_ID_VNDR), 0x40);
	KUNIT_EXPECT_EQ(test, pci_find_next_capability(dev, 0x40, PCI_CAP_ID_VNDR), 0x80);
	KUNIT_EXPECT_EQ(test, pci_find_next_capability(dev, 0x80, PCI_CAP_ID_VNDR), 0);
	KUNIT_EXPECT_EQ(test, pci_find_ext_capability(dev, PCI_EXT_CAP_ID_ERR), 0);
}

static void capability_that_points_to_itself_ends_the_list(struct kunit *test)
{
	struct pci_dev *dev;

	fake_capabilities(first, 0x40);
	fake_capability(first, 0x40, PCI_CAP_ID_MSI, 0x50);
	fake_capability(first, 0x50, PCI_CAP_ID_VNDR, 0x50);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, dev->msi_cap, 0x40);
	KUNIT_EXPECT_EQ(test, dev->msix_cap, 0);
}

static void asked_for_the_next_one_again_and_again_a_circle_ends(struct kunit *test)
{
	struct pci_dev *dev;
	unsigned int found = 0;
	u8 at;

	fake_capabilities(first, 0x40);
	fake_capability(first, 0x40, PCI_CAP_ID_VNDR, 0x50);
	fake_capability(first, 0x50, PCI_CAP_ID_VNDR, 0x60);
	fake_capability(first, 0x60, PCI_CAP_ID_PM, 0x40);
	dev = scan(test);
	for (at = pci_find_capability(dev, PCI_CAP_ID_VNDR); at && found < 100; found++)
		at = pci_find_next_capability(dev, at, PCI_CAP_ID_VNDR);
	KUNIT_EXPECT_EQ(test, found, 2U);
}

/* What is written behind the end would be written to something else. */
static void capability_that_reaches_beyond_its_space_is_refused(struct kunit *test)
{
	struct pci_dev *dev;

	fake_capabilities(first, 0xe8);
	fake_capability(first, 0xe8, PCI_CAP_ID_MSI, 0xf4);
	fake_put(first, 0xe8 + PCI_MSI_FLAGS, 2, PCI_MSI_FLAGS_64BIT | PCI_MSI_FLAGS_MASKBIT);
	fake_capability(first, 0xf4, PCI_CAP_ID_MSIX, 0);
	fake_bar(first, 0, ADDRESS, 0x1000, 0);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, pci_msi_vec_count(dev), 1);
	KUNIT_EXPECT_EQ(test, pci_msix_vec_count(dev), 1);
	fake_forget();
	first = fake_add(0, SLOT(1), VENDOR, 1);
	fake_capabilities(first, 0xec);
	fake_capability(first, 0xec, PCI_CAP_ID_MSI, 0xf8);
	fake_put(first, 0xec + PCI_MSI_FLAGS, 2, PCI_MSI_FLAGS_64BIT | PCI_MSI_FLAGS_MASKBIT);
	fake_capability(first, 0xf8, PCI_CAP_ID_MSIX, 0);
	fake_bar(first, 0, ADDRESS, 0x1000, 0);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, pci_msi_vec_count(dev), -EINVAL);
	KUNIT_EXPECT_EQ(test, pci_msix_vec_count(dev), -EINVAL);
	fake_put(first, 0xec + PCI_MSI_FLAGS, 2, PCI_MSI_FLAGS_64BIT);
	KUNIT_EXPECT_EQ(test, pci_msi_vec_count(dev), 1);
}

static void capability_in_the_header_ends_the_list(struct kunit *test)
{
	fake_capabilities(first, 0x40);
	fake_capability(first, 0x40, PCI_CAP_ID_VNDR, PCI_COMMAND);
	KUNIT_EXPECT_EQ(test, scan(test)->msi_cap, 0);
}

static void table_of_messages_outside_its_register_is_refused(struct kunit *test)
{
	struct pci_dev *dev;

	fake_bar(first, 0, ADDRESS, 0x1000, 0);
	fake_capabilities(first, 0x40);
	fake_capability(first, 0x40, PCI_CAP_ID_MSIX, 0);
	fake_put(first, 0x40 + PCI_MSIX_FLAGS, 2, 3);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, pci_msix_vec_count(dev), 4);
	fake_put(first, 0x40 + PCI_MSIX_TABLE, 4, 0xfc0);
	KUNIT_EXPECT_EQ(test, pci_msix_vec_count(dev), 4);
	fake_put(first, 0x40 + PCI_MSIX_TABLE, 4, 0xfc8);
	KUNIT_EXPECT_EQ(test, pci_msix_vec_count(dev), -EINVAL);
	fake_put(first, 0x40 + PCI_MSIX_TABLE, 4, 0xfffffff8);
	KUNIT_EXPECT_EQ(test, pci_msix_vec_count(dev), -EINVAL);
	fake_put(first, 0x40 + PCI_MSIX_TABLE, 4, 1);
	KUNIT_EXPECT_EQ(test, pci_msix_vec_count(dev), -EINVAL);
	fake_put(first, 0x40 + PCI_MSIX_TABLE, 4, 7);
	KUNIT_EXPECT_EQ(test, pci_msix_vec_count(dev), -EINVAL);
}

/* ---- pins ---- */

static void pin_has_its_line(struct kunit *test)
{
	struct pci_dev *dev;

	fake_put(first, PCI_INTERRUPT_PIN, 1, PCI_INTERRUPT_INTC);
	dev = scan(test);
	KUNIT_EXPECT_EQ(test, dev->irq, 100U + 1 * 4 + 3);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(dev, 2, 2, PCI_IRQ_INTX), -ENOSPC);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(dev, 1, 4, PCI_IRQ_ALL_TYPES), 1);
	KUNIT_EXPECT_EQ(test, pci_irq_vector(dev, 0), (int)dev->irq);
	KUNIT_EXPECT_EQ(test, pci_irq_vector(dev, 1), -EINVAL);
	pci_free_irq_vectors(dev);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(dev, 0, 1, PCI_IRQ_INTX), -ERANGE);
}

static void bridge_turns_pins_by_slot(struct kunit *test)
{
	struct fake_function *behind;

	fake_bridge(0, SLOT(2), 4, 4);
	behind = fake_add(4, SLOT(3), VENDOR, 2);
	fake_put(behind, PCI_INTERRUPT_PIN, 1, PCI_INTERRUPT_INTB);
	scan(test);
	/* Pin 2 of slot 3 is pin 1 of the bridge, which is in slot 2. */
	KUNIT_EXPECT_EQ(test, fake_device(4, SLOT(3))->irq, 100U + 2 * 4 + 1);
}

static irqreturn_t never(int irq, void *dev)
{
	return IRQ_NONE;
}

static void pin_without_a_known_line_is_not_connected(struct kunit *test)
{
	struct fake_function *other = fake_add(0, SLOT(9), VENDOR, 2);
	struct pci_dev *dev;

	fake_put(other, PCI_INTERRUPT_PIN, 1, PCI_INTERRUPT_INTA);
	fake_put(first, PCI_INTERRUPT_PIN, 1, 77);
	KUNIT_EXPECT_EQ(test, scan(test)->irq, 100U + 1 * 4 + 1);
	dev = fake_device(0, SLOT(9));
	KUNIT_EXPECT_EQ(test, dev->irq, IRQ_NOTCONNECTED);
	KUNIT_EXPECT_EQ(test, request_irq(dev->irq, never, 0, "test", dev), -ENOTCONN);
}

/* ---- drivers ---- */

static struct pci_dev *probed, *removed;
static const struct pci_device_id *probed_by;
static int answer;

static int probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	probed = dev;
	probed_by = id;
	return answer;
}

static void remove(struct pci_dev *dev)
{
	removed = dev;
}

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(VENDOR, 7) },
	{ PCI_DEVICE(VENDOR, 1), .driver_data = 42 },
	{ PCI_DEVICE_CLASS(0x0c0300, ~0U) },
	{}
};

static struct pci_driver driver = { .name = "pci-test", .id_table = ids, .probe = probe, .remove = remove };

static void driver_gets_the_devices_of_its_table(struct kunit *test)
{
	struct pci_dev *dev = scan(test);

	probed = removed = NULL;
	answer = 0;
	KUNIT_ASSERT_EQ(test, pci_register_driver(&driver), 0);
	KUNIT_EXPECT_PTR_EQ(test, probed, dev);
	KUNIT_EXPECT_EQ(test, probed_by ? probed_by->driver_data : 0, 42UL);
	KUNIT_EXPECT_PTR_EQ(test, pci_dev_driver(dev), &driver);
	KUNIT_EXPECT_PTR_EQ(test, removed, (struct pci_dev *)NULL);
	pci_unregister_driver(&driver);
	KUNIT_EXPECT_PTR_EQ(test, removed, dev);
	KUNIT_EXPECT_NULL(test, pci_dev_driver(dev));
}

static void device_is_matched_by_its_class(struct kunit *test)
{
	fake_put(first, PCI_DEVICE_ID, 2, 99);
	fake_put(first, PCI_CLASS_REVISION, 4, 0x0c030000);
	KUNIT_EXPECT_PTR_EQ(test, pci_match_id(ids, scan(test)), &ids[2]);
	KUNIT_EXPECT_TRUE(test, pci_dev_present(ids));
}

static void refused_device_has_no_driver(struct kunit *test)
{
	struct pci_dev *dev = scan(test);

	removed = NULL;
	answer = -ENODEV;
	KUNIT_ASSERT_EQ(test, pci_register_driver(&driver), 0);
	KUNIT_EXPECT_NULL(test, pci_dev_driver(dev));
	pci_unregister_driver(&driver);
	KUNIT_EXPECT_PTR_EQ(test, removed, (struct pci_dev *)NULL);
}

static int probe_managed(struct pci_dev *dev, const struct pci_device_id *id)
{
	int error = pcim_enable_device(dev);

	return error ? error : pci_request_regions(dev, "managed");
}

static void managed_device_gives_all_back(struct kunit *test)
{
	struct pci_driver managed = { .name = "managed", .id_table = ids, .probe = probe_managed };
	struct pci_dev *dev;

	fake_bar(first, 0, ADDRESS, 0x1000, 0);
	dev = scan(test);
	KUNIT_ASSERT_EQ(test, pci_register_driver(&managed), 0);
	KUNIT_EXPECT_TRUE(test, pci_is_enabled(dev));
	KUNIT_EXPECT_EQ(test, pci_request_region(dev, 0, "other"), -EBUSY);
	pci_unregister_driver(&managed);
	KUNIT_EXPECT_FALSE(test, pci_is_enabled(dev));
	KUNIT_EXPECT_EQ(test, pci_request_region(dev, 0, "other"), 0);
	pci_release_region(dev, 0);
}

static void devices_are_searched_in_order(struct kunit *test)
{
	struct pci_dev *dev;

	fake_add(0, SLOT(2), 0x4321, 1);
	fake_add(0, SLOT(3), 0x4321, 2);
	scan(test);
	dev = pci_get_device(0x4321, PCI_ANY_ID, NULL);
	KUNIT_EXPECT_PTR_EQ(test, dev, fake_device(0, SLOT(2)));
	dev = pci_get_device(0x4321, PCI_ANY_ID, dev);
	KUNIT_EXPECT_PTR_EQ(test, dev, fake_device(0, SLOT(3)));
	KUNIT_EXPECT_NULL(test, pci_get_device(0x4321, PCI_ANY_ID, dev));
	dev = pci_get_slot(fake_host->bus, SLOT(3));
	KUNIT_EXPECT_PTR_EQ(test, dev, fake_device(0, SLOT(3)));
	pci_dev_put(dev);
}

static struct kunit_case pci_cases[] = {
	KUNIT_CASE(function_that_answers_is_a_device),
	KUNIT_CASE(other_functions_are_asked_only_if_there_are_several),
	KUNIT_CASE(header_of_an_unknown_kind_is_left_out),
	KUNIT_CASE(device_behind_a_bridge_is_found),
	KUNIT_CASE(bridge_that_leads_back_ends_there),
	KUNIT_CASE(bridge_to_itself_on_every_bus_is_followed_once),
	KUNIT_CASE(registers_are_sized_and_kept),
	KUNIT_CASE(nonsense_register_is_left_out_and_the_others_stay),
	KUNIT_CASE(upper_half_of_a_nonsense_register_is_no_register),
	KUNIT_CASE(device_without_an_address_is_not_enabled),
	KUNIT_CASE(device_at_the_address_of_another_is_not_enabled),
	KUNIT_CASE(enabling_nests),
	KUNIT_CASE(regions_are_had_by_one),
	KUNIT_CASE(unaligned_access_is_refused),
	KUNIT_CASE(capabilities_are_found),
	KUNIT_CASE(capability_that_points_to_itself_ends_the_list),
	KUNIT_CASE(asked_for_the_next_one_again_and_again_a_circle_ends),
	KUNIT_CASE(capability_that_reaches_beyond_its_space_is_refused),
	KUNIT_CASE(capability_in_the_header_ends_the_list),
	KUNIT_CASE(table_of_messages_outside_its_register_is_refused),
	KUNIT_CASE(pin_has_its_line),
	KUNIT_CASE(bridge_turns_pins_by_slot),
	KUNIT_CASE(pin_without_a_known_line_is_not_connected),
	KUNIT_CASE(driver_gets_the_devices_of_its_table),
	KUNIT_CASE(device_is_matched_by_its_class),
	KUNIT_CASE(refused_device_has_no_driver),
	KUNIT_CASE(managed_device_gives_all_back),
	KUNIT_CASE(devices_are_searched_in_order),
	{}
};

static struct kunit_suite pci_suite = {
	.name = "pci",
	.init = begin,
	.exit = end,
	.test_cases = pci_cases,
};
kunit_test_suite(pci_suite);
