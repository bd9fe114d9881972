// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of the kernel's functions, by address.
 *
 * What
 *	The build puts a table into the image (scripts/kallsyms.py has its form): the functions'
 *	offsets from _text, ascending, and their names. An address belongs to the last function
 *	that begins at or before it; that function ends where the next one begins. Where no table
 *	is linked (the simulated machine, the first link of an image), its symbols are zero and
 *	nothing has a name.
 *
 * Contexts
 *	Any. Read-only data, no locks.
 *
 * Tests
 *	arch/x86/tests/backtrace_test.c; the table itself: tests/tools/test_kallsyms.py
 */
#include <linux/compiler.h>
#include <linux/kallsyms.h>
#include <linux/sprintf.h>

extern const u32 kallsyms_count __weak;
extern const u32 kallsyms_addresses[] __weak;
extern const u32 kallsyms_name_offsets[] __weak;
extern const char kallsyms_names[] __weak;
extern const char _text[] __weak, _etext[] __weak;

/* The last entry whose offset is at most @wanted. The caller has seen that the first one's is. */
static u32 last_at_or_before(u32 wanted)
{
	u32 low = 0, high = kallsyms_count;	/* the entry is in [low, high) */

	while (high - low > 1) {
		u32 middle = low + (high - low) / 2;

		if (kallsyms_addresses[middle] <= wanted)
			low = middle;
		else
			high = middle;
	}
	return low;
}

const char *kallsyms_find(unsigned long address, unsigned long *offset, unsigned long *size)
{
	unsigned long text = (unsigned long)_text;
	unsigned long end = (unsigned long)_etext;
	u32 wanted, entry;

	if (!&kallsyms_count || !kallsyms_count || address < text || address >= end)
		return NULL;
	wanted = (u32)(address - text);
	if (wanted < kallsyms_addresses[0])
		return NULL;

	entry = last_at_or_before(wanted);
	if (entry + 1 < kallsyms_count)
		end = text + kallsyms_addresses[entry + 1];
	if (offset)
		*offset = wanted - kallsyms_addresses[entry];
	if (size)
		*size = end - text - kallsyms_addresses[entry];
	return kallsyms_names + kallsyms_name_offsets[entry];
}

int sprint_symbol(char *buffer, unsigned long address)
{
	unsigned long offset, size;
	const char *name = kallsyms_find(address, &offset, &size);

	if (!name)
		return scnprintf(buffer, KSYM_SYMBOL_LEN, "0x%016lx", address);
	return scnprintf(buffer, KSYM_SYMBOL_LEN, "%.*s+%#lx/%#lx", KSYM_NAME_LEN, name, offset,
			 size);
}

int sprint_symbol_no_offset(char *buffer, unsigned long address)
{
	const char *name = kallsyms_find(address, NULL, NULL);

	if (!name)
		return scnprintf(buffer, KSYM_SYMBOL_LEN, "0x%016lx", address);
	return scnprintf(buffer, KSYM_SYMBOL_LEN, "%.*s", KSYM_NAME_LEN, name);
}
