/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_PARAM_H
#define _ASM_PARAM_H

#include <linux/kconfig.h>

/** HZ - ticks, and so jiffies, a second */
#define HZ		CONFIG_HZ
/** USER_HZ - the unit of clock_t, which user programs see */
#define USER_HZ		100
#define CLOCKS_PER_SEC	USER_HZ

#endif
