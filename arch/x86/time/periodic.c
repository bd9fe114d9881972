// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device that interrupts again and again: the PIT's channel 0, which is free where the local APIC's
 * timer is the clock event. Its edges need no acknowledgement from the device.
 */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>
#include <bottomhalf/bench.h>
#include <x86/lapic.h>
#include <x86/time.h>

#define PIT_LINE	0
#define PIT_COMMAND	0x43
#define PIT_CHANNEL_0	0x40
#define PIT_RATE	0x34	/* channel 0, both bytes, mode 2: a pulse every so many counts */
#define COUNTS_MIN	2ULL
#define COUNTS_MAX	0xffffULL

int periodic_irq_request(irq_handler_t handler, void *dev)
{
	if (!lapic_regs)
		return -ENODEV;
	return request_irq(PIT_LINE, handler, IRQF_TIMER, "periodic", dev);
}

u64 periodic_irq_start(u64 period_ns)
{
	u64 counts = (period_ns * X86_PIT_HZ + NSEC_PER_SEC / 2) / NSEC_PER_SEC;

	counts = clamp(counts, COUNTS_MIN, COUNTS_MAX);
	outb(PIT_RATE, PIT_COMMAND);
	outb((u8)counts, PIT_CHANNEL_0);
	outb((u8)(counts >> 8), PIT_CHANNEL_0);
	return counts * NSEC_PER_SEC / X86_PIT_HZ;
}

void periodic_irq_stop(void)
{
	pit_program(0);
}

void periodic_irq_free(void *dev)
{
	periodic_irq_stop();
	free_irq(PIT_LINE, dev);
}
