// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt threads under every schedule: no request lost, nothing after the end, the line masked as long as it is to be.
 *
 * Edges are numbered: after edge k some thread run that starts later sees a number of at least k.
 */
#include <kunit/scenario.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/sched.h>
#include <arch/cpu.h>

/* A handler that always wakes its thread, and what came of it. */
struct device {
	atomic_t inside;		/* threads in thread_fn */
	atomic_t asked, seen;		/* number of the last wake-up; the one that the last run saw */
	int twice;			/* two runs at once */
	int forbidden, ran_while_forbidden;
};

static struct device dev, other;
static atomic_t raised;
static unsigned int line;

static irqreturn_t handler(int irq, void *dev_id)
{
	struct device *device = dev_id;

	if (READ_ONCE(device->forbidden))
		WRITE_ONCE(device->ran_while_forbidden, 1);
	atomic_set(&device->asked, atomic_read(&raised));
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread_fn(int irq, void *dev_id)
{
	struct device *device = dev_id;

	if (atomic_inc_return(&device->inside) != 1)
		WRITE_ONCE(device->twice, 1);
	if (READ_ONCE(device->forbidden))
		WRITE_ONCE(device->ran_while_forbidden, 1);
	atomic_set(&device->seen, atomic_read(&raised));
	atomic_dec(&device->inside);
	return IRQ_HANDLED;
}

static void raise(void *unused)
{
	atomic_inc(&raised);
	scenario_raise_irq(line);
}

static void raise_two(void *unused)
{
	raise(NULL);
	raise(NULL);
}

static void take_line(struct kunit *test, enum scenario_line kind)
{
	int irq = scenario_irq(kind);

	if (irq < 0)
		kunit_skip(test, "no software line on this machine");
	line = (unsigned int)irq;
	atomic_set(&raised, 0);
	dev = other = (struct device){};
}

static void request(struct kunit *test, struct device *device, unsigned long flags)
{
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, handler, thread_fn, flags, "line", device), 0);
}

static void expect_quiet(struct kunit *test, const struct device *device)
{
	KUNIT_EXPECT_EQ(test, device->twice, 0);
	KUNIT_EXPECT_EQ(test, device->ran_while_forbidden, 0);
}

/* The device sees the last raise: its thread was woken for it, or after it. */
static void expect_none_lost(struct kunit *test, struct device *device)
{
	scenario_settle();
	while (atomic_read(&device->seen) != atomic_read(&raised))
		schedule_timeout_uninterruptible(1);
	expect_quiet(test, device);
}

/* Nothing of the line is left, now that nobody has it. */
static void expect_idle(struct kunit *test)
{
	struct irq_desc *desc = irq_to_desc(line);

	KUNIT_EXPECT_EQ(test, atomic_read(&desc->threads_active), 0);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&desc->threads_oneshot), 0);
}

/* D4 */
static void edges_from_everywhere_all_reach_the_thread(struct kunit *test)
{
	struct scenario_thread thread;

	take_line(test, SCENARIO_EDGE);
	request(test, &dev, 0);
	scenario_start(test, &thread, 1, raise_two, NULL);
	raise_two(NULL);
	scenario_join(&thread);
	expect_none_lost(test, &dev);
	free_irq(line, &dev);
	expect_idle(test);
}
SCENARIO(edges_from_everywhere_all_reach_the_thread, .must_hit = { "irq: thread woken again before it ran" });
