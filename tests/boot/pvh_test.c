// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PVH parser: a structure as QEMU makes it, in a small physical memory of our own whose end can
 * be put anywhere; damaged at every byte.
 */
#include <linux/string.h>
#include <linux/unaligned.h>
#include <bottomhalf/boot_info.h>
#include <kunit/test.h>

/* The physical memory: from MEMORY_BASE on, memory_size bytes of it exist. */
#define MEMORY_BASE	0x10000
#define MEMORY_MAX	8192

#define AT_START	0
#define AT_CMDLINE	64
#define AT_MODULES	192
#define AT_MODULE_LINE	256
#define AT_MAP		320
#define AT_END		(AT_MAP + 3 * 24)

static u8 *memory;
static u64 memory_size;

static const void *map_memory(u64 phys, u64 size)
{
	u64 at = phys - MEMORY_BASE;

	if (at > memory_size || size > memory_size - at)
		return NULL;
	return memory + at;
}

static void put_range(int i, u64 start, u64 size, u32 type)
{
	u8 *entry = memory + AT_MAP + i * 24;

	put_unaligned_le64(start, entry);
	put_unaligned_le64(size, entry + 8);
	put_unaligned_le32(type, entry + 16);
}

static int pvh_init(struct kunit *test)
{
	memory = kunit_kzalloc(test, MEMORY_MAX, GFP_KERNEL);
	if (!memory)
		return -ENOMEM;
	memory_size = AT_END;
	put_unaligned_le32(0x336ec578, memory);
	put_unaligned_le32(1, memory + 4);
	put_unaligned_le32(1, memory + 12);
	put_unaligned_le64(MEMORY_BASE + AT_MODULES, memory + 16);
	put_unaligned_le64(MEMORY_BASE + AT_CMDLINE, memory + 24);
	put_unaligned_le64(0xf5b20, memory + 32);
	put_unaligned_le64(MEMORY_BASE + AT_MAP, memory + 40);
	put_unaligned_le32(3, memory + 48);
	strcpy((char *)memory + AT_CMDLINE, "quiet kunit.list");
	put_unaligned_le64(0x400000, memory + AT_MODULES);
	put_unaligned_le64(0x5000, memory + AT_MODULES + 8);
	put_unaligned_le64(MEMORY_BASE + AT_MODULE_LINE, memory + AT_MODULES + 16);
	strcpy((char *)memory + AT_MODULE_LINE, "initrd");
	put_range(0, 0, 0x9fc00, 1);
	put_range(1, 0x100000, 0x7ee0000, 1);
	put_range(2, 0xfffc0000, 0x40000, 2);
	return 0;
}

static struct boot_info *new_info(struct kunit *test)
{
	struct boot_info *info = kunit_kmalloc(test, sizeof(*info), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, info);
	memset(info, 0xa5, sizeof(*info));
	return info;
}

static int parse(struct boot_info *info)
{
	return pvh_parse(memory + AT_START, map_memory, info);
}

static void usual_structure_is_read_whole(struct kunit *test)
{
	struct boot_info *info = new_info(test);

	KUNIT_ASSERT_EQ(test, parse(info), 0);
	KUNIT_EXPECT_STREQ(test, info->loader, "PVH");
	KUNIT_EXPECT_STREQ(test, info->cmdline, "quiet kunit.list");
	KUNIT_EXPECT_EQ(test, info->rsdp, 0xf5b20);
	KUNIT_EXPECT_EQ(test, info->nr_modules, 1);
	KUNIT_EXPECT_EQ(test, info->modules[0].start, 0x400000);
	KUNIT_EXPECT_EQ(test, info->modules[0].size, 0x5000);
	KUNIT_EXPECT_STREQ(test, info->modules[0].cmdline, "initrd");
	KUNIT_EXPECT_EQ(test, info->nr_ranges, 3);
	KUNIT_EXPECT_EQ(test, info->ranges[1].start, 0x100000);
	KUNIT_EXPECT_EQ(test, info->ranges[2].type, BOOT_RANGE_RESERVED);
	KUNIT_EXPECT_EQ(test, info->dropped, 0);
}

static void wrong_magic_is_refused(struct kunit *test)
{
	struct boot_info *info = new_info(test);

	memory[0] ^= 1;
	KUNIT_EXPECT_EQ(test, parse(info), -EINVAL);
	KUNIT_EXPECT_NULL(test, memchr_inv(info, 0, sizeof(*info)));
}

static void version_0_has_no_memory_map(struct kunit *test)
{
	struct boot_info *info = new_info(test);

	put_unaligned_le32(0, memory + 4);
	KUNIT_EXPECT_EQ(test, parse(info), 0);
	KUNIT_EXPECT_EQ(test, info->nr_ranges, 0);
	KUNIT_EXPECT_EQ(test, info->nr_modules, 1);
}

static void structure_without_extras_is_fine(struct kunit *test)
{
	struct boot_info *info = new_info(test);

	memset(memory + 12, 0, 44);
	KUNIT_EXPECT_EQ(test, parse(info), 0);
	KUNIT_EXPECT_STREQ(test, info->cmdline, "");
	KUNIT_EXPECT_EQ(test, info->nr_modules + info->nr_ranges + info->dropped, 0);
}

static void memory_that_ends_too_early_is_refused_at_every_length(struct kunit *test)
{
	struct boot_info *info = new_info(test);

	for (memory_size = 0; memory_size < AT_END; memory_size++) {
		KUNIT_ASSERT_EQ(test, parse(info), -EINVAL);
		KUNIT_ASSERT_NULL(test, memchr_inv(info, 0, sizeof(*info)));
	}
}

static void damage_at_any_byte_is_survived(struct kunit *test)
{
	static const u8 damages[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
	struct boot_info *info = new_info(test);

	for (u32 at = 0; at < AT_END; at++) {
		u8 good = memory[at];

		for (int i = 0; i < ARRAY_SIZE(damages); i++) {
			memory[at] = damages[i];
			if (parse(info))
				KUNIT_ASSERT_EQ(test, info->nr_ranges, 0);
			KUNIT_ASSERT_LE(test, info->nr_ranges, BOOT_RANGES_MAX);
			KUNIT_ASSERT_LE(test, info->nr_modules, BOOT_MODULES_MAX);
			KUNIT_ASSERT_LT(test, strnlen(info->cmdline, BOOT_CMDLINE_SIZE),
					BOOT_CMDLINE_SIZE);
		}
		memory[at] = good;
	}
}

static void addresses_at_the_end_of_the_world_are_refused(struct kunit *test)
{
	struct boot_info *info = new_info(test);

	put_unaligned_le64(~0ULL, memory + 24);
	KUNIT_EXPECT_EQ(test, parse(info), -EINVAL);
	put_unaligned_le64(0, memory + 24);
	put_unaligned_le64(~0ULL - 8, memory + 40);
	KUNIT_EXPECT_EQ(test, parse(info), -EINVAL);
}

static void endless_tables_are_cut_and_counted(struct kunit *test)
{
	struct boot_info *info = new_info(test);

	/*
	 * Entries that can be read: the whole of memory again and again would be too few for that.
	 */
	memory_size = MEMORY_MAX;
	put_unaligned_le32(200, memory + 48);
	for (int i = 0; i < 200; i++)
		put_range(i, i * 0x10000ULL, 0x1000, 1);
	KUNIT_EXPECT_EQ(test, parse(info), 0);
	KUNIT_EXPECT_EQ(test, info->nr_ranges, BOOT_RANGES_MAX);
	KUNIT_EXPECT_EQ(test, info->dropped, 200 - BOOT_RANGES_MAX);
	put_unaligned_le32(0xffffffff, memory + 48);
	KUNIT_EXPECT_EQ(test, parse(info), -EINVAL);
}

static void command_line_too_long_ends_before_the_cut_option(struct kunit *test)
{
	struct boot_info *info = new_info(test);

	memory_size = MEMORY_MAX;
	put_unaligned_le64(MEMORY_BASE + 1024, memory + 24);
	memset(memory + 1024, 'a', BOOT_CMDLINE_SIZE + 100);
	memory[1024 + 1000] = ' ';
	KUNIT_EXPECT_EQ(test, parse(info), 0);
	KUNIT_EXPECT_EQ(test, strlen(strim(info->cmdline)), 1000);
	KUNIT_EXPECT_EQ(test, info->dropped, 1);
}

static struct kunit_case pvh_cases[] = {
	KUNIT_CASE(usual_structure_is_read_whole),
	KUNIT_CASE(wrong_magic_is_refused),
	KUNIT_CASE(version_0_has_no_memory_map),
	KUNIT_CASE(structure_without_extras_is_fine),
	KUNIT_CASE(memory_that_ends_too_early_is_refused_at_every_length),
	KUNIT_CASE(damage_at_any_byte_is_survived),
	KUNIT_CASE(addresses_at_the_end_of_the_world_are_refused),
	KUNIT_CASE(endless_tables_are_cut_and_counted),
	KUNIT_CASE(command_line_too_long_ends_before_the_cut_option),
	{}
};
static struct kunit_suite pvh_suite = { .name = "pvh", .init = pvh_init, .test_cases = pvh_cases };
kunit_test_suite(pvh_suite);
