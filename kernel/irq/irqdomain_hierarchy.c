// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hierarchies of interrupt domains: lines whose chips stand one behind the other.
 *
 * What
 *	A line of the outermost domain has a struct irq_data for each level; the outermost is in the
 *	descriptor, the others are made when the line is, and linked by parent_data:
 *
 *		desc->irq_data (MSI) -> irq_data (vector) -> NULL
 *
 *	Then ops->alloc() of the outermost domain sets its level up and calls the parent's, or the other
 *	way round. Each level's hwirq is mapped when all went well.
 *
 * Contexts
 *	Allocating, freeing: task, may sleep; or early boot. Activating: desc->lock held, or at set-up.
 *
 * States of a line
 *	allocated	its chips know it
 *	activated	and have what they need to deliver it: from its first request, or its allocation
 *
 * Locks
 *	The root's mutex around allocating and freeing; parents' functions are called with it held.
 *
 * Tests
 *	tests/boot/irqdomain_test.c
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "internals.h"
#include "irqdomain.h"

/* ---- The chain of a line's data */

static void free_chain(unsigned int irq)
{
	struct irq_data *data = irq_get_irq_data(irq);
	struct irq_data *parent = data->parent_data;

	data->parent_data = NULL;
	data->domain = NULL;
	while (parent) {
		data = parent;
		parent = data->parent_data;
		kfree(data);
	}
}

static int make_chain(struct irq_domain *domain, unsigned int irq)
{
	struct irq_data *data = irq_get_irq_data(irq);

	data->domain = domain;
	for (domain = domain->parent; domain; domain = domain->parent) {
		struct irq_data *parent = FAULT("irqdomain.chain") ? NULL : kzalloc(sizeof(*parent), GFP_KERNEL);

		if (!parent)
			return -ENOMEM;
		parent->irq = irq;
		parent->common = data->common;
		parent->chip = &no_irq_chip;
		parent->domain = domain;
		data->parent_data = parent;
		data = parent;
	}
	return 0;
}

struct irq_data *irq_domain_get_irq_data(struct irq_domain *domain, unsigned int virq)
{
	struct irq_data *data = irq_get_irq_data(virq);

	while (data && data->domain != domain)
		data = data->parent_data;
	return data;
}

int irq_domain_set_hwirq_and_chip(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq,
				  const struct irq_chip *chip, void *chip_data)
{
	struct irq_data *data = irq_domain_get_irq_data(domain, virq);

	if (!data)
		return -ENOENT;
	data->hwirq = hwirq;
	data->chip = (struct irq_chip *)chip;
	data->chip_data = chip_data;
	return 0;
}

void irq_domain_set_info(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq,
			 const struct irq_chip *chip, void *chip_data, irq_flow_handler_t handler,
			 void *handler_data, const char *handler_name)
{
	irq_domain_set_hwirq_and_chip(domain, virq, hwirq, chip, chip_data);
	__irq_set_handler(virq, handler, 0, handler_name);
	irq_set_handler_data(virq, handler_data);
}

void irq_domain_reset_irq_data(struct irq_data *irq_data)
{
	irq_data->hwirq = 0;
	irq_data->chip = &no_irq_chip;
	irq_data->chip_data = NULL;
}

/* ---- What domains' functions call */

int irq_domain_alloc_irqs_parent(struct irq_domain *domain, unsigned int irq_base, unsigned int nr_irqs,
				 void *arg)
{
	struct irq_domain *parent = domain->parent;

	if (!parent || !parent->ops->alloc)
		return -ENOSYS;
	return parent->ops->alloc(parent, irq_base, nr_irqs, arg);
}

static void free_at_level(struct irq_domain *domain, unsigned int irq_base, unsigned int nr_irqs)
{
	if (!domain->ops->free)
		return;
	/* One by one: some may not have come as far as this domain. */
	for (unsigned int irq = irq_base; irq < irq_base + nr_irqs; irq++)
		if (irq_domain_get_irq_data(domain, irq))
			domain->ops->free(domain, irq, 1);
}

void irq_domain_free_irqs_parent(struct irq_domain *domain, unsigned int irq_base, unsigned int nr_irqs)
{
	if (domain->parent)
		free_at_level(domain->parent, irq_base, nr_irqs);
}

void irq_domain_free_irqs_common(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs)
{
	for (unsigned int irq = virq; irq < virq + nr_irqs; irq++) {
		struct irq_data *data = irq_domain_get_irq_data(domain, irq);

		if (data)
			irq_domain_reset_irq_data(data);
	}
	irq_domain_free_irqs_parent(domain, virq, nr_irqs);
}

void irq_domain_free_irqs_top(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs)
{
	for (unsigned int irq = virq; irq < virq + nr_irqs; irq++) {
		irq_set_handler_data(irq, NULL);
		irq_set_handler(irq, NULL);
	}
	irq_domain_free_irqs_common(domain, virq, nr_irqs);
}

/* ---- Allocating and freeing. Root's mutex held. */

static void unmap_levels(struct irq_data *data, const struct irq_data *end)
{
	for (; data != end; data = data->parent_data)
		domain_unmap(data->domain, data->hwirq);
}

/* Publish the mapping at each level; all or none. */
static int map_levels(unsigned int irq)
{
	struct irq_data *outermost = irq_get_irq_data(irq);

	for (struct irq_data *data = outermost; data; data = data->parent_data) {
		int error = domain_map(data->domain, data->hwirq, irq);

		if (error) {
			unmap_levels(outermost, data);
			return error;
		}
	}
	irq_clear_status_flags(irq, IRQ_NOREQUEST);
	return 0;
}

static void unmap_line(unsigned int irq)
{
	unmap_levels(irq_get_irq_data(irq), NULL);
	domain_silence(irq);
}

static int map_lines(unsigned int base, unsigned int nr_irqs)
{
	for (unsigned int i = 0; i < nr_irqs; i++) {
		int error = map_levels(base + i);

		if (error) {
			while (i--)
				unmap_line(base + i);
			return error;
		}
	}
	return 0;
}

static int make_chains(struct irq_domain *domain, unsigned int base, unsigned int nr_irqs)
{
	int error = 0;

	for (unsigned int i = 0; i < nr_irqs && !error; i++)
		error = make_chain(domain, base + i);
	return error;
}

static void free_chains(unsigned int base, unsigned int nr_irqs)
{
	for (unsigned int i = 0; i < nr_irqs; i++)
		free_chain(base + i);
}

static int alloc_locked(struct irq_domain *domain, unsigned int base, unsigned int nr_irqs, void *arg)
{
	int error = make_chains(domain, base, nr_irqs);

	if (error)
		goto free_chains;
	error = domain->ops->alloc(domain, base, nr_irqs, arg);
	if (error < 0)
		goto free_chains;
	error = map_lines(base, nr_irqs);
	if (error)
		goto free_levels;
	return 0;

free_levels:
	free_at_level(domain, base, nr_irqs);
free_chains:
	free_chains(base, nr_irqs);
	return error;
}

int __irq_domain_alloc_irqs(struct irq_domain *domain, int irq_base, unsigned int nr_irqs, int node,
			    void *arg, bool realloc, const struct irq_affinity_desc *affinity)
{
	int base, error;

	domain = domain ?: irq_get_default_host();
	if (WARN(!domain, "irq: lines without a domain\n"))
		return -EINVAL;
	if (!domain->ops->alloc)
		return -ENOSYS;
	base = realloc && irq_base >= 0 ? irq_base : domain_alloc_descs(irq_base, nr_irqs, 0, affinity);
	if (base < 0)
		return base;

	mutex_lock(&domain->root->mutex);
	error = alloc_locked(domain, (unsigned int)base, nr_irqs, arg);
	mutex_unlock(&domain->root->mutex);
	if (!error)
		return base;
	irq_free_descs((unsigned int)base, nr_irqs);
	return error;
}

void irq_domain_free_irqs(unsigned int virq, unsigned int nr_irqs)
{
	struct irq_data *data = irq_get_irq_data(virq);
	struct irq_domain *domain = data ? data->domain : NULL;

	if (WARN(!domain, "irq %u: has no mapping\n", virq))
		return;
	for (unsigned int irq = virq; irq < virq + nr_irqs; irq++)
		if (WARN(irq_has_action(irq), "irq %u: is freed with a handler\n", irq))
			return;

	mutex_lock(&domain->root->mutex);
	for (unsigned int irq = virq; irq < virq + nr_irqs; irq++)
		unmap_line(irq);
	free_at_level(domain, virq, nr_irqs);
	free_chains(virq, nr_irqs);
	mutex_unlock(&domain->root->mutex);
	irq_free_descs(virq, nr_irqs);
}

/* ---- Activating */

static void deactivate_levels(struct irq_data *data)
{
	for (; data && data->domain; data = data->parent_data)
		if (data->domain->ops->deactivate)
			data->domain->ops->deactivate(data->domain, data);
}

/* The CPU's level first. As deep as there are chips one behind the other. */
static int activate_levels(struct irq_data *data, bool early)
{
	int error;

	if (!data || !data->domain)
		return 0;
	error = activate_levels(data->parent_data, early);
	if (error || !data->domain->ops->activate)
		return error;
	error = data->domain->ops->activate(data->domain, data, early);
	if (error)
		deactivate_levels(data->parent_data);
	return error;
}

int irq_domain_activate_irq(struct irq_data *irq_data, bool early)
{
	int error = 0;

	if (!irqd_is_activated(irq_data))
		error = activate_levels(irq_data, early);
	if (!error)
		irq_data->common->state |= IRQD_ACTIVATED;
	return error;
}

void irq_domain_deactivate_irq(struct irq_data *irq_data)
{
	if (!irqd_is_activated(irq_data))
		return;
	deactivate_levels(irq_data);
	irq_data->common->state &= ~IRQD_ACTIVATED;
}
