// SPDX-License-Identifier: GPL-2.0-only
/* Wait queues and completions: the unit wait. */
#include <linux/module.h>

#include "wait.h"

static int __init wait_module_init(void)
{
	observe_wake_functions();
	observe_queue_by_hand();
	observe_wait_event();
	observe_wait_bit();
	observe_completions();
	return 0;
}

static void __exit wait_module_exit(void)
{
}

module_init(wait_module_init);
module_exit(wait_module_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Observations: wait queues and completions");
