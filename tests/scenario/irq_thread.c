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
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <arch/cpu.h>

#include "../../kernel/irq/internals.h"

/* A handler with a thread, and what came of it. */
struct device {
	irqreturn_t answer;		/* of the handler */
	bool asks;			/* a level: by this device, until its thread has run */
	atomic_t inside;		/* threads in thread_fn */
	atomic_t seen;			/* the number that the last run of the thread saw */
	atomic_t runs;			/* of the thread */
	int twice;			/* two runs at once */
	int beside;			/* the handler ran beside the thread, on a line that was to be masked */
	bool one_shot;
	bool forced;			/* its handler is made to run in a thread */
	int forbidden, ran_while_forbidden;
	atomic_t held;			/* the thread waits while this is not 0 */
	int lingers;			/* and stays that long */
};

static struct device dev, other;
static atomic_t raised;
static unsigned int line;

static irqreturn_t handler(int irq, void *dev_id)
{
	struct device *device = dev_id;

	if (READ_ONCE(device->forbidden))
		WRITE_ONCE(device->ran_while_forbidden, 1);
	if (device->one_shot && atomic_read(&device->inside))
		WRITE_ONCE(device->beside, 1);
	return READ_ONCE(device->answer);
}

static irqreturn_t thread_fn(int irq, void *dev_id)
{
	struct device *device = dev_id;

	if (atomic_inc_return(&device->inside) != 1)
		WRITE_ONCE(device->twice, 1);
	if (READ_ONCE(device->forbidden))
		WRITE_ONCE(device->ran_while_forbidden, 1);
	while (atomic_read(&device->held))
		schedule_timeout_uninterruptible(1);
	for (int i = 0; i < device->lingers; i++)
		arch_cpu_relax();
	if (device->asks)
		scenario_lower_irq(line);
	atomic_set(&device->seen, atomic_read(&raised));
	atomic_inc(&device->runs);
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
	line = scenario_irq(test, kind);
	atomic_set(&raised, 0);
	dev = other = (struct device){ .answer = IRQ_WAKE_THREAD };
	other.asks = kind == SCENARIO_LEVEL;
}

static void request(struct kunit *test, struct device *device, unsigned long flags)
{
	bool by_option = irq_threads_forced;
	int error;

	device->one_shot = flags & IRQF_ONESHOT && other.asks;
	irq_threads_forced = device->forced;
	error = request_threaded_irq(line, handler, thread_fn, flags, "line", device);
	irq_threads_forced = by_option;
	KUNIT_ASSERT_EQ(test, error, 0);
}

static void expect_in_order(struct kunit *test, const struct device *device)
{
	KUNIT_EXPECT_EQ(test, device->twice, 0);
	KUNIT_EXPECT_EQ(test, device->beside, 0);
	KUNIT_EXPECT_EQ(test, device->ran_while_forbidden, 0);
}

/* The device's thread sees the last raise: it was woken for it, or after it. */
static void expect_none_lost(struct kunit *test, struct device *device)
{
	scenario_settle();
	while (atomic_read(&device->seen) != atomic_read(&raised))
		schedule_timeout_uninterruptible(1);
	expect_in_order(test, device);
}

/* Nothing of the line is left, now that nobody has it. */
static void expect_idle(struct kunit *test)
{
	struct irq_desc *desc = irq_to_desc(line);

	KUNIT_EXPECT_EQ(test, atomic_read(&desc->threads_active), 0);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&desc->threads_oneshot), 0);
}

/* From now on neither may run. */
static void forbid(struct kunit *test, struct device *device)
{
	WRITE_ONCE(device->forbidden, 1);
	smp_mb();
	KUNIT_EXPECT_EQ(test, atomic_read(&device->inside), 0);
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

/* The line's first interrupt may come as soon as the handler is there; its thread is there before. */
static void fired_while_it_is_requested_reaches_the_thread(struct kunit *test)
{
	struct scenario_thread thread;

	take_line(test, SCENARIO_EDGE);
	scenario_start(test, &thread, 1, raise_two, NULL);
	request(test, &dev, IRQF_ONESHOT);
	scenario_join(&thread);
	raise(NULL);
	expect_none_lost(test, &dev);
	free_irq(line, &dev);
	expect_idle(test);
}
SCENARIO(fired_while_it_is_requested_reaches_the_thread);

/* D4: the level asks until the thread has served it; its handler never runs meanwhile. */
static void one_shot_level_is_masked_while_its_thread_runs(struct kunit *test)
{
	struct scenario_thread thread;

	take_line(test, SCENARIO_LEVEL);
	request(test, &other, IRQF_ONESHOT);
	scenario_start(test, &thread, 1, raise_two, NULL);
	raise_two(NULL);
	scenario_join(&thread);
	expect_none_lost(test, &other);
	free_irq(line, &other);
	expect_idle(test);
}
SCENARIO(one_shot_level_is_masked_while_its_thread_runs);

/* After free_irq() returns neither handler nor thread is inside, nor ever will be. */
static void freed_neither_handler_nor_thread_runs_again(struct kunit *test)
{
	struct scenario_thread thread;

	take_line(test, SCENARIO_EDGE);
	request(test, &dev, IRQF_ONESHOT);
	scenario_start(test, &thread, 1, raise_two, NULL);
	raise(NULL);
	free_irq(line, &dev);
	forbid(test, &dev);
	expect_idle(test);
	scenario_join(&thread);
	scenario_settle();
	expect_in_order(test, &dev);
}
SCENARIO(freed_neither_handler_nor_thread_runs_again);

static void wake_by_hand(void *unused)
{
	irq_wake_thread(line, &dev);
}

/* Who woke a thread before it was told to end has it run: free_irq() waits for that, too. */
static void woken_then_freed_runs_before_it_ends(struct kunit *test)
{
	take_line(test, SCENARIO_EDGE);
	request(test, &dev, IRQF_ONESHOT);
	scenario_inject(wake_by_hand, NULL);
	atomic_inc(&raised);
	irq_wake_thread(line, &dev);
	free_irq(line, &dev);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.seen), atomic_read(&raised));
	forbid(test, &dev);
	expect_idle(test);
	scenario_settle();
	expect_in_order(test, &dev);
}
SCENARIO(woken_then_freed_runs_before_it_ends);

static void disable_and_enable(void *unused)
{
	disable_irq(line);
	WRITE_ONCE(dev.forbidden, 1);
	smp_mb();
	if (atomic_read(&dev.inside))
		WRITE_ONCE(dev.ran_while_forbidden, 1);
	arch_cpu_relax();
	WRITE_ONCE(dev.forbidden, 0);
	enable_irq(line);
}

/* A7, D4 */
static void disabled_neither_handler_nor_thread_runs(struct kunit *test)
{
	struct scenario_thread thread;

	take_line(test, SCENARIO_EDGE);
	request(test, &dev, 0);
	scenario_start(test, &thread, 1, disable_and_enable, NULL);
	raise_two(NULL);
	scenario_join(&thread);
	expect_none_lost(test, &dev);
	free_irq(line, &dev);
	expect_idle(test);
}
SCENARIO(disabled_neither_handler_nor_thread_runs);

static void free_dev(void *unused)
{
	free_irq(line, &dev);
}

/* A8: the one who leaves takes nothing along: not the other's interrupts, nor the mask. */
static void shared_one_shot_line_goes_on_when_one_leaves(struct kunit *test)
{
	const unsigned long flags = IRQF_SHARED | IRQF_ONESHOT;
	struct scenario_thread thread;

	take_line(test, SCENARIO_LEVEL);
	request(test, &dev, flags);
	request(test, &other, flags);
	scenario_start(test, &thread, 1, free_dev, NULL);
	raise_two(NULL);
	scenario_join(&thread);
	forbid(test, &dev);
	raise(NULL);
	expect_none_lost(test, &other);
	expect_in_order(test, &dev);
	free_irq(line, &other);
	expect_idle(test);
}
SCENARIO(shared_one_shot_line_goes_on_when_one_leaves);

/* One comes when another has left, and gets the bit that that one had. */
static void shared_one_shot_line_goes_on_when_one_is_replaced(struct kunit *test)
{
	const unsigned long flags = IRQF_SHARED | IRQF_ONESHOT;
	struct scenario_thread thread;

	take_line(test, SCENARIO_LEVEL);
	request(test, &dev, flags);
	/* Woken by hand, so the line is not masked. */
	dev.one_shot = false;
	irq_wake_thread(line, &dev);
	scenario_start(test, &thread, 1, free_dev, NULL);
	request(test, &other, flags);
	raise_two(NULL);
	scenario_join(&thread);
	expect_none_lost(test, &other);
	expect_in_order(test, &dev);
	free_irq(line, &other);
	expect_idle(test);
}
SCENARIO(shared_one_shot_line_goes_on_when_one_is_replaced);

/* This one's thread comes and goes; then the other's may end. */
static void raise_four_and_let_go(void *unused)
{
	raise_two(NULL);
	raise_two(NULL);
	atomic_set(&other.held, 0);
}

/* The other's thread stays inside; this one's comes and goes, and must not let anybody go who waits for both. */
static void waited_for_all_threads_of_a_shared_line_are_done(struct kunit *test)
{
	struct scenario_thread thread;

	take_line(test, SCENARIO_EDGE);
	request(test, &dev, IRQF_SHARED);
	request(test, &other, IRQF_SHARED);
	WRITE_ONCE(other.answer, IRQ_NONE);
	atomic_set(&other.held, 1);
	irq_wake_thread(line, &other);
	scenario_start(test, &thread, 1, raise_four_and_let_go, NULL);
	synchronize_irq(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&other.runs), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&other.inside), 0);
	scenario_join(&thread);
	expect_none_lost(test, &dev);
	free_irq(line, &dev);
	free_irq(line, &other);
	expect_idle(test);
}
SCENARIO(waited_for_all_threads_of_a_shared_line_are_done, .cpus_min = 2);

/* D5: the handler is in a thread, what it asked for in another; none of it is lost. */
static void forced_into_threads_all_edges_reach_both(struct kunit *test)
{
	struct scenario_thread thread;

	take_line(test, SCENARIO_EDGE);
	dev.forced = true;
	request(test, &dev, 0);
	scenario_start(test, &thread, 1, raise_two, NULL);
	raise(NULL);
	scenario_join(&thread);
	expect_none_lost(test, &dev);
	free_irq(line, &dev);
	forbid(test, &dev);
	expect_idle(test);
}
SCENARIO(forced_into_threads_all_edges_reach_both);

/* ---- nested: the handler runs in a task that calls it, here anybody's */

static void take_nested_line(struct kunit *test)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	KUNIT_ASSERT_GT(test, irq, 0);
	line = (unsigned int)irq;
	atomic_set(&raised, 0);
	dev = (struct device){ .lingers = 5 };
	irq_set_chip_and_handler(line, &dummy_irq_chip, handle_simple_irq);
	irq_set_nested_thread(line, true);
}

static int nested_fired;

static void call_nested(void *unused)
{
	WRITE_ONCE(nested_fired, 1);
	handle_nested_irq(line);
}

/* The task of the line in front is inside of the handler: that is to be over, too. */
static void freed_a_nested_handler_never_runs_again(struct kunit *test)
{
	struct scenario_thread thread;

	take_nested_line(test);
	request(test, &dev, IRQF_ONESHOT);
	nested_fired = 0;
	scenario_start(test, &thread, 1, call_nested, NULL);
	while (!READ_ONCE(nested_fired))
		arch_cpu_relax();
	free_irq(line, &dev);
	forbid(test, &dev);
	expect_idle(test);
	scenario_join(&thread);
	expect_in_order(test, &dev);
	irq_free_desc(line);
}
SCENARIO(freed_a_nested_handler_never_runs_again, .cpus_min = 2);

static irqreturn_t not_mine(int irq, void *dev_id)
{
	return IRQ_NONE;
}

static void disable_and_enable_at_once(void *unused)
{
	disable_irq_nosync(line);
	enable_irq(line);
}

/* The count ends in a task; an interrupt on its CPU wants the line's lock, too. */
static void nested_line_that_nobody_claims_is_shut_off_beside_interrupts(struct kunit *test)
{
	struct irq_desc *desc;

	take_nested_line(test);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, NULL, not_mine, IRQF_ONESHOT, "nested", &dev), 0);
	desc = irq_to_desc(line);
	/* As if so many had come already. */
	desc->irq_count = desc->irqs_unhandled = 99999;
	desc->last_unhandled = jiffies;
	scenario_inject_on(raw_smp_processor_id(), disable_and_enable_at_once, NULL);
	handle_nested_irq(line);
	scenario_settle();
	KUNIT_EXPECT_TRUE(test, irqd_irq_disabled(&desc->irq_data));
	KUNIT_EXPECT_EQ(test, desc->depth, 1U);
	free_irq(line, &dev);
	irq_free_desc(line);
}
SCENARIO(nested_line_that_nobody_claims_is_shut_off_beside_interrupts);
