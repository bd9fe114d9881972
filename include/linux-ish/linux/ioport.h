/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ranges of ports and of physical addresses: what they are, and who has them.
 *
 * What
 *	A tree of ranges under each of two roots. A range is requested inside of another; ranges beside
 *	each other do not overlap. A driver's own ranges are BUSY: nobody else gets any part of them.
 *
 * Contexts
 *	Task, may sleep.
 *
 * Tests
 *	tests/boot/resource_test.c
 */
#ifndef _LINUX_IOPORT_H
#define _LINUX_IOPORT_H

#include <linux/bits.h>
#include <linux/types.h>

struct device;

/**
 * struct resource - a range, both ends included
 * @start, @end: its first and its last address
 * @name: for people
 * @flags: IORESOURCE_*
 * @parent, @sibling, @child: in the tree; those beside each other are in order
 */
struct resource {
	resource_size_t start;
	resource_size_t end;
	const char *name;
	unsigned long flags;
	unsigned long desc;
	struct resource *parent, *sibling, *child;	/* G: resource_lock */
};

#define IORESOURCE_BITS		0x000000ffUL	/* the bus's own */
#define IORESOURCE_TYPE_BITS	0x00001f00UL
#define IORESOURCE_IO		0x00000100UL
#define IORESOURCE_MEM		0x00000200UL
#define IORESOURCE_REG		0x00000300UL
#define IORESOURCE_IRQ		0x00000400UL
#define IORESOURCE_DMA		0x00000800UL
#define IORESOURCE_BUS		0x00001000UL
#define IORESOURCE_PREFETCH	0x00002000UL
#define IORESOURCE_READONLY	0x00004000UL
#define IORESOURCE_SIZEALIGN	0x00040000UL
#define IORESOURCE_MEM_64	0x00100000UL
#define IORESOURCE_WINDOW	0x00200000UL
#define IORESOURCE_MUXED	0x00400000UL
#define IORESOURCE_EXCLUSIVE	0x08000000UL
#define IORESOURCE_DISABLED	0x10000000UL
#define IORESOURCE_UNSET	0x20000000UL	/* has a size, but no address */
#define IORESOURCE_AUTO		0x40000000UL
#define IORESOURCE_BUSY		0x80000000UL

#define DEFINE_RES_NAMED(_start, _size, _name, _flags)			\
	(struct resource) {						\
		.start = (_start), .end = (_start) + (_size) - 1,	\
		.name = (_name), .flags = (_flags),			\
	}
#define DEFINE_RES_MEM(_start, _size)	DEFINE_RES_NAMED(_start, _size, NULL, IORESOURCE_MEM)
#define DEFINE_RES_IO(_start, _size)	DEFINE_RES_NAMED(_start, _size, NULL, IORESOURCE_IO)

/** resource_size - how many addresses */
static inline resource_size_t resource_size(const struct resource *res)
{
	return res->end - res->start + 1;
}
static inline unsigned long resource_type(const struct resource *res)
{
	return res->flags & IORESOURCE_TYPE_BITS;
}
static inline bool resource_contains(const struct resource *outer, const struct resource *inner)
{
	return resource_type(outer) == resource_type(inner) &&
	       !((outer->flags | inner->flags) & IORESOURCE_UNSET) &&
	       outer->start <= inner->start && outer->end >= inner->end;
}
static inline bool resource_overlaps(const struct resource *a, const struct resource *b)
{
	return a->start <= b->end && a->end >= b->start;
}

extern struct resource ioport_resource;		/* ports */
extern struct resource iomem_resource;		/* physical addresses */

/** request_resource - put @new right under @root. Return: 0, or -EBUSY where something overlaps. */
int request_resource(struct resource *root, struct resource *new);
/** request_resource_conflict - the same. Return: NULL, or what overlaps. */
struct resource *request_resource_conflict(struct resource *root, struct resource *new);
/** release_resource - take it out. Return: 0, or -EINVAL if it is not there. */
int release_resource(struct resource *old);

struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n,
				  const char *name, int flags);
void __release_region(struct resource *parent, resource_size_t start, resource_size_t n);

/**
 * request_region, request_mem_region - have @n ports, or addresses, from @start on, for oneself
 *
 * Return: the range, or NULL: somebody else has part of it. It may lie inside of a range that is not
 * BUSY, as a device's registers do in what firmware gave it.
 */
#define request_region(start, n, name)	__request_region(&ioport_resource, (start), (n), (name), 0)
#define request_mem_region(start, n, name) __request_region(&iomem_resource, (start), (n), (name), 0)
/** release_region, release_mem_region - give it back. What nobody has is reported. */
#define release_region(start, n)	__release_region(&ioport_resource, (start), (n))
#define release_mem_region(start, n)	__release_region(&iomem_resource, (start), (n))

struct resource *__devm_request_region(struct device *dev, struct resource *parent,
				       resource_size_t start, resource_size_t n, const char *name);
/** devm_request_region, devm_request_mem_region - until the driver leaves the device */
#define devm_request_region(dev, start, n, name) \
	__devm_request_region(dev, &ioport_resource, (start), (n), (name))
#define devm_request_mem_region(dev, start, n, name) \
	__devm_request_region(dev, &iomem_resource, (start), (n), (name))

#endif
