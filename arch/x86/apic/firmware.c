// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PC's ACPI tables: where they may be, and what went wrong with them.
 *
 * What
 *	The loader tells where the root pointer is, or hands over a copy; else it is searched for
 *	where PC firmware puts it: the first KiB of the extended BIOS data area, and 0xe0000 to
 *	0xfffff. The parser (init/boot/acpi.c) may read what the memory map lists, of any kind, and
 *	the first MiB. An address that is in neither could be a device.
 *
 * Contexts
 *	Boot CPU, before there are others; memory is mapped.
 *
 * Tests
 *	The parser's: tests/boot/acpi_test.c. This file: every boot.
 */
#include <linux/minmax.h>
#include <linux/printk.h>
#include <bottomhalf/acpi.h>
#include <bottomhalf/boot_info.h>
#include <x86/irq.h>
#include <x86/memory.h>

#define BIOS_EBDA_SEGMENT	0x40e	/* a word: where that area begins, in 16 bytes */
#define EBDA_LOWEST		0x80000UL
#define EBDA_SEARCHED		0x400UL
#define BIOS_ROM_START		0xe0000UL
#define BIOS_END		0x100000UL

static struct acpi_tables tables;

static bool is_listed(u64 phys, u64 size)
{
	if (phys + size <= BIOS_END)
		return true;
	for (unsigned int i = 0; i < boot_info.nr_ranges; i++) {
		const struct boot_range *range = &boot_info.ranges[i];

		if (phys >= range->start && phys - range->start <= range->size &&
		    size <= range->size - (phys - range->start))
			return true;
	}
	return false;
}

static const void *map_listed(u64 phys, size_t size)
{
	return is_listed(phys, size) ? x86_map_table(phys, size) : NULL;
}

static u64 search(u64 start, u64 size)
{
	const void *area = x86_map_table(start, size);
	long at = area ? acpi_search_rsdp(area, size) : -1;

	return at < 0 ? 0 : start + (u64)at;
}

static u64 search_bios_areas(void)
{
	const u16 *segment = x86_map_table(BIOS_EBDA_SEGMENT, sizeof(*segment));
	u64 ebda = segment ? (u64)*segment << 4 : 0;
	u64 rsdp = 0;

	if (ebda >= EBDA_LOWEST && ebda + EBDA_SEARCHED <= BIOS_ROM_START)
		rsdp = search(ebda, EBDA_SEARCHED);
	return rsdp ? rsdp : search(BIOS_ROM_START, BIOS_END - BIOS_ROM_START);
}

static void report(int error)
{
	unsigned int named = min(tables.nr_problems, (unsigned int)ACPI_PROBLEMS_MAX);

	for (unsigned int i = 0; i < named; i++)
		pr_warn("acpi: table %s at %#llx %s: left out\n",
			tables.problem[i].signature[0] ? tables.problem[i].signature : "?",
			tables.problem[i].phys, tables.problem[i].what);
	if (tables.nr_problems > named)
		pr_warn("acpi: %u more problems\n", tables.nr_problems - named);
	if (error)
		pr_warn("acpi: no usable tables (error %d): one CPU, interrupts by the 8259s\n",
			error);
	else
		pr_info("acpi: revision %u, %u tables\n", tables.revision, tables.nr_tables);
}

const struct acpi_tables *x86_acpi(void)
{
	static bool asked;
	struct acpi_source source = {
		.rsdp = boot_info.rsdp,
		.copy = boot_info.rsdp_copy,
		.copy_size = boot_info.rsdp_copy_size,
		.map = map_listed,
	};

	if (asked)
		return &tables;
	asked = true;
	if (!source.rsdp && !source.copy_size)
		source.rsdp = search_bios_areas();
	report(acpi_init(&tables, &source));
	return &tables;
}
