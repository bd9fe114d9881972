/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _X86_CONSOLE_H
#define _X86_CONSOLE_H

/** x86_console_init - look which devices are there. Boot CPU, once; before it nothing is written. */
void x86_console_init(void);

#endif
