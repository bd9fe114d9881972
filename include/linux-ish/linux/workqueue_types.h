/* SPDX-License-Identifier: GPL-2.0-only */
/* A work, for headers whose structs embed one. What can be done with it: <linux/workqueue.h>. */
#ifndef _LINUX_WORKQUEUE_TYPES_H
#define _LINUX_WORKQUEUE_TYPES_H

#include <linux/types.h>

struct work_struct;

typedef void (*work_func_t)(struct work_struct *work);

/**
 * struct work_struct - something to do
 * @data: its state; see kernel/workqueue.c
 * @entry: its place in a queue
 * @func: what to do
 *
 * Embed it. Lifetime: the caller's; it must not be freed while pending. The function itself may
 * free it.
 */
struct work_struct {
	atomic_long_t data;		/* A */
	struct list_head entry;		/* whoever won PENDING; while queued, the pool's lock */
	work_func_t func;		/* I */
};

#endif
