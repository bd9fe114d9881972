// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handlers that go with their driver.
 */
#include <linux/device.h>
#include <linux/errno.h>

#include "irq_helpers.h"

static struct device device;
static int cookie, other;

static void no_release(struct device *dev) { }

static int make_line(struct kunit *test)
{
	int error = take_line(&quiet_chip, handle_simple_irq);

	if (error)
		return error;
	irq_set_status_flags(line, IRQ_NOTHREAD);
	device = (struct device){ .release = no_release };
	device_initialize(&device);
	return dev_set_name(&device, "irq-devres");
}

static void remove_line(struct kunit *test)
{
	devres_release_all(&device);
	put_device(&device);
	give_line_back(test);
}

static irqreturn_t handler(int irq, void *dev_id)
{
	return IRQ_HANDLED;
}

static void released_with_the_device_its_handlers_are_free(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, devm_request_irq(&device, line, handler, IRQF_SHARED, "one", &cookie), 0);
	KUNIT_ASSERT_EQ(test, devm_request_threaded_irq(&device, line, NULL, handler,
							IRQF_SHARED | IRQF_ONESHOT, "two", &other), -EBUSY);
	KUNIT_ASSERT_EQ(test, devm_request_threaded_irq(&device, line, handler, handler, IRQF_SHARED, "two",
							&other), 0);
	KUNIT_EXPECT_EQ(test, devres_release_all(&device), 2);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line));
}

static void freed_early_it_is_no_longer_the_device_s(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, devm_request_any_context_irq(&device, line, handler, 0, "one", &cookie),
			IRQC_IS_HARDIRQ);
	devm_free_irq(&device, line, &cookie);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line));
	KUNIT_EXPECT_EQ(test, devres_release_all(&device), 0);
}

static void refused_it_is_not_the_device_s(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, devm_request_irq(&device, line, NULL, 0, "one", &cookie), -EINVAL);
	KUNIT_EXPECT_EQ(test, devm_request_any_context_irq(&device, IRQ_NOTCONNECTED, handler, 0, "one", &cookie),
			-ENOTCONN);
	KUNIT_EXPECT_EQ(test, devres_release_all(&device), 0);
}

static void requested_without_a_name_it_has_the_device_s(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, devm_request_irq(&device, line, handler, 0, NULL, &cookie), 0);
	KUNIT_EXPECT_STREQ(test, free_irq(line, &cookie), "irq-devres");
	/* Nothing is left for the release but this. */
	bug_expect(1);
	KUNIT_EXPECT_EQ(test, devres_release_all(&device), 1);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

static struct kunit_case irq_devres_cases[] = {
	KUNIT_CASE(released_with_the_device_its_handlers_are_free),
	KUNIT_CASE(freed_early_it_is_no_longer_the_device_s),
	KUNIT_CASE(refused_it_is_not_the_device_s),
	KUNIT_CASE(requested_without_a_name_it_has_the_device_s),
	{}
};

static struct kunit_suite irq_devres_suite = {
	.name = "irq_devres",
	.init = make_line,
	.exit = remove_line,
	.test_cases = irq_devres_cases,
};
kunit_test_suite(irq_devres_suite);
