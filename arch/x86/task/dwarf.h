/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How to get from a frame to its caller: what the compiler wrote about it in .eh_frame.
 */
#ifndef _X86_TASK_DWARF_H
#define _X86_TASK_DWARF_H

#include <linux/types.h>

/* DWARF's numbers of the registers; the last one is the return address, rip. */
enum {
	DWARF_RAX, DWARF_RDX, DWARF_RCX, DWARF_RBX, DWARF_RSI, DWARF_RDI, DWARF_RBP, DWARF_RSP,
	DWARF_R8, DWARF_R9, DWARF_R10, DWARF_R11, DWARF_R12, DWARF_R13, DWARF_R14, DWARF_R15,
	DWARF_RIP,
	DWARF_REGS
};

/* Where the caller's value of a register is. */
enum dwarf_where {
	DWARF_SAME,		/* unchanged */
	DWARF_UNDEFINED,	/* lost; for rip: this is the outermost frame */
	DWARF_AT_CFA,		/* in memory, at CFA + value */
	DWARF_CFA_PLUS,		/* it is CFA + value */
	DWARF_IN_REGISTER,	/* in register value */
	DWARF_AT_EXPRESSION,	/* in memory, at the address that the expression makes of the CFA */
	DWARF_EXPRESSION,	/* it is what the expression makes of the CFA */
};

struct dwarf_rule {
	enum dwarf_where where:8;
	s32 value;		/* of an expression: its offset from the beginning of .eh_frame */
};

/*
 * One row of the table that the instructions make: how to find the caller's registers at one pc.
 * The CFA, "canonical frame address", is the value that rsp has in the caller after the return.
 */
struct dwarf_row {
	struct dwarf_rule rules[DWARF_REGS];
	s32 cfa_offset;
	s32 cfa_expression;	/* its offset in .eh_frame; 0: none, but register and offset */
	u8 cfa_register;
	bool signal;		/* the caller was interrupted: its pc is no return address */
};

/**
 * dwarf_find_row - look up what the compiler says of a place in the code
 * @pc: within an instruction of it
 * @row: filled in
 *
 * Context: any. Reads the image's own tables only.
 * Return: false if there is no description of that place, or one that is not understood.
 */
bool dwarf_find_row(unsigned long pc, struct dwarf_row *row);

/**
 * dwarf_evaluate - compute an expression
 * @offset: where it begins, as in a rule
 * @regs: registers by DWARF's numbers
 * @first: on the stack at first (the CFA, for rules; ignored by those for the CFA itself)
 * @read: reads a word of memory, or returns false
 * @result: the top of the stack at the end
 *
 * Context: any. Return: false if @read did, or an operation is not known.
 */
bool dwarf_evaluate(s32 offset, const unsigned long *regs, unsigned long first,
		    bool (*read)(unsigned long address, unsigned long *value),
		    unsigned long *result);

#endif
