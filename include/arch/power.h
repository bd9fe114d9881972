/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: the end.
 *
 *	void arch_shutdown(bool success)	never returns. Whoever started the machine can tell success from
 *						failure, and both from a crash.
 *	void arch_reboot(void)			never returns
 */
#ifndef _ARCH_POWER_H
#define _ARCH_POWER_H
#include <linux/types.h>
#include <arch-impl/power.h>
#endif
