// SPDX-License-Identifier: GPL-2.0-only
/*
 * The 8250 driver on a port that is memory: what is received, what is sent, SysRq, and nonsense.
 *
 * What
 *	The port in memory has a receiver with a queue, a transmitter that keeps what it was given, and an
 *	interrupt request as the data sheet has it; a test can also make it mad (struct fake.broken). Its
 *	interrupts are taken by ask(), in a hard interrupt of this CPU, until it asks for nothing, as the
 *	driver's own handler does; where the machine has a line to spare it has that, and that handler.
 */
#include <kunit/scenario.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/serial_8250.h>
#include <linux/serial_reg.h>
#include <linux/string.h>
#include <linux/sysrq.h>
#include "helpers.h"

#define QUEUE		4096

enum broken { SANE, FLOATING, NEVER_EMPTY, ALWAYS_ASKS, NEVER_SENDS };

static struct fake {
	struct uart_8250_port up;
	enum broken broken;
	u16 received[QUEUE];		/* low: the byte; high: its line status */
	unsigned int first, last;	/* of received */
	u8 sent[QUEUE];
	unsigned int nr_sent, in_fifo, most_in_fifo;
	u8 regs[8];
	int line;
} fake;

/* What the user of the port has seen. */
static u8 got[QUEUE];
static unsigned int nr_got, takes, calls, wakes;
static bool wrong_context;

static unsigned int line_status(void)
{
	unsigned int lsr = fake.broken == NEVER_SENDS ? 0 : UART_LSR_THRE | UART_LSR_TEMT;

	if (fake.broken == NEVER_EMPTY)
		return lsr | UART_LSR_DR;
	if (fake.first != fake.last)
		lsr |= UART_LSR_DR | fake.received[fake.first % QUEUE] >> 8;
	return lsr;
}

/* Its marks are gone when they have been read. */
static unsigned int read_line_status(void)
{
	unsigned int lsr = line_status();

	if (fake.first != fake.last)
		fake.received[fake.first % QUEUE] &= 0xff;
	return lsr;
}

static unsigned int why_it_asks(void)
{
	if (fake.broken == ALWAYS_ASKS && fake.regs[UART_IER])
		return UART_IIR_FIFO | 2;
	if ((line_status() & UART_LSR_DR) && (fake.regs[UART_IER] & UART_IER_RDI))
		return UART_IIR_FIFO | 4;
	if ((line_status() & UART_LSR_THRE) && (fake.regs[UART_IER] & UART_IER_THRI))
		return UART_IIR_FIFO | 2;
	return UART_IIR_FIFO | UART_IIR_NO_INT;
}

static unsigned int fake_in(struct uart_port *port, int offset)
{
	if (fake.broken == FLOATING)
		return 0xff;
	switch (offset) {
	case UART_RX:
		return fake.first != fake.last ? fake.received[fake.first++ % QUEUE] & 0xff : 'x';
	case UART_IIR:
		return why_it_asks();
	case UART_LSR:
		return read_line_status();
	default:
		return fake.regs[offset];
	}
}

static void fake_out(struct uart_port *port, int offset, int value)
{
	bool divisor = fake.regs[UART_LCR] & UART_LCR_DLAB;

	if (offset == UART_TX && !divisor) {
		fake.sent[fake.nr_sent++ % QUEUE] = (u8)value;
		fake.most_in_fifo = max(fake.most_in_fifo, ++fake.in_fifo);
	} else if (offset != UART_IER || !divisor) {
		fake.regs[offset] = (u8)value;
		/* It asks as soon as it may. */
		if (offset == UART_IER && fake.up.port.irq && !(why_it_asks() & UART_IIR_NO_INT))
			scenario_raise_irq(fake.up.port.irq);
	}
}

static void arrives(u8 byte, unsigned int lsr)
{
	fake.received[fake.last++ % QUEUE] = (u16)(byte | lsr << 8);
}

static void text_arrives(const char *text)
{
	while (*text)
		arrives((u8)*text++, 0);
}

/* The transmitter has sent what it had, then the line fires. */
static void take_interrupt(void *unused)
{
	fake.in_fifo = 0;
	for (int pass = 0; pass < 1000; pass++, fake.in_fifo = 0)
		if (!serial8250_handle_irq(&fake.up.port, fake_in(&fake.up.port, UART_IIR)))
			return;
}

static void ask(void)
{
	in_hard_irq(take_interrupt, NULL);
}

/* ---- the port's user */

static size_t take_bytes(struct serdev_device *serdev, const u8 *bytes, size_t count)
{
	size_t n = min_t(size_t, count, takes);

	wrong_context |= !in_task() || irqs_disabled();
	memcpy(got + nr_got, bytes, min_t(size_t, n, QUEUE - nr_got));
	WRITE_ONCE(nr_got, nr_got + (unsigned int)n);
	WRITE_ONCE(calls, calls + 1);
	return n;
}

static void count_wake(struct serdev_device *serdev)
{
	wrong_context |= !in_serving_softirq();
	WRITE_ONCE(wakes, wakes + 1);
}

static const struct serdev_device_ops user = { .receive_buf = take_bytes, .write_wakeup = count_wake };

static bool got_bytes(unsigned int n)
{
	for (int i = 0; i < 1000 && READ_ONCE(nr_got) < n; i++)
		schedule_timeout_uninterruptible(1);
	return READ_ONCE(nr_got) == n;
}

static struct serdev_device *open_port(struct kunit *test)
{
	struct serdev_device *serdev = serial8250_serdev(fake.line);

	KUNIT_ASSERT_NOT_NULL(test, serdev);
	serdev_device_set_client_ops(serdev, &user);
	KUNIT_ASSERT_EQ(test, serdev_device_open(serdev), 0);
	return serdev;
}

static int uart_init(struct kunit *test)
{
	memset(&fake, 0, sizeof(fake));
	fake.up.port = (struct uart_port) {
		.serial_in = fake_in, .serial_out = fake_out, .fifosize = 16,
	};
	nr_got = calls = wakes = 0;
	takes = QUEUE;
	wrong_context = false;
	fake.line = serial8250_register_8250_port(&fake.up);
	return fake.line < 0 ? fake.line : 0;
}

static void uart_exit(struct kunit *test)
{
	if (fake.up.opened)
		serdev_device_close(&fake.up.serdev);
	serial8250_unregister_port(fake.line);
}

/* ---- receiving */

static void received_bytes_reach_the_user_in_a_task(struct kunit *test)
{
	open_port(test);
	text_arrives("hello");
	ask();
	KUNIT_EXPECT_TRUE(test, got_bytes(5));
	KUNIT_EXPECT_EQ(test, memcmp(got, "hello", 5), 0);
	KUNIT_EXPECT_FALSE(test, wrong_context);
	KUNIT_EXPECT_EQ(test, serial8250_counts(fake.line).rx, 5U);
}

static void bytes_that_the_user_leaves_are_offered_again(struct kunit *test)
{
	open_port(test);
	takes = 2;
	text_arrives("abcdefg");
	ask();
	KUNIT_EXPECT_TRUE(test, got_bytes(7));
	KUNIT_EXPECT_EQ(test, memcmp(got, "abcdefg", 7), 0);
}

static void user_that_takes_nothing_is_not_asked_again_until_more_comes(struct kunit *test)
{
	open_port(test);
	takes = 0;
	text_arrives("a");
	ask();
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(calls) == 1));
	flush_work(&fake.up.rx_work);
	KUNIT_EXPECT_EQ(test, calls, 1U);
	takes = QUEUE;
	text_arrives("b");
	ask();
	KUNIT_EXPECT_TRUE(test, got_bytes(2));
}

static void full_ring_drops_the_newest_and_counts(struct kunit *test)
{
	struct uart_icount count;

	open_port(test);
	takes = 0;
	for (unsigned int i = 0; i < UART_RING + 100; i++)
		arrives((u8)i, 0);
	ask();
	count = serial8250_counts(fake.line);
	KUNIT_EXPECT_EQ(test, count.rx, UART_RING + 100U);
	KUNIT_EXPECT_EQ(test, count.buf_overrun, 100U);
	flush_work(&fake.up.rx_work);
	takes = QUEUE;
	arrives('z', 0);	/* there is no room for it either */
	ask();
	KUNIT_EXPECT_TRUE(test, got_bytes(UART_RING));
	for (unsigned int i = 0; i < UART_RING; i++)
		KUNIT_ASSERT_EQ(test, got[i], (u8)i);
}

static void errors_are_counted_each_as_what_it_is(struct kunit *test)
{
	struct uart_icount count;

	open_port(test);
	arrives('a', UART_LSR_PE);
	arrives('b', UART_LSR_FE);
	arrives('c', UART_LSR_OE);
	arrives(0, UART_LSR_BI | UART_LSR_FE);
	ask();
	count = serial8250_counts(fake.line);
	KUNIT_EXPECT_EQ(test, count.parity, 1U);
	KUNIT_EXPECT_EQ(test, count.frame, 1U);
	KUNIT_EXPECT_EQ(test, count.overrun, 1U);
	KUNIT_EXPECT_EQ(test, count.brk, 1U);
	KUNIT_EXPECT_TRUE(test, got_bytes(3));
}

/* ---- sending */

static void written_bytes_are_sent_by_interrupts_in_order(struct kunit *test)
{
	struct serdev_device *serdev = open_port(test);
	u8 text[300];

	for (unsigned int i = 0; i < sizeof(text); i++)
		text[i] = (u8)i;
	KUNIT_EXPECT_EQ(test, serdev_device_write_buf(serdev, text, sizeof(text)), (int)sizeof(text));
	KUNIT_EXPECT_EQ(test, fake.nr_sent, 0U);
	KUNIT_EXPECT_TRUE(test, fake.regs[UART_IER] & UART_IER_THRI);
	ask();
	KUNIT_EXPECT_EQ(test, fake.nr_sent, (unsigned int)sizeof(text));
	KUNIT_EXPECT_EQ(test, memcmp(fake.sent, text, sizeof(text)), 0);
	KUNIT_EXPECT_FALSE(test, fake.regs[UART_IER] & UART_IER_THRI);
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(wakes)));
	KUNIT_EXPECT_FALSE(test, wrong_context);
}

/* The console may add one byte, and another in a panic, whenever it sees the transmitter empty. */
static void room_for_the_console_is_left_in_the_transmitter(struct kunit *test)
{
	u8 text[100] = { 0 };

	serdev_device_write_buf(open_port(test), text, sizeof(text));
	ask();
	KUNIT_EXPECT_EQ(test, fake.most_in_fifo, 14U);
}

static void port_without_fifo_gets_a_byte_at_a_time(struct kunit *test)
{
	fake.up.port.fifosize = 1;
	serdev_device_write_buf(open_port(test), (const u8 *)"abc", 3);
	ask();
	KUNIT_EXPECT_EQ(test, fake.most_in_fifo, 1U);
	KUNIT_EXPECT_EQ(test, memcmp(fake.sent, "abc", 3), 0);
}

static void write_to_a_full_ring_takes_what_fits(struct kunit *test)
{
	struct serdev_device *serdev = open_port(test);
	static u8 text[UART_RING + 10];

	KUNIT_EXPECT_EQ(test, serdev_device_write_room(serdev), UART_RING);
	KUNIT_EXPECT_EQ(test, serdev_device_write_buf(serdev, text, sizeof(text)), UART_RING);
	KUNIT_EXPECT_EQ(test, serdev_device_write_room(serdev), 0);
	KUNIT_EXPECT_EQ(test, serdev_device_write(serdev, text, 1, 2), 0);
	serdev_device_write_flush(serdev);
	KUNIT_EXPECT_EQ(test, serdev_device_write_room(serdev), UART_RING);
}

/* ---- open, close, suspend */

static void second_user_is_refused(struct kunit *test)
{
	struct serdev_device *serdev = open_port(test);

	KUNIT_EXPECT_EQ(test, serdev_device_open(serdev), -EBUSY);
	serdev_device_close(serdev);
	KUNIT_EXPECT_EQ(test, fake.regs[UART_IER], 0);
	open_port(test);
}

static void closed_port_hands_nothing_over(struct kunit *test)
{
	struct serdev_device *serdev = open_port(test);

	takes = 0;
	text_arrives("old");
	ask();
	serdev_device_close(serdev);
	takes = QUEUE;
	calls = 0;
	text_arrives("lost");
	ask();
	open_port(test);
	text_arrives("new");
	ask();
	KUNIT_EXPECT_TRUE(test, got_bytes(3));
	KUNIT_EXPECT_EQ(test, memcmp(got, "new", 3), 0);
}

static void suspended_port_is_silent_and_sends_when_resumed(struct kunit *test)
{
	struct serdev_device *serdev = open_port(test);

	serial8250_suspend_port(fake.line);
	KUNIT_EXPECT_EQ(test, fake.regs[UART_IER], 0);
	KUNIT_EXPECT_EQ(test, serdev_device_write_buf(serdev, (const u8 *)"x", 1), 1);
	KUNIT_EXPECT_EQ(test, fake.regs[UART_IER], 0);
	serial8250_resume_port(fake.line);
	ask();
	KUNIT_EXPECT_EQ(test, fake.nr_sent, 1U);
}

static void rate_becomes_the_nearest_divisor(struct kunit *test)
{
	struct serdev_device *serdev = open_port(test);

	KUNIT_EXPECT_EQ(test, serdev_device_set_baudrate(serdev, 9600), 9600U);
	KUNIT_EXPECT_EQ(test, serdev_device_set_baudrate(serdev, 100000), 115200U);
	KUNIT_EXPECT_EQ(test, serdev_device_set_baudrate(serdev, 0), 115200U);
	KUNIT_EXPECT_EQ(test, serdev_device_set_baudrate(serdev, 1), 1U);
}

/* ---- SysRq */

static unsigned int keys;
static u8 last_key;

static void note_key(u8 key)
{
	keys++;
	last_key = key;
}

static const struct sysrq_key_op key_op = { .handler = note_key, .help_msg = "serial(X)", .action_msg = "serial" };

static void listen(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_MAGIC_SYSRQ))
		kunit_skip(test, "no SysRq (CONFIG_MAGIC_SYSRQ)");
	keys = 0;
	KUNIT_ASSERT_EQ(test, register_sysrq_key('X', &key_op), 0);
	KUNIT_ASSERT_EQ(test, serial8250_listen(fake.line), 0);
}

static void unlisten(void)
{
	unregister_sysrq_key('X', &key_op);
}

static void break_arrives(void)
{
	arrives(0, UART_LSR_BI);
}

static void key_after_break_is_sysrq_and_no_data(struct kunit *test)
{
	listen(test);
	open_port(test);
	text_arrives("a");
	break_arrives();
	text_arrives("Xb");
	ask();
	KUNIT_EXPECT_EQ(test, keys, 1U);
	KUNIT_EXPECT_EQ(test, last_key, (u8)'X');
	KUNIT_EXPECT_TRUE(test, got_bytes(2));
	KUNIT_EXPECT_EQ(test, memcmp(got, "ab", 2), 0);
	unlisten();
}

static void two_keys_in_one_interrupt_are_both_acted_upon(struct kunit *test)
{
	listen(test);
	break_arrives();
	text_arrives("X");
	break_arrives();
	text_arrives("X");
	ask();
	KUNIT_EXPECT_EQ(test, keys, 2U);
	unlisten();
}

static void second_break_takes_the_first_back(struct kunit *test)
{
	listen(test);
	break_arrives();
	break_arrives();
	text_arrives("X");
	ask();
	KUNIT_EXPECT_EQ(test, keys, 0U);
	unlisten();
}

static void key_long_after_break_is_data(struct kunit *test)
{
	listen(test);
	open_port(test);
	break_arrives();
	ask();
	/* As if that time had passed. */
	fake.up.port.sysrq = (jiffies - 1) | 1;
	fake.up.port.sysrq -= 2;
	text_arrives("X");
	ask();
	KUNIT_EXPECT_EQ(test, keys, 0U);
	KUNIT_EXPECT_TRUE(test, got_bytes(1));
	unlisten();
}

static void nul_is_break_on_the_console_without_a_user(struct kunit *test)
{
	fake.up.port.cons = true;
	listen(test);
	arrives(0, 0);
	text_arrives("X");
	ask();
	KUNIT_EXPECT_EQ(test, keys, 1U);
	open_port(test);
	arrives(0, 0);
	text_arrives("X");
	ask();
	KUNIT_EXPECT_EQ(test, keys, 1U);
	KUNIT_EXPECT_TRUE(test, got_bytes(2));
	unlisten();
}

static void nobody_listens_break_is_nothing(struct kunit *test)
{
	open_port(test);
	break_arrives();
	text_arrives("X");
	ask();
	KUNIT_EXPECT_TRUE(test, got_bytes(1));
	KUNIT_EXPECT_EQ(test, serial8250_counts(fake.line).brk, 1U);
}

static void break_that_a_waiter_has_read_is_heard(struct kunit *test)
{
	struct serdev_device *serdev = open_port(test);

	break_arrives();
	text_arrives("X");
	serdev_device_wait_until_sent(serdev, 2);
	ask();
	KUNIT_EXPECT_TRUE(test, got_bytes(1));
	KUNIT_EXPECT_EQ(test, serial8250_counts(fake.line).brk, 1U);
}

static void port_that_comes_back_listens_again(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, serial8250_listen(fake.line), 0);
	serial8250_unregister_port(fake.line);
	KUNIT_EXPECT_EQ(test, fake.regs[UART_IER], 0U);
	fake.line = serial8250_register_8250_port(&fake.up);
	KUNIT_ASSERT_GE(test, fake.line, 0);
	KUNIT_ASSERT_EQ(test, serial8250_listen(fake.line), 0);
	KUNIT_EXPECT_NE(test, fake.regs[UART_IER], 0U);
}

/* ---- nonsense */

static struct printk_record record;

static unsigned int lines_with(u64 seq, const char *text)
{
	unsigned int n = 0;

	for (; printk_read(seq, &record); seq = record.seq + 1)
		n += !!strstr(record.text, text);
	return n;
}

static void port_that_floats_is_given_up_by_name_once(struct kunit *test)
{
	struct serdev_device *serdev = open_port(test);
	u64 seq = printk_next_seq();

	fake.broken = FLOATING;
	ask();
	ask();
	KUNIT_EXPECT_EQ(test, lines_with(seq, "reads as ones: given up"), 1U);
	KUNIT_EXPECT_EQ(test, serdev_device_write_buf(serdev, (const u8 *)"x", 1), 0);
	KUNIT_EXPECT_EQ(test, serdev_device_write(serdev, (const u8 *)"x", 1, 1000 * HZ), 0);
	serdev_device_close(serdev);
	KUNIT_EXPECT_EQ(test, serdev_device_open(serdev), -EINVAL);
	serdev_device_set_client_ops(serdev, &user);
	KUNIT_EXPECT_EQ(test, serdev_device_open(serdev), -ENODEV);
}

static void port_that_floats_at_once_cannot_be_opened(struct kunit *test)
{
	struct serdev_device *serdev = serial8250_serdev(fake.line);

	fake.broken = FLOATING;
	serdev_device_set_client_ops(serdev, &user);
	KUNIT_EXPECT_EQ(test, serdev_device_open(serdev), -ENODEV);
}

static void receiver_without_end_at_start_is_given_up(struct kunit *test)
{
	struct serdev_device *serdev = serial8250_serdev(fake.line);
	u64 seq = printk_next_seq();

	fake.broken = NEVER_EMPTY;
	serdev_device_set_client_ops(serdev, &user);
	KUNIT_EXPECT_EQ(test, serdev_device_open(serdev), -ENODEV);
	KUNIT_EXPECT_EQ(test, lines_with(seq, "never runs out of bytes: given up"), 1U);
}

static void writer_to_a_port_that_never_sends_is_not_kept(struct kunit *test)
{
	struct serdev_device *serdev = open_port(test);
	static u8 text[UART_RING + 1];

	fake.broken = NEVER_SENDS;
	KUNIT_EXPECT_EQ(test, (int)serdev_device_write(serdev, text, sizeof(text), 2), UART_RING);
	serdev_device_wait_until_sent(serdev, 2);
	KUNIT_EXPECT_EQ(test, fake.nr_sent, 0U);
}

static void open_with_line(struct kunit *test)
{
	fake.up.port.irq = scenario_irq(test, SCENARIO_EDGE);
	open_port(test);
}

static bool soon(const bool *flag)
{
	for (int i = 0; i < 1000 && !READ_ONCE(*flag); i++)
		schedule_timeout_uninterruptible(1);
	return READ_ONCE(*flag);
}

static void port_that_asks_without_end_is_given_up_by_name(struct kunit *test)
{
	u64 seq = printk_next_seq();

	open_with_line(test);
	fake.broken = ALWAYS_ASKS;
	scenario_raise_irq(fake.up.port.irq);
	KUNIT_EXPECT_TRUE(test, soon(&fake.up.dead));
	KUNIT_EXPECT_EQ(test, lines_with(seq, "asks without end: given up"), 1U);
}

static void port_that_asked_for_long_goes_on(struct kunit *test)
{
	open_with_line(test);
	fake.broken = ALWAYS_ASKS;
	scenario_raise_irq(fake.up.port.irq);
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(fake.up.storms)));
	WRITE_ONCE(fake.broken, SANE);
	text_arrives("back");
	scenario_raise_irq(fake.up.port.irq);
	KUNIT_EXPECT_TRUE(test, got_bytes(4));
	KUNIT_EXPECT_FALSE(test, fake.up.dead);
	KUNIT_EXPECT_EQ(test, READ_ONCE(fake.up.storms), 0U);
}

static struct kunit_case uart_cases[] = {
	KUNIT_CASE(received_bytes_reach_the_user_in_a_task),
	KUNIT_CASE(bytes_that_the_user_leaves_are_offered_again),
	KUNIT_CASE(user_that_takes_nothing_is_not_asked_again_until_more_comes),
	KUNIT_CASE(full_ring_drops_the_newest_and_counts),
	KUNIT_CASE(errors_are_counted_each_as_what_it_is),
	KUNIT_CASE(written_bytes_are_sent_by_interrupts_in_order),
	KUNIT_CASE(room_for_the_console_is_left_in_the_transmitter),
	KUNIT_CASE(port_without_fifo_gets_a_byte_at_a_time),
	KUNIT_CASE(write_to_a_full_ring_takes_what_fits),
	KUNIT_CASE(second_user_is_refused),
	KUNIT_CASE(closed_port_hands_nothing_over),
	KUNIT_CASE(suspended_port_is_silent_and_sends_when_resumed),
	KUNIT_CASE(rate_becomes_the_nearest_divisor),
	KUNIT_CASE(key_after_break_is_sysrq_and_no_data),
	KUNIT_CASE(two_keys_in_one_interrupt_are_both_acted_upon),
	KUNIT_CASE(second_break_takes_the_first_back),
	KUNIT_CASE(key_long_after_break_is_data),
	KUNIT_CASE(nul_is_break_on_the_console_without_a_user),
	KUNIT_CASE(nobody_listens_break_is_nothing),
	KUNIT_CASE(break_that_a_waiter_has_read_is_heard),
	KUNIT_CASE(port_that_comes_back_listens_again),
	KUNIT_CASE(port_that_floats_is_given_up_by_name_once),
	KUNIT_CASE(port_that_floats_at_once_cannot_be_opened),
	KUNIT_CASE(receiver_without_end_at_start_is_given_up),
	KUNIT_CASE(writer_to_a_port_that_never_sends_is_not_kept),
	KUNIT_CASE(port_that_asks_without_end_is_given_up_by_name),
	KUNIT_CASE(port_that_asked_for_long_goes_on),
	{}
};

static struct kunit_suite uart_suite = {
	.name = "8250", .init = uart_init, .exit = uart_exit, .test_cases = uart_cases,
};
kunit_test_suite(uart_suite);
