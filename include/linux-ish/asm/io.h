/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Access to ports and device registers: inb(port), outb(value, port), and w, l for 16 and 32 bits;
 * inb_p(port), outb_p(value, port), which then wait for a moment; readb(address), writeb(value, address),
 * and w, l, q. Context: any. Include <linux/io.h>.
 */
#ifndef _ASM_IO_H
#define _ASM_IO_H
#include <linux/compiler.h>
#include <arch-impl/io.h>
#endif
