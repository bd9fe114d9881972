// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PVH start-of-day structure (Xen's hvm_start_info), as `qemu -kernel` hands it over.
 *
 * What
 *	A header with physical addresses of the command line, the modules, the memory map (from
 *	version 1 on) and the ACPI root pointer. Every one is read through the caller's map, which
 *	knows what memory there is; an address that it refuses makes the whole structure worthless:
 *	-EINVAL, and nothing is taken.
 *
 * Contexts
 *	The first steps of the boot. Works on its arguments alone.
 *
 * Limits
 *	ENTRIES_MAX modules and map entries are looked at; what is beyond counts as dropped.
 *
 * Tests
 *	tests/boot/pvh_test.c: valid, with memory that ends at every length, and damaged at every
 *	byte
 */
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <linux/unaligned.h>

#include "record.h"

#define PVH_MAGIC	0x336ec578
#define ENTRIES_MAX	1024u

/* Offsets and sizes in the structure and its tables. */
enum {
	START_MAGIC = 0,
	START_VERSION = 4,
	START_NR_MODULES = 12,
	START_MODULES = 16,
	START_CMDLINE = 24,
	START_RSDP = 32,
	START_MAP = 40,			/* version 1 */
	START_MAP_ENTRIES = 48,

	MODULE_START = 0,
	MODULE_SIZE = 8,
	MODULE_CMDLINE = 16,
	MODULE_ENTRY = 32,

	RANGE_START = 0,
	RANGE_SIZE = 8,
	RANGE_TYPE = 16,
	RANGE_ENTRY = 24,
};

typedef const void *map_fn(u64 phys, u64 size);

static u32 u32_at(const void *base, unsigned int offset)
{
	return get_unaligned_le32(base + offset);
}

static u64 u64_at(const void *base, unsigned int offset)
{
	return get_unaligned_le64(base + offset);
}

/*
 * The string at @phys; nobody says how long it is, so each byte is asked for. Returns 0, -E2BIG if
 * it was cut to fit, -EINVAL if it leads to where no memory is.
 */
static int copy_string(char *to, size_t size, map_fn *map, u64 phys)
{
	for (size_t i = 0; i < size; i++) {
		const char *byte = map(phys + i, 1);

		if (!byte)
			return -EINVAL;
		to[i] = *byte;
		if (!*byte)
			return 0;
	}
	to[size - 1] = '\0';
	return -E2BIG;
}

static int take_cmdline(struct boot_info *out, map_fn *map, u64 phys)
{
	int err = phys ? copy_string(out->cmdline, sizeof(out->cmdline), map, phys) : 0;

	if (err != -E2BIG)
		return err;
	record_cut_cmdline(out);
	return 0;
}

static int take_module(struct boot_info *out, map_fn *map, const void *entry)
{
	struct boot_module *module =
		record_module(out, u64_at(entry, MODULE_START), u64_at(entry, MODULE_SIZE));
	u64 cmdline = u64_at(entry, MODULE_CMDLINE);
	int err;

	if (!module || !cmdline)
		return 0;
	err = copy_string(module->cmdline, sizeof(module->cmdline), map, cmdline);
	return err == -E2BIG ? 0 : err;
}

static int take_range(struct boot_info *out, map_fn *map, const void *entry)
{
	record_range(out, u64_at(entry, RANGE_START), u64_at(entry, RANGE_SIZE),
		     u32_at(entry, RANGE_TYPE));
	return 0;
}

/* Each of @count entries of @size bytes at @phys. */
static int take_table(struct boot_info *out, map_fn *map, u64 phys, u32 count, unsigned int size,
		      int (*take)(struct boot_info *out, map_fn *map, const void *entry))
{
	u32 looked_at = min(count, ENTRIES_MAX);

	for (u32 i = 0; i < looked_at; i++) {
		const void *entry = map(phys + (u64)i * size, size);
		int err = entry ? take(out, map, entry) : -EINVAL;

		if (err)
			return err;
	}
	out->dropped += count - looked_at;
	return 0;
}

static int parse(const void *start, map_fn *map, struct boot_info *out)
{
	u32 modules = u32_at(start, START_NR_MODULES);
	int err;

	if (u32_at(start, START_MAGIC) != PVH_MAGIC)
		return -EINVAL;
	strscpy(out->loader, "PVH");
	out->rsdp = u64_at(start, START_RSDP);
	err = take_cmdline(out, map, u64_at(start, START_CMDLINE));
	if (!err)
		err = take_table(out, map, u64_at(start, START_MODULES), modules, MODULE_ENTRY,
				 take_module);
	if (!err && u32_at(start, START_VERSION) >= 1)
		err = take_table(out, map, u64_at(start, START_MAP),
				 u32_at(start, START_MAP_ENTRIES), RANGE_ENTRY, take_range);
	return err;
}

int pvh_parse(const void *start, const void *(*map)(u64 phys, u64 size), struct boot_info *out)
{
	int err;

	memset(out, 0, sizeof(*out));
	err = parse(start, map, out);
	if (err)
		memset(out, 0, sizeof(*out));
	return err;
}
