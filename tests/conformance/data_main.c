// SPDX-License-Identifier: GPL-2.0-only
/* Fifos, lists, trees, bitmaps, numbers in text: the unit data. */
#include <linux/module.h>

#include "data.h"

static int __init data_module_init(void)
{
	observe_fifos();
	observe_record_fifos();
	observe_lists();
	observe_other_lists();
	observe_trees();
	observe_bits();
	observe_numbers();
	return 0;
}

static void __exit data_module_exit(void)
{
}

module_init(data_module_init);
module_exit(data_module_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Observations: fifos, lists, trees, bitmaps, numbers in text");
