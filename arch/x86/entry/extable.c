// SPDX-License-Identifier: GPL-2.0-only
/*
 * The exception table: which instructions may fault, and where to go on.
 *
 * What
 *	x86/extable.h makes entries; here they are looked up. The table is in the order of the
 *	link, not sorted: it has a few dozen entries, and is read when something has faulted
 *	already.
 *
 * Contexts
 *	Exception, NMI. Nothing but read-only data is touched.
 *
 * Tests
 *	arch/x86/tests/exception_test.c (A11)
 */
#include <linux/compiler.h>
#include <x86/extable.h>

extern const struct x86_extable_entry __start___ex_table[], __stop___ex_table[];

static unsigned long target(const s32 *relative)
{
	return (unsigned long)relative + (unsigned long)(long)*relative;
}

bool x86_fixup_exception(struct pt_regs *regs, unsigned long vector)
{
	const struct x86_extable_entry *entry;

	for (entry = __start___ex_table; entry < __stop___ex_table; entry++) {
		if (target(&entry->from) != regs->ip)
			continue;
		regs->ip = target(&entry->to);
		if (entry->kind == X86_EXTABLE_VECTOR)
			regs->ax = vector;
		return true;
	}
	return false;
}
