// SPDX-License-Identifier: GPL-2.0-only
/*
 * A software interrupt controller.
 *
 * What
 *	Telling a line that it is pending sets its bit, and queues an irq_work of this CPU, which runs the
 *	flow of every line whose bit is set: in a hard interrupt, soon, and several tellings may be one.
 *
 * Contexts
 *	Chip functions: desc->lock held. The flows: hard IRQ.
 *
 * Locks
 *	None: bits are atomic; whether a line is masked belongs to its desc->lock.
 *
 * Tests
 *	tests/boot/irq_sim_test.c
 */
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq_sim.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include <linux/slab.h>

struct sim {
	struct irq_work work;
	struct irq_domain *domain;	/* I */
	const struct irq_sim_ops *ops;	/* I */
	void *ops_data;			/* I */
	unsigned long *pending;		/* A */
	unsigned int lines;		/* I */
};

/* A mapped line's own. */
struct sim_line {
	struct sim *sim;		/* I */
	bool enabled;			/* desc->lock */
};

/* ---- The chip */

static void sim_mask(struct irq_data *data)
{
	((struct sim_line *)data->chip_data)->enabled = false;
}

static void sim_unmask(struct irq_data *data)
{
	((struct sim_line *)data->chip_data)->enabled = true;
}

static int sim_set_type(struct irq_data *data, unsigned int type)
{
	if (type & ~(unsigned int)IRQ_TYPE_EDGE_BOTH)
		return -EINVAL;
	irqd_set_trigger_type(data, type);
	return 0;
}

static int sim_get_state(struct irq_data *data, enum irqchip_irq_state which, bool *state)
{
	const struct sim_line *line = data->chip_data;

	if (which != IRQCHIP_STATE_PENDING)
		return -EINVAL;
	if (line->enabled)
		*state = test_bit(data->hwirq, line->sim->pending);
	return 0;
}

static int sim_set_state(struct irq_data *data, enum irqchip_irq_state which, bool state)
{
	const struct sim_line *line = data->chip_data;

	if (which != IRQCHIP_STATE_PENDING)
		return -EINVAL;
	if (!line->enabled)
		return 0;
	assign_bit(data->hwirq, line->sim->pending, state);
	if (state)
		irq_work_queue(&line->sim->work);
	return 0;
}

static int sim_request(struct irq_data *data)
{
	const struct sim *sim = ((struct sim_line *)data->chip_data)->sim;

	if (!sim->ops || !sim->ops->irq_sim_irq_requested)
		return 0;
	return sim->ops->irq_sim_irq_requested(sim->domain, data->hwirq, sim->ops_data);
}

static void sim_release(struct irq_data *data)
{
	const struct sim *sim = ((struct sim_line *)data->chip_data)->sim;

	if (sim->ops && sim->ops->irq_sim_irq_released)
		sim->ops->irq_sim_irq_released(sim->domain, data->hwirq, sim->ops_data);
}

static struct irq_chip sim_chip = {
	.name = "irq_sim",
	.irq_mask = sim_mask,
	.irq_unmask = sim_unmask,
	.irq_set_type = sim_set_type,
	.irq_get_irqchip_state = sim_get_state,
	.irq_set_irqchip_state = sim_set_state,
	.irq_request_resources = sim_request,
	.irq_release_resources = sim_release,
};

/* Hard IRQ. What is set while it runs is found by another run. */
static void fire(struct irq_work *work)
{
	struct sim *sim = container_of(work, struct sim, work);
	unsigned int hwirq;

	for_each_set_bit(hwirq, sim->pending, sim->lines)
		if (test_and_clear_bit(hwirq, sim->pending))
			generic_handle_domain_irq(sim->domain, hwirq);
}

/* ---- The domain */

static int sim_map(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq)
{
	struct sim_line *line = kzalloc(sizeof(*line), GFP_KERNEL);

	if (!line)
		return -ENOMEM;
	line->sim = domain->host_data;
	irq_set_chip(virq, &sim_chip);
	irq_set_chip_data(virq, line);
	irq_set_handler(virq, handle_simple_irq);
	irq_modify_status(virq, IRQ_NOREQUEST | IRQ_NOAUTOEN, IRQ_NOPROBE);
	return 0;
}

static void sim_unmap(struct irq_domain *domain, unsigned int virq)
{
	struct irq_data *data = irq_domain_get_irq_data(domain, virq);
	struct sim_line *line = data->chip_data;

	irq_set_handler(virq, NULL);
	irq_domain_reset_irq_data(data);
	kfree(line);
}

static const struct irq_domain_ops sim_domain_ops = {
	.map = sim_map,
	.unmap = sim_unmap,
};

struct irq_domain *irq_domain_create_sim_full(struct fwnode_handle *fwnode, unsigned int num_irqs,
					      const struct irq_sim_ops *ops, void *data)
{
	struct sim *sim = kzalloc(sizeof(*sim), GFP_KERNEL);

	if (!sim)
		return ERR_PTR(-ENOMEM);
	sim->work = IRQ_WORK_INIT_HARD(fire);
	sim->lines = num_irqs;
	sim->ops = ops;
	sim->ops_data = data;
	sim->pending = bitmap_zalloc(num_irqs, GFP_KERNEL);
	if (!sim->pending)
		goto free_sim;
	sim->domain = irq_domain_create_linear(fwnode, num_irqs, &sim_domain_ops, sim);
	if (!sim->domain)
		goto free_pending;
	return sim->domain;

free_pending:
	bitmap_free(sim->pending);
free_sim:
	kfree(sim);
	return ERR_PTR(-ENOMEM);
}

void irq_domain_remove_sim(struct irq_domain *domain)
{
	struct sim *sim = domain->host_data;

	irq_work_sync(&sim->work);
	irq_domain_remove(domain);
	bitmap_free(sim->pending);
	kfree(sim);
}
