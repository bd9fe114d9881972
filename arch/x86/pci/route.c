// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which line a pin of bus 0 arrives at, without the firmware's byte code.
 *
 * What
 *	The chip set has four or eight wires, PIRQA to PIRQH, which pins are soldered to; registers say
 *	to which of the 8259s' lines each leads.
 *
 *	PIIX (i440fx)	pin p of slot s: wire (s - 1 + p - 1) mod 4. The register decides for the IOAPIC,
 *			too: it has the wire at the pin of the ISA line's number.
 *	ICH9 (q35)	slots 25 to 31: the chip's own registers say which wire each pin has. Slots below are
 *			the board's matter: of QEMU's it is known, wire E + (s + p - 1) mod 4, and slot 30,
 *			whose pins are E to H. With an IOAPIC wire A is GSI 16, and so on; without one the
 *			register decides.
 *	others		the 8259s' line is what the firmware noted in the device's own register, as on any
 *			PC; with an IOAPIC only byte code knows, and there is none to run: no line.
 *
 *	So what is not known is said, never guessed: a device with a wrong line would be silent, and its
 *	line stuck.
 *
 * Contexts
 *	Task, at boot.
 *
 * Tests
 *	tests/boot/edu_test.c, tests/boot/e1000_test.c, on q35 and i440fx, also with noapic; Bochs
 *
 * Source: Intel 82371SB (PIIX3) data sheet, 4.1; Intel I/O Controller Hub 9 data sheet, 10.1.28 to 10.1.34
 * (DxxIR), 13.1.16 and 13.1.17 (PIRQ routing); QEMU's and Bochs's behaviour.
 */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <x86/irq.h>
#include "pci.h"

enum chip_set { UNKNOWN, PIIX, ICH9 };

#define PIIX_BRIDGE		PCI_DEVFN(1, 0)
#define ICH9_BRIDGE		PCI_DEVFN(31, 0)
#define ICH9_ID			0x29188086U	/* as QEMU has it */
#define ROUTE_AD		0x60		/* four registers, a byte each */
#define ROUTE_EH		0x68
#define ROUTE_OFF		0x80
#define ROUTE_LINE		0x0f
#define ICH9_RCBA		0xf0		/* where the chip's own registers are */
#define RCBA_ENABLE		BIT(0)
#define RCBA_ADDRESS		0xffffc000U
#define RCBA_SIZE		0x4000
#define WIRE_E			4
#define FIRST_WIRE_GSI		16

static enum chip_set chip_set;		/* I */
static unsigned int bridge;		/* I: devfn of the one with the routing registers */
static bool board_is_qemu;		/* I */
static void __iomem *rcba;		/* I */

static u32 id_of(unsigned int devfn)
{
	return x86_pci_read(devfn, PCI_VENDOR_ID, 4);
}

static bool is_piix(u32 id)
{
	return (u16)id == PCI_VENDOR_ID_INTEL &&
	       (id >> 16 == PCI_DEVICE_ID_INTEL_82371SB_0 || id >> 16 == PCI_DEVICE_ID_INTEL_82371AB_0);
}

static void find_ich9_registers(void)
{
	u32 where = x86_pci_read(ICH9_BRIDGE, ICH9_RCBA, 4);

	if (where & RCBA_ENABLE)
		rcba = ioremap(where & RCBA_ADDRESS, RCBA_SIZE);
}

void x86_pci_route_init(void)
{
	board_is_qemu = x86_pci_read(0, PCI_SUBSYSTEM_VENDOR_ID, 4) ==
			(PCI_SUBVENDOR_ID_REDHAT_QUMRANET | PCI_SUBDEVICE_ID_QEMU << 16);
	if (is_piix(id_of(PIIX_BRIDGE))) {
		chip_set = PIIX;
		bridge = PIIX_BRIDGE;
	} else if (id_of(ICH9_BRIDGE) == ICH9_ID) {
		chip_set = ICH9;
		bridge = ICH9_BRIDGE;
		find_ich9_registers();
	}
}

/* The 8259s' line of a wire, or -ENXIO. */
static int line_of_wire(unsigned int wire)
{
	int where = wire < WIRE_E ? ROUTE_AD + (int)wire : ROUTE_EH + (int)wire - WIRE_E;
	u32 route = x86_pci_read(bridge, where, 1);

	return route & ROUTE_OFF || !(route & ROUTE_LINE) ? -ENXIO : (int)(route & ROUTE_LINE);
}

/* Four bits a pin, in a register for each slot; that of slot 30 does not exist. */
static int ich9_own_wire(unsigned int slot, unsigned int pin)
{
	static const u16 offset[] = { 0x3150, 0x314c, 0x3148, 0x3146, 0x3144, 0, 0x3140 };
	unsigned int at = offset[slot - 25];

	if (!rcba || !at)
		return -ENXIO;
	return readw(rcba + at) >> (4 * (pin - 1)) & 7;
}

static int ich9_wire(unsigned int slot, unsigned int pin)
{
	if (slot >= 25 && slot != 30)
		return ich9_own_wire(slot, pin);
	if (!board_is_qemu)
		return -ENXIO;
	return WIRE_E + (slot == 30 ? (int)pin - 1 : (int)((slot + pin - 1) % 4));
}

static int ich9_line(unsigned int slot, unsigned int pin)
{
	int wire = ich9_wire(slot, pin);

	if (wire < 0)
		return wire;
	return x86_lines_by_8259 ? line_of_wire((unsigned int)wire) : FIRST_WIRE_GSI + wire;
}

/* What the firmware noted; 0 and 255 are nothing. */
static int noted_line(const struct pci_dev *dev)
{
	u8 line;

	pci_read_config_byte(dev, PCI_INTERRUPT_LINE, &line);
	return x86_lines_by_8259 && line && line < NR_IRQS_LEGACY ? line : -ENXIO;
}

/* Several devices pull at one line until each is served. */
static int make_level(int line)
{
	struct irq_data *data = irq_get_irq_data((unsigned int)line);

	if (!data || data->chip == &no_irq_chip)
		return -ENXIO;
	if (!irqd_is_level_type(data) && irq_set_irq_type((unsigned int)line, IRQ_TYPE_LEVEL_HIGH))
		return -ENXIO;
	return line;
}

int x86_pci_map_irq(const struct pci_dev *dev, u8 slot, u8 pin)
{
	int line;

	switch (chip_set) {
	case PIIX:
		line = line_of_wire((slot + pin - 2U) % 4);
		break;
	case ICH9:
		line = ich9_line(slot, pin);
		break;
	default:
		line = noted_line(dev);
		break;
	}
	return line < 0 ? line : make_level(line);
}
