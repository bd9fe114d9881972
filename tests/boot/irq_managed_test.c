// SPDX-License-Identifier: GPL-2.0-only
/*
 * Managed lines, whose CPUs the kernel has chosen: they stop and start with them.
 */
#include <linux/cpu.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq.h>

#include "hotplug_helpers.h"
#include "thread_helpers.h"

/* ---- a line, and a chip that notes what it is told ---- */

static int line;
static int chip_starts, chip_stops;
static bool chip_has_no_place;

static unsigned int chip_startup(struct irq_data *data)
{
	chip_starts++;
	return 0;
}

static void chip_shutdown(struct irq_data *data)
{
	chip_stops++;
}

static int chip_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	struct cpumask online;

	if (!cpumask_and(&online, mask, cpu_online_mask))
		return -EINVAL;
	if (chip_has_no_place)
		return -ENOSPC;
	irq_data_update_effective_affinity(data, &online);
	return IRQ_SET_MASK_OK;
}

static struct irq_chip noting_chip = {
	.name = "noting",
	.irq_startup = chip_startup,
	.irq_shutdown = chip_shutdown,
	.irq_set_affinity = chip_set_affinity,
};

static void make_line(struct kunit *test, const struct cpumask *mask)
{
	struct irq_affinity_desc affinity = { .mask = *mask, .is_managed = 1 };

	line = __irq_alloc_descs(-1, 1, 1, 0, NULL, &affinity);
	KUNIT_ASSERT_GT(test, line, 0);
	chip_starts = chip_stops = 0;
	irq_set_chip_and_handler((unsigned int)line, &noting_chip, handle_simple_irq);
	irq_set_status_flags((unsigned int)line, IRQ_MOVE_PCNTXT);
}

static irqreturn_t do_nothing(int irq, void *unused)
{
	return IRQ_HANDLED;
}

static void request_line(struct kunit *test, unsigned long flags)
{
	KUNIT_ASSERT_EQ(test, request_irq((unsigned int)line, do_nothing, flags, "noting", &line), 0);
}

static void give_line_back(void)
{
	free_irq((unsigned int)line, &line);
	irq_free_descs((unsigned int)line, 1);
}

static bool is_running(void)
{
	return chip_starts == chip_stops + 1;
}

/* ---- which CPUs ---- */

static void managed_line_keeps_cpus_that_are_away(struct kunit *test)
{
	struct cpumask two = *cpumask_of(0);

	cpumask_set_cpu(victim(), &two);
	take_down(test);
	make_line(test, &two);
	request_line(test, 0);
	KUNIT_EXPECT_TRUE(test, is_running());
	KUNIT_EXPECT_TRUE(test, cpumask_equal(irq_get_affinity_mask(line), &two));
	bring_up(test);
	KUNIT_EXPECT_TRUE(test, is_running());
	give_line_back();
}

/* As a machine whose other CPUs have all their vectors taken. The managed line has been shut down by then. */
static void cpu_whose_line_has_no_place_elsewhere_stays(struct kunit *test)
{
	struct cpumask two = *cpumask_of(0);
	int managed;

	make_line(test, cpumask_of(victim()));
	request_line(test, 0);
	managed = line;
	cpumask_set_cpu(victim(), &two);
	make_line(test, &two);
	request_line(test, 0);
	chip_starts = 2;
	chip_has_no_place = true;
	KUNIT_EXPECT_EQ(test, remove_cpu(victim()), -ENOSPC);
	chip_has_no_place = false;
	KUNIT_EXPECT_TRUE(test, cpu_active(victim()));
	KUNIT_EXPECT_EQ(test, chip_starts - chip_stops, 2);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(irq_get_affinity_mask(line), &two));
	take_down(test);
	KUNIT_EXPECT_EQ(test, chip_starts - chip_stops, 1);
	bring_up(test);
	give_line_back();
	line = managed;
	give_line_back();
}

/* ---- disabled meanwhile ---- */

static void managed_line_that_is_disabled_stays_so_while_its_cpu_is_away(struct kunit *test)
{
	make_line(test, cpumask_of(victim()));
	request_line(test, 0);
	disable_irq((unsigned int)line);
	take_down(test);
	KUNIT_EXPECT_FALSE(test, is_running());
	bring_up(test);
	KUNIT_EXPECT_TRUE(test, irqd_irq_disabled(irq_get_irq_data((unsigned int)line)));
	enable_irq((unsigned int)line);
	KUNIT_EXPECT_TRUE(test, is_running());
	KUNIT_EXPECT_FALSE(test, irqd_irq_disabled(irq_get_irq_data((unsigned int)line)));
	give_line_back();
}

static void managed_line_is_disabled_and_enabled_while_its_cpu_is_away(struct kunit *test)
{
	make_line(test, cpumask_of(victim()));
	request_line(test, 0);
	take_down(test);
	disable_irq((unsigned int)line);
	enable_irq((unsigned int)line);
	disable_irq((unsigned int)line);
	KUNIT_EXPECT_FALSE(test, is_running());
	bring_up(test);
	KUNIT_EXPECT_FALSE(test, is_running());
	enable_irq((unsigned int)line);
	KUNIT_EXPECT_TRUE(test, is_running());
	give_line_back();
}

static void managed_line_that_is_not_to_be_enabled_is_not_by_its_cpu(struct kunit *test)
{
	take_down(test);
	make_line(test, cpumask_of(victim()));
	request_line(test, IRQF_NO_AUTOEN);
	bring_up(test);
	KUNIT_EXPECT_EQ(test, chip_starts, 0);
	enable_irq((unsigned int)line);
	KUNIT_EXPECT_TRUE(test, is_running());
	give_line_back();
}

/* ---- its thread ---- */

static unsigned int thread_ran_on;
static atomic_t thread_runs;

static irqreturn_t wake(int irq, void *unused)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t note_cpu(int irq, void *unused)
{
	WRITE_ONCE(thread_ran_on, raw_smp_processor_id());
	atomic_inc(&thread_runs);
	return IRQ_HANDLED;
}

static void fire_and_wait(struct kunit *test)
{
	int before = atomic_read(&thread_runs);

	generic_handle_irq_safe((unsigned int)line);
	KUNIT_ASSERT_TRUE(test, wait_until(atomic_read(&thread_runs) != before || (cond_resched(), false)));
}

static void thread_of_a_managed_line_is_back_on_its_cpu_with_it(struct kunit *test)
{
	make_line(test, cpumask_of(victim()));
	KUNIT_ASSERT_EQ(test, request_threaded_irq((unsigned int)line, wake, note_cpu, 0, "noting", &line), 0);
	fire_and_wait(test);
	KUNIT_EXPECT_EQ(test, thread_ran_on, victim());
	take_down(test);
	bring_up(test);
	fire_and_wait(test);
	KUNIT_EXPECT_EQ(test, thread_ran_on, victim());
	give_line_back();
}

static struct kunit_case managed_cases[] = {
	KUNIT_CASE(managed_line_keeps_cpus_that_are_away),
	KUNIT_CASE(cpu_whose_line_has_no_place_elsewhere_stays),
	KUNIT_CASE(managed_line_that_is_disabled_stays_so_while_its_cpu_is_away),
	KUNIT_CASE(managed_line_is_disabled_and_enabled_while_its_cpu_is_away),
	KUNIT_CASE(managed_line_that_is_not_to_be_enabled_is_not_by_its_cpu),
	KUNIT_CASE(thread_of_a_managed_line_is_back_on_its_cpu_with_it),
	{}
};

static struct kunit_suite managed_suite = {
	.name = "irq-managed",
	.init = needs_two_cpus,
	.exit = bring_all_back,
	.test_cases = managed_cases,
};
kunit_test_suite(managed_suite);
