// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts by message: a bus's domain upon the vector domain (claims A1, A12; kernel/irq/msi.c).
 *
 * What
 *	The bus and its device are the test's: the device keeps its message in a variable, of which
 *	each half is written by itself, and sends it through the local APIC to the CPU and vector that
 *	the message names, whole or half written. Real devices: drivers/pci/.
 */
#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/jiffies.h>
#include <linux/msi.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <arch/irq.h>
#include <x86/irq.h>
#include <x86/lapic.h>
#include "../../../tests/boot/thread_helpers.h"

/* ---- The device */

static struct {
	struct msi_msg message;
	unsigned int halves_written;
	unsigned int send_after;	/* that many halves; 0: not by itself */
	unsigned int sent;
} device;

static void send_message(void)
{
	u32 cpu = device.message.address_lo >> 12 & 0xff;

	device.sent++;
	lapic_send(cpu, LAPIC_DELIVER_FIXED | (device.message.data & 0xff));
}

static void half_written(void)
{
	if (++device.halves_written == device.send_after)
		send_message();
}

static void write_message(struct irq_data *data, struct msi_msg *message)
{
	device.message.address_hi = message->address_hi;
	device.message.address_lo = message->address_lo;
	half_written();
	device.message.data = message->data;
	half_written();
}

/* ---- The bus */

static struct irq_chip bus_chip = {
	.name = "test-bus",
	.irq_ack = arch_msi_ack,
	.irq_set_affinity = msi_domain_set_affinity,
	.irq_retrigger = irq_chip_retrigger_hierarchy,
	.irq_write_msi_msg = write_message,
};

static int bus_alloc(struct irq_domain *domain, unsigned int irq, unsigned int count, void *unused)
{
	int error = irq_domain_alloc_irqs_parent(domain, irq, count, NULL);

	for (unsigned int i = 0; i < count && !error; i++)
		irq_domain_set_info(domain, irq + i, irq + i, &bus_chip, NULL, handle_edge_irq, NULL, "edge");
	return error;
}

static const struct irq_domain_ops bus_ops = {
	.alloc = bus_alloc,
	.free = irq_domain_free_irqs_top,
	.activate = msi_domain_activate,
};

static struct irq_domain *bus;
static unsigned int taken_before;

static unsigned int places_taken(void)
{
	struct x86_vector_usage usage;
	unsigned int cpu, taken = 0;

	for_each_online_cpu(cpu) {
		x86_vector_usage(cpu, &usage);
		taken += usage.taken;
	}
	return taken;
}

static int message_test_init(struct kunit *test)
{
	if (!arch_msi_domain())
		kunit_skip(test, "no local APIC is used");
	bus = irq_domain_create_hierarchy(arch_msi_domain(), 0, 0, NULL, &bus_ops, NULL);
	KUNIT_ASSERT_NOT_NULL(test, bus);
	memset(&device, 0, sizeof(device));
	taken_before = places_taken();
	return set_cpus_allowed_ptr(current, cpumask_of(0));
}

static void message_test_exit(struct kunit *test)
{
	if (bus)
		irq_domain_remove(bus);
	bus = NULL;
}

/* ---- The handler */

static struct {
	unsigned int calls;
	int cpu;
} handled;

static irqreturn_t handler(int irq, void *dev)
{
	WRITE_ONCE(handled.cpu, (int)smp_processor_id());
	WRITE_ONCE(handled.calls, handled.calls + 1);
	return IRQ_HANDLED;
}

static bool was_handled(unsigned int calls)
{
	return wait_until(READ_ONCE(handled.calls) == calls);
}

static unsigned int request_line(struct kunit *test)
{
	int irq = irq_domain_alloc_irqs(bus, 1, NUMA_NO_NODE, NULL);

	KUNIT_ASSERT_GT(test, irq, 0);
	handled.calls = 0;
	KUNIT_ASSERT_EQ(test, request_irq((unsigned int)irq, handler, 0, "message", &device), 0);
	return (unsigned int)irq;
}

static void free_line(struct kunit *test, unsigned int irq)
{
	free_irq(irq, &device);
	irq_domain_free_irqs(irq, 1);
	KUNIT_EXPECT_EQ(test, places_taken(), taken_before);
}

static struct x86_route *route_of(unsigned int irq)
{
	return irq_domain_get_irq_data(x86_vector_domain, irq)->chip_data;
}

static int move_line(unsigned int irq, unsigned int cpu)
{
	return irq_set_affinity(irq, cpumask_of(cpu));
}

/* ---- Cases */

static void message_reaches_its_handler(struct kunit *test)
{
	unsigned int irq = request_line(test);
	struct x86_route *route = route_of(irq);

	KUNIT_EXPECT_EQ(test, device.message.address_hi, 0U);
	KUNIT_EXPECT_EQ(test, device.message.address_lo, 0xfee00000U | x86_cpu_apic_id[route->cpu] << 12);
	KUNIT_EXPECT_EQ(test, device.message.data, (u32)route->vector);
	for (unsigned int i = 1; i <= 3; i++) {
		send_message();
		KUNIT_EXPECT_TRUE(test, was_handled(i));
		KUNIT_EXPECT_EQ(test, handled.cpu, (int)route->cpu);
	}
	free_line(test, irq);
}

static void line_without_handler_takes_no_vector(struct kunit *test)
{
	int irq = irq_domain_alloc_irqs(bus, 1, NUMA_NO_NODE, NULL);

	KUNIT_ASSERT_GT(test, irq, 0);
	KUNIT_EXPECT_EQ(test, places_taken(), taken_before);
	KUNIT_EXPECT_EQ(test, device.halves_written, 0U);
	KUNIT_EXPECT_EQ(test, request_irq((unsigned int)irq, handler, 0, "message", &device), 0);
	KUNIT_EXPECT_EQ(test, places_taken(), taken_before + 1);
	free_irq((unsigned int)irq, &device);
	KUNIT_EXPECT_EQ(test, places_taken(), taken_before);
	irq_domain_free_irqs((unsigned int)irq, 1);
}

static struct irq_desc stranger = { .handle_irq = handle_bad_irq };

/* Each place that nobody has is a stranger's; or nobody's again. */
static void take_all_places(bool take)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		for (unsigned int v = X86_FIRST_DEVICE_VECTOR; v <= X86_LAST_DEVICE_VECTOR; v++)
			if (take)
				x86_vector_set(cpu, v, &stranger);
			else if (READ_ONCE(per_cpu(vector_irq, cpu)[v]) == &stranger)
				x86_vector_set(cpu, v, NULL);
}

static void request_is_refused_while_no_vector_is_left(struct kunit *test)
{
	int irq = irq_domain_alloc_irqs(bus, 1, NUMA_NO_NODE, NULL);

	KUNIT_ASSERT_GT(test, irq, 0);
	take_all_places(true);
	KUNIT_EXPECT_EQ(test, request_irq((unsigned int)irq, handler, 0, "message", &device), -ENOSPC);
	take_all_places(false);
	KUNIT_EXPECT_EQ(test, places_taken(), taken_before);
	KUNIT_EXPECT_EQ(test, request_irq((unsigned int)irq, handler, 0, "message", &device), 0);
	free_line(test, (unsigned int)irq);
}

static void moved_message_arrives_on_its_new_cpu(struct kunit *test)
{
	unsigned int irq = request_line(test), calls = 0, cpu;

	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, move_line(irq, cpu), 0);
		send_message();
		KUNIT_EXPECT_TRUE(test, was_handled(++calls));
		KUNIT_EXPECT_EQ(test, handled.cpu, (int)cpu);
	}
	free_line(test, irq);
}

/* Two halves change, and are written one by one; the device sends after each. */
static void message_sent_at_any_moment_of_a_move_arrives(struct kunit *test)
{
	unsigned int irq, calls = 0;

	SKIP_ON_ONE_CPU(test);
	irq = request_line(test);
	for (unsigned int half = 1; half <= 4; half++) {
		unsigned int target = route_of(irq)->cpu ? 0 : 1;
		u8 number = route_of(irq)->vector;

		KUNIT_ASSERT_TRUE(test, x86_vector_set(target, number, &stranger));
		device.halves_written = 0;
		device.send_after = half;
		KUNIT_EXPECT_EQ(test, move_line(irq, target), 0);
		device.send_after = 0;
		KUNIT_EXPECT_EQ(test, device.halves_written, 4U);
		KUNIT_EXPECT_NE(test, route_of(irq)->vector, number);
		KUNIT_EXPECT_TRUE(test, was_handled(++calls));
		KUNIT_EXPECT_EQ(test, device.sent, calls);
		x86_vector_set(target, number, NULL);
		/* Once it has come where it is sent now, its old places are given back. */
		send_message();
		KUNIT_EXPECT_TRUE(test, was_handled(++calls));
		KUNIT_EXPECT_TRUE(test, wait_until(places_taken() == taken_before + 1));
	}
	free_line(test, irq);
}

/* While numbers last, the place differs in its CPU alone: one write. */
static void message_is_written_once_while_its_number_stays(struct kunit *test)
{
	unsigned int irq;

	SKIP_ON_ONE_CPU(test);
	irq = request_line(test);
	device.halves_written = 0;
	KUNIT_EXPECT_EQ(test, move_line(irq, route_of(irq)->cpu ? 0 : 1), 0);
	KUNIT_EXPECT_EQ(test, device.halves_written, 2U);
	device.halves_written = 0;
	KUNIT_EXPECT_EQ(test, move_line(irq, route_of(irq)->cpu), 0);
	KUNIT_EXPECT_EQ(test, device.halves_written, 0U);
	free_line(test, irq);
}

#define TIMES		100000
/* Where the machine is slow, fewer must do. */
#define LONG_ENOUGH	(20 * HZ)

static void lines_and_vectors_come_back_after_100000_allocations(struct kunit *test)
{
	unsigned int descs = irq_descs_in_use(), mappings = irq_domain_mappings();
	unsigned long end = jiffies + LONG_ENOUGH;
	unsigned int done;

	for (done = 0; done < TIMES && time_before(jiffies, end); done++) {
		int irq = irq_domain_alloc_irqs(bus, 1, NUMA_NO_NODE, NULL);
		struct irq_desc *desc;

		KUNIT_ASSERT_GT(test, irq, 0);
		desc = irq_to_desc((unsigned int)irq);
		raw_spin_lock_irq(&desc->lock);
		irq_domain_activate_irq(&desc->irq_data, false);
		irq_domain_deactivate_irq(&desc->irq_data);
		raw_spin_unlock_irq(&desc->lock);
		irq_domain_free_irqs((unsigned int)irq, 1);
	}
	kunit_info(test, "%u times", done);
	KUNIT_EXPECT_EQ(test, irq_descs_in_use(), descs);
	KUNIT_EXPECT_EQ(test, irq_domain_mappings(), mappings);
	KUNIT_EXPECT_EQ(test, places_taken(), taken_before);
}

/* Messages come as fast as they are handled, and the line goes round the CPUs meanwhile. */
#define SENDS	500
#define MOVES	500

static unsigned int moves;
static bool end_moves;

static void move_round(void *irq)
{
	for (unsigned int cpu = 0; !READ_ONCE(end_moves); cpu = (cpu + 1) % num_online_cpus())
		if (!move_line(*(unsigned int *)irq, cpu))
			WRITE_ONCE(moves, moves + 1);
}

static void message_is_not_lost_while_its_line_moves(struct kunit *test)
{
	unsigned int irq, sends = 0;
	struct actor actor;
	bool lost = false;

	SKIP_ON_ONE_CPU(test);
	irq = request_line(test);
	moves = 0;
	end_moves = false;
	actor_start(test, &actor, 1, move_round, &irq);
	while ((sends < SENDS || READ_ONCE(moves) < MOVES) && !lost) {
		send_message();
		lost = !was_handled(++sends);
	}
	WRITE_ONCE(end_moves, true);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_FALSE(test, lost);
	KUNIT_EXPECT_EQ(test, handled.calls, sends);
	free_line(test, irq);
}

static struct kunit_case message_cases[] = {
	KUNIT_CASE(message_reaches_its_handler),
	KUNIT_CASE(line_without_handler_takes_no_vector),
	KUNIT_CASE(request_is_refused_while_no_vector_is_left),
	KUNIT_CASE(moved_message_arrives_on_its_new_cpu),
	KUNIT_CASE(message_sent_at_any_moment_of_a_move_arrives),
	KUNIT_CASE(message_is_written_once_while_its_number_stays),
	KUNIT_CASE(message_is_not_lost_while_its_line_moves),
	KUNIT_CASE(lines_and_vectors_come_back_after_100000_allocations),
	{}
};

static struct kunit_suite message_suite = {
	.name = "x86-messages",
	.init = message_test_init,
	.exit = message_test_exit,
	.test_cases = message_cases,
};
kunit_test_suite(message_suite);
