// SPDX-License-Identifier: GPL-2.0-only
/*
 * The 8250 driver under every schedule: bytes come in by interrupts anywhere, go to the user by a work, once each
 * and in order; a user that has closed hears nothing, and what he wrote is not the next one's.
 *
 * The port is memory. A byte is its number; the line is a software line, an edge for each byte.
 */
#include <kunit/scenario.h>
#include <linux/interrupt.h>
#include <linux/sched.h>
#include <linux/serial_8250.h>
#include <linux/serial_reg.h>

#define BYTES	4U

static struct uart_8250_port up;
static atomic_t arrived, taken;		/* in the receiver */
static u8 ier;
static unsigned int next;		/* which byte the user expects */
static int wrong, closed, inside;
static bool transmits;			/* the transmitter is empty, and says so if it may */
static atomic_t sent;

static unsigned int port_in(struct uart_port *port, int offset)
{
	bool ready = atomic_read(&taken) != atomic_read(&arrived);

	switch (offset) {
	case UART_RX:
		return (unsigned int)atomic_fetch_inc(&taken);
	case UART_IIR:
		if (transmits && (READ_ONCE(ier) & UART_IER_THRI))
			return UART_IIR_FIFO | 2;
		return ready && READ_ONCE(ier) ? UART_IIR_FIFO | 4 : UART_IIR_FIFO | UART_IIR_NO_INT;
	case UART_LSR:
		return (ready ? UART_LSR_DR : 0) | (transmits ? UART_LSR_THRE | UART_LSR_TEMT : 0);
	default:
		return 0;
	}
}

static void port_out(struct uart_port *port, int offset, int value)
{
	if (offset == UART_IER)
		WRITE_ONCE(ier, (u8)value);
	else if (offset == UART_TX)
		atomic_inc(&sent);
}

static size_t take(struct serdev_device *serdev, const u8 *bytes, size_t count)
{
	if (READ_ONCE(inside) || READ_ONCE(closed))
		WRITE_ONCE(wrong, 1);
	WRITE_ONCE(inside, 1);
	if (bytes[0] != READ_ONCE(next))
		WRITE_ONCE(wrong, 2);
	WRITE_ONCE(next, READ_ONCE(next) + 1);
	WRITE_ONCE(inside, 0);
	return 1;
}

static const struct serdev_device_ops ops = { .receive_buf = take };

static void send(void *unused)
{
	atomic_inc(&arrived);
	scenario_raise_irq(up.port.irq);
}

static void begin(struct kunit *test)
{
	atomic_set(&arrived, 0);
	atomic_set(&taken, 0);
	next = 0;
	wrong = closed = inside = 0;
	transmits = false;
	up.port = (struct uart_port) {
		.serial_in = port_in, .serial_out = port_out, .fifosize = 16,
		.irq = scenario_irq(test, SCENARIO_EDGE),
	};
	KUNIT_ASSERT_GE(test, serial8250_register_8250_port(&up), 0);
	serdev_device_set_client_ops(&up.serdev, &ops);
	KUNIT_ASSERT_EQ(test, serdev_device_open(&up.serdev), 0);
}

static void received_anywhere_each_byte_is_handed_over_once_in_order(struct kunit *test)
{
	struct scenario_thread thread;

	begin(test);
	scenario_inject(send, NULL);
	scenario_inject(send, NULL);
	scenario_start(test, &thread, 1, send, NULL);
	send(NULL);
	scenario_join(&thread);
	scenario_settle();
	while (READ_ONCE(next) != BYTES)
		schedule_timeout_uninterruptible(1);
	serdev_device_close(&up.serdev);
	KUNIT_EXPECT_EQ(test, READ_ONCE(wrong), 0);
	serial8250_unregister_port(up.port.line);
}
SCENARIO(received_anywhere_each_byte_is_handed_over_once_in_order);

static void closed_port_hands_over_nothing_more(struct kunit *test)
{
	struct scenario_thread thread;

	begin(test);
	scenario_inject(send, NULL);
	scenario_start(test, &thread, 1, send, NULL);
	serdev_device_close(&up.serdev);
	WRITE_ONCE(closed, 1);
	KUNIT_EXPECT_EQ(test, READ_ONCE(inside), 0);
	scenario_join(&thread);
	scenario_settle();
	serial8250_unregister_port(up.port.line);
	KUNIT_EXPECT_EQ(test, READ_ONCE(wrong), 0);
}
SCENARIO(closed_port_hands_over_nothing_more);

static void ask_to_send(void *unused)
{
	scenario_raise_irq(up.port.irq);
}

/* The port goes on interrupting for SysRq while its user goes and the next one comes. */
static void next_user_begins_with_empty_rings(struct kunit *test)
{
	struct scenario_thread thread;

	begin(test);
	KUNIT_ASSERT_EQ(test, serial8250_listen(up.port.line), 0);
	/* What was written there until now is the divisor. */
	atomic_set(&sent, 0);
	KUNIT_EXPECT_EQ(test, serdev_device_write_buf(&up.serdev, (const u8 *)"ab", 2), 2);
	transmits = true;
	scenario_start(test, &thread, 1, ask_to_send, NULL);
	scenario_inject(ask_to_send, NULL);
	serdev_device_close(&up.serdev);
	serdev_device_set_client_ops(&up.serdev, &ops);
	KUNIT_ASSERT_EQ(test, serdev_device_open(&up.serdev), 0);
	scenario_join(&thread);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, serdev_device_write_room(&up.serdev), UART_RING);
	KUNIT_EXPECT_LE(test, atomic_read(&sent), 2);
	serdev_device_close(&up.serdev);
	serial8250_unregister_port(up.port.line);
}
SCENARIO(next_user_begins_with_empty_rings);
