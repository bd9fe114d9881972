/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_TYPES_H
#define _LINUX_SCHED_TYPES_H

#include <linux/types.h>

/**
 * struct sched_param - what sched_setscheduler() takes besides the policy
 * @sched_priority: 1 (least urgent) to 99 for SCHED_FIFO and SCHED_RR, 0 for SCHED_NORMAL
 */
struct sched_param {
	int sched_priority;
};

#endif
