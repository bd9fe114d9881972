// SPDX-License-Identifier: GPL-2.0-only
/*
 * Probing for a line. Claim A9: a legacy device's line is found by making it ask.
 */
#include "irq_helpers.h"
#include "thread_helpers.h"
#include "../../kernel/irq/internals.h"

static unsigned int second_line;
static unsigned int noisy_line;
static struct irq_work noise;
static int device;

/* A line that floats: it fires as soon as it is let go. */
static void fire_soon(struct irq_data *data)
{
	noisy_line = data->irq;
	irq_work_queue(&noise);
}

static void fire_noise(struct irq_work *work)
{
	generic_handle_irq(noisy_line);
}

static struct irq_chip noisy_chip = {
	.name = "noisy",
	.irq_mask = no_function,
	.irq_unmask = fire_soon,
	.irq_ack = no_function,
};

static irqreturn_t handler(int irq, void *dev)
{
	return IRQ_HANDLED;
}

static atomic_t runs;

static irqreturn_t count_runs(int irq, void *dev)
{
	atomic_inc(&runs);
	return IRQ_HANDLED;
}

static int take_lines(struct kunit *test)
{
	int first = irq_alloc_descs(-1, 1, 2, NUMA_NO_NODE);

	if (first < 0)
		return first;
	line = (unsigned int)first;
	second_line = line + 1;
	noise = IRQ_WORK_INIT(fire_noise);
	atomic_set(&runs, 0);
	irq_set_chip_and_handler(line, &quiet_chip, handle_level_irq);
	irq_set_chip_and_handler(second_line, &quiet_chip, handle_edge_irq);
	return 0;
}

static void give_lines_back(struct kunit *test)
{
	irq_free_descs(line, 2);
}

static void the_line_that_fires_is_found(struct kunit *test)
{
	unsigned long probe = probe_irq_on();
	struct irq_data *data = irq_get_irq_data(line);

	KUNIT_EXPECT_FALSE(test, irqd_irq_disabled(data));
	fire(line);
	KUNIT_EXPECT_EQ(test, probe_irq_off(probe), (int)line);
	KUNIT_EXPECT_TRUE(test, irqd_irq_disabled(data));
	KUNIT_EXPECT_FALSE(test, irqd_is_started(data));

	/* What it fired then is not for the one who requests it. */
	KUNIT_EXPECT_EQ(test, request_irq(line, handler, 0, "found", &device), 0);
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->istate, 0U);
	free_irq(line, &device);
}

static void of_two_that_fire_the_first_is_said_negative(struct kunit *test)
{
	unsigned long probe = probe_irq_on();

	fire(second_line);
	fire(line);
	KUNIT_EXPECT_EQ(test, probe_irq_off(probe), -(int)line);
}

/* Ended by the mask, which is of the first sixteen lines; then the next one may probe. */
static void none_fires_and_the_next_may_probe(struct kunit *test)
{
	unsigned long probe = probe_irq_on();

	KUNIT_EXPECT_EQ(test, probe_irq_mask(probe), 0U);
	probe = probe_irq_on();
	KUNIT_EXPECT_EQ(test, probe_irq_off(probe), 0);
}

static void a_line_in_use_and_one_that_must_not_are_left_alone(struct kunit *test)
{
	unsigned long probe;

	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "in use", &device), 0);
	irq_set_noprobe(second_line);
	probe = probe_irq_on();
	KUNIT_EXPECT_FALSE(test, irqd_is_started(irq_get_irq_data(second_line)));
	fire(line);
	fire(second_line);
	KUNIT_EXPECT_EQ(test, probe_irq_off(probe), 0);
	free_irq(line, &device);
}

static void a_line_that_fires_by_itself_is_left_out(struct kunit *test)
{
	unsigned long probe;

	irq_set_chip(second_line, &noisy_chip);
	probe = probe_irq_on();
	KUNIT_EXPECT_FALSE(test, irqd_is_started(irq_get_irq_data(second_line)));
	fire(line);
	KUNIT_EXPECT_EQ(test, probe_irq_off(probe), (int)line);
	irq_work_sync(&noise);
}

static void requested_meanwhile_it_is_not_found(struct kunit *test)
{
	unsigned long probe = probe_irq_on();

	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "quick", &device), 0);
	fire(line);
	KUNIT_EXPECT_EQ(test, probe_irq_off(probe), 0);
	KUNIT_EXPECT_TRUE(test, irqd_is_started(irq_get_irq_data(line)));
	free_irq(line, &device);
}

/* Its prober has it enabled; the one who requests it wants to do that himself. */
static void requested_meanwhile_without_autoenable_it_is_disabled(struct kunit *test)
{
	unsigned long probe = probe_irq_on();

	KUNIT_ASSERT_EQ(test, request_irq(line, count_runs, IRQF_NO_AUTOEN, "later", &device), 0);
	KUNIT_EXPECT_TRUE(test, irqd_irq_disabled(irq_get_irq_data(line)));
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_EQ(test, probe_irq_off(probe), 0);
	enable_irq(line);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs) == 1));
	free_irq(line, &device);
}

static struct kunit_case irq_probe_cases[] = {
	KUNIT_CASE(the_line_that_fires_is_found),
	KUNIT_CASE(of_two_that_fire_the_first_is_said_negative),
	KUNIT_CASE(none_fires_and_the_next_may_probe),
	KUNIT_CASE(a_line_in_use_and_one_that_must_not_are_left_alone),
	KUNIT_CASE(a_line_that_fires_by_itself_is_left_out),
	KUNIT_CASE(requested_meanwhile_it_is_not_found),
	KUNIT_CASE(requested_meanwhile_without_autoenable_it_is_disabled),
	{}
};

static struct kunit_suite irq_probe_suite = {
	.name = "irq_probe",
	.init = take_lines,
	.exit = give_lines_back,
	.test_cases = irq_probe_cases,
};
kunit_test_suite(irq_probe_suite);
