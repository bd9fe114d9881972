/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a driver has for a device, so that it goes by itself when the driver leaves the device.
 *
 * What
 *	A resource is some bytes and a function that undoes what they stand for. It is added to a
 *	device; when the driver's probe fails, or its remove has run, or the device goes without ever
 *	having had a driver, all that the device has is undone, the last one first.
 *
 * Contexts
 *	Any that the allocation's flags allow, but for what releases: task, may sleep.
 *
 * Differs from Linux
 *	No groups. Nothing is by NUMA node.
 *
 * Tests
 *	tests/boot/device_test.c
 */
#ifndef _LINUX_DEVICE_DEVRES_H
#define _LINUX_DEVICE_DEVRES_H

#include <linux/compiler.h>
#include <linux/gfp_types.h>
#include <linux/overflow.h>
#include <linux/stdarg.h>
#include <linux/types.h>

struct device;

/** dr_release_t - undo a resource. Context: task, may sleep. */
typedef void (*dr_release_t)(struct device *dev, void *res);
/** dr_match_t - whether this resource is the one; not 0: yes. Context: a spinlock held. */
typedef int (*dr_match_t)(struct device *dev, void *res, void *match_data);

void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int nid,
			  const char *name) __malloc;
/**
 * devres_alloc - memory for a resource, zeroed
 * @release: what undoes it
 * @size: bytes of its own
 * @gfp: GFP_*
 *
 * Return: its bytes, for devres_add() or devres_free(); or NULL.
 */
#define devres_alloc(release, size, gfp) \
	__devres_alloc_node(release, size, gfp, -1, #release)
#define devres_alloc_node(release, size, gfp, nid) \
	__devres_alloc_node(release, size, gfp, nid, #release)
/** devres_free - give back what was never added. @res may be NULL. Context: any. */
void devres_free(void *res);
/** devres_add - from now on the device has it. Context: any. */
void devres_add(struct device *dev, void *res);

/**
 * devres_find - the resource of a device that was added last and fits
 * @dev: the device
 * @release: the function that it has
 * @match: NULL: any
 * @match_data: for @match
 *
 * Context: any. Return: its bytes, or NULL. It is still the device's.
 */
void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
/**
 * devres_get - add a new resource unless there is one that fits; if so, the new one is freed
 * @new_res: from devres_alloc(), with the function to look for
 *
 * Context: any. Return: the bytes of that which is there now.
 */
void *devres_get(struct device *dev, void *new_res, dr_match_t match, void *match_data);
/** devres_remove - as devres_find(), and it is the caller's from now on: neither undone nor freed */
void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
/** devres_destroy - the same, and its bytes are freed, nothing is undone. Return: 0 or -ENOENT. */
int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
/** devres_release - the same, and it is undone. Context: task. Return: 0 or -ENOENT. */
int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
/** devres_release_all - undo all, the last first. Context: task. Return: how many there were. */
int devres_release_all(struct device *dev);

int __devm_add_action(struct device *dev, void (*action)(void *data), void *data, const char *name);
/**
 * devm_add_action - call @action(@data) when the driver leaves the device
 *
 * Context: task. Return: 0 or -ENOMEM.
 */
#define devm_add_action(dev, action, data)	__devm_add_action(dev, action, data, #action)
/** devm_add_action_or_reset - the same; where that fails it is called at once */
#define devm_add_action_or_reset(dev, action, data) \
	__devm_add_action_or_reset(dev, action, data, #action)
static inline int __devm_add_action_or_reset(struct device *dev, void (*action)(void *data),
					     void *data, const char *name)
{
	int error = __devm_add_action(dev, action, data, name);

	if (error)
		action(data);
	return error;
}
/** devm_remove_action - do not call it after all. One that was not added is reported. */
void devm_remove_action(struct device *dev, void (*action)(void *data), void *data);
/** devm_release_action - call it now, and not again. Context: task. */
void devm_release_action(struct device *dev, void (*action)(void *data), void *data);

/**
 * devm_kmalloc, devm_kzalloc - memory that goes with the driver
 *
 * Return: as kmalloc().
 */
void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp) __malloc;
static inline void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return devm_kmalloc(dev, size, gfp | __GFP_ZERO);
}
/** devm_kmalloc_array, devm_kcalloc - the same for @n objects; NULL where the product overflows */
static inline void *devm_kmalloc_array(struct device *dev, size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(n, size, &bytes)))
		return NULL;
	return devm_kmalloc(dev, bytes, gfp);
}
static inline void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t gfp)
{
	return devm_kmalloc_array(dev, n, size, gfp | __GFP_ZERO);
}
/** devm_kfree - give it back early. What the device does not have is reported. */
void devm_kfree(struct device *dev, const void *p);
/** devm_kmemdup, devm_kstrdup - copies; NULL where there is no memory, or @s is NULL */
void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp);
char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp);
/** devm_kasprintf, devm_kvasprintf - text from a format, as kasprintf() */
char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...) __printf(3, 4);
char *devm_kvasprintf(struct device *dev, gfp_t gfp, const char *fmt, va_list args) __printf(3, 0);

#endif
