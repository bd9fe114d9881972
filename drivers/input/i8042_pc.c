// SPDX-License-Identifier: GPL-2.0-only
/*
 * The keyboard controller where a PC has it: ports 0x60 and 0x64, line 1.
 *
 * Contexts
 *	A task, at boot.
 */
#include <linux/errno.h>
#include <linux/i8042.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/printk.h>

#define PORT_DATA	0x60
#define PORT_STATUS	0x64	/* written: a command */
#define KEYBOARD_LINE	1

static u8 read_status(struct i8042 *ctl) { return inb(PORT_STATUS); }
static u8 read_data(struct i8042 *ctl) { return inb(PORT_DATA); }
static void write_command(struct i8042 *ctl, u8 command) { outb(command, PORT_STATUS); }
static void write_data(struct i8042 *ctl, u8 data) { outb(data, PORT_DATA); }

static struct i8042 pc = {
	.read_status = read_status, .read_data = read_data,
	.write_command = write_command, .write_data = write_data,
	.irq = KEYBOARD_LINE,
};
static bool found;	/* I after boot */

struct i8042 *i8042_pc(void)
{
	return found ? &pc : NULL;
}

int i8042_command(unsigned char *param, int command)
{
	return found ? i8042_run(&pc, param, command) : -ENODEV;
}

static int __init find_i8042(void)
{
	int error = i8042_start(&pc);

	found = !error;
	if (found)
		pr_info("i8042: keyboard on line %u\n", KEYBOARD_LINE);
	/* That there is none is no error. */
	return error == -ENODEV ? 0 : error;
}
device_initcall(find_i8042);
