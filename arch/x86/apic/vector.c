// SPDX-License-Identifier: GPL-2.0-only
/*
 * Vectors of devices: which line is sent to which CPU, as which number; and how a line moves.
 *
 * What
 *	A place is a number (vector) of a CPU. One number may stand for different lines on different
 *	CPUs; a place stands for one line at most. A line's route says at which place its
 *	controller is to deliver it, and which places it had before and may still be delivered at.
 *
 *	A line goes to the allowed CPU that has the least places taken. A new one gets a number that
 *	nobody uses anywhere, as long as there is one; a line that moves keeps its number if it can.
 *	Then a move changes nothing but the destination, which is one write to the controller.
 *	Otherwise it takes two, and in between the line is sent to its old CPU as the new number. That
 *	place it gets, too, so nothing is lost at a controller that cannot be silenced meanwhile.
 *
 * States of a place (entry of its CPU's vector_irq[])
 *	free	NULL			-> taken	by x86_route_start()
 *					-> first	by x86_route_move()
 *	first	route->arrival		the line is sent here, and has not arrived since it moved
 *					-> taken	by the interrupt itself (arrival_flow())
 *	taken	its line's desc		the line is sent here, or was, and may still arrive
 *					-> leaving	the line has arrived where it is sent now
 *	leaving	the same, and a bit	-> free		by its own CPU, when nothing waits there
 *					-> first	the line comes back
 *
 *	The first interrupt at the new place shows that the controller knows it, and that whatever
 *	it sent before has reached the old CPU: it waits in that one's local APIC, or is through.
 *	Therefore the old CPU looks there itself, in an interrupt of its own
 *	(X86_MOVE_CLEANUP_VECTOR), and gives the place back, or looks again. That vector is the
 *	lowest of all: what waits comes before the next look.
 *
 *	A line that comes back before it has arrived where it was sent to may find an interrupt
 *	from its first time there. Only the second one shows something then.
 *
 * Contexts
 *	x86_route_new(), x86_route_discard(): task, or boot. x86_route_start(), x86_route_stop():
 *	desc->lock held, the line is silent. x86_route_move(): desc->lock held. arch_irq_offline(): the
 *	CPU that leaves, interrupts off.
 *
 * Locks
 *	vector_lock, interrupts off; inside of desc->lock. Entries of vector_irq[] are read by
 *	interrupts of their CPU without it: one store writes them, before the controller is told of
 *	the place. The memory of a route is never used for anything but routes: an interrupt that has just
 *	read the entry may still look at it.
 *
 * Limits
 *	X86_DEVICE_VECTORS places a CPU. Beyond that x86_route_start() and x86_route_move() say
 *	-ENOSPC, with a message that names the line and the CPUs; a line that would move stays.
 *	A line that is moved and does not fire keeps its old places till it does, or is moved back.
 *
 * Tests
 *	arch/x86/tests/vector_test.c
 */
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irqdesc.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <arch/clock.h>
#include <x86/irq.h>
#include <x86/lapic.h>

/* How long an interrupt can be under way: far longer than any bus takes. */
#define UNDER_WAY_NS	1000000ULL

struct cpu_vectors {
	unsigned int taken;				/* vector_lock: places, leaving ones too */
	unsigned int leaving_places;			/* vector_lock: bits of leaving */
	DECLARE_BITMAP(leaving, X86_NR_VECTORS);	/* vector_lock */
};

static DEFINE_RAW_SPINLOCK(vector_lock);
static DEFINE_PER_CPU(struct cpu_vectors, cpu_vectors);
static u8 cpus_using[X86_NR_VECTORS];	/* vector_lock: how many have this number taken */
static struct x86_route *spare_routes;	/* vector_lock */

/* ---- Places. Lock held. */

static struct irq_desc **entry_of(unsigned int cpu, unsigned int vector)
{
	return &per_cpu(vector_irq, cpu)[vector];
}

static bool is_place_of(const struct x86_route *route, unsigned int cpu, unsigned int vector)
{
	const struct irq_desc *entry = *entry_of(cpu, vector);

	return entry == route->desc || entry == &route->arrival;
}

static bool is_free_for(const struct x86_route *route, unsigned int cpu, unsigned int vector)
{
	return !*entry_of(cpu, vector) || is_place_of(route, cpu, vector);
}

static void unmark_leaving(unsigned int cpu, unsigned int vector)
{
	struct cpu_vectors *mine = &per_cpu(cpu_vectors, cpu);

	if (__test_and_clear_bit(vector, mine->leaving))
		mine->leaving_places--;
}

static void mark_leaving(unsigned int cpu, unsigned int vector)
{
	struct cpu_vectors *mine = &per_cpu(cpu_vectors, cpu);

	if (!__test_and_set_bit(vector, mine->leaving))
		mine->leaving_places++;
}

/* Make @vector of @cpu stand for @desc; NULL: for nothing. */
static void set_place(unsigned int cpu, unsigned int vector, struct irq_desc *desc)
{
	struct irq_desc **entry = entry_of(cpu, vector);
	int more = !!desc - !!*entry;

	if (vector >= X86_FIRST_DEVICE_VECTOR)
		per_cpu(cpu_vectors, cpu).taken += (unsigned int)more;
	cpus_using[vector] = (u8)(cpus_using[vector] + more);
	unmark_leaving(cpu, vector);
	WRITE_ONCE(*entry, desc);
}

/* ---- Finding a place. Lock held. */

#define for_each_device_vector(v) \
	for (unsigned int v = X86_FIRST_DEVICE_VECTOR; v <= X86_LAST_DEVICE_VECTOR; v++)

/* A number that @route can have on @cpu, and on the CPU that it is sent to now, if any; or 0. */
static unsigned int number_for(const struct x86_route *route, unsigned int cpu)
{
	if (route->vector && is_free_for(route, cpu, route->vector))
		return route->vector;
	for_each_device_vector(v)
		if (!cpus_using[v])
			return v;
	for_each_device_vector(v)
		if (is_free_for(route, cpu, v) && (!route->vector || is_free_for(route, route->cpu, v)))
			return v;
	return 0;
}

static unsigned int least_loaded(const struct cpumask *mask)
{
	unsigned int best = nr_cpu_ids, cpu;

	for_each_cpu(cpu, mask)
		if (best == nr_cpu_ids ||
		    per_cpu(cpu_vectors, cpu).taken < per_cpu(cpu_vectors, best).taken)
			best = cpu;
	return best;
}

/* Where @route could go among the online CPUs of @mask. 0, -EINVAL if there are none, -ENOSPC. */
static int find_place(const struct x86_route *route, const struct cpumask *mask,
		      unsigned int *cpu, unsigned int *vector)
{
	struct cpumask left;

	if (!cpumask_and(&left, mask, cpu_online_mask))
		return -EINVAL;
	while ((*cpu = least_loaded(&left)) < nr_cpu_ids) {
		*vector = number_for(route, *cpu);
		if (*vector)
			return 0;
		__cpumask_clear_cpu(*cpu, &left);
	}
	return -ENOSPC;
}

/* ---- The old places are given back */

/* Nobody is sent there any more. Its own CPU finds out when it can be given back. Lock held. */
static void leave_places_of_cpu(const struct x86_route *route, unsigned int cpu)
{
	for_each_device_vector(v)
		if (is_place_of(route, cpu, v) && (cpu != route->cpu || v != route->vector))
			mark_leaving(cpu, v);
	/* One that goes down at this moment gives back everything itself. */
	if (cpu_online(cpu) && per_cpu(cpu_vectors, cpu).leaving_places)
		lapic_send(x86_cpu_apic_id[cpu], LAPIC_DELIVER_FIXED | X86_MOVE_CLEANUP_VECTOR);
}

/* The line has arrived where it is sent. Lock held. */
static void settle(struct x86_route *route)
{
	unsigned int cpu;

	set_place(route->cpu, route->vector, route->desc);
	for_each_cpu(cpu, &route->old_cpus)
		leave_places_of_cpu(route, cpu);
	cpumask_clear(&route->old_cpus);
}

/* The first interrupts at a new place come here; then the line's own flow has it. */
static void arrival_flow(struct irq_desc *arrival)
{
	struct x86_route *route = container_of(arrival, struct x86_route, arrival);

	raw_spin_lock(&vector_lock);
	/* Unless it is sent elsewhere by now: then this has shown nothing. */
	if (route->cpu == smp_processor_id() && route->awaited && !--route->awaited)
		settle(route);
	raw_spin_unlock(&vector_lock);
	generic_handle_irq_desc(route->desc);
}

/* This CPU gives back what it can. Whether something still waits. Lock held. */
static bool give_back_places(void)
{
	unsigned int cpu = smp_processor_id();
	unsigned long *leaving = per_cpu(cpu_vectors, cpu).leaving;
	bool some_wait = false;
	unsigned int v;

	for_each_set_bit(v, leaving, X86_NR_VECTORS) {
		if (lapic_requested(v))
			some_wait = true;
		else
			set_place(cpu, v, NULL);
	}
	return some_wait;
}

void x86_move_cleanup_flow(struct irq_desc *desc)
{
	bool again;

	lapic_eoi();
	this_cpu_inc(x86_irq_counts.move_cleanup);
	raw_spin_lock(&vector_lock);
	again = give_back_places();
	raw_spin_unlock(&vector_lock);
	/* It comes after what waits, as its number is lower. */
	if (again)
		lapic_send(0, LAPIC_ICR_SELF | X86_MOVE_CLEANUP_VECTOR);
}

/* ---- Routes */

struct x86_route *x86_route_new(struct irq_desc *desc)
{
	struct x86_route *route;
	unsigned long flags;

	raw_spin_lock_irqsave(&vector_lock, flags);
	route = spare_routes;
	if (route)
		spare_routes = route->next_spare;
	raw_spin_unlock_irqrestore(&vector_lock, flags);
	if (!route)
		route = kzalloc(sizeof(*route), GFP_KERNEL);
	if (route) {
		route->desc = desc;
		route->arrival.handle_irq = arrival_flow;
	}
	return route;
}

void x86_route_discard(struct x86_route *route)
{
	unsigned long flags;

	if (WARN(route->vector, "vectors: irq %u: given up while it has a place\n", route->desc->irq_data.irq))
		return;
	raw_spin_lock_irqsave(&vector_lock, flags);
	route->next_spare = spare_routes;
	spare_routes = route;
	raw_spin_unlock_irqrestore(&vector_lock, flags);
}

static int report_full(int error, const struct irq_desc *desc, const struct cpumask *mask)
{
	if (error == -ENOSPC)
		pr_warn_ratelimited("vectors: irq %u: all %u of each CPU of %*pbl are taken\n",
				    desc->irq_data.irq, X86_DEVICE_VECTORS, cpumask_pr_args(mask));
	return error;
}

int x86_route_start(struct x86_route *route, const struct cpumask *mask)
{
	unsigned int cpu, vector;
	unsigned long flags;
	int error;

	raw_spin_lock_irqsave(&vector_lock, flags);
	error = find_place(route, mask, &cpu, &vector);
	if (!error) {
		set_place(cpu, vector, route->desc);
		route->cpu = cpu;
		route->vector = (u8)vector;
	}
	raw_spin_unlock_irqrestore(&vector_lock, flags);
	return report_full(error, route->desc, mask);
}

/* Send it to @vector of @cpu from now on. Lock held. */
static void go_to(struct x86_route *route, unsigned int cpu, unsigned int vector)
{
	bool was_there = is_place_of(route, cpu, vector);

	/* No more awaited here; and where it is sent while the controller learns the new place. */
	set_place(route->cpu, route->vector, route->desc);
	set_place(route->cpu, vector, route->desc);
	__cpumask_set_cpu(route->cpu, &route->old_cpus);
	__cpumask_set_cpu(route->cpu, &route->left_cpus);

	set_place(cpu, vector, &route->arrival);
	route->awaited = was_there ? 2 : 1;
	route->cpu = cpu;
	route->vector = (u8)vector;
}

int x86_route_move(struct x86_route *route, const struct cpumask *mask)
{
	unsigned int cpu, vector;
	unsigned long flags;
	int error = 0;

	raw_spin_lock_irqsave(&vector_lock, flags);
	if (!cpumask_test_cpu(route->cpu, mask) || !cpu_online(route->cpu)) {
		error = find_place(route, mask, &cpu, &vector);
		if (!error)
			go_to(route, cpu, vector);
	}
	raw_spin_unlock_irqrestore(&vector_lock, flags);
	return report_full(error, route->desc, mask);
}

void x86_route_stop(struct x86_route *route)
{
	unsigned long flags;
	unsigned int cpu;

	raw_spin_lock_irqsave(&vector_lock, flags);
	if (is_place_of(route, route->cpu, route->vector))
		set_place(route->cpu, route->vector, NULL);
	for_each_cpu(cpu, &route->left_cpus)
		for_each_device_vector(v)
			if (is_place_of(route, cpu, v))
				set_place(cpu, v, NULL);
	route->vector = 0;
	route->awaited = 0;
	cpumask_clear(&route->old_cpus);
	cpumask_clear(&route->left_cpus);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
}

void x86_route_retrigger(const struct x86_route *route)
{
	lapic_send(x86_cpu_apic_id[route->cpu], LAPIC_DELIVER_FIXED | route->vector);
}

/* ---- This CPU goes down */

/* The line that @vector of this CPU stands for. */
static struct irq_desc *line_of(unsigned int vector)
{
	struct irq_desc *entry = this_cpu_read(vector_irq[vector]);

	if (entry && entry->handle_irq == arrival_flow)
		return container_of(entry, struct x86_route, arrival)->desc;
	return entry;
}

/* Lines that have been moved already stay where they are. */
static void move_away(struct irq_desc *desc)
{
	struct irq_data *data = &desc->irq_data;
	int error = -EINVAL;

	raw_spin_lock(&desc->lock);
	if (data->chip && data->chip->irq_set_affinity)
		error = data->chip->irq_set_affinity(data, cpu_online_mask, true);
	raw_spin_unlock(&desc->lock);
	if (error < 0)
		pr_err("vectors: irq %u cannot leave cpu %u: error %d\n", data->irq,
		       smp_processor_id(), error);
}

static void fire_again(struct irq_desc *desc)
{
	struct irq_data *data = &desc->irq_data;

	raw_spin_lock(&desc->lock);
	if (data->chip && data->chip->irq_retrigger)
		data->chip->irq_retrigger(data);
	raw_spin_unlock(&desc->lock);
}

void arch_irq_offline(void)
{
	unsigned int places = 0;

	for_each_device_vector(v)
		if (line_of(v)) {
			move_away(line_of(v));
			places++;
		}
	if (!places)
		return;
	/* What was sent before that arrives here, and waits, as interrupts are off. */
	arch_delay_ns(UNDER_WAY_NS);
	for_each_device_vector(v)
		if (line_of(v) && lapic_requested(v))
			fire_again(line_of(v));

	raw_spin_lock(&vector_lock);
	for_each_device_vector(v)
		set_place(smp_processor_id(), v, NULL);
	raw_spin_unlock(&vector_lock);
}

/* ---- Vectors that are not allocated */

bool x86_vector_set(unsigned int cpu, unsigned int vector, struct irq_desc *desc)
{
	unsigned long flags;
	bool was_free;

	raw_spin_lock_irqsave(&vector_lock, flags);
	was_free = !*entry_of(cpu, vector);
	if (was_free || !desc)
		set_place(cpu, vector, desc);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
	return was_free;
}

/* ---- For people and tests */

void x86_vector_usage(unsigned int cpu, struct x86_vector_usage *usage)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&vector_lock, flags);
	usage->taken = per_cpu(cpu_vectors, cpu).taken;
	usage->free = X86_DEVICE_VECTORS - usage->taken;
	usage->leaving = per_cpu(cpu_vectors, cpu).leaving_places;
	raw_spin_unlock_irqrestore(&vector_lock, flags);
}
