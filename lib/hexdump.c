// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bytes as text.
 *
 * Contexts
 *	Any.
 *
 * Tests
 *	tests/boot/vsprintf_test.c
 */
#include <linux/ctype.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/unaligned.h>

/* 32 bytes: numbers with spaces, two spaces, characters. */
#define LINE_SIZE	(32 * 3 + 2 + 32 + 1)

/* A little-endian number of @size bytes. */
static u64 group_value(const u8 *bytes, int size)
{
	switch (size) {
	case 8:
		return get_unaligned_le64(bytes);
	case 4:
		return get_unaligned_le32(bytes);
	case 2:
		return get_unaligned_le16(bytes);
	}
	return bytes[0];
}

int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize, char *linebuf,
		       size_t linebuflen, bool ascii)
{
	const u8 *bytes = buf;
	char line[LINE_SIZE + 8];
	int n = 0, column;

	rowsize = rowsize == 32 ? 32 : 16;
	len = min_t(size_t, len, rowsize);
	if (groupsize != 2 && groupsize != 4 && groupsize != 8)
		groupsize = 1;
	if (len % groupsize)
		groupsize = 1;

	for (size_t i = 0; i < len; i += groupsize)
		n += scnprintf(line + n, sizeof(line) - n, "%s%0*llx", i ? " " : "", groupsize * 2,
			       group_value(bytes + i, groupsize));
	if (ascii && len) {
		/* Below each other, even in a row that is not full. */
		column = rowsize * 2 + rowsize / groupsize + 1;
		n += scnprintf(line + n, sizeof(line) - n, "%*s", column - n, "");
		for (size_t i = 0; i < len; i++)
			line[n++] = isprint(bytes[i]) ? bytes[i] : '.';
		line[n] = '\0';
	}
	return snprintf(linebuf, linebuflen, "%.*s", n, len ? line : "");
}

void print_hex_dump(const char *level, const char *prefix_str, int prefix_type, int rowsize,
		    int groupsize, const void *buf, size_t len, bool ascii)
{
	char line[LINE_SIZE];

	rowsize = rowsize == 32 ? 32 : 16;
	for (size_t at = 0; at < len; at += rowsize) {
		hex_dump_to_buffer(buf + at, len - at, rowsize, groupsize, line, sizeof(line),
				   ascii);
		switch (prefix_type) {
		case DUMP_PREFIX_ADDRESS:
			printk("%s%s%px: %s\n", level, prefix_str, buf + at, line);
			break;
		case DUMP_PREFIX_OFFSET:
			printk("%s%s%.8zx: %s\n", level, prefix_str, at, line);
			break;
		default:
			printk("%s%s%s\n", level, prefix_str, line);
		}
	}
}
