// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: domains. A controller's own numbers and the kernel's; controllers behind controllers.
 *
 * What
 *	Of the callbacks each notes a letter: m map, d unmap, A a allocate and free of the inner domain (the
 *	device's), P p of the outer one (its parent).
 */
#include <linux/irqdomain.h>

#include "irq_line.h"

#define NO_SUCH_LINE	0x7ffffff

static struct line_user first;
static int map_error;

static int map(struct irq_domain *domain, unsigned int irq, irq_hw_number_t hwirq)
{
	note('m');
	if (map_error)
		return map_error;
	irq_set_chip_and_handler(irq, &line_chip, handle_level_irq);
	irq_set_chip_data(irq, domain->host_data);
	return 0;
}

static void unmap(struct irq_domain *domain, unsigned int irq)
{
	note('d');
}

static const struct irq_domain_ops linear_ops = { .map = map, .unmap = unmap };
static const struct irq_domain_ops bare_ops = { .map = map };

static void begin(void)
{
	first = (struct line_user){ .letter = '1', .answer = IRQ_HANDLED };
	map_error = 0;
	line_type_error = 0;
	forget_notes();
}

static int request(int irq)
{
	return request_irq(irq, line_handler, 0, "conformance", &first);
}

/* ---- one controller ---- */

enum { SIZE = 8 };

static void mapping(struct irq_domain *domain)
{
	unsigned int irq, other;
	struct irq_data *data;

	begin();
	OBSERVE("irq_domain.find_before", "%u", irq_find_mapping(domain, 3));
	irq = irq_create_mapping(domain, 3);
	OBSERVE("irq_domain.create", "%s, %s", irq ? "a number" : "0", noted());
	data = irq_get_irq_data(irq);
	OBSERVE("irq_domain.created_hwirq", "%lu", irqd_to_hwirq(data));
	OBSERVE("irq_domain.created_domain_is_this_one", "%s", yes_no(data->domain == domain));
	OBSERVE("irq_domain.created_chip_data_is_host_data", "%s", yes_no(irq_get_chip_data(irq) == &first));
	OBSERVE("irq_domain.created_state", "%s", line_state(irq));
	OBSERVE("irq_domain.find", "%s", irq_find_mapping(domain, 3) == irq ? "the same" : "another");
	forget_notes();
	other = irq_create_mapping(domain, 3);
	OBSERVE("irq_domain.create_again", "%s, %s", other == irq ? "the same" : "another", noted());
	other = irq_create_mapping(domain, 4);
	OBSERVE("irq_domain.create_another", "%s", other && other != irq ? "another" : "the same or none");
	OBSERVE("irq_domain.request", "%d", request(irq));
	forget_notes();
	OBSERVE("irq_domain.fired_hwirq_of_nobody", "%d", generic_handle_domain_irq(domain, 5));
	free_irq(irq, &first);
	irq_dispose_mapping(other);
	OBSERVE("irq_domain.disposed_find", "%u", irq_find_mapping(domain, 4));
	OBSERVE("irq_domain.disposed_has_data", "%s", yes_no(irq_get_irq_data(other)));
	forget_notes();
	irq_dispose_mapping(irq);
	OBSERVE("irq_domain.dispose", "%s, %u", noted(), irq_find_mapping(domain, 3));
	irq_dispose_mapping(0);
	irq_dispose_mapping(NO_SUCH_LINE);
	irq = irq_create_mapping(domain, 3);
	OBSERVE("irq_domain.create_after_dispose", "%s", irq ? "a number" : "0");
	irq_dispose_mapping(irq);
}

static void failing(struct irq_domain *domain)
{
	unsigned int irq;

	begin();
	map_error = -EPERM;
	irq = irq_create_mapping(domain, 2);
	OBSERVE("irq_domain.create_map_says_eperm", "%u, %s", irq, noted());
	OBSERVE("irq_domain.create_map_says_eperm_find", "%u", irq_find_mapping(domain, 2));
	map_error = -EIO;
	irq = irq_create_mapping(domain, 2);
	OBSERVE("irq_domain.create_map_says_eio", "%u", irq);
	map_error = 0;
	irq = irq_create_mapping(domain, 2);
	OBSERVE("irq_domain.create_after_failures", "%s", irq ? "a number" : "0");
	irq_dispose_mapping(irq);
	/* Linux warns. */
	OBSERVE("irq_domain.create_beyond_the_size", "%u", irq_create_mapping(domain, SIZE));
	OBSERVE("irq_domain.find_beyond_the_size", "%u", irq_find_mapping(domain, SIZE));
}

static void associating(struct irq_domain *domain)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE), again = irq_alloc_desc(NUMA_NO_NODE);
	int error;

	begin();
	error = irq_domain_associate(domain, irq, 6);
	OBSERVE("irq_domain.associate", "%d, %s", error, noted());
	OBSERVE("irq_domain.associated_find", "%s", irq_find_mapping(domain, 6) == irq ? "the same" : "another");
	OBSERVE("irq_domain.associate_a_line_that_is", "%d", irq_domain_associate(domain, irq, 7));
	OBSERVE("irq_domain.associate_beyond_the_size", "%d", irq_domain_associate(domain, again, SIZE));
	irq_dispose_mapping(irq);
	irq_free_desc(again);
}

/* A line that may not be requested as such may be if a domain has made it. */
static void norequest(struct irq_domain *domain)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	begin();
	irq_set_status_flags(irq, IRQ_NOREQUEST);
	irq_domain_associate(domain, irq, 1);
	OBSERVE("irq_domain.associated_norequest_line_request", "%d", request(irq));
	free_irq(irq, &first);
	irq_dispose_mapping(irq);
}

static struct irq_domain *firing_domain;
static int firing_answer;

static void fire_hwirq_3(struct irq_work *work)
{
	firing_answer = generic_handle_domain_irq(firing_domain, 3);
}

static void firing(struct irq_domain *domain)
{
	unsigned int irq = irq_create_mapping(domain, 3);
	struct irq_work work;

	begin();
	if (request(irq))
		return;
	forget_notes();
	firing_domain = domain;
	init_irq_work(&work, fire_hwirq_3);
	irq_work_queue(&work);
	irq_work_sync(&work);
	OBSERVE("irq_domain.fired", "%d, %s", firing_answer, noted());
	free_irq(irq, &first);
	irq_dispose_mapping(irq);
}

static void one_controller(void)
{
	struct irq_domain *domain = irq_domain_create_linear(NULL, SIZE, &linear_ops, &first);
	struct irq_domain *tree = irq_domain_create_tree(NULL, &bare_ops, &first);
	unsigned int irq;

	if (!domain || !tree)
		return;
	OBSERVE("irq_domain.host_data", "%s", yes_no(domain->host_data == &first));
	mapping(domain);
	failing(domain);
	associating(domain);
	norequest(domain);
	firing(domain);
	begin();
	irq = irq_create_mapping(tree, 1234567);
	OBSERVE("irq_domain.tree_create", "%s, %s", irq ? "a number" : "0", noted());
	OBSERVE("irq_domain.tree_find", "%s", irq_find_mapping(tree, 1234567) == irq ? "the same" : "another");
	OBSERVE("irq_domain.tree_find_another", "%u", irq_find_mapping(tree, 1234568));
	irq_dispose_mapping(irq);
	OBSERVE("irq_domain.tree_disposed_find", "%u", irq_find_mapping(tree, 1234567));
	irq_domain_remove(tree);
	irq_domain_remove(domain);
}

/* ---- one behind the other ---- */

static void parent_mask(struct irq_data *data)		{ note('M'); }
static void parent_unmask(struct irq_data *data)	{ note('U'); }
static void parent_ack(struct irq_data *data)		{ note('K'); }
static void parent_eoi(struct irq_data *data)		{ note('E'); }

static struct irq_chip outer_chip = {
	.name = "outer",
	.irq_mask = parent_mask,
	.irq_unmask = parent_unmask,
	.irq_ack = parent_ack,
	.irq_eoi = parent_eoi,
};

static struct irq_chip inner_chip = {
	.name = "inner",
	.irq_mask = irq_chip_mask_parent,
	.irq_unmask = irq_chip_unmask_parent,
	.irq_ack = irq_chip_ack_parent,
	.irq_eoi = irq_chip_eoi_parent,
	.irq_set_affinity = irq_chip_set_affinity_parent,
	.irq_set_type = irq_chip_set_type_parent,
	.irq_retrigger = irq_chip_retrigger_hierarchy,
};

static int outer_error, inner_error;
static unsigned int asked_for;

static int outer_alloc(struct irq_domain *domain, unsigned int irq, unsigned int count, void *arg)
{
	unsigned int i;

	note('P');
	if (outer_error)
		return outer_error;
	asked_for = count;
	for (i = 0; i < count; i++)
		irq_domain_set_info(domain, irq + i, 100 + i, &outer_chip, arg, handle_level_irq, NULL, NULL);
	return 0;
}

static void outer_free(struct irq_domain *domain, unsigned int irq, unsigned int count)
{
	note('p');
}

static int inner_alloc(struct irq_domain *domain, unsigned int irq, unsigned int count, void *arg)
{
	unsigned int i;
	int error;

	note('A');
	if (inner_error)
		return inner_error;
	error = irq_domain_alloc_irqs_parent(domain, irq, count, arg);
	if (error)
		return error;
	for (i = 0; i < count; i++)
		irq_domain_set_hwirq_and_chip(domain, irq + i, 5 + i, &inner_chip, arg);
	return 0;
}

static void inner_free(struct irq_domain *domain, unsigned int irq, unsigned int count)
{
	note('a');
	irq_domain_free_irqs_common(domain, irq, count);
}

static int inner_activate(struct irq_domain *domain, struct irq_data *data, bool reserve)
{
	note('+');
	return 0;
}

static void inner_deactivate(struct irq_domain *domain, struct irq_data *data)
{
	note('-');
}

static const struct irq_domain_ops outer_ops = { .alloc = outer_alloc, .free = outer_free };
static const struct irq_domain_ops inner_ops = {
	.alloc = inner_alloc,
	.free = inner_free,
	.activate = inner_activate,
	.deactivate = inner_deactivate,
};

static void allocated(struct irq_domain *outer, struct irq_domain *inner)
{
	int irq;
	struct irq_data *data, *parent;

	begin();
	irq = irq_domain_alloc_irqs(inner, 3, NUMA_NO_NODE, &first);
	OBSERVE("irq_domain.hierarchy_alloc", "%s, %s, %u", irq > 0 ? "a number" : "an error", noted(), asked_for);
	data = irq_get_irq_data(irq + 1);
	parent = data->parent_data;
	OBSERVE("irq_domain.hierarchy_hwirqs", "%lu of %lu", irqd_to_hwirq(data), parent ? irqd_to_hwirq(parent) : 0);
	OBSERVE("irq_domain.hierarchy_chips", "%s of %s", data->chip->name, parent ? parent->chip->name : "nobody");
	OBSERVE("irq_domain.hierarchy_same_number_in_both", "%s", yes_no(parent && parent->irq == data->irq));
	OBSERVE("irq_domain.hierarchy_data_of_each_domain", "%s",
		yes_no(irq_domain_get_irq_data(inner, irq + 1) == data &&
		       irq_domain_get_irq_data(outer, irq + 1) == parent));
	OBSERVE("irq_domain.hierarchy_found_by_each_domain", "%s",
		yes_no(irq_find_mapping(inner, 6) == irq + 1 && irq_find_mapping(outer, 101) == irq + 1));
	forget_notes();
	OBSERVE("irq_domain.hierarchy_request", "%d", request(irq + 1));
	OBSERVE("irq_domain.hierarchy_request_asks", "%s", noted());
	OBSERVE("irq_domain.hierarchy_is_activated", "%d %d", irqd_is_activated(irq_get_irq_data(irq + 1)),
		irqd_is_activated(irq_get_irq_data(irq)));
	forget_notes();
	line_fire(irq + 1);
	OBSERVE("irq_domain.hierarchy_fired", "%s", noted());
	irq_set_status_flags(irq + 1, IRQ_MOVE_PCNTXT);
	OBSERVE("irq_domain.hierarchy_set_affinity_parent_without", "%d",
		irq_set_affinity(irq + 1, cpumask_of(0)));
	OBSERVE("irq_domain.hierarchy_set_type_parent_without", "%d",
		irq_set_irq_type(irq + 1, IRQ_TYPE_EDGE_RISING));
	forget_notes();
	free_irq(irq + 1, &first);
	OBSERVE("irq_domain.hierarchy_free_irq_asks", "%s", noted());
	forget_notes();
	irq_domain_free_irqs(irq, 3);
	OBSERVE("irq_domain.hierarchy_free", "%s, %u", noted(), irq_find_mapping(inner, 6));
}

static void alloc_fails(struct irq_domain *inner)
{
	int irq;

	begin();
	outer_error = -ENOSPC;
	irq = irq_domain_alloc_irqs(inner, 1, NUMA_NO_NODE, &first);
	OBSERVE("irq_domain.hierarchy_outer_refuses", "%d, %s", irq, noted());
	outer_error = 0;
	inner_error = -EBUSY;
	forget_notes();
	irq = irq_domain_alloc_irqs(inner, 1, NUMA_NO_NODE, &first);
	OBSERVE("irq_domain.hierarchy_inner_refuses", "%d, %s", irq, noted());
	inner_error = 0;
}

static void hierarchy(void)
{
	struct irq_domain *outer = irq_domain_create_tree(NULL, &outer_ops, NULL);
	struct irq_domain *inner = irq_domain_create_hierarchy(outer, 0, SIZE, NULL, &inner_ops, NULL);

	if (!outer || !inner)
		return;
	OBSERVE("irq_domain.hierarchy_parent", "%s", yes_no(inner->parent == outer && !outer->parent));
	allocated(outer, inner);
	alloc_fails(inner);
	irq_domain_remove(inner);
	irq_domain_remove(outer);
}

static int __init irq_domain_conformance_init(void)
{
	stay_on_cpu_0();
	one_controller();
	hierarchy();
	return all_lines_unmade();
}

static void __exit irq_domain_conformance_exit(void)
{
}

module_init(irq_domain_conformance_init);
module_exit(irq_domain_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: domains of interrupt numbers");
