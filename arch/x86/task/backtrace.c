// SPDX-License-Identifier: GPL-2.0-only
/*
 * Backtraces, for people and for programs.
 *
 * What
 *	arch_dump_stack() logs a line for each frame, innermost first: its address and
 *	"function+offset/size". A line between them says on which stack the walk goes on when it
 *	changes, and "interrupted" stands behind a frame that was left by an interrupt or
 *	exception, not by a call. arch_backtrace() collects the addresses alone.
 *
 * Contexts
 *	Any, NMI and panic included. No locks but printk's.
 *
 * Tests
 *	arch/x86/tests/backtrace_test.c
 */
#include <linux/kallsyms.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <arch/trap.h>
#include <x86/unwind.h>

static void show_frame(const struct x86_unwind *u)
{
	char symbol[KSYM_SYMBOL_LEN];
	/* A return address may be behind the end of the function that made the call. */
	unsigned long before = u->exact ? 0 : 1;
	unsigned long offset, size;
	const char *name = kallsyms_find(u->pc - before, &offset, &size);

	if (name)
		scnprintf(symbol, sizeof(symbol), "%s+%#lx/%#lx", name, offset + before, size);
	else
		scnprintf(symbol, sizeof(symbol), "(no symbol)");
	pr_err("  [%016lx] %s%s\n", u->pc, symbol, u->exact ? " interrupted" : "");
}

static noinline void dump(struct x86_unwind *u, bool skip_first)
{
	enum x86_stack_kind stack = u->stack;

	pr_err("backtrace, on the %s stack:\n", x86_stack_name(stack));
	do {
		if (u->stack != stack) {
			stack = u->stack;
			pr_err("  -- on the %s stack:\n", x86_stack_name(stack));
		}
		if (!skip_first)
			show_frame(u);
		skip_first = false;
	} while (x86_unwind_next(u));
	if (u->frames >= X86_UNWIND_MAX)
		pr_err("  ... more than %u frames\n", X86_UNWIND_MAX);
}

noinline void arch_dump_stack(const struct pt_regs *regs)
{
	struct x86_unwind u;

	preempt_disable();
	if (regs)
		x86_unwind_from(&u, regs);
	else
		x86_unwind_here(&u);
	dump(&u, !regs);
	preempt_enable_no_resched();
}

noinline unsigned int arch_backtrace(unsigned long *pcs, unsigned int max)
{
	struct x86_unwind u;
	unsigned int n = 0;

	preempt_disable();
	x86_unwind_here(&u);
	while (n < max && x86_unwind_next(&u))
		pcs[n++] = u.pc;
	preempt_enable_no_resched();
	return n;
}
