// SPDX-License-Identifier: GPL-2.0-only
/*
 * Serial ports of the 8250's kind, by interrupt both ways.
 *
 * What
 *	Top half (hard IRQ): empties the receiver into a ring, fills the transmitter from another one, and
 *	hears SysRq. It calls nobody, but for handle_sysrq(), after it has let go of the lock.
 *
 *	Bottom halves, two kinds, each for what it is good at:
 *	- what was received is handed to the port's user by a work: the user may sleep;
 *	- that there is room to send again is told by a tasklet: it is short, and wakes writers.
 *
 *	receiver -> top half -> ring -> work -> receive_buf()
 *	transmitter <- top half <- ring <- serdev_device_write_buf();  top half -> tasklet -> wake-up
 *
 *	SysRq is heard in the top half, so that it is heard while nothing but interrupts works.
 *
 * Beside the polled console
 *	The console (arch/x86/platform/console.c) writes to the first port without asking this driver,
 *	from any context, one byte whenever it sees the transmitter empty. That is safe without a lock:
 *	- Transmitting: this driver never gives the port all that fits. A console that saw it empty at the
 *	  same moment adds one byte, another one in a panic adds one more: SLACK bytes are left for them.
 *	- The console reads the line status, which clears the marks of errors and BREAK (who waits in here keeps
 *	  them for the top half). BREAK brings a zero
 *	  byte, too: on the console's port a zero byte means BREAK as long as the port has no user.
 *	- Divisor and format are the console's; this driver does not touch them there.
 *	- In test mode nothing leaves the port: the console is held back (console_trylock()), and prints when
 *	  the mode ends. A panic in between is seen on port 0xe9 alone.
 *
 * States of a port			who moves it
 *	closed -> running		the first of: serdev_device_open(), serial8250_listen(); resume
 *	running -> closed		the last user's close; suspend
 *	any -> dead			give_up(), in the top half or while it is started; it stays so
 *
 * Contexts
 *	As <linux/serdev.h> says.
 *
 * Locks
 *	up->mutex: open, close, suspend. port->lock, interrupts off: registers, rings, counters. Ring
 *	@received: the top half fills it (under the lock), the work alone empties it, without.
 *
 * Limits, and nonsense from the device
 *	RECEIVE_MAX bytes are taken in one look, PASSES_MAX looks in one interrupt. A port that still asks
 *	then is silenced for a jiffy; after STORMS_MAX times in a row it is given up. Registers that read as
 *	ones are no port: given up. Each is said once, with the port's name. When a ring is full the newest
 *	bytes are dropped and counted (icount.buf_overrun). Nothing waits for a port without a limit.
 *
 *	The receiver interrupts from the first byte on, not after several or a pause: a key is answered at
 *	once, and Bochs 2.7 makes a zero byte out of a pause after which its FIFO was found empty.
 *
 * Differs from Linux
 *	No tty, no flow control, no modem lines; <linux/serdev.h> is the way in.
 *
 * Tests
 *	tests/boot/8250_test.c (a port in memory, sane and not), tests/scenario/8250.c, arch/x86/tests/serial_test.c (the real one)
 *
 * Source: National Semiconductor PC16550D data sheet.
 */
#include <linux/console.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kfifo.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/serial_8250.h>
#include <linux/serial_reg.h>
#include <linux/sysrq.h>

#define PORTS_MAX	8
#define RATE_MAX	115200U		/* bits a second, with divisor 1 */

#define RECEIVE_MAX	256
#define PASSES_MAX	32
#define STORMS_MAX	8
#define SLACK		2U		/* see above */
#define WAKE_UP_BELOW	256U		/* bytes that still wait, when writers are woken */

#define SYSRQ_SECONDS	5		/* between BREAK and the key */
#define EMPTY_US	20000		/* for what the transmitter holds: 14 ms at 9600 bits a second */
#define POLL_US		10
#define CONSOLE_WAIT_MS	1000

#define ONES		0xff		/* what reads so is not there */

static DEFINE_MUTEX(ports_mutex);
static struct uart_8250_port *ports[PORTS_MAX];		/* ports_mutex to write */

static unsigned int in(struct uart_8250_port *up, int reg)
{
	return up->port.serial_in(&up->port, reg);
}

static void out(struct uart_8250_port *up, int reg, unsigned int value)
{
	up->port.serial_out(&up->port, reg, (int)value);
}

static struct uart_8250_port *port_of_serdev(struct serdev_device *serdev)
{
	return container_of(serdev, struct uart_8250_port, serdev);
}

/* ---------------------------------------------------------------- nonsense */

/* MCR and IIR have bits that are never one. */
static bool is_floating(struct uart_8250_port *up)
{
	return in(up, UART_MCR) == ONES && in(up, UART_IIR) == ONES && in(up, UART_LSR) == ONES;
}

static void give_up_locked(struct uart_8250_port *up, const char *why)
{
	lockdep_assert_held(&up->port.lock);
	if (up->dead)
		return;
	up->ier = 0;
	out(up, UART_IER, 0);
	pr_err("serial8250: port %d at %#lx %s: given up\n", up->port.line, up->port.iobase, why);
	WRITE_ONCE(up->dead, true);
	/* Whoever waits for it need not any more. */
	tasklet_schedule(&up->tx_tasklet);
}

/* ---------------------------------------------------------------- the top half: SysRq */

static bool is_break_locked(const struct uart_8250_port *up, u8 byte, unsigned int lsr)
{
	return (lsr & UART_LSR_BI) || (!byte && up->port.cons && !up->opened);
}

/* Whether this byte is SysRq's: a BREAK, or the key after it. */
static bool take_for_sysrq_locked(struct uart_8250_port *up, u8 byte, unsigned int lsr)
{
	struct uart_port *port = &up->port;
	bool in_time;

	if (!IS_ENABLED(CONFIG_MAGIC_SYSRQ) || !up->listening)
		return false;
	if (is_break_locked(up, byte, lsr)) {
		/* A second one takes it back. 0 means "none", so the time is odd. */
		port->sysrq = port->sysrq ? 0 : (jiffies + SYSRQ_SECONDS * HZ) | 1;
		return true;
	}
	in_time = port->sysrq && time_before(jiffies, port->sysrq);
	port->sysrq = 0;
	if (in_time)
		port->sysrq_ch = byte;
	return in_time;
}

/* ---------------------------------------------------------------- the top half */

static void count_errors_locked(struct uart_icount *count, unsigned int lsr)
{
	count->brk += !!(lsr & UART_LSR_BI);
	count->parity += !!(lsr & UART_LSR_PE);
	/* BREAK is no stop bit where one belongs, which is what a wrong frame is. */
	count->frame += (lsr & (UART_LSR_FE | UART_LSR_BI)) == UART_LSR_FE;
	count->overrun += !!(lsr & UART_LSR_OE);
}

static void receive_byte_locked(struct uart_8250_port *up, unsigned int lsr)
{
	u8 byte = (u8)in(up, UART_RX);

	up->port.icount.rx++;
	if (unlikely(lsr & UART_LSR_BRK_ERROR_BITS))
		count_errors_locked(&up->port.icount, lsr);
	if (take_for_sysrq_locked(up, byte, lsr) || (lsr & UART_LSR_BI) || !up->opened)
		return;
	if (!kfifo_put(&up->received, byte))
		up->port.icount.buf_overrun++;
}

/* With the marks of the next byte that somebody else has read, which the port forgets by that. */
static unsigned int line_status_locked(struct uart_8250_port *up)
{
	unsigned int lsr = in(up, UART_LSR) | up->marks;

	up->marks = 0;
	return lsr;
}

/*
 * Stops early when a key has come: it is acted upon before the next byte is looked at; nor is that one's status,
 * whose marks would be gone.
 */
static void receive_locked(struct uart_8250_port *up, unsigned int lsr)
{
	unsigned int left = RECEIVE_MAX;

	do {
		receive_byte_locked(up, lsr);
		if (up->port.sysrq_ch || !--left)
			break;
		lsr = line_status_locked(up);
	} while (lsr & (UART_LSR_DR | UART_LSR_BI));
	if (up->opened && !kfifo_is_empty(&up->received))
		schedule_work(&up->rx_work);
}

static void transmit_locked(struct uart_8250_port *up)
{
	unsigned int room = up->port.fifosize > SLACK ? up->port.fifosize - SLACK : 1;
	u8 byte;

	while (room-- && kfifo_get(&up->to_send, &byte)) {
		out(up, UART_TX, byte);
		up->port.icount.tx++;
	}
	if (kfifo_is_empty(&up->to_send)) {
		up->ier &= (u8)~UART_IER_THRI;
		out(up, UART_IER, up->ier);
	}
	if (kfifo_len(&up->to_send) < WAKE_UP_BELOW)
		tasklet_schedule(&up->tx_tasklet);
}

static void serve_locked(struct uart_8250_port *up)
{
	unsigned int lsr = line_status_locked(up);

	if (lsr == ONES && is_floating(up)) {
		give_up_locked(up, "reads as ones");
		return;
	}
	if (lsr & (UART_LSR_DR | UART_LSR_BI))
		receive_locked(up, lsr);
	/* Reading it ends its request, which nobody wanted. */
	in(up, UART_MSR);
	if ((lsr & UART_LSR_THRE) && (up->ier & UART_IER_THRI))
		transmit_locked(up);
}

int serial8250_handle_irq(struct uart_port *port, unsigned int iir)
{
	struct uart_8250_port *up = container_of(port, struct uart_8250_port, port);
	unsigned long flags;
	bool serve;
	u8 key;

	/* No interrupt, say the ones of a port that is gone, too; it is looked at to tell. */
	if ((iir & UART_IIR_NO_INT) && iir != ONES)
		return 0;
	raw_spin_lock_irqsave(&port->lock, flags);
	serve = !up->dead;
	if (serve)
		serve_locked(up);
	key = port->sysrq_ch;
	port->sysrq_ch = 0;
	serve = serve && !up->dead;
	raw_spin_unlock_irqrestore(&port->lock, flags);
	if (key)
		handle_sysrq(key);
	return serve;
}

/* It asks without end: silence for a jiffy, or for ever. */
static void calm_down(struct uart_8250_port *up)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&up->port.lock, flags);
	if (++up->storms > STORMS_MAX) {
		give_up_locked(up, "asks without end");
	} else {
		out(up, UART_IER, 0);
		mod_timer(&up->again, jiffies + 1);
	}
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
}

/* The line is an edge on a PC: it comes again only after the port has said that it wants nothing. */
static irqreturn_t serial8250_interrupt(int irq, void *dev)
{
	struct uart_8250_port *up = dev;

	for (unsigned int pass = 0; pass < PASSES_MAX; pass++) {
		if (!serial8250_handle_irq(&up->port, in(up, UART_IIR))) {
			up->storms = 0;
			return IRQ_RETVAL(pass);
		}
	}
	calm_down(up);
	return IRQ_HANDLED;
}

static void listen_again(struct timer_list *timer)
{
	struct uart_8250_port *up = from_timer(up, timer, again);
	unsigned long flags;

	raw_spin_lock_irqsave(&up->port.lock, flags);
	out(up, UART_IER, up->ier);
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
}

/* ---------------------------------------------------------------- the bottom halves */

static void hand_over_received(struct work_struct *work)
{
	struct uart_8250_port *up = container_of(work, struct uart_8250_port, rx_work);
	u8 bytes[64];
	size_t used;
	unsigned int n;

	while ((n = kfifo_out_peek(&up->received, bytes, sizeof(bytes)))) {
		used = up->serdev.ops->receive_buf(&up->serdev, bytes, n);
		if (!used)
			return;
		kfifo_skip_count(&up->received, min_t(unsigned int, used, n));
	}
}

static void room_to_send(struct tasklet_struct *tasklet)
{
	struct uart_8250_port *up = from_tasklet(up, tasklet, tx_tasklet);
	const struct serdev_device_ops *ops = up->serdev.ops;

	wake_up(&up->tx_wait);
	if (ops && ops->write_wakeup)
		ops->write_wakeup(&up->serdev);
}

/* ---------------------------------------------------------------- starting and stopping a port */

/* What is left from before. False: there is no end to it. */
static bool empty_the_receiver(struct uart_8250_port *up)
{
	for (unsigned int i = 0; i < RECEIVE_MAX; i++) {
		if (!(in(up, UART_LSR) & UART_LSR_DR))
			return true;
		in(up, UART_RX);
	}
	return false;
}

static void set_divisor_locked(struct uart_8250_port *up, unsigned int divisor)
{
	out(up, UART_LCR, UART_LCR_DLAB | UART_LCR_WLEN8);
	out(up, UART_DLL, divisor & 0xff);
	out(up, UART_DLM, divisor >> 8);
	out(up, UART_LCR, UART_LCR_WLEN8);
}

static int set_up_locked(struct uart_8250_port *up)
{
	unsigned int fifo = UART_FCR_ENABLE_FIFO | UART_FCR_R_TRIG_00;

	if (!up->dead && is_floating(up))
		give_up_locked(up, "reads as ones");
	if (up->dead)
		return -ENODEV;
	out(up, UART_IER, 0);
	if (!up->port.cons) {
		fifo |= UART_FCR_CLEAR_RCVR | UART_FCR_CLEAR_XMIT;
		set_divisor_locked(up, 1);
	}
	out(up, UART_FCR, fifo);
	up->marks = 0;
	if (!empty_the_receiver(up))
		give_up_locked(up, "never runs out of bytes");
	up->mcr = UART_MCR_DTR | UART_MCR_RTS | UART_MCR_OUT2;
	out(up, UART_MCR, up->mcr);
	return up->dead ? -ENODEV : 0;
}

static void set_interrupts_locked(struct uart_8250_port *up, unsigned int ier)
{
	up->ier = up->dead ? 0 : (u8)ier;
	out(up, UART_IER, up->ier);
}

static int start(struct uart_8250_port *up)
{
	unsigned long flags;
	int error;

	lockdep_assert_held(&up->mutex);
	raw_spin_lock_irqsave(&up->port.lock, flags);
	error = set_up_locked(up);
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	if (!error && up->port.irq)
		error = request_irq(up->port.irq, serial8250_interrupt, up->port.irqflags, "serial",
				    up);
	if (error)
		return error;
	raw_spin_lock_irqsave(&up->port.lock, flags);
	set_interrupts_locked(up, UART_IER_RDI | UART_IER_RLSI |
			      (kfifo_is_empty(&up->to_send) ? 0 : UART_IER_THRI));
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	up->running = true;
	return 0;
}

static void stop(struct uart_8250_port *up)
{
	unsigned long flags;

	lockdep_assert_held(&up->mutex);
	if (!up->running)
		return;
	up->running = false;
	raw_spin_lock_irqsave(&up->port.lock, flags);
	set_interrupts_locked(up, 0);
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	if (up->port.irq)
		free_irq(up->port.irq, up);
	timer_delete_sync(&up->again);
}

/* One user more. */
static int use(struct uart_8250_port *up)
{
	int error = 0;

	lockdep_assert_held(&up->mutex);
	if (!up->users && !up->suspended)
		error = start(up);
	if (!error)
		up->users++;
	return error;
}

static void unuse(struct uart_8250_port *up)
{
	lockdep_assert_held(&up->mutex);
	if (!--up->users)
		stop(up);
}

/* ---------------------------------------------------------------- for the user: <linux/serdev.h> */

static int open_locked(struct uart_8250_port *up)
{
	unsigned long flags;
	int error;

	lockdep_assert_held(&up->mutex);
	if (up->opened)
		return -EBUSY;
	if (up->dead)
		return -ENODEV;
	/* It may be interrupting already, for SysRq. */
	raw_spin_lock_irqsave(&up->port.lock, flags);
	kfifo_reset(&up->received);
	kfifo_reset(&up->to_send);
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	error = use(up);
	if (error)
		return error;
	raw_spin_lock_irqsave(&up->port.lock, flags);
	up->opened = true;
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	return 0;
}

int serdev_device_open(struct serdev_device *serdev)
{
	struct uart_8250_port *up = port_of_serdev(serdev);
	int error;

	might_sleep();
	if (!serdev->ops || !serdev->ops->receive_buf)
		return -EINVAL;
	mutex_lock(&up->mutex);
	error = open_locked(up);
	mutex_unlock(&up->mutex);
	return error;
}

void serdev_device_write_flush(struct serdev_device *serdev)
{
	struct uart_8250_port *up = port_of_serdev(serdev);
	unsigned long flags;

	raw_spin_lock_irqsave(&up->port.lock, flags);
	kfifo_reset_out(&up->to_send);
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	tasklet_schedule(&up->tx_tasklet);
}

void serdev_device_close(struct serdev_device *serdev)
{
	struct uart_8250_port *up = port_of_serdev(serdev);
	unsigned long flags;

	might_sleep();
	if (WARN_ON(!up->opened))
		return;
	serdev_device_write_flush(serdev);
	serdev_device_set_tiocm(serdev, 0, TIOCM_LOOP);
	mutex_lock(&up->mutex);
	raw_spin_lock_irqsave(&up->port.lock, flags);
	/* From now on the top half starts no bottom half. */
	up->opened = false;
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	unuse(up);
	cancel_work_sync(&up->rx_work);
	tasklet_kill(&up->tx_tasklet);
	serdev->ops = NULL;
	mutex_unlock(&up->mutex);
}

int serdev_device_write_buf(struct serdev_device *serdev, const u8 *buf, size_t count)
{
	struct uart_8250_port *up = port_of_serdev(serdev);
	unsigned long flags;
	unsigned int n = 0;

	raw_spin_lock_irqsave(&up->port.lock, flags);
	if (up->opened && !up->dead)
		n = kfifo_in(&up->to_send, buf, (unsigned int)min_t(size_t, count, UART_RING));
	/* Without any other interrupt it is suspended: start() will see what waits. */
	if (n && up->ier && !(up->ier & UART_IER_THRI))
		set_interrupts_locked(up, up->ier | UART_IER_THRI);
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	return (int)n;
}

int serdev_device_write_room(struct serdev_device *serdev)
{
	return (int)kfifo_avail(&port_of_serdev(serdev)->to_send);
}

ssize_t serdev_device_write(struct serdev_device *serdev, const u8 *buf, size_t count, long timeout)
{
	struct uart_8250_port *up = port_of_serdev(serdev);
	size_t done = 0;

	might_sleep();
	for (;;) {
		done += (size_t)serdev_device_write_buf(serdev, buf + done, count - done);
		if (done == count || !timeout || READ_ONCE(up->dead))
			return (ssize_t)done;
		timeout = wait_event_timeout(up->tx_wait, serdev_device_write_room(serdev) ||
					     READ_ONCE(up->dead), timeout);
	}
}

static bool is_transmitter_empty(struct uart_8250_port *up)
{
	unsigned long flags;
	unsigned int lsr;

	raw_spin_lock_irqsave(&up->port.lock, flags);
	lsr = line_status_locked(up);
	up->marks = lsr & UART_LSR_BRK_ERROR_BITS;
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	return lsr & UART_LSR_TEMT;
}

/* What the transmitter itself holds. */
static void wait_for_the_transmitter(struct uart_8250_port *up)
{
	for (unsigned int us = 0; us < EMPTY_US && !is_transmitter_empty(up); us += POLL_US)
		udelay(POLL_US);
}

void serdev_device_wait_until_sent(struct serdev_device *serdev, long timeout)
{
	struct uart_8250_port *up = port_of_serdev(serdev);

	might_sleep();
	wait_event_timeout(up->tx_wait, kfifo_is_empty(&up->to_send) || READ_ONCE(up->dead), timeout);
	wait_for_the_transmitter(up);
}

unsigned int serdev_device_set_baudrate(struct serdev_device *serdev, unsigned int speed)
{
	struct uart_8250_port *up = port_of_serdev(serdev);
	unsigned int divisor = speed ? DIV_ROUND_CLOSEST(RATE_MAX, speed) : 1;
	unsigned long flags;

	if (up->port.cons)
		return RATE_MAX;
	divisor = clamp(divisor, 1U, 0xffffU);
	raw_spin_lock_irqsave(&up->port.lock, flags);
	set_divisor_locked(up, divisor);
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	return RATE_MAX / divisor;
}

/* ---- test mode */

static int hold_console(void)
{
	unsigned long end = jiffies + msecs_to_jiffies(CONSOLE_WAIT_MS);

	while (!console_trylock()) {
		if (time_after(jiffies, end))
			return -EBUSY;
		cond_resched();
	}
	return 0;
}

static unsigned int mcr_bits(int tiocm)
{
	return (tiocm & TIOCM_DTR ? UART_MCR_DTR : 0) | (tiocm & TIOCM_RTS ? UART_MCR_RTS : 0) |
	       (tiocm & TIOCM_LOOP ? UART_MCR_LOOP : 0);
}

/* What is on its way out is out before the mode changes: it belongs to the other one. */
static int change_mcr(struct uart_8250_port *up, u8 mcr)
{
	bool into_test = mcr & ~up->mcr & UART_MCR_LOOP;
	bool out_of_test = ~mcr & up->mcr & UART_MCR_LOOP;
	unsigned long flags;
	int error;

	lockdep_assert_held(&up->mutex);
	if (into_test && up->port.cons) {
		error = hold_console();
		if (error)
			return error;
	}
	if (into_test || out_of_test)
		wait_for_the_transmitter(up);
	raw_spin_lock_irqsave(&up->port.lock, flags);
	up->mcr = mcr;
	out(up, UART_MCR, mcr);
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	if (out_of_test && up->port.cons)
		console_unlock();
	return 0;
}

int serdev_device_set_tiocm(struct serdev_device *serdev, int set, int clear)
{
	struct uart_8250_port *up = port_of_serdev(serdev);
	int error;

	might_sleep();
	mutex_lock(&up->mutex);
	error = change_mcr(up, (u8)((up->mcr & ~mcr_bits(clear)) | mcr_bits(set)));
	mutex_unlock(&up->mutex);
	return error;
}

/* ---------------------------------------------------------------- for who has, or wants, a port */

int serial8250_register_8250_port(struct uart_8250_port *up)
{
	int line = -ENOSPC;

	raw_spin_lock_init(&up->port.lock);
	mutex_init(&up->mutex);
	INIT_KFIFO(up->received);
	INIT_KFIFO(up->to_send);
	INIT_WORK(&up->rx_work, hand_over_received);
	tasklet_setup(&up->tx_tasklet, room_to_send);
	init_waitqueue_head(&up->tx_wait);
	timer_setup(&up->again, listen_again, 0);
	mutex_lock(&ports_mutex);
	for (int i = 0; i < PORTS_MAX && line < 0; i++)
		if (!ports[i])
			line = i;
	if (line >= 0) {
		up->port.line = line;
		WRITE_ONCE(ports[line], up);
	}
	mutex_unlock(&ports_mutex);
	return line;
}

static struct uart_8250_port *port_of_line(int line)
{
	return line >= 0 && line < PORTS_MAX ? READ_ONCE(ports[line]) : NULL;
}

void serial8250_unregister_port(int line)
{
	struct uart_8250_port *up = port_of_line(line);

	if (!up)
		return;
	mutex_lock(&up->mutex);
	up->users = 0;
	up->listening = false;
	stop(up);
	mutex_unlock(&up->mutex);
	cancel_work_sync(&up->rx_work);
	tasklet_kill(&up->tx_tasklet);
	mutex_lock(&ports_mutex);
	WRITE_ONCE(ports[line], NULL);
	mutex_unlock(&ports_mutex);
}

struct serdev_device *serial8250_serdev(int line)
{
	struct uart_8250_port *up = port_of_line(line);

	return up ? &up->serdev : NULL;
}

struct uart_icount serial8250_counts(int line)
{
	struct uart_8250_port *up = port_of_line(line);
	struct uart_icount count = { .rx = 0 };
	unsigned long flags;

	if (!up)
		return count;
	raw_spin_lock_irqsave(&up->port.lock, flags);
	count = up->port.icount;
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	return count;
}

int serial8250_listen(int line)
{
	struct uart_8250_port *up = port_of_line(line);
	unsigned long flags;
	int error = 0;

	if (!up)
		return -ENODEV;
	mutex_lock(&up->mutex);
	if (!up->listening)
		error = use(up);
	raw_spin_lock_irqsave(&up->port.lock, flags);
	up->listening = !error;
	raw_spin_unlock_irqrestore(&up->port.lock, flags);
	mutex_unlock(&up->mutex);
	return error;
}

void serial8250_suspend_port(int line)
{
	struct uart_8250_port *up = port_of_line(line);

	if (!up)
		return;
	mutex_lock(&up->mutex);
	up->suspended = true;
	stop(up);
	mutex_unlock(&up->mutex);
}

void serial8250_resume_port(int line)
{
	struct uart_8250_port *up = port_of_line(line);
	int error = 0;

	if (!up)
		return;
	mutex_lock(&up->mutex);
	if (up->suspended && up->users)
		error = start(up);
	up->suspended = false;
	mutex_unlock(&up->mutex);
	if (error)
		pr_warn("serial8250: port %d is not resumed: %d\n", line, error);
}
