// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walking up the stack with the compiler's own description of each frame.
 *
 * What
 *	A step finds the row of rules for the present pc (dwarf.c), computes the CFA, and takes
 *	each register's value in the caller from where its rule says. Nothing is guessed, with one
 *	exception: a call through a wild pointer has a pc that nothing describes, and then the
 *	word on top of the stack is taken for the return address, which it is.
 *
 *	Changes of stacks need no case of their own: entry code describes them with rules (an
 *	interrupt's frame on a task's stack is found through the saved stack pointer on the
 *	interrupt stack).
 *
 * Contexts
 *	Any, also when the stack or registers are garbage: each word is read only if its address
 *	is in one of this CPU's stacks, as far as the CPU's own data, not the walk, tells where
 *	they are.
 *
 * Limits
 *	X86_UNWIND_MAX frames. On one stack each step must go up, so a walk cannot go round.
 *
 * Tests
 *	arch/x86/tests/backtrace_test.c
 */
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/array_size.h>
#include <x86/boot.h>
#include <x86/unwind.h>
#include "dwarf.h"

static bool in_text(unsigned long pc)
{
	return pc >= (unsigned long)_text && pc < (unsigned long)_etext;
}

static bool read_stack(unsigned long address, unsigned long *value)
{
	unsigned long low, high;

	if (address & 7 || x86_stack_of(address, &low, &high) == X86_STACK_NONE)
		return false;
	*value = *(const unsigned long *)address;
	return true;
}

void x86_unwind_from(struct x86_unwind *u, const struct pt_regs *regs)
{
	unsigned long low, high;

	*u = (struct x86_unwind) {
		.regs = {
			[DWARF_RAX] = regs->ax, [DWARF_RDX] = regs->dx, [DWARF_RCX] = regs->cx,
			[DWARF_RBX] = regs->bx, [DWARF_RSI] = regs->si, [DWARF_RDI] = regs->di,
			[DWARF_RBP] = regs->bp, [DWARF_RSP] = regs->sp, [DWARF_R8] = regs->r8,
			[DWARF_R9] = regs->r9, [DWARF_R10] = regs->r10, [DWARF_R11] = regs->r11,
			[DWARF_R12] = regs->r12, [DWARF_R13] = regs->r13, [DWARF_R14] = regs->r14,
			[DWARF_R15] = regs->r15, [DWARF_RIP] = regs->ip,
		},
		.pc = regs->ip,
		.sp = regs->sp,
		.stack = x86_stack_of(regs->sp, &low, &high),
		.exact = true,
		.frames = 1,
	};
	BUILD_BUG_ON(ARRAY_SIZE(u->regs) != DWARF_REGS);
}

static bool find_cfa(const struct x86_unwind *u, const struct dwarf_row *row, unsigned long *cfa)
{
	if (row->cfa_expression)
		return dwarf_evaluate(row->cfa_expression, u->regs, 0, read_stack, cfa);
	*cfa = u->regs[row->cfa_register] + (unsigned long)(long)row->cfa_offset;
	return true;
}

/* The caller's value of one register. */
static bool apply_rule(const struct x86_unwind *u, const struct dwarf_rule *rule, unsigned int reg,
		       unsigned long cfa, unsigned long *value)
{
	long operand = rule->value;
	unsigned long address;

	switch (rule->where) {
	case DWARF_SAME:
	case DWARF_UNDEFINED:
		*value = u->regs[reg];
		return true;
	case DWARF_AT_CFA:
		return read_stack(cfa + (unsigned long)operand, value);
	case DWARF_CFA_PLUS:
		*value = cfa + (unsigned long)operand;
		return true;
	case DWARF_IN_REGISTER:
		if (operand < 0 || operand >= DWARF_REGS)
			return false;
		*value = u->regs[operand];
		return true;
	case DWARF_AT_EXPRESSION:
		return dwarf_evaluate(rule->value, u->regs, cfa, read_stack, &address) &&
		       read_stack(address, value);
	case DWARF_EXPRESSION:
		return dwarf_evaluate(rule->value, u->regs, cfa, read_stack, value);
	}
	return false;
}

static bool apply_row(const struct x86_unwind *u, const struct dwarf_row *row, unsigned long *regs)
{
	unsigned long cfa;
	unsigned int reg;

	if (row->rules[DWARF_RIP].where == DWARF_UNDEFINED || !find_cfa(u, row, &cfa))
		return false;
	for (reg = 0; reg < DWARF_REGS; reg++)
		if (!apply_rule(u, &row->rules[reg], reg, cfa, &regs[reg]))
			return false;
	/* Frames that the processor pushed say where rsp is; for calls it is the CFA itself. */
	if (row->rules[DWARF_RSP].where == DWARF_SAME)
		regs[DWARF_RSP] = cfa;
	return true;
}

/* After a call through a wild pointer nothing is on the stack but the return address. */
static bool undo_wild_call(const struct x86_unwind *u, unsigned long *regs)
{
	unsigned int reg;

	if (!u->exact || in_text(u->pc))
		return false;
	for (reg = 0; reg < DWARF_REGS; reg++)
		regs[reg] = u->regs[reg];
	regs[DWARF_RSP] += 8;
	return read_stack(u->sp, &regs[DWARF_RIP]);
}

bool x86_unwind_next(struct x86_unwind *u)
{
	struct dwarf_row row = { .signal = false };
	unsigned long regs[DWARF_REGS], low, high;
	enum x86_stack_kind stack;
	unsigned int reg;

	if (u->frames >= X86_UNWIND_MAX)
		return false;
	/* A call may be a function's last instruction, its return address the next function's. */
	if (dwarf_find_row(u->exact ? u->pc : u->pc - 1, &row)) {
		if (!apply_row(u, &row, regs))
			return false;
	} else if (!undo_wild_call(u, regs)) {
		return false;
	}
	/*
	 * What was interrupted may be anything, a jump into the void or an overflowed stack: it
	 * is shown, and the next step tells. A call comes from code, on a stack. A stack's end is
	 * where its outermost frame points to, so look just below.
	 */
	stack = x86_stack_of(regs[DWARF_RSP] - 1, &low, &high);
	if (row.signal && stack == X86_STACK_NONE)
		stack = x86_stack_above(regs[DWARF_RSP] - 1);
	if (!row.signal && (!in_text(regs[DWARF_RIP]) || stack == X86_STACK_NONE))
		return false;
	if (stack == u->stack && regs[DWARF_RSP] <= u->sp)
		return false;

	for (reg = 0; reg < DWARF_REGS; reg++)
		u->regs[reg] = regs[reg];
	u->pc = regs[DWARF_RIP];
	u->sp = regs[DWARF_RSP];
	u->stack = stack;
	u->exact = row.signal;
	u->frames++;
	return true;
}
