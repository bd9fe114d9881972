// SPDX-License-Identifier: GPL-2.0-only
/*
 * QEMU's edu device and its driver: interrupts by pin and by message, and what it computes and copies.
 * A9. Without such a device every case is skipped.
 */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/smp.h>

#include "../../drivers/misc/edu.h"
#include "helpers.h"
#include "pci_helpers.h"

#define EDU_ACK		0x64

static struct edu *edu;
static atomic_t events;
static u32 causes_seen;

static int begin(struct kunit *test)
{
	struct pci_dev *dev = find_device(EDU_VENDOR, EDU_DEVICE, 0);

	if (!dev)
		kunit_skip(test, "no edu device");
	edu = edu_of(dev);
	KUNIT_ASSERT_NOT_NULL(test, edu);
	atomic_set(&events, 0);
	causes_seen = 0;
	return 0;
}

static void end(struct kunit *test)
{
	if (edu)
		edu_close(edu);
}

static void count(void *arg, u32 causes)
{
	causes_seen |= causes;
	atomic_inc(&events);
}

static void open(struct kunit *test, unsigned int ways)
{
	int error = edu_open(edu, ways, count, NULL);

	if ((error == -EINVAL || error == -ENOSPC) && ways == PCI_IRQ_MSI)
		kunit_skip(test, "no interrupts by message here");
	KUNIT_ASSERT_EQ(test, error, 0);
	KUNIT_ASSERT_EQ(test, !!edu->pci->msi_enabled, ways == PCI_IRQ_MSI);
}

static void raised_runs_its_handler_each_time(struct kunit *test, unsigned int ways)
{
	open(test, ways);
	for (int i = 1; i <= 100; i++) {
		edu_raise(edu, 2U << i % 5);
		KUNIT_ASSERT_TRUE(test, wait_until(atomic_read(&events) == i));
	}
	KUNIT_EXPECT_EQ(test, edu->interrupts, 100UL);
	KUNIT_EXPECT_EQ(test, causes_seen, 0x3eU);
}

static void pin_raised_runs_its_handler_each_time(struct kunit *test)
{
	raised_runs_its_handler_each_time(test, PCI_IRQ_INTX);
}

static void message_raised_runs_its_handler_each_time(struct kunit *test)
{
	raised_runs_its_handler_each_time(test, PCI_IRQ_MSI);
}

static void raised_while_disabled_runs_when_enabled(struct kunit *test, unsigned int ways)
{
	open(test, ways);
	disable_irq(edu_line(edu));
	edu_raise(edu, 2);
	edu_raise(edu, 4);
	KUNIT_EXPECT_EQ(test, atomic_read(&events), 0);
	enable_irq(edu_line(edu));
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&events)));
	synchronize_irq(edu_line(edu));
	KUNIT_EXPECT_EQ(test, causes_seen, 6U);
	KUNIT_EXPECT_EQ(test, edu->interrupts, 1UL);
}

static void pin_raised_while_disabled_runs_when_enabled(struct kunit *test)
{
	raised_while_disabled_runs_when_enabled(test, PCI_IRQ_INTX);
}

static void message_raised_while_disabled_runs_when_enabled(struct kunit *test)
{
	raised_while_disabled_runs_when_enabled(test, PCI_IRQ_MSI);
}

static void message_has_a_line_of_its_own(struct kunit *test)
{
	unsigned int pin = edu->pci->irq;

	open(test, PCI_IRQ_MSI);
	KUNIT_EXPECT_NE(test, edu_line(edu), pin);
	KUNIT_EXPECT_EQ(test, edu->pci->irq, edu_line(edu));
	edu_raise(edu, 2);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&events)));
	edu_close(edu);
	KUNIT_EXPECT_EQ(test, edu->pci->irq, pin);
	KUNIT_EXPECT_EQ(test, edu_line(edu), pin);
}

static void best_way_is_taken(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, edu_open(edu, PCI_IRQ_ALL_TYPES, count, NULL), 0);
	KUNIT_EXPECT_EQ(test, !!edu->pci->msi_enabled, edu->pci->dev.msi.domain != NULL);
	KUNIT_EXPECT_EQ(test, edu_open(edu, PCI_IRQ_ALL_TYPES, count, NULL), -EBUSY);
	edu_raise(edu, 2);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&events)));
}

static void opened_a_thousand_times_interrupts_still(struct kunit *test)
{
	unsigned int mappings = irq_domain_mappings(), line = 0;

	for (int i = 1; i <= 1000; i++) {
		KUNIT_ASSERT_EQ(test, edu_open(edu, PCI_IRQ_ALL_TYPES, count, NULL), 0);
		if (i == 1)
			line = edu_line(edu);
		/* Numbers are given back: the same one serves. */
		KUNIT_ASSERT_EQ(test, edu_line(edu), line);
		edu_raise(edu, 2);
		KUNIT_ASSERT_TRUE(test, wait_until(atomic_read(&events) == i));
		edu_close(edu);
	}
	KUNIT_EXPECT_EQ(test, irq_domain_mappings(), mappings);
}

static void raised_after_close_reaches_nobody(struct kunit *test)
{
	open(test, PCI_IRQ_MSI);
	edu_close(edu);
	edu_raise(edu, 2);
	open(test, PCI_IRQ_MSI);
	edu_raise(edu, 4);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&events)));
	synchronize_irq(edu_line(edu));
	KUNIT_EXPECT_EQ(test, causes_seen, 4U);
	KUNIT_EXPECT_EQ(test, atomic_read(&events), 1);
}

/* The line's handler would be left with what is freed. */
static void message_with_a_handler_is_not_given_back(struct kunit *test)
{
	open(test, PCI_IRQ_MSI);
	bug_expect(1);
	pci_free_irq_vectors(edu->pci);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_TRUE(test, edu->pci->msi_enabled);
	edu_raise(edu, 2);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&events)));
}

static irqreturn_t neighbour(int irq, void *dev)
{
	writel(~0U, edu->regs + EDU_ACK);
	atomic_inc(&events);
	return IRQ_HANDLED;
}

static void nothing(void *unused)
{
}

/* A level that nobody ends would have the neighbour's line shut off. */
static void pin_raised_after_close_leaves_the_neighbours_alone(struct kunit *test)
{
	unsigned int line;

	open(test, PCI_IRQ_INTX);
	line = edu_line(edu);
	edu_close(edu);
	KUNIT_ASSERT_EQ(test, request_irq(line, neighbour, IRQF_SHARED, "neighbour", &events), 0);
	edu_raise(edu, 2);
	/* What was raised comes before the second of these at the latest. */
	on_each_cpu(nothing, NULL, 1);
	on_each_cpu(nothing, NULL, 1);
	free_irq(line, &events);
	KUNIT_EXPECT_EQ(test, atomic_read(&events), 0);
}

static void factorial_is_computed_and_announced(struct kunit *test)
{
	u32 result;

	KUNIT_ASSERT_EQ(test, edu_open(edu, PCI_IRQ_ALL_TYPES, count, NULL), 0);
	KUNIT_ASSERT_EQ(test, edu_factorial(edu, 10, &result), 0);
	KUNIT_EXPECT_EQ(test, result, 3628800U);
	KUNIT_ASSERT_EQ(test, edu_factorial(edu, 13, &result), 0);
	KUNIT_EXPECT_EQ(test, result, 1932053504U);	/* modulo 2^32 */
	KUNIT_EXPECT_EQ(test, causes_seen, EDU_FACTORIAL_DONE);
}

static void memory_is_copied_there_and_back(struct kunit *test)
{
	static u8 out[1000], back[1000];

	for (size_t i = 0; i < sizeof(out); i++)
		out[i] = (u8)(i * 7 + i / 256);
	memset(back, 0, sizeof(back));
	KUNIT_ASSERT_EQ(test, edu_open(edu, PCI_IRQ_ALL_TYPES, count, NULL), 0);
	KUNIT_EXPECT_EQ(test, edu_store(edu, out, EDU_BUFFER_SIZE + 1), -EINVAL);
	KUNIT_ASSERT_EQ(test, edu_store(edu, out, sizeof(out)), 0);
	KUNIT_ASSERT_EQ(test, edu_load(edu, back, sizeof(back)), 0);
	KUNIT_EXPECT_EQ(test, memcmp(out, back, sizeof(out)), 0);
	KUNIT_EXPECT_EQ(test, causes_seen, EDU_DMA_DONE);
}

static void driver_leaves_and_comes_back(struct kunit *test)
{
	struct pci_dev *dev = edu->pci;

	KUNIT_ASSERT_EQ(test, edu_open(edu, PCI_IRQ_ALL_TYPES, count, NULL), 0);
	edu = NULL;
	device_release_driver(&dev->dev);
	KUNIT_EXPECT_NULL(test, pci_dev_driver(dev));
	KUNIT_EXPECT_FALSE(test, pci_is_enabled(dev));
	KUNIT_EXPECT_FALSE(test, pci_dev_msi_enabled(dev));
	KUNIT_EXPECT_NULL(test, edu_of(dev));
	KUNIT_ASSERT_EQ(test, device_attach(&dev->dev), 1);
	edu = edu_of(dev);
	KUNIT_ASSERT_NOT_NULL(test, edu);
	KUNIT_ASSERT_EQ(test, edu_open(edu, PCI_IRQ_ALL_TYPES, count, NULL), 0);
	edu_raise(edu, 2);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&events)));
}

static struct kunit_case edu_cases[] = {
	KUNIT_CASE(pin_raised_runs_its_handler_each_time),
	KUNIT_CASE(message_raised_runs_its_handler_each_time),
	KUNIT_CASE(pin_raised_while_disabled_runs_when_enabled),
	KUNIT_CASE(message_raised_while_disabled_runs_when_enabled),
	KUNIT_CASE(message_has_a_line_of_its_own),
	KUNIT_CASE(best_way_is_taken),
	KUNIT_CASE(opened_a_thousand_times_interrupts_still),
	KUNIT_CASE(raised_after_close_reaches_nobody),
	KUNIT_CASE(message_with_a_handler_is_not_given_back),
	KUNIT_CASE(pin_raised_after_close_leaves_the_neighbours_alone),
	KUNIT_CASE(factorial_is_computed_and_announced),
	KUNIT_CASE(memory_is_copied_there_and_back),
	KUNIT_CASE(driver_leaves_and_comes_back),
	{}
};

static struct kunit_suite edu_suite = {
	.name = "edu",
	.init = begin,
	.exit = end,
	.test_cases = edu_cases,
};
kunit_test_suite(edu_suite);
