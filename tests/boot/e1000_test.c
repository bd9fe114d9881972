// SPDX-License-Identifier: GPL-2.0-only
/*
 * Intel's 8254x and its driver: interrupts by pin. A9. On QEMU and Bochs; elsewhere every case is skipped.
 */
#include <linux/errno.h>

#include "../../drivers/net/e1000.h"
#include "helpers.h"
#include "pci_helpers.h"

static struct e1000 *nic;
static atomic_t events;

static int begin(struct kunit *test)
{
	struct pci_dev *dev = find_device(PCI_VENDOR_ID_INTEL, 0x100e, 0);

	if (!dev)
		kunit_skip(test, "no e1000");
	nic = e1000_of(dev);
	KUNIT_ASSERT_NOT_NULL(test, nic);
	atomic_set(&events, 0);
	return 0;
}

static void end(struct kunit *test)
{
	if (nic)
		e1000_close(nic);
}

static void count(void *arg, u32 causes)
{
	atomic_inc(&events);
}

static void cause_raised_runs_its_handler_each_time(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, e1000_open(nic, 0, count, NULL), 0);
	for (int i = 1; i <= 100; i++) {
		e1000_raise(nic, E1000_CAUSE_LINK);
		KUNIT_ASSERT_TRUE(test, wait_until(atomic_read(&events) == i));
	}
	KUNIT_EXPECT_EQ(test, nic->interrupts, 100UL);
	KUNIT_EXPECT_EQ(test, nic->causes[2], 100UL);
	KUNIT_EXPECT_EQ(test, nic->causes[0], 0UL);
}

static void causes_raised_together_are_served_together(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, e1000_open(nic, 0, count, NULL), 0);
	e1000_raise(nic, E1000_CAUSE_TX_DONE | E1000_CAUSE_RX_TIMER);
	KUNIT_ASSERT_TRUE(test, wait_until(atomic_read(&events)));
	synchronize_irq(e1000_line(nic));
	KUNIT_EXPECT_EQ(test, nic->interrupts, 1UL);
	KUNIT_EXPECT_EQ(test, nic->causes[0], 1UL);
	KUNIT_EXPECT_EQ(test, nic->causes[7], 1UL);
}

static void raised_while_disabled_runs_once_when_enabled(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, e1000_open(nic, 0, count, NULL), 0);
	disable_irq(e1000_line(nic));
	for (int i = 0; i < 3; i++)
		e1000_raise(nic, E1000_CAUSE_LINK);
	KUNIT_EXPECT_EQ(test, atomic_read(&events), 0);
	enable_irq(e1000_line(nic));
	KUNIT_ASSERT_TRUE(test, wait_until(atomic_read(&events)));
	synchronize_irq(e1000_line(nic));
	KUNIT_EXPECT_EQ(test, atomic_read(&events), 1);
}

static void closed_device_is_quiet(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, e1000_open(nic, 0, count, NULL), 0);
	KUNIT_EXPECT_EQ(test, e1000_open(nic, 0, count, NULL), -EBUSY);
	e1000_close(nic);
	e1000_raise(nic, E1000_CAUSE_LINK);
	KUNIT_EXPECT_EQ(test, atomic_read(&events), 0);
	KUNIT_ASSERT_EQ(test, e1000_open(nic, 0, count, NULL), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&events), 0);
}

static struct kunit_case e1000_cases[] = {
	KUNIT_CASE(cause_raised_runs_its_handler_each_time),
	KUNIT_CASE(causes_raised_together_are_served_together),
	KUNIT_CASE(raised_while_disabled_runs_once_when_enabled),
	KUNIT_CASE(closed_device_is_quiet),
	{}
};

static struct kunit_suite e1000_suite = {
	.name = "e1000",
	.init = begin,
	.exit = end,
	.test_cases = e1000_cases,
};
kunit_test_suite(e1000_suite);
