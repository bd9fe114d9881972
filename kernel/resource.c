// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ranges of ports and addresses, and who has them.
 *
 * What
 *	A tree: each range's children lie inside of it, in order, and do not overlap. A range that a
 *	driver wants is put as deep as it fits: into a child that holds all of it, unless that child is
 *	BUSY, which is the end. Whatever else overlaps is a conflict.
 *
 * Contexts
 *	Task, may sleep.
 *
 * Locks
 *	resource_lock: the links of both trees.
 *
 * Limits
 *	A child that is found by going through its neighbours: there are some dozens.
 *
 * Tests
 *	tests/boot/resource_test.c
 */
#include <linux/bug.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(resource_lock);

struct resource ioport_resource = DEFINE_RES_NAMED(0, 0x10000, "ports", IORESOURCE_IO);
struct resource iomem_resource = {
	.start = 0, .end = ~(resource_size_t)0, .name = "addresses", .flags = IORESOURCE_MEM,
};

/* Lock held. Link @new under @parent. Return: NULL, or what is in its way. */
static struct resource *insert_locked(struct resource *parent, struct resource *new)
{
	struct resource **link = &parent->child;

	if (new->end < new->start || new->start < parent->start || new->end > parent->end)
		return parent;
	while (*link && (*link)->end < new->start)
		link = &(*link)->sibling;
	if (*link && (*link)->start <= new->end)
		return *link;
	new->sibling = *link;
	new->parent = parent;
	*link = new;
	return NULL;
}

/* Lock held. */
static int remove_locked(struct resource *old)
{
	struct resource **link;

	if (!old->parent)
		return -EINVAL;
	for (link = &old->parent->child; *link; link = &(*link)->sibling)
		if (*link == old) {
			*link = old->sibling;
			old->parent = NULL;
			old->sibling = NULL;
			return 0;
		}
	return -EINVAL;
}

struct resource *request_resource_conflict(struct resource *root, struct resource *new)
{
	struct resource *conflict;

	spin_lock(&resource_lock);
	conflict = insert_locked(root, new);
	spin_unlock(&resource_lock);
	return conflict;
}

int request_resource(struct resource *root, struct resource *new)
{
	return request_resource_conflict(root, new) ? -EBUSY : 0;
}

int release_resource(struct resource *old)
{
	int error;

	spin_lock(&resource_lock);
	error = remove_locked(old);
	spin_unlock(&resource_lock);
	return error;
}

/* Lock held. As deep as it fits. Return: whether it did. */
static bool take_locked(struct resource *parent, struct resource *new)
{
	for (;;) {
		struct resource *conflict = insert_locked(parent, new);

		if (!conflict)
			return true;
		if (conflict == parent || (conflict->flags & IORESOURCE_BUSY))
			return false;
		parent = conflict;
	}
}

struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n,
				  const char *name, int flags)
{
	struct resource *new = kzalloc(sizeof(*new), GFP_KERNEL);
	bool taken;

	if (!new)
		return NULL;
	new->start = start;
	new->end = start + n - 1;
	new->name = name;
	new->flags = resource_type(parent) | IORESOURCE_BUSY | (unsigned int)flags;
	spin_lock(&resource_lock);
	taken = take_locked(parent, new);
	spin_unlock(&resource_lock);
	if (taken)
		return new;
	kfree(new);
	return NULL;
}

/* Lock held. The BUSY range that is exactly this, or NULL. */
static struct resource *find_locked(struct resource *parent, resource_size_t start,
				    resource_size_t end)
{
	struct resource *child = parent->child;

	while (child) {
		if (child->start > start || child->end < end) {
			child = child->sibling;
			continue;
		}
		if (child->flags & IORESOURCE_BUSY)
			return child->start == start && child->end == end ? child : NULL;
		child = child->child;
	}
	return NULL;
}

void __release_region(struct resource *parent, resource_size_t start, resource_size_t n)
{
	struct resource *found;

	spin_lock(&resource_lock);
	found = find_locked(parent, start, start + n - 1);
	if (found)
		remove_locked(found);
	spin_unlock(&resource_lock);
	if (!WARN(!found, "range %#llx to %#llx is released, and nobody has it\n", start,
		  start + n - 1))
		kfree(found);
}

/* ---- until the driver leaves ---- */

struct region {
	struct resource *parent;
	resource_size_t start, n;
};

static void release_region_of(struct device *dev, void *res)
{
	struct region *region = res;

	__release_region(region->parent, region->start, region->n);
}

struct resource *__devm_request_region(struct device *dev, struct resource *parent,
				       resource_size_t start, resource_size_t n, const char *name)
{
	struct region *region = devres_alloc(release_region_of, sizeof(*region), GFP_KERNEL);
	struct resource *res;

	if (!region)
		return NULL;
	res = __request_region(parent, start, n, name, 0);
	if (!res) {
		devres_free(region);
		return NULL;
	}
	*region = (struct region){ .parent = parent, .start = start, .n = n };
	devres_add(dev, region);
	return res;
}
