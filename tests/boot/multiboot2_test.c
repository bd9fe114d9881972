// SPDX-License-Identifier: GPL-2.0-only
/*
 * The multiboot2 parser: a block as GRUB makes it, cut at every length, and damaged at every byte.
 * The block ends right before bytes that must not be read; a parser that reads them sees a tag of
 * its own.
 */
#include <linux/string.h>
#include <linux/unaligned.h>
#include <bottomhalf/boot_info.h>
#include <kunit/test.h>

#define BLOCK_SIZE	4096

struct block {
	u8 *bytes;
	u32 size;
};

static void begin(struct kunit *test, struct block *block)
{
	block->bytes = kunit_kzalloc(test, BLOCK_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, block->bytes);
	block->size = 8;
}

/* Add a tag; its content is @head, then @tail. */
static void add_tag(struct block *block, u32 type, const void *head, u32 head_size,
		    const void *tail, u32 tail_size)
{
	u8 *tag = block->bytes + block->size;

	put_unaligned_le32(type, tag);
	put_unaligned_le32(8 + head_size + tail_size, tag + 4);
	memcpy(tag + 8, head, head_size);
	memcpy(tag + 8 + head_size, tail, tail_size);
	block->size += (8 + head_size + tail_size + 7) & ~7u;
	put_unaligned_le32(block->size, block->bytes);
}

static void add_string(struct block *block, u32 type, const char *string)
{
	add_tag(block, type, string, (u32)strlen(string) + 1, "", 0);
}

static void add_module(struct block *block, u32 start, u32 end, const char *cmdline)
{
	u32 head[2] = { start, end };

	add_tag(block, 3, head, sizeof(head), cmdline, (u32)strlen(cmdline) + 1);
}

struct map_entry {
	u64 base, length;
	u32 type, zero;
};

static void add_map(struct block *block, const struct map_entry *entries, u32 count)
{
	u32 head[2] = { sizeof(*entries), 0 };

	add_tag(block, 6, head, sizeof(head), entries, count * (u32)sizeof(*entries));
}

static const struct map_entry usual_map[] = {
	{ 0, 0x9fc00, 1, 0 },
	{ 0x9fc00, 0x400, 2, 0 },
	{ 0x100000, 0x7ee0000, 1, 0 },
	{ 0x7fe0000, 0x20000, 3, 0 },
	{ 0xfffc0000, 0x40000, 77, 0 },
};

static void make_usual(struct kunit *test, struct block *block)
{
	static const u8 rsdp[36] = "RSD PTR ";

	begin(test, block);
	add_string(block, 1, "loglevel=7 kunit.filter_glob=softirq*");
	add_string(block, 2, "GRUB 2.06-13");
	add_module(block, 0x200000, 0x201000, "initrd");
	add_map(block, usual_map, ARRAY_SIZE(usual_map));
	add_tag(block, 14, rsdp, 20, "", 0);
	add_tag(block, 15, rsdp, 36, "", 0);
	add_tag(block, 4242, "unknown", 8, "", 0);
	add_tag(block, 0, "", 0, "", 0);
}

static struct boot_info *new_info(struct kunit *test)
{
	struct boot_info *info = kunit_kmalloc(test, sizeof(*info), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, info);
	memset(info, 0xa5, sizeof(*info));
	return info;
}

/* Whatever was read: counts in their bounds, strings ended. */
static void expect_bounds(struct kunit *test, const struct boot_info *info)
{
	KUNIT_ASSERT_LE(test, info->nr_ranges, BOOT_RANGES_MAX);
	KUNIT_ASSERT_LE(test, info->nr_modules, BOOT_MODULES_MAX);
	KUNIT_ASSERT_LE(test, info->rsdp_copy_size, sizeof(info->rsdp_copy));
	KUNIT_ASSERT_LT(test, strnlen(info->cmdline, BOOT_CMDLINE_SIZE), BOOT_CMDLINE_SIZE);
	KUNIT_ASSERT_LT(test, strnlen(info->loader, BOOT_LOADER_SIZE), BOOT_LOADER_SIZE);
	for (int i = 0; i < info->nr_ranges; i++) {
		KUNIT_ASSERT_GT(test, info->ranges[i].size, 0);
		KUNIT_ASSERT_GE(test, info->ranges[i].start + info->ranges[i].size - 1,
				info->ranges[i].start);
	}
	for (int i = 0; i < info->nr_modules; i++)
		KUNIT_ASSERT_LT(test, strnlen(info->modules[i].cmdline, BOOT_LOADER_SIZE),
				BOOT_LOADER_SIZE);
}

static void usual_block_is_read_whole(struct kunit *test)
{
	struct boot_info *info = new_info(test);
	struct block block;

	make_usual(test, &block);
	KUNIT_ASSERT_EQ(test, multiboot2_parse(block.bytes, block.size, info), 0);
	KUNIT_EXPECT_STREQ(test, info->cmdline, "loglevel=7 kunit.filter_glob=softirq*");
	KUNIT_EXPECT_STREQ(test, info->loader, "GRUB 2.06-13");
	KUNIT_EXPECT_EQ(test, info->nr_modules, 1);
	KUNIT_EXPECT_EQ(test, info->modules[0].start, 0x200000);
	KUNIT_EXPECT_EQ(test, info->modules[0].size, 0x1000);
	KUNIT_EXPECT_STREQ(test, info->modules[0].cmdline, "initrd");
	KUNIT_ASSERT_EQ(test, info->nr_ranges, ARRAY_SIZE(usual_map));
	for (int i = 0; i < info->nr_ranges; i++) {
		KUNIT_EXPECT_EQ(test, info->ranges[i].start, usual_map[i].base);
		KUNIT_EXPECT_EQ(test, info->ranges[i].size, usual_map[i].length);
	}
	KUNIT_EXPECT_EQ(test, info->ranges[3].type, BOOT_RANGE_ACPI);
	KUNIT_EXPECT_EQ(test, info->ranges[4].type, BOOT_RANGE_RESERVED);
	KUNIT_EXPECT_EQ(test, info->rsdp_copy_size, 36);
	KUNIT_EXPECT_MEMEQ(test, info->rsdp_copy, "RSD PTR ", 8);
	KUNIT_EXPECT_EQ(test, info->dropped, 0);
}

static void block_cut_at_any_length_is_refused_and_leaves_nothing(struct kunit *test)
{
	struct boot_info *info = new_info(test);
	struct block block;

	make_usual(test, &block);
	for (u32 limit = 0; limit < block.size; limit++) {
		KUNIT_ASSERT_EQ(test, multiboot2_parse(block.bytes, limit, info), -EINVAL);
		KUNIT_ASSERT_NULL(test, memchr_inv(info, 0, sizeof(*info)));
	}
}

static void total_size_cut_at_any_length_never_reads_beyond(struct kunit *test)
{
	struct boot_info *info = new_info(test);
	struct block block;

	make_usual(test, &block);
	for (u32 size = 0; size < block.size; size++) {
		u8 *exact = kunit_kmalloc(test, max(size, 8u), GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, exact);
		memcpy(exact, block.bytes, size);
		put_unaligned_le32(size, exact);
		if (multiboot2_parse(exact, max(size, 8u), info))
			KUNIT_ASSERT_NULL(test, memchr_inv(info, 0, sizeof(*info)));
		else
			expect_bounds(test, info);
		kunit_kfree(test, exact);
	}
}

static void damage_at_any_byte_is_survived(struct kunit *test)
{
	static const u8 damages[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
	struct boot_info *info = new_info(test);
	struct block block;

	make_usual(test, &block);
	for (u32 at = 0; at < block.size; at++) {
		u8 good = block.bytes[at];

		for (int i = 0; i < ARRAY_SIZE(damages); i++) {
			block.bytes[at] = damages[i];
			if (multiboot2_parse(block.bytes, block.size, info))
				KUNIT_ASSERT_EQ(test, info->nr_ranges, 0);
			else
				expect_bounds(test, info);
		}
		block.bytes[at] = good;
	}
}

static void impossible_tag_sizes_are_refused(struct kunit *test)
{
	static const u32 sizes[] = { 0, 7, 0x80000000, 0xfffffff8, 0xffffffff };
	struct boot_info *info = new_info(test);
	struct block block;

	make_usual(test, &block);
	for (int i = 0; i < ARRAY_SIZE(sizes); i++) {
		put_unaligned_le32(sizes[i], block.bytes + 12);
		KUNIT_EXPECT_EQ(test, multiboot2_parse(block.bytes, block.size, info), -EINVAL);
	}
}

static void missing_end_tag_or_padding_is_forgiven(struct kunit *test)
{
	struct boot_info *info = new_info(test);
	struct block block;

	begin(test, &block);
	add_string(&block, 1, "abcd");
	KUNIT_EXPECT_EQ(test, multiboot2_parse(block.bytes, block.size, info), 0);
	KUNIT_EXPECT_STREQ(test, info->cmdline, "abcd");
	put_unaligned_le32(8 + 13, block.bytes);
	KUNIT_EXPECT_EQ(test, multiboot2_parse(block.bytes, 8 + 13, info), 0);
	KUNIT_EXPECT_STREQ(test, info->cmdline, "abcd");
}

static void string_without_end_stops_at_its_tags_end(struct kunit *test)
{
	struct boot_info *info = new_info(test);
	struct block block;

	begin(test, &block);
	add_tag(&block, 1, "12345678", 8, "", 0);
	add_string(&block, 2, "loader");
	KUNIT_EXPECT_EQ(test, multiboot2_parse(block.bytes, block.size, info), 0);
	KUNIT_EXPECT_STREQ(test, info->cmdline, "12345678");
	KUNIT_EXPECT_STREQ(test, info->loader, "loader");
}

static void command_line_too_long_ends_before_the_cut_option(struct kunit *test)
{
	struct boot_info *info = new_info(test);
	char *line = kunit_kzalloc(test, BLOCK_SIZE, GFP_KERNEL);
	struct block block;

	KUNIT_ASSERT_NOT_NULL(test, line);
	memset(line, 'a', BOOT_CMDLINE_SIZE + 100);
	line[BOOT_CMDLINE_SIZE - 20] = ' ';
	begin(test, &block);
	add_string(&block, 1, line);
	KUNIT_EXPECT_EQ(test, multiboot2_parse(block.bytes, block.size, info), 0);
	KUNIT_EXPECT_EQ(test, strlen(strim(info->cmdline)), BOOT_CMDLINE_SIZE - 20);
	KUNIT_EXPECT_EQ(test, info->dropped, 1);
}

static void entries_that_make_no_sense_are_dropped_and_counted(struct kunit *test)
{
	static const struct map_entry odd[] = {
		{ 0x1000, 0, 1, 0 },
		{ ~0ULL - 10, 100, 1, 0 },
		{ ~0ULL, 1, 1, 0 },
		{ 0x100000, 0x1000, 0, 0 },
	};
	struct boot_info *info = new_info(test);
	struct block block;
	u32 small[2] = { 16, 0 };

	begin(test, &block);
	add_map(&block, odd, ARRAY_SIZE(odd));
	add_module(&block, 0x2000, 0x1000, "backwards");
	add_tag(&block, 3, "abc", 4, "", 0);
	add_tag(&block, 6, small, sizeof(small), "", 0);
	add_tag(&block, 14, "RSD PTR ", 8, "", 0);
	KUNIT_EXPECT_EQ(test, multiboot2_parse(block.bytes, block.size, info), 0);
	expect_bounds(test, info);
	KUNIT_EXPECT_EQ(test, info->nr_ranges, 2);
	KUNIT_EXPECT_EQ(test, info->ranges[1].type, BOOT_RANGE_RESERVED);
	KUNIT_EXPECT_EQ(test, info->nr_modules, 0);
	KUNIT_EXPECT_EQ(test, info->dropped, 6);
}

static void entries_beyond_the_table_are_dropped_and_counted(struct kunit *test)
{
	struct map_entry *map = kunit_kcalloc(test, 140, sizeof(*map), GFP_KERNEL);
	struct boot_info *info = new_info(test);
	struct block block;

	KUNIT_ASSERT_NOT_NULL(test, map);
	begin(test, &block);
	for (int i = 0; i < 140; i++)
		map[i] = (struct map_entry){ i * 0x10000ULL, 0x1000, 1, 0 };
	add_map(&block, map, 140);
	for (int i = 0; i < BOOT_MODULES_MAX + 3; i++)
		add_module(&block, 0x1000, 0x2000, "m");
	KUNIT_EXPECT_EQ(test, multiboot2_parse(block.bytes, block.size, info), 0);
	KUNIT_EXPECT_EQ(test, info->nr_ranges, BOOT_RANGES_MAX);
	KUNIT_EXPECT_EQ(test, info->nr_modules, BOOT_MODULES_MAX);
	KUNIT_EXPECT_EQ(test, info->dropped, 140 - BOOT_RANGES_MAX + 3);
}

static void two_memory_sizes_serve_where_there_is_no_map(struct kunit *test)
{
	u32 sizes[2] = { 640, 65536 };
	struct boot_info *info = new_info(test);
	struct block block;

	begin(test, &block);
	add_tag(&block, 4, sizes, sizeof(sizes), "", 0);
	KUNIT_EXPECT_EQ(test, multiboot2_parse(block.bytes, block.size, info), 0);
	KUNIT_EXPECT_EQ(test, info->nr_ranges, 2);
	KUNIT_EXPECT_EQ(test, info->ranges[0].size, 640 << 10);
	KUNIT_EXPECT_EQ(test, info->ranges[1].start, 1 << 20);
	KUNIT_EXPECT_EQ(test, info->ranges[1].size, 64 << 20);
	add_map(&block, usual_map, 1);
	KUNIT_EXPECT_EQ(test, multiboot2_parse(block.bytes, block.size, info), 0);
	KUNIT_EXPECT_EQ(test, info->nr_ranges, 1);
}

static struct kunit_case multiboot2_cases[] = {
	KUNIT_CASE(usual_block_is_read_whole),
	KUNIT_CASE(block_cut_at_any_length_is_refused_and_leaves_nothing),
	KUNIT_CASE(total_size_cut_at_any_length_never_reads_beyond),
	KUNIT_CASE(damage_at_any_byte_is_survived),
	KUNIT_CASE(impossible_tag_sizes_are_refused),
	KUNIT_CASE(missing_end_tag_or_padding_is_forgiven),
	KUNIT_CASE(string_without_end_stops_at_its_tags_end),
	KUNIT_CASE(command_line_too_long_ends_before_the_cut_option),
	KUNIT_CASE(entries_that_make_no_sense_are_dropped_and_counted),
	KUNIT_CASE(entries_beyond_the_table_are_dropped_and_counted),
	KUNIT_CASE(two_memory_sizes_serve_where_there_is_no_map),
	{}
};
static struct kunit_suite multiboot2_suite = { .name = "multiboot2",
					       .test_cases = multiboot2_cases };
kunit_test_suite(multiboot2_suite);
