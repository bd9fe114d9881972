// SPDX-License-Identifier: GPL-2.0-only
/*
 * irq_work: runs once in hard-IRQ context, on the CPU that was asked.
 */
#include <linux/irq_work.h>
#include <linux/percpu.h>

#include "helpers.h"

static atomic_t runs;
static int ran_on;
static bool was_hardirq;

static void count_run(struct irq_work *work)
{
	ran_on = (int)smp_processor_id();
	was_hardirq = in_hardirq() && irqs_disabled();
	atomic_inc(&runs);
}

static struct irq_work counted = IRQ_WORK_INIT(count_run);

static int reset(struct kunit *test)
{
	atomic_set(&runs, 0);
	was_hardirq = false;
	return 0;
}

static void queued_runs_in_hard_irq_on_this_cpu(struct kunit *test)
{
	int cpu = (int)get_cpu();

	KUNIT_EXPECT_TRUE(test, irq_work_queue(&counted));
	KUNIT_EXPECT_TRUE(test, wait_until(!irq_work_is_busy(&counted)));
	put_cpu();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_EQ(test, ran_on, cpu);
	KUNIT_EXPECT_TRUE(test, was_hardirq);
}

static void queued_twice_with_interrupts_off_runs_once(struct kunit *test)
{
	local_irq_disable();
	KUNIT_EXPECT_TRUE(test, irq_work_queue(&counted));
	KUNIT_EXPECT_FALSE(test, irq_work_queue(&counted));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	local_irq_enable();
	irq_work_sync(&counted);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static struct event_log ran;

static void log_first(struct irq_work *work)	{ log_event(&ran, 1); }
static void log_second(struct irq_work *work)	{ log_event(&ran, 2); }
static void log_third(struct irq_work *work)	{ log_event(&ran, 3); }

static void queued_together_the_last_runs_first(struct kunit *test)
{
	struct irq_work first = IRQ_WORK_INIT(log_first);
	struct irq_work second = IRQ_WORK_INIT(log_second);
	struct irq_work third = IRQ_WORK_INIT(log_third);

	log_reset(&ran);
	local_irq_disable();
	irq_work_queue(&first);
	irq_work_queue(&second);
	irq_work_queue(&third);
	local_irq_enable();
	irq_work_sync(&first);
	irq_work_sync(&second);
	irq_work_sync(&third);
	EXPECT_LOG(test, &ran, 3, 2, 1);
}

static void requeue_until_ten(struct irq_work *work)
{
	if (atomic_inc_return(&runs) < 10)
		irq_work_queue(work);
}

static void queued_by_itself_runs_again(struct kunit *test)
{
	static struct irq_work self = IRQ_WORK_INIT(requeue_until_ten);

	irq_work_queue(&self);
	irq_work_sync(&self);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 10);
}

static void queued_on_another_cpu_runs_there(struct kunit *test)
{
	unsigned int here, cpu;

	SKIP_ON_ONE_CPU(test);
	here = get_cpu();
	for_each_online_cpu(cpu) {
		if (cpu == here)
			continue;
		KUNIT_EXPECT_TRUE(test, irq_work_queue_on(&counted, (int)cpu));
		KUNIT_EXPECT_TRUE(test, wait_until(!irq_work_is_busy(&counted)));
		KUNIT_EXPECT_EQ(test, ran_on, (int)cpu);
	}
	put_cpu();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), (int)num_online_cpus() - 1);
	KUNIT_EXPECT_TRUE(test, was_hardirq);
}

static void run_list(void *unused)
{
	irq_work_run();
}

/* It is there, and only said not to be: what it was given is found by hand. */
static void queued_on_a_cpu_that_is_not_online_is_reported_and_stays(struct kunit *test)
{
	unsigned int other;

	SKIP_ON_ONE_CPU(test);
	bug_expect(1);
	other = cpumask_any_but(cpu_online_mask, get_cpu());
	set_cpu_online(other, false);
	KUNIT_EXPECT_TRUE(test, irq_work_queue_on(&counted, (int)other));
	set_cpu_online(other, true);
	put_cpu();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_EQ(test, smp_call_function_single((int)other, run_list, NULL, 1), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, irq_work_is_busy(&counted));
}

static struct kunit_case irq_work_cases[] = {
	KUNIT_CASE(queued_runs_in_hard_irq_on_this_cpu),
	KUNIT_CASE(queued_twice_with_interrupts_off_runs_once),
	KUNIT_CASE(queued_together_the_last_runs_first),
	KUNIT_CASE(queued_by_itself_runs_again),
	KUNIT_CASE(queued_on_another_cpu_runs_there),
	KUNIT_CASE(queued_on_a_cpu_that_is_not_online_is_reported_and_stays),
	{}
};

static struct kunit_suite irq_work_suite = {
	.name = "irq_work",
	.init = reset,
	.test_cases = irq_work_cases,
};
kunit_test_suite(irq_work_suite);
