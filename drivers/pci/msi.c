// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts by message: MSI and MSI-X as an interrupt controller.
 *
 * What
 *	Each message of a device is a line of its own. A domain upon the machine's gives the line its
 *	number, vector and chip; what the machine says is to be stored, and where, is written to the
 *	device: to the registers of its capability (MSI), or to its entry of a table in a BAR (MSI-X).
 *
 *	An entry of MSI-X has a mask bit, MSI's capability may have one. What has none cannot be kept
 *	quiet at the device: the edge flow remembers what comes while a line is disabled.
 *
 * States of a line
 *	allocated	a number; MSI is off, the entry of MSI-X masked
 *	active		from the first handler to the last: the device has its message
 *
 * Contexts
 *	Enabling and disabling: task, one at a time for a device. Chip functions: desc->lock held,
 *	interrupts off.
 *
 * Ordering
 *	A message is written before MSI is enabled, and an entry's while it is masked; and it is off, or
 *	masked, when the line gives back its vector: no store goes to where nobody listens. Each mask write to a table is read back, so that nothing is
 *	under way when it returns.
 *
 * Limits
 *	One message by MSI, whatever the device could do: more would need vectors in a row.
 *
 * Tests
 *	tests/boot/edu_test.c (MSI without a mask), tests/boot/e1000e_test.c (MSI, MSI-X), arch/x86/tests/pci_bar_test.c;
 *	tests/conformance/irq_edu.c
 *
 * Source: PCI Local Bus Specification 3.0, chapter 6.8.
 */
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/msi.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <arch/irq.h>
#include "pci.h"

/* A device's messages. It stays with the device, since a mapping is for ever. */
struct msi_device_data {
	void __iomem *table;		/* MSI-X's, once mapped */
	struct pci_msix_table mapped;	/* what the device said of it then */
	unsigned int nr;		/* messages in use */
	struct msi_desc *descs;		/* of these */
	struct irq_affinity_desc *affinity;	/* of these, if they are spread; else NULL */
};

static DEFINE_MUTEX(domain_mutex);
static struct irq_domain *msi_domain;	/* G: domain_mutex to make it; then read-only */

/* ---- the device's registers ---- */

static struct pci_dev *device_of(const struct msi_desc *desc)
{
	return to_pci_dev(desc->dev);
}

static void __iomem *entry_of(const struct msi_desc *desc)
{
	return (void __iomem *)desc->pci.mask_base + desc->msi_index * PCI_MSIX_ENTRY_SIZE;
}

/* Read back: when this returns the device has seen it. */
static void write_msix_control(struct msi_desc *desc, u32 control)
{
	desc->pci.msix_ctrl = control;
	writel(control, entry_of(desc) + PCI_MSIX_ENTRY_VECTOR_CTRL);
	readl(entry_of(desc) + PCI_MSIX_ENTRY_VECTOR_CTRL);
}

static void write_msix_message(struct msi_desc *desc, const struct msi_msg *msg)
{
	u32 control = desc->pci.msix_ctrl;

	write_msix_control(desc, control | PCI_MSIX_ENTRY_CTRL_MASKBIT);
	writel(msg->address_lo, entry_of(desc) + PCI_MSIX_ENTRY_LOWER_ADDR);
	writel(msg->address_hi, entry_of(desc) + PCI_MSIX_ENTRY_UPPER_ADDR);
	writel(msg->data, entry_of(desc) + PCI_MSIX_ENTRY_DATA);
	write_msix_control(desc, control);
}

static void write_msi_message(struct msi_desc *desc, const struct msi_msg *msg)
{
	struct pci_dev *dev = device_of(desc);
	int at = dev->msi_cap;

	pci_write_config_dword(dev, at + PCI_MSI_ADDRESS_LO, msg->address_lo);
	if (desc->pci.msi_attrib.is_64) {
		pci_write_config_dword(dev, at + PCI_MSI_ADDRESS_HI, msg->address_hi);
		pci_write_config_word(dev, at + PCI_MSI_DATA_64, (u16)msg->data);
	} else {
		pci_write_config_word(dev, at + PCI_MSI_DATA_32, (u16)msg->data);
	}
}

static void write_msi_mask(struct msi_desc *desc, u32 mask)
{
	if (!desc->pci.msi_attrib.can_mask)
		return;
	desc->pci.msi_mask = mask;
	pci_write_config_dword(device_of(desc), desc->pci.mask_pos, mask);
}

static void change_flags(struct pci_dev *dev, int where, u16 clear, u16 set)
{
	u16 flags;

	pci_read_config_word(dev, where, &flags);
	pci_write_config_word(dev, where, (flags & ~clear) | set);
}

static void change_msi_flags(struct pci_dev *dev, u16 clear, u16 set)
{
	change_flags(dev, dev->msi_cap + PCI_MSI_FLAGS, clear, set);
}

static void change_msix_flags(struct pci_dev *dev, u16 clear, u16 set)
{
	change_flags(dev, dev->msix_cap + PCI_MSIX_FLAGS, clear, set);
}

void pci_msi_quiet(struct pci_dev *dev)
{
	if (dev->msi_cap)
		change_msi_flags(dev, PCI_MSI_FLAGS_ENABLE, 0);
	if (dev->msix_cap)
		change_msix_flags(dev, PCI_MSIX_FLAGS_ENABLE, 0);
}

/* ---- the chips ---- */

static void msi_mask(struct irq_data *data)
{
	write_msi_mask(irq_data_get_msi_desc(data), 1);
}

static void msi_unmask(struct irq_data *data)
{
	write_msi_mask(irq_data_get_msi_desc(data), 0);
}

static void msi_write(struct irq_data *data, struct msi_msg *msg)
{
	struct msi_desc *desc = irq_data_get_msi_desc(data);

	desc->msg = *msg;
	write_msi_message(desc, msg);
}

static void msix_mask(struct irq_data *data)
{
	struct msi_desc *desc = irq_data_get_msi_desc(data);

	write_msix_control(desc, desc->pci.msix_ctrl | PCI_MSIX_ENTRY_CTRL_MASKBIT);
}

static void msix_unmask(struct irq_data *data)
{
	struct msi_desc *desc = irq_data_get_msi_desc(data);

	write_msix_control(desc, desc->pci.msix_ctrl & ~PCI_MSIX_ENTRY_CTRL_MASKBIT);
}

static void msix_write(struct irq_data *data, struct msi_msg *msg)
{
	struct msi_desc *desc = irq_data_get_msi_desc(data);

	desc->msg = *msg;
	write_msix_message(desc, msg);
}

static struct irq_chip msi_chip = {
	.name = "PCI-MSI",
	.irq_mask = msi_mask,
	.irq_unmask = msi_unmask,
	.irq_ack = arch_msi_ack,
	.irq_write_msi_msg = msi_write,
	.irq_set_affinity = msi_domain_set_affinity,
	.irq_retrigger = irq_chip_retrigger_hierarchy,
	.flags = IRQCHIP_ONESHOT_SAFE | IRQCHIP_SKIP_SET_WAKE,
};

static struct irq_chip msix_chip = {
	.name = "PCI-MSIX",
	.irq_mask = msix_mask,
	.irq_unmask = msix_unmask,
	.irq_ack = arch_msi_ack,
	.irq_write_msi_msg = msix_write,
	.irq_set_affinity = msi_domain_set_affinity,
	.irq_retrigger = irq_chip_retrigger_hierarchy,
	.flags = IRQCHIP_ONESHOT_SAFE | IRQCHIP_SKIP_SET_WAKE,
};

/* ---- the domain ---- */

/* One number for each message of each function. */
static irq_hw_number_t hwirq_of(const struct msi_desc *desc)
{
	struct pci_dev *dev = device_of(desc);

	return desc->msi_index | (irq_hw_number_t)dev->devfn << 11 |
	       (irq_hw_number_t)dev->bus->number << 19 |
	       (irq_hw_number_t)pci_domain_nr(dev->bus) << 27;
}

static int alloc_line(struct irq_domain *domain, unsigned int virq, unsigned int nr, void *arg)
{
	struct msi_desc *desc = arg;
	int error = irq_domain_alloc_irqs_parent(domain, virq, nr, NULL);

	if (error)
		return error;
	irq_set_msi_desc(virq, desc);
	irq_domain_set_info(domain, virq, hwirq_of(desc),
			    desc->pci.msi_attrib.is_msix ? &msix_chip : &msi_chip, NULL,
			    handle_edge_irq, NULL, "edge");
	return 0;
}

/* MSI is enabled while its line has a place: there is no other way to keep it from an old one. */
static int activate_line(struct irq_domain *domain, struct irq_data *data, bool early)
{
	struct msi_desc *desc = irq_data_get_msi_desc(data);
	int error = msi_domain_activate(domain, data, early);

	if (!error && !desc->pci.msi_attrib.is_msix)
		change_msi_flags(device_of(desc), 0, PCI_MSI_FLAGS_ENABLE);
	return error;
}

static void deactivate_line(struct irq_domain *domain, struct irq_data *data)
{
	struct msi_desc *desc = irq_data_get_msi_desc(data);

	if (!desc->pci.msi_attrib.is_msix)
		change_msi_flags(device_of(desc), PCI_MSI_FLAGS_ENABLE, 0);
}

static const struct irq_domain_ops msi_domain_ops = {
	.alloc = alloc_line,
	.free = irq_domain_free_irqs_top,
	.activate = activate_line,
	.deactivate = deactivate_line,
};

/* The domain upon the machine's; NULL: the device may send no messages. */
static struct irq_domain *get_domain(struct pci_dev *dev)
{
	if (dev->no_msi || !dev->dev.msi.domain)
		return NULL;
	mutex_lock(&domain_mutex);
	if (!msi_domain)
		msi_domain = irq_domain_create_hierarchy(dev->dev.msi.domain, 0, 0, NULL,
							 &msi_domain_ops, NULL);
	mutex_unlock(&domain_mutex);
	return msi_domain;
}

/* ---- a device's messages ---- */

static struct msi_device_data *get_data(struct pci_dev *dev)
{
	if (!dev->dev.msi.data)
		dev->dev.msi.data = kzalloc(sizeof(*dev->dev.msi.data), GFP_KERNEL);
	return dev->dev.msi.data;
}

static void free_lines(struct pci_dev *dev)
{
	struct msi_device_data *data = dev->dev.msi.data;

	for (unsigned int i = 0; i < data->nr; i++)
		if (data->descs[i].irq)
			irq_domain_free_irqs(data->descs[i].irq, 1);
	kfree(data->descs);
	kfree(data->affinity);
	data->descs = NULL;
	data->affinity = NULL;
	data->nr = 0;
}

/* A line for each message. */
static int alloc_lines(struct pci_dev *dev)
{
	struct msi_device_data *data = dev->dev.msi.data;
	int line;

	for (unsigned int i = 0; i < data->nr; i++) {
		line = __irq_domain_alloc_irqs(msi_domain, -1, 1, NUMA_NO_NODE, &data->descs[i], false,
					       data->descs[i].affinity);
		if (line < 0) {
			/* It may have had a number for a moment. */
			data->descs[i].irq = 0;
			free_lines(dev);
			return line;
		}
	}
	return 0;
}

/* Room for so many; their numbers, whose they are, and where they may go. */
static int make_descs(struct pci_dev *dev, unsigned int nr, bool is_msix, struct irq_affinity *affd)
{
	struct msi_device_data *data = get_data(dev);

	if (!data)
		return -ENOMEM;
	data->descs = kcalloc(nr, sizeof(*data->descs), GFP_KERNEL);
	if (!data->descs)
		return -ENOMEM;
	data->nr = nr;
	data->affinity = affd ? irq_create_affinity_masks(nr, affd) : NULL;
	for (unsigned int i = 0; i < nr; i++) {
		struct msi_desc *desc = &data->descs[i];

		desc->dev = &dev->dev;
		desc->nvec_used = 1;
		desc->affinity = data->affinity ? &data->affinity[i] : NULL;
		desc->msi_index = (u16)i;
		desc->pci.msi_attrib.is_msix = is_msix;
		desc->pci.msi_attrib.default_irq = dev->pin_irq;
	}
	return 0;
}

/* Whether messages can be enabled at all. */
static int check(struct pci_dev *dev, int cap)
{
	if (!cap || !get_domain(dev))
		return -EINVAL;
	if (WARN(pci_dev_msi_enabled(dev), "pci %s: messages are enabled twice\n", pci_name(dev)))
		return -EINVAL;
	return 0;
}

/* ---- MSI ---- */

static void read_msi_capability(struct pci_dev *dev, struct msi_desc *desc)
{
	u16 flags;

	pci_read_config_word(dev, dev->msi_cap + PCI_MSI_FLAGS, &flags);
	desc->pci.msi_attrib.is_64 = !!(flags & PCI_MSI_FLAGS_64BIT);
	desc->pci.msi_attrib.can_mask = !!(flags & PCI_MSI_FLAGS_MASKBIT);
	desc->pci.mask_pos = dev->msi_cap + (flags & PCI_MSI_FLAGS_64BIT ? PCI_MSI_MASK_64 :
									   PCI_MSI_MASK_32);
}

int pci_msi_enable_range(struct pci_dev *dev, unsigned int min, unsigned int max,
			 struct irq_affinity *affd)
{
	int error = check(dev, dev->msi_cap), count;
	struct msi_desc *desc;

	if (error)
		return error;
	count = pci_msi_count(dev);
	if (count < 0)
		return count;
	if (min > 1 || (affd && !irq_calc_affinity_vectors(min, 1, affd)))
		return -ENOSPC;
	error = make_descs(dev, 1, false, affd);
	if (error)
		return error;
	desc = &dev->dev.msi.data->descs[0];
	read_msi_capability(dev, desc);
	change_msi_flags(dev, PCI_MSI_FLAGS_ENABLE | PCI_MSI_FLAGS_QSIZE, 0);
	write_msi_mask(desc, 1);
	error = alloc_lines(dev);
	if (error)
		return error;
	pci_intx(dev, 0);
	dev->msi_enabled = 1;
	dev->irq = desc->irq;
	return 1;
}

/* ---- MSI-X ---- */

static int map_table(struct pci_dev *dev, const struct pci_msix_table *table)
{
	struct msi_device_data *data = get_data(dev);

	if (!data)
		return -ENOMEM;
	if (!data->table) {
		data->table = ioremap(pci_resource_start(dev, table->bar) + table->offset,
				      table->entries * PCI_MSIX_ENTRY_SIZE);
		data->mapped = *table;
	}
	if (!data->table)
		return -ENOMEM;
	if (!memcmp(&data->mapped, table, sizeof(*table)))
		return 0;
	pci_warn(dev, "msi-x: its table, %u entries at %#x of BAR %u, is another one than before: not used\n",
		 table->entries, table->offset, table->bar);
	return -EINVAL;
}

/* Nothing of what the firmware left there may be sent. */
static void mask_table(struct pci_dev *dev, unsigned int entries)
{
	void __iomem *table = dev->dev.msi.data->table;

	for (unsigned int i = 0; i < entries; i++)
		writel(PCI_MSIX_ENTRY_CTRL_MASKBIT,
		       table + i * PCI_MSIX_ENTRY_SIZE + PCI_MSIX_ENTRY_VECTOR_CTRL);
}

/* Which entries; each once, and there. */
static int choose_entries(struct pci_dev *dev, const struct msix_entry *entries, unsigned int there)
{
	struct msi_device_data *data = dev->dev.msi.data;

	for (unsigned int i = 0; entries && i < data->nr; i++) {
		if (entries[i].entry >= there)
			return -EINVAL;
		for (unsigned int j = 0; j < i; j++)
			if (entries[j].entry == entries[i].entry)
				return -EINVAL;
		data->descs[i].msi_index = entries[i].entry;
	}
	for (unsigned int i = 0; i < data->nr; i++) {
		data->descs[i].pci.mask_base = (void __force *)data->table;
		data->descs[i].pci.msix_ctrl = PCI_MSIX_ENTRY_CTRL_MASKBIT;
		data->descs[i].pci.msi_attrib.can_mask = 1;
	}
	return 0;
}

static int set_up_msix(struct pci_dev *dev, const struct pci_msix_table *table,
		       struct msix_entry *entries, unsigned int nr, struct irq_affinity *affd)
{
	int error = map_table(dev, table);

	if (!error)
		error = make_descs(dev, nr, true, affd);
	if (error)
		return error;
	error = choose_entries(dev, entries, table->entries);
	if (error) {
		free_lines(dev);
		return error;
	}
	/* The table is the device's to read only while MSI-X is enabled. */
	change_msix_flags(dev, 0, PCI_MSIX_FLAGS_ENABLE | PCI_MSIX_FLAGS_MASKALL);
	mask_table(dev, table->entries);
	error = alloc_lines(dev);
	if (error)
		change_msix_flags(dev, PCI_MSIX_FLAGS_ENABLE, 0);
	return error;
}

int pci_msix_enable_range(struct pci_dev *dev, struct msix_entry *entries, unsigned int min,
			  unsigned int max, struct irq_affinity *affd)
{
	int error = check(dev, dev->msix_cap);
	struct pci_msix_table table;
	unsigned int nr;

	if (!error)
		error = pci_msix_find_table(dev, &table);
	if (error)
		return error;
	nr = min(max, table.entries);
	if (affd)
		nr = irq_calc_affinity_vectors(min, nr, affd);
	if (nr < min)
		return -ENOSPC;
	error = set_up_msix(dev, &table, entries, nr, affd);
	if (error)
		return error;
	for (unsigned int i = 0; entries && i < nr; i++)
		entries[i].vector = dev->dev.msi.data->descs[i].irq;
	pci_intx(dev, 0);
	change_msix_flags(dev, PCI_MSIX_FLAGS_MASKALL, 0);
	dev->msix_enabled = 1;
	return (int)nr;
}

/* ---- both ---- */

unsigned int pci_msi_line(struct pci_dev *dev, unsigned int nr)
{
	struct msi_device_data *data = dev->dev.msi.data;

	return nr < data->nr ? data->descs[nr].irq : 0;
}

/* A handler's line knows its message's memory. */
static bool has_handlers(struct pci_dev *dev)
{
	const struct msi_device_data *data = dev->dev.msi.data;

	for (unsigned int i = 0; i < data->nr; i++)
		if (irq_has_action(data->descs[i].irq))
			return true;
	return false;
}

void pci_msi_disable(struct pci_dev *dev)
{
	if (!pci_dev_msi_enabled(dev))
		return;
	if (WARN(has_handlers(dev), "pci %s: messages are given back with a handler\n", pci_name(dev)))
		return;
	pci_msi_quiet(dev);
	free_lines(dev);
	dev->msi_enabled = 0;
	dev->msix_enabled = 0;
	dev->irq = dev->pin_irq;
	pci_intx(dev, 1);
}
