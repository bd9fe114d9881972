// SPDX-License-Identifier: GPL-2.0-only
/* A module that another one uses. */
#include <linux/module.h>

int test_base_add(int n);

static int sum;
module_param(sum, int, 0444);

int test_base_add(int n)
{
	return sum += n;
}
EXPORT_SYMBOL_GPL(test_base_add);

/* A name of its own, though test_user has one like it. */
int helper(void);
int helper(void)
{
	return 1;
}

static int __init base_init(void)
{
	sum = helper();
	return 0;
}
module_init(base_init);

static void __exit base_exit(void)
{
}
module_exit(base_exit);

MODULE_LICENSE("GPL");
