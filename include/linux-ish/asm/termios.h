/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lines beside a serial port's data, and its test mode, as bits of one word.
 */
#ifndef _ASM_TERMIOS_H
#define _ASM_TERMIOS_H

#define TIOCM_DTR	0x002
#define TIOCM_RTS	0x004
#define TIOCM_OUT1	0x2000
#define TIOCM_OUT2	0x4000
#define TIOCM_LOOP	0x8000	/* what is sent is heard, and nothing leaves */

#endif
