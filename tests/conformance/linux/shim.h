/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Included before everything else in builds for Linux, and in no other: newer names for older kernels.
 *
 * What
 *	A unit is written for 6.12. Where 6.1 has the same thing under an older name or in an older
 *	form, the newer is defined here from it. What 6.1 has not at all is not made up: a unit
 *	leaves it out, by LINUX_VERSION_CODE, and those lines are missing from 6.1's record.
 *
 *	name			since	before
 *	open_softirq(nr, action)	6.10	the action took an argument
 *
 * Functions that no Linux exports are in unexported.c.
 */
#ifndef CONFORMANCE_SHIM_H
#define CONFORMANCE_SHIM_H

#include <linux/version.h>
#include <linux/interrupt.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
#define ACTION_TAKES_ARGUMENT
#define open_softirq(nr, action) \
	open_softirq(nr, (void (*)(struct softirq_action *))(void *)(action))
#endif

#endif
