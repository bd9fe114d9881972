// SPDX-License-Identifier: GPL-2.0-only
/*
 * The vector domain: the end of each line towards the CPU.
 *
 * What
 *	Lines of IOAPICs and messages of devices come to a local APIC in the same way: as a vector of
 *	a CPU. So the domains of IOAPICs (ioapic.c) and of buses whose devices send messages
 *	(<linux/msi.h>) have this one as their parent, which finds CPU and vector for a line and moves
 *	it. Its numbers are those of the lines themselves.
 *
 *	A line has a place (vector.c) while it is active: from its first handler, or when its bus asks for
 *	it, to its last. So lines that nobody uses cost no vectors, and one gets its CPU when all are
 *	there.
 *
 *	A message is the same in another form: the address says the CPU, the data the vector.
 *
 * Contexts
 *	Set-up: boot CPU. Functions of the domain and the chip: struct irq_domain_ops, struct irq_chip.
 *
 * Tests
 *	arch/x86/tests/line_test.c, arch/x86/tests/message_test.c
 *
 * Source: Intel SDM volume 3, 11.11 (message address and data).
 */
#include <linux/bits.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/msi.h>
#include <linux/printk.h>
#include <x86/irq.h>
#include <x86/lapic.h>

#define MESSAGE_ADDRESS		0xfee00000U
#define MESSAGE_CPU(id)		((id) << 12)	/* physical: exactly this one */
#define MESSAGE_FIXED		0x000		/* delivery mode; an edge */

struct irq_domain *x86_vector_domain;

/* ---- The chip */

static void show_place(struct irq_data *data, const struct x86_route *route)
{
	irq_data_update_effective_affinity(data, cpumask_of(route->cpu));
}

static int vector_set_affinity(struct irq_data *data, const struct cpumask *wanted, bool force)
{
	struct x86_route *route = data->chip_data;
	struct x86_route before = { .cpu = route->cpu, .vector = route->vector };
	int error;

	/* It is not active: its place will be found when it is. */
	if (!route->vector)
		return cpumask_intersects(wanted, cpu_online_mask) ? IRQ_SET_MASK_OK_DONE : -EINVAL;
	error = x86_route_move(route, wanted);
	if (error)
		return error;
	if (route->cpu == before.cpu && route->vector == before.vector)
		return IRQ_SET_MASK_OK_DONE;
	show_place(data, route);
	return IRQ_SET_MASK_OK;
}

static int vector_retrigger(struct irq_data *data)
{
	x86_route_retrigger(data->chip_data);
	return 1;
}

static void vector_compose_message(struct irq_data *data, struct msi_msg *message)
{
	const struct x86_route *route = data->chip_data;

	message->address_hi = 0;
	message->address_lo = MESSAGE_ADDRESS | MESSAGE_CPU(x86_cpu_apic_id[route->cpu]);
	message->data = MESSAGE_FIXED | route->vector;
}

static struct irq_chip vector_chip = {
	.name = "APIC",
	.irq_ack = arch_msi_ack,
	.irq_eoi = arch_msi_ack,
	.irq_set_affinity = vector_set_affinity,
	.irq_retrigger = vector_retrigger,
	.irq_compose_msi_msg = vector_compose_message,
};

/* ---- The domain */

static void vector_free(struct irq_domain *domain, unsigned int irq, unsigned int count)
{
	for (unsigned int i = irq; i < irq + count; i++) {
		struct irq_data *data = irq_domain_get_irq_data(domain, i);
		struct x86_route *route = data ? data->chip_data : NULL;

		if (!route)
			continue;
		irq_domain_reset_irq_data(data);
		x86_route_stop(route);
		x86_route_discard(route);
	}
}

static int vector_alloc(struct irq_domain *domain, unsigned int irq, unsigned int count, void *unused)
{
	for (unsigned int i = irq; i < irq + count; i++) {
		struct x86_route *route = x86_route_new(irq_to_desc(i));

		if (!route) {
			vector_free(domain, irq, i - irq);
			return -ENOMEM;
		}
		irq_domain_set_hwirq_and_chip(domain, i, i, &vector_chip, route);
		irq_set_status_flags(i, IRQ_MOVE_PCNTXT);
		irqd_set_single_target(irq_get_irq_data(i));
	}
	return 0;
}

/* To a CPU that the line was wished on, if that is possible. */
static int vector_activate(struct irq_domain *domain, struct irq_data *data, bool early)
{
	const struct cpumask *wanted = irq_data_get_affinity_mask(data);
	struct x86_route *route = data->chip_data;
	int error;

	if (!cpumask_intersects(wanted, cpu_online_mask))
		wanted = cpu_online_mask;
	error = x86_route_start(route, wanted);
	if (!error)
		show_place(data, route);
	return error;
}

static void vector_deactivate(struct irq_domain *domain, struct irq_data *data)
{
	x86_route_stop(data->chip_data);
	irq_data_update_effective_affinity(data, cpu_none_mask);
}

static const struct irq_domain_ops vector_ops = {
	.alloc = vector_alloc,
	.free = vector_free,
	.activate = vector_activate,
	.deactivate = vector_deactivate,
};

void __init x86_vector_domain_init(void)
{
	const struct irq_domain_info info = {
		.fwnode = irq_domain_alloc_named_fwnode("VECTOR"),
		.size = NR_IRQS,
		.ops = &vector_ops,
	};

	x86_vector_domain = irq_domain_instantiate(&info);
	if (IS_ERR(x86_vector_domain)) {
		pr_err("vectors: no memory for their domain: no interrupts of devices\n");
		x86_vector_domain = NULL;
	}
}

/* ---- The contract with domains of messages */

struct irq_domain *arch_msi_domain(void)
{
	return x86_vector_domain;
}

void arch_msi_ack(struct irq_data *data)
{
	lapic_eoi();
}
