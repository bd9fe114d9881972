// SPDX-License-Identifier: GPL-2.0-only
/*
 * Resources of a device that go with its driver.
 *
 * What
 *	A list for each device, in the order of adding. A resource is a head, with what undoes it, and
 *	the caller's bytes behind it; callers know the bytes only. All are undone from the end on, each
 *	taken off the list first, so that one that is undone may add and remove others.
 *
 * Contexts, Differs from Linux
 *	See <linux/device/devres.h>.
 *
 * Locks
 *	dev->devres_lock: the list. Release functions are called without it.
 *
 * Limits
 *	Undoing ends when the list is empty: a release function that adds a resource each time is a bug
 *	that does not end.
 *
 * Tests
 *	tests/boot/device_test.c
 */
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "base.h"

struct devres {
	struct list_head node;		/* L: devres_lock */
	dr_release_t release;		/* I */
	const char *name;		/* I: of the release function, for people */
	size_t size;			/* I */
	u8 data[] __aligned(16);
};

static struct devres *devres_of(const void *res)
{
	return container_of((u8 (*)[])res, struct devres, data);
}

void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int nid, const char *name)
{
	struct devres *dr;
	size_t bytes;

	if (check_add_overflow(sizeof(*dr), size, &bytes))
		return NULL;
	dr = kmalloc(bytes, gfp | __GFP_ZERO);
	if (!dr)
		return NULL;
	INIT_LIST_HEAD(&dr->node);
	dr->release = release;
	dr->name = name;
	dr->size = size;
	return dr->data;
}

void devres_free(void *res)
{
	if (!res)
		return;
	WARN(!list_empty(&devres_of(res)->node), "resource %s is freed while a device has it\n",
	     devres_of(res)->name);
	kfree(devres_of(res));
}

void devres_add(struct device *dev, void *res)
{
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	list_add_tail(&devres_of(res)->node, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
}

/* Lock held. */
static struct devres *find_locked(struct device *dev, dr_release_t release, dr_match_t match,
				  void *match_data)
{
	struct devres *dr;

	list_for_each_entry_reverse(dr, &dev->devres_head, node)
		if (dr->release == release && (!match || match(dev, dr->data, match_data)))
			return dr;
	return NULL;
}

void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct devres *dr;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	dr = find_locked(dev, release, match, match_data);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return dr ? dr->data : NULL;
}

void *devres_get(struct device *dev, void *new_res, dr_match_t match, void *match_data)
{
	struct devres *new = devres_of(new_res), *dr;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	dr = find_locked(dev, new->release, match, match_data);
	if (!dr)
		list_add_tail(&new->node, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	if (!dr)
		return new_res;
	devres_free(new_res);
	return dr->data;
}

void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct devres *dr;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	dr = find_locked(dev, release, match, match_data);
	if (dr)
		list_del_init(&dr->node);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return dr ? dr->data : NULL;
}

int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	void *res = devres_remove(dev, release, match, match_data);

	devres_free(res);
	return res ? 0 : -ENOENT;
}

int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	void *res = devres_remove(dev, release, match, match_data);

	if (!res)
		return -ENOENT;
	release(dev, res);
	devres_free(res);
	return 0;
}

static struct devres *take_last(struct device *dev)
{
	struct devres *dr = NULL;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	if (!list_empty(&dev->devres_head)) {
		dr = list_last_entry(&dev->devres_head, struct devres, node);
		list_del_init(&dr->node);
	}
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return dr;
}

int devres_release_all(struct device *dev)
{
	struct devres *dr;
	int count = 0;

	while ((dr = take_last(dev))) {
		dr->release(dev, dr->data);
		kfree(dr);
		count++;
	}
	return count;
}

/* ---- actions ---- */

struct action {
	void (*fn)(void *data);
	void *data;
};

static void release_action(struct device *dev, void *res)
{
	struct action *action = res;

	action->fn(action->data);
}

static int match_action(struct device *dev, void *res, void *wanted)
{
	return !memcmp(res, wanted, sizeof(struct action));
}

int __devm_add_action(struct device *dev, void (*fn)(void *data), void *data, const char *name)
{
	struct action *action = __devres_alloc_node(release_action, sizeof(*action), GFP_KERNEL, -1,
						    name);

	if (!action)
		return -ENOMEM;
	action->fn = fn;
	action->data = data;
	devres_add(dev, action);
	return 0;
}

void devm_remove_action(struct device *dev, void (*fn)(void *data), void *data)
{
	struct action wanted = { .fn = fn, .data = data };

	WARN_ON(devres_destroy(dev, release_action, match_action, &wanted));
}

void devm_release_action(struct device *dev, void (*fn)(void *data), void *data)
{
	struct action wanted = { .fn = fn, .data = data };

	WARN_ON(devres_release(dev, release_action, match_action, &wanted));
}

/* ---- memory ---- */

/* Nothing to undo: the bytes go with the resource. */
static void release_memory(struct device *dev, void *res)
{
}

static int match_memory(struct device *dev, void *res, void *p)
{
	return res == p;
}

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp)
{
	void *p;

	if (!size)
		return ZERO_SIZE_PTR;
	p = devres_alloc(release_memory, size, gfp);
	if (p)
		devres_add(dev, p);
	return p;
}

void devm_kfree(struct device *dev, const void *p)
{
	if (!ZERO_OR_NULL_PTR(p))
		WARN_ON(devres_destroy(dev, release_memory, match_memory, (void *)p));
}

void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp)
{
	void *p = devm_kmalloc(dev, len, gfp);

	return p ? memcpy(p, src, len) : NULL;
}

char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp)
{
	return s ? devm_kmemdup(dev, s, strlen(s) + 1, gfp) : NULL;
}

char *devm_kvasprintf(struct device *dev, gfp_t gfp, const char *fmt, va_list args)
{
	va_list again;
	size_t size;
	char *p;

	va_copy(again, args);
	size = (size_t)vsnprintf(NULL, 0, fmt, again) + 1;
	va_end(again);
	p = devm_kmalloc(dev, size, gfp);
	if (p)
		vsnprintf(p, size, fmt, args);
	return p;
}

char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...)
{
	va_list args;
	char *p;

	va_start(args, fmt);
	p = devm_kvasprintf(dev, gfp, fmt, args);
	va_end(args);
	return p;
}
