// SPDX-License-Identifier: GPL-2.0-only
/*
 * The console: the 16550 at COM1, and port 0xe9 of the emulators.
 *
 * What
 *	arch_console_write() sends text to whichever of the two exist. A newline becomes CR LF on
 *	the serial line; port 0xe9 gets it as it is. Nothing is buffered and no interrupt is used,
 *	so that it works from the first message to the last one of a panic.
 *
 * Contexts
 *	Any, NMI and panic included. Callers take turns (printk's lock).
 *
 * Limits
 *	A character waits for room in the transmitter for at most STUCK_CYCLES of the time stamp
 *	counter, some seconds: a reader of an emulator's console may be kept from reading. After that
 *	the port is stuck: characters are lost, each after one look, so that a broken port cannot hang
 *	the kernel. When there is room again it is told how many were lost.
 *
 *	The flush waits at most ten times SPIN_MAX reads of the status register, 0.6 s on hardware, a
 *	16-byte FIFO at 115200 baud needing 1.4 ms, and 2 ms more for emulators that lag behind their
 *	status bits.
 *
 * Tests
 *	every boot; without a UART, and with a reader that pauses: tools/crash
 */
#include <linux/io.h>
#include <linux/kconfig.h>
#include <linux/sprintf.h>
#include <arch/console.h>
#include <arch/cpu.h>
#include <x86/console.h>

#define COM1		0x3f8
#define UART_DATA	(COM1 + 0)	/* with DLAB: divisor, low */
#define UART_IER	(COM1 + 1)	/* with DLAB: divisor, high */
#define UART_FCR	(COM1 + 2)
#define UART_LCR	(COM1 + 3)
#define UART_MCR	(COM1 + 4)
#define UART_LSR	(COM1 + 5)
#define UART_SCRATCH	(COM1 + 7)

#define LCR_8N1		0x03
#define LCR_DLAB	0x80
#define MCR_DTR_RTS	0x03
#define MCR_OUT2	0x08
#define MCR_LOOPBACK	0x10
#define FCR_ENABLE	0x07		/* and both FIFOs cleared */
#define LSR_DATA_READY	0x01
#define LSR_THR_EMPTY	0x20
#define LSR_ALL_SENT	0x40

#define PORT_E9		0xe9

#define SPIN_MAX	0x10000
#define STUCK_CYCLES	(1ULL << 33)
#define FLUSH_PAUSES	4000		/* at least 2 ms: no clock is needed for it */

static bool have_uart, have_e9;		/* I */
static unsigned int uart_lost;		/* characters, since the port is stuck; 0: it is not */

static bool uart_wait(u8 status, unsigned int spins)
{
	while (spins--)
		if ((inb(UART_LSR) & status) == status)
			return true;
	return false;
}

static void uart_set_up(void)
{
	outb(0, UART_IER);
	outb(LCR_DLAB, UART_LCR);
	outb(1, UART_DATA);
	outb(0, UART_IER);
	outb(LCR_8N1, UART_LCR);
	outb(FCR_ENABLE, UART_FCR);
}

/*
 * There, if it remembers a byte in its scratch register and hears itself in loopback. An absent
 * port reads as ones.
 */
static bool uart_probe(void)
{
	bool heard;

	outb(0x5a, UART_SCRATCH);
	if (inb(UART_SCRATCH) != 0x5a)
		return false;
	uart_set_up();
	outb(MCR_LOOPBACK, UART_MCR);
	outb(0xa5, UART_DATA);
	heard = uart_wait(LSR_DATA_READY, SPIN_MAX) && inb(UART_DATA) == 0xa5;
	outb(MCR_DTR_RTS | MCR_OUT2, UART_MCR);
	return heard;
}

static bool uart_wait_long(u8 status)
{
	u64 begin = arch_cycles();

	while (arch_cycles() - begin < STUCK_CYCLES)
		if (uart_wait(status, SPIN_MAX))
			return true;
	return false;
}

/* Whether a character can be sent. */
static bool uart_has_room(void)
{
	if (likely(uart_wait(LSR_THR_EMPTY, 1)) || (!uart_lost && uart_wait_long(LSR_THR_EMPTY)))
		return true;
	uart_lost++;
	return false;
}

static void uart_send(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (uart_has_room())
			outb((u8)s[i], UART_DATA);
}

static void uart_tell_lost(void)
{
	char text[64];
	int n = scnprintf(text, sizeof(text), "\r\nconsole: %u characters lost\r\n", uart_lost);

	uart_lost = 0;
	uart_send(text, (size_t)n);
}

static void uart_put(char c)
{
	if (!uart_has_room())
		return;
	if (unlikely(uart_lost))
		uart_tell_lost();
	uart_send(&c, 1);
}

void x86_console_init(void)
{
	if (IS_ENABLED(CONFIG_SERIAL_8250_CONSOLE))
		have_uart = uart_probe();
	if (IS_ENABLED(CONFIG_E9_CONSOLE))
		have_e9 = inb(PORT_E9) == PORT_E9;
}

void arch_console_write(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (have_e9)
			outb((u8)s[i], PORT_E9);
		if (have_uart && s[i] == '\n')
			uart_put('\r');
		if (have_uart)
			uart_put(s[i]);
	}
}

void arch_console_flush(void)
{
	unsigned int i;

	if (!have_uart)
		return;
	uart_wait(LSR_THR_EMPTY | LSR_ALL_SENT, 10 * SPIN_MAX);
	for (i = 0; i < FLUSH_PAUSES; i++)
		x86_io_pause();
}
