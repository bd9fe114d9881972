// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calling functions on other CPUs.
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/timer.h>

#include "helpers.h"

static atomic_t calls;
static int called_on;
static bool called_in_hard_irq, called_with_irqs_on;
static struct cpumask called_cpus;

static int reset(struct kunit *test)
{
	atomic_set(&calls, 0);
	called_on = -1;
	cpumask_clear(&called_cpus);
	return 0;
}

static void note_call(void *arg)
{
	called_on = (int)smp_processor_id();
	called_in_hard_irq = in_hardirq();
	called_with_irqs_on = !irqs_disabled();
	cpumask_set_cpu(smp_processor_id(), &called_cpus);
	if (arg)
		WRITE_ONCE(*(int *)arg, 1);
	atomic_inc(&calls);
}

static unsigned int some_other_cpu(void)
{
	return cpumask_any_but(cpu_online_mask, smp_processor_id());
}

static void call_of_the_own_cpu_is_made_at_once_with_interrupts_off(struct kunit *test)
{
	int cpu = (int)get_cpu();

	KUNIT_EXPECT_EQ(test, smp_call_function_single(cpu, note_call, NULL, 0), 0);
	KUNIT_EXPECT_EQ(test, called_on, cpu);
	KUNIT_EXPECT_FALSE(test, called_with_irqs_on);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	put_cpu();
}

static void call_of_another_cpu_is_made_there_in_a_hard_irq(struct kunit *test)
{
	int written = 0, cpu;

	SKIP_ON_ONE_CPU(test);
	preempt_disable();
	cpu = (int)some_other_cpu();
	KUNIT_EXPECT_EQ(test, smp_call_function_single(cpu, note_call, &written, 1), 0);
	KUNIT_EXPECT_EQ(test, called_on, cpu);
	KUNIT_EXPECT_EQ(test, READ_ONCE(written), 1);
	KUNIT_EXPECT_TRUE(test, called_in_hard_irq);
	KUNIT_EXPECT_FALSE(test, called_with_irqs_on);
	preempt_enable();
}

static void cpu_that_does_not_exist_is_refused(struct kunit *test)
{
	call_single_data_t csd = CSD_INIT(note_call, NULL);

	KUNIT_EXPECT_EQ(test, smp_call_function_single((int)nr_cpu_ids, note_call, NULL, 1), -ENXIO);
	KUNIT_EXPECT_EQ(test, smp_call_function_single(-1, note_call, NULL, 1), -ENXIO);
	KUNIT_EXPECT_EQ(test, smp_call_function_single_async((int)nr_cpu_ids, &csd), -ENXIO);
	KUNIT_EXPECT_EQ(test, atomic_read(&calls), 0);
}

static void many_unwaited_calls_are_all_made(struct kunit *test)
{
	int cpu, i;

	SKIP_ON_ONE_CPU(test);
	preempt_disable();
	cpu = (int)some_other_cpu();
	for (i = 0; i < 100; i++)
		smp_call_function_single(cpu, note_call, NULL, 0);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&calls) == 100));
}

static atomic_t hold, held;

static void stay_until_released(void *unused)
{
	atomic_inc(&held);
	while (atomic_read(&hold))
		arch_cpu_relax();
}

static void call_that_is_on_its_way_is_busy_until_it_begins(struct kunit *test)
{
	static call_single_data_t blocker, csd;
	int cpu;

	SKIP_ON_ONE_CPU(test);
	atomic_set(&hold, 1);
	atomic_set(&held, 0);
	INIT_CSD(&blocker, stay_until_released, NULL);
	INIT_CSD(&csd, note_call, NULL);
	preempt_disable();
	cpu = (int)some_other_cpu();
	KUNIT_EXPECT_EQ(test, smp_call_function_single_async(cpu, &blocker), 0);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&held) == 1));
	KUNIT_EXPECT_EQ(test, smp_call_function_single_async(cpu, &csd), 0);
	KUNIT_EXPECT_EQ(test, smp_call_function_single_async(cpu, &csd), -EBUSY);
	/* Nor can another CPU have it meanwhile, this one included. */
	KUNIT_EXPECT_EQ(test, smp_call_function_single_async((int)smp_processor_id(), &csd), -EBUSY);
	KUNIT_EXPECT_EQ(test, atomic_read(&calls), 0);
	atomic_set(&hold, 0);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&calls) == 1));
	KUNIT_EXPECT_EQ(test, smp_call_function_single_async(cpu, &csd), 0);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&calls) == 2));
	preempt_enable();
}

static void on_each_cpu_is_made_once_on_each(struct kunit *test)
{
	on_each_cpu(note_call, NULL, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&calls), (int)num_online_cpus());
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&called_cpus, cpu_online_mask));
}

static void call_of_the_others_leaves_this_cpu_out(struct kunit *test)
{
	unsigned int this;

	preempt_disable();
	this = smp_processor_id();
	smp_call_function(note_call, NULL, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&calls), (int)num_online_cpus() - 1);
	KUNIT_EXPECT_FALSE(test, cpumask_test_cpu((int)this, &called_cpus));
	preempt_enable();
	kick_all_cpus_sync();
}

static void mask_chooses_the_cpus(struct kunit *test)
{
	struct cpumask mask;

	cpumask_clear(&mask);
	cpumask_set_cpu(nr_cpu_ids - 1, &mask);
	on_each_cpu_mask(&mask, note_call, NULL, true);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&called_cpus, &mask));
	KUNIT_EXPECT_EQ(test, smp_call_function_any(&mask, note_call, NULL, 1), 0);
	KUNIT_EXPECT_EQ(test, called_on, (int)nr_cpu_ids - 1);
}

static bool is_even(int cpu, void *unused)
{
	return cpu % 2 == 0;
}

static void condition_chooses_the_cpus(struct kunit *test)
{
	unsigned int cpu;

	on_each_cpu_cond(is_even, note_call, NULL, true);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, cpumask_test_cpu((int)cpu, &called_cpus), cpu % 2 == 0);
}

static void call_the_others(void *unused)
{
	int i;

	for (i = 0; i < 50; i++)
		smp_call_function(note_call, NULL, 1);
}


static int caller_thread(void *arg)
{
	call_the_others(NULL);
	atomic_dec(arg);
	return 0;
}

/* Each answers the others while it waits for them. */
static void cpus_that_call_each_other_do_not_deadlock(struct kunit *test)
{
	atomic_t running = ATOMIC_INIT(0);
	int cpus = (int)num_online_cpus();
	unsigned int cpu;

	SKIP_ON_ONE_CPU(test);
	for_each_online_cpu(cpu) {
		struct task_struct *task = kthread_create_on_cpu(caller_thread, &running, cpu, "caller/%u");

		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, task);
		atomic_inc(&running);
		wake_up_process(task);
	}
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&running) == 0 || (cond_resched(), false)));
	KUNIT_EXPECT_EQ(test, atomic_read(&calls), 50 * cpus * (cpus - 1));
}

static void call_with_interrupts_off_is_reported(struct kunit *test)
{
	static bool done;
	unsigned long flags;

	SKIP_ON_ONE_CPU(test);
	if (done)	/* it is reported once a boot */
		return;
	done = true;
	bug_expect(1);
	local_irq_save(flags);
	smp_call_function_single((int)some_other_cpu(), note_call, NULL, 0);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&calls) == 1));
}

static void call_from_a_softirq(struct timer_list *unused)
{
	smp_call_function_single((int)smp_processor_id(), note_call, NULL, 1);
}

static void call_from_a_softirq_is_reported(struct kunit *test)
{
	struct timer_list timer;
	static bool done;

	if (done)	/* as above */
		return;
	done = true;
	bug_expect(1);
	timer_setup_on_stack(&timer, call_from_a_softirq, 0);
	mod_timer(&timer, jiffies + 1);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&calls) == 1 || (cond_resched(), false)));
	timer_delete_sync(&timer);
	destroy_timer_on_stack(&timer);
	KUNIT_EXPECT_EQ(test, bug_expect(0), IS_ENABLED(CONFIG_SMP) ? 0u : 1u);
}

static struct kunit_case smp_cases[] = {
	KUNIT_CASE(call_of_the_own_cpu_is_made_at_once_with_interrupts_off),
	KUNIT_CASE(call_of_another_cpu_is_made_there_in_a_hard_irq),
	KUNIT_CASE(cpu_that_does_not_exist_is_refused),
	KUNIT_CASE(many_unwaited_calls_are_all_made),
	KUNIT_CASE(call_that_is_on_its_way_is_busy_until_it_begins),
	KUNIT_CASE(on_each_cpu_is_made_once_on_each),
	KUNIT_CASE(call_of_the_others_leaves_this_cpu_out),
	KUNIT_CASE(mask_chooses_the_cpus),
	KUNIT_CASE(condition_chooses_the_cpus),
	KUNIT_CASE(cpus_that_call_each_other_do_not_deadlock),
	KUNIT_CASE(call_with_interrupts_off_is_reported),
	KUNIT_CASE(call_from_a_softirq_is_reported),
	{}
};

static struct kunit_suite smp_suite = {
	.name = "smp",
	.init = reset,
	.test_cases = smp_cases,
};
kunit_test_suite(smp_suite);
