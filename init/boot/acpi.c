// SPDX-License-Identifier: GPL-2.0-only
/*
 * ACPI: find the static tables, believe nothing that was not checked.
 *
 * What
 *	root pointer (RSDP) -> list of tables (RSDT with 32-bit, XSDT with 64-bit addresses) ->
 *	tables. Each step maps a header first, takes the length from it, maps that much, and sums it
 *	up. What passes is listed with the pointer and length it was checked with. Numbers are read
 *	bytewise, so neither alignment nor the byte order of the reader matters.
 *
 * Contexts
 *	Any. The boot CPU calls it once at boot, tests as often as they like: all state is the
 *	caller's.
 *
 * Limits
 *	A list is walked up to ACPI_TABLES_MAX tables that pass, and ACPI_ADDRESSES_MAX addresses. A
 *	walk over the MADT ends because every entry is at least two bytes long.
 *
 * Tests
 *	tests/boot/acpi_test.c: valid sets of both kinds, every truncation, every byte corrupted.
 *
 * Follows the ACPI specification, revision 6.4, chapters 5.2.5 to 5.2.12; HPET 1.0a, chapter 3.2.4;
 * PCI Firmware Specification 3.0, chapter 4.1.2 (MCFG).
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <bottomhalf/acpi.h>

#define RSDP_V1_BYTES		20
#define RSDP_V2_BYTES		36
#define RSDP_BYTES_MAX		4096
#define RSDP_ALIGNMENT		16

#define HEADER_BYTES		36

#define MADT_LAPIC_ADDRESS	36
#define MADT_FLAGS		40
#define MADT_ENTRIES		44
#define MADT_PCAT_COMPAT	1U
#define MADT_UID_ALL		0xff	/* in entries with an 8-bit uid */

#define MCFG_ENTRIES		44
#define MCFG_ENTRY_BYTES	16
#define MCFG_SEGMENT		8
#define MCFG_FIRST_BUS		10
#define MCFG_LAST_BUS		11

#define FADT_PM_TIMER_BLOCK	76
#define FADT_PM_TIMER_LENGTH	91
#define FADT_BYTES_MIN		116

#define HPET_BLOCK_ID		36
#define HPET_SPACE		40
#define HPET_ADDRESS		44
#define HPET_NUMBER		52
#define HPET_MIN_TICK		53
#define HPET_BYTES_MIN		56
#define HPET_REGISTER_BYTES	1024
#define SPACE_MEMORY		0

static u16 get_u16(const u8 *p)
{
	return (u16)(p[0] | p[1] << 8);
}

static u32 get_u32(const u8 *p)
{
	return get_u16(p) | (u32)get_u16(p + 2) << 16;
}

static u64 get_u64(const u8 *p)
{
	return get_u32(p) | (u64)get_u32(p + 4) << 32;
}

/* The checksum of anything in ACPI makes its bytes add up to zero. */
static bool adds_up_to_zero(const u8 *data, size_t size)
{
	u8 sum = 0;

	while (size--)
		sum += *data++;
	return sum == 0;
}

static void copy_signature(char *to, const u8 *from)
{
	for (int i = 0; i < 4; i++)
		to[i] = from[i] >= ' ' && from[i] <= '~' ? (char)from[i] : '?';
	to[4] = '\0';
}

static void note(struct acpi_tables *acpi, const char *what, const u8 *signature, u64 phys)
{
	struct acpi_problem *problem;

	if (acpi->nr_problems++ >= ACPI_PROBLEMS_MAX)
		return;
	problem = &acpi->problem[acpi->nr_problems - 1];
	problem->what = what;
	problem->phys = phys;
	if (signature)
		copy_signature(problem->signature, signature);
}

static const u8 *map(const struct acpi_source *source, u64 phys, size_t size)
{
	if (phys == 0 || phys + size < phys)
		return NULL;
	return source->map(phys, size);
}

/* ---- One table */

/* How long an entry of a known type is at least; 0: not a type that we read. */
static u8 madt_entry_bytes(u8 type)
{
	switch (type) {
	case ACPI_MADT_LAPIC:		return 8;
	case ACPI_MADT_IOAPIC:		return 12;
	case ACPI_MADT_OVERRIDE:	return 10;
	case ACPI_MADT_NMI_SOURCE:	return 8;
	case ACPI_MADT_LAPIC_NMI:	return 6;
	case ACPI_MADT_LAPIC_ADDRESS:	return 12;
	case ACPI_MADT_X2APIC:		return 16;
	case ACPI_MADT_X2APIC_NMI:	return 12;
	default:			return 0;
	}
}

static const char *check_madt(const u8 *data, u32 length)
{
	u32 offset = MADT_ENTRIES;

	if (length < MADT_ENTRIES)
		return "is too short for a MADT";
	while (offset < length) {
		u32 left = length - offset;
		u8 type, bytes;

		if (left < 2)
			return "ends within an entry";
		type = data[offset];
		bytes = data[offset + 1];
		if (bytes < 2 || bytes > left)
			return "has an entry that overruns it";
		if (bytes < madt_entry_bytes(type))
			return "has an entry that is too short";
		offset += bytes;
	}
	return NULL;
}

static const char *check_mcfg(const u8 *data, u32 length)
{
	if (length < MCFG_ENTRIES || (length - MCFG_ENTRIES) % MCFG_ENTRY_BYTES)
		return "is no whole number of ranges long";
	for (u32 at = MCFG_ENTRIES; at < length; at += MCFG_ENTRY_BYTES)
		if (data[at + MCFG_FIRST_BUS] > data[at + MCFG_LAST_BUS])
			return "has a range of buses that ends before it begins";
	return NULL;
}

/* What is wrong inside of a table whose length and sum are right; NULL: nothing that we know of. */
static const char *check_contents(const u8 *data, u32 length)
{
	if (!memcmp(data, "APIC", 4))
		return check_madt(data, length);
	if (!memcmp(data, "FACP", 4) && length < FADT_BYTES_MIN)
		return "is too short for a FADT";
	if (!memcmp(data, "HPET", 4) && length < HPET_BYTES_MIN)
		return "is too short for a HPET";
	if (!memcmp(data, "MCFG", 4))
		return check_mcfg(data, length);
	return NULL;
}

/* Check the table at @phys. What passes is described in @table; else the problem is noted. */
static bool read_table(struct acpi_tables *acpi, const struct acpi_source *source, u64 phys,
		       struct acpi_table *table)
{
	const u8 *data = map(source, phys, HEADER_BYTES);
	const char *wrong;
	u32 length;

	if (!data) {
		note(acpi, "lies where nothing may be read", NULL, phys);
		return false;
	}
	copy_signature(table->signature, data);
	length = get_u32(data + 4);
	if (length < HEADER_BYTES || length > ACPI_TABLE_BYTES_MAX) {
		note(acpi, "has an impossible length", data, phys);
		return false;
	}
	data = map(source, phys, length);
	if (!data) {
		note(acpi, "reaches where nothing may be read", (const u8 *)table->signature, phys);
		return false;
	}
	if (!adds_up_to_zero(data, length)) {
		note(acpi, "has a wrong checksum", data, phys);
		return false;
	}
	wrong = check_contents(data, length);
	if (wrong) {
		note(acpi, wrong, data, phys);
		return false;
	}
	table->length = length;
	table->phys = phys;
	table->data = data;
	return true;
}

/* ---- The list of tables */

/* Take all tables that a root table names. False: it is no root table; nothing is listed then. */
static bool read_root(struct acpi_tables *acpi, const struct acpi_source *source, u64 phys,
		      const char *signature)
{
	bool wide = signature[0] == 'X';
	u32 entry_bytes = wide ? 8 : 4;
	struct acpi_table root;
	u32 addresses;

	if (!phys || !read_table(acpi, source, phys, &root))
		return false;
	if (memcmp(root.data, signature, 4)) {
		note(acpi, "is not the list of tables that it must be", root.data, phys);
		return false;
	}
	if ((root.length - HEADER_BYTES) % entry_bytes)
		note(acpi, "ends within an address", root.data, phys);

	addresses = (root.length - HEADER_BYTES) / entry_bytes;
	for (u32 i = 0; i < addresses; i++) {
		const u8 *entry = root.data + HEADER_BYTES + i * entry_bytes;
		u64 address = wide ? get_u64(entry) : get_u32(entry);

		if (i == ACPI_ADDRESSES_MAX || acpi->nr_tables == ACPI_TABLES_MAX) {
			note(acpi, "names more tables than there is room for", root.data, phys);
			break;
		}
		/* Firmware leaves empty slots: no problem. */
		if (address && read_table(acpi, source, address, &acpi->table[acpi->nr_tables]))
			acpi->nr_tables++;
	}
	return true;
}

/* ---- The root pointer */

static bool is_rsdp(const u8 *rsdp)
{
	return !memcmp(rsdp, "RSD PTR ", 8) && adds_up_to_zero(rsdp, RSDP_V1_BYTES);
}

long acpi_search_rsdp(const void *area, size_t size)
{
	const u8 *bytes = area;

	for (size_t at = 0; at < size && size - at >= RSDP_V1_BYTES; at += RSDP_ALIGNMENT)
		if (is_rsdp(bytes + at))
			return (long)at;
	return -ENODEV;
}

/* At least @size bytes of the root pointer, from wherever it is. */
static const u8 *map_rsdp(const struct acpi_source *source, size_t size)
{
	if (source->copy_size)
		return size <= source->copy_size ? source->copy : NULL;
	return map(source, source->rsdp, size);
}

/* The XSDT's address when the second half of the root pointer is there and right, else 0. */
static u64 xsdt_address(struct acpi_tables *acpi, const struct acpi_source *source)
{
	const u8 *rsdp = map_rsdp(source, RSDP_V2_BYTES);
	u32 length;

	if (!rsdp) {
		note(acpi, "is cut short", (const u8 *)"RSDP", source->rsdp);
		return 0;
	}
	length = get_u32(rsdp + 20);
	if (length < RSDP_V2_BYTES || length > RSDP_BYTES_MAX) {
		note(acpi, "has an impossible length", (const u8 *)"RSDP", source->rsdp);
		return 0;
	}
	rsdp = map_rsdp(source, length);
	if (!rsdp || !adds_up_to_zero(rsdp, length)) {
		note(acpi, "has a wrong second checksum", (const u8 *)"RSDP", source->rsdp);
		return 0;
	}
	return get_u64(rsdp + 24);
}

int acpi_init(struct acpi_tables *acpi, const struct acpi_source *source)
{
	const u8 *rsdp;
	u64 rsdt, xsdt = 0;

	memset(acpi, 0, sizeof(*acpi));
	if (!source->rsdp && !source->copy_size)
		return -ENODEV;
	rsdp = map_rsdp(source, RSDP_V1_BYTES);
	if (!rsdp || !is_rsdp(rsdp)) {
		note(acpi, "is no root pointer", (const u8 *)"RSDP", source->rsdp);
		return -ENODEV;
	}
	acpi->revision = rsdp[15];
	rsdt = get_u32(rsdp + 16);
	if (acpi->revision >= 2)
		xsdt = xsdt_address(acpi, source);

	if (read_root(acpi, source, xsdt, "XSDT") || read_root(acpi, source, rsdt, "RSDT"))
		return 0;
	return -EINVAL;
}

const struct acpi_table *acpi_find_table(const struct acpi_tables *acpi, const char *signature)
{
	for (unsigned int i = 0; i < acpi->nr_tables; i++)
		if (!memcmp(acpi->table[i].signature, signature, 4))
			return &acpi->table[i];
	return NULL;
}

/* ---- MADT. Its entries were checked by check_madt(): lengths need no second look. */

static u32 wide_uid(u8 uid)
{
	return uid == MADT_UID_ALL ? ACPI_ALL_CPUS : uid;
}

/* False: not a type that we know. */
static bool decode(const u8 *p, struct acpi_madt_entry *entry)
{
	entry->type = p[0];
	switch (entry->type) {
	case ACPI_MADT_LAPIC:
		entry->cpu.uid = p[2];
		entry->cpu.apic_id = p[3];
		entry->cpu.flags = get_u32(p + 4);
		return true;
	case ACPI_MADT_X2APIC:
		entry->cpu.apic_id = get_u32(p + 4);
		entry->cpu.flags = get_u32(p + 8);
		entry->cpu.uid = get_u32(p + 12);
		return true;
	case ACPI_MADT_IOAPIC:
		entry->ioapic.id = p[2];
		entry->ioapic.address = get_u32(p + 4);
		entry->ioapic.gsi_base = get_u32(p + 8);
		return true;
	case ACPI_MADT_OVERRIDE:
		entry->override.source = p[3];
		entry->override.gsi = get_u32(p + 4);
		entry->override.flags = get_u16(p + 8);
		return true;
	case ACPI_MADT_NMI_SOURCE:
		entry->nmi_source.flags = get_u16(p + 2);
		entry->nmi_source.gsi = get_u32(p + 4);
		return true;
	case ACPI_MADT_LAPIC_NMI:
		entry->lapic_nmi.uid = wide_uid(p[2]);
		entry->lapic_nmi.flags = get_u16(p + 3);
		entry->lapic_nmi.lint = p[5];
		return true;
	case ACPI_MADT_X2APIC_NMI:
		entry->lapic_nmi.flags = get_u16(p + 2);
		entry->lapic_nmi.uid = get_u32(p + 4);
		entry->lapic_nmi.lint = p[8];
		return true;
	case ACPI_MADT_LAPIC_ADDRESS:
		entry->lapic_address = get_u64(p + 4);
		return true;
	}
	return false;
}

bool acpi_madt_next(struct acpi_madt_walk *walk, struct acpi_madt_entry *entry)
{
	if (!walk->madt)
		return false;
	if (!walk->offset)
		walk->offset = MADT_ENTRIES;
	while (walk->offset < walk->madt->length) {
		const u8 *p = walk->madt->data + walk->offset;

		walk->offset += p[1];
		if (decode(p, entry))
			return true;
	}
	return false;
}

u64 acpi_madt_lapic_address(const struct acpi_tables *acpi)
{
	struct acpi_madt_walk walk = { .madt = acpi_find_table(acpi, "APIC") };
	struct acpi_madt_entry entry;
	u64 address;

	if (!walk.madt)
		return 0;
	address = get_u32(walk.madt->data + MADT_LAPIC_ADDRESS);
	while (acpi_madt_next(&walk, &entry))
		if (entry.type == ACPI_MADT_LAPIC_ADDRESS)
			address = entry.lapic_address;
	return address;
}

bool acpi_madt_has_8259(const struct acpi_tables *acpi)
{
	const struct acpi_table *madt = acpi_find_table(acpi, "APIC");

	return !madt || (get_u32(madt->data + MADT_FLAGS) & MADT_PCAT_COMPAT);
}

static bool is_listed(u32 apic_id, const u32 *ids, unsigned int nr)
{
	while (nr--)
		if (ids[nr] == apic_id)
			return true;
	return false;
}

struct acpi_cpu_list acpi_list_cpus(const struct acpi_tables *acpi, u32 boot_apic_id,
				    u32 apic_id_limit, u32 *ids, unsigned int max)
{
	struct acpi_madt_walk walk = { .madt = acpi_find_table(acpi, "APIC") };
	struct acpi_cpu_list list = { .listed = 1, .usable = 1 };
	struct acpi_madt_entry entry;

	ids[0] = boot_apic_id;
	while (acpi_madt_next(&walk, &entry)) {
		if (entry.type != ACPI_MADT_LAPIC && entry.type != ACPI_MADT_X2APIC)
			continue;
		if (!(entry.cpu.flags & ACPI_CPU_ENABLED)) {
			list.disabled++;
		} else if (entry.cpu.apic_id == boot_apic_id && !list.boot_cpu_seen) {
			list.boot_cpu_seen = true;
		} else if (entry.cpu.apic_id > apic_id_limit) {
			list.unreachable++;
		} else if (is_listed(entry.cpu.apic_id, ids, list.listed)) {
			list.duplicates++;
		} else {
			list.usable++;
			if (list.listed < max)
				ids[list.listed++] = entry.cpu.apic_id;
		}
	}
	return list;
}

/* ---- Clocks */

bool acpi_hpet(const struct acpi_tables *acpi, struct acpi_hpet *hpet)
{
	const struct acpi_table *table = acpi_find_table(acpi, "HPET");
	u32 id;

	if (!table || table->data[HPET_SPACE] != SPACE_MEMORY)
		return false;
	id = get_u32(table->data + HPET_BLOCK_ID);
	*hpet = (struct acpi_hpet) {
		.address = get_u64(table->data + HPET_ADDRESS),
		.timers = (id >> 8 & 0x1f) + 1,
		.legacy = id >> 15 & 1,
		.vendor = (u16)(id >> 16),
		.number = table->data[HPET_NUMBER],
		.min_tick = get_u16(table->data + HPET_MIN_TICK),
	};
	/* Registers of 64 bits are read there. */
	return hpet->address && !(hpet->address & 7) && hpet->address + HPET_REGISTER_BYTES > hpet->address;
}

u16 acpi_pm_timer_port(const struct acpi_tables *acpi)
{
	const struct acpi_table *fadt = acpi_find_table(acpi, "FACP");
	u32 port;

	if (!fadt || fadt->data[FADT_PM_TIMER_LENGTH] != 4)
		return 0;
	port = get_u32(fadt->data + FADT_PM_TIMER_BLOCK);
	return port <= 0xfffc ? (u16)port : 0;
}

/* ---- MCFG */

bool acpi_mcfg_entry(const struct acpi_tables *acpi, unsigned int index, struct acpi_ecam *entry)
{
	const struct acpi_table *mcfg = acpi_find_table(acpi, "MCFG");
	const u8 *at;

	if (!mcfg || index >= (mcfg->length - MCFG_ENTRIES) / MCFG_ENTRY_BYTES)
		return false;
	at = mcfg->data + MCFG_ENTRIES + index * MCFG_ENTRY_BYTES;
	entry->address = get_u64(at);
	entry->segment = get_u16(at + MCFG_SEGMENT);
	entry->first_bus = at[MCFG_FIRST_BUS];
	entry->last_bus = at[MCFG_LAST_BUS];
	return true;
}
