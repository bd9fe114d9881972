// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ACPI parser: valid tables give what they say, everything else is refused without harm.
 *
 * What
 *	A small physical memory is built, with a root pointer, a list of either kind, a MADT, a FADT,
 *	a HPET and a MCFG table. The parser gets at it through a callback that refuses what lies outside,
 *	and hands out copies with nothing but padding around them. Each doubtful case is parsed
 *	with several paddings: a parser that reads a byte too far sees different bytes, and sooner
 *	or later says something else.
 *
 * Limits
 *	Corruption by three patterns a byte, so that it is done in a second on a slow emulator.
 */
#include <kunit/test.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <bottomhalf/acpi.h>

/* ---- A physical memory */

#define MEMORY_START	0x1000
#define MEMORY_BYTES	0x500

#define AT_RSDP		0x1000
#define AT_RSDT		0x1040
#define AT_XSDT		0x1080
#define AT_MADT		0x1100
#define AT_FADT		0x1200
#define AT_HPET		0x1300
#define AT_MCFG		0x1380
#define NR_TABLES	4U

static u8 memory[MEMORY_BYTES];
static u64 memory_end;		/* what lies from here on may not be read */

/* Where the parser gets its copies, and what is around them. */
static u8 copies[0x8000];
static size_t copies_used;
static u8 padding;

static u8 *at(u64 phys)
{
	BUG_ON(phys - MEMORY_START >= MEMORY_BYTES);
	return &memory[phys - MEMORY_START];
}

static void put(u64 phys, u64 value, unsigned int bytes)
{
	for (unsigned int i = 0; i < bytes; i++)
		at(phys)[i] = (u8)(value >> 8 * i);
}

static const void *map_copy(u64 phys, size_t size)
{
	u8 *copy = copies + copies_used + 16;

	if (phys < MEMORY_START || phys > memory_end || size > memory_end - phys)
		return NULL;
	if (copies_used + size + 32 > sizeof(copies))
		return NULL;
	memset(copies + copies_used, padding, size + 32);
	memcpy(copy, at(phys), size);
	copies_used += size + 32;
	return copy;
}

/* ---- What is in it */

static void seal(u64 phys, u32 bytes, unsigned int checksum_at)
{
	u8 sum = 0;

	at(phys)[checksum_at] = 0;
	for (u32 i = 0; i < bytes; i++)
		sum += at(phys)[i];
	at(phys)[checksum_at] = (u8)-sum;
}

static void seal_table(u64 phys)
{
	seal(phys, at(phys)[4] | at(phys)[5] << 8, 9);
}

static void begin_table(u64 phys, const char *signature, u32 length)
{
	memcpy(at(phys), signature, 4);
	put(phys + 4, length, 4);
}

static void build_rsdp(u8 revision)
{
	memcpy(at(AT_RSDP), "RSD PTR ", 8);
	at(AT_RSDP)[15] = revision;
	put(AT_RSDP + 16, AT_RSDT, 4);
	put(AT_RSDP + 20, 36, 4);
	put(AT_RSDP + 24, AT_XSDT, 8);
	seal(AT_RSDP, 20, 8);
	seal(AT_RSDP, 36, 32);
}

static void build_roots(void)
{
	static const u64 tables[NR_TABLES] = { AT_MADT, AT_FADT, AT_HPET, AT_MCFG };

	begin_table(AT_RSDT, "RSDT", 36 + NR_TABLES * 4);
	begin_table(AT_XSDT, "XSDT", 36 + NR_TABLES * 8);
	for (unsigned int i = 0; i < NR_TABLES; i++) {
		put(AT_RSDT + 36 + 4 * i, tables[i], 4);
		put(AT_XSDT + 36 + 8 * i, tables[i], 8);
	}
	seal_table(AT_RSDT);
	seal_table(AT_XSDT);
}

/* Three CPUs that work, one that is disabled, an IOAPIC, two overrides, NMI pins. */
static const u8 madt_entries[] = {
	0, 8, 0, 0, 1, 0, 0, 0,					/* uid 0, APIC 0 */
	0, 8, 1, 2, 1, 0, 0, 0,					/* uid 1, APIC 2 */
	0, 8, 2, 4, 0, 0, 0, 0,					/* disabled */
	1, 12, 7, 0, 0x00, 0x00, 0xc0, 0xfe, 0, 0, 0, 0,	/* IOAPIC 7 at 0xfec00000 */
	2, 10, 0, 0, 2, 0, 0, 0, 0, 0,				/* ISA 0 is GSI 2 */
	2, 10, 0, 9, 9, 0, 0, 0, 0x0f, 0,			/* ISA 9 is level, active low */
	99, 5, 1, 2, 3,						/* of no known kind */
	4, 6, 0xff, 5, 0, 1,					/* all CPUs: NMI at LINT1 */
	9, 16, 0, 0, 0x34, 0x12, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0,	/* APIC 0x1234 */
};
#define MADT_BYTES	(44 + sizeof(madt_entries))

static void build_madt(void)
{
	begin_table(AT_MADT, "APIC", MADT_BYTES);
	put(AT_MADT + 36, 0xfee00000, 4);
	put(AT_MADT + 40, 1, 4);
	memcpy(at(AT_MADT + 44), madt_entries, sizeof(madt_entries));
	seal_table(AT_MADT);
}

static void build_fadt(void)
{
	begin_table(AT_FADT, "FACP", 116);
	put(AT_FADT + 76, 0x608, 4);
	at(AT_FADT)[91] = 4;
	seal_table(AT_FADT);
}

static void build_hpet(void)
{
	begin_table(AT_HPET, "HPET", 56);
	put(AT_HPET + 36, 0x8086a201, 4);
	put(AT_HPET + 44, 0xfed00000, 8);
	put(AT_HPET + 52, 0, 1);
	put(AT_HPET + 53, 100, 2);
	seal_table(AT_HPET);
}

/* Buses 0 to 255 of segment 0, and some of another. */
#define MCFG_BYTES	(44 + 2 * 16)

static void build_mcfg(void)
{
	begin_table(AT_MCFG, "MCFG", MCFG_BYTES);
	put(AT_MCFG + 44, 0xb0000000, 8);
	put(AT_MCFG + 55, 255, 1);
	put(AT_MCFG + 60, 0x8c0000000, 8);
	put(AT_MCFG + 68, 0x102, 2);
	put(AT_MCFG + 70, 16, 1);
	put(AT_MCFG + 71, 31, 1);
	seal_table(AT_MCFG);
}

static void build(u8 revision)
{
	memset(memory, 0, sizeof(memory));
	memory_end = MEMORY_START + MEMORY_BYTES;
	build_rsdp(revision);
	build_roots();
	build_madt();
	build_fadt();
	build_hpet();
	build_mcfg();
}

/* ---- Parsing */

static struct acpi_tables acpi;

static int parse(void)
{
	const struct acpi_source source = { .rsdp = AT_RSDP, .map = map_copy };

	copies_used = 0;
	return acpi_init(&acpi, &source);
}

/* ---- All that a kernel would ask of the tables, in one number */

static u64 mix(u64 sum, u64 value)
{
	return sum * 31 + value;
}

static u64 digest_entry(u64 sum, const struct acpi_madt_entry *entry)
{
	sum = mix(sum, entry->type);
	switch (entry->type) {
	case ACPI_MADT_LAPIC:
	case ACPI_MADT_X2APIC:
		return mix(mix(mix(sum, entry->cpu.uid), entry->cpu.apic_id), entry->cpu.flags);
	case ACPI_MADT_IOAPIC:
		sum = mix(sum, entry->ioapic.id);
		return mix(mix(sum, entry->ioapic.address), entry->ioapic.gsi_base);
	case ACPI_MADT_OVERRIDE:
		sum = mix(sum, entry->override.source);
		return mix(mix(sum, entry->override.gsi), entry->override.flags);
	case ACPI_MADT_NMI_SOURCE:
		return mix(mix(sum, entry->nmi_source.gsi), entry->nmi_source.flags);
	case ACPI_MADT_LAPIC_NMI:
	case ACPI_MADT_X2APIC_NMI:
		sum = mix(sum, entry->lapic_nmi.uid);
		return mix(mix(sum, entry->lapic_nmi.flags), entry->lapic_nmi.lint);
	case ACPI_MADT_LAPIC_ADDRESS:
		return mix(sum, entry->lapic_address);
	}
	return sum;
}

static u64 hpet_digest(void)
{
	struct acpi_hpet hpet;

	if (!acpi_hpet(&acpi, &hpet))
		return 0;
	return mix(mix(mix(hpet.address, hpet.timers), hpet.legacy), (u64)hpet.vendor << 32 | hpet.number << 16 | hpet.min_tick);
}

static u64 mcfg_digest(void)
{
	struct acpi_ecam range;
	u64 sum = 0;

	for (unsigned int i = 0; acpi_mcfg_entry(&acpi, i, &range); i++)
		sum = mix(mix(mix(sum, range.address), range.segment),
			  (u64)range.first_bus << 8 | range.last_bus);
	return sum;
}

static u64 digest(int error)
{
	struct acpi_madt_walk walk = { .madt = acpi_find_table(&acpi, "APIC") };
	struct acpi_madt_entry entry;
	struct acpi_cpu_list cpus;
	u32 ids[4] = { 0 };
	u64 sum = mix(mix((u64)error, acpi.nr_tables), acpi.nr_problems);

	while (acpi_madt_next(&walk, &entry))
		sum = digest_entry(sum, &entry);
	cpus = acpi_list_cpus(&acpi, 0, 254, ids, 4);
	sum = mix(mix(mix(sum, cpus.listed), cpus.usable), cpus.disabled);
	sum = mix(mix(mix(sum, ids[1]), ids[2]), ids[3]);
	sum = mix(mix(sum, acpi_madt_lapic_address(&acpi)), acpi_madt_has_8259(&acpi));
	return mix(mix(mix(sum, hpet_digest()), mcfg_digest()), acpi_pm_timer_port(&acpi));
}

/* Parse with different bytes around all that may be read; true: it made no difference. */
static bool reads_only_what_it_may(void)
{
	static const u8 paddings[] = { 0x00, 0x04, 0xff };	/* 4 is a length that means something */
	u64 first = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(paddings); i++) {
		u64 now;

		padding = paddings[i];
		now = digest(parse());
		if (i == 0)
			first = now;
		if (now != first)
			return false;
	}
	return true;
}

/* ---- Valid tables */

static void check_all_tables(struct kunit *test)
{
	struct acpi_hpet hpet;

	KUNIT_EXPECT_EQ(test, acpi.nr_tables, NR_TABLES);
	KUNIT_EXPECT_EQ(test, acpi.nr_problems, 0U);
	KUNIT_EXPECT_EQ(test, acpi_madt_lapic_address(&acpi), 0xfee00000ULL);
	KUNIT_EXPECT_TRUE(test, acpi_madt_has_8259(&acpi));
	KUNIT_EXPECT_TRUE(test, acpi_hpet(&acpi, &hpet));
	KUNIT_EXPECT_EQ(test, hpet.address, 0xfed00000ULL);
	KUNIT_EXPECT_EQ(test, hpet.timers, 3U);
	KUNIT_EXPECT_TRUE(test, hpet.legacy);
	KUNIT_EXPECT_EQ(test, hpet.vendor, 0x8086);
	KUNIT_EXPECT_EQ(test, hpet.min_tick, 100);
	KUNIT_EXPECT_EQ(test, acpi_pm_timer_port(&acpi), 0x608);
	KUNIT_EXPECT_NULL(test, acpi_find_table(&acpi, "SSDT"));
}

static void revision_0_uses_the_rsdt(struct kunit *test)
{
	build(0);
	memset(at(AT_XSDT), 0, 36);
	KUNIT_ASSERT_EQ(test, parse(), 0);
	check_all_tables(test);
	KUNIT_EXPECT_EQ(test, acpi.revision, 0);
}

static void revision_2_uses_the_xsdt(struct kunit *test)
{
	build(2);
	memset(at(AT_RSDT), 0, 36);
	KUNIT_ASSERT_EQ(test, parse(), 0);
	check_all_tables(test);
	KUNIT_EXPECT_EQ(test, acpi.revision, 2);
}

static void bad_xsdt_falls_back_to_the_rsdt(struct kunit *test)
{
	build(2);
	at(AT_XSDT)[10] ^= 1;
	KUNIT_ASSERT_EQ(test, parse(), 0);
	KUNIT_EXPECT_EQ(test, acpi.nr_tables, NR_TABLES);
	KUNIT_EXPECT_EQ(test, acpi.nr_problems, 1U);
	KUNIT_EXPECT_STREQ(test, acpi.problem[0].signature, "XSDT");
	KUNIT_EXPECT_EQ(test, acpi.problem[0].phys, (u64)AT_XSDT);
}

static void copy_of_the_root_pointer_is_enough(struct kunit *test)
{
	struct acpi_source source = { .copy = at(AT_RSDP), .copy_size = 36, .map = map_copy };

	build(2);
	copies_used = 0;
	KUNIT_EXPECT_EQ(test, acpi_init(&acpi, &source), 0);
	check_all_tables(test);

	/* An ACPI 1.0 loader hands over 20 bytes, which is all that there is of that revision. */
	build(0);
	copies_used = 0;
	source.copy_size = 20;
	KUNIT_EXPECT_EQ(test, acpi_init(&acpi, &source), 0);
	check_all_tables(test);

	source.copy_size = 19;
	KUNIT_EXPECT_EQ(test, acpi_init(&acpi, &source), -ENODEV);
}

static void root_pointer_is_found_at_16_byte_boundaries_only(struct kunit *test)
{
	static u8 area[256];

	build(0);
	memset(area, 0, sizeof(area));
	memcpy(area + 40, at(AT_RSDP), 20);
	KUNIT_EXPECT_EQ(test, acpi_search_rsdp(area, sizeof(area)), (long)-ENODEV);
	memcpy(area + 112, at(AT_RSDP), 20);
	KUNIT_EXPECT_EQ(test, acpi_search_rsdp(area, sizeof(area)), 112L);
	KUNIT_EXPECT_EQ(test, acpi_search_rsdp(area, 112 + 20), 112L);
	KUNIT_EXPECT_EQ(test, acpi_search_rsdp(area, 112 + 19), (long)-ENODEV);
	KUNIT_EXPECT_EQ(test, acpi_search_rsdp(area, 0), (long)-ENODEV);
	area[112 + 9] ^= 1;
	KUNIT_EXPECT_EQ(test, acpi_search_rsdp(area, sizeof(area)), (long)-ENODEV);
}

static void no_root_pointer_is_no_device(struct kunit *test)
{
	const struct acpi_source nothing = { .map = map_copy };

	KUNIT_EXPECT_EQ(test, acpi_init(&acpi, &nothing), -ENODEV);
	KUNIT_EXPECT_EQ(test, acpi.nr_tables, 0U);
	/* What a kernel asks then has an answer, too. */
	KUNIT_EXPECT_EQ(test, acpi_madt_lapic_address(&acpi), 0ULL);
	KUNIT_EXPECT_EQ(test, hpet_digest(), 0ULL);
	KUNIT_EXPECT_EQ(test, acpi_pm_timer_port(&acpi), 0);
	KUNIT_EXPECT_TRUE(test, acpi_madt_has_8259(&acpi));
}

static void event_timers_at_an_impossible_place_are_none(struct kunit *test)
{
	static const u64 places[] = { 0, 0xfed00001, 0xfed00004, ~7ULL, -1024ULL };

	for (unsigned int i = 0; i < ARRAY_SIZE(places); i++) {
		build(2);
		put(AT_HPET + 44, places[i], 8);
		seal_table(AT_HPET);
		KUNIT_EXPECT_EQ(test, parse(), 0);
		KUNIT_EXPECT_EQ_MSG(test, hpet_digest(), 0ULL, "%#llx", places[i]);
	}
	build(2);
	at(AT_HPET)[40] = 1;	/* ports */
	seal_table(AT_HPET);
	KUNIT_EXPECT_EQ(test, parse(), 0);
	KUNIT_EXPECT_EQ(test, hpet_digest(), 0ULL);
}

/* ---- MADT */

static void ranges_of_configuration_space_are_decoded_in_order(struct kunit *test)
{
	struct acpi_ecam range;

	build(0);
	KUNIT_ASSERT_EQ(test, parse(), 0);
	KUNIT_ASSERT_TRUE(test, acpi_mcfg_entry(&acpi, 0, &range));
	KUNIT_EXPECT_EQ(test, range.address, 0xb0000000ULL);
	KUNIT_EXPECT_EQ(test, range.segment, 0);
	KUNIT_EXPECT_EQ(test, range.last_bus, 255);
	KUNIT_ASSERT_TRUE(test, acpi_mcfg_entry(&acpi, 1, &range));
	KUNIT_EXPECT_EQ(test, range.address, 0x8c0000000ULL);
	KUNIT_EXPECT_EQ(test, range.segment, 0x102);
	KUNIT_EXPECT_EQ(test, range.first_bus, 16);
	KUNIT_EXPECT_EQ(test, range.last_bus, 31);
	KUNIT_EXPECT_FALSE(test, acpi_mcfg_entry(&acpi, 2, &range));
}

static void range_of_buses_that_ends_before_it_begins_is_left_out(struct kunit *test)
{
	struct acpi_ecam range;

	build(0);
	put(AT_MCFG + 70, 32, 1);
	seal_table(AT_MCFG);
	KUNIT_ASSERT_EQ(test, parse(), 0);
	KUNIT_EXPECT_EQ(test, acpi.nr_problems, 1U);
	KUNIT_EXPECT_FALSE(test, acpi_mcfg_entry(&acpi, 0, &range));
}

static void madt_entries_are_decoded_in_order(struct kunit *test)
{
	struct acpi_madt_entry entry;
	struct acpi_madt_walk walk;

	build(0);
	KUNIT_ASSERT_EQ(test, parse(), 0);
	walk = (struct acpi_madt_walk) { .madt = acpi_find_table(&acpi, "APIC") };

	KUNIT_ASSERT_TRUE(test, acpi_madt_next(&walk, &entry));
	KUNIT_EXPECT_EQ(test, (int)entry.type, (int)ACPI_MADT_LAPIC);
	KUNIT_EXPECT_EQ(test, entry.cpu.apic_id, 0U);
	KUNIT_ASSERT_TRUE(test, acpi_madt_next(&walk, &entry));
	KUNIT_EXPECT_EQ(test, entry.cpu.uid, 1U);
	KUNIT_EXPECT_EQ(test, entry.cpu.apic_id, 2U);
	KUNIT_ASSERT_TRUE(test, acpi_madt_next(&walk, &entry));
	KUNIT_EXPECT_EQ(test, entry.cpu.flags & ACPI_CPU_ENABLED, 0U);
	KUNIT_ASSERT_TRUE(test, acpi_madt_next(&walk, &entry));
	KUNIT_EXPECT_EQ(test, (int)entry.type, (int)ACPI_MADT_IOAPIC);
	KUNIT_EXPECT_EQ(test, entry.ioapic.id, 7);
	KUNIT_EXPECT_EQ(test, entry.ioapic.address, 0xfec00000U);
	KUNIT_ASSERT_TRUE(test, acpi_madt_next(&walk, &entry));
	KUNIT_EXPECT_EQ(test, (int)entry.type, (int)ACPI_MADT_OVERRIDE);
	KUNIT_EXPECT_EQ(test, entry.override.source, 0);
	KUNIT_EXPECT_EQ(test, entry.override.gsi, 2U);
	KUNIT_ASSERT_TRUE(test, acpi_madt_next(&walk, &entry));
	KUNIT_EXPECT_EQ(test, ACPI_TRIGGER(entry.override.flags), ACPI_LEVEL);
	KUNIT_EXPECT_EQ(test, ACPI_POLARITY(entry.override.flags), ACPI_ACTIVE_LOW);
	/* The entry of no known kind is stepped over. */
	KUNIT_ASSERT_TRUE(test, acpi_madt_next(&walk, &entry));
	KUNIT_EXPECT_EQ(test, (int)entry.type, (int)ACPI_MADT_LAPIC_NMI);
	KUNIT_EXPECT_EQ(test, entry.lapic_nmi.uid, ACPI_ALL_CPUS);
	KUNIT_EXPECT_EQ(test, entry.lapic_nmi.lint, 1);
	KUNIT_ASSERT_TRUE(test, acpi_madt_next(&walk, &entry));
	KUNIT_EXPECT_EQ(test, (int)entry.type, (int)ACPI_MADT_X2APIC);
	KUNIT_EXPECT_EQ(test, entry.cpu.apic_id, 0x1234U);
	KUNIT_EXPECT_FALSE(test, acpi_madt_next(&walk, &entry));
}

static void lapic_address_override_wins(struct kunit *test)
{
	static const u8 entry[] = { 5, 12, 0, 0, 0x00, 0x00, 0xe0, 0xfe, 0x01, 0, 0, 0 };

	build(0);
	memcpy(at(AT_MADT + MADT_BYTES), entry, sizeof(entry));
	begin_table(AT_MADT, "APIC", MADT_BYTES + sizeof(entry));
	seal_table(AT_MADT);
	KUNIT_ASSERT_EQ(test, parse(), 0);
	KUNIT_EXPECT_EQ(test, acpi_madt_lapic_address(&acpi), 0x1fee00000ULL);
}

/* A MADT with entries as given: does it pass? */
static bool madt_passes(const u8 *entries, u32 bytes)
{
	build(0);
	memcpy(at(AT_MADT + 44), entries, bytes);
	begin_table(AT_MADT, "APIC", 44 + bytes);
	seal_table(AT_MADT);
	return parse() == 0 && acpi_find_table(&acpi, "APIC") && acpi.nr_problems == 0;
}

static void madt_with_a_malformed_entry_is_left_out(struct kunit *test)
{
	static const u8 good[] = { 0, 8, 0, 0, 1, 0, 0, 0 };
	static const u8 of_length_0[] = { 0, 0, 0, 0, 1, 0, 0, 0 };
	static const u8 of_length_1[] = { 0, 1, 0, 0, 1, 0, 0, 0 };
	static const u8 too_short[] = { 0, 7, 0, 0, 1, 0, 0 };
	static const u8 overruns[] = { 0, 9, 0, 0, 1, 0, 0, 0 };
	static const u8 cut[] = { 0, 8, 0, 0, 1, 0, 0, 0, 0 };

	KUNIT_EXPECT_TRUE(test, madt_passes(good, sizeof(good)));
	KUNIT_EXPECT_TRUE(test, madt_passes(good, 0));
	KUNIT_EXPECT_FALSE(test, madt_passes(of_length_0, sizeof(of_length_0)));
	KUNIT_EXPECT_FALSE(test, madt_passes(of_length_1, sizeof(of_length_1)));
	KUNIT_EXPECT_FALSE(test, madt_passes(too_short, sizeof(too_short)));
	KUNIT_EXPECT_FALSE(test, madt_passes(overruns, sizeof(overruns)));
	KUNIT_EXPECT_FALSE(test, madt_passes(cut, sizeof(cut)));
}

/* ---- CPUs */

static void boot_cpu_is_listed_first(struct kunit *test)
{
	struct acpi_cpu_list list;
	u32 ids[8];

	build(0);
	KUNIT_ASSERT_EQ(test, parse(), 0);
	list = acpi_list_cpus(&acpi, 2, 254, ids, 8);
	KUNIT_EXPECT_TRUE(test, list.boot_cpu_seen);
	KUNIT_EXPECT_EQ(test, list.listed, 2U);
	KUNIT_EXPECT_EQ(test, list.usable, 2U);
	KUNIT_EXPECT_EQ(test, list.disabled, 1U);
	KUNIT_EXPECT_EQ(test, list.unreachable, 1U);
	KUNIT_EXPECT_EQ(test, ids[0], 2U);
	KUNIT_EXPECT_EQ(test, ids[1], 0U);
}

static void cpus_beyond_the_limit_are_counted_not_listed(struct kunit *test)
{
	struct acpi_cpu_list list;
	u32 ids[2] = { 0, 77 };

	build(0);
	KUNIT_ASSERT_EQ(test, parse(), 0);
	list = acpi_list_cpus(&acpi, 0, 0xffff, ids, 1);
	KUNIT_EXPECT_EQ(test, list.listed, 1U);
	KUNIT_EXPECT_EQ(test, list.usable, 3U);
	KUNIT_EXPECT_EQ(test, ids[1], 77U);
}

static void cpu_listed_twice_counts_once(struct kunit *test)
{
	struct acpi_cpu_list list;
	u32 ids[8];

	build(0);
	at(AT_MADT + 44)[3] = 2;	/* the first CPU's APIC number is now the second's */
	seal_table(AT_MADT);
	KUNIT_ASSERT_EQ(test, parse(), 0);
	list = acpi_list_cpus(&acpi, 9, 254, ids, 8);
	KUNIT_EXPECT_EQ(test, list.duplicates, 1U);
	KUNIT_EXPECT_EQ(test, list.listed, 2U);
	KUNIT_EXPECT_FALSE(test, list.boot_cpu_seen);
}

/* ---- Damaged tables */

static void memory_that_ends_anywhere_is_never_overrun(struct kunit *test)
{
	for (u8 revision = 0; revision <= 2; revision += 2)
		for (u64 end = MEMORY_START; end < AT_MCFG + MCFG_BYTES; end++) {
			build(revision);
			memory_end = end;
			if (!reads_only_what_it_may())
				KUNIT_FAIL(test, "revision %u, memory cut at %#llx", revision, end);
			if (acpi.nr_tables == NR_TABLES)
				KUNIT_FAIL(test, "all tables read from memory cut at %#llx", end);
		}
}

static void table_of_any_length_is_never_overrun(struct kunit *test)
{
	static const u64 tables[] = { AT_RSDT, AT_XSDT, AT_MADT, AT_FADT, AT_HPET, AT_MCFG };

	for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++)
		for (u32 length = 0; length <= 256; length++) {
			build(2);
			if (tables[i] == AT_RSDT)
				build(0);
			put(tables[i] + 4, length, 4);
			if (length > 9)
				seal_table(tables[i]);
			if (!reads_only_what_it_may())
				KUNIT_FAIL(test, "table %#llx, length %u", tables[i], length);
		}
}

static void root_pointer_of_any_length_is_never_overrun(struct kunit *test)
{
	for (u32 length = 0; length <= 64; length++) {
		build(2);
		put(AT_RSDP + 20, length, 4);
		seal(AT_RSDP, 20, 8);
		if (length > 32)
			seal(AT_RSDP, length, 32);
		if (!reads_only_what_it_may())
			KUNIT_FAIL(test, "length %u", length);
		/* Too short to hold the second address: the first one is taken. */
		KUNIT_EXPECT_EQ(test, acpi.nr_tables, NR_TABLES);
		KUNIT_EXPECT_EQ(test, acpi.nr_problems, length < 36 ? 1U : 0U);
	}
}

static void huge_lengths_are_refused(struct kunit *test)
{
	static const u32 lengths[] = { 0x7fffffff, 0x80000000, 0xffffffdc, 0xffffffff };

	for (unsigned int i = 0; i < ARRAY_SIZE(lengths); i++) {
		build(2);
		put(AT_MADT + 4, lengths[i], 4);
		KUNIT_EXPECT_EQ(test, parse(), 0);
		KUNIT_EXPECT_EQ(test, acpi.nr_tables, NR_TABLES - 1);

		build(2);
		put(AT_RSDP + 20, lengths[i], 4);
		KUNIT_EXPECT_EQ(test, parse(), 0);	/* by the RSDT */
		KUNIT_EXPECT_EQ(test, acpi.nr_problems, 1U);
	}
}

/* One byte differs, and no checksum was mended: the table that it is in is gone, and no other. */
static void corrupt_byte_costs_its_table_only(struct kunit *test)
{
	static const struct {
		u64 phys;
		u32 bytes;
	} tables[] = { { AT_MADT, MADT_BYTES }, { AT_FADT, 116 }, { AT_HPET, 56 },
		      { AT_MCFG, MCFG_BYTES } };
	static const u8 patterns[] = { 0x01, 0x80, 0xff };

	for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++)
		for (u32 byte = 0; byte < tables[i].bytes; byte++)
			for (unsigned int p = 0; p < ARRAY_SIZE(patterns); p++) {
				build(2);
				at(tables[i].phys)[byte] ^= patterns[p];
				if (!reads_only_what_it_may() || acpi.nr_tables != NR_TABLES - 1 ||
				    !acpi.nr_problems)
					KUNIT_FAIL(test, "table %#llx, byte %u, pattern %#x",
						   tables[i].phys, byte, patterns[p]);
			}
}

/* The same with checksums made right again: anything may come of it but harm. */
static void corrupt_byte_under_a_right_checksum_does_no_harm(struct kunit *test)
{
	static const u64 tables[] = { AT_RSDT, AT_XSDT, AT_MADT, AT_FADT, AT_HPET, AT_MCFG };
	static const u8 patterns[] = { 0x01, 0x80, 0xff };

	for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++)
		for (u32 byte = 0; byte < 160; byte++)
			for (unsigned int p = 0; p < ARRAY_SIZE(patterns); p++) {
				build(tables[i] == AT_RSDT ? 0 : 2);
				at(tables[i])[byte] ^= patterns[p];
				if (!(at(tables[i])[5] | at(tables[i])[6] | at(tables[i])[7]))
					seal_table(tables[i]);
				if (!reads_only_what_it_may())
					KUNIT_FAIL(test, "table %#llx, byte %u, pattern %#x",
						   tables[i], byte, patterns[p]);
			}
}

static void corrupt_root_pointer_does_no_harm(struct kunit *test)
{
	for (u32 byte = 0; byte < 36; byte++)
		for (unsigned int bit = 0; bit < 8; bit++) {
			build(2);
			at(AT_RSDP)[byte] ^= 1 << bit;
			if (!reads_only_what_it_may())
				KUNIT_FAIL(test, "byte %u, bit %u", byte, bit);
			/* The first checksum covers 20 bytes, the second one all. */
			if (byte < 20)
				KUNIT_EXPECT_EQ(test, parse(), -ENODEV);
			else
				KUNIT_EXPECT_EQ(test, parse(), 0);
			seal(AT_RSDP, 20, 8);
			seal(AT_RSDP, 36, 32);
			if (!reads_only_what_it_may())
				KUNIT_FAIL(test, "byte %u, bit %u, checksums mended", byte, bit);
		}
}

/* A list that names itself, over and over, comes to an end. */
static void endless_list_is_cut(struct kunit *test)
{
	build(0);
	begin_table(AT_RSDT, "RSDT", 36);
	put(AT_RSDT + 4, MEMORY_START + MEMORY_BYTES - AT_RSDT, 4);
	for (u64 phys = AT_RSDT + 36; phys + 4 <= MEMORY_START + MEMORY_BYTES; phys += 4)
		put(phys, AT_RSDT, 4);
	seal(AT_RSDT, MEMORY_START + MEMORY_BYTES - AT_RSDT, 9);
	KUNIT_EXPECT_EQ(test, parse(), 0);
	KUNIT_EXPECT_LE(test, acpi.nr_tables, (unsigned int)ACPI_TABLES_MAX);
	KUNIT_EXPECT_GT(test, acpi.nr_problems, 0U);
}

static struct kunit_case acpi_cases[] = {
	KUNIT_CASE(revision_0_uses_the_rsdt),
	KUNIT_CASE(revision_2_uses_the_xsdt),
	KUNIT_CASE(bad_xsdt_falls_back_to_the_rsdt),
	KUNIT_CASE(copy_of_the_root_pointer_is_enough),
	KUNIT_CASE(root_pointer_is_found_at_16_byte_boundaries_only),
	KUNIT_CASE(no_root_pointer_is_no_device),
	KUNIT_CASE(event_timers_at_an_impossible_place_are_none),
	KUNIT_CASE(ranges_of_configuration_space_are_decoded_in_order),
	KUNIT_CASE(range_of_buses_that_ends_before_it_begins_is_left_out),
	KUNIT_CASE(madt_entries_are_decoded_in_order),
	KUNIT_CASE(lapic_address_override_wins),
	KUNIT_CASE(madt_with_a_malformed_entry_is_left_out),
	KUNIT_CASE(boot_cpu_is_listed_first),
	KUNIT_CASE(cpus_beyond_the_limit_are_counted_not_listed),
	KUNIT_CASE(cpu_listed_twice_counts_once),
	KUNIT_CASE(memory_that_ends_anywhere_is_never_overrun),
	KUNIT_CASE(table_of_any_length_is_never_overrun),
	KUNIT_CASE(root_pointer_of_any_length_is_never_overrun),
	KUNIT_CASE(huge_lengths_are_refused),
	KUNIT_CASE(corrupt_byte_costs_its_table_only),
	KUNIT_CASE(corrupt_byte_under_a_right_checksum_does_no_harm),
	KUNIT_CASE(corrupt_root_pointer_does_no_harm),
	KUNIT_CASE(endless_list_is_cut),
	{}
};

static struct kunit_suite acpi_suite = {
	.name = "acpi",
	.test_cases = acpi_cases,
};
kunit_test_suite(acpi_suite);
