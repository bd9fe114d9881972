/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Error numbers in pointers: the last page of the address space is never a valid address.
 */
#ifndef _LINUX_ERR_H
#define _LINUX_ERR_H

#include <linux/compiler.h>
#include <linux/errno.h>

#define MAX_ERRNO	4095

/** IS_ERR_VALUE - whether an integer as wide as a pointer is a negative error number */
#define IS_ERR_VALUE(x)	unlikely((unsigned long)(void *)(x) >= (unsigned long)-MAX_ERRNO)

/** ERR_PTR - a negative error number as a pointer. Context: any. */
static __always_inline void * __must_check ERR_PTR(long error)
{
	return (void *)error;
}

/** PTR_ERR - the negative error number in a pointer for which IS_ERR() is true */
static __always_inline long __must_check PTR_ERR(const void *ptr)
{
	return (long)ptr;
}

/** IS_ERR - whether a pointer holds an error number */
static __always_inline bool __must_check IS_ERR(const void *ptr)
{
	return IS_ERR_VALUE((unsigned long)ptr);
}

/** IS_ERR_OR_NULL - the same, or NULL */
static __always_inline bool __must_check IS_ERR_OR_NULL(const void *ptr)
{
	return unlikely(!ptr) || IS_ERR(ptr);
}

/** ERR_CAST - an error pointer of another type */
static __always_inline void * __must_check ERR_CAST(const void *ptr)
{
	return (void *)ptr;
}

/** PTR_ERR_OR_ZERO - the error number, or 0 for a good pointer */
static __always_inline int __must_check PTR_ERR_OR_ZERO(const void *ptr)
{
	return IS_ERR(ptr) ? (int)PTR_ERR(ptr) : 0;
}

#endif
