/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The keyboard controller of a PC: commands, and who hears the keyboard.
 *
 * What
 *	A command is a number as on Linux: the low byte is the controller's own; bits 12 to 15 say how many
 *	bytes go with it, bits 8 to 11 how many come back.
 *
 * Differs from Linux
 *	There is no serio and no input layer above: one listener gets scancodes (set 1, as the controller
 *	translates them). The mouse's port is switched off. i8042_command() is for the PC's own controller.
 *
 * Tests
 *	tests/boot/i8042_test.c, arch/x86/tests/keyboard_test.c
 */
#ifndef _LINUX_I8042_H
#define _LINUX_I8042_H

#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <bottomhalf/ring.h>

#define I8042_CMD_CTL_RCTR	0x0120	/* read the control byte */
#define I8042_CMD_CTL_WCTR	0x1060	/* write it */
#define I8042_CMD_CTL_TEST	0x01aa	/* self test */
#define I8042_CMD_AUX_DISABLE	0x00a7
#define I8042_CMD_KBD_DISABLE	0x00ad
#define I8042_CMD_KBD_ENABLE	0x00ae
#define I8042_CMD_KBD_TEST	0x01ab	/* the wires to the keyboard */
#define I8042_CMD_KBD_LOOP	0x11d2	/* a byte, as if the keyboard had sent it */
#define I8042_CMD_KBD_SAYS	0x10d2	/* the same; it is left to the interrupt */

#define I8042_STR_OBF		0x01	/* there is a byte to be read */
#define I8042_STR_IBF		0x02	/* it has not taken what was written */
#define I8042_STR_AUXDATA	0x20	/* the byte is the mouse's */

#define I8042_CTR_KBDINT	0x01
#define I8042_CTR_AUXINT	0x02
#define I8042_CTR_KBDDIS	0x10
#define I8042_CTR_AUXDIS	0x20
#define I8042_CTR_XLATE		0x40

#define I8042_RING		64	/* scancodes */

/**
 * struct i8042 - a controller
 * @read_status, @read_data, @write_command, @write_data: its registers. Context: any, @lock held
 * @irq: the keyboard's line; 0: somebody else calls i8042_take_byte()
 * @ring: from the top half to the tasklet
 * @heard: is told each scancode, in the tasklet; NULL: nobody is
 *
 * Marks: I; L @lock. How it works: drivers/input/i8042.c
 */
struct i8042 {
	u8 (*read_status)(struct i8042 *ctl);			/* I */
	u8 (*read_data)(struct i8042 *ctl);			/* I */
	void (*write_command)(struct i8042 *ctl, u8 command);	/* I */
	void (*write_data)(struct i8042 *ctl, u8 data);		/* I */
	unsigned int irq;					/* I */
	raw_spinlock_t lock;
	bool there;				/* L: it was found, and was not given up */
	bool alt, shift, sysrq;			/* L: keys that are held, for SysRq */
	unsigned int nonsense;			/* L: interrupts in a row with a status of ones */
	unsigned long foreign;			/* L: bytes of the mouse */
	struct bh_ring ring;
	u8 codes[I8042_RING];
	struct tasklet_struct tasklet;
	void (*heard)(void *data, u8 code);	/* L to write */
	void *heard_data;			/* L to write */
};

/**
 * i8042_start - find out whether it is there and sane, and listen to the keyboard
 * @ctl: with its functions and line; all else zero
 *
 * Context: task, may sleep. Ends in time whatever the controller does: see drivers/input/i8042.c.
 * Return: 0; -ENODEV: nothing is there; -EIO: it is given up, with a message; what request_irq() says.
 */
int i8042_start(struct i8042 *ctl);
/** i8042_stop - listen no more. Context: task, may sleep. */
void i8042_stop(struct i8042 *ctl);
/** i8042_run - a command, in time. Context: any but NMI. Return: 0; -EIO: it did not answer; -ENODEV. */
int i8042_run(struct i8042 *ctl, u8 *param, int command);
/** i8042_take_byte - the top half. Context: hard IRQ. Return: whether there was one. */
irqreturn_t i8042_take_byte(struct i8042 *ctl);
/**
 * i8042_listen - who is told what the keyboard says
 * @heard: called in softirq context for each scancode, in order; NULL: nobody any more, and the last call has
 *	returned when this does
 *
 * Context: task, may sleep. Return: 0; -EBUSY: somebody is.
 */
int i8042_listen(struct i8042 *ctl, void (*heard)(void *data, u8 code), void *data);

/** i8042_pc - the PC's own, if it is there; or NULL. Context: any. */
struct i8042 *i8042_pc(void);
/** i8042_command - a command for the PC's own controller; as i8042_run() */
int i8042_command(unsigned char *param, int command);

#endif
