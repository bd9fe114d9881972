/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parsers of loaders' data share: each adds one thing to a boot_info, if it makes sense
 * and fits, and counts it as dropped otherwise.
 */
#ifndef _INIT_BOOT_RECORD_H
#define _INIT_BOOT_RECORD_H

#include <bottomhalf/boot_info.h>

/* A range of memory; its type is the number that ACPI, multiboot2 and PVH have in common. */
void record_range(struct boot_info *out, u64 start, u64 size, u32 type);
/* A module, or NULL; the caller fills in its command line. */
struct boot_module *record_module(struct boot_info *out, u64 start, u64 size);
/*
 * The command line has been copied, but for what did not fit: it ends before the option that is
 * cut.
 */
void record_cut_cmdline(struct boot_info *out);

#endif
