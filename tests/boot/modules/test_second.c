// SPDX-License-Identifier: GPL-2.0-only
/* The second file: its static names are the same as those of the first. */
#include <linux/init.h>
#include "test_second.h"

static int number = 1000;
static int second;

int number_of_second_file(void)
{
	return number + ++second;
}
