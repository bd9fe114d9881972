// SPDX-License-Identifier: GPL-2.0-only
/*
 * ACPI's power management timer: one port to read, 24 bits, three times the PIT's rate.
 *
 * Contexts
 *	Any, once the ACPI tables are known.
 *
 * Limits
 *	Wraps after 4.7 s. Where the firmware says that it has 32 bits, the lower 24 are used.
 *
 * Tests
 *	arch/x86/tests/time_test.c
 *
 * Source: ACPI 6.4, chapter 4.8.3.3.
 */
#include <linux/io.h>
#include <bottomhalf/acpi.h>
#include <x86/irq.h>
#include <x86/time.h>

static u16 port;	/* I */

static u64 read_pm_timer(void)
{
	return inl(port) & 0xffffff;
}

static const struct x86_counter pm_timer = {
	.name = "PM timer",
	.read = read_pm_timer,
	.mask = 0xffffff,
	.hz = 3579545,
	.span = 120000,
};

const struct x86_counter *pm_timer_counter(void)
{
	port = acpi_pm_timer_port(x86_acpi());
	return port ? &pm_timer : NULL;
}
