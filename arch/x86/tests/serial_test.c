// SPDX-License-Identifier: GPL-2.0-only
/*
 * The first serial port by interrupt, in its test mode: what is sent is heard, on real lines.
 *
 * What
 *	The port is the console's: while it is in test mode the console is silent, and prints what was logged
 *	meanwhile afterwards. A wait ends with the bytes, or after PATIENCE_JIFFIES.
 */
#include <kunit/test.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/serial_8250.h>
#include <linux/string.h>

#define PORT			0
#define PORT_LINE		4
#define PATIENCE_JIFFIES	(60 * HZ)
#define BYTES			2000U

static struct serdev_device *serdev;
static u8 heard[2 * BYTES];
static unsigned int nr_heard;
static int wakes;

static size_t hear(struct serdev_device *port, const u8 *bytes, size_t count)
{
	memcpy(heard + nr_heard, bytes, min_t(size_t, count, sizeof(heard) - nr_heard));
	WRITE_ONCE(nr_heard, min(nr_heard + (unsigned int)count, (unsigned int)sizeof(heard)));
	return count;
}

static void note_wake(struct serdev_device *port)
{
	WRITE_ONCE(wakes, wakes + 1);
}

static const struct serdev_device_ops ops = { .receive_buf = hear, .write_wakeup = note_wake };

static void begin(struct kunit *test)
{
	serdev = serial8250_serdev(PORT);
	if (!serdev)
		kunit_skip(test, "no serial port, or no driver for it (CONFIG_SERIAL_8250)");
	nr_heard = 0;
	wakes = 0;
	serdev_device_set_client_ops(serdev, &ops);
	KUNIT_ASSERT_EQ(test, serdev_device_open(serdev), 0);
}

static bool heard_all(unsigned int n)
{
	unsigned long end = jiffies + PATIENCE_JIFFIES;

	while (READ_ONCE(nr_heard) < n && time_before(jiffies, end))
		schedule_timeout_uninterruptible(1);
	return READ_ONCE(nr_heard) == n;
}

static void bytes_sent_by_interrupt_are_received_by_interrupt(struct kunit *test)
{
	struct uart_icount before, after;
	static u8 text[BYTES];
	int wrong = -1;

	for (unsigned int i = 0; i < BYTES; i++)
		text[i] = (u8)(i * 7 + i / 256);
	begin(test);
	before = serial8250_counts(PORT);
	KUNIT_EXPECT_EQ(test, serdev_device_set_tiocm(serdev, TIOCM_LOOP, 0), 0);
	KUNIT_EXPECT_EQ(test, (unsigned int)serdev_device_write(serdev, text, BYTES, PATIENCE_JIFFIES), BYTES);
	KUNIT_EXPECT_TRUE(test, heard_all(BYTES));
	serdev_device_close(serdev);
	after = serial8250_counts(PORT);
	KUNIT_EXPECT_EQ(test, after.tx - before.tx, BYTES);
	KUNIT_EXPECT_EQ(test, after.rx - before.rx, BYTES);
	KUNIT_EXPECT_EQ(test, after.overrun - before.overrun, 0U);
	KUNIT_EXPECT_GT(test, wakes, 0);
	for (unsigned int i = 0; i < BYTES && wrong < 0; i++)
		if (heard[i] != text[i])
			wrong = (int)i;
	KUNIT_EXPECT_EQ(test, wrong, -1);
}

static void console_is_silent_in_test_mode_and_prints_afterwards(struct kunit *test)
{
	begin(test);
	KUNIT_EXPECT_EQ(test, serdev_device_set_tiocm(serdev, TIOCM_LOOP, 0), 0);
	pr_info("serial test: logged in test mode\n");
	KUNIT_EXPECT_EQ(test, serdev_device_write(serdev, (const u8 *)"ours", 4, PATIENCE_JIFFIES), 4);
	KUNIT_EXPECT_TRUE(test, heard_all(4));
	KUNIT_EXPECT_EQ(test, memcmp(heard, "ours", 4), 0);
	serdev_device_close(serdev);
}

static irqreturn_t no_handler(int irq, void *dev)
{
	return IRQ_NONE;
}

static void suspended_port_leaves_its_line_to_others(struct kunit *test)
{
	begin(test);
	KUNIT_EXPECT_EQ(test, request_irq(PORT_LINE, no_handler, 0, "serial test", &serdev), -EBUSY);
	serial8250_suspend_port(PORT);
	KUNIT_EXPECT_EQ(test, request_irq(PORT_LINE, no_handler, 0, "serial test", &serdev), 0);
	free_irq(PORT_LINE, &serdev);
	serial8250_resume_port(PORT);
	KUNIT_EXPECT_EQ(test, serdev_device_set_tiocm(serdev, TIOCM_LOOP, 0), 0);
	KUNIT_EXPECT_EQ(test, serdev_device_write_buf(serdev, (const u8 *)"again", 5), 5);
	KUNIT_EXPECT_TRUE(test, heard_all(5));
	serdev_device_close(serdev);
}

static struct kunit_case serial_cases[] = {
	KUNIT_CASE(bytes_sent_by_interrupt_are_received_by_interrupt),
	KUNIT_CASE(console_is_silent_in_test_mode_and_prints_afterwards),
	KUNIT_CASE(suspended_port_leaves_its_line_to_others),
	{}
};

static struct kunit_suite serial_suite = { .name = "x86-serial", .test_cases = serial_cases };
kunit_test_suite(serial_suite);
