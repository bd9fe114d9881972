// SPDX-License-Identifier: GPL-2.0-only
/*
 * What loaders tell, put into one form: ranges, modules, a command line.
 *
 * Contexts
 *	The first steps of the boot: no log, no allocator. Works on its arguments alone.
 *
 * Limits
 *	BOOT_RANGES_MAX, BOOT_MODULES_MAX, BOOT_CMDLINE_SIZE; what is beyond is counted in dropped.
 *
 * Tests
 *	tests/boot/multiboot2_test.c, tests/boot/pvh_test.c
 */
#include <linux/ctype.h>
#include <linux/string.h>

#include "record.h"

static bool is_sound(u64 start, u64 size)
{
	return size && start + size - 1 >= start;
}

void record_range(struct boot_info *out, u64 start, u64 size, u32 type)
{
	if (!is_sound(start, size) || out->nr_ranges == BOOT_RANGES_MAX) {
		out->dropped++;
		return;
	}
	/* A type that we do not know is memory that we do not touch. */
	if (type < BOOT_RANGE_USABLE || type > BOOT_RANGE_BAD)
		type = BOOT_RANGE_RESERVED;
	out->ranges[out->nr_ranges++] = (struct boot_range){ start, size, type };
}

struct boot_module *record_module(struct boot_info *out, u64 start, u64 size)
{
	struct boot_module *module;

	if (!is_sound(start, size) || out->nr_modules == BOOT_MODULES_MAX) {
		out->dropped++;
		return NULL;
	}
	module = &out->modules[out->nr_modules++];
	module->start = start;
	module->size = size;
	return module;
}

void record_cut_cmdline(struct boot_info *out)
{
	size_t end = strlen(out->cmdline);

	while (end && !isspace(out->cmdline[end - 1]))
		end--;
	out->cmdline[end] = '\0';
	out->dropped++;
}
