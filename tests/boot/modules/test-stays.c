// SPDX-License-Identifier: GPL-2.0-only
/* A module without exit. */
#include <linux/module.h>

static int __init stays_init(void)
{
	return 0;
}
module_init(stays_init);

MODULE_LICENSE("GPL");
