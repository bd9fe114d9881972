// SPDX-License-Identifier: GPL-2.0-only
/*
 * The multiboot2 information block, as GRUB hands it over.
 *
 * What
 *	Eight bytes of header (total size, reserved), then tags, each a multiple of eight bytes
 *	behind the one before: type, size, content. Read: command line, loader's name, modules,
 *	memory map (or, without one, the two sizes that older loaders give), copies of the ACPI root
 *	pointer.
 *
 *	Framing that is wrong (a size below a header's, or beyond the block) makes the whole block
 *	worthless: -EINVAL, and nothing is taken. Content that is wrong costs only itself.
 *
 * Contexts
 *	The first steps of the boot. Works on its arguments alone; the block may lie at any address.
 *
 * Limits
 *	A pass over the block.
 *
 * Tests
 *	tests/boot/multiboot2_test.c: valid, cut at every length, and damaged at every byte
 */
#include <linux/errno.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/unaligned.h>

#include "record.h"

#define HEADER_SIZE	8u
#define TAG_HEADER_SIZE	8u
#define TAG_ALIGN	8u

enum tag_type {
	TAG_END = 0,
	TAG_CMDLINE = 1,
	TAG_LOADER = 2,
	TAG_MODULE = 3,
	TAG_MEMORY_SIZES = 4,
	TAG_MEMORY_MAP = 6,
	TAG_RSDP_1 = 14,
	TAG_RSDP_2 = 15,
};

#define MODULE_STRING	8u	/* in the content: start, end, string */
#define MAP_ENTRIES	8u	/* in the content: entry size, entry version, entries */
#define MAP_ENTRY_MIN	24u	/* base, length, type, reserved */
#define RSDP_1_SIZE	20u

/* A tag's content. */
struct content {
	const u8 *bytes;
	u32 size;
};

static u32 u32_at(struct content content, u32 offset)
{
	return get_unaligned_le32(content.bytes + offset);
}

static u64 u64_at(struct content content, u32 offset)
{
	return get_unaligned_le64(content.bytes + offset);
}

/* The string at @offset, which may lack its end. False if it was cut to fit. */
static bool copy_string(char *to, size_t size, struct content content, u32 offset)
{
	size_t length = strnlen((const char *)content.bytes + offset, content.size - offset);
	size_t copied = min(length, size - 1);

	memcpy(to, content.bytes + offset, copied);
	to[copied] = '\0';
	return copied == length;
}

static void take_module(struct boot_info *out, struct content content)
{
	struct boot_module *module;
	u32 start, end;

	if (content.size < MODULE_STRING) {
		out->dropped++;
		return;
	}
	start = u32_at(content, 0);
	end = u32_at(content, 4);
	module = record_module(out, start, end > start ? end - start : 0);
	if (module)
		copy_string(module->cmdline, sizeof(module->cmdline), content, MODULE_STRING);
}

static void take_memory_map(struct boot_info *out, struct content content)
{
	u32 entry_size = content.size < MAP_ENTRIES ? 0 : u32_at(content, 0);

	if (entry_size < MAP_ENTRY_MIN) {
		out->dropped++;
		return;
	}
	for (u32 at = MAP_ENTRIES; content.size - at >= entry_size; at += entry_size)
		record_range(out, u64_at(content, at), u64_at(content, at + 8),
			     u32_at(content, at + 16));
}

/* Older loaders: KiB from 0 on, KiB from 1 MiB on. */
static void take_memory_sizes(struct boot_info *out, struct content content)
{
	if (content.size < 8 || !u32_at(content, 4)) {
		out->dropped++;
		return;
	}
	if (u32_at(content, 0))
		record_range(out, 0, (u64)u32_at(content, 0) << 10, BOOT_RANGE_USABLE);
	record_range(out, 1 << 20, (u64)u32_at(content, 4) << 10, BOOT_RANGE_USABLE);
}

/* The longer, newer form is kept if both are there. */
static void take_rsdp(struct boot_info *out, struct content content)
{
	u32 size = min_t(u32, content.size, sizeof(out->rsdp_copy));

	if (size < RSDP_1_SIZE) {
		out->dropped++;
	} else if (size > out->rsdp_copy_size) {
		memcpy(out->rsdp_copy, content.bytes, size);
		out->rsdp_copy_size = size;
	}
}

static void take_tag(struct boot_info *out, u32 type, struct content content, struct content *sizes)
{
	switch (type) {
	case TAG_CMDLINE:
		if (!copy_string(out->cmdline, sizeof(out->cmdline), content, 0))
			record_cut_cmdline(out);
		break;
	case TAG_LOADER:
		copy_string(out->loader, sizeof(out->loader), content, 0);
		break;
	case TAG_MODULE:
		take_module(out, content);
		break;
	case TAG_MEMORY_SIZES:
		*sizes = content;
		break;
	case TAG_MEMORY_MAP:
		take_memory_map(out, content);
		break;
	case TAG_RSDP_1:
	case TAG_RSDP_2:
		take_rsdp(out, content);
		break;
	}
}

static int parse(const u8 *block, size_t limit, struct boot_info *out)
{
	struct content sizes = { NULL, 0 };
	u64 total, at;

	if (limit < HEADER_SIZE)
		return -EINVAL;
	total = get_unaligned_le32(block);
	if (total < HEADER_SIZE || total > limit)
		return -EINVAL;

	for (at = HEADER_SIZE; total - at >= TAG_HEADER_SIZE;) {
		u32 type = get_unaligned_le32(block + at);
		u32 size = get_unaligned_le32(block + at + 4);

		if (size < TAG_HEADER_SIZE || size > total - at)
			return -EINVAL;
		if (type == TAG_END)
			break;
		take_tag(out, type,
			 (struct content){ block + at + TAG_HEADER_SIZE, size - TAG_HEADER_SIZE },
			 &sizes);
		/* The last tag may lack its padding. */
		at += min(round_up((u64)size, TAG_ALIGN), total - at);
	}
	if (!out->nr_ranges && sizes.bytes)
		take_memory_sizes(out, sizes);
	return 0;
}

int multiboot2_parse(const void *block, size_t limit, struct boot_info *out)
{
	int err;

	memset(out, 0, sizeof(*out));
	err = parse(block, limit, out);
	if (err)
		memset(out, 0, sizeof(*out));
	return err;
}
