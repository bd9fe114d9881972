/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PCI: devices, how they are found, driven, and asked for interrupts.
 *
 * What
 *	The machine makes a host bridge and has its buses scanned, at boot (subsys_initcall). Each
 *	function that answers is a struct pci_dev on pci_bus_type. A driver is a table of numbers,
 *	a probe and a remove: pci_register_driver(), or module_pci_driver() for a module that is
 *	nothing else. A probe does, in this order: pci_enable_device(), pci_request_regions(),
 *	pci_iomap(), pci_set_master(), pci_alloc_irq_vectors(), request_irq(pci_irq_vector(dev, 0), ...).
 *
 * Contexts
 *	Task, may sleep; pci_read_config_*() and pci_write_config_*(): any.
 *
 * Differs from Linux
 *	Addresses and bus numbers are the firmware's: nothing is assigned that it left out. No
 *	hot-plugging, no power management, no error recovery, no virtual functions, no sysfs.
 *
 * Tests
 *	tests/boot/pci_test.c, tests/unit/pci_garbage.c; on the machine's devices tests/boot/edu_test.c
 *
 * Documentation/pci.md has the whole story.
 */
#ifndef _LINUX_PCI_H
#define _LINUX_PCI_H

#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/list.h>
#include <linux/mod_devicetable.h>
#include <linux/pci_ids.h>
#include <linux/types.h>
#include <uapi/linux/pci.h>

struct irq_affinity;
struct module;
struct msi_desc;
struct pci_bus;
struct pci_dev;

typedef int pci_power_t;
#define PCI_D0		((pci_power_t)0)

/* ---- configuration space ---- */

/* What an access returns when it is refused; pcibios_err_to_errno() makes an error of it. */
#define PCIBIOS_SUCCESSFUL		0x00
#define PCIBIOS_FUNC_NOT_SUPPORTED	0x81
#define PCIBIOS_BAD_VENDOR_ID		0x83
#define PCIBIOS_DEVICE_NOT_FOUND	0x86
#define PCIBIOS_BAD_REGISTER_NUMBER	0x87
#define PCIBIOS_SET_FAILED		0x88
#define PCIBIOS_BUFFER_TOO_SMALL	0x89

#define PCI_ERROR_RESPONSE		(~0ULL)
#define PCI_SET_ERROR_RESPONSE(val)	(*(val) = (typeof(*(val)))PCI_ERROR_RESPONSE)
#define PCI_POSSIBLE_ERROR(val)		((val) == ((typeof(val))PCI_ERROR_RESPONSE))

/** pcibios_err_to_errno - an error number for a PCIBIOS_* one; others stay */
int pcibios_err_to_errno(int err);

/**
 * struct pci_ops - how the configuration space behind a host bridge is reached
 * @read: @size is 1, 2 or 4, @where a multiple of it; a device that is not there reads as all ones
 * @write: the same
 *
 * Context: any. Return: PCIBIOS_*.
 */
struct pci_ops {
	int (*read)(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *val);
	int (*write)(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 val);
};

/** pci_bus_read_config_*, pci_bus_write_config_* - of a function that need not exist. Any context. */
int pci_bus_read_config_byte(struct pci_bus *bus, unsigned int devfn, int where, u8 *val);
int pci_bus_read_config_word(struct pci_bus *bus, unsigned int devfn, int where, u16 *val);
int pci_bus_read_config_dword(struct pci_bus *bus, unsigned int devfn, int where, u32 *val);
int pci_bus_write_config_byte(struct pci_bus *bus, unsigned int devfn, int where, u8 val);
int pci_bus_write_config_word(struct pci_bus *bus, unsigned int devfn, int where, u16 val);
int pci_bus_write_config_dword(struct pci_bus *bus, unsigned int devfn, int where, u32 val);
/**
 * pci_read_config_*, pci_write_config_* - of a device
 *
 * What cannot be read reads as all ones. Context: any. Return: 0 or PCIBIOS_*.
 */
int pci_read_config_byte(const struct pci_dev *dev, int where, u8 *val);
int pci_read_config_word(const struct pci_dev *dev, int where, u16 *val);
int pci_read_config_dword(const struct pci_dev *dev, int where, u32 *val);
int pci_write_config_byte(const struct pci_dev *dev, int where, u8 val);
int pci_write_config_word(const struct pci_dev *dev, int where, u16 val);
int pci_write_config_dword(const struct pci_dev *dev, int where, u32 val);
/** pci_clear_and_set_config_dword - change bits of a register. Context: any; not atomic. */
void pci_clear_and_set_config_dword(const struct pci_dev *dev, int pos, u32 clear, u32 set);

/**
 * pci_find_capability - where a capability is in configuration space
 * @dev: the device
 * @cap: PCI_CAP_ID_*
 *
 * A list that leads nowhere or in a circle is reported, and ends there. Return: its offset, or 0.
 */
u8 pci_find_capability(struct pci_dev *dev, int cap);
/** pci_bus_find_capability - the same of a function that has no struct yet */
u8 pci_bus_find_capability(struct pci_bus *bus, unsigned int devfn, int cap);
/** pci_find_next_capability - the next one of a kind behind the one at offset @pos. Return: its offset, or 0. */
u8 pci_find_next_capability(struct pci_dev *dev, u8 pos, int cap);
/** pci_find_ext_capability - the same among those behind the first 256 bytes (PCI Express) */
u16 pci_find_ext_capability(struct pci_dev *dev, int cap);

/* ---- devices and buses ---- */

/* Indices of pci_dev.resource. */
enum {
	PCI_STD_RESOURCES,
	PCI_STD_RESOURCE_END = PCI_STD_RESOURCES + PCI_STD_NUM_BARS - 1,
	PCI_ROM_RESOURCE,
	PCI_NUM_RESOURCES,
	DEVICE_COUNT_RESOURCE = PCI_NUM_RESOURCES,
};

enum pci_interrupt_pin {
	PCI_INTERRUPT_UNKNOWN,
	PCI_INTERRUPT_INTA,
	PCI_INTERRUPT_INTB,
	PCI_INTERRUPT_INTC,
	PCI_INTERRUPT_INTD,
};
#define PCI_NUM_INTX	4

/**
 * struct pci_dev - a function of a device
 * @bus_list: in its bus's list
 * @bus: where it is
 * @subordinate: the bus behind it, if it is a bridge
 * @sysdata: its bus's
 * @devfn: PCI_DEVFN()
 * @vendor, @device, @subsystem_vendor, @subsystem_device, @class, @revision: what it says it is
 * @hdr_type: PCI_HEADER_TYPE_*, without the bit for several functions
 * @pcie_cap, @msi_cap, @msix_cap: where these capabilities are, or 0
 * @pin: which pin it interrupts with, PCI_INTERRUPT_INTA to _INTD, or 0
 * @rom_base_reg: where the ROM's address is
 * @driver: bound
 * @dma_mask: the first mask of @dev
 * @cfg_size: bytes of configuration space
 * @irq: the line of its pin; of its message while @msi_enabled; IRQ_NOTCONNECTED if there is none
 * @resource: what its BARs stand for; flags 0: nothing
 * @enable_cnt: pci_enable_device() less pci_disable_device()
 */
struct pci_dev {
	struct list_head bus_list;
	struct pci_bus *bus;
	struct pci_bus *subordinate;
	void *sysdata;
	unsigned int devfn;
	unsigned short vendor;
	unsigned short device;
	unsigned short subsystem_vendor;
	unsigned short subsystem_device;
	unsigned int class;
	u8 revision;
	u8 hdr_type;
	u8 pcie_cap;
	u8 msi_cap;
	u8 msix_cap;
	u8 pin;
	u8 rom_base_reg;
	struct pci_driver *driver;
	u64 dma_mask;
	struct device dev;
	int cfg_size;
	unsigned int irq;
	struct resource resource[DEVICE_COUNT_RESOURCE];
	atomic_t enable_cnt;
	unsigned int multifunction:1;
	unsigned int is_busmaster:1;
	unsigned int is_managed:1;
	unsigned int no_msi:1;
	unsigned int msi_enabled:1;
	unsigned int msix_enabled:1;
	unsigned int pin_irq;			/* @irq while there are messages */
	unsigned int regions_taken;		/* a bit a BAR: pci_request_region() */
};

#define to_pci_dev(n)	container_of(n, struct pci_dev, dev)

/**
 * struct pci_bus - a bus
 * @node: among its parent's children
 * @parent: NULL for a root bus
 * @children, @devices: what is on it
 * @self: the bridge that leads to it
 * @ops, @sysdata: of the host bridge
 * @number, @primary, @subordinate: its own number, its parent's, the last one behind it
 * @bridge: the host bridge
 */
struct pci_bus {
	struct list_head node;
	struct pci_bus *parent;
	struct list_head children;
	struct list_head devices;
	struct pci_dev *self;
	struct pci_ops *ops;
	void *sysdata;
	unsigned char number;
	unsigned char primary;
	unsigned char subordinate;
	struct pci_host_bridge *host;
};

/**
 * struct pci_host_bridge - what connects the processors with a root bus
 * @dev: parent of the root bus's devices; its msi.domain is theirs
 * @bus: the root bus, once scanned
 * @ops, @sysdata: for configuration space
 * @busnr: the root bus's number
 * @domain: a number of its own for each set of 256 buses
 * @swizzle_irq: the slot of the root bus that a pin arrives at, and as which pin
 * @map_irq: the line of a pin of a slot of the root bus; negative: not known
 */
struct pci_host_bridge {
	struct device dev;
	struct pci_bus *bus;
	struct pci_ops *ops;
	void *sysdata;
	int busnr;
	int domain;
	u8 (*swizzle_irq)(struct pci_dev *dev, u8 *pin);
	int (*map_irq)(const struct pci_dev *dev, u8 slot, u8 pin);
};

/** pci_alloc_host_bridge - a host bridge to be filled in. Return: it, or NULL. */
struct pci_host_bridge *pci_alloc_host_bridge(size_t priv);
/** pci_host_probe - find all that is behind a host bridge, and let drivers have it. Return: 0, -Exxx. */
int pci_host_probe(struct pci_host_bridge *bridge);
/** pci_remove_host - undo pci_host_probe() and pci_alloc_host_bridge(): all devices leave */
void pci_remove_host(struct pci_host_bridge *bridge);

/** pci_common_swizzle - as bridges wire pins: each slot one further. For pci_host_bridge.swizzle_irq. */
u8 pci_common_swizzle(struct pci_dev *dev, u8 *pin);
/** pci_swizzle_interrupt_pin - the pin at which a bridge passes on a device's */
static inline u8 pci_swizzle_interrupt_pin(const struct pci_dev *dev, u8 pin)
{
	return (u8)((pin - 1 + PCI_SLOT(dev->devfn)) % PCI_NUM_INTX + 1);
}

/** pci_is_root_bus - whether it is right behind a host bridge */
static inline bool pci_is_root_bus(const struct pci_bus *bus)
{
	return !bus->parent;
}
/** pci_domain_nr - the number of its host bridge's set of buses */
static inline int pci_domain_nr(const struct pci_bus *bus)
{
	return bus->host->domain;
}
/** pci_is_bridge, pci_is_pcie - what kind of device it is */
static inline bool pci_is_bridge(const struct pci_dev *dev)
{
	return dev->hdr_type == PCI_HEADER_TYPE_BRIDGE || dev->hdr_type == PCI_HEADER_TYPE_CARDBUS;
}
static inline bool pci_is_pcie(const struct pci_dev *dev)
{
	return dev->pcie_cap;
}
/** pci_name - "0000:00:03.0" */
static inline const char *pci_name(const struct pci_dev *dev)
{
	return dev_name(&dev->dev);
}
static inline void *pci_get_drvdata(const struct pci_dev *dev)
{
	return dev_get_drvdata(&dev->dev);
}
static inline void pci_set_drvdata(struct pci_dev *dev, void *data)
{
	dev_set_drvdata(&dev->dev, data);
}

/** pci_dev_get, pci_dev_put - a reference more, one less; NULL is allowed */
struct pci_dev *pci_dev_get(struct pci_dev *dev);
void pci_dev_put(struct pci_dev *dev);
/**
 * pci_get_device - the next device of a kind
 * @vendor, @device: numbers, or PCI_ANY_ID
 * @from: the one before, whose reference is put; NULL: begin
 *
 * Return: it, with a reference, or NULL.
 */
struct pci_dev *pci_get_device(unsigned int vendor, unsigned int device, struct pci_dev *from);
/** pci_get_subsys - the same, with the subsystem's numbers */
struct pci_dev *pci_get_subsys(unsigned int vendor, unsigned int device, unsigned int ss_vendor,
			       unsigned int ss_device, struct pci_dev *from);
/** pci_get_class - the same by the whole class, 24 bits */
struct pci_dev *pci_get_class(unsigned int class, struct pci_dev *from);
/** pci_get_domain_bus_and_slot - the device at a place. Return: it, with a reference, or NULL. */
struct pci_dev *pci_get_domain_bus_and_slot(int domain, unsigned int bus, unsigned int devfn);
/** pci_get_slot - the same by its bus */
struct pci_dev *pci_get_slot(struct pci_bus *bus, unsigned int devfn);
#define for_each_pci_dev(d)	while ((d = pci_get_device(PCI_ANY_ID, PCI_ANY_ID, d)) != NULL)
/** pci_dev_present - whether there is a device of a table */
int pci_dev_present(const struct pci_device_id *ids);

/* ---- using a device ---- */

/**
 * pci_enable_device - let it answer at its addresses
 *
 * Nests. Return: 0, or -EINVAL when one of its BARs has no address, or another device's.
 */
int __must_check pci_enable_device(struct pci_dev *dev);
int __must_check pci_enable_device_mem(struct pci_dev *dev);
/** pci_disable_device - undo it; the last one takes bus mastering away */
void pci_disable_device(struct pci_dev *dev);
/** pcim_enable_device - until the driver leaves; so are requested regions and vectors, from now on */
int __must_check pcim_enable_device(struct pci_dev *dev);
static inline int pci_is_enabled(struct pci_dev *dev)
{
	return atomic_read(&dev->enable_cnt) > 0;
}
/** pci_set_master, pci_clear_master - let it read and write memory, and send messages, or not */
void pci_set_master(struct pci_dev *dev);
void pci_clear_master(struct pci_dev *dev);
/** pci_intx - let it use its pin, or not */
void pci_intx(struct pci_dev *dev, int enable);

#define pci_resource_n(dev, bar)	(&(dev)->resource[bar])
#define pci_resource_start(dev, bar)	(pci_resource_n(dev, bar)->start)
#define pci_resource_end(dev, bar)	(pci_resource_n(dev, bar)->end)
#define pci_resource_flags(dev, bar)	(pci_resource_n(dev, bar)->flags)
/** pci_resource_len - bytes or ports behind a BAR, 0: there is nothing */
#define pci_resource_len(dev, bar) \
	(pci_resource_end(dev, bar) ? resource_size(pci_resource_n(dev, bar)) : 0)

/**
 * pci_request_region, pci_request_regions - have what a BAR, or all, stand for, for oneself
 *
 * Return: 0, or -EBUSY, with a message.
 */
int __must_check pci_request_region(struct pci_dev *dev, int bar, const char *name);
int __must_check pci_request_regions(struct pci_dev *dev, const char *name);
int __must_check pci_request_selected_regions(struct pci_dev *dev, int bars, const char *name);
void pci_release_region(struct pci_dev *dev, int bar);
void pci_release_regions(struct pci_dev *dev);
void pci_release_selected_regions(struct pci_dev *dev, int bars);
/** pci_select_bars - a bit for each BAR that is of one of these kinds, IORESOURCE_* */
int pci_select_bars(struct pci_dev *dev, unsigned long flags);

/**
 * pci_iomap - map a BAR's registers
 * @bar: which; memory only
 * @max: bytes, 0: all
 *
 * Return: where the first one is, or NULL.
 */
void __iomem *pci_iomap(struct pci_dev *dev, int bar, unsigned long max);
void pci_iounmap(struct pci_dev *dev, void __iomem *addr);
/** pci_ioremap_bar - the same, with a message where it is no memory */
void __iomem *pci_ioremap_bar(struct pci_dev *dev, int bar);
/** pcim_iomap - the same, until the driver leaves the device */
void __iomem *pcim_iomap(struct pci_dev *dev, int bar, unsigned long max);
/** pcim_iomap_regions - request and map these BARs (a bit each), all or none. Return: 0 or -Exxx. */
int pcim_iomap_regions(struct pci_dev *dev, int mask, const char *name);
/** pcim_iomap_table - what pcim_iomap() and pcim_iomap_regions() mapped, by BAR */
void __iomem * const *pcim_iomap_table(struct pci_dev *dev);

/* ---- interrupts ---- */

#define PCI_IRQ_INTX		(1 << 0)	/* its pin */
#define PCI_IRQ_MSI		(1 << 1)
#define PCI_IRQ_MSIX		(1 << 2)
#define PCI_IRQ_AFFINITY	(1 << 3)	/* each line has CPUs of its own, and stops and starts with them */
#define PCI_IRQ_LEGACY		PCI_IRQ_INTX
#define PCI_IRQ_ALL_TYPES	(PCI_IRQ_INTX | PCI_IRQ_MSI | PCI_IRQ_MSIX)

/** struct msix_entry - for pci_enable_msix_range(): which entry, and the line that it got */
struct msix_entry {
	u32 vector;
	u16 entry;
};

/**
 * pci_alloc_irq_vectors - the device's interrupts, by the best way that gives enough
 * @dev: enabled
 * @min_vecs, @max_vecs: how many
 * @flags: PCI_IRQ_*: which ways; MSI-X is tried before MSI, and MSI before the pin, which gives one
 *
 * Return: how many there are; -ENOSPC: fewer than @min_vecs; -EINVAL: the device has no such way, or
 * is nonsense; or what else was in the way of the last one.
 */
int pci_alloc_irq_vectors(struct pci_dev *dev, unsigned int min_vecs, unsigned int max_vecs,
			  unsigned int flags);
/**
 * pci_alloc_irq_vectors_affinity - the same, with PCI_IRQ_AFFINITY: how messages are spread over CPUs
 * @affd: the exceptions; may be NULL. Without the flag it has to be
 *
 * By MSI-X there are not more lines to be spread than CPUs, unless @affd makes sets of them.
 */
int pci_alloc_irq_vectors_affinity(struct pci_dev *dev, unsigned int min_vecs,
				   unsigned int max_vecs, unsigned int flags,
				   struct irq_affinity *affd);
/** pci_free_irq_vectors - give them back; their handlers are gone, else it is reported and not done */
void pci_free_irq_vectors(struct pci_dev *dev);
/**
 * pci_irq_get_affinity - the CPUs of the @nr-th line
 *
 * Return: what PCI_IRQ_AFFINITY made of it; NULL if that was not said, or there is no such line; of a pin: all.
 */
const struct cpumask *pci_irq_get_affinity(struct pci_dev *dev, int nr);
/** pci_irq_vector - the line of the @nr-th. Return: it, or -EINVAL. Context: any. */
int pci_irq_vector(struct pci_dev *dev, unsigned int nr);

/** pci_enable_msi - one message; dev->irq is its line. Return: 0 or -Exxx. */
int pci_enable_msi(struct pci_dev *dev);
void pci_disable_msi(struct pci_dev *dev);
/** pci_enable_msix_range - at least @minvec, at most @maxvec entries. Return: how many, or -Exxx. */
int pci_enable_msix_range(struct pci_dev *dev, struct msix_entry *entries, int minvec, int maxvec);
int pci_enable_msix_exact(struct pci_dev *dev, struct msix_entry *entries, int nvec);
void pci_disable_msix(struct pci_dev *dev);
/** pci_msi_vec_count, pci_msix_vec_count - how many the device has. Return: that, or -EINVAL. */
int pci_msi_vec_count(struct pci_dev *dev);
int pci_msix_vec_count(struct pci_dev *dev);
static inline bool pci_dev_msi_enabled(const struct pci_dev *dev)
{
	return dev->msi_enabled || dev->msix_enabled;
}

/* ---- drivers ---- */

/**
 * struct pci_driver - a driver
 * @name: for people
 * @id_table: what it is for; the last entry is all zero
 * @probe: take a device: 0, or a negative error
 * @remove: give it back
 * @shutdown: the machine is about to end
 */
struct pci_driver {
	const char *name;
	const struct pci_device_id *id_table;
	int (*probe)(struct pci_dev *dev, const struct pci_device_id *id);
	void (*remove)(struct pci_dev *dev);
	void (*shutdown)(struct pci_dev *dev);
	struct device_driver driver;
};

#define to_pci_driver(drv)	container_of(drv, struct pci_driver, driver)

#define PCI_DEVICE(vend, dev) \
	.vendor = (vend), .device = (dev), .subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID
#define PCI_DEVICE_SUB(vend, dev, subvend, subdev) \
	.vendor = (vend), .device = (dev), .subvendor = (subvend), .subdevice = (subdev)
#define PCI_DEVICE_CLASS(dev_class, dev_class_mask)			\
	.class = (dev_class), .class_mask = (dev_class_mask),		\
	.vendor = PCI_ANY_ID, .device = PCI_ANY_ID,			\
	.subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID
#define PCI_VDEVICE(vend, dev)						\
	.vendor = PCI_VENDOR_ID_##vend, .device = (dev),		\
	.subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID, 0, 0
#define PCI_DEVICE_DATA(vend, dev, data)				\
	.vendor = PCI_VENDOR_ID_##vend, .device = PCI_DEVICE_ID_##vend##_##dev, \
	.subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID, 0, 0,		\
	.driver_data = (kernel_ulong_t)(data)
#define DEFINE_PCI_DEVICE_TABLE(_table)	const struct pci_device_id _table[]

extern const struct bus_type pci_bus_type;

int __must_check __pci_register_driver(struct pci_driver *drv, struct module *owner,
				       const char *mod_name);
#ifdef KBUILD_MODNAME
#define __PCI_MODNAME	KBUILD_MODNAME
#else
#define __PCI_MODNAME	NULL
#endif
/** pci_register_driver - make a driver known; it is given what it fits. Return: as driver_register(). */
#define pci_register_driver(driver)	__pci_register_driver(driver, THIS_MODULE, __PCI_MODNAME)
/** pci_unregister_driver - take it from all its devices */
void pci_unregister_driver(struct pci_driver *drv);
/** module_pci_driver - for a module that is nothing but a driver */
#define module_pci_driver(__pci_driver) \
	module_driver(__pci_driver, pci_register_driver, pci_unregister_driver)
#define builtin_pci_driver(__pci_driver) \
	builtin_driver(__pci_driver, pci_register_driver)
/** pci_match_id - the entry of a table that fits a device, or NULL */
const struct pci_device_id *pci_match_id(const struct pci_device_id *ids, struct pci_dev *dev);
/** pci_dev_driver - its driver, or NULL */
struct pci_driver *pci_dev_driver(const struct pci_dev *dev);

#define pci_err(pdev, fmt, arg...)	dev_err(&(pdev)->dev, fmt, ##arg)
#define pci_warn(pdev, fmt, arg...)	dev_warn(&(pdev)->dev, fmt, ##arg)
#define pci_notice(pdev, fmt, arg...)	dev_notice(&(pdev)->dev, fmt, ##arg)
#define pci_info(pdev, fmt, arg...)	dev_info(&(pdev)->dev, fmt, ##arg)
#define pci_dbg(pdev, fmt, arg...)	dev_dbg(&(pdev)->dev, fmt, ##arg)

#endif
