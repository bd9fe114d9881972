/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CONTAINER_OF_H
#define _LINUX_CONTAINER_OF_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/stddef.h>

#define typeof_member(type, member)	typeof(((type *)0)->member)

/**
 * container_of - the structure that a member lies in
 * @ptr: points to the member; its type must be the member's (or void)
 * @type: the structure
 * @member: the member's name
 *
 * Context: any.
 * Return: a pointer to the structure; never const, even if @ptr points to const.
 */
#define container_of(ptr, type, member) ({				\
	void *__member = (void *)(ptr);					\
	_Static_assert(__same_type(*(ptr), ((type *)0)->member) ||	\
		       __same_type(*(ptr), void),			\
		       "container_of: the pointer is not of the member's type"); \
	(type *)(__member - offsetof(type, member));			\
})

/** container_of_const - container_of() that keeps the const of what @ptr points to */
#define container_of_const(ptr, type, member)				\
	_Generic(ptr,							\
		 const typeof(*(ptr)) *: (const type *)container_of(ptr, type, member), \
		 default: (type *)container_of(ptr, type, member))

#endif
