// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers and descriptors: taking, giving back, what a new one is; settings of a line; what a person is
 * shown. Claims A6, A9.
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/msi.h>
#include <bottomhalf/mark.h>
#include <kunit/scenario.h>

#include "irq_helpers.h"
#include "thread_helpers.h"

static int device;

static irqreturn_t handler(int irq, void *dev)
{
	return IRQ_HANDLED;
}

/* ---- numbers */

static void numbers_are_had_one_by_one_and_in_a_row(struct kunit *test)
{
	unsigned int before = irq_descs_in_use();
	int one = irq_alloc_desc(NUMA_NO_NODE);
	int row = irq_alloc_descs(-1, 1, 3, NUMA_NO_NODE);

	KUNIT_ASSERT_GT(test, one, 0);
	KUNIT_ASSERT_GT(test, row, 0);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), before + 4);
	for (int i = 0; i < 3; i++) {
		KUNIT_EXPECT_NOT_NULL(test, irq_to_desc((unsigned int)(row + i)));
		KUNIT_EXPECT_NE(test, row + i, one);
	}
	irq_free_descs((unsigned int)row, 3);
	irq_free_desc((unsigned int)one);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), before);
	KUNIT_EXPECT_NULL(test, irq_to_desc((unsigned int)one));
}

static void a_number_that_is_asked_for_is_given_once(struct kunit *test)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	KUNIT_ASSERT_GT(test, irq, 0);
	KUNIT_EXPECT_EQ(test, irq_alloc_desc_at(irq, NUMA_NO_NODE), -EEXIST);
	irq_free_desc((unsigned int)irq);
	KUNIT_EXPECT_EQ(test, irq_alloc_desc_at(irq, NUMA_NO_NODE), irq);
	irq_free_desc((unsigned int)irq);
}

static void numbers_that_cannot_be_are_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, irq_alloc_descs(-1, 0, 0, NUMA_NO_NODE), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_alloc_descs(5, 6, 1, NUMA_NO_NODE), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_alloc_descs(-1, 0, NR_IRQS, NUMA_NO_NODE), -ENOSPC);
	KUNIT_EXPECT_LT(test, irq_alloc_descs(NR_IRQS - 1, 0, 2, NUMA_NO_NODE), 0);
	KUNIT_EXPECT_LT(test, irq_alloc_desc_at(NR_IRQS, NUMA_NO_NODE), 0);
	KUNIT_EXPECT_NULL(test, irq_to_desc(NR_IRQS));
}

static void message_is_told_its_line(struct kunit *test)
{
	unsigned int irq = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);
	struct msi_desc message = { };

	KUNIT_EXPECT_EQ(test, irq_set_msi_desc(irq, &message), 0);
	KUNIT_EXPECT_PTR_EQ(test, irq_get_msi_desc(irq), &message);
	KUNIT_EXPECT_EQ(test, message.irq, irq);
	KUNIT_EXPECT_EQ(test, irq_set_msi_desc(irq, NULL), 0);
	irq_free_desc(irq);
}

/* All or none. */
static void without_memory_for_the_last_none_of_a_row_is_taken(struct kunit *test)
{
	unsigned int before = irq_descs_in_use();
	int row;

	if (!fault_arm("irqdesc.alloc", 2))
		kunit_skip(test, "no faults in this build (CONFIG_MARKS)");
	KUNIT_EXPECT_EQ(test, irq_alloc_descs(-1, 1, 3, NUMA_NO_NODE), -ENOMEM);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), before);
	row = irq_alloc_descs(-1, 1, 3, NUMA_NO_NODE);
	KUNIT_EXPECT_GT(test, row, 0);
	irq_free_descs((unsigned int)row, 3);
}

/* A stale pointer leads to the same number, and to a line without chip. */
static void memory_of_a_number_stays_its_own(struct kunit *test)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE), other;
	struct irq_desc *desc = irq_to_desc((unsigned int)irq);

	irq_set_chip_and_handler((unsigned int)irq, &quiet_chip, handle_level_irq);
	irq_set_chip_data((unsigned int)irq, &device);
	irq_set_status_flags((unsigned int)irq, IRQ_NOREQUEST | IRQ_LEVEL);
	irq_free_desc((unsigned int)irq);
	KUNIT_EXPECT_PTR_EQ(test, desc->irq_data.chip, &no_irq_chip);
	KUNIT_EXPECT_TRUE(test, desc->handle_irq == handle_bad_irq);

	other = irq_alloc_desc_at(irq + 1, NUMA_NO_NODE);
	KUNIT_EXPECT_TRUE(test, irq_to_desc((unsigned int)(irq + 1)) != desc);
	KUNIT_EXPECT_EQ(test, irq_alloc_desc_at(irq, NUMA_NO_NODE), irq);
	KUNIT_EXPECT_PTR_EQ(test, irq_to_desc((unsigned int)irq), desc);
	KUNIT_EXPECT_NULL(test, irq_get_chip_data((unsigned int)irq));
	KUNIT_EXPECT_FALSE(test, irqd_is_level_type(irq_get_irq_data((unsigned int)irq)));
	KUNIT_EXPECT_EQ(test, kstat_irqs((unsigned int)irq), 0U);
	irq_free_desc((unsigned int)irq);
	if (other > 0)
		irq_free_desc((unsigned int)other);
}

static void a_number_with_a_handler_is_kept_and_reported(struct kunit *test)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	irq_set_chip_and_handler((unsigned int)irq, &quiet_chip, handle_level_irq);
	KUNIT_ASSERT_EQ(test, request_irq((unsigned int)irq, handler, 0, "kept", &device), 0);
	bug_expect(1);
	irq_free_desc((unsigned int)irq);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_NOT_NULL(test, irq_to_desc((unsigned int)irq));
	free_irq((unsigned int)irq, &device);
	irq_free_desc((unsigned int)irq);
}

/* Rows of changing length, so that they fall into places that others left. */
static void taken_and_given_back_100000_times_nothing_is_left(struct kunit *test)
{
	const unsigned int rounds = scenario_simulated() ? 2000 : 100000;
	unsigned int before = irq_descs_in_use();
	struct sysinfo first, last;

	si_meminfo(&first);
	for (unsigned int i = 0; i < rounds; i++) {
		int row = irq_alloc_descs(-1, 1, 1 + i % 4, NUMA_NO_NODE);

		KUNIT_ASSERT_GT(test, row, 0);
		irq_free_descs((unsigned int)row, 1 + i % 4);
		if (i == 8)
			si_meminfo(&first);
	}
	si_meminfo(&last);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), before);
	/* Other CPUs may take a page meanwhile, but not one a round. */
	KUNIT_EXPECT_LE(test, first.freeram, last.freeram + rounds / 100);
}

/* ---- settings */

static void settings_change_the_state_of_a_line(struct kunit *test)
{
	unsigned int irq = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);
	struct irq_data *data = irq_get_irq_data(irq);

	irq_set_chip_and_handler(irq, &quiet_chip, handle_level_irq);
	KUNIT_EXPECT_TRUE(test, irqd_can_balance(data));
	irq_set_status_flags(irq, IRQ_NO_BALANCING | IRQ_LEVEL | IRQ_MOVE_PCNTXT);
	KUNIT_EXPECT_FALSE(test, irqd_can_balance(data));
	KUNIT_EXPECT_TRUE(test, irqd_is_level_type(data));
	KUNIT_EXPECT_TRUE(test, irqd_can_move_in_process_context(data));
	irq_clear_status_flags(irq, IRQ_NO_BALANCING | IRQ_LEVEL | IRQ_MOVE_PCNTXT);
	KUNIT_EXPECT_TRUE(test, irqd_can_balance(data));
	KUNIT_EXPECT_FALSE(test, irqd_is_level_type(data));
	KUNIT_EXPECT_FALSE(test, irqd_can_move_in_process_context(data));

	irq_set_status_flags(irq, IRQ_NOREQUEST);
	KUNIT_EXPECT_EQ(test, request_irq(irq, handler, 0, "refused", &device), -EINVAL);
	irq_free_desc(irq);
}

static unsigned int masked_at_type;

static int type_of_masked_line(struct irq_data *data, unsigned int type)
{
	masked_at_type = irqd_irq_masked(data);
	return 0;
}

static struct irq_chip type_masked_chip = {
	.name = "type-masked",
	.irq_mask = no_function,
	.irq_unmask = no_function,
	.irq_set_type = type_of_masked_line,
	.flags = IRQCHIP_SET_TYPE_MASKED,
};

static void a_chip_that_wants_it_masked_gets_its_type_so(struct kunit *test)
{
	unsigned int irq = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);

	irq_set_chip_and_handler(irq, &type_masked_chip, handle_simple_irq);
	KUNIT_ASSERT_EQ(test, request_irq(irq, handler, 0, "typed", &device), 0);
	KUNIT_EXPECT_FALSE(test, irqd_irq_masked(irq_get_irq_data(irq)));
	KUNIT_EXPECT_EQ(test, irq_set_irq_type(irq, IRQ_TYPE_LEVEL_LOW), 0);
	KUNIT_EXPECT_EQ(test, masked_at_type, 1U);
	KUNIT_EXPECT_FALSE(test, irqd_irq_masked(irq_get_irq_data(irq)));
	KUNIT_EXPECT_EQ(test, irq_get_trigger_type(irq), (unsigned int)IRQ_TYPE_LEVEL_LOW);
	free_irq(irq, &device);
	irq_free_desc(irq);
}

/* ---- a controller behind a line */

static unsigned int chained_runs;

static void chained_flow(struct irq_desc *desc)
{
	if (irq_desc_get_handler_data(desc) == &device)
		chained_runs++;
}

static void a_chained_line_is_started_and_takes_no_handler(struct kunit *test)
{
	unsigned int irq = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);

	chained_runs = 0;
	irq_set_chip(irq, &quiet_chip);
	irq_set_chained_handler_and_data(irq, chained_flow, &device);
	KUNIT_EXPECT_TRUE(test, irqd_is_started(irq_get_irq_data(irq)));
	KUNIT_EXPECT_FALSE(test, irqd_irq_masked(irq_get_irq_data(irq)));
	fire(irq);
	KUNIT_EXPECT_EQ(test, chained_runs, 1U);
	KUNIT_EXPECT_EQ(test, request_irq(irq, handler, 0, "refused", &device), -EINVAL);
	KUNIT_EXPECT_TRUE(test, irq_has_action(irq));
	irq_set_chained_handler(irq, NULL);
	KUNIT_EXPECT_TRUE(test, irqd_irq_masked(irq_get_irq_data(irq)));
	KUNIT_EXPECT_TRUE(test, irqd_irq_disabled(irq_get_irq_data(irq)));
	KUNIT_EXPECT_FALSE(test, irq_has_action(irq));
	irq_free_desc(irq);
}

/* ---- for people */

/* A6 */
static void states_are_named_for_people(struct kunit *test)
{
	unsigned int irq = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);
	char text[160];
	u64 seq;

	irq_set_chip_and_handler_name(irq, &quiet_chip, handle_edge_irq, "edge");
	KUNIT_ASSERT_EQ(test, request_irq(irq, handler, IRQF_NO_THREAD, "a device", &device), 0);
	fire(irq);
	disable_irq(irq);
	fire(irq);
	irq_describe_states(irq, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text, "DISABLED MASKED STARTED ACTIVATED PENDING");
	irq_describe_states(irq, text, 12);
	KUNIT_EXPECT_STREQ(test, text, "DISABLED MA");

	seq = printk_next_seq();
	irq_dump_all();
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "edge quiet-0 "));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, ", depth 1, fired 1: a device"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "DISABLED MASKED STARTED ACTIVATED PENDING"));
	enable_irq(irq);
	free_irq(irq, &device);
	irq_free_desc(irq);
}

static struct kunit_case irqdesc_cases[] = {
	KUNIT_CASE(numbers_are_had_one_by_one_and_in_a_row),
	KUNIT_CASE(a_number_that_is_asked_for_is_given_once),
	KUNIT_CASE(numbers_that_cannot_be_are_refused),
	KUNIT_CASE(message_is_told_its_line),
	KUNIT_CASE(without_memory_for_the_last_none_of_a_row_is_taken),
	KUNIT_CASE(memory_of_a_number_stays_its_own),
	KUNIT_CASE(a_number_with_a_handler_is_kept_and_reported),
	KUNIT_CASE(taken_and_given_back_100000_times_nothing_is_left),
	KUNIT_CASE(settings_change_the_state_of_a_line),
	KUNIT_CASE(a_chip_that_wants_it_masked_gets_its_type_so),
	KUNIT_CASE(a_chained_line_is_started_and_takes_no_handler),
	KUNIT_CASE(states_are_named_for_people),
	{}
};

static struct kunit_suite irqdesc_suite = {
	.name = "irqdesc",
	.test_cases = irqdesc_cases,
};
kunit_test_suite(irqdesc_suite);
