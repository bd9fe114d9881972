/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ACPI: the static tables that say which CPUs and interrupt controllers there are.
 *
 * What
 *	acpi_init() finds and checks the tables once, through a callback that alone knows which
 *	memory may be read. What it lists has been checked: length and checksum of every table, and
 *	each entry of the MADT. The readers below it then cannot fail. No byte code (AML) is read,
 *	ever.
 *
 * Contexts
 *	Any, no locks, no allocation, no messages: who calls decides what to print (struct
 *	acpi_problem).
 *
 * Limits
 *	ACPI_TABLES_MAX tables, ACPI_TABLE_BYTES_MAX bytes each, ACPI_ADDRESSES_MAX addresses looked
 *	at: what is beyond is dropped and counted as a problem, so hostile tables cannot hold up the
 *	boot.
 *
 * Tests
 *	tests/boot/acpi_test.c
 */
#ifndef _BOTTOMHALF_ACPI_H
#define _BOTTOMHALF_ACPI_H

#include <linux/types.h>

#define ACPI_TABLES_MAX		48
#define ACPI_ADDRESSES_MAX	256
#define ACPI_TABLE_BYTES_MAX	(1U << 20)
#define ACPI_PROBLEMS_MAX	4

/* Where the tables are to be found. */
struct acpi_source {
	u64 rsdp;		/* physical address of the root pointer; 0: unknown */
	const void *copy;	/* the loader's copy of it, used instead when copy_size is not 0 */
	size_t copy_size;
	/*
	 * The @size bytes at @phys, or NULL when they may not be read. Whatever it returns is read
	 * as long as the struct acpi_tables is in use, and never written.
	 */
	const void *(*map)(u64 phys, size_t size);
};

/* One table that passed all checks. */
struct acpi_table {
	char signature[5];	/* with a terminating 0 */
	u32 length;		/* bytes at data, header included */
	u64 phys;
	const u8 *data;
};

/* Something that was wrong, and so was left out. */
struct acpi_problem {
	const char *what;
	char signature[5];	/* of the table, unprintable bytes as '?'; empty when unknown */
	u64 phys;
};

/* Fields are written by acpi_init() alone, and read-only from then on. */
struct acpi_tables {
	struct acpi_table table[ACPI_TABLES_MAX];
	unsigned int nr_tables;
	struct acpi_problem problem[ACPI_PROBLEMS_MAX];	/* the first ones */
	unsigned int nr_problems;			/* all of them */
	u8 revision;					/* the RSDP's: 0 means ACPI 1.0 */
};

/**
 * acpi_init - find and check the tables
 * @acpi: filled in; zeroed first
 * @source: where to look
 *
 * A table that is not as it must be is left out, and noted in @acpi->problem; the others are kept.
 * A bad XSDT is replaced by the RSDT where there is one.
 *
 * Context: any.
 * Return: 0; -ENODEV when there is no root pointer; -EINVAL when there is one and no usable list of
 * tables behind it. In both cases @acpi is empty but for the problems.
 */
int acpi_init(struct acpi_tables *acpi, const struct acpi_source *source);

/**
 * acpi_search_rsdp - look for the root pointer in a memory area, as a PC's firmware leaves it
 * @area: the area's first byte, which lies at a 16-byte boundary of physical memory
 * @size: bytes that may be read
 *
 * Return: its offset, a multiple of 16, or -ENODEV. Signature and checksum are right.
 */
long acpi_search_rsdp(const void *area, size_t size);

/**
 * acpi_find_table - a table by its signature
 * @acpi: after acpi_init()
 * @signature: four letters; "APIC" is the MADT, "FACP" the FADT
 *
 * Return: the first such table, or NULL.
 */
const struct acpi_table *acpi_find_table(const struct acpi_tables *acpi, const char *signature);

/* ---- MADT: processors and interrupt controllers */

enum acpi_madt_type {
	ACPI_MADT_LAPIC = 0,
	ACPI_MADT_IOAPIC = 1,
	ACPI_MADT_OVERRIDE = 2,		/* an ISA line that is not as it is by default */
	ACPI_MADT_NMI_SOURCE = 3,
	ACPI_MADT_LAPIC_NMI = 4,
	ACPI_MADT_LAPIC_ADDRESS = 5,
	ACPI_MADT_X2APIC = 9,
	ACPI_MADT_X2APIC_NMI = 10,
};

#define ACPI_CPU_ENABLED	1U
#define ACPI_ALL_CPUS		0xffffffffU

/* Polarity and trigger of a line, as in the MADT's flags. */
#define ACPI_POLARITY(flags)	((flags) & 3)
#define ACPI_TRIGGER(flags)	((flags) >> 2 & 3)
#define ACPI_BUS_DEFAULT	0
#define ACPI_ACTIVE_HIGH	1
#define ACPI_ACTIVE_LOW		3
#define ACPI_EDGE		1
#define ACPI_LEVEL		3

/* One entry, decoded. The short and the x2APIC forms give the same members. */
struct acpi_madt_entry {
	enum acpi_madt_type type;
	union {
		struct {			/* LAPIC, X2APIC */
			u32 uid;
			u32 apic_id;
			u32 flags;
		} cpu;
		struct {			/* IOAPIC */
			u8 id;
			u32 address;
			u32 gsi_base;
		} ioapic;
		struct {			/* OVERRIDE */
			u8 source;		/* ISA line, 0 to 15 */
			u32 gsi;
			u16 flags;
		} override;
		struct {			/* NMI_SOURCE */
			u32 gsi;
			u16 flags;
		} nmi_source;
		struct {			/* LAPIC_NMI, X2APIC_NMI */
			u32 uid;		/* or ACPI_ALL_CPUS */
			u16 flags;
			u8 lint;
		} lapic_nmi;
		u64 lapic_address;		/* LAPIC_ADDRESS */
	};
};

/* How far a walk over the MADT has come. */
struct acpi_madt_walk {
	const struct acpi_table *madt;
	u32 offset;
};

/**
 * acpi_madt_next - the next entry of a known type
 * @walk: begins as { .madt = acpi_find_table(acpi, "APIC") }; NULL there is an empty table
 * @entry: filled in
 *
 * Return: false when there is none any more.
 */
bool acpi_madt_next(struct acpi_madt_walk *walk, struct acpi_madt_entry *entry);

/** acpi_madt_lapic_address - where every CPU sees its local APIC; 0 without a MADT */
u64 acpi_madt_lapic_address(const struct acpi_tables *acpi);

/** acpi_madt_has_8259 - whether the MADT says that there is a pair of 8259s; true without a MADT */
bool acpi_madt_has_8259(const struct acpi_tables *acpi);

/* What acpi_list_cpus() found. */
struct acpi_cpu_list {
	unsigned int listed;		/* numbers written to ids */
	unsigned int usable;		/* enabled CPUs, listed or not, the boot CPU included */
	unsigned int disabled;
	unsigned int unreachable;	/* enabled, APIC number above the limit */
	unsigned int duplicates;
	bool boot_cpu_seen;
};

/**
 * acpi_list_cpus - the machine's CPUs, by APIC number
 * @acpi: after acpi_init()
 * @boot_apic_id: the CPU that runs this: it is the first of the list, whatever the MADT says
 * @apic_id_limit: greater numbers cannot be addressed
 * @ids: receives the APIC numbers
 * @max: room there, at least 1
 *
 * Return: counts; at least the boot CPU is listed.
 */
struct acpi_cpu_list acpi_list_cpus(const struct acpi_tables *acpi, u32 boot_apic_id,
				    u32 apic_id_limit, u32 *ids, unsigned int max);

/* ---- MCFG: configuration space of PCI as memory */

/* One range; @address is where bus 0 of the segment would lie. */
struct acpi_ecam {
	u64 address;
	u16 segment;
	u8 first_bus, last_bus;
};

/** acpi_mcfg_entry - the @index-th range. Return: false behind the last, or without such a table. */
bool acpi_mcfg_entry(const struct acpi_tables *acpi, unsigned int index, struct acpi_ecam *entry);

/* ---- Clocks */

/* What the HPET table says of the event timers. */
struct acpi_hpet {
	u64 address;		/* of the registers, 1 KiB of memory */
	unsigned int timers;	/* comparators, 1 to 32 */
	bool legacy;		/* can take the lines of the PIT and the clock */
	u16 vendor;
	u8 number;
	u16 min_tick;		/* shortest period without loss, in counts */
};

/**
 * acpi_hpet - where the event timers are. Return: whether there are any, at an address that can be true;
 * @hpet is not to be used otherwise.
 */
bool acpi_hpet(const struct acpi_tables *acpi, struct acpi_hpet *hpet);

/** acpi_pm_timer_port - I/O port of the power management timer (3,579,545 Hz), 0: there is none */
u16 acpi_pm_timer_port(const struct acpi_tables *acpi);

#endif
