// SPDX-License-Identifier: GPL-2.0-only
/*
 * Outside input, damaged: every parser of it, under thousands of seeds.
 *
 * What
 *	Each seed is one input: a good one is built, then some of its bytes, lengths or counts are
 *	replaced, or it is cut short. It lies so that the first byte behind it cannot be read
 *	(scenario_guarded()): an overrun is a fault, and shown as one. The parser may refuse what it
 *	likes; what it accepts must fit the limits that its header states.
 *
 *	These are for the simulated machine only. What a particular defect leads to is in
 *	tests/boot/.
 *
 * Contexts
 *	One CPU; nothing here runs beside anything else.
 */
#include <kunit/scenario.h>
#include <linux/errno.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <linux/unaligned.h>
#include <bottomhalf/acpi.h>
#include <bottomhalf/boot_info.h>

#define INPUT_MAX	4096

static u8 input[INPUT_MAX];
static size_t input_size;

/* ---------------------------------------------------------------- building and damaging */

static void put(const void *bytes, size_t n)
{
	memcpy(input + input_size, bytes, n);
	input_size += n;
}

static void put8(u8 v)		{ put(&v, sizeof(v)); }
static void put32(u32 v)	{ put(&v, sizeof(v)); }
static void put64(u64 v)	{ put(&v, sizeof(v)); }

static void put_text(unsigned int length)
{
	while (length--)
		put8((u8)('a' + scenario_choose(26)));
	put8(0);
}

/* What breaks length arithmetic. */
static u64 bad_number(void)
{
	static const u64 numbers[] = {
		0, 1, 7, 8, 9, 23, 24, 255, 256, 4095, 4096, 0x7fffffff, 0x80000000, 0xfffffff0,
		0xffffffff, 0x100000000ULL, 0x7fffffffffffffffULL, 0xffffffffffffff00ULL, 0xffffffffffffffffULL,
	};

	if (scenario_choose(4) == 0)
		return scenario_choose(INPUT_MAX);
	return numbers[scenario_choose(ARRAY_SIZE(numbers))];
}

static void damage_once(void)
{
	size_t at = scenario_choose((unsigned int)input_size);

	switch (scenario_choose(4)) {
	case 0:
		input[at] ^= (u8)(1U << scenario_choose(8));
		break;
	case 1:
		input[at] = (u8)scenario_choose(256);
		break;
	case 2:
		at = min_t(size_t, at & ~3UL, input_size - 4);
		put_unaligned_le32((u32)bad_number(), input + at);
		break;
	default:
		at = min_t(size_t, at & ~7UL, input_size - 8);
		put_unaligned_le64(bad_number(), input + at);
		break;
	}
}

/* Where the damaged input lies. One in eight stays good, so that the good path is taken, too. */
static u8 *damaged(void)
{
	u8 *guarded;

	if (scenario_choose(8)) {
		for (unsigned int n = 1 + scenario_choose(4); n; n--)
			damage_once();
		if (scenario_choose(4) == 0)
			input_size = scenario_choose((unsigned int)input_size + 1);
	}
	guarded = scenario_guarded(input_size);
	memcpy(guarded, input, input_size);
	return guarded;
}

/* ---------------------------------------------------------------- boot information */

static struct boot_info info;

static void expect_within_limits(struct kunit *test, int err)
{
	unsigned int i;

	KUNIT_EXPECT_TRUE(test, err == 0 || err == -EINVAL);
	KUNIT_EXPECT_LT(test, strnlen(info.cmdline, sizeof(info.cmdline)), sizeof(info.cmdline));
	KUNIT_EXPECT_LT(test, strnlen(info.loader, sizeof(info.loader)), sizeof(info.loader));
	KUNIT_EXPECT_LE(test, info.nr_ranges, (unsigned int)BOOT_RANGES_MAX);
	KUNIT_EXPECT_LE(test, info.nr_modules, (unsigned int)BOOT_MODULES_MAX);
	KUNIT_EXPECT_LE(test, info.rsdp_copy_size, (unsigned int)sizeof(info.rsdp_copy));
	for (i = 0; i < info.nr_modules && i < BOOT_MODULES_MAX; i++)
		KUNIT_EXPECT_LT(test, strnlen(info.modules[i].cmdline, BOOT_LOADER_SIZE),
				(size_t)BOOT_LOADER_SIZE);
	for (i = 0; i < info.nr_ranges && i < BOOT_RANGES_MAX; i++)
		KUNIT_EXPECT_GE(test, info.ranges[i].start + info.ranges[i].size,
				info.ranges[i].start);
}

/* A multiboot2 tag's header; its size is set by end_tag(). */
static size_t begin_tag(u32 type)
{
	put32(type);
	put32(0);
	return input_size - 8;
}

static void end_tag(size_t tag)
{
	put_unaligned_le32((u32)(input_size - tag), input + tag + 4);
	while (input_size % 8)
		put8(0);
}

static void put_memory_map(void)
{
	size_t tag = begin_tag(6);

	put32(24);
	put32(0);
	for (unsigned int n = scenario_choose(8); n; n--) {
		put64((u64)scenario_choose(1 << 20) << 12);
		put64((u64)scenario_choose(1 << 20) << 12);
		put32(1 + scenario_choose(5));
		put32(0);
	}
	end_tag(tag);
}

static void put_multiboot2_tag(void)
{
	size_t tag;

	switch (scenario_choose(5)) {
	case 0:
		tag = begin_tag(1 + scenario_choose(2));
		put_text(scenario_choose(100));
		end_tag(tag);
		break;
	case 1:
		tag = begin_tag(3);
		put32(0x100000);
		put32(0x100000 + scenario_choose(1 << 20));
		put_text(scenario_choose(100));
		end_tag(tag);
		break;
	case 2:
		tag = begin_tag(4);
		put32(640);
		put32(scenario_choose(1 << 20));
		end_tag(tag);
		break;
	case 3:
		tag = begin_tag(14 + scenario_choose(2));
		for (unsigned int n = 20 + scenario_choose(17); n; n--)
			put8((u8)n);
		end_tag(tag);
		break;
	default:
		put_memory_map();
		break;
	}
}

static void damaged_multiboot2_is_refused_or_fits(struct kunit *test)
{
	const u8 *block;

	input_size = 0;
	put64(0);
	for (unsigned int n = scenario_choose(10); n; n--)
		put_multiboot2_tag();
	end_tag(begin_tag(0));
	put_unaligned_le32((u32)input_size, input);
	block = damaged();
	expect_within_limits(test, multiboot2_parse(block, input_size, &info));
}
SCENARIO(damaged_multiboot2_is_refused_or_fits, .cpus_max = 1);

/* Physical memory is what scenario_guarded() gave, from PHYS_BASE on; nothing else may be read. */
#define PHYS_BASE	0x9000ULL

static const u8 *memory;

static const void *map_memory(u64 phys, u64 size)
{
	if (phys < PHYS_BASE || phys - PHYS_BASE > input_size ||
	    size > input_size - (phys - PHYS_BASE))
		return NULL;
	return memory + (phys - PHYS_BASE);
}

static void damaged_pvh_is_refused_or_fits(struct kunit *test)
{
	unsigned int modules = scenario_choose(4), ranges = scenario_choose(8);

	input_size = 0;
	put32(0x336ec578);
	put32(scenario_choose(3));
	put32(0);
	put32(modules);
	put64(PHYS_BASE + 56);
	put64(PHYS_BASE + 56 + 32 * modules + 24 * ranges);
	put64(bad_number());
	put64(PHYS_BASE + 56 + 32 * modules);
	put32(ranges);
	put32(0);
	for (unsigned int n = 0; n < modules; n++) {
		put64(0x100000);
		put64(scenario_choose(1 << 20));
		put64(PHYS_BASE + 56 + 32 * modules + 24 * ranges);
		put64(0);
	}
	for (unsigned int n = 0; n < ranges; n++) {
		put64((u64)scenario_choose(1 << 20) << 12);
		put64((u64)scenario_choose(1 << 20) << 12);
		put64(1 + scenario_choose(5));
	}
	put_text(scenario_choose(200));
	memory = damaged();
	if (input_size >= 56)
		expect_within_limits(test, pvh_parse(memory, map_memory, &info));
}
SCENARIO(damaged_pvh_is_refused_or_fits, .cpus_max = 1);

/* ---------------------------------------------------------------- ACPI */

/* Make the bytes at offset add up to zero, by the one at which. */
static void set_checksum(size_t offset, size_t size, size_t which)
{
	u8 sum = 0;

	if (offset + size > input_size)
		return;
	input[offset + which] = 0;
	for (size_t i = 0; i < size; i++)
		sum += input[offset + i];
	input[offset + which] = (u8)-sum;
}

static size_t begin_table(const char *signature)
{
	size_t table = input_size;

	put(signature, 4);
	put32(0);
	for (int i = 8; i < 36; i++)
		put8(1);
	return table;
}

static void end_table(size_t table)
{
	put_unaligned_le32((u32)(input_size - table), input + table + 4);
	set_checksum(table, input_size - table, 9);
}

static void put_madt_entry(void)
{
	static const struct { u8 type, size; } entries[] = {
		{ 0, 8 }, { 1, 12 }, { 2, 10 }, { 3, 8 }, { 4, 6 }, { 5, 12 }, { 9, 16 },
		{ 10, 12 }, { 200, 5 },
	};
	unsigned int which = scenario_choose(ARRAY_SIZE(entries));

	put8(entries[which].type);
	put8(entries[which].size);
	for (unsigned int n = entries[which].size - 2; n; n--)
		put8((u8)scenario_choose(4));
}

enum { RSDP = 0, XSDT = 40, HPET = XSDT + 36 + 24, MCFG = HPET + 56, MADT = MCFG + 60 };

static void build_acpi(void)
{
	input_size = 0;
	put("RSD PTR ", 8);
	put8(0);
	put("MAKER ", 6);
	put8(2);
	put32((u32)(PHYS_BASE + XSDT));
	put32(36);
	put64(PHYS_BASE + XSDT);
	put32(0);
	put32(0);
	begin_table("XSDT");
	put64(PHYS_BASE + HPET);
	put64(PHYS_BASE + MCFG);
	put64(PHYS_BASE + MADT);
	end_table(XSDT);
	begin_table("HPET");
	put32(0x8086a201);
	put32(0);
	put64(0xfed00000);
	put32(0);
	end_table(HPET);
	begin_table("MCFG");
	put64(0);
	put64(0xb0000000);
	put32(scenario_choose(2) | scenario_choose(256) << 16 | 255U << 24);
	put32(0);
	end_table(MCFG);
	begin_table("APIC");
	put32(0xfee00000);
	put32(1);
	for (unsigned int n = scenario_choose(20); n; n--)
		put_madt_entry();
	end_table(MADT);
	set_checksum(RSDP, 20, 8);
	set_checksum(RSDP, 36, 32);
}

/* With sums that are right again, the damage reaches what is behind that check. */
static void mend_checksums(void)
{
	set_checksum(MADT, input_size > MADT ? input_size - MADT : 0, 9);
	set_checksum(MCFG, MADT - MCFG, 9);
	set_checksum(HPET, MCFG - HPET, 9);
	set_checksum(XSDT, HPET - XSDT, 9);
	set_checksum(RSDP, 20, 8);
	set_checksum(RSDP, 36, 32);
}

static const void *map_acpi(u64 phys, size_t size)
{
	return map_memory(phys, size);
}

static void read_all(struct kunit *test, const struct acpi_tables *acpi)
{
	struct acpi_madt_walk walk = { .madt = acpi_find_table(acpi, "APIC") };
	struct acpi_madt_entry entry;
	unsigned int entries = 0;
	struct acpi_cpu_list cpus;
	struct acpi_ecam range;
	struct acpi_hpet hpet;
	u32 ids[8];

	if (acpi_hpet(acpi, &hpet)) {
		KUNIT_EXPECT_GE(test, hpet.timers, 1U);
		KUNIT_EXPECT_LE(test, hpet.timers, 32U);
		KUNIT_EXPECT_EQ(test, hpet.address & 7, 0ULL);
	}
	for (unsigned int i = 0; acpi_mcfg_entry(acpi, i, &range); i++)
		KUNIT_EXPECT_LE(test, range.first_bus, range.last_bus);
	while (acpi_madt_next(&walk, &entry))
		entries++;
	KUNIT_EXPECT_LE(test, entries, INPUT_MAX / 2U);
	cpus = acpi_list_cpus(acpi, 0, 255, ids, ARRAY_SIZE(ids));
	KUNIT_EXPECT_GE(test, cpus.listed, 1U);
	KUNIT_EXPECT_LE(test, cpus.listed, (unsigned int)ARRAY_SIZE(ids));
	acpi_madt_lapic_address(acpi);
	acpi_madt_has_8259(acpi);
}

static void damaged_acpi_is_refused_or_fits(struct kunit *test)
{
	static struct acpi_tables acpi;
	struct acpi_source source = { .rsdp = PHYS_BASE, .map = map_acpi };
	u8 *guarded;
	int err;

	build_acpi();
	guarded = damaged();
	if (input_size > MADT + 10 && scenario_choose(2)) {
		mend_checksums();
		memcpy(guarded, input, input_size);
	}
	memory = guarded;
	err = acpi_init(&acpi, &source);
	KUNIT_EXPECT_TRUE(test, err == 0 || err == -ENODEV || err == -EINVAL);
	KUNIT_EXPECT_LE(test, acpi.nr_tables, (unsigned int)ACPI_TABLES_MAX);
	read_all(test, &acpi);
	acpi_search_rsdp(guarded, input_size);
}
SCENARIO(damaged_acpi_is_refused_or_fits, .cpus_max = 1);

/* ---------------------------------------------------------------- command lines */

static int number;
static bool flag;
static unsigned int refused, unknown;

static const struct kernel_param options[] = {
	{ .name = "number", .ops = &param_ops_int, .arg = &number },
	{ .name = "flag", .ops = &param_ops_bool, .arg = &flag },
};

static void note_unknown(const char *param, const char *val, const char *suggestion, void *arg)
{
	unknown++;
}

static void note_invalid(const char *param, const char *val, const char *accepts, int err,
			 void *arg)
{
	refused++;
}

static void put_option(void)
{
	static const char *const texts[] = {
		"number=12", "number=", "number=99999999999999999999", "number=0x", "flag",
		"flag=n", "flag=maybe", "other=\"a b\"", "\"quoted flag\"", "=", "\"", "--", "-",
		"number", "num-ber=1", "a.b.c=d", "  ", "\t",
	};
	const char *text = texts[scenario_choose(ARRAY_SIZE(texts))];

	put(text, strlen(text));
	put8(' ');
}

static void damaged_command_line_is_taken_to_its_end(struct kunit *test)
{
	const struct parse_report report = { .unknown = note_unknown, .invalid = note_invalid };
	char *line;

	input_size = 0;
	for (unsigned int n = 1 + scenario_choose(12); n; n--)
		put_option();
	for (unsigned int n = scenario_choose(4); n; n--)
		input[scenario_choose((unsigned int)input_size)] = (u8)scenario_choose(256);
	input[input_size++] = '\0';
	line = scenario_guarded(input_size);
	memcpy(line, input, input_size);
	parse_args(line, options, ARRAY_SIZE(options), false, &report);
	KUNIT_EXPECT_LE(test, refused + unknown, (unsigned int)input_size);
}
SCENARIO(damaged_command_line_is_taken_to_its_end, .cpus_max = 1);

/* That an overrun would be seen. */
static void overrun_of_guarded_memory_is_a_fault(struct kunit *test)
{
	const volatile u8 *block = scenario_guarded(16);

	KUNIT_EXPECT_EQ(test, block[16], 0);
}
SCENARIO(overrun_of_guarded_memory_is_a_fault, .cpus_max = 1, .finds = "fault");
