// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handlers that go with their driver: when that leaves the device they are freed, last one first.
 *
 * What
 *	request_irq() and its kin, and a resource of the device (<linux/device/devres.h>) that frees.
 *
 * Contexts
 *	Task, may sleep.
 *
 * Tests
 *	tests/boot/irq_devres_test.c
 */
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/errno.h>
#include <linux/bug.h>

/* What is to be freed. */
struct irq_resource {
	unsigned int irq;
	void *dev_id;
};

static void release_irq(struct device *dev, void *res)
{
	const struct irq_resource *mine = res;

	free_irq(mine->irq, mine->dev_id);
}

static int same_irq(struct device *dev, void *res, void *match_data)
{
	const struct irq_resource *mine = res, *wanted = match_data;

	return mine->irq == wanted->irq && mine->dev_id == wanted->dev_id;
}

static struct irq_resource *make_resource(unsigned int irq, void *dev_id)
{
	struct irq_resource *mine = devres_alloc(release_irq, sizeof(*mine), GFP_KERNEL);

	if (!mine)
		return NULL;
	mine->irq = irq;
	mine->dev_id = dev_id;
	return mine;
}

/* The device has it now, unless the request failed. Return: what the request answered. */
static int keep_if_good(struct device *dev, struct irq_resource *mine, int answer)
{
	if (answer < 0)
		devres_free(mine);
	else
		devres_add(dev, mine);
	return answer;
}

int devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
			      irq_handler_t thread_fn, unsigned long flags, const char *name, void *dev_id)
{
	struct irq_resource *mine = make_resource(irq, dev_id);

	if (!mine)
		return -ENOMEM;
	return keep_if_good(dev, mine, request_threaded_irq(irq, handler, thread_fn, flags,
							    name ? name : dev_name(dev), dev_id));
}

int devm_request_any_context_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
				 unsigned long flags, const char *name, void *dev_id)
{
	struct irq_resource *mine = make_resource(irq, dev_id);

	if (!mine)
		return -ENOMEM;
	return keep_if_good(dev, mine, request_any_context_irq(irq, handler, flags, name ? name : dev_name(dev),
							       dev_id));
}

void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id)
{
	struct irq_resource wanted = { .irq = irq, .dev_id = dev_id };

	WARN_ON(devres_destroy(dev, release_irq, same_irq, &wanted));
	free_irq(irq, dev_id);
}
