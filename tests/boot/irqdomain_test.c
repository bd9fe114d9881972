// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt domains: from a controller's numbers to lines, plain and one behind the other. Claims A1, A9.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/jiffies.h>
#include <bottomhalf/mark.h>
#include <kunit/scenario.h>

#include "irq_helpers.h"
#include "thread_helpers.h"

#define LINES	8

/* ---- plain */

static unsigned int maps, unmaps;
static int map_answer;
static atomic_t runs;
static int device;

static irqreturn_t handler(int irq, void *dev)
{
	atomic_inc(&runs);
	return IRQ_HANDLED;
}

static int plain_map(struct irq_domain *domain, unsigned int irq, irq_hw_number_t hwirq)
{
	maps++;
	if (map_answer)
		return map_answer;
	irq_set_chip_and_handler(irq, &quiet_chip, handle_simple_irq);
	return 0;
}

static void plain_unmap(struct irq_domain *domain, unsigned int irq)
{
	unmaps++;
}

static const struct irq_domain_ops plain_ops = { .map = plain_map, .unmap = plain_unmap };

static unsigned int descs_before;

static int reset(struct kunit *test)
{
	maps = unmaps = 0;
	map_answer = 0;
	atomic_set(&runs, 0);
	descs_before = irq_descs_in_use();
	return 0;
}

/* Whatever a case did: no number and no mapping is left. */
static void nothing_is_left(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), descs_before);
}

static struct irq_domain *fired_domain;
static irq_hw_number_t fired_number;
static int fire_answer;

static void fire_in_domain_here(void *unused)
{
	fire_answer = generic_handle_domain_irq(fired_domain, fired_number);
}

static int fire_in_domain(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	fired_domain = domain;
	fired_number = hwirq;
	in_hard_irq(fire_in_domain_here, NULL);
	return fire_answer;
}

static void a_number_is_mapped_once(struct kunit *test)
{
	struct irq_domain *domain = irq_domain_create_linear(NULL, LINES, &plain_ops, NULL);
	unsigned int irq = irq_create_mapping(domain, 3);

	KUNIT_ASSERT_GT(test, irq, 0U);
	KUNIT_EXPECT_EQ(test, irq_create_mapping(domain, 3), irq);
	KUNIT_EXPECT_EQ(test, maps, 1U);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, 3), irq);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, 4), 0U);
	KUNIT_EXPECT_EQ(test, irqd_to_hwirq(irq_get_irq_data(irq)), 3UL);
	KUNIT_EXPECT_EQ(test, domain->mapcount, 1U);
	irq_dispose_mapping(irq);
	KUNIT_EXPECT_EQ(test, unmaps, 1U);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, 3), 0U);
	KUNIT_EXPECT_NULL(test, irq_to_desc(irq));
	irq_domain_remove(domain);
}

/* A1: the same number of two controllers is two lines. */
static void two_controllers_have_the_same_numbers(struct kunit *test)
{
	struct irq_domain *a = irq_domain_create_linear(NULL, LINES, &plain_ops, NULL);
	struct irq_domain *b = irq_domain_create_linear(NULL, LINES, &plain_ops, NULL);
	unsigned int irq_a = irq_create_mapping(a, 5), irq_b = irq_create_mapping(b, 5);

	KUNIT_ASSERT_NE(test, irq_a, irq_b);
	KUNIT_ASSERT_EQ(test, request_irq(irq_a, handler, IRQF_NO_THREAD, "a", &device), 0);
	KUNIT_EXPECT_EQ(test, fire_in_domain(b, 5), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_EQ(test, fire_in_domain(a, 5), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_EQ(test, fire_in_domain(a, 6), -EINVAL);
	KUNIT_EXPECT_EQ(test, fire_in_domain(a, LINES + 1), -EINVAL);
	free_irq(irq_a, &device);
	irq_dispose_mapping(irq_a);
	irq_dispose_mapping(irq_b);
	irq_domain_remove(a);
	irq_domain_remove(b);
}

static void numbers_beyond_the_array_are_found_in_a_tree(struct kunit *test)
{
	static const irq_hw_number_t numbers[] = { 0, 7, 1000000, 0xfee00000UL << 20, 42 };
	struct irq_domain *domain = irq_domain_create_tree(NULL, &plain_ops, NULL);
	unsigned int irq[ARRAY_SIZE(numbers)];

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		irq[i] = irq_create_mapping(domain, numbers[i]);
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		KUNIT_EXPECT_GT(test, irq[i], 0U);
		KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, numbers[i]), irq[i]);
	}
	KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, 43), 0U);
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		irq_dispose_mapping(irq[i]);
	KUNIT_EXPECT_EQ(test, domain->mapcount, 0U);
	irq_domain_remove(domain);
}

static void what_the_controller_refuses_has_no_line(struct kunit *test)
{
	struct irq_domain *domain = irq_domain_create_linear(NULL, LINES, &plain_ops, NULL);

	map_answer = -ENXIO;
	KUNIT_EXPECT_EQ(test, irq_create_mapping(domain, 1), 0U);
	map_answer = 0;
	bug_expect(1);
	KUNIT_EXPECT_EQ(test, irq_create_mapping(domain, LINES), 0U);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_EQ(test, domain->mapcount, 0U);
	irq_domain_remove(domain);
}

static void without_memory_for_the_mapping_the_line_is_given_back(struct kunit *test)
{
	struct irq_domain *domain = irq_domain_create_tree(NULL, &plain_ops, NULL);

	if (fault_arm("irqdomain.map", 0)) {
		KUNIT_EXPECT_EQ(test, irq_create_mapping(domain, 9), 0U);
		KUNIT_EXPECT_EQ(test, unmaps, 1U);
		KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, 9), 0U);
	}
	irq_domain_remove(domain);
}

static void lines_that_exist_are_mapped_where_they_are(struct kunit *test)
{
	int first = irq_alloc_descs(-1, 1, LINES, NUMA_NO_NODE);
	struct irq_domain *domain = irq_domain_create_linear(NULL, LINES, &plain_ops, NULL);

	KUNIT_ASSERT_GT(test, first, 0);
	irq_domain_associate_many(domain, (unsigned int)first, 0, LINES);
	for (unsigned int i = 0; i < LINES; i++)
		KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, i), (unsigned int)first + i);
	bug_expect(1);
	KUNIT_EXPECT_EQ(test, irq_domain_associate(domain, (unsigned int)first, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	for (unsigned int i = 0; i < LINES; i++)
		irq_dispose_mapping((unsigned int)first + i);
	irq_domain_remove(domain);
}

static void a_domain_with_lines_is_kept_and_reported(struct kunit *test)
{
	struct irq_domain *domain = irq_domain_create_linear(NULL, LINES, &plain_ops, NULL);
	unsigned int irq = irq_create_mapping(domain, 1);

	bug_expect(1);
	irq_domain_remove(domain);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, 1), irq);
	irq_dispose_mapping(irq);
	irq_domain_remove(domain);
}

static void a_domain_is_found_by_name_and_purpose(struct kunit *test)
{
	struct fwnode_handle *fwnode = irq_domain_alloc_named_fwnode("a-controller");
	struct irq_domain *domain = irq_domain_create_linear(fwnode, LINES, &plain_ops, NULL);

	irq_domain_update_bus_token(domain, DOMAIN_BUS_NEXUS);
	KUNIT_EXPECT_STREQ(test, domain->name, "a-controller");
	KUNIT_EXPECT_PTR_EQ(test, irq_find_matching_fwnode(fwnode, DOMAIN_BUS_ANY), domain);
	KUNIT_EXPECT_PTR_EQ(test, irq_find_matching_fwnode(fwnode, DOMAIN_BUS_NEXUS), domain);
	KUNIT_EXPECT_NULL(test, irq_find_matching_fwnode(fwnode, DOMAIN_BUS_IPI));
	KUNIT_EXPECT_NULL(test, irq_find_matching_fwnode(NULL, DOMAIN_BUS_ANY));
	irq_domain_remove(domain);
	irq_domain_free_fwnode(fwnode);
}

/* ---- three levels: device (outermost), middle, CPU */

enum { AFFINITY = FIRST_OF_FILE, FIRE, ALLOC = 200, FREE = 300, ACTIVATE = 400, DEACTIVATE = 500 };

struct level {
	int number;			/* 0: the CPU's */
	irq_hw_number_t first;		/* its numbers begin there */
	int alloc_answer, activate_answer;
	struct irq_domain *domain;
};

static struct level levels[3];

static int soft_set_affinity(struct irq_data *data, const struct cpumask *dest, bool force)
{
	log_event(&seen, AFFINITY);
	irq_data_update_effective_affinity(data, dest);
	return IRQ_SET_MASK_OK_DONE;
}

static int soft_retrigger(struct irq_data *data)
{
	log_event(&seen, FIRE);
	return 1;
}

/* As a vector's chip would: here <linux/msi.h>'s message is no more than a word. */
static void soft_compose(struct irq_data *data, struct msi_msg *msg)
{
	*(unsigned long *)msg = data->hwirq;
}

static struct irq_chip cpu_chip = {
	.name = "cpu",
	.irq_ack = soft_ack,
	.irq_mask = no_function,
	.irq_unmask = no_function,
	.irq_set_affinity = soft_set_affinity,
	.irq_retrigger = soft_retrigger,
	.irq_compose_msi_msg = soft_compose,
};

static struct irq_chip middle_chip = {
	.name = "middle",
	.irq_ack = irq_chip_ack_parent,
	.irq_mask = soft_mask,
	.irq_unmask = soft_unmask,
	.irq_set_affinity = irq_chip_set_affinity_parent,
	.irq_retrigger = irq_chip_retrigger_hierarchy,
};

static struct irq_chip device_chip = {
	.name = "device",
	.irq_ack = irq_chip_ack_parent,
	.irq_mask = irq_chip_mask_parent,
	.irq_unmask = irq_chip_unmask_parent,
	.irq_set_affinity = irq_chip_set_affinity_parent,
	.irq_retrigger = irq_chip_retrigger_hierarchy,
};

static struct irq_chip *const chips[] = { &cpu_chip, &middle_chip, &device_chip };

static int level_alloc(struct irq_domain *domain, unsigned int irq, unsigned int count, void *arg)
{
	struct level *level = domain->host_data;
	int error = level->number ? irq_domain_alloc_irqs_parent(domain, irq, count, arg) : 0;

	if (error)
		return error;
	log_event(&seen, ALLOC + level->number);
	if (level->alloc_answer) {
		irq_domain_free_irqs_parent(domain, irq, count);
		return level->alloc_answer;
	}
	for (unsigned int i = 0; i < count; i++)
		irq_domain_set_hwirq_and_chip(domain, irq + i, level->first + *(unsigned int *)arg + i,
					      chips[level->number], level);
	if (level->number == 2)
		for (unsigned int i = 0; i < count; i++)
			irq_set_handler(irq + i, handle_edge_irq);
	return 0;
}

static void level_free(struct irq_domain *domain, unsigned int irq, unsigned int count)
{
	log_event(&seen, FREE + ((struct level *)domain->host_data)->number);
	irq_domain_free_irqs_common(domain, irq, count);
}

static int level_activate(struct irq_domain *domain, struct irq_data *data, bool early)
{
	const struct level *level = domain->host_data;

	log_event(&seen, ACTIVATE + level->number);
	return level->activate_answer;
}

static void level_deactivate(struct irq_domain *domain, struct irq_data *data)
{
	log_event(&seen, DEACTIVATE + ((struct level *)domain->host_data)->number);
}

static const struct irq_domain_ops level_ops = {
	.alloc = level_alloc,
	.free = level_free,
	.activate = level_activate,
	.deactivate = level_deactivate,
};

/* Return: the outermost. */
static struct irq_domain *make_levels(struct kunit *test)
{
	for (int i = 0; i < 3; i++) {
		levels[i] = (struct level){ .number = i, .first = (irq_hw_number_t)i * 1000 };
		levels[i].domain = irq_domain_create_hierarchy(i ? levels[i - 1].domain : NULL, 0, i == 1 ? 0 : 4000,
							       NULL, &level_ops, &levels[i]);
		KUNIT_ASSERT_NOT_NULL(test, levels[i].domain);
	}
	log_reset(&seen);
	return levels[2].domain;
}

static void remove_levels(void)
{
	for (int i = 2; i >= 0; i--)
		irq_domain_remove(levels[i].domain);
}

/* A1 */
static void a_line_has_a_number_at_each_level(struct kunit *test)
{
	struct irq_domain *outermost = make_levels(test);
	unsigned int nr = 5;
	int irq = irq_domain_alloc_irqs(outermost, 2, NUMA_NO_NODE, &nr);

	KUNIT_ASSERT_GT(test, irq, 0);
	EXPECT_LOG(test, &seen, ALLOC, ALLOC + 1, ALLOC + 2);
	for (int i = 0; i < 3; i++) {
		struct irq_data *data = irq_domain_get_irq_data(levels[i].domain, (unsigned int)irq);

		KUNIT_ASSERT_NOT_NULL(test, data);
		KUNIT_EXPECT_EQ(test, data->hwirq, (unsigned long)i * 1000 + 5);
		KUNIT_EXPECT_PTR_EQ(test, data->chip, chips[i]);
		KUNIT_EXPECT_PTR_EQ(test, irq_data_to_desc(data), irq_to_desc((unsigned int)irq));
		KUNIT_EXPECT_EQ(test, irq_find_mapping(levels[i].domain, (unsigned long)i * 1000 + 6),
				(unsigned int)irq + 1);
		KUNIT_EXPECT_EQ(test, levels[i].domain->mapcount, 2U);
	}
	log_reset(&seen);
	irq_domain_free_irqs((unsigned int)irq, 2);
	EXPECT_LOG(test, &seen, FREE + 2, FREE + 1, FREE, FREE + 2, FREE + 1, FREE);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(levels[0].domain, 5), 0U);
	remove_levels();
}

static void a_used_line_is_activated_from_the_cpu_on(struct kunit *test)
{
	struct irq_domain *outermost = make_levels(test);
	unsigned int nr = 1, irq = (unsigned int)irq_domain_alloc_irqs(outermost, 1, NUMA_NO_NODE, &nr);

	log_reset(&seen);
	KUNIT_ASSERT_EQ(test, request_irq(irq, handler, IRQF_NO_THREAD, "levels", &device), 0);
	EXPECT_LOG(test, &seen, ACTIVATE, ACTIVATE + 1, ACTIVATE + 2, UNMASK, AFFINITY);
	log_reset(&seen);
	KUNIT_EXPECT_EQ(test, fire_in_domain(outermost, 2001), 0);
	EXPECT_LOG(test, &seen, ACK);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	log_reset(&seen);
	free_irq(irq, &device);
	EXPECT_LOG(test, &seen, MASK, DEACTIVATE + 2, DEACTIVATE + 1, DEACTIVATE);
	irq_domain_free_irqs(irq, 1);
	remove_levels();
}

static void what_cannot_be_activated_cannot_be_requested(struct kunit *test)
{
	struct irq_domain *outermost = make_levels(test);
	unsigned int nr = 1, irq = (unsigned int)irq_domain_alloc_irqs(outermost, 1, NUMA_NO_NODE, &nr);

	levels[1].activate_answer = -ENOSPC;
	log_reset(&seen);
	KUNIT_EXPECT_EQ(test, request_irq(irq, handler, 0, "levels", &device), -ENOSPC);
	EXPECT_LOG(test, &seen, ACTIVATE, ACTIVATE + 1, DEACTIVATE);
	KUNIT_EXPECT_FALSE(test, irq_has_action(irq));
	levels[1].activate_answer = 0;
	KUNIT_EXPECT_EQ(test, request_irq(irq, handler, 0, "levels", &device), 0);
	free_irq(irq, &device);
	irq_domain_free_irqs(irq, 1);
	remove_levels();
}

static void what_one_level_refuses_leaves_nothing_at_the_others(struct kunit *test)
{
	struct irq_domain *outermost = make_levels(test);
	unsigned int nr = 1;

	for (int refuses = 0; refuses < 3; refuses++) {
		levels[refuses].alloc_answer = -ENOSPC;
		KUNIT_EXPECT_EQ(test, irq_domain_alloc_irqs(outermost, 2, NUMA_NO_NODE, &nr), -ENOSPC);
		levels[refuses].alloc_answer = 0;
		for (int i = 0; i < 3; i++)
			KUNIT_EXPECT_EQ(test, levels[i].domain->mapcount, 0U);
		KUNIT_EXPECT_EQ(test, irq_descs_in_use(), descs_before);
	}
	remove_levels();
}

/* The middle domain's mappings are in a tree: the only ones that need memory. */
static void without_memory_nothing_is_left(struct kunit *test)
{
	static const char *const steps[] = { "irqdomain.chain", "irqdomain.map" };
	struct irq_domain *outermost = make_levels(test);
	unsigned int nr = 1;

	for (size_t step = 0; step < ARRAY_SIZE(steps); step++)
		for (unsigned int skip = 0; skip < 2; skip++) {
			if (!fault_arm(steps[step], skip))
				continue;
			KUNIT_EXPECT_EQ(test, irq_domain_alloc_irqs(outermost, 2, NUMA_NO_NODE, &nr), -ENOMEM);
			for (int i = 0; i < 3; i++)
				KUNIT_EXPECT_EQ(test, levels[i].domain->mapcount, 0U);
			KUNIT_EXPECT_EQ(test, irq_descs_in_use(), descs_before);
		}
	remove_levels();
}

static void chips_that_pass_on_reach_the_cpu(struct kunit *test)
{
	struct irq_domain *outermost = make_levels(test);
	unsigned int nr = 7, irq = (unsigned int)irq_domain_alloc_irqs(outermost, 1, NUMA_NO_NODE, &nr);
	struct irq_data *data = irq_get_irq_data(irq);
	unsigned long message = 0;

	log_reset(&seen);
	KUNIT_EXPECT_EQ(test, data->chip->irq_set_affinity(data, cpumask_of(0), false), IRQ_SET_MASK_OK_DONE);
	KUNIT_EXPECT_EQ(test, data->chip->irq_retrigger(data), 1);
	data->chip->irq_mask(data);
	EXPECT_LOG(test, &seen, AFFINITY, FIRE, MASK);
	KUNIT_EXPECT_EQ(test, irq_chip_compose_msi_msg(data, (struct msi_msg *)&message), 0);
	KUNIT_EXPECT_EQ(test, message, 7UL);
	KUNIT_EXPECT_EQ(test, irq_chip_set_type_parent(data, IRQ_TYPE_LEVEL_HIGH), -ENOSYS);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(irq_get_effective_affinity_mask(irq), cpumask_of(0)));
	irq_domain_free_irqs(irq, 1);
	remove_levels();
}

/* An emulator that does not get through in time is left where it is: then it is fewer, and said. */
static void lines_taken_and_given_back_100000_times_leave_nothing(struct kunit *test)
{
	const unsigned int rounds = scenario_simulated() ? 500 : 100000;
	unsigned int mappings = irq_domain_mappings(), i;
	struct irq_domain *outermost = make_levels(test);
	unsigned long end = jiffies + 20 * HZ;

	for (i = 0; i < rounds && time_before(jiffies, end); i++) {
		unsigned int nr = i % 100;
		int irq = irq_domain_alloc_irqs(outermost, 1 + i % 3, NUMA_NO_NODE, &nr);

		KUNIT_ASSERT_GT(test, irq, 0);
		irq_domain_free_irqs((unsigned int)irq, 1 + i % 3);
	}
	if (i < rounds)
		kunit_info(test, "%u times of %u\n", i, rounds);
	KUNIT_EXPECT_EQ(test, irq_domain_mappings(), mappings);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), descs_before);
	remove_levels();
}

static struct kunit_case irqdomain_cases[] = {
	KUNIT_CASE(a_number_is_mapped_once),
	KUNIT_CASE(two_controllers_have_the_same_numbers),
	KUNIT_CASE(numbers_beyond_the_array_are_found_in_a_tree),
	KUNIT_CASE(what_the_controller_refuses_has_no_line),
	KUNIT_CASE(without_memory_for_the_mapping_the_line_is_given_back),
	KUNIT_CASE(lines_that_exist_are_mapped_where_they_are),
	KUNIT_CASE(a_domain_with_lines_is_kept_and_reported),
	KUNIT_CASE(a_domain_is_found_by_name_and_purpose),
	KUNIT_CASE(a_line_has_a_number_at_each_level),
	KUNIT_CASE(a_used_line_is_activated_from_the_cpu_on),
	KUNIT_CASE(what_cannot_be_activated_cannot_be_requested),
	KUNIT_CASE(what_one_level_refuses_leaves_nothing_at_the_others),
	KUNIT_CASE(without_memory_nothing_is_left),
	KUNIT_CASE(chips_that_pass_on_reach_the_cpu),
	KUNIT_CASE(lines_taken_and_given_back_100000_times_leave_nothing),
	{}
};

static struct kunit_suite irqdomain_suite = {
	.name = "irqdomain",
	.init = reset,
	.exit = nothing_is_left,
	.test_cases = irqdomain_cases,
};
kunit_test_suite(irqdomain_suite);
