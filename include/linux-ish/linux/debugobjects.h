/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Objects that must not be freed or set up again while they are in use (CONFIG_DEBUG_OBJECTS).
 *
 * What
 *	Who puts a timer, work or tasklet into use says so, and says when that is over. Memory that is freed
 *	with such an object in it is reported, with the object's kind and who put it into use. Without the
 *	option all of this is nothing.
 *
 * Differs from Linux
 *	Two states only, in use or not; nothing is repaired. Objects in static memory and on stacks count, too.
 */
#ifndef _LINUX_DEBUGOBJECTS_H
#define _LINUX_DEBUGOBJECTS_H

#include <linux/compiler.h>

/**
 * struct debug_obj_descr - a kind of objects
 * @name: for messages: "timer"
 */
struct debug_obj_descr {
	const char *name;
};

#ifdef CONFIG_DEBUG_OBJECTS

/**
 * debug_object_activate - @addr is in use from here on; harmless when it was already
 * @addr: the object
 * @descr: its kind
 * @who: an address in the kernel's code for the message: the object's function, or the caller
 *
 * Context: any but NMI.
 */
void debug_object_activate(const void *addr, const struct debug_obj_descr *descr, const void *who);
/** debug_object_deactivate - @addr is in use no more. Context: any but NMI. */
void debug_object_deactivate(const void *addr, const struct debug_obj_descr *descr);
/** debug_object_init - @addr is set up: report it if it is in use. Context: any but NMI, no lock held. */
void debug_object_init(const void *addr, const struct debug_obj_descr *descr);
/** debug_check_no_obj_freed - report objects in use in memory that is being freed. Context: same. */
void debug_check_no_obj_freed(const void *addr, unsigned long size);

#else

static inline void debug_object_activate(const void *addr, const struct debug_obj_descr *descr, const void *who) { }
static inline void debug_object_deactivate(const void *addr, const struct debug_obj_descr *descr) { }
static inline void debug_object_init(const void *addr, const struct debug_obj_descr *descr) { }
static inline void debug_check_no_obj_freed(const void *addr, unsigned long size) { }

#endif

#endif
