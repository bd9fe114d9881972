// SPDX-License-Identifier: GPL-2.0-only
/*
 * The programmable interval timer (8254): a known rate to measure by, and the clock event of last
 * resort.
 *
 * What
 *	channel 2	counts freely; its rate is known, so the TSC's becomes known
 *	channel 0	one interrupt, on line 0, after a number of counts. It is the clock event
 *			where there is no usable local APIC, hence one CPU; else it is anybody's.
 *
 * Contexts
 *	Boot CPU. The clock event: interrupts off.
 *
 * Limits
 *	55 ms, the 16 bits of the counter: a later event comes early, and is asked for again by the
 *	core.
 *
 * Tests
 *	arch/x86/tests/line_test.c, time_test.c; a boot with nolapic on the command line
 *
 * Source: Intel 8254 data sheet.
 */
#include <linux/io.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include <linux/printk.h>
#include <bottomhalf/tick.h>
#include <arch/clock.h>
#include <x86/irq.h>
#include <x86/time.h>

#define CHANNEL_0		0x40
#define CHANNEL_2		0x42
#define COMMAND			0x43
#define GATE			0x61	/* bit 0: channel 2 may count; bit 1: to the speaker */

#define SELECT_2		0x80	/* with nothing else: hold its count, to be read */
#define BOTH_BYTES		0x30
#define MODE_ONCE		0x00	/* count down to 0, interrupt, count on */

#define PIT_LINE		0
#define COUNTS_MAX		0xffffU

/* ---- Channel 2 */

static u64 read_channel_2(void)
{
	u8 low;

	outb(SELECT_2, COMMAND);
	low = inb(CHANNEL_2);
	return -(u64)(low | inb(CHANNEL_2) << 8) & 0xffff;	/* it counts down */
}

static const struct x86_counter channel_2 = {
	.name = "PIT",
	.read = read_channel_2,
	.mask = 0xffff,
	.hz = X86_PIT_HZ,
	.span = 32000,
};

const struct x86_counter *pit_counter(void)
{
	outb((inb(GATE) & ~3) | 1, GATE);
	outb(SELECT_2 | BOTH_BYTES | MODE_ONCE, COMMAND);
	outb(0xff, CHANNEL_2);
	outb(0xff, CHANNEL_2);
	return &channel_2;
}

/* ---- Channel 0 */

void pit_program(unsigned int counts)
{
	/* The command alone stops the channel: it waits for a count. */
	outb(BOTH_BYTES | MODE_ONCE, COMMAND);
	if (!counts)
		return;
	outb((u8)counts, CHANNEL_0);
	outb((u8)(counts >> 8), CHANNEL_0);
}

/* Q: irq_work_run() is wanted, and the interrupt is made early for it. There is one CPU. */
static bool irq_work_wanted;
/* Q: what was asked for, on the clock's scale; 0: nothing. */
static u64 event_ns;

static void tick_flow(struct irq_desc *desc)
{
	struct irq_data *data = irq_desc_get_irq_data(desc);

	data->chip->irq_ack(data);
	if (irq_work_wanted) {
		u64 now = arch_clock_ns();

		irq_work_wanted = false;
		irq_work_run();
		if (event_ns > now) {
			pit_clockevent_set(event_ns - now);
			return;
		}
	}
	clockevent_interrupt();
}

void pit_clockevent_init(void)
{
	struct irq_data *data = irq_get_irq_data(PIT_LINE);

	pit_program(0);
	if (!data || data->chip == &no_irq_chip) {
		pr_err("pit: it has no line: there will be no timer interrupt\n");
		return;
	}
	irq_set_handler(PIT_LINE, tick_flow);
	data->chip->irq_unmask(data);
	pr_info("pit: is the clock event\n");
}

void pit_clockevent_set(u64 delta_ns)
{
	u64 counts = x86_scale(delta_ns, x86_fraction(X86_PIT_HZ, 1000000000)) + 1;

	event_ns = arch_clock_ns() + delta_ns;
	if (irq_work_wanted)
		return;
	pit_program(counts < COUNTS_MAX ? (unsigned int)counts : COUNTS_MAX);
}

void pit_clockevent_stop(void)
{
	event_ns = 0;
	if (!irq_work_wanted)
		pit_program(0);
}

void pit_irq_work(void)
{
	irq_work_wanted = true;
	pit_program(1);
}
