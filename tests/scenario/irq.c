// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt lines under every schedule: no edge lost, no handler after free or disable.
 *
 * Edges are numbered as softirqs are in softirq.c: after edge k some handler run that starts later sees a
 * number of at least k.
 */
#include <kunit/scenario.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/sched.h>
#include <arch/cpu.h>

static atomic_t raised, seen, runs, inside;
static int forbidden, ran_while_forbidden, twice;
static int device;
static unsigned int line;

static irqreturn_t handler(int irq, void *dev)
{
	if (atomic_inc_return(&inside) != 1)
		WRITE_ONCE(twice, 1);
	if (READ_ONCE(forbidden))
		WRITE_ONCE(ran_while_forbidden, 1);
	atomic_set(&seen, atomic_read(&raised));
	atomic_inc(&runs);
	atomic_dec(&inside);
	return IRQ_HANDLED;
}

static void raise_edge(void *unused)
{
	atomic_inc(&raised);
	scenario_raise_irq(line);
}

static void begin_with_flow(struct kunit *test, irq_flow_handler_t flow)
{
	line = scenario_irq(test, SCENARIO_EDGE);
	atomic_set(&raised, 0);
	atomic_set(&seen, 0);
	atomic_set(&runs, 0);
	atomic_set(&inside, 0);
	forbidden = ran_while_forbidden = twice = 0;
	irq_set_handler(line, flow);
	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "edge", &device), 0);
}

static void begin(struct kunit *test)
{
	begin_with_flow(test, handle_edge_irq);
}

static void expect_none_lost(struct kunit *test)
{
	scenario_settle();
	while (atomic_read(&seen) != atomic_read(&raised))
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, twice, 0);
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
	KUNIT_EXPECT_LE(test, atomic_read(&runs), atomic_read(&raised));
}

static void raise_two(void *unused)
{
	raise_edge(NULL);
	raise_edge(NULL);
}

/* A6: an edge that comes while the handler runs, on this or another CPU, is served. */
static void raise_from_everywhere(struct kunit *test)
{
	struct scenario_thread thread[2];

	scenario_start_each(test, thread, 2, raise_two, NULL);
	raise_two(NULL);
	scenario_join_each(thread, 2);
	expect_none_lost(test);
	free_irq(line, &device);
}

static void edges_from_everywhere_none_is_lost(struct kunit *test)
{
	begin(test);
	raise_from_everywhere(test);
}
SCENARIO(edges_from_everywhere_none_is_lost);

/* A6: a message, which the chip delivers at once, on any CPU, and forgets. */
static void messages_from_everywhere_none_is_lost(struct kunit *test)
{
	if (!scenario_simulated())
		kunit_skip(test, "its software lines need no end");
	begin_with_flow(test, handle_fasteoi_irq);
	irqd_set_resend_when_in_progress(irq_get_irq_data(line));
	raise_from_everywhere(test);
}
SCENARIO(messages_from_everywhere_none_is_lost, .cpus_min = 2, .must_hit = { "irq: fasteoi while in progress" });

static void disable_and_enable(void *unused)
{
	disable_irq(line);
	WRITE_ONCE(forbidden, 1);
	smp_mb();
	if (atomic_read(&inside))
		WRITE_ONCE(ran_while_forbidden, 1);
	arch_cpu_relax();
	WRITE_ONCE(forbidden, 0);
	enable_irq(line);
}

/* A6, A7 */
static void disabled_never_runs_and_no_edge_is_lost(struct kunit *test)
{
	struct scenario_thread thread;

	begin(test);
	scenario_start(test, &thread, 1, disable_and_enable, NULL);
	raise_two(NULL);
	scenario_join(&thread);
	expect_none_lost(test);
	free_irq(line, &device);
}
SCENARIO(disabled_never_runs_and_no_edge_is_lost);

/* After free_irq() returns the handler is not inside and never will be. */
static void freed_never_runs_again(struct kunit *test)
{
	struct scenario_thread thread;

	begin(test);
	scenario_start(test, &thread, 1, raise_two, NULL);
	free_irq(line, &device);
	WRITE_ONCE(forbidden, 1);
	smp_mb();
	KUNIT_EXPECT_EQ(test, atomic_read(&inside), 0);
	scenario_join(&thread);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
	KUNIT_EXPECT_EQ(test, twice, 0);
}
SCENARIO(freed_never_runs_again);
