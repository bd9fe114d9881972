/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The console, kept from printing for a while.
 *
 * Differs from Linux
 *	There is no struct console, and no console_lock() that sleeps: who needs the device for itself
 *	asks with console_trylock().
 */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

#include <linux/compiler.h>

/**
 * console_trylock - keep the console's devices silent until console_unlock()
 *
 * What is logged meanwhile stays in the log, and comes out at console_unlock(). A panic does not
 * care: it prints. Context: any.
 * Return: 1, or 0 when somebody prints, or holds it.
 */
int console_trylock(void);
/** console_unlock - the console may print again, and prints what was logged. Context: any. */
void console_unlock(void);

#endif
