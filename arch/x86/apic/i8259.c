// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pair of 8259s: fifteen lines, all to the boot CPU.
 *
 * What
 *	Lines 0-7 are the master's, 8-15 the slave's, whose output is the master's line 2. The
 *	vectors are moved away from the processor's exceptions. With an IOAPIC in use all lines stay
 *	masked; without one (noapic, no ACPI, CONFIG_IOAPIC=n) the pair carries every line.
 *
 *	A line that falls silent before the CPU asks which one it was is reported as the
 *	controller's lowest, 7 or 15, and is not in service: such a spurious interrupt must not be
 *	ended there, but that of the slave must be at the master.
 *
 * Contexts
 *	Chip functions: interrupts off, desc->lock held.
 *
 * Locks
 *	i8259_lock: the masks, and sequences of port accesses. Innermost.
 *
 * Differs from Linux
 *	The trigger type can be set, at the chip set's edge/level register.
 *
 * Tests
 *	arch/x86/tests/line_test.c, with noapic on the command line; apic_test.c (spurious)
 *
 * Source: Intel 8259A data sheet; edge/level register: Intel 82371SB (PIIX3) data sheet.
 */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/irqdesc.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <bottomhalf/acpi.h>
#include <x86/irq.h>

#define MASTER_COMMAND		0x20
#define MASTER_DATA		0x21
#define SLAVE_COMMAND		0xa0
#define SLAVE_DATA		0xa1
#define EDGE_LEVEL		0x4d0	/* two ports, a bit a line, 1 is level */

#define INIT_NEEDS_4		0x11	/* edge, cascaded, a fourth word follows */
#define INIT_8086		0x01
#define READ_IN_SERVICE		0x0b
#define SPECIFIC_EOI		0x60

#define CASCADE_LINE		2
/* Lines that the board wires to edges: timer, keyboard, cascade, RTC, coprocessor. */
#define ALWAYS_EDGE		(BIT(0) | BIT(1) | BIT(CASCADE_LINE) | BIT(8) | BIT(13))

static DEFINE_RAW_SPINLOCK(i8259_lock);
static u16 masked = 0xffff;		/* i8259_lock */
static unsigned int spurious;		/* i8259_lock */

/* Lock held. */
static void write_masks(void)
{
	outb((u8)masked, MASTER_DATA);
	outb((u8)(masked >> 8), SLAVE_DATA);
}

/* Lock held. */
static void write_mask_of(unsigned int line)
{
	if (line < 8)
		outb((u8)masked, MASTER_DATA);
	else
		outb((u8)(masked >> 8), SLAVE_DATA);
}

static void i8259_mask(struct irq_data *data)
{
	raw_spin_lock(&i8259_lock);
	masked |= BIT(data->irq);
	write_mask_of(data->irq);
	raw_spin_unlock(&i8259_lock);
}

static void i8259_unmask(struct irq_data *data)
{
	raw_spin_lock(&i8259_lock);
	masked &= ~BIT(data->irq);
	write_mask_of(data->irq);
	raw_spin_unlock(&i8259_lock);
}

/* Lock held. */
static void end_interrupt(unsigned int line)
{
	if (line >= 8) {
		outb(SPECIFIC_EOI | (line - 8), SLAVE_COMMAND);
		line = CASCADE_LINE;
	}
	outb(SPECIFIC_EOI | line, MASTER_COMMAND);
}

static void i8259_ack(struct irq_data *data)
{
	raw_spin_lock(&i8259_lock);
	end_interrupt(data->irq);
	raw_spin_unlock(&i8259_lock);
}

static void i8259_mask_ack(struct irq_data *data)
{
	raw_spin_lock(&i8259_lock);
	masked |= BIT(data->irq);
	write_mask_of(data->irq);
	end_interrupt(data->irq);
	raw_spin_unlock(&i8259_lock);
}

static int i8259_set_type(struct irq_data *data, unsigned int type)
{
	bool level = type == IRQ_TYPE_LEVEL_LOW || type == IRQ_TYPE_LEVEL_HIGH;
	u16 port = EDGE_LEVEL + data->irq / 8;
	u8 bit = BIT(data->irq % 8);

	if (!level && type != IRQ_TYPE_EDGE_RISING && type != IRQ_TYPE_EDGE_FALLING)
		return -EINVAL;
	if (level && (ALWAYS_EDGE & BIT(data->irq)))
		return -EINVAL;
	raw_spin_lock(&i8259_lock);
	outb(level ? inb(port) | bit : inb(port) & ~bit, port);
	raw_spin_unlock(&i8259_lock);
	return 0;
}

static struct irq_chip i8259_chip = {
	.name = "8259",
	.irq_mask = i8259_mask,
	.irq_unmask = i8259_unmask,
	.irq_ack = i8259_ack,
	.irq_mask_ack = i8259_mask_ack,
	.irq_set_type = i8259_set_type,
};

/* Lock held. */
static bool in_service(unsigned int line)
{
	u16 port = line < 8 ? MASTER_COMMAND : SLAVE_COMMAND;

	outb(READ_IN_SERVICE, port);
	return inb(port) & BIT(line % 8);
}

/* Whether nobody asked after all. If so, it is done with. */
static bool was_spurious(unsigned int line)
{
	bool real;

	raw_spin_lock(&i8259_lock);
	real = in_service(line);
	if (!real) {
		spurious++;
		if (line >= 8)
			end_interrupt(CASCADE_LINE);
	}
	raw_spin_unlock(&i8259_lock);
	return !real;
}

void i8259_unexpected(unsigned int line)
{
	struct irq_data data = { .irq = line };

	if (was_spurious(line))
		return;
	i8259_mask_ack(&data);
	pr_warn("8259: line %u fired, though it is not in use: masked\n", line);
}

/*
 * Lines 7 and 15, of which either the device or the 8259 itself may speak. When a replay is under way
 * the 8259 has long forgotten the edge.
 */
static void doubtful_flow(struct irq_desc *desc)
{
	if (irq_is_replay() || !was_spurious(irq_desc_get_irq(desc)))
		handle_level_irq(desc);
}

unsigned int i8259_spurious_count(void)
{
	return READ_ONCE(spurious);
}

/* Four words to each: begin, vector, cascade, mode. */
static void program(u16 command, u16 data, u8 vector, u8 cascade)
{
	outb(INIT_NEEDS_4, command);
	x86_io_pause();
	outb(vector, data);
	x86_io_pause();
	outb(cascade, data);
	x86_io_pause();
	outb(INIT_8086, data);
	x86_io_pause();
}

void i8259_init(void)
{
	if (!acpi_madt_has_8259(x86_acpi()))
		return;
	program(MASTER_COMMAND, MASTER_DATA, X86_I8259_VECTOR, BIT(CASCADE_LINE));
	program(SLAVE_COMMAND, SLAVE_DATA, X86_I8259_VECTOR + 8, CASCADE_LINE);
	write_masks();
}

/* As the firmware has set it. */
static unsigned int type_of(unsigned int line)
{
	if (ALWAYS_EDGE & BIT(line))
		return IRQ_TYPE_EDGE_RISING;
	if (inb(EDGE_LEVEL + line / 8) & BIT(line % 8))
		return IRQ_TYPE_LEVEL_LOW;
	return IRQ_TYPE_EDGE_RISING;
}

void i8259_take_lines(void)
{
	if (!acpi_madt_has_8259(x86_acpi()))
		pr_warn("8259: the machine says that it has none; lines may be dead\n");
	masked &= ~BIT(CASCADE_LINE);
	write_masks();
	for (unsigned int line = 0; line < NR_IRQS_LEGACY; line++) {
		/* A request is kept while it is masked, edge or level: one flow serves both. */
		irq_flow_handler_t flow = line % 8 == 7 ? doubtful_flow : handle_level_irq;

		if (line == CASCADE_LINE)
			continue;
		irq_set_chip_and_handler_name(line, &i8259_chip, flow, "8259");
		irq_set_hwirq(line, line);
		irq_set_irq_type(line, type_of(line));
		x86_vector_set(0, X86_I8259_VECTOR + line, irq_to_desc(line));
	}
	pr_info("8259: carries lines 0 to 15\n");
}
