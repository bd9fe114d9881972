// SPDX-License-Identifier: GPL-2.0-only
/*
 * IOAPICs: each pin of each of them is a line, and is sent to a vector of one CPU.
 *
 * What
 *	ACPI counts all pins of all IOAPICs through: a pin's number is its GSI. The lines 0 to 15
 *	are the ISA ones, at the GSI of the same number unless the MADT has an override (the timer's
 *	is usually 2); every other pin's line is its GSI.
 *
 *	A pin has a 64-bit entry: vector, trigger, polarity, mask, and the CPU. An edge is
 *	acknowledged at the CPU's local APIC before the handlers run, so the next one is seen. A
 *	level is ended there after them; till then the IOAPIC holds the pin back by itself.
 *
 * Contexts
 *	Chip functions: interrupts off, desc->lock held. Set-up: boot CPU.
 *
 * Locks
 *	ioapic->lock: an access takes two steps, number and value. Innermost. What a line's entry is
 *	to be (struct pin) belongs to its desc->lock.
 *
 * Ordering
 *	Moving a line: vector.c. An edge's pin is told number and CPU by one write each, never masked,
 *	as an edge that comes to a masked pin is lost. A level's pin waits for an end that names the
 *	number it was delivered as: if that changes the end would pass it by, and the pin be silent for
 *	ever. So it is made an edge's for a moment, which ends what it waits for; a level that is still
 *	there is delivered at the new place then.
 *
 * Limits
 *	IOAPICS_MAX; lines below NR_IRQS; one vector each. What is beyond has a message and no line.
 *
 * Tests
 *	arch/x86/tests/line_test.c
 *
 * Source: Intel 82093AA data sheet; ACPI 6.4, chapter 5.2.12.
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/irqdesc.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <bottomhalf/acpi.h>
#include <x86/irq.h>
#include <x86/lapic.h>

#define IOAPICS_MAX		8
#define PINS_MAX		240
#define REGISTER_BYTES		0x20

#define SELECT			0x00	/* which register ... */
#define WINDOW			0x10	/* ... is seen here */

#define REG_VERSION		0x01
#define REG_ENTRY_LOW(pin)	(0x10 + 2 * (pin))
#define REG_ENTRY_HIGH(pin)	(0x11 + 2 * (pin))

#define ENTRY_ACTIVE_LOW	BIT(13)
#define ENTRY_LEVEL		BIT(15)
#define ENTRY_MASKED		BIT(16)
#define ENTRY_DESTINATION(id)	((id) << 24)

struct ioapic {
	void __iomem *regs;		/* I */
	u32 gsi_base;			/* I */
	u32 pins;			/* I */
	raw_spinlock_t lock;
};

/* One line's pin; entry is the low half as it was last written. */
struct pin {
	struct ioapic *ioapic;		/* I */
	u32 number;			/* I */
	u32 entry;			/* desc->lock */
	struct x86_route *route;	/* I */
};

static struct ioapic ioapics[IOAPICS_MAX];	/* I */
static unsigned int nr_ioapics;			/* I */
static struct pin pins[NR_IRQS];		/* by line */

/* ---- Registers. ioapic->lock held. */

static u32 ioapic_read(struct ioapic *ioapic, u32 reg)
{
	writel(reg, ioapic->regs + SELECT);
	return readl(ioapic->regs + WINDOW);
}

static void ioapic_write(struct ioapic *ioapic, u32 reg, u32 value)
{
	writel(reg, ioapic->regs + SELECT);
	writel(value, ioapic->regs + WINDOW);
}

/* ---- The chip */

static void write_entry(struct pin *pin, u32 entry)
{
	pin->entry = entry;
	raw_spin_lock(&pin->ioapic->lock);
	ioapic_write(pin->ioapic, REG_ENTRY_LOW(pin->number), entry);
	raw_spin_unlock(&pin->ioapic->lock);
}

static void write_destination(struct pin *pin)
{
	raw_spin_lock(&pin->ioapic->lock);
	ioapic_write(pin->ioapic, REG_ENTRY_HIGH(pin->number),
		     ENTRY_DESTINATION(x86_cpu_apic_id[pin->route->cpu]));
	raw_spin_unlock(&pin->ioapic->lock);
}

static void ioapic_mask(struct irq_data *data)
{
	struct pin *pin = data->chip_data;

	write_entry(pin, pin->entry | ENTRY_MASKED);
	/* The read cannot pass the write: once it is back, the pin is silent. */
	readl(pin->ioapic->regs + WINDOW);
}

static void ioapic_unmask(struct irq_data *data)
{
	struct pin *pin = data->chip_data;

	write_entry(pin, pin->entry & ~ENTRY_MASKED);
}

static void ioapic_end(struct irq_data *data)
{
	lapic_eoi();
}

/* What @entry becomes for the place that the line has now. */
static u32 with_vector(u32 entry, const struct pin *pin)
{
	return (entry & ~0xffU) | pin->route->vector;
}

/* An end that the pin waits for will not come, or not for it: it does not wait any more. */
static void forget_end(struct pin *pin)
{
	u32 entry = pin->entry;

	write_entry(pin, (entry & ~ENTRY_LEVEL) | ENTRY_MASKED);
	write_entry(pin, entry);
}

static int ioapic_retrigger(struct irq_data *data)
{
	struct pin *pin = data->chip_data;

	if (pin->entry & ENTRY_LEVEL)
		forget_end(pin);
	else
		x86_route_retrigger(pin->route);
	return 1;
}

static int ioapic_set_affinity(struct irq_data *data, const struct cpumask *wanted, bool force)
{
	struct pin *pin = data->chip_data;
	u32 entry = pin->entry;
	int error = x86_route_move(pin->route, wanted);

	if (error)
		return error;
	if (with_vector(entry, pin) == entry) {
		write_destination(pin);
	} else if (entry & ENTRY_LEVEL) {
		write_entry(pin, with_vector((entry & ~ENTRY_LEVEL) | ENTRY_MASKED, pin));
		write_destination(pin);
		write_entry(pin, with_vector(entry, pin));
	} else {
		write_entry(pin, with_vector(entry, pin));
		write_destination(pin);
	}
	return 0;
}

static struct irq_desc *desc_of(struct irq_data *data)
{
	return container_of(data, struct irq_desc, irq_data);
}

static int ioapic_set_type(struct irq_data *data, unsigned int type)
{
	struct pin *pin = data->chip_data;
	u32 entry = pin->entry & ~(ENTRY_ACTIVE_LOW | ENTRY_LEVEL);
	struct irq_desc *desc = desc_of(data);

	switch (type) {
	case IRQ_TYPE_EDGE_RISING:
		break;
	case IRQ_TYPE_EDGE_FALLING:
		entry |= ENTRY_ACTIVE_LOW;
		break;
	case IRQ_TYPE_LEVEL_HIGH:
		entry |= ENTRY_LEVEL;
		break;
	case IRQ_TYPE_LEVEL_LOW:
		entry |= ENTRY_LEVEL | ENTRY_ACTIVE_LOW;
		break;
	default:
		return -EINVAL;
	}
	/* Silent while it changes: an edge line that turns level would fire for nothing. */
	write_entry(pin, entry | ENTRY_MASKED);
	write_entry(pin, entry);
	desc->handle_irq = entry & ENTRY_LEVEL ? handle_fasteoi_irq : handle_edge_irq;
	desc->name = entry & ENTRY_LEVEL ? "fasteoi" : "edge";
	return 0;
}

static struct irq_chip ioapic_chip = {
	.name = "IOAPIC",
	.irq_mask = ioapic_mask,
	.irq_unmask = ioapic_unmask,
	.irq_ack = ioapic_end,
	.irq_eoi = ioapic_end,
	.irq_set_type = ioapic_set_type,
	.irq_set_affinity = ioapic_set_affinity,
	.irq_retrigger = ioapic_retrigger,
};

/* ---- Finding them */

static bool overlaps(u32 base, u32 count)
{
	for (unsigned int i = 0; i < nr_ioapics; i++) {
		const struct ioapic *other = &ioapics[i];

		if (base < other->gsi_base + other->pins && other->gsi_base < base + count)
			return true;
	}
	return false;
}

/* Map one and silence it. */
static void add_ioapic(u8 id, u32 address, u32 gsi_base)
{
	struct ioapic *ioapic = &ioapics[nr_ioapics];
	u32 version, count;

	if (nr_ioapics == IOAPICS_MAX) {
		pr_warn("ioapic: number %u: more than %u are not supported\n", id, IOAPICS_MAX);
		return;
	}
	ioapic->regs = address ? (void __iomem *)arch_ioremap(address, REGISTER_BYTES) : NULL;
	if (!ioapic->regs) {
		pr_warn("ioapic: number %u at %#x cannot be mapped\n", id, address);
		return;
	}
	raw_spin_lock_init(&ioapic->lock);
	version = ioapic_read(ioapic, REG_VERSION);
	count = (version >> 16 & 0xff) + 1;
	if (version == ~0U || !version || count > PINS_MAX) {
		pr_warn("ioapic: number %u at %#x does not answer (version %#x)\n", id, address,
			version);
		return;
	}
	if (gsi_base + count < gsi_base || overlaps(gsi_base, count)) {
		pr_warn("ioapic: number %u: its lines from %u on belong to another one\n", id,
			gsi_base);
		return;
	}
	ioapic->gsi_base = gsi_base;
	ioapic->pins = count;
	for (u32 pin = 0; pin < count; pin++)
		ioapic_write(ioapic, REG_ENTRY_LOW(pin), ENTRY_MASKED);
	nr_ioapics++;
	pr_info("ioapic: number %u at %#x, version %#x, lines %u to %u\n", id, address,
		version & 0xff, gsi_base, gsi_base + count - 1);
}

static bool find_ioapics(void)
{
	struct acpi_madt_walk walk = { .madt = acpi_find_table(x86_acpi(), "APIC") };
	struct acpi_madt_entry entry;

	while (acpi_madt_next(&walk, &entry))
		if (entry.type == ACPI_MADT_IOAPIC)
			add_ioapic(entry.ioapic.id, entry.ioapic.address, entry.ioapic.gsi_base);
	if (!nr_ioapics)
		pr_warn("ioapic: none found\n");
	return nr_ioapics > 0;
}

static struct ioapic *ioapic_of_gsi(u32 gsi)
{
	for (unsigned int i = 0; i < nr_ioapics; i++)
		if (gsi - ioapics[i].gsi_base < ioapics[i].pins)
			return &ioapics[i];
	return NULL;
}

/* ---- Giving pins their lines */

/* Where the ISA lines are, and of which type. */
struct isa_line {
	bool exists;
	u32 gsi;
	u16 flags;
};

/* An override moves a line, and the line that was at its new place has none any more. */
static void apply_override(struct isa_line *isa, u32 source, u32 gsi, u16 flags)
{
	for (unsigned int line = 0; line < NR_IRQS_LEGACY; line++)
		if (isa[line].gsi == gsi)
			isa[line].exists = false;
	isa[source] = (struct isa_line) { .exists = true, .gsi = gsi, .flags = flags };
}

static void find_isa_lines(struct isa_line *isa)
{
	struct acpi_madt_walk walk = { .madt = acpi_find_table(x86_acpi(), "APIC") };
	struct acpi_madt_entry entry;

	for (unsigned int line = 0; line < NR_IRQS_LEGACY; line++)
		isa[line] = (struct isa_line) { .exists = true, .gsi = line };
	while (acpi_madt_next(&walk, &entry)) {
		if (entry.type != ACPI_MADT_OVERRIDE)
			continue;
		if (entry.override.source >= NR_IRQS_LEGACY || !ioapic_of_gsi(entry.override.gsi))
			pr_warn("ioapic: override of ISA line %u to %u makes no sense: ignored\n",
				entry.override.source, entry.override.gsi);
		else
			apply_override(isa, entry.override.source, entry.override.gsi,
				       entry.override.flags);
	}
}

/* The default of the ISA bus is a rising edge. */
static unsigned int type_from_flags(u16 flags)
{
	bool low = ACPI_POLARITY(flags) == ACPI_ACTIVE_LOW;

	if (ACPI_TRIGGER(flags) == ACPI_LEVEL)
		return low ? IRQ_TYPE_LEVEL_LOW : IRQ_TYPE_LEVEL_HIGH;
	return low ? IRQ_TYPE_EDGE_FALLING : IRQ_TYPE_EDGE_RISING;
}

static void set_up_line(unsigned int line, u32 gsi, unsigned int type)
{
	struct ioapic *ioapic = ioapic_of_gsi(gsi);
	struct pin *pin = &pins[line];

	if (!ioapic)
		return;
	if (line >= NR_IRQS_LEGACY && irq_alloc_desc_at(line, NUMA_NO_NODE) < 0) {
		pr_warn("ioapic: number %u is not free for line %u\n", line, gsi);
		return;
	}
	if (x86_route_alloc(irq_to_desc(line), cpu_online_mask, &pin->route))
		return;
	pin->ioapic = ioapic;
	pin->number = gsi - ioapic->gsi_base;
	write_destination(pin);
	write_entry(pin, with_vector(ENTRY_MASKED, pin));
	irq_set_chip_data(line, pin);
	irq_set_hwirq(line, pin->number);
	irq_set_chip_and_handler_name(line, &ioapic_chip, handle_edge_irq, "edge");
	irq_set_irq_type(line, type);
}

static bool is_isa_gsi(const struct isa_line *isa, u32 gsi)
{
	for (unsigned int line = 0; line < NR_IRQS_LEGACY; line++)
		if (isa[line].exists && isa[line].gsi == gsi)
			return true;
	return false;
}

static void set_up_other_lines(const struct isa_line *isa, const struct ioapic *ioapic)
{
	for (u32 gsi = ioapic->gsi_base; gsi < ioapic->gsi_base + ioapic->pins; gsi++) {
		if (gsi < NR_IRQS_LEGACY || is_isa_gsi(isa, gsi))
			continue;
		if (gsi >= NR_IRQS) {
			pr_warn("ioapic: lines from %u on are left out\n", gsi);
			return;
		}
		/* What is not ISA is PCI, where devices pull a shared line low. */
		set_up_line(gsi, gsi, IRQ_TYPE_LEVEL_LOW);
	}
}

bool ioapic_init(void)
{
	struct isa_line isa[NR_IRQS_LEGACY];

	if (!find_ioapics())
		return false;
	find_isa_lines(isa);
	for (unsigned int line = 0; line < NR_IRQS_LEGACY; line++)
		if (isa[line].exists)
			set_up_line(line, isa[line].gsi, type_from_flags(isa[line].flags));
	for (unsigned int i = 0; i < nr_ioapics; i++)
		set_up_other_lines(isa, &ioapics[i]);
	return true;
}
