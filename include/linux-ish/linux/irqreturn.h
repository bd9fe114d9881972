/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_IRQRETURN_H
#define _LINUX_IRQRETURN_H

/**
 * enum irqreturn - what an interrupt handler says of the interrupt
 * @IRQ_NONE: not from my device
 * @IRQ_HANDLED: mine, done
 * @IRQ_WAKE_THREAD: mine, wake my thread for the rest
 */
enum irqreturn {
	IRQ_NONE = 0,
	IRQ_HANDLED = 1,
	IRQ_WAKE_THREAD = 2,
};

typedef enum irqreturn irqreturn_t;

/** IRQ_RETVAL - IRQ_HANDLED where @x is true, else IRQ_NONE */
#define IRQ_RETVAL(x)	((x) ? IRQ_HANDLED : IRQ_NONE)

#endif
