// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of which each CPU has its own: requested once, enabled CPU by CPU. Claim A5 (the per-CPU flow with a
 * device for each CPU), on a software chip.
 */
#include <linux/errno.h>
#include <linux/percpu.h>

#include "irq_helpers.h"
#include "thread_helpers.h"

static DEFINE_PER_CPU(int, device);
static DEFINE_PER_CPU(int, other);
static void *handed;			/* to the handler */

static int make_line(struct kunit *test)
{
	int error = take_line(&soft_chip, handle_percpu_devid_irq);

	handed = NULL;
	return error ? error : irq_set_percpu_devid(line);
}

static irqreturn_t handler(int irq, void *dev)
{
	log_event(&seen, HANDLER);
	handed = dev;
	return IRQ_HANDLED;
}

static void request(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request_percpu_irq(line, handler, "soft-test", &device), 0);
	stay_on(test, 0);
}

static void requested_it_is_enabled_nowhere(struct kunit *test)
{
	request(test);
	KUNIT_EXPECT_FALSE(test, irq_percpu_is_enabled(line));
	EXPECT_LOG(test, &seen);
	free_percpu_irq(line, &device);
}

static void enabled_its_handler_gets_the_device_of_its_cpu(struct kunit *test)
{
	request(test);
	enable_percpu_irq(line, IRQ_TYPE_NONE);
	KUNIT_EXPECT_TRUE(test, irq_percpu_is_enabled(line));
	fire(line);
	EXPECT_LOG(test, &seen, UNMASK, ACK, HANDLER, EOI);
	KUNIT_EXPECT_PTR_EQ(test, handed, (void *)per_cpu_ptr(&device, 0));
	disable_percpu_irq(line);
	KUNIT_EXPECT_FALSE(test, irq_percpu_is_enabled(line));
	free_percpu_irq(line, &device);
}

struct on_cpu_1 {
	bool was_enabled, is_enabled;
};

static void enable_and_fire(void *arg)
{
	struct on_cpu_1 *said = arg;

	said->was_enabled = irq_percpu_is_enabled(line);
	enable_percpu_irq(line, IRQ_TYPE_NONE);
	said->is_enabled = irq_percpu_is_enabled(line);
	fire(line);
	disable_percpu_irq(line);
}

static void enabled_on_one_cpu_it_is_not_on_another(struct kunit *test)
{
	struct on_cpu_1 said;
	struct actor actor;

	SKIP_ON_ONE_CPU(test);
	request(test);
	enable_percpu_irq(line, IRQ_TYPE_NONE);
	actor_start(test, &actor, 1, enable_and_fire, &said);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_FALSE(test, said.was_enabled);
	KUNIT_EXPECT_TRUE(test, said.is_enabled);
	KUNIT_EXPECT_PTR_EQ(test, handed, (void *)per_cpu_ptr(&device, 1));
	KUNIT_EXPECT_TRUE(test, irq_percpu_is_enabled(line));
	disable_percpu_irq(line);
	free_percpu_irq(line, &device);
}

static void wrong_requests_of_it_are_refused(struct kunit *test)
{
	unsigned int plain = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);

	irq_set_chip_and_handler(plain, &soft_chip, handle_percpu_irq);
	KUNIT_EXPECT_EQ(test, request_percpu_irq(plain, handler, "x", &device), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_percpu_irq(line, handler, "x", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, __request_percpu_irq(line, handler, IRQF_SHARED, "x", &device), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_set_percpu_devid(line), -EINVAL);
	request(test);
	KUNIT_EXPECT_EQ(test, request_percpu_irq(line, handler, "x", &other), -EBUSY);
	free_percpu_irq(line, &device);
	irq_free_desc(plain);
}

/* It is none of those that depth and threads are for. */
static void ordinary_functions_leave_it_alone(struct kunit *test)
{
	request(test);
	bug_expect(1);
	KUNIT_EXPECT_EQ(test, request_irq(line, handler, 0, "x", &device), -EINVAL);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	bug_expect(1);
	KUNIT_EXPECT_NULL(test, free_irq(line, &device));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	bug_expect(1);
	irq_wake_thread(line, NULL);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	enable_irq(line);
	disable_irq(line);
	KUNIT_EXPECT_EQ(test, irq_set_irq_type(line, IRQ_TYPE_EDGE_RISING), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_update_affinity_hint(line, cpumask_of(0)), -EINVAL);
	EXPECT_LOG(test, &seen);
	free_percpu_irq(line, &device);
}

static void freed_while_enabled_it_is_kept_and_reported(struct kunit *test)
{
	request(test);
	enable_percpu_irq(line, IRQ_TYPE_NONE);
	bug_expect(1);
	free_percpu_irq(line, &device);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_TRUE(test, irq_has_action(line));
	disable_percpu_irq(line);
	free_percpu_irq(line, &device);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line));
}

static void fired_with_nobody_there_it_is_disabled_on_that_cpu(struct kunit *test)
{
	stay_on(test, 0);
	enable_percpu_irq(line, IRQ_TYPE_NONE);
	fire(line);
	EXPECT_LOG(test, &seen, UNMASK, ACK, MASK, EOI);
	KUNIT_EXPECT_FALSE(test, irq_percpu_is_enabled(line));
}

static struct kunit_case irq_percpu_cases[] = {
	KUNIT_CASE(requested_it_is_enabled_nowhere),
	KUNIT_CASE(enabled_its_handler_gets_the_device_of_its_cpu),
	KUNIT_CASE(enabled_on_one_cpu_it_is_not_on_another),
	KUNIT_CASE(wrong_requests_of_it_are_refused),
	KUNIT_CASE(ordinary_functions_leave_it_alone),
	KUNIT_CASE(freed_while_enabled_it_is_kept_and_reported),
	KUNIT_CASE(fired_with_nobody_there_it_is_disabled_on_that_cpu),
	{}
};

static struct kunit_suite irq_percpu_suite = {
	.name = "irq_percpu",
	.init = make_line,
	.exit = give_line_back,
	.test_cases = irq_percpu_cases,
};
kunit_test_suite(irq_percpu_suite);
