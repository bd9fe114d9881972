/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupt domains: from a controller's numbers to the numbers that drivers use.
 *
 * What
 *	A controller knows its lines as hwirq 0, 1, 2 ...; several controllers have the same ones. Its domain
 *	maps each to a number of its own. Two kinds:
 *
 *	plain		ops->map() sets a line up, when irq_create_mapping() first asks for it
 *	hierarchy	chips stand one behind the other, and so do their domains: the outermost's
 *			ops->alloc() calls irq_domain_alloc_irqs_parent() for the rest of the way to the CPU, and
 *			each level gives the line a hwirq and a chip by irq_domain_set_hwirq_and_chip()
 *
 * Contexts
 *	Making domains and mappings: task, may sleep; or early boot. Finding a mapping: any.
 *
 * Differs from Linux
 *	No device tree; a fwnode is a name. A mapping is a number, not a pointer: kernel/irq/irqdomain.c.
 *
 * Follows Linux 6.12, include/linux/irqdomain.h.
 */
#ifndef _LINUX_IRQDOMAIN_H
#define _LINUX_IRQDOMAIN_H

#include <linux/fwnode.h>
#include <linux/irq.h>
#include <linux/irqdomain_defs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rbtree_types.h>
#include <linux/types.h>

struct irq_domain;
struct irq_fwspec;
struct device;

/**
 * struct irq_domain_ops - what a controller does for its domain
 * @match: whether the domain is @node's, for @bus_token; default: the same fwnode
 * @map: plain: set line @virq up for @hwirq; 0 or -Exxx
 * @unmap: plain: the line is given up; it has no chip any more
 * @alloc: hierarchy: set @nr_irqs lines from @virq on up; @arg is of irq_domain_alloc_irqs(); 0 or -Exxx
 * @free: hierarchy: the lines are given up; default: irq_domain_free_irqs_common()'s part
 * @activate: a line is going to be used: what is scarce is taken now. 0 or -Exxx. Context: desc->lock held
 * @deactivate: and is given back
 *
 * Context: task, with the domain's mutex held, where nothing else is said.
 */
struct irq_domain_ops {
	int (*match)(struct irq_domain *d, struct fwnode_handle *node, enum irq_domain_bus_token bus_token);
	int (*map)(struct irq_domain *d, unsigned int virq, irq_hw_number_t hwirq);
	void (*unmap)(struct irq_domain *d, unsigned int virq);
	int (*alloc)(struct irq_domain *d, unsigned int virq, unsigned int nr_irqs, void *arg);
	void (*free)(struct irq_domain *d, unsigned int virq, unsigned int nr_irqs);
	int (*activate)(struct irq_domain *d, struct irq_data *irqd, bool reserve);
	void (*deactivate)(struct irq_domain *d, struct irq_data *irq_data);
};

/**
 * struct irq_domain - a controller's numbers
 * @link: in the list of all domains
 * @name: for people
 * @ops: the controller's
 * @host_data: the controller's own
 * @flags: IRQ_DOMAIN_FLAG_*
 * @mapcount: lines that it has
 * @root: the domain next to the CPU, itself if it has no parent
 * @mutex: of the root: mappings of all domains of a hierarchy
 * @fwnode: whose it is, or NULL
 * @bus_token: what it is for
 * @dev: or NULL
 * @parent: the next domain towards the CPU
 * @hwirq_max: numbers below it can be mapped
 * @lock: @tree
 * @tree: mappings from @revmap_size on
 * @revmap_size: numbers with an entry in @revmap
 * @revmap: the lines; 0: none
 */
struct irq_domain {
	struct list_head link;		/* G (domains_mutex) */
	const char *name;		/* I */
	const struct irq_domain_ops *ops;	/* I */
	void *host_data;		/* I */
	unsigned int flags;		/* I */
	unsigned int mapcount;		/* L (root's mutex) */
	struct irq_domain *root;	/* I */
	struct mutex mutex;
	struct fwnode_handle *fwnode;	/* I */
	enum irq_domain_bus_token bus_token;	/* I */
	struct device *dev;		/* I */
	struct irq_domain *parent;	/* I */
	irq_hw_number_t hwirq_max;	/* I */
	raw_spinlock_t lock;
	struct rb_root tree;		/* L */
	unsigned int revmap_size;	/* I */
	unsigned int revmap[];		/* L (root's mutex) to write, read by anybody */
};

enum {
	IRQ_DOMAIN_FLAG_HIERARCHY	= 1 << 0,
	IRQ_DOMAIN_NAME_ALLOCATED	= 1 << 1,
	IRQ_DOMAIN_FLAG_MSI		= 1 << 4,
	IRQ_DOMAIN_FLAG_ISOLATED_MSI	= 1 << 5,
	IRQ_DOMAIN_FLAG_MSI_PARENT	= 1 << 8,
	IRQ_DOMAIN_FLAG_MSI_DEVICE	= 1 << 9,
	IRQ_DOMAIN_FLAG_NONCORE		= 1 << 16,	/* from here on the domain's owner's */
};

/* ---- Domains. NULL, or ERR_PTR() from irq_domain_instantiate(), if there is no memory. */

/**
 * struct irq_domain_info - a domain to be made
 * @fwnode: whose it is, or NULL
 * @domain_flags: IRQ_DOMAIN_FLAG_*
 * @size: numbers that are found at once, by an array
 * @hwirq_max: numbers below it can be mapped; 0: as many as @size
 * @bus_token: what it is for
 * @ops, @host_data: the controller's
 * @parent: the next domain towards the CPU, or NULL
 */
struct irq_domain_info {
	struct fwnode_handle *fwnode;
	unsigned int domain_flags;
	unsigned int size;
	irq_hw_number_t hwirq_max;
	enum irq_domain_bus_token bus_token;
	const struct irq_domain_ops *ops;
	void *host_data;
	struct irq_domain *parent;
};

/** irq_domain_instantiate - make a domain. Context: task, may sleep. Return: it, or ERR_PTR(). */
struct irq_domain *irq_domain_instantiate(const struct irq_domain_info *info);

/** irq_domain_create_linear - a plain domain of @size numbers */
struct irq_domain *irq_domain_create_linear(struct fwnode_handle *fwnode, unsigned int size,
					    const struct irq_domain_ops *ops, void *host_data);
/** irq_domain_create_tree - a plain domain of any numbers */
struct irq_domain *irq_domain_create_tree(struct fwnode_handle *fwnode,
					  const struct irq_domain_ops *ops, void *host_data);
/** irq_domain_create_simple - linear, with lines @first_irq on mapped from the start, if that is not 0 */
struct irq_domain *irq_domain_create_simple(struct fwnode_handle *fwnode, unsigned int size,
					    unsigned int first_irq, const struct irq_domain_ops *ops,
					    void *host_data);
/**
 * irq_domain_create_hierarchy - a domain behind another one
 * @parent: the next one towards the CPU
 * @flags: IRQ_DOMAIN_FLAG_*
 * @size: of the array, or 0: any numbers
 */
struct irq_domain *irq_domain_create_hierarchy(struct irq_domain *parent, unsigned int flags,
					       unsigned int size, struct fwnode_handle *fwnode,
					       const struct irq_domain_ops *ops, void *host_data);
/** irq_domain_remove - a domain without mappings is freed; one with some is reported, and kept */
void irq_domain_remove(struct irq_domain *domain);
/** irq_domain_update_bus_token - say what it is for. Context: at set-up. */
void irq_domain_update_bus_token(struct irq_domain *domain, enum irq_domain_bus_token bus_token);

/** irq_domain_alloc_named_fwnode, irq_domain_free_fwnode - a name for a domain. Context: task, may sleep. */
struct fwnode_handle *irq_domain_alloc_named_fwnode(const char *name);
void irq_domain_free_fwnode(struct fwnode_handle *fwnode);

/** irq_find_matching_fwnode - the domain of that name and purpose, or NULL. Context: task. */
struct irq_domain *irq_find_matching_fwnode(struct fwnode_handle *fwnode,
					    enum irq_domain_bus_token bus_token);
/** irq_set_default_host - the domain that is meant where NULL is given. Context: at set-up. */
void irq_set_default_host(struct irq_domain *domain);
struct irq_domain *irq_get_default_host(void);

/** irq_domain_is_hierarchy - whether its lines are had by irq_domain_alloc_irqs(). Context: any. */
static inline bool irq_domain_is_hierarchy(struct irq_domain *domain)
{
	return domain->flags & IRQ_DOMAIN_FLAG_HIERARCHY;
}

/* ---- Mappings of plain domains */

/**
 * irq_create_mapping_affinity - the line of a controller's number, made if there is none
 * @domain: the controller's, NULL: the default
 * @hwirq: its number
 * @affinity: where it may go, or NULL
 *
 * Context: task. Return: the line, or 0.
 */
unsigned int irq_create_mapping_affinity(struct irq_domain *domain, irq_hw_number_t hwirq,
					 const struct irq_affinity_desc *affinity);

/** irq_create_mapping - the same, to go anywhere */
static inline unsigned int irq_create_mapping(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	return irq_create_mapping_affinity(domain, hwirq, NULL);
}

/** irq_dispose_mapping - a line without handlers is given up, of either kind of domain. Context: task. */
void irq_dispose_mapping(unsigned int virq);

/** irq_domain_associate - map a number that has a descriptor already. Context: task. 0 or -Exxx. */
int irq_domain_associate(struct irq_domain *domain, unsigned int irq, irq_hw_number_t hwirq);
void irq_domain_associate_many(struct irq_domain *domain, unsigned int irq_base,
			       irq_hw_number_t hwirq_base, int count);

/** __irq_resolve_mapping - the descriptor of a number, and its line. NULL: not mapped. Context: any. */
struct irq_desc *__irq_resolve_mapping(struct irq_domain *domain, irq_hw_number_t hwirq, unsigned int *irq);

/** irq_resolve_mapping - the same without the line */
static inline struct irq_desc *irq_resolve_mapping(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	return __irq_resolve_mapping(domain, hwirq, NULL);
}

/** irq_find_mapping - the line of a number, 0 if it is not mapped. Context: any. */
static inline unsigned int irq_find_mapping(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	unsigned int irq;

	return __irq_resolve_mapping(domain, hwirq, &irq) ? irq : 0;
}

/* ---- Hierarchies */

/**
 * __irq_domain_alloc_irqs - lines of the outermost domain
 * @domain: the outermost; NULL: the default
 * @irq_base: the first number, or -1: any
 * @nr_irqs: how many
 * @node: without effect
 * @arg: for ops->alloc()
 * @realloc: the numbers have their descriptors already
 * @affinity: where each may go, an array, or NULL
 *
 * Context: task. Return: the first line, or -Exxx.
 */
int __irq_domain_alloc_irqs(struct irq_domain *domain, int irq_base, unsigned int nr_irqs, int node,
			    void *arg, bool realloc, const struct irq_affinity_desc *affinity);

/** irq_domain_alloc_irqs - the same, any numbers. */
static inline int irq_domain_alloc_irqs(struct irq_domain *domain, unsigned int nr_irqs, int node, void *arg)
{
	return __irq_domain_alloc_irqs(domain, -1, nr_irqs, node, arg, false, NULL);
}

/** irq_domain_free_irqs - give them up, with their numbers. Context: task. */
void irq_domain_free_irqs(unsigned int virq, unsigned int nr_irqs);

/* For ops->alloc() and ops->free(): the rest of the way to the CPU. */
int irq_domain_alloc_irqs_parent(struct irq_domain *domain, unsigned int irq_base, unsigned int nr_irqs,
				 void *arg);
void irq_domain_free_irqs_parent(struct irq_domain *domain, unsigned int irq_base, unsigned int nr_irqs);
/** irq_domain_free_irqs_common - this level's data is reset, then the parent's. As ops->free. */
void irq_domain_free_irqs_common(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs);
/** irq_domain_free_irqs_top - the same at the outermost level: flow and its data, too. As ops->free. */
void irq_domain_free_irqs_top(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs);

/** irq_domain_get_irq_data - a line, as one domain's chip sees it. NULL: it does not. */
struct irq_data *irq_domain_get_irq_data(struct irq_domain *domain, unsigned int virq);
/** irq_domain_set_hwirq_and_chip - at one level. Return: 0, or -ENOENT if the line is not the domain's. */
int irq_domain_set_hwirq_and_chip(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq,
				  const struct irq_chip *chip, void *chip_data);
/** irq_domain_set_info - the same, and the flow: at the outermost level, after its parents */
void irq_domain_set_info(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq,
			 const struct irq_chip *chip, void *chip_data, irq_flow_handler_t handler,
			 void *handler_data, const char *handler_name);
/** irq_domain_reset_irq_data - neither hwirq nor chip nor data any more */
void irq_domain_reset_irq_data(struct irq_data *irq_data);

/**
 * irq_domain_activate_irq - let each domain take what it needs to deliver, the CPU's first
 * @irq_data: the outermost
 * @early: only what is sure to be needed
 *
 * Once: a line that is active stays so until irq_domain_deactivate_irq().
 *
 * Context: desc->lock held, or at set-up. Return: 0 or -Exxx.
 */
int irq_domain_activate_irq(struct irq_data *irq_data, bool early);
void irq_domain_deactivate_irq(struct irq_data *irq_data);

/** irq_domain_mappings - lines that all domains have. Not Linux's. Context: task. */
unsigned int irq_domain_mappings(void);

#endif
