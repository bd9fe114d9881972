/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SORT_H
#define _LINUX_SORT_H

#include <linux/types.h>

typedef int (*cmp_func_t)(const void *a, const void *b);
typedef void (*swap_func_t)(void *a, void *b, int size);
typedef int (*cmp_r_func_t)(const void *a, const void *b, const void *priv);
typedef void (*swap_r_func_t)(void *a, void *b, int size, const void *priv);

/**
 * sort_r - sort an array (heapsort: n log n always, no memory, not stable)
 * @base: the array
 * @num: its elements
 * @size: bytes of one
 * @cmp: negative, 0 or positive for a before, with, behind b
 * @swap: exchanges two elements, or NULL for a plain exchange
 * @priv: handed to both
 *
 * Context: any that @cmp and @swap allow.
 */
void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp, swap_r_func_t swap,
	    const void *priv);
void sort(void *base, size_t num, size_t size, cmp_func_t cmp, swap_func_t swap);

#endif
