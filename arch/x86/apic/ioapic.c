// SPDX-License-Identifier: GPL-2.0-only
/*
 * IOAPICs: each pin of each of them is a line, and is sent to a vector of one CPU.
 *
 * What
 *	ACPI counts all pins of all IOAPICs through: a pin's number is its GSI. The lines 0 to 15
 *	are the ISA ones, at the GSI of the same number unless the MADT has an override (the timer's
 *	is usually 2); every other pin's line is its GSI.
 *
 *	Each IOAPIC is a domain, whose parent is the vector domain (domain.c).
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
 *	ever. So it is ended by hand, as its IOAPIC's version allows; a level that is still there is
 *	delivered at the new place then.
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
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <bottomhalf/acpi.h>
#include <x86/irq.h>
#include <x86/lapic.h>

#define IOAPICS_MAX		8
#define PINS_MAX		240
#define REGISTER_BYTES		0x44

#define SELECT			0x00	/* which register ... */
#define WINDOW			0x10	/* ... is seen here */
#define END			0x40	/* a number: pins that wait for its end wait no more */

#define VERSION_WITH_END	0x20

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
	bool has_end;			/* I: there is such a register */
	struct irq_domain *domain;	/* I */
	raw_spinlock_t lock;
};

/* One line's pin; entry is the low half as it was last written. */
struct pin {
	struct ioapic *ioapic;		/* I */
	u32 number;			/* I */
	u32 entry;			/* desc->lock */
	const struct x86_route *route;	/* I */
};

/* The argument of its allocation. */
struct pin_setup {
	u32 number;
	unsigned int type;		/* IRQ_TYPE_* */
};

static struct ioapic ioapics[IOAPICS_MAX];	/* I */
static unsigned int nr_ioapics;			/* I */

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

/*
 * The end that the pin waits for, if it does, for the number in its entry. Where there is no register for it:
 * an edge's pin does not wait, so it is one for a moment.
 */
static void end_pin(struct pin *pin)
{
	u32 entry = pin->entry;

	if (pin->ioapic->has_end) {
		writel(entry & 0xff, pin->ioapic->regs + END);
	} else {
		write_entry(pin, (entry & ~ENTRY_LEVEL) | ENTRY_MASKED);
		write_entry(pin, entry);
	}
}

static int ioapic_retrigger(struct irq_data *data)
{
	struct pin *pin = data->chip_data;

	if (!(pin->entry & ENTRY_LEVEL))
		return irq_chip_retrigger_hierarchy(data);
	end_pin(pin);
	return 1;
}

/* Tell the pin which place its line has now. */
static void write_place(struct pin *pin)
{
	u32 entry = pin->entry;

	if (with_vector(entry, pin) == entry) {
		write_destination(pin);
	} else if (entry & ENTRY_LEVEL) {
		write_entry(pin, entry | ENTRY_MASKED);
		end_pin(pin);
		write_entry(pin, with_vector(entry | ENTRY_MASKED, pin));
		write_destination(pin);
		write_entry(pin, with_vector(entry, pin));
	} else {
		write_entry(pin, with_vector(entry, pin));
		write_destination(pin);
	}
}

static int ioapic_set_affinity(struct irq_data *data, const struct cpumask *wanted, bool force)
{
	int answer = irq_chip_set_affinity_parent(data, wanted, force);

	if (answer >= 0 && answer != IRQ_SET_MASK_OK_DONE)
		write_place(data->chip_data);
	return answer;
}

static int ioapic_set_type(struct irq_data *data, unsigned int type)
{
	struct pin *pin = data->chip_data;
	u32 entry = pin->entry & ~(ENTRY_ACTIVE_LOW | ENTRY_LEVEL);

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
	if (entry & ENTRY_LEVEL)
		irq_set_chip_handler_name_locked(data, data->chip, handle_fasteoi_irq, "fasteoi");
	else
		irq_set_chip_handler_name_locked(data, data->chip, handle_edge_irq, "edge");
	return 0;
}

static struct irq_chip ioapic_chip = {
	.name = "IO-APIC",
	.irq_mask = ioapic_mask,
	.irq_unmask = ioapic_unmask,
	.irq_ack = ioapic_end,
	.irq_eoi = ioapic_end,
	.irq_set_type = ioapic_set_type,
	.irq_set_affinity = ioapic_set_affinity,
	.irq_retrigger = ioapic_retrigger,
};

/* ---- The domain of one IOAPIC: its pins */

static void ioapic_domain_free(struct irq_domain *domain, unsigned int irq, unsigned int count)
{
	struct irq_data *data = irq_domain_get_irq_data(domain, irq);
	struct pin *pin = data->chip_data;

	irq_domain_free_irqs_top(domain, irq, count);
	kfree(pin);
}

/* One at a time. */
static int ioapic_domain_alloc(struct irq_domain *domain, unsigned int irq, unsigned int count, void *arg)
{
	const struct pin_setup *setup = arg;
	struct pin *pin;
	int error;

	if (count != 1 || setup->number >= domain->hwirq_max || irq_find_mapping(domain, setup->number))
		return -EINVAL;
	pin = kzalloc(sizeof(*pin), GFP_KERNEL);
	if (!pin)
		return -ENOMEM;
	error = irq_domain_alloc_irqs_parent(domain, irq, 1, NULL);
	if (error) {
		kfree(pin);
		return error;
	}
	pin->ioapic = domain->host_data;
	pin->number = setup->number;
	pin->entry = ENTRY_MASKED;
	pin->route = irq_domain_get_irq_data(domain->parent, irq)->chip_data;
	irq_domain_set_info(domain, irq, pin->number, &ioapic_chip, pin, handle_edge_irq, NULL, "edge");
	return irq_set_irq_type(irq, setup->type);
}

/* It may wait for an end of the last time, when it had another number. */
static int ioapic_domain_activate(struct irq_domain *domain, struct irq_data *data, bool early)
{
	struct pin *pin = data->chip_data;

	end_pin(pin);
	write_place(pin);
	return 0;
}

static const struct irq_domain_ops ioapic_domain_ops = {
	.alloc = ioapic_domain_alloc,
	.free = ioapic_domain_free,
	.activate = ioapic_domain_activate,
};

static bool make_domain(struct ioapic *ioapic, u8 id)
{
	char *name = kasprintf(GFP_KERNEL, "IO-APIC-%u", id);

	ioapic->domain = irq_domain_create_hierarchy(x86_vector_domain, 0, ioapic->pins,
						     irq_domain_alloc_named_fwnode(name ?: "IO-APIC"),
						     &ioapic_domain_ops, ioapic);
	kfree(name);
	return ioapic->domain;
}

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
	ioapic->has_end = (version & 0xff) >= VERSION_WITH_END;
	if (!make_domain(ioapic, id)) {
		pr_warn("ioapic: number %u: no memory for its domain\n", id);
		return;
	}
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
	struct pin_setup setup = { .type = type };
	int got;

	if (!ioapic)
		return;
	setup.number = gsi - ioapic->gsi_base;
	got = __irq_domain_alloc_irqs(ioapic->domain, (int)line, 1, NUMA_NO_NODE, &setup,
				      line < NR_IRQS_LEGACY, NULL);
	if (got < 0)
		pr_warn("ioapic: line %u cannot be set up: error %d\n", line, got);
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
