/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A serial port for a driver that talks over it.
 *
 * What
 *	serdev_device_open() makes the port the caller's: from then on what is received is handed to
 *	@receive_buf, in a work, and what is written is sent by interrupts. One user a port.
 *
 * Contexts
 *	open and close: task, may sleep. receive_buf: a task, one call at a time. write_wakeup: softirq.
 *
 * Differs from Linux
 *	The device is asked for by its number (serial8250_serdev()), not found by firmware; nothing hangs
 *	from a struct device.
 *
 * Tests
 *	tests/boot/8250_test.c, arch/x86/tests/serial_test.c
 */
#ifndef _LINUX_SERDEV_H
#define _LINUX_SERDEV_H

#include <linux/types.h>
#include <asm/termios.h>

struct serdev_device;

/**
 * struct serdev_device_ops - what a user wants to be told
 * @receive_buf: bytes have come. Return: how many of them are dealt with; the rest is offered again with
 *	what comes next, at once if it was not 0
 * @write_wakeup: there is room again; may be NULL
 */
struct serdev_device_ops {
	size_t (*receive_buf)(struct serdev_device *serdev, const u8 *buf, size_t count);
	void (*write_wakeup)(struct serdev_device *serdev);
};

/**
 * struct serdev_device - a port, as its user sees it
 * @ops: set before it is opened
 * @drvdata: the user's own
 */
struct serdev_device {
	const struct serdev_device_ops *ops;
	void *drvdata;
};

/** serdev_device_set_client_ops - say what to call. Context: any; the port is not open. */
static inline void serdev_device_set_client_ops(struct serdev_device *serdev,
						const struct serdev_device_ops *ops)
{
	serdev->ops = ops;
}

/** serdev_device_set_drvdata, serdev_device_get_drvdata - the user's own pointer. Context: any. */
static inline void serdev_device_set_drvdata(struct serdev_device *serdev, void *data)
{
	serdev->drvdata = data;
}
static inline void *serdev_device_get_drvdata(const struct serdev_device *serdev)
{
	return serdev->drvdata;
}

/**
 * serdev_device_open - take the port
 *
 * Context: task, may sleep. Return: 0; -EBUSY if somebody has it; -ENODEV if it was given up; what
 * request_irq() says.
 */
int serdev_device_open(struct serdev_device *serdev);
/** serdev_device_close - give it back; nothing of ops is called any more. What was not sent is lost. */
void serdev_device_close(struct serdev_device *serdev);
/** serdev_device_write_buf - put bytes in line to be sent. Context: any but NMI. Return: how many fitted. */
int serdev_device_write_buf(struct serdev_device *serdev, const u8 *buf, size_t count);
/**
 * serdev_device_write - the same, waiting for room
 * @timeout: in jiffies, in all
 *
 * Context: task, may sleep. Return: how many were put in line.
 */
ssize_t serdev_device_write(struct serdev_device *serdev, const u8 *buf, size_t count, long timeout);
/** serdev_device_write_flush - drop what waits to be sent. Context: any but NMI. */
void serdev_device_write_flush(struct serdev_device *serdev);
/** serdev_device_write_room - how many bytes fit now. Context: any. */
int serdev_device_write_room(struct serdev_device *serdev);
/** serdev_device_wait_until_sent - until all is on the line, or @timeout jiffies are over. Context: task. */
void serdev_device_wait_until_sent(struct serdev_device *serdev, long timeout);
/**
 * serdev_device_set_baudrate - bits a second
 *
 * Context: task. Return: the rate that it has now: the nearest one that it can, or as it was, on the port
 * of the console.
 */
unsigned int serdev_device_set_baudrate(struct serdev_device *serdev, unsigned int speed);
/**
 * serdev_device_set_tiocm - set and clear TIOCM_* lines, and the test mode TIOCM_LOOP
 *
 * While the console's port is in test mode the console is silent, and prints afterwards. Context: task, may
 * sleep. Return: 0; -EBUSY when the console cannot be had.
 */
int serdev_device_set_tiocm(struct serdev_device *serdev, int set, int clear);

#endif
