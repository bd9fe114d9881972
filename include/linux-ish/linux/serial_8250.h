/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Serial ports of the 8250's kind: what is known of one, and who drives it.
 *
 * Differs from Linux
 *	No tty above: a port is used through <linux/serdev.h>. Members of struct uart_port that are here have
 *	Linux's names; a port is registered with its functions of access, not with an address and a type.
 */
#ifndef _LINUX_SERIAL_8250_H
#define _LINUX_SERIAL_8250_H

#include <linux/interrupt.h>
#include <linux/kfifo.h>
#include <linux/mutex.h>
#include <linux/serdev.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

/* What a port has seen since it was registered. */
struct uart_icount {
	u32 rx, tx;
	u32 frame, parity, brk;
	u32 overrun;		/* lost in the device: it was not emptied in time */
	u32 buf_overrun;	/* lost in the driver: its ring was full */
};

/**
 * struct uart_port - a port, and how to reach it
 * @lock: everything that an interrupt shares with others
 * @serial_in, @serial_out: access to the register of an offset. Context: any, @lock held or not
 * @iobase: for people
 * @irq: its line; 0: somebody else calls serial8250_handle_irq()
 * @irqflags: for request_irq()
 * @fifosize: how many bytes it can be given at once
 * @line: its number
 * @cons: the polled console writes to it, too
 * @icount: L
 * @sysrq: L: a key is expected until then, in jiffies; 0: none is
 * @sysrq_ch: L: the key that came
 */
struct uart_port {
	raw_spinlock_t lock;
	unsigned int (*serial_in)(struct uart_port *port, int offset);
	void (*serial_out)(struct uart_port *port, int offset, int value);
	unsigned long iobase;			/* I */
	unsigned int irq;			/* I */
	unsigned long irqflags;			/* I */
	unsigned int fifosize;			/* I */
	int line;				/* I */
	bool cons;				/* I */
	struct uart_icount icount;
	unsigned long sysrq;
	u8 sysrq_ch;
};

#define UART_RING	1024	/* bytes, each way */

/**
 * struct uart_8250_port - a port of this driver. How it works: drivers/serial/8250.c
 *
 * Marks: I; L port.lock; M @mutex; A.
 */
struct uart_8250_port {
	struct uart_port port;
	struct serdev_device serdev;
	struct mutex mutex;			/* who opens, closes, suspends, configures */
	unsigned int users;			/* M: the user, and who listens for SysRq */
	bool suspended;				/* M */
	bool running;				/* M: it has its line, and its interrupts are on */
	bool opened;				/* L: a user has it */
	bool listening;				/* L: BREAK is SysRq's */
	bool dead;				/* L: given up */
	u8 ier, mcr;				/* L: as last written */
	u8 marks;				/* L: of the line status, read by who was not the top half */
	unsigned int storms;			/* L: handler runs on end that came to no end */
	DECLARE_KFIFO(received, u8, UART_RING);	/* filled under L, emptied by @rx_work */
	DECLARE_KFIFO(to_send, u8, UART_RING);	/* L */
	struct work_struct rx_work;
	struct tasklet_struct tx_tasklet;
	wait_queue_head_t tx_wait;
	struct timer_list again;
};

/**
 * serial8250_register_8250_port - a port that was found
 * @up: all zero but for what @up->port needs; stays for ever
 *
 * Context: task. Return: its number; -ENOSPC.
 */
int serial8250_register_8250_port(struct uart_8250_port *up);
/** serial8250_unregister_port - it is gone. Nobody has it open. Context: task, may sleep. */
void serial8250_unregister_port(int line);
/**
 * serial8250_handle_irq - serve a port
 * @iir: what its UART_IIR said
 *
 * Context: hard IRQ, or any with interrupts off. Return: 1, or 0 if it did not ask.
 */
int serial8250_handle_irq(struct uart_port *port, unsigned int iir);
/** serial8250_serdev - the port of that number, for serdev_device_open(); NULL: there is none. Context: any. */
struct serdev_device *serial8250_serdev(int line);
/** serial8250_counts - what it has seen, at a moment; all zero if there is none. Context: any but NMI. */
struct uart_icount serial8250_counts(int line);
/**
 * serial8250_listen - hear SysRq on a port, whether or not it has a user: BREAK, then a key
 * @line: its number
 *
 * On the console's port, as long as it has no user, a NUL (Ctrl-@) stands for BREAK, too. Context: task.
 * Return: 0; -ENODEV; what request_irq() says.
 */
int serial8250_listen(int line);

#ifdef CONFIG_SERIAL_8250
/**
 * serial8250_suspend_port, serial8250_resume_port - leave a port to somebody else for a while, and take it back
 * @line: its number
 *
 * Its line is free meanwhile. Context: task, may sleep.
 */
void serial8250_suspend_port(int line);
void serial8250_resume_port(int line);
#else
static inline void serial8250_suspend_port(int line) { }
static inline void serial8250_resume_port(int line) { }
#endif

#endif
