// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt domains: the list of them, and mappings of plain ones.
 *
 * What
 *	A mapping is kept twice: the line's irq_data has domain and hwirq, and the domain leads from
 *	hwirq to the number of the line, by an array for small numbers and a tree for the others. What it
 *	leads to is a number, and descriptors are never freed: so an interrupt that finds a mapping that is
 *	just being given up meets a line without chip, and nothing worse.
 *
 * Contexts
 *	Finding a mapping: any. All else: task, may sleep; or early boot.
 *
 * Locks
 *	domains_mutex	the list of domains. Innermost of the two.
 *	root->mutex	mappings of a hierarchy's domains; descriptors and chips are set up inside.
 *	domain->lock	the tree; interrupts off, innermost.
 *
 * Ordering
 *	A line is set up before its mapping is published (release), and has none when it is torn down.
 *
 * Differs from Linux
 *	There, a mapping is a pointer, and RCU keeps what it points to.
 *
 * Tests
 *	tests/boot/irqdomain_test.c, tests/scenario/irq_line.c
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/printk.h>
#include <linux/rbtree.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "internals.h"
#include "irqdomain.h"

static DEFINE_MUTEX(domains_mutex);
static LIST_HEAD(domains);			/* G (domains_mutex) */
static struct irq_domain *default_domain;	/* I, set at boot */

/* ---- Numbers to lines */

/* One mapping beyond the array. */
struct mapping {
	struct rb_node node;		/* L (domain->lock) */
	irq_hw_number_t hwirq;		/* I */
	unsigned int irq;		/* I */
};

static bool mapping_less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct mapping, node)->hwirq < rb_entry(b, struct mapping, node)->hwirq;
}

static int mapping_compare(const void *hwirq, const struct rb_node *node)
{
	irq_hw_number_t wanted = *(const irq_hw_number_t *)hwirq;
	irq_hw_number_t here = rb_entry(node, struct mapping, node)->hwirq;

	return wanted < here ? -1 : wanted > here;
}

/* domain->lock held. */
static struct mapping *find_mapping_locked(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	struct rb_node *node = rb_find(&hwirq, &domain->tree, mapping_compare);

	return rb_entry_safe(node, struct mapping, node);
}

static int tree_map(struct irq_domain *domain, irq_hw_number_t hwirq, unsigned int irq)
{
	struct mapping *mapping = kmalloc(sizeof(*mapping), GFP_KERNEL);
	unsigned long flags;

	if (!mapping || FAULT("irqdomain.map")) {
		kfree(mapping);
		return -ENOMEM;
	}
	mapping->hwirq = hwirq;
	mapping->irq = irq;
	raw_spin_lock_irqsave(&domain->lock, flags);
	rb_add(&mapping->node, &domain->tree, mapping_less);
	raw_spin_unlock_irqrestore(&domain->lock, flags);
	return 0;
}

static void tree_unmap(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	struct mapping *mapping;
	unsigned long flags;

	raw_spin_lock_irqsave(&domain->lock, flags);
	mapping = find_mapping_locked(domain, hwirq);
	if (mapping)
		rb_erase(&mapping->node, &domain->tree);
	raw_spin_unlock_irqrestore(&domain->lock, flags);
	kfree(mapping);
}

static unsigned int tree_find(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	struct mapping *mapping;
	unsigned int irq = 0;
	unsigned long flags;

	raw_spin_lock_irqsave(&domain->lock, flags);
	mapping = find_mapping_locked(domain, hwirq);
	if (mapping)
		irq = mapping->irq;
	raw_spin_unlock_irqrestore(&domain->lock, flags);
	return irq;
}

int domain_map(struct irq_domain *domain, irq_hw_number_t hwirq, unsigned int irq)
{
	int error = 0;

	lockdep_assert_held(&domain->root->mutex);
	if (hwirq < domain->revmap_size)
		/* Pairs with the read in __irq_resolve_mapping(). */
		smp_store_release(&domain->revmap[hwirq], irq);
	else
		error = tree_map(domain, hwirq, irq);
	if (!error)
		domain->mapcount++;
	return error;
}

void domain_unmap(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	lockdep_assert_held(&domain->root->mutex);
	if (hwirq < domain->revmap_size)
		WRITE_ONCE(domain->revmap[hwirq], 0);
	else
		tree_unmap(domain, hwirq);
	domain->mapcount--;
}

struct irq_desc *__irq_resolve_mapping(struct irq_domain *domain, irq_hw_number_t hwirq, unsigned int *irq)
{
	struct irq_desc *desc;
	unsigned int found;

	domain = domain ?: default_domain;
	if (!domain)
		return NULL;
	if (hwirq < domain->revmap_size)
		/* Pairs with the release in domain_map(). */
		found = smp_load_acquire(&domain->revmap[hwirq]);
	else
		found = tree_find(domain, hwirq);
	desc = found ? irq_to_desc(found) : NULL;
	if (desc && irq)
		*irq = found;
	return desc;
}

int generic_handle_domain_irq(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	struct irq_desc *desc = irq_resolve_mapping(domain, hwirq);

	if (unlikely(!desc))
		return -EINVAL;
	generic_handle_irq_desc(desc);
	return 0;
}

int generic_handle_domain_irq_safe(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	unsigned long flags;
	int error;

	local_irq_save(flags);
	error = generic_handle_domain_irq(domain, hwirq);
	local_irq_restore(flags);
	return error;
}

/* ---- Domains */

static void name_domain(struct irq_domain *domain)
{
	static unsigned int unknown_domains;	/* G (domains_mutex) */
	const char *name = domain->fwnode ? domain->fwnode->name : NULL;

	domain->name = name ? kstrdup(name, GFP_KERNEL) :
			      kasprintf(GFP_KERNEL, "unknown-%u", ++unknown_domains);
	if (domain->name)
		domain->flags |= IRQ_DOMAIN_NAME_ALLOCATED;
	else
		domain->name = "";
}

struct irq_domain *irq_domain_instantiate(const struct irq_domain_info *info)
{
	struct irq_domain *domain;

	if (WARN_ON(!info->ops))
		return ERR_PTR(-EINVAL);
	domain = kzalloc(struct_size(domain, revmap, info->size), GFP_KERNEL);
	if (!domain)
		return ERR_PTR(-ENOMEM);
	domain->fwnode = info->fwnode;
	domain->flags = info->domain_flags;
	domain->ops = info->ops;
	domain->host_data = info->host_data;
	domain->bus_token = info->bus_token;
	domain->revmap_size = info->size;
	domain->hwirq_max = info->hwirq_max ?: info->size;
	domain->parent = info->parent;
	domain->root = info->parent ? info->parent->root : domain;
	domain->tree = RB_ROOT;
	mutex_init(&domain->mutex);
	raw_spin_lock_init(&domain->lock);
	if (info->parent || info->ops->alloc)
		domain->flags |= IRQ_DOMAIN_FLAG_HIERARCHY;

	mutex_lock(&domains_mutex);
	name_domain(domain);
	list_add_tail(&domain->link, &domains);
	mutex_unlock(&domains_mutex);
	return domain;
}

static struct irq_domain *instantiate_or_null(const struct irq_domain_info *info)
{
	struct irq_domain *domain = irq_domain_instantiate(info);

	return IS_ERR(domain) ? NULL : domain;
}

struct irq_domain *irq_domain_create_linear(struct fwnode_handle *fwnode, unsigned int size,
					    const struct irq_domain_ops *ops, void *host_data)
{
	struct irq_domain_info info = {
		.fwnode = fwnode, .size = size, .hwirq_max = size, .ops = ops, .host_data = host_data,
	};

	return instantiate_or_null(&info);
}

struct irq_domain *irq_domain_create_tree(struct fwnode_handle *fwnode, const struct irq_domain_ops *ops,
					  void *host_data)
{
	struct irq_domain_info info = {
		.fwnode = fwnode, .hwirq_max = ~0UL, .ops = ops, .host_data = host_data,
	};

	return instantiate_or_null(&info);
}

struct irq_domain *irq_domain_create_simple(struct fwnode_handle *fwnode, unsigned int size,
					    unsigned int first_irq, const struct irq_domain_ops *ops,
					    void *host_data)
{
	struct irq_domain *domain = irq_domain_create_linear(fwnode, size, ops, host_data);

	if (domain && first_irq) {
		/* Numbers that somebody has made already are taken as they are. */
		if (irq_alloc_descs((int)first_irq, first_irq, size, NUMA_NO_NODE) < 0)
			pr_info("irq domain %s: lines from %u on exist already\n", domain->name, first_irq);
		irq_domain_associate_many(domain, first_irq, 0, (int)size);
	}
	return domain;
}

struct irq_domain *irq_domain_create_hierarchy(struct irq_domain *parent, unsigned int flags,
					       unsigned int size, struct fwnode_handle *fwnode,
					       const struct irq_domain_ops *ops, void *host_data)
{
	struct irq_domain_info info = {
		.fwnode = fwnode, .domain_flags = flags, .size = size, .hwirq_max = size ?: ~0UL,
		.ops = ops, .host_data = host_data, .parent = parent,
	};

	return instantiate_or_null(&info);
}

void irq_domain_remove(struct irq_domain *domain)
{
	if (WARN(domain->mapcount, "irq domain %s: removed with %u lines\n", domain->name, domain->mapcount))
		return;
	mutex_lock(&domains_mutex);
	list_del(&domain->link);
	if (default_domain == domain)
		default_domain = NULL;
	mutex_unlock(&domains_mutex);
	if (domain->flags & IRQ_DOMAIN_NAME_ALLOCATED)
		kfree(domain->name);
	kfree(domain);
}

void irq_domain_update_bus_token(struct irq_domain *domain, enum irq_domain_bus_token bus_token)
{
	domain->bus_token = bus_token;
}

struct fwnode_handle *irq_domain_alloc_named_fwnode(const char *name)
{
	struct fwnode_handle *fwnode = kzalloc(sizeof(*fwnode), GFP_KERNEL);

	if (!fwnode)
		return NULL;
	fwnode->name = kstrdup(name, GFP_KERNEL);
	if (fwnode->name)
		return fwnode;
	kfree(fwnode);
	return NULL;
}

void irq_domain_free_fwnode(struct fwnode_handle *fwnode)
{
	if (!fwnode)
		return;
	kfree(fwnode->name);
	kfree(fwnode);
}

static bool domain_matches(struct irq_domain *domain, struct fwnode_handle *fwnode,
			   enum irq_domain_bus_token bus_token)
{
	if (domain->ops->match)
		return domain->ops->match(domain, fwnode, bus_token);
	return fwnode && domain->fwnode == fwnode &&
	       (bus_token == DOMAIN_BUS_ANY || domain->bus_token == bus_token);
}

struct irq_domain *irq_find_matching_fwnode(struct fwnode_handle *fwnode,
					    enum irq_domain_bus_token bus_token)
{
	struct irq_domain *domain, *found = NULL;

	mutex_lock(&domains_mutex);
	list_for_each_entry(domain, &domains, link)
		if (domain_matches(domain, fwnode, bus_token)) {
			found = domain;
			break;
		}
	mutex_unlock(&domains_mutex);
	return found;
}

void irq_set_default_host(struct irq_domain *domain)
{
	default_domain = domain;
}

struct irq_domain *irq_get_default_host(void)
{
	return default_domain;
}

unsigned int irq_domain_mappings(void)
{
	struct irq_domain *domain;
	unsigned int sum = 0;

	mutex_lock(&domains_mutex);
	list_for_each_entry(domain, &domains, link)
		sum += READ_ONCE(domain->mapcount);
	mutex_unlock(&domains_mutex);
	return sum;
}

/* ---- Lines of plain domains */

int domain_alloc_descs(int irq_base, unsigned int cnt, irq_hw_number_t hwirq,
		       const struct irq_affinity_desc *affinity)
{
	unsigned int hint = (unsigned int)(hwirq % (unsigned int)nr_irqs) ?: 1;
	int irq;

	if (irq_base >= 0)
		return __irq_alloc_descs(irq_base, (unsigned int)irq_base, cnt, NUMA_NO_NODE, NULL, affinity);
	irq = __irq_alloc_descs(-1, hint, cnt, NUMA_NO_NODE, NULL, affinity);
	if (irq <= 0 && hint > 1)
		irq = __irq_alloc_descs(-1, 1, cnt, NUMA_NO_NODE, NULL, affinity);
	return irq;
}

void domain_silence(unsigned int irq)
{
	irq_set_status_flags(irq, IRQ_NOREQUEST);
	irq_set_chip_and_handler(irq, NULL, NULL);
	synchronize_irq(irq);
}

static void forget_domain(struct irq_data *data)
{
	data->domain = NULL;
	data->hwirq = 0;
}

/* Root's mutex held. */
static int associate_locked(struct irq_domain *domain, unsigned int irq, irq_hw_number_t hwirq)
{
	struct irq_data *data = irq_get_irq_data(irq);
	int error;

	if (WARN(hwirq >= domain->hwirq_max, "irq domain %s: number %lu is too large\n", domain->name, hwirq))
		return -EINVAL;
	if (WARN(!data, "irq domain %s: there is no line %u\n", domain->name, irq))
		return -EINVAL;
	if (WARN(data->domain, "irq domain %s: line %u belongs to another one\n", domain->name, irq))
		return -EINVAL;

	data->hwirq = hwirq;
	data->domain = domain;
	error = domain->ops->map ? domain->ops->map(domain, irq, hwirq) : 0;
	if (error) {
		/* -EPERM: the controller keeps the line to itself, and it is no surprise. */
		if (error != -EPERM)
			pr_info("irq domain %s: number %lu cannot be mapped: %d\n", domain->name, hwirq, error);
		forget_domain(data);
		return error;
	}
	error = domain_map(domain, hwirq, irq);
	if (error) {
		if (domain->ops->unmap)
			domain->ops->unmap(domain, irq);
		forget_domain(data);
		return error;
	}
	irq_clear_status_flags(irq, IRQ_NOREQUEST);
	return 0;
}

int irq_domain_associate(struct irq_domain *domain, unsigned int irq, irq_hw_number_t hwirq)
{
	int error;

	mutex_lock(&domain->root->mutex);
	error = associate_locked(domain, irq, hwirq);
	mutex_unlock(&domain->root->mutex);
	return error;
}

void irq_domain_associate_many(struct irq_domain *domain, unsigned int irq_base,
			       irq_hw_number_t hwirq_base, int count)
{
	for (int i = 0; i < count; i++)
		irq_domain_associate(domain, irq_base + (unsigned int)i, hwirq_base + (irq_hw_number_t)i);
}

static void disassociate(struct irq_domain *domain, unsigned int irq)
{
	struct irq_data *data = irq_get_irq_data(irq);

	mutex_lock(&domain->root->mutex);
	domain_unmap(domain, data->hwirq);
	domain_silence(irq);
	if (domain->ops->unmap)
		domain->ops->unmap(domain, irq);
	forget_domain(data);
	mutex_unlock(&domain->root->mutex);
}

/* Root's mutex held. Return: the line, or 0. */
static unsigned int create_mapping_locked(struct irq_domain *domain, irq_hw_number_t hwirq,
					  const struct irq_affinity_desc *affinity)
{
	int irq = domain_alloc_descs(-1, 1, hwirq, affinity);

	if (irq <= 0)
		return 0;
	if (associate_locked(domain, (unsigned int)irq, hwirq)) {
		irq_free_desc((unsigned int)irq);
		return 0;
	}
	return (unsigned int)irq;
}

unsigned int irq_create_mapping_affinity(struct irq_domain *domain, irq_hw_number_t hwirq,
					 const struct irq_affinity_desc *affinity)
{
	unsigned int irq;

	domain = domain ?: default_domain;
	if (WARN(!domain, "irq: a mapping without a domain\n"))
		return 0;
	mutex_lock(&domain->root->mutex);
	irq = irq_find_mapping(domain, hwirq);
	if (!irq)
		irq = create_mapping_locked(domain, hwirq, affinity);
	mutex_unlock(&domain->root->mutex);
	return irq;
}

void irq_dispose_mapping(unsigned int virq)
{
	struct irq_data *data = virq ? irq_get_irq_data(virq) : NULL;

	if (!data || WARN(!data->domain, "irq %u: has no mapping\n", virq))
		return;
	if (irq_domain_is_hierarchy(data->domain)) {
		irq_domain_free_irqs(virq, 1);
		return;
	}
	if (WARN(irq_has_action(virq), "irq %u: its mapping is disposed of with a handler\n", virq))
		return;
	disassociate(data->domain, virq);
	irq_free_desc(virq);
}
