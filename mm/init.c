// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory management begins: from ranges to pages to objects.
 *
 * Contexts
 *	Boot CPU, once, interrupts off.
 */
#include <linux/kernel.h>
#include <bottomhalf/mm.h>

void mm_init(void)
{
	page_alloc_init();
	slab_init();
}
