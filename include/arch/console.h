/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: a place for text, from the first instruction on.
 *
 *	void arch_console_write(const char *s, size_t n)	any context, also with locks broken in panic;
 *			the caller serialises. Converts newlines itself where the device wants that.
 *	void arch_console_flush(void)				returns when the device has sent all
 */
#ifndef _ARCH_CONSOLE_H
#define _ARCH_CONSOLE_H
#include <linux/types.h>
#include <arch-impl/console.h>
#endif
