// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines that come and go, are polled, or replayed, while they fire.
 */
#include <kunit/scenario.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <arch/cpu.h>

#include "../../kernel/irq/internals.h"

static atomic_t raised, seen, inside;
static int twice, forbidden, ran_while_forbidden;
static unsigned int line, stuck_line;
static int device, other_device;

static irqreturn_t handler(int irq, void *dev)
{
	if (atomic_inc_return(&inside) != 1)
		WRITE_ONCE(twice, 1);
	if (READ_ONCE(forbidden))
		WRITE_ONCE(ran_while_forbidden, 1);
	atomic_set(&seen, atomic_read(&raised));
	/* What comes from here on has to be seen by another run. */
	for (int i = 0; i < 3; i++)
		arch_cpu_relax();
	atomic_dec(&inside);
	return IRQ_HANDLED;
}

static irqreturn_t nobody(int irq, void *dev)
{
	return IRQ_NONE;
}

/* On a real machine what the last scenario left is still there. */
static void forget(void)
{
	WRITE_ONCE(forbidden, 0);
	WRITE_ONCE(ran_while_forbidden, 0);
}

static void wait_until_all_is_seen(void)
{
	while (atomic_read(&seen) != atomic_read(&raised))
		schedule_timeout_uninterruptible(1);
}

/* ---- polled: an interrupt of the stuck line is offered to the handlers of the other */

static void raise_edge(void *unused)
{
	atomic_inc(&raised);
	scenario_raise_irq(line);
}

static void raise_stuck(void *unused)
{
	scenario_raise_irq(stuck_line);
}

static void begin_polled(struct kunit *test, enum scenario_line kind, irq_handler_t of_line)
{
	line = scenario_irq(test, kind);
	stuck_line = scenario_irq(test, SCENARIO_EDGE);
	irq_asks_other_lines = true;
	KUNIT_ASSERT_EQ(test, request_irq(line, of_line, IRQF_SHARED, "polled", &device), 0);
	KUNIT_ASSERT_EQ(test, request_irq(stuck_line, nobody, 0, "stuck", &other_device), 0);
}

static void end_polled(void)
{
	/* A poll may be in it. If it stays masked, that is a hang. */
	while (irqd_irq_masked(irq_get_irq_data(line)))
		schedule_timeout_uninterruptible(1);
	free_irq(line, &device);
	free_irq(stuck_line, &other_device);
}

/* A8 */
static void polled_while_it_fires_no_edge_is_lost(struct kunit *test)
{
	struct scenario_thread thread;

	begin_polled(test, SCENARIO_EDGE, handler);
	raise_stuck(NULL);
	scenario_start(test, &thread, 1, raise_stuck, NULL);
	raise_edge(NULL);
	scenario_join(&thread);
	wait_until_all_is_seen();
	KUNIT_EXPECT_EQ(test, twice, 0);
	end_polled();
}
SCENARIO(polled_while_it_fires_no_edge_is_lost, .must_hit = { "irq: polled", "irq: fired while it was polled" });

static DEFINE_RAW_SPINLOCK(level_lock);
static bool level_is_high;		/* level_lock */

/* The device lets the line go when it is served. */
static irqreturn_t serve_level(int irq, void *dev)
{
	irqreturn_t said = IRQ_NONE;

	if (atomic_inc_return(&inside) != 1)
		WRITE_ONCE(twice, 1);
	raw_spin_lock(&level_lock);
	if (level_is_high) {
		level_is_high = false;
		scenario_lower_irq(line);
		atomic_inc(&seen);
		said = IRQ_HANDLED;
	}
	raw_spin_unlock(&level_lock);
	atomic_dec(&inside);
	return said;
}

static void raise_level(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&level_lock, flags);
	level_is_high = true;
	scenario_raise_irq(line);
	atomic_inc(&raised);
	raw_spin_unlock_irqrestore(&level_lock, flags);
	wait_until_all_is_seen();
}

/* A8: the level flow masks it, finds its handlers in the poll's hands, and leaves it to the poll to let it go. */
static void polled_while_it_fires_a_level_line_is_not_left_masked(struct kunit *test)
{
	begin_polled(test, SCENARIO_LEVEL, serve_level);
	irq_set_handler(line, handle_level_irq);
	for (int i = 0; i < 2; i++) {
		scenario_inject(raise_stuck, NULL);
		raise_level();
	}
	scenario_settle();
	/* Still alive. */
	raise_level();
	KUNIT_EXPECT_EQ(test, twice, 0);
	end_polled();
}
SCENARIO(polled_while_it_fires_a_level_line_is_not_left_masked, .must_hit = { "irq: polled" });

/* ---- replayed by software */

static void no_function(struct irq_data *data) { }

static struct irq_chip soft_chip = {
	.name = "soft",
	.irq_mask = no_function,
	.irq_unmask = no_function,
	.irq_ack = no_function,
	.irq_eoi = no_function,
};

static void fire(void *unused)
{
	generic_handle_irq(line);
}

static unsigned int own_line(struct kunit *test)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	forget();
	KUNIT_ASSERT_GT(test, irq, 0);
	irq_set_chip_and_handler((unsigned int)irq, &soft_chip, handle_edge_irq);
	/* With threadirqs, too: a thread would wait for the CPU that holds its interrupts off. */
	irq_set_status_flags((unsigned int)irq, IRQ_NOTHREAD);
	/* On the real machine another scenario may have left them so. */
	forbidden = ran_while_forbidden = 0;
	return (unsigned int)irq;
}

static irqreturn_t must_not_run(int irq, void *dev)
{
	WRITE_ONCE(ran_while_forbidden, 1);
	return IRQ_HANDLED;
}

static int enabled, requested;

/* The replay waits on this CPU, until interrupts are on. */
static void enable_and_hold_the_replay(void *unused)
{
	unsigned long flags;

	local_irq_save(flags);
	enable_irq(line);
	WRITE_ONCE(enabled, 1);
	while (!READ_ONCE(requested))
		arch_cpu_relax();
	local_irq_restore(flags);
}

/* A line that is to be replayed on CPU 1, while this task is on CPU 0. */
static void hold_a_replay(struct kunit *test, struct scenario_thread *thread)
{
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(0)), 0);
	line = own_line(test);
	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "first", &device), 0);
	disable_irq(line);
	scenario_inject_on(0, fire, NULL);
	scenario_settle();
	WRITE_ONCE(enabled, 0);
	WRITE_ONCE(requested, 0);
	scenario_start(test, thread, 1, enable_and_hold_the_replay, NULL);
	while (!READ_ONCE(enabled))
		arch_cpu_relax();
}

/* What was to be replayed for one is not for the next who requests the line. */
static void request_instead(struct kunit *test, struct scenario_thread *thread)
{
	free_irq(line, &device);
	KUNIT_ASSERT_EQ(test, request_irq(line, must_not_run, 0, "second", &other_device), 0);
	WRITE_ONCE(requested, 1);
	scenario_join(thread);
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
	free_irq(line, &other_device);
	irq_free_desc(line);
}

static void replay_of_a_line_that_is_freed_is_called_off(struct kunit *test)
{
	struct scenario_thread thread;

	hold_a_replay(test, &thread);
	request_instead(test, &thread);
}
SCENARIO(replay_of_a_line_that_is_freed_is_called_off, .cpus_min = 2, .must_hit = { "irq: replayed" });

/* The same, though the line has fired by itself meanwhile: nobody waits for the replay any more, and it is still there. */
static void replay_that_was_overtaken_is_called_off_with_its_line(struct kunit *test)
{
	struct scenario_thread thread;

	hold_a_replay(test, &thread);
	scenario_inject_on(0, fire, NULL);
	/* CPU 1 answers nobody, so the line is looked at. */
	while (READ_ONCE(irq_to_desc(line)->istate) & IRQS_REPLAY)
		arch_cpu_relax();
	request_instead(test, &thread);
}
SCENARIO(replay_that_was_overtaken_is_called_off_with_its_line, .cpus_min = 2, .must_hit = { "irq: replayed" });

/* Disabled and enabled again and again: what came meanwhile is replayed, each time. */
static void disabled_and_enabled_by_two_each_edge_is_replayed(struct kunit *test)
{
	line = own_line(test);
	irq_set_handler(line, handle_simple_irq);
	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "simple", &device), 0);
	for (int i = 0; i < 3; i++) {
		disable_irq(line);
		atomic_inc(&raised);
		scenario_inject(fire, NULL);
		enable_irq(line);
	}
	scenario_settle();
	wait_until_all_is_seen();
	KUNIT_EXPECT_EQ(test, twice, 0);
	free_irq(line, &device);
	irq_free_desc(line);
}
SCENARIO(disabled_and_enabled_by_two_each_edge_is_replayed, .must_hit = { "irq: replayed" });

/* ---- mapped while it fires */

static struct irq_domain *domain;

static int map(struct irq_domain *of, unsigned int irq, irq_hw_number_t hwirq)
{
	static const irq_flow_handler_t flows[] = { handle_edge_irq, handle_level_irq, handle_fasteoi_irq, handle_simple_irq };

	irq_set_chip_and_handler(irq, &soft_chip, flows[scenario_choose(ARRAY_SIZE(flows))]);
	return 0;
}

static const struct irq_domain_ops domain_ops = { .map = map };

static void fire_number(void *number)
{
	generic_handle_domain_irq(domain, (irq_hw_number_t)number);
}

/*
 * An interrupt that finds a mapping which is just given up meets a line without chip, or none; or the line's next
 * user, who is told of one that was not his.
 */
static void mapping_given_up_while_it_fires_is_over_when_it_is(struct kunit *test)
{
	domain = scenario_choose(2) ? irq_domain_create_linear(NULL, 4, &domain_ops, NULL) :
				      irq_domain_create_tree(NULL, &domain_ops, NULL);
	forget();
	for (int i = 0; i < 2; i++) {
		unsigned int irq = irq_create_mapping(domain, 3);

		KUNIT_ASSERT_GT(test, irq, 0U);
		scenario_inject(fire_number, (void *)3);
		WRITE_ONCE(forbidden, 0);
		KUNIT_ASSERT_EQ(test, request_irq(irq, handler, 0, "mapped", &device), 0);
		scenario_inject(fire_number, (void *)3);
		free_irq(irq, &device);
		WRITE_ONCE(forbidden, 1);
		irq_dispose_mapping(irq);
		KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, 3), 0U);
	}
	scenario_settle();
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
	KUNIT_EXPECT_EQ(test, domain->mapcount, 0U);
	irq_domain_remove(domain);
}
SCENARIO(mapping_given_up_while_it_fires_is_over_when_it_is);

static unsigned int mapped[2];

static void map_it(void *slot)
{
	mapped[(long)slot] = irq_create_mapping(domain, 1);
}

/* Two who map the same number get the same line. */
static void mapped_by_two_at_once_it_is_one_line(struct kunit *test)
{
	unsigned int before = irq_descs_in_use();
	struct scenario_thread thread;

	domain = irq_domain_create_linear(NULL, 4, &domain_ops, NULL);
	scenario_start(test, &thread, 1, map_it, (void *)1);
	map_it((void *)0);
	scenario_join(&thread);
	KUNIT_EXPECT_GT(test, mapped[0], 0U);
	KUNIT_EXPECT_EQ(test, mapped[0], mapped[1]);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), before + 1);
	irq_dispose_mapping(mapped[0]);
	irq_domain_remove(domain);
}
SCENARIO(mapped_by_two_at_once_it_is_one_line);

static int first_number[2];

static void take_numbers(void *slot)
{
	first_number[(long)slot] = irq_alloc_descs(-1, 1, 3, NUMA_NO_NODE);
}

static void numbers_taken_by_two_at_once_are_not_the_same(struct kunit *test)
{
	unsigned int before = irq_descs_in_use();
	struct scenario_thread thread;
	int distance;

	scenario_start(test, &thread, 1, take_numbers, (void *)1);
	take_numbers((void *)0);
	scenario_join(&thread);
	distance = first_number[0] - first_number[1];
	KUNIT_EXPECT_TRUE(test, distance >= 3 || distance <= -3);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), before + 6);
	irq_free_descs((unsigned int)first_number[0], 3);
	irq_free_descs((unsigned int)first_number[1], 3);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), before);
}
SCENARIO(numbers_taken_by_two_at_once_are_not_the_same);

/* ---- each CPU's own */

static DEFINE_PER_CPU(int, own_device);

/* Disables itself, and goes on. */
static irqreturn_t disables_itself(int irq, void *dev)
{
	disable_percpu_irq((unsigned int)irq);
	for (int i = 0; i < 5; i++) {
		arch_cpu_relax();
		if (READ_ONCE(forbidden))
			WRITE_ONCE(ran_while_forbidden, 1);
	}
	return IRQ_HANDLED;
}

static void enable_own(void *unused)
{
	enable_percpu_irq(line, IRQ_TYPE_NONE);
	WRITE_ONCE(enabled, 1);
}

/* Nobody enables it, so it may be freed; and its handler may be on its last lines elsewhere. */
static void freed_a_handler_of_another_cpus_own_line_is_over(struct kunit *test)
{
	struct scenario_thread thread;

	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(0)), 0);
	line = own_line(test);
	irq_set_handler(line, handle_percpu_devid_irq);
	KUNIT_ASSERT_EQ(test, irq_set_percpu_devid(line), 0);
	KUNIT_ASSERT_EQ(test, request_percpu_irq(line, disables_itself, "own", &own_device), 0);
	scenario_start(test, &thread, 1, enable_own, NULL);
	scenario_join(&thread);
	scenario_inject_on(1, fire, NULL);
	while (!cpumask_empty(&irq_to_desc(line)->percpu_enabled))
		arch_cpu_relax();
	free_percpu_irq(line, &own_device);
	WRITE_ONCE(forbidden, 1);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
	irq_free_desc(line);
	forget();
}
SCENARIO(freed_a_handler_of_another_cpus_own_line_is_over, .cpus_min = 2);
