// SPDX-License-Identifier: GPL-2.0-only
/* A module that uses another one. Its init and exit have the names that loaders know. */
#include <linux/module.h>

int test_base_add(int n);
int helper(void);

static int sum;
module_param(sum, int, 0444);
static int fail;
module_param(fail, int, 0444);

int helper(void)
{
	return 20;
}

int init_module(void)
{
	sum = test_base_add(helper());
	return fail;
}

void cleanup_module(void)
{
	test_base_add(-helper());
}

MODULE_LICENSE("GPL");
