// SPDX-License-Identifier: GPL-2.0-only
/*
 * The real-time clock where a PC has it: ports 0x70 and 0x71, line 8.
 *
 * Contexts
 *	A task, at boot.
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/printk.h>
#include <linux/rtc.h>

#define PORT_INDEX	0x70	/* bit 7 would keep NMIs away: it stays 0 */
#define PORT_VALUE	0x71
#define CLOCK_LINE	8

static u8 read_register(struct rtc_device *rtc, u8 reg)
{
	outb(reg, PORT_INDEX);
	return inb(PORT_VALUE);
}

static void write_register(struct rtc_device *rtc, u8 reg, u8 value)
{
	outb(reg, PORT_INDEX);
	outb(value, PORT_VALUE);
}

static struct rtc_device pc_clock = { .read = read_register, .write = write_register, .irq = CLOCK_LINE };

static int __init find_rtc(void)
{
	struct rtc_time tm;
	int error = rtc_add(&pc_clock);

	/* That there is none is no error. */
	if (error)
		return error == -ENODEV ? 0 : error;
	if (!rtc_read_time(&pc_clock, &tm))
		pr_info("rtc: %04d-%02d-%02d %02d:%02d:%02d, line %u\n", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
			tm.tm_hour, tm.tm_min, tm.tm_sec, CLOCK_LINE);
	else
		pr_warn("rtc: it tells no time\n");
	return 0;
}
device_initcall(find_rtc);
