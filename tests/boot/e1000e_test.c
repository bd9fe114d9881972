// SPDX-License-Identifier: GPL-2.0-only
/*
 * Intel's 82574 and its driver: by MSI-X, MSI and pin. A9. Where there is none every case is skipped.
 */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irq.h>

#include "../../drivers/net/e1000e.h"
#include "helpers.h"
#include "pci_helpers.h"

static struct e1000e *nic;
static atomic_t events[E1000E_SOURCES];

static int begin(struct kunit *test)
{
	struct pci_dev *dev = find_device(PCI_VENDOR_ID_INTEL, 0x10d3, 0);

	if (!dev)
		kunit_skip(test, "no e1000e");
	nic = e1000e_of(dev);
	KUNIT_ASSERT_NOT_NULL(test, nic);
	for (int source = 0; source < E1000E_SOURCES; source++)
		atomic_set(&events[source], 0);
	return 0;
}

static void bring_all_back(struct kunit *test)
{
	unsigned int cpu;

	for_each_present_cpu(cpu)
		if (!cpu_online(cpu))
			KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);
}

static void end(struct kunit *test)
{
	if (nic)
		e1000e_close(nic);
	bring_all_back(test);
}

static void count(void *arg, enum e1000e_source source)
{
	atomic_inc(&events[source]);
}

static void open(struct kunit *test, unsigned int way)
{
	int lines;

	if (way != PCI_IRQ_INTX && !nic->pci->dev.msi.domain)
		kunit_skip(test, "no interrupts by message here");
	lines = e1000e_open(nic, way, count, NULL);
	KUNIT_ASSERT_EQ(test, lines, way == PCI_IRQ_MSIX ? (int)E1000E_SOURCES : 1);
	KUNIT_EXPECT_EQ(test, !!nic->pci->msix_enabled, way == PCI_IRQ_MSIX);
	KUNIT_EXPECT_EQ(test, !!nic->pci->msi_enabled, way == PCI_IRQ_MSI);
}

static void every_source_runs_its_handler(struct kunit *test, unsigned int way)
{
	open(test, way);
	for (int i = 1; i <= 50; i++)
		for (int source = 0; source < E1000E_SOURCES; source++) {
			e1000e_raise(nic, source);
			KUNIT_ASSERT_TRUE(test, wait_until(atomic_read(&events[source]) == i));
		}
}

static void each_source_runs_its_handler_by_pin(struct kunit *test)
{
	every_source_runs_its_handler(test, PCI_IRQ_INTX);
}

static void each_source_runs_its_handler_by_msi(struct kunit *test)
{
	every_source_runs_its_handler(test, PCI_IRQ_MSI);
}

static void each_source_runs_its_handler_by_msix(struct kunit *test)
{
	every_source_runs_its_handler(test, PCI_IRQ_MSIX);
}

static void each_source_has_its_line_by_msix(struct kunit *test)
{
	open(test, PCI_IRQ_MSIX);
	for (int a = 0; a < E1000E_SOURCES; a++) {
		KUNIT_EXPECT_EQ(test, pci_irq_vector(nic->pci, (unsigned int)a), (int)e1000e_irq(nic, a));
		for (int b = 0; b < a; b++)
			KUNIT_EXPECT_NE(test, e1000e_irq(nic, a), e1000e_irq(nic, b));
	}
	KUNIT_EXPECT_EQ(test, pci_irq_vector(nic->pci, E1000E_SOURCES), -EINVAL);
}

static void disabled_message_leaves_the_others_alone(struct kunit *test)
{
	open(test, PCI_IRQ_MSIX);
	disable_irq(e1000e_irq(nic, E1000E_RX0));
	e1000e_raise(nic, E1000E_RX0);
	e1000e_raise(nic, E1000E_TX1);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&events[E1000E_TX1]) == 1));
	KUNIT_EXPECT_EQ(test, atomic_read(&events[E1000E_RX0]), 0);
	enable_irq(e1000e_irq(nic, E1000E_RX0));
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&events[E1000E_RX0]) == 1));
}

static void more_messages_than_there_are_are_not_given(struct kunit *test)
{
	int there = pci_msix_vec_count(nic->pci);

	if (!nic->pci->dev.msi.domain)
		kunit_skip(test, "no interrupts by message here");
	KUNIT_EXPECT_GE(test, there, (int)E1000E_SOURCES);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(nic->pci, (unsigned int)there + 1, 100, PCI_IRQ_MSIX),
			-ENOSPC);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(nic->pci, 1, 100, PCI_IRQ_ALL_TYPES), there);
	pci_free_irq_vectors(nic->pci);
}

static void chosen_entries_have_lines(struct kunit *test)
{
	struct msix_entry entries[2] = { { .entry = 3 }, { .entry = 1 } };

	if (!nic->pci->dev.msi.domain)
		kunit_skip(test, "no interrupts by message here");
	KUNIT_ASSERT_EQ(test, pci_enable_msix_exact(nic->pci, entries, 2), 0);
	KUNIT_EXPECT_NE(test, entries[0].vector, entries[1].vector);
	bug_expect(1);
	KUNIT_EXPECT_EQ(test, pci_enable_msi(nic->pci), -EINVAL);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	pci_disable_msix(nic->pci);
	entries[1].entry = 3;
	KUNIT_EXPECT_EQ(test, pci_enable_msix_exact(nic->pci, entries, 2), -EINVAL);
	entries[1].entry = 99;
	KUNIT_EXPECT_EQ(test, pci_enable_msix_exact(nic->pci, entries, 2), -EINVAL);
	KUNIT_EXPECT_FALSE(test, pci_dev_msi_enabled(nic->pci));
}

static void opened_by_each_way_in_turn_interrupts_still(struct kunit *test)
{
	static const unsigned int ways[] = { PCI_IRQ_INTX, PCI_IRQ_MSI, PCI_IRQ_MSIX };

	for (int i = 1; i <= 60; i++) {
		open(test, ways[i % 3]);
		e1000e_raise(nic, E1000E_OTHER);
		KUNIT_ASSERT_TRUE(test, wait_until(atomic_read(&events[E1000E_OTHER]) == i));
		e1000e_close(nic);
	}
}

/* ---- lines of their own CPUs ---- */

static unsigned int ran_on[E1000E_SOURCES];

static void count_and_note_cpu(void *arg, enum e1000e_source source)
{
	WRITE_ONCE(ran_on[source], raw_smp_processor_id());
	atomic_inc(&events[source]);
}

static void open_spread(struct kunit *test)
{
	if (!nic->pci->dev.msi.domain)
		kunit_skip(test, "no interrupts by message here");
	KUNIT_ASSERT_EQ(test, e1000e_open(nic, PCI_IRQ_MSIX | PCI_IRQ_AFFINITY, count_and_note_cpu, NULL),
			(int)E1000E_SOURCES);
}

static const struct cpumask *cpus_of(enum e1000e_source source)
{
	return pci_irq_get_affinity(nic->pci, source);
}

static void raise_and_wait(struct kunit *test, enum e1000e_source source)
{
	int before = atomic_read(&events[source]);

	e1000e_raise(nic, source);
	KUNIT_ASSERT_TRUE(test, wait_until(atomic_read(&events[source]) != before));
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu((int)ran_on[source], cpus_of(source)));
}

static void expect_shared_out(struct kunit *test, enum e1000e_source a, enum e1000e_source b)
{
	struct cpumask both;

	cpumask_or(&both, cpus_of(a), cpus_of(b));
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&both, cpu_possible_mask));
	KUNIT_EXPECT_EQ(test, cpumask_intersects(cpus_of(a), cpus_of(b)), num_possible_cpus() == 1);
}

static void spread_messages_run_where_they_belong(struct kunit *test)
{
	open_spread(test);
	expect_shared_out(test, E1000E_RX0, E1000E_RX1);
	expect_shared_out(test, E1000E_TX0, E1000E_TX1);
	for (int source = 0; source < E1000E_SOURCES; source++) {
		KUNIT_EXPECT_EQ(test, irqd_affinity_is_managed(irq_get_irq_data(e1000e_irq(nic, source))),
				source != E1000E_OTHER);
		raise_and_wait(test, source);
	}
	e1000e_close(nic);
	open(test, PCI_IRQ_MSIX);
	KUNIT_EXPECT_NULL(test, cpus_of(E1000E_RX0));
	KUNIT_EXPECT_FALSE(test, irqd_affinity_is_managed(irq_get_irq_data(e1000e_irq(nic, E1000E_RX0))));
}

static void take_down_cpus_of(struct kunit *test, enum e1000e_source source)
{
	unsigned int cpu;

	for_each_cpu(cpu, cpus_of(source))
		KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
}

/* What is raised meanwhile waits in the device, whose entry is masked. */
static void spread_message_stops_and_starts_with_its_cpus(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_HOTPLUG_CPU) || num_online_cpus() < 2 || num_online_cpus() != nr_cpu_ids)
		kunit_skip(test, "needs two CPUs");
	open_spread(test);
	for (int i = 0; i < 3; i++) {
		int before = atomic_read(&events[E1000E_RX1]);

		take_down_cpus_of(test, E1000E_RX1);
		e1000e_raise(nic, E1000E_RX1);
		raise_and_wait(test, E1000E_RX0);
		raise_and_wait(test, E1000E_TX0);
		KUNIT_EXPECT_EQ(test, atomic_read(&events[E1000E_RX1]), before);
		bring_all_back(test);
		KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&events[E1000E_RX1]) != before));
		raise_and_wait(test, E1000E_RX1);
		raise_and_wait(test, E1000E_TX1);
	}
}

static unsigned int told_to_spread;

static void note_and_make_one_set(struct irq_affinity *affd, unsigned int nvecs)
{
	told_to_spread = nvecs;
	affd->nr_sets = 1;
	affd->set_size[0] = nvecs;
}

static void spread_messages_are_as_many_as_cpus(struct kunit *test)
{
	int there = pci_msix_vec_count(nic->pci), cpus = (int)num_possible_cpus();
	struct irq_affinity affd = { .pre_vectors = 1 };

	if (!nic->pci->dev.msi.domain)
		kunit_skip(test, "no interrupts by message here");
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(nic->pci, 1, 100, PCI_IRQ_MSIX | PCI_IRQ_AFFINITY),
			min(there, cpus));
	pci_free_irq_vectors(nic->pci);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors_affinity(nic->pci, 1, 100, PCI_IRQ_MSIX | PCI_IRQ_AFFINITY,
							     &affd), min(there, cpus + 1));
	KUNIT_EXPECT_FALSE(test, irqd_affinity_is_managed(irq_get_irq_data((unsigned int)pci_irq_vector(nic->pci, 0))));
	pci_free_irq_vectors(nic->pci);
	affd.pre_vectors = 2;
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors_affinity(nic->pci, 1, 100, PCI_IRQ_MSIX | PCI_IRQ_AFFINITY,
							     &affd), -ENOSPC);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors_affinity(nic->pci, 1, 1, PCI_IRQ_MSI | PCI_IRQ_AFFINITY,
							     &affd), -ENOSPC);
}

static void pin_is_not_spread_and_its_driver_is_told(struct kunit *test)
{
	struct irq_affinity affd = { .pre_vectors = 1, .calc_sets = note_and_make_one_set };

	told_to_spread = 99;
	KUNIT_ASSERT_EQ(test, pci_alloc_irq_vectors_affinity(nic->pci, 1, 1, PCI_IRQ_INTX | PCI_IRQ_AFFINITY,
							     &affd), 1);
	KUNIT_EXPECT_EQ(test, told_to_spread, 0U);
	KUNIT_EXPECT_TRUE(test, cpus_of(0) == cpu_possible_mask);
	pci_free_irq_vectors(nic->pci);
	/* Exceptions from nothing. */
	bug_expect(1);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors_affinity(nic->pci, 1, 1, PCI_IRQ_INTX, &affd), 1);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	pci_free_irq_vectors(nic->pci);
}

static struct kunit_case e1000e_cases[] = {
	KUNIT_CASE(each_source_runs_its_handler_by_pin),
	KUNIT_CASE(each_source_runs_its_handler_by_msi),
	KUNIT_CASE(each_source_runs_its_handler_by_msix),
	KUNIT_CASE(each_source_has_its_line_by_msix),
	KUNIT_CASE(disabled_message_leaves_the_others_alone),
	KUNIT_CASE(more_messages_than_there_are_are_not_given),
	KUNIT_CASE(chosen_entries_have_lines),
	KUNIT_CASE(opened_by_each_way_in_turn_interrupts_still),
	KUNIT_CASE(spread_messages_run_where_they_belong),
	KUNIT_CASE(spread_message_stops_and_starts_with_its_cpus),
	KUNIT_CASE(spread_messages_are_as_many_as_cpus),
	KUNIT_CASE(pin_is_not_spread_and_its_driver_is_told),
	{}
};

static struct kunit_suite e1000e_suite = {
	.name = "e1000e",
	.init = begin,
	.exit = end,
	.test_cases = e1000e_cases,
};
kunit_test_suite(e1000e_suite);
