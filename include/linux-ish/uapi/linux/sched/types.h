/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _UAPI_LINUX_SCHED_TYPES_H
#define _UAPI_LINUX_SCHED_TYPES_H

#include <linux/sched/types.h>

#endif
