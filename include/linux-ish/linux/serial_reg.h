/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Registers of the 8250 and its successors up to the 16550A, by offset.
 *
 * Source: National Semiconductor PC16550D data sheet.
 */
#ifndef _LINUX_SERIAL_REG_H
#define _LINUX_SERIAL_REG_H

#define UART_RX			0	/* read: what was received */
#define UART_TX			0	/* write: what is to be sent */
#define UART_DLL		0	/* with DLAB: divisor, low */
#define UART_DLM		1	/* with DLAB: divisor, high */

#define UART_IER		1	/* which interrupts are wanted */
#define UART_IER_RDI		0x01	/* something was received */
#define UART_IER_THRI		0x02	/* there is room to send */
#define UART_IER_RLSI		0x04	/* an error, or BREAK */
#define UART_IER_MSI		0x08	/* a modem line moved */

#define UART_IIR		2	/* read: why it interrupts */
#define UART_IIR_NO_INT		0x01	/* it does not */
#define UART_IIR_ID		0x0e
#define UART_IIR_FIFO		0xc0	/* both: the FIFOs are on, and work */

#define UART_FCR		2	/* write: the FIFOs */
#define UART_FCR_ENABLE_FIFO	0x01
#define UART_FCR_CLEAR_RCVR	0x02
#define UART_FCR_CLEAR_XMIT	0x04
#define UART_FCR_R_TRIG_00	0x00	/* received: interrupt from the first byte on */
#define UART_FCR_R_TRIG_01	0x40	/* from 4 bytes on, or after a pause */

#define UART_LCR		3
#define UART_LCR_WLEN8		0x03
#define UART_LCR_SBC		0x40	/* send BREAK */
#define UART_LCR_DLAB		0x80

#define UART_MCR		4
#define UART_MCR_DTR		0x01
#define UART_MCR_RTS		0x02
#define UART_MCR_OUT1		0x04
#define UART_MCR_OUT2		0x08	/* on a PC: the interrupt is connected */
#define UART_MCR_LOOP		0x10	/* hear what is sent */

#define UART_LSR		5
#define UART_LSR_DR		0x01	/* something was received */
#define UART_LSR_OE		0x02	/* and something before it was lost */
#define UART_LSR_PE		0x04
#define UART_LSR_FE		0x08
#define UART_LSR_BI		0x10	/* BREAK */
#define UART_LSR_THRE		0x20	/* nothing waits to be sent */
#define UART_LSR_TEMT		0x40	/* and nothing is being sent */
#define UART_LSR_FIFOE		0x80
#define UART_LSR_BRK_ERROR_BITS	(UART_LSR_BI | UART_LSR_FE | UART_LSR_PE | UART_LSR_OE)

#define UART_MSR		6
#define UART_SCR		7	/* remembers a byte */

#endif
