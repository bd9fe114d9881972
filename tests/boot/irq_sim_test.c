// SPDX-License-Identifier: GPL-2.0-only
/*
 * The software interrupt controller; asking and telling chips; interrupts by hand; nested lines.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq_sim.h>
#include <linux/irqdesc.h>

#include "thread_helpers.h"

#define LINES	4

static struct irq_domain *domain;
static atomic_t runs[LINES];
static unsigned int requested, released;
static int request_answer;
static unsigned int descs_before;

static int note_request(struct irq_domain *of, irq_hw_number_t hwirq, void *data)
{
	requested += data == runs ? 1 : 100;
	return request_answer;
}

static void note_release(struct irq_domain *of, irq_hw_number_t hwirq, void *data)
{
	released++;
}

static const struct irq_sim_ops ops = {
	.irq_sim_irq_requested = note_request,
	.irq_sim_irq_released = note_release,
};

static int make_controller(struct kunit *test)
{
	descs_before = irq_descs_in_use();
	requested = released = 0;
	request_answer = 0;
	for (int i = 0; i < LINES; i++)
		atomic_set(&runs[i], 0);
	domain = irq_domain_create_sim_full(NULL, LINES, &ops, runs);
	return IS_ERR(domain) ? (int)PTR_ERR(domain) : 0;
}

static void remove_controller(struct kunit *test)
{
	for (unsigned int i = 0; i < LINES; i++)
		irq_dispose_mapping(irq_find_mapping(domain, i));
	irq_domain_remove_sim(domain);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), descs_before);
}

static irqreturn_t handler(int irq, void *dev)
{
	atomic_inc((atomic_t *)dev);
	return IRQ_HANDLED;
}

static unsigned int request_line(struct kunit *test, unsigned int number)
{
	unsigned int irq = irq_create_mapping(domain, number);

	KUNIT_ASSERT_GT(test, irq, 0U);
	KUNIT_ASSERT_EQ(test, request_irq(irq, handler, IRQF_TRIGGER_RISING, "sim", &runs[number]), 0);
	return irq;
}

static int make_pending(unsigned int irq)
{
	return irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
}

static void a_line_that_is_made_pending_fires(struct kunit *test)
{
	unsigned int first = request_line(test, 0), second = request_line(test, 1);

	KUNIT_EXPECT_EQ(test, make_pending(second), 0);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs[1]) == 1));
	KUNIT_EXPECT_EQ(test, make_pending(first), 0);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs[0]) == 1));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs[1]), 1);
	free_irq(first, &runs[0]);
	free_irq(second, &runs[1]);
}

static void a_pending_line_can_be_asked_and_called_off(struct kunit *test)
{
	unsigned int irq = request_line(test, 2);
	bool pending = false;

	local_irq_disable();
	make_pending(irq);
	irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &pending);
	irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, false);
	local_irq_enable();
	KUNIT_EXPECT_TRUE(test, pending);
	irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &pending);
	KUNIT_EXPECT_FALSE(test, pending);
	free_irq(irq, &runs[2]);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs[2]), 0);
}

static void what_a_chip_does_not_know_is_an_error(struct kunit *test)
{
	unsigned int irq = request_line(test, 0);
	int bare = irq_alloc_desc(NUMA_NO_NODE);
	bool state;

	KUNIT_EXPECT_EQ(test, irq_get_irqchip_state(irq, IRQCHIP_STATE_ACTIVE, &state), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_set_irqchip_state(irq, IRQCHIP_STATE_MASKED, true), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_get_irqchip_state((unsigned int)bare, IRQCHIP_STATE_PENDING, &state), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_get_irqchip_state(NR_IRQS, IRQCHIP_STATE_PENDING, &state), -EINVAL);
	irq_free_desc((unsigned int)bare);
	free_irq(irq, &runs[0]);
}

static void a_line_knows_edges_only(struct kunit *test)
{
	unsigned int irq = irq_create_mapping(domain, 0);

	KUNIT_EXPECT_EQ(test, irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_set_irq_type(irq, IRQ_TYPE_EDGE_BOTH), 0);
	KUNIT_EXPECT_EQ(test, irq_get_trigger_type(irq), (unsigned int)IRQ_TYPE_EDGE_BOTH);
}

static void the_maker_is_told_of_the_first_and_the_last_user(struct kunit *test)
{
	unsigned int irq = request_line(test, 3);

	KUNIT_EXPECT_EQ(test, requested, 1U);
	KUNIT_EXPECT_EQ(test, released, 0U);
	free_irq(irq, &runs[3]);
	KUNIT_EXPECT_EQ(test, released, 1U);
	request_answer = -EBUSY;
	KUNIT_EXPECT_EQ(test, request_irq(irq, handler, 0, "sim", &runs[3]), -EBUSY);
	KUNIT_EXPECT_FALSE(test, irq_has_action(irq));
}

/* ---- by hand */

static void a_line_is_made_to_fire_by_hand(struct kunit *test)
{
	int bare = irq_alloc_desc(NUMA_NO_NODE);
	unsigned int irq = request_line(test, 0);

	KUNIT_EXPECT_EQ(test, irq_inject_interrupt(irq), 0);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs[0]) == 1));
	free_irq(irq, &runs[0]);

	/* A chip that cannot be told: as a replay, if the line is in use. */
	irq_set_chip_and_handler((unsigned int)bare, &dummy_irq_chip, handle_simple_irq);
	KUNIT_EXPECT_EQ(test, irq_inject_interrupt((unsigned int)bare), -EINVAL);
	KUNIT_ASSERT_EQ(test, request_irq((unsigned int)bare, handler, 0, "by hand", &runs[1]), 0);
	for (int i = 1; i <= 3; i++) {
		KUNIT_EXPECT_EQ(test, irq_inject_interrupt((unsigned int)bare), 0);
		KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs[1]) == i));
	}
	/* Twice before the first has come, it is told so. */
	local_irq_disable();
	KUNIT_EXPECT_EQ(test, irq_inject_interrupt((unsigned int)bare), 0);
	KUNIT_EXPECT_EQ(test, irq_inject_interrupt((unsigned int)bare), -EBUSY);
	local_irq_enable();
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs[1]) == 4));
	free_irq((unsigned int)bare, &runs[1]);
	irq_free_desc((unsigned int)bare);
}

/* ---- nested: the handler runs in the thread of the line that its controller is on */

static struct task_struct *nested_ran_in;
static unsigned int nested_line;
static struct completion nested_done;

static irqreturn_t nested_handler(int irq, void *dev)
{
	nested_ran_in = current;
	complete(&nested_done);
	return IRQ_HANDLED;
}

static irqreturn_t demultiplex(int irq, void *dev)
{
	*(struct task_struct **)dev = current;
	handle_nested_irq(nested_line);
	return IRQ_HANDLED;
}

static irqreturn_t wake_thread(int irq, void *dev)
{
	return IRQ_WAKE_THREAD;
}

static void a_nested_line_runs_in_its_parents_thread(struct kunit *test)
{
	unsigned int parent = irq_create_mapping(domain, 0);
	struct task_struct *thread = NULL;

	init_completion(&nested_done);
	nested_line = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);
	irq_set_chip_and_handler(nested_line, &dummy_irq_chip, handle_simple_irq);
	irq_set_nested_thread(nested_line, true);
	irq_set_parent((int)nested_line, (int)parent);
	KUNIT_EXPECT_EQ(test, request_any_context_irq(nested_line, nested_handler, 0, "nested", runs),
			IRQC_IS_NESTED);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(parent, wake_thread, demultiplex, 0, "parent", &thread), 0);
	make_pending(parent);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&nested_done, PATIENCE), 0UL);
	KUNIT_EXPECT_PTR_EQ(test, nested_ran_in, thread);
	KUNIT_EXPECT_EQ(test, kstat_irqs(nested_line), 1U);

	/* Disabled, it is remembered; enabled, it asks its parent again. */
	synchronize_irq(parent);
	disable_irq(nested_line);
	make_pending(parent);
	synchronize_irq(parent);
	KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&nested_done));
	enable_irq(nested_line);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&nested_done, PATIENCE), 0UL);

	/* There is nobody to ask. */
	synchronize_irq(parent);
	irq_set_parent((int)nested_line, NR_IRQS);
	KUNIT_EXPECT_EQ(test, irq_inject_interrupt(nested_line), -EINVAL);
	irq_set_parent((int)nested_line, -1);
	KUNIT_EXPECT_EQ(test, irq_inject_interrupt(nested_line), -EINVAL);
	free_irq(parent, &thread);
	free_irq(nested_line, runs);
	irq_free_desc(nested_line);
}

static struct kunit_case irq_sim_cases[] = {
	KUNIT_CASE(a_line_that_is_made_pending_fires),
	KUNIT_CASE(a_pending_line_can_be_asked_and_called_off),
	KUNIT_CASE(what_a_chip_does_not_know_is_an_error),
	KUNIT_CASE(a_line_knows_edges_only),
	KUNIT_CASE(the_maker_is_told_of_the_first_and_the_last_user),
	KUNIT_CASE(a_line_is_made_to_fire_by_hand),
	KUNIT_CASE(a_nested_line_runs_in_its_parents_thread),
	{}
};

static struct kunit_suite irq_sim_suite = {
	.name = "irq_sim",
	.init = make_controller,
	.exit = remove_controller,
	.test_cases = irq_sim_cases,
};
kunit_test_suite(irq_sim_suite);
