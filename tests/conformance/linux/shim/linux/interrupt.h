/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Found before Linux's own <linux/interrupt.h> in builds for Linux, and in no other: newer forms for
 * older kernels.
 *
 * What
 *	A unit is written for 6.12. Where 6.1 has the same thing under an older name or in an older
 *	form, a header here, of the same name as Linux's, includes that and defines the newer one from
 *	it. It is no file for -include: a unit's pr_fmt must come before all headers. What 6.1 has not
 *	at all is not made up: a unit leaves that out by LINUX_VERSION_CODE, and those lines are not in
 *	6.1's record.
 *
 *	open_softirq(nr, action)	before 6.10 the action took an argument
 *
 *	Functions that Linux has, but does not export, are in ../../unexported.c.
 */
#include_next <linux/interrupt.h>

#ifndef CONFORMANCE_SHIM_INTERRUPT_H
#define CONFORMANCE_SHIM_INTERRUPT_H

#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
#define ACTION_TAKES_ARGUMENT
#define open_softirq(nr, action) \
	open_softirq(nr, (void (*)(struct softirq_action *))(void *)(action))
#endif

#endif
