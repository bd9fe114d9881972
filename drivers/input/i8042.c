// SPDX-License-Identifier: GPL-2.0-only
/*
 * The keyboard controller: found with care, and scancodes from its interrupt to who listens.
 *
 * What
 *	Top half (hard IRQ): takes one byte from the controller and puts it into a ring (bh_ring, the newest is
 *	dropped and counted when it is full). It hears SysRq: Alt, SysRq, a key.
 *	Bottom half, a tasklet: tells the listener each scancode.
 *
 * Finding it
 *	step				given up if
 *	read the status			it is all ones: nothing is there
 *	throw away what it holds	there are more than FLUSH_MAX bytes
 *	mouse and keyboard off		it does not take the command in time
 *	self test			it does not say 0x55 in time
 *	control byte: interrupt on, mouse off, translate	no answer in time
 *	test of the wires		it says that they are broken
 *	keyboard on			it does not take the command in time
 *
 * Contexts
 *	As <linux/i8042.h> says.
 *
 * Locks
 *	ctl->lock, interrupts off: registers; a command and its answer are one section, so that the top half does
 *	not take the answer for a key.
 *
 * Limits, and nonsense from the device
 *	A wait is at most WAIT_US (0.1 s), the self test's answer TEST_US (0.5 s). The first wait that is over is the
 *	end, so a controller that hangs holds up the boot for 0.6 s at most. Interrupts are off for as long.
 *	NONSENSE_MAX interrupts in a row with a status of ones, and it is given up: no interrupt is claimed any more.
 *
 * Differs from Linux
 *	See <linux/i8042.h>.
 *
 * Tests
 *	tests/boot/i8042_test.c (a controller in memory, sane and not), arch/x86/tests/keyboard_test.c
 *
 * Source: IBM PC/AT Technical Reference, keyboard controller; scancode set 1.
 */
#include <linux/ctype.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/i8042.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sysrq.h>

#define WAIT_US		100000
#define TEST_US		500000
#define POLL_US		20
#define FLUSH_MAX	256
#define NONSENSE_MAX	8

#define ONES		0xff
#define TEST_PASSED	0x55
#define WIRES_GOOD	0x00

/* ---------------------------------------------------------------- commands. ctl->lock held. */

static bool wait_for(struct i8042 *ctl, u8 mask, u8 value, unsigned int us)
{
	for (unsigned int waited = 0; waited <= us; waited += POLL_US) {
		if ((ctl->read_status(ctl) & mask) == value)
			return true;
		udelay(POLL_US);
	}
	return false;
}

static bool send_locked(struct i8042 *ctl, void (*write)(struct i8042 *ctl, u8 byte), u8 byte)
{
	if (!wait_for(ctl, I8042_STR_IBF, 0, WAIT_US))
		return false;
	write(ctl, byte);
	return true;
}

static int run_locked(struct i8042 *ctl, u8 *param, int command)
{
	unsigned int to_write = command >> 12 & 0xf, to_read = command >> 8 & 0xf;
	unsigned int us = command == I8042_CMD_CTL_TEST ? TEST_US : WAIT_US;

	lockdep_assert_held(&ctl->lock);
	if (!send_locked(ctl, ctl->write_command, (u8)command))
		return -EIO;
	for (unsigned int i = 0; i < to_write; i++)
		if (!send_locked(ctl, ctl->write_data, param[i]))
			return -EIO;
	for (unsigned int i = 0; i < to_read; i++) {
		if (!wait_for(ctl, I8042_STR_OBF, I8042_STR_OBF, us))
			return -EIO;
		param[i] = ctl->read_data(ctl);
	}
	return 0;
}

int i8042_run(struct i8042 *ctl, u8 *param, int command)
{
	unsigned long flags;
	int error = -ENODEV;

	raw_spin_lock_irqsave(&ctl->lock, flags);
	if (ctl->there)
		error = run_locked(ctl, param, command);
	raw_spin_unlock_irqrestore(&ctl->lock, flags);
	return error;
}

/* ---------------------------------------------------------------- SysRq. ctl->lock held. */

#define RELEASED	0x80
#define CODE_ALT	0x38
#define CODE_SYSRQ	0x54	/* what the PrtSc key says while Alt is held */
#define CODE_SHIFT_L	0x2a
#define CODE_SHIFT_R	0x36

/* By scancode, on a keyboard as in the US; what is no digit and no letter is a blank. */
static const char keys[] = "  1234567890    qwertyuiop    asdfghjkl     zxcvbnm";

static u8 key_of_code(const struct i8042 *ctl, u8 code)
{
	char key = code < sizeof(keys) - 1 ? keys[code] : ' ';

	if (key == ' ')
		return 0;
	return (u8)(ctl->shift ? toupper(key) : key);
}

/* Return: the key, if this code is one that was pressed with Alt and SysRq held; or 0. */
static u8 look_for_sysrq_locked(struct i8042 *ctl, u8 code)
{
	bool pressed = !(code & RELEASED);

	switch (code & ~RELEASED) {
	case CODE_ALT:
		ctl->alt = pressed;
		ctl->sysrq = ctl->sysrq && pressed;
		return 0;
	case CODE_SYSRQ:
		ctl->sysrq = pressed && ctl->alt;
		return 0;
	case CODE_SHIFT_L:
	case CODE_SHIFT_R:
		ctl->shift = pressed;
		return 0;
	}
	return ctl->sysrq && pressed ? key_of_code(ctl, code) : 0;
}

/* ---------------------------------------------------------------- the top half */

static void give_up_locked(struct i8042 *ctl, const char *why)
{
	ctl->there = false;
	pr_err("i8042: %s: given up\n", why);
}

static u8 take_key_locked(struct i8042 *ctl)
{
	u8 code = ctl->read_data(ctl);

	bh_ring_put(&ctl->ring, &code);
	return look_for_sysrq_locked(ctl, code);
}

/*
 * Ones once can be a glitch. Nothing is claimed when it has been given up: should it go on asking, the line is shut off
 * like any that is stuck. It is not ours to disable, others may share it.
 */
static void take_nonsense_locked(struct i8042 *ctl)
{
	if (++ctl->nonsense < NONSENSE_MAX)
		return;
	give_up_locked(ctl, "its status reads as ones");
}

irqreturn_t i8042_take_byte(struct i8042 *ctl)
{
	irqreturn_t result = IRQ_NONE;
	u8 status, key = 0;

	raw_spin_lock(&ctl->lock);
	status = ctl->there ? ctl->read_status(ctl) : 0;
	if (status == ONES) {
		take_nonsense_locked(ctl);
	} else if (status & I8042_STR_OBF) {
		ctl->nonsense = 0;
		result = IRQ_HANDLED;
		if (status & I8042_STR_AUXDATA) {
			ctl->read_data(ctl);
			ctl->foreign++;
		} else {
			key = take_key_locked(ctl);
		}
	}
	raw_spin_unlock(&ctl->lock);
	if (result == IRQ_HANDLED)
		tasklet_schedule(&ctl->tasklet);
	if (key)
		handle_sysrq(key);
	return result;
}

static irqreturn_t i8042_interrupt(int irq, void *ctl)
{
	return i8042_take_byte(ctl);
}

/* ---------------------------------------------------------------- the bottom half */

static void tell_the_listener(struct tasklet_struct *tasklet)
{
	struct i8042 *ctl = from_tasklet(ctl, tasklet, tasklet);
	u8 code;

	while (bh_ring_take(&ctl->ring, &code))
		if (ctl->heard)
			ctl->heard(ctl->heard_data, code);
}

int i8042_listen(struct i8042 *ctl, void (*heard)(void *data, u8 code), void *data)
{
	unsigned long flags;
	int error = 0;

	might_sleep();
	/* The tasklet reads both words, and it is not running now. */
	tasklet_disable(&ctl->tasklet);
	raw_spin_lock_irqsave(&ctl->lock, flags);
	if (heard && ctl->heard) {
		error = -EBUSY;
	} else {
		ctl->heard = heard;
		ctl->heard_data = data;
	}
	raw_spin_unlock_irqrestore(&ctl->lock, flags);
	tasklet_enable(&ctl->tasklet);
	return error;
}

/* ---------------------------------------------------------------- finding it. ctl->lock held. */

static bool flush_locked(struct i8042 *ctl)
{
	for (int i = 0; i < FLUSH_MAX; i++) {
		if (!(ctl->read_status(ctl) & I8042_STR_OBF))
			return true;
		ctl->read_data(ctl);
		udelay(POLL_US);
	}
	return false;
}

/* Return: what is wrong; NULL: nothing. */
static const char *set_up_locked(struct i8042 *ctl)
{
	u8 byte;

	if (!flush_locked(ctl))
		return "it never runs out of bytes";
	if (run_locked(ctl, &byte, I8042_CMD_KBD_DISABLE) || run_locked(ctl, &byte, I8042_CMD_AUX_DISABLE))
		return "it takes no command";
	if (!flush_locked(ctl))
		return "it never runs out of bytes";
	if (run_locked(ctl, &byte, I8042_CMD_CTL_TEST))
		return "it does not answer its self test";
	if (byte != TEST_PASSED)
		return "it fails its self test";
	if (run_locked(ctl, &byte, I8042_CMD_CTL_RCTR))
		return "it has no control byte";
	byte &= (u8)~(I8042_CTR_KBDDIS | I8042_CTR_AUXINT);
	byte |= I8042_CTR_KBDINT | I8042_CTR_AUXDIS | I8042_CTR_XLATE;
	if (run_locked(ctl, &byte, I8042_CMD_CTL_WCTR))
		return "it takes no control byte";
	if (run_locked(ctl, &byte, I8042_CMD_KBD_TEST))
		return "it does not look at its wires";
	if (byte != WIRES_GOOD)
		return "the wires to the keyboard are broken";
	if (run_locked(ctl, &byte, I8042_CMD_KBD_ENABLE))
		return "it takes no command";
	return NULL;
}

static int find(struct i8042 *ctl)
{
	const char *wrong;
	unsigned long flags;
	int error = 0;

	raw_spin_lock_irqsave(&ctl->lock, flags);
	if (ctl->read_status(ctl) == ONES) {
		error = -ENODEV;
	} else {
		wrong = set_up_locked(ctl);
		ctl->there = !wrong;
		if (wrong)
			give_up_locked(ctl, wrong);
		error = wrong ? -EIO : 0;
	}
	raw_spin_unlock_irqrestore(&ctl->lock, flags);
	return error;
}

int i8042_start(struct i8042 *ctl)
{
	u8 control = I8042_CTR_KBDDIS | I8042_CTR_AUXDIS;
	int error;

	raw_spin_lock_init(&ctl->lock);
	tasklet_setup(&ctl->tasklet, tell_the_listener);
	error = bh_ring_init(&ctl->ring, "i8042", ctl->codes, I8042_RING, sizeof(ctl->codes[0]),
			     BH_RING_DROP_NEWEST);
	if (!error)
		error = find(ctl);
	if (error || !ctl->irq)
		return error;
	error = request_irq(ctl->irq, i8042_interrupt, IRQF_SHARED, "i8042", ctl);
	if (error)
		i8042_run(ctl, &control, I8042_CMD_CTL_WCTR);
	return error;
}

void i8042_stop(struct i8042 *ctl)
{
	u8 control = I8042_CTR_KBDDIS | I8042_CTR_AUXDIS;

	might_sleep();
	i8042_run(ctl, &control, I8042_CMD_CTL_WCTR);
	if (ctl->irq)
		free_irq(ctl->irq, ctl);
	tasklet_kill(&ctl->tasklet);
}
