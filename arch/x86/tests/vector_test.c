// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who gets which vector of which CPU, and how a line moves (claims A1, A12): apic/vector.c by itself.
 *
 * What
 *	Lines here are descriptors without controller: where it would deliver them, the test sends an
 *	interrupt itself. Lines of real devices: line_test.c.
 */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/irqflags.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <arch/irq.h>
#include <x86/irq.h>
#include <x86/lapic.h>

/* A watchdog: far more than any machine is held up for. */
#define PATIENCE_NS	20000000000ULL

#define wait_until(condition) ({						\
	u64 __start = arch_clock_ns();						\
	while (!(condition) && arch_clock_ns() - __start < PATIENCE_NS)		\
		arch_cpu_relax();						\
	(condition);								\
})

#define LINES		(X86_DEVICE_VECTORS + 1)
/* Cases that need two CPUs are compiled for one, too. */
#define CPUS		(NR_CPUS + 1)

/* Nothing else allocates while tests run, so the numbers come back to these. */
static struct x86_vector_usage before[CPUS];
static struct irq_desc lines[LINES];
static atomic_t arrivals[CPUS];

static void line_flow(struct irq_desc *desc)
{
	lapic_eoi();
	atomic_inc(&arrivals[smp_processor_id()]);
}

static struct x86_vector_usage usage_of(unsigned int cpu)
{
	struct x86_vector_usage usage;

	x86_vector_usage(cpu, &usage);
	return usage;
}

/* How many more places @cpu has taken than when the case began. */
static int more_on(unsigned int cpu)
{
	return (int)(usage_of(cpu).taken - before[cpu].taken);
}

/* The entries themselves. */
static unsigned int count_entries(unsigned int cpu)
{
	unsigned int entries = 0;

	for (unsigned int v = X86_FIRST_DEVICE_VECTOR; v <= X86_LAST_DEVICE_VECTOR; v++)
		entries += !!READ_ONCE(per_cpu(vector_irq, cpu)[v]);
	return entries;
}

static void expect_all_given_back(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_TRUE(test, wait_until(!more_on(cpu)));
		KUNIT_EXPECT_EQ(test, usage_of(cpu).leaving, before[cpu].leaving);
		KUNIT_EXPECT_EQ(test, usage_of(cpu).taken, count_entries(cpu));
		KUNIT_EXPECT_EQ(test, usage_of(cpu).taken + usage_of(cpu).free, (unsigned int)X86_DEVICE_VECTORS);
	}
}

static struct x86_route *route_of(struct kunit *test, unsigned int number, const struct cpumask *mask)
{
	struct x86_route *route = x86_route_new(&lines[number]);

	KUNIT_ASSERT_NOT_NULL(test, route);
	KUNIT_ASSERT_EQ(test, x86_route_start(route, mask), 0);
	return route;
}

static void give_up(struct x86_route *route)
{
	x86_route_stop(route);
	x86_route_discard(route);
}

static struct x86_route *route_to(struct kunit *test, const struct cpumask *mask)
{
	return route_of(test, 0, mask);
}

static void set_up(struct kunit *test)
{
	unsigned int cpu;

	if (!lapic_regs)
		kunit_skip(test, "no local APIC is used");
	for (unsigned int i = 0; i < LINES; i++)
		lines[i].handle_irq = line_flow;
	for_each_online_cpu(cpu) {
		x86_vector_usage(cpu, &before[cpu]);
		atomic_set(&arrivals[cpu], 0);
	}
}

/* The case's task is on CPU 0, and moves its line to CPU 1 and back. */
static void set_up_for_moves(struct kunit *test)
{
	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");
	set_up(test);
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(0)), 0);
}

static int arrived(unsigned int cpu)
{
	return atomic_read(&arrivals[cpu]);
}

/* ---- Who gets which */

static void new_lines_get_places_of_their_own(struct kunit *test)
{
	struct x86_route *one, *other;

	set_up(test);
	one = route_to(test, cpumask_of(0));
	other = route_of(test, 1, cpumask_of(0));
	KUNIT_EXPECT_GE(test, one->vector, X86_FIRST_DEVICE_VECTOR);
	KUNIT_EXPECT_LE(test, other->vector, X86_LAST_DEVICE_VECTOR);
	KUNIT_EXPECT_NE(test, one->vector, other->vector);
	KUNIT_EXPECT_EQ(test, more_on(0), 2);
	give_up(one);
	give_up(other);
	expect_all_given_back(test);
}

static void new_line_goes_to_the_least_loaded_cpu_that_is_allowed(struct kunit *test)
{
	struct x86_route *route[CPUS];
	unsigned int lowest = ~0U, cpu;

	set_up(test);
	for_each_online_cpu(cpu)
		lowest = min(lowest, before[cpu].taken);
	route[0] = route_to(test, cpu_online_mask);
	KUNIT_EXPECT_EQ(test, before[route[0]->cpu].taken, lowest);
	give_up(route[0]);

	for_each_online_cpu(cpu) {
		route[cpu] = route_of(test, cpu, cpumask_of(cpu));
		KUNIT_EXPECT_EQ(test, route[cpu]->cpu, cpu);
	}
	for_each_online_cpu(cpu)
		give_up(route[cpu]);
	expect_all_given_back(test);
}

/* Many are spread evenly: then no CPU has more than one more than another, but for what it had before. */
static void many_new_lines_are_spread_evenly(struct kunit *test)
{
	static struct x86_route *route[LINES];
	unsigned int lowest = ~0U, highest = 0, most_before = 0, cpu;

	set_up(test);
	for (unsigned int i = 0; i < 100; i++)
		route[i] = route_of(test, i, cpu_online_mask);
	for_each_online_cpu(cpu) {
		most_before = max(most_before, before[cpu].taken);
		lowest = min(lowest, usage_of(cpu).taken);
		highest = max(highest, usage_of(cpu).taken);
	}
	KUNIT_EXPECT_LE(test, highest, max(lowest + 1, most_before));
	for (unsigned int i = 0; i < 100; i++)
		give_up(route[i]);
	expect_all_given_back(test);
}

static void full_cpu_refuses_a_line_and_others_share_the_numbers(struct kunit *test)
{
	static struct x86_route *route[LINES];
	struct x86_route *other;
	unsigned int given = 0;

	set_up(test);
	while (given < LINES && (other = x86_route_new(&lines[given]), !x86_route_start(other, cpumask_of(0))))
		route[given++] = other;
	KUNIT_EXPECT_EQ(test, usage_of(0).free, 0U);
	KUNIT_EXPECT_EQ(test, more_on(0), (int)given);
	KUNIT_EXPECT_EQ(test, x86_route_start(other, cpumask_of(0)), -ENOSPC);
	x86_route_discard(other);
	if (num_online_cpus() > 1) {
		/* CPU 1 has numbers left, the same ones; a full CPU among others is passed by. */
		other = route_of(test, given, cpumask_of(1));
		KUNIT_EXPECT_EQ(test, x86_route_move(other, cpumask_of(0)), -ENOSPC);
		KUNIT_EXPECT_EQ(test, other->cpu, 1U);
		give_up(other);
		other = route_of(test, given, cpu_online_mask);
		KUNIT_EXPECT_NE(test, other->cpu, 0U);
		give_up(other);
	}
	while (given--)
		give_up(route[given]);
	expect_all_given_back(test);
}

static void cpu_that_is_not_online_is_refused(struct kunit *test)
{
	struct x86_route *route;

	set_up(test);
	route = x86_route_new(&lines[0]);
	KUNIT_ASSERT_NOT_NULL(test, route);
	KUNIT_EXPECT_EQ(test, x86_route_start(route, cpu_none_mask), -EINVAL);
	x86_route_discard(route);
	expect_all_given_back(test);
}

#define TIMES	100000

static void vectors_come_back_after_100000_allocations(struct kunit *test)
{
	struct x86_route *kept, *route;
	unsigned int cpus = 0;

	set_up(test);
	kept = route_to(test, cpu_online_mask);
	for (unsigned int i = 0; i < TIMES; i++) {
		route = x86_route_new(&lines[1]);
		if (x86_route_start(route, cpu_online_mask))
			break;
		if (i % 64 == 63)
			x86_route_move(route, cpumask_of(i / 64 % num_online_cpus()));
		cpus |= 1U << route->cpu % 32;
		give_up(route);
		if (i % 1000 == 0) {
			give_up(kept);
			kept = route_to(test, cpu_online_mask);
		}
	}
	give_up(kept);
	KUNIT_EXPECT_NE(test, cpus, 0U);
	expect_all_given_back(test);
}

/* ---- Moving */

static void moved_line_keeps_its_number_while_it_can(struct kunit *test)
{
	struct x86_route *route;
	u8 number;

	set_up_for_moves(test);
	route = route_to(test, cpumask_of(0));
	number = route->vector;
	KUNIT_EXPECT_EQ(test, x86_route_move(route, cpumask_of(1)), 0);
	KUNIT_EXPECT_EQ(test, route->cpu, 1U);
	KUNIT_EXPECT_EQ(test, route->vector, number);
	give_up(route);
	expect_all_given_back(test);
}

static void line_that_is_where_it_may_be_does_not_move(struct kunit *test)
{
	struct x86_route *route;

	set_up_for_moves(test);
	route = route_to(test, cpumask_of(1));
	KUNIT_EXPECT_EQ(test, x86_route_move(route, cpu_online_mask), 0);
	KUNIT_EXPECT_EQ(test, route->cpu, 1U);
	KUNIT_EXPECT_EQ(test, route->awaited, 0);
	give_up(route);
	expect_all_given_back(test);
}

static void old_place_is_kept_till_the_line_has_arrived_at_the_new_one(struct kunit *test)
{
	struct x86_route *route;

	set_up_for_moves(test);
	route = route_to(test, cpumask_of(0));
	x86_route_move(route, cpumask_of(1));
	KUNIT_EXPECT_EQ(test, more_on(0), 1);
	KUNIT_EXPECT_EQ(test, more_on(1), 1);
	/* One that was under way to the old place. */
	lapic_send(x86_cpu_apic_id[0], LAPIC_DELIVER_FIXED | route->vector);
	KUNIT_EXPECT_TRUE(test, wait_until(arrived(0) == 1));
	KUNIT_EXPECT_EQ(test, more_on(0), 1);
	x86_route_retrigger(route);
	KUNIT_EXPECT_TRUE(test, wait_until(arrived(1) == 1));
	KUNIT_EXPECT_TRUE(test, wait_until(!more_on(0)));
	KUNIT_EXPECT_EQ(test, more_on(1), 1);
	KUNIT_EXPECT_EQ(test, route->awaited, 0);
	x86_route_retrigger(route);
	KUNIT_EXPECT_TRUE(test, wait_until(arrived(1) == 2));
	give_up(route);
	expect_all_given_back(test);
}

/* It has arrived at the new place, and yet an interrupt waits at the old one. */
static void old_place_is_kept_while_an_interrupt_waits_there(struct kunit *test)
{
	struct x86_route *route;
	unsigned long flags;
	u8 number;

	set_up_for_moves(test);
	route = route_to(test, cpumask_of(0));
	number = route->vector;
	local_irq_save(flags);
	x86_route_retrigger(route);
	KUNIT_EXPECT_TRUE(test, wait_until(lapic_requested(number)));
	x86_route_move(route, cpumask_of(1));
	x86_route_retrigger(route);
	KUNIT_EXPECT_TRUE(test, wait_until(usage_of(0).leaving == 1));
	/* As the cleanup interrupt does; it has been sent, too, but interrupts are off. */
	x86_move_cleanup_flow(NULL);
	KUNIT_EXPECT_EQ(test, usage_of(0).leaving, 1U);
	KUNIT_EXPECT_EQ(test, more_on(0), 1);
	KUNIT_EXPECT_TRUE(test, lapic_requested(number));
	KUNIT_EXPECT_EQ(test, arrived(0), 0);
	local_irq_restore(flags);
	KUNIT_EXPECT_TRUE(test, wait_until(!more_on(0)));
	KUNIT_EXPECT_EQ(test, arrived(0), 1);
	KUNIT_EXPECT_EQ(test, arrived(1), 1);
	give_up(route);
	expect_all_given_back(test);
}

/* The first interrupt of a line that came back may be one of the time before it left. */
static void line_that_came_back_must_arrive_twice(struct kunit *test)
{
	struct x86_route *route;

	set_up_for_moves(test);
	route = route_to(test, cpumask_of(0));
	x86_route_move(route, cpumask_of(1));
	x86_route_move(route, cpumask_of(0));
	KUNIT_EXPECT_EQ(test, route->cpu, 0U);
	KUNIT_EXPECT_EQ(test, more_on(0) + more_on(1), 2);
	x86_route_retrigger(route);
	KUNIT_EXPECT_TRUE(test, wait_until(arrived(0) == 1));
	KUNIT_EXPECT_EQ(test, usage_of(1).leaving, 0U);
	KUNIT_EXPECT_EQ(test, more_on(1), 1);
	x86_route_retrigger(route);
	KUNIT_EXPECT_TRUE(test, wait_until(arrived(0) == 2));
	KUNIT_EXPECT_TRUE(test, wait_until(!more_on(1)));
	KUNIT_EXPECT_EQ(test, more_on(0), 1);
	give_up(route);
	expect_all_given_back(test);
}

/* Its number is somebody else's there: it gets another, and meanwhile that one on its old CPU, too. */
static void line_that_changes_its_number_arrives_at_each_step(struct kunit *test)
{
	struct irq_desc stranger = { .handle_irq = line_flow };
	struct x86_route *route;
	u8 number;

	set_up_for_moves(test);
	route = route_to(test, cpumask_of(0));
	number = route->vector;
	KUNIT_ASSERT_TRUE(test, x86_vector_set(1, number, &stranger));
	KUNIT_EXPECT_EQ(test, x86_route_move(route, cpumask_of(1)), 0);
	KUNIT_EXPECT_NE(test, route->vector, number);
	KUNIT_EXPECT_EQ(test, more_on(0), 2);
	KUNIT_EXPECT_EQ(test, more_on(1), 2);
	/* The controller still has the old number; then the new one and the old CPU; then both are new. */
	lapic_send(x86_cpu_apic_id[0], LAPIC_DELIVER_FIXED | number);
	KUNIT_EXPECT_TRUE(test, wait_until(arrived(0) == 1));
	lapic_send(x86_cpu_apic_id[0], LAPIC_DELIVER_FIXED | route->vector);
	KUNIT_EXPECT_TRUE(test, wait_until(arrived(0) == 2));
	x86_route_retrigger(route);
	KUNIT_EXPECT_TRUE(test, wait_until(arrived(1) == 1));
	KUNIT_EXPECT_TRUE(test, wait_until(!more_on(0)));
	x86_vector_set(1, number, NULL);
	give_up(route);
	expect_all_given_back(test);
}

static void line_that_is_given_up_while_it_moves_gives_back_all(struct kunit *test)
{
	struct x86_route *route;
	unsigned int cpu;

	set_up_for_moves(test);
	route = route_to(test, cpumask_of(0));
	for_each_online_cpu(cpu)
		x86_route_move(route, cpumask_of(cpu));
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, more_on(cpu), 1);
	give_up(route);
	expect_all_given_back(test);
}

/* ---- A CPU that goes, and the others are full */

static irqreturn_t do_nothing(int irq, void *unused)
{
	return IRQ_HANDLED;
}

/* A line of the vector domain alone: no controller will ever deliver it. */
static unsigned int line_on(struct kunit *test, unsigned int cpu)
{
	int irq = irq_domain_alloc_irqs(x86_vector_domain, 1, NUMA_NO_NODE, NULL);

	KUNIT_ASSERT_GT(test, irq, 0);
	irq_set_handler((unsigned int)irq, handle_edge_irq);
	KUNIT_ASSERT_EQ(test, irq_set_affinity((unsigned int)irq, cpumask_of(cpu)), 0);
	KUNIT_ASSERT_EQ(test, request_irq((unsigned int)irq, do_nothing, 0, "vectors", lines), 0);
	return (unsigned int)irq;
}

/* As many as fit. Return: how many that was. */
static unsigned int fill_cpu(unsigned int cpu, struct x86_route **route)
{
	unsigned int given = 0;

	while (given < LINES && (route[given] = x86_route_new(&lines[given])) &&
	       !x86_route_start(route[given], cpumask_of(cpu)))
		given++;
	if (given < LINES && route[given])
		x86_route_discard(route[given]);
	return given;
}

static void cpu_stays_whose_lines_find_no_vector_elsewhere(struct kunit *test)
{
	static struct x86_route *route[CPUS][LINES];
	static unsigned int given[CPUS];
	unsigned int victim = nr_cpu_ids - 1, cpu, line;

	if (!IS_ENABLED(CONFIG_HOTPLUG_CPU) || num_online_cpus() < 2 || num_online_cpus() != nr_cpu_ids)
		kunit_skip(test, "needs two CPUs");
	set_up(test);
	line = line_on(test, victim);
	for (cpu = 0; cpu < victim; cpu++)
		given[cpu] = fill_cpu(cpu, route[cpu]);
	KUNIT_EXPECT_EQ(test, remove_cpu(victim), -ENOSPC);
	KUNIT_EXPECT_TRUE(test, cpu_active(victim));
	KUNIT_EXPECT_TRUE(test, cpumask_equal(irq_get_effective_affinity_mask(line), cpumask_of(victim)));
	for (cpu = 0; cpu < victim; cpu++)
		while (given[cpu]--)
			give_up(route[cpu][given[cpu]]);
	KUNIT_EXPECT_EQ(test, remove_cpu(victim), 0);
	KUNIT_EXPECT_FALSE(test, cpumask_equal(irq_get_effective_affinity_mask(line), cpumask_of(victim)));
	KUNIT_EXPECT_EQ(test, add_cpu(victim), 0);
	free_irq(line, lines);
	irq_domain_free_irqs(line, 1);
}

static struct kunit_case vector_cases[] = {
	KUNIT_CASE(new_lines_get_places_of_their_own),
	KUNIT_CASE(new_line_goes_to_the_least_loaded_cpu_that_is_allowed),
	KUNIT_CASE(many_new_lines_are_spread_evenly),
	KUNIT_CASE(full_cpu_refuses_a_line_and_others_share_the_numbers),
	KUNIT_CASE(cpu_that_is_not_online_is_refused),
	KUNIT_CASE(vectors_come_back_after_100000_allocations),
	KUNIT_CASE(moved_line_keeps_its_number_while_it_can),
	KUNIT_CASE(line_that_is_where_it_may_be_does_not_move),
	KUNIT_CASE(old_place_is_kept_till_the_line_has_arrived_at_the_new_one),
	KUNIT_CASE(old_place_is_kept_while_an_interrupt_waits_there),
	KUNIT_CASE(line_that_came_back_must_arrive_twice),
	KUNIT_CASE(line_that_changes_its_number_arrives_at_each_step),
	KUNIT_CASE(line_that_is_given_up_while_it_moves_gives_back_all),
	KUNIT_CASE(cpu_stays_whose_lines_find_no_vector_elsewhere),
	{}
};

static struct kunit_suite vector_suite = {
	.name = "x86-vectors",
	.test_cases = vector_cases,
};
kunit_test_suite(vector_suite);
