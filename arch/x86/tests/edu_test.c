// SPDX-License-Identifier: GPL-2.0-only
/*
 * A message that cannot be masked, of a real device, while its line moves (claim A12): QEMU's edu.
 *
 * The device sends when it is told to, at once, whatever is being done to its message at that moment.
 */
#include <linux/pci.h>
#include "../../../drivers/misc/edu.h"
#include "mover.h"

#define CAUSE	0x2

static unsigned int seen;

static void note_event(void *unused, u32 causes)
{
	WRITE_ONCE(seen, seen + 1);
}

static struct edu *open_by_message(struct kunit *test)
{
	struct pci_dev *pci = pci_get_device(EDU_VENDOR, EDU_DEVICE, NULL);
	struct edu *edu = pci ? edu_of(pci) : NULL;

	if (!edu)
		kunit_skip(test, "no edu device");
	if (!x86_vector_domain || num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs with local APICs");
	seen = 0;
	if (edu_open(edu, PCI_IRQ_MSI, note_event, NULL))
		kunit_skip(test, "no messages");
	return edu;
}

static void raise_while_it_moves(struct kunit *test, bool change_number)
{
	struct edu *edu = open_by_message(test);
	struct mover mover = { .irq = edu_line(edu), .change_number = change_number };
	unsigned int raised = 0;
	bool lost = false;

	start_mover(test, &mover);
	while (!enough(&mover, (int)raised) && !lost) {
		edu_raise(edu, CAUSE);
		lost = !wait_until(READ_ONCE(seen) == raised + 1);
		raised++;
	}
	stop_mover(test, &mover);
	edu_close(edu);
	KUNIT_EXPECT_FALSE(test, lost);
	KUNIT_EXPECT_EQ(test, seen, raised);
}

static void message_is_not_lost_while_its_line_moves(struct kunit *test)
{
	raise_while_it_moves(test, false);
}

static void message_is_not_lost_while_its_line_moves_to_other_numbers(struct kunit *test)
{
	raise_while_it_moves(test, true);
}

static struct kunit_case edu_cases[] = {
	KUNIT_CASE(message_is_not_lost_while_its_line_moves),
	KUNIT_CASE(message_is_not_lost_while_its_line_moves_to_other_numbers),
	{}
};

static struct kunit_suite edu_suite = {
	.name = "x86-edu",
	.test_cases = edu_cases,
};
kunit_test_suite(edu_suite);
