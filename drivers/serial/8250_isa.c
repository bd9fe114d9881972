// SPDX-License-Identifier: GPL-2.0-only
/*
 * The serial ports where a PC has them: COM1 to COM4.
 *
 * What
 *	Each address is looked at; what answers as a UART is registered with the driver (8250.c). The port of
 *	the console listens for SysRq from then on.
 *
 * Contexts
 *	A task, at boot.
 *
 * Limits
 *	Looking takes a few port accesses, and waits for nothing. An address where nothing is reads as ones.
 *	COM3 and COM4 have the lines of COM1 and COM2: they share.
 *
 * Tests
 *	arch/x86/tests/serial_test.c
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/serial_8250.h>
#include <linux/serial_reg.h>

#define IER_UNUSED	0xf0

static const struct {
	u16 base;
	u8 irq;
} places[] = { { 0x3f8, 4 }, { 0x2f8, 3 }, { 0x3e8, 4 }, { 0x2e8, 3 } };

static struct uart_8250_port isa_ports[ARRAY_SIZE(places)];

static unsigned int isa_in(struct uart_port *port, int offset)
{
	return inb((u16)(port->iobase + (unsigned int)offset));
}

static void isa_out(struct uart_port *port, int offset, int value)
{
	outb((u8)value, (u16)(port->iobase + (unsigned int)offset));
}

static bool remembers(struct uart_port *port, u8 byte)
{
	isa_out(port, UART_SCR, byte);
	return isa_in(port, UART_SCR) == byte;
}

/* Two bytes, so that no bus that holds the last value passes. */
static bool is_uart(struct uart_port *port)
{
	return !(isa_in(port, UART_IER) & IER_UNUSED) && remembers(port, 0x5a) && isa_in(port, UART_IIR) != 0xff &&
	       remembers(port, 0xa5);
}

/* Turning on what is on already loses nothing. */
static unsigned int fifo_size(struct uart_port *port)
{
	isa_out(port, UART_FCR, UART_FCR_ENABLE_FIFO);
	return (isa_in(port, UART_IIR) & UART_IIR_FIFO) == UART_IIR_FIFO ? 16 : 1;
}

static void __init find_port(struct uart_8250_port *up, u16 base, u8 irq)
{
	struct uart_port *port = &up->port;
	int line;

	*port = (struct uart_port) {
		.serial_in = isa_in, .serial_out = isa_out,
		.iobase = base, .irq = irq, .irqflags = IRQF_SHARED,
		.cons = IS_ENABLED(CONFIG_SERIAL_8250_CONSOLE) && base == places[0].base,
	};
	if (!is_uart(port))
		return;
	port->fifosize = fifo_size(port);
	line = serial8250_register_8250_port(up);
	if (line < 0)
		return;
	pr_info("serial8250: port %d at %#x, line %u, %u bytes at once\n", line, base, irq, port->fifosize);
	if (IS_ENABLED(CONFIG_MAGIC_SYSRQ) && port->cons && serial8250_listen(line))
		pr_warn("serial8250: port %d: its line cannot be had: no SysRq\n", line);
}

static int __init find_ports(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		find_port(&isa_ports[i], places[i].base, places[i].irq);
	return 0;
}
device_initcall(find_ports);
