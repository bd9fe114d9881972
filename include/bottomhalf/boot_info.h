/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the loader told us, in one form for all loaders.
 *
 * The parsers (init/boot/) read outside input: every length and offset in it is checked against the
 * limit, strings are cut to size, and what does not fit is dropped with a count, never overrun.
 */
#ifndef _BOTTOMHALF_BOOT_INFO_H
#define _BOTTOMHALF_BOOT_INFO_H

#include <linux/types.h>

#define BOOT_CMDLINE_SIZE	2048
#define BOOT_LOADER_SIZE	64
#define BOOT_RANGES_MAX		128
#define BOOT_MODULES_MAX	16

enum boot_range_type {
	BOOT_RANGE_USABLE = 1,
	BOOT_RANGE_RESERVED = 2,
	BOOT_RANGE_ACPI = 3,		/* tables; usable once read */
	BOOT_RANGE_NVS = 4,
	BOOT_RANGE_BAD = 5,
};

struct boot_range {
	u64 start;
	u64 size;
	enum boot_range_type type;
};

struct boot_module {
	u64 start;
	u64 size;
	char cmdline[BOOT_LOADER_SIZE];
};

struct boot_info {
	char cmdline[BOOT_CMDLINE_SIZE];
	char loader[BOOT_LOADER_SIZE];	/* "GRUB 2.06", "PVH" */
	struct boot_range ranges[BOOT_RANGES_MAX];
	unsigned int nr_ranges;
	struct boot_module modules[BOOT_MODULES_MAX];
	unsigned int nr_modules;
	u64 rsdp;			/* physical address, 0: search the BIOS areas */
	u8 rsdp_copy[36];		/* multiboot2 hands over a copy instead; rsdp_copy_size 0: none */
	unsigned int rsdp_copy_size;
	unsigned int dropped;		/* entries that did not fit or made no sense */
};

extern struct boot_info boot_info;

/**
 * multiboot2_parse - read a multiboot2 information block
 * @block: its first byte
 * @limit: bytes that may be read from there
 * @out: filled in; zeroed first
 *
 * Return: 0; -EINVAL when the block cannot be one (size below 8 or above @limit, a tag that overruns).
 */
int multiboot2_parse(const void *block, size_t limit, struct boot_info *out);

/**
 * pvh_parse - read a PVH start-of-day structure (hvm_start_info)
 * @start: the structure
 * @map: gives the memory at a physical address if @size bytes of it may be read there, else NULL
 * @out: filled in; zeroed first
 *
 * Return: 0; -EINVAL for a wrong magic number or pointers that @map refuses.
 */
int pvh_parse(const void *start, const void *(*map)(u64 phys, u64 size), struct boot_info *out);

#endif
