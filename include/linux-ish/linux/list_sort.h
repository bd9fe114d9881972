/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_LIST_SORT_H
#define _LINUX_LIST_SORT_H

#include <linux/types.h>

typedef int (*list_cmp_func_t)(void *priv, const struct list_head *a, const struct list_head *b);

/**
 * list_sort - sort a list (merge sort: n log n, stable, no memory)
 * @priv: handed to @cmp
 * @head: the list
 * @cmp: positive if @a belongs behind @b, else 0 or negative
 *
 * Context: any that @cmp allows.
 */
void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp);

#endif
