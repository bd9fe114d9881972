// SPDX-License-Identifier: GPL-2.0-only
/*
 * Call frame information: an interpreter for .eh_frame.
 *
 * What
 *	The compiler describes each function by a "frame description entry" (FDE): the addresses
 *	it covers, and a program that, executed up to some pc, leaves a row of rules for that pc.
 *	Several FDEs share what is common to them in a "common information entry" (CIE), among
 *	that the program's beginning. dwarf_find_row() finds the FDE, by binary search in the
 *	linker's sorted .eh_frame_hdr, or by walking through .eh_frame when the linker made none,
 *	and runs the programs.
 *
 *	So the kernel needs no frame pointers, and the unwinder steps through any instruction,
 *	assembly with its .cfi directives included.
 *
 * Contexts
 *	Any, NMI and panic included: no locks, no allocation, about 1 KiB of stack. All data is the
 *	image's own, and read-only; still each read is checked against the end of what is read.
 *
 * Limits
 *	REMEMBER_MAX states are remembered at a time, EXPRESSION_STACK values are on an expression's
 *	stack. What is not understood ends the backtrace there. 64-bit lengths, personality
 *	routines (C++) and vector registers' rules are not: no kernel code has them.
 *
 * Source: DWARF 5, section 6.4; Linux Standard Base, Core, 10.6 (.eh_frame, .eh_frame_hdr);
 *	System V ABI for AMD64, 3.6 (register numbers).
 * Tests
 *	arch/x86/tests/backtrace_test.c
 */
#include <linux/compiler.h>
#include <linux/string.h>
#include "dwarf.h"

#define REMEMBER_MAX		3
#define EXPRESSION_STACK	8

extern const u8 __eh_frame_start[], __eh_frame_end[];
extern const u8 __eh_frame_hdr_start[], __eh_frame_hdr_end[];

/* ---------------------------------------------------------------- reading */

/* Beyond its end a reader gives zeroes, and remembers it. */
struct reader {
	const u8 *at, *end;
	bool overrun;
};

static u64 read_bytes(struct reader *r, unsigned int n)
{
	u64 value = 0;
	unsigned int i;

	if (n > (unsigned long)(r->end - r->at)) {
		r->overrun = true;
		r->at = r->end;
		return 0;
	}
	for (i = 0; i < n; i++)
		value |= (u64)r->at[i] << (8 * i);
	r->at += n;
	return value;
}

static u64 sign_extend(u64 value, unsigned int bits)
{
	u64 sign = 1ULL << (bits - 1);

	return ((value & (sign * 2 - 1)) ^ sign) - sign;
}

static u64 read_leb128(struct reader *r, bool is_signed)
{
	u64 value = 0;
	unsigned int shift = 0;
	u8 byte;

	do {
		byte = (u8)read_bytes(r, 1);
		if (shift < 64)
			value |= (u64)(byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	return is_signed && shift < 64 ? sign_extend(value, shift) : value;
}

static u64 read_uleb(struct reader *r)
{
	return read_leb128(r, false);
}

static s64 read_sleb(struct reader *r)
{
	return (s64)read_leb128(r, true);
}

static void skip(struct reader *r, u64 n)
{
	if (n > (u64)(r->end - r->at)) {
		r->overrun = true;
		n = (u64)(r->end - r->at);
	}
	r->at += n;
}

/* Encodings of pointers: low four bits the format, next three what it is relative to. */
#define ENCODING_FORMAT		0x0f
#define ENCODING_RELATIVE	0x70
#define ENCODING_PC_RELATIVE	0x10
#define ENCODING_DATA_SDATA4	0x3b
#define ENCODING_UDATA4		0x03

static unsigned long read_pointer(struct reader *r, u8 encoding)
{
	unsigned long base = 0;

	if ((encoding & ENCODING_RELATIVE) == ENCODING_PC_RELATIVE)
		base = (unsigned long)r->at;
	else if (encoding & ENCODING_RELATIVE)
		r->overrun = true;

	switch (encoding & ENCODING_FORMAT) {
	case 0x02:
		return base + read_bytes(r, 2);
	case 0x03:
		return base + read_bytes(r, 4);
	case 0x00:
	case 0x04:
	case 0x0c:
		return base + read_bytes(r, 8);
	case 0x0a:
		return base + sign_extend(read_bytes(r, 2), 16);
	case 0x0b:
		return base + sign_extend(read_bytes(r, 4), 32);
	default:
		r->overrun = true;
		return 0;
	}
}

/* ---------------------------------------------------------------- entries */

struct cie {
	struct reader program;
	u64 code_align;
	s64 data_align;
	u8 pointers;		/* encoding of addresses in its FDEs */
	bool augmented;		/* its FDEs have a length of further data */
	bool signal;
};

struct fde {
	struct cie cie;
	struct reader program;
	unsigned long start, size;
};

/*
 * The body of the entry at @r, which goes on behind it. An empty body is the end of the section.
 * @id is where the body begins: a CIE has 0 there, an FDE the distance back to its CIE.
 */
static bool next_entry(struct reader *r, struct reader *body)
{
	u64 length = read_bytes(r, 4);

	*body = (struct reader) { .at = r->at, .end = r->at };
	if (r->overrun || !length || length > (u64)(r->end - r->at))
		return false;
	body->end = r->at + length;
	r->at = body->end;
	return true;
}

static bool parse_cie(const u8 *at, struct cie *cie)
{
	struct reader section = { .at = at, .end = __eh_frame_end }, r;
	const char *augmentation;
	u8 version;

	*cie = (struct cie) { .pointers = 0 };
	if (at < __eh_frame_start || at >= __eh_frame_end || !next_entry(&section, &r))
		return false;
	if (read_bytes(&r, 4) != 0)
		return false;
	version = (u8)read_bytes(&r, 1);
	augmentation = (const char *)r.at;
	while (read_bytes(&r, 1))
		;
	cie->code_align = read_uleb(&r);
	cie->data_align = read_sleb(&r);
	if ((version == 1 ? read_bytes(&r, 1) : read_uleb(&r)) != DWARF_RIP)
		return false;
	if (*augmentation == 'z') {
		u64 length = read_uleb(&r);
		struct reader data = r;

		skip(&r, length);
		cie->augmented = true;
		while (*++augmentation) {
			if (*augmentation == 'R')
				cie->pointers = (u8)read_bytes(&data, 1);
			else if (*augmentation == 'S')
				cie->signal = true;
			else
				return false;
		}
	} else if (*augmentation) {
		return false;
	}
	cie->program = r;
	return !r.overrun;
}

static bool parse_fde(const u8 *at, struct fde *fde)
{
	struct reader section = { .at = at, .end = __eh_frame_end }, r;
	const u8 *id;
	u64 back;

	if (at < __eh_frame_start || at >= __eh_frame_end || !next_entry(&section, &r))
		return false;
	id = r.at;
	back = read_bytes(&r, 4);
	if (!back || back > (u64)(id - __eh_frame_start) || !parse_cie(id - back, &fde->cie))
		return false;
	fde->start = read_pointer(&r, fde->cie.pointers);
	fde->size = read_pointer(&r, fde->cie.pointers & ENCODING_FORMAT);
	if (fde->cie.augmented)
		skip(&r, read_uleb(&r));
	fde->program = r;
	return !r.overrun;
}

/* ---------------------------------------------------------------- which one */

/* The linker's table: pairs of (first address, FDE), both relative to the header, sorted. */
struct header_entry {
	s32 start;
	s32 fde;
};

struct header {
	u8 version;
	u8 frame_encoding, count_encoding, table_encoding;
	s32 frame;
	u32 count;
	struct header_entry table[];
};

static bool have_header(const struct header *header)
{
	u64 size = (u64)(__eh_frame_hdr_end - __eh_frame_hdr_start);

	return size >= sizeof(*header) && header->version == 1 &&
	       header->count_encoding == ENCODING_UDATA4 &&
	       header->table_encoding == ENCODING_DATA_SDATA4 &&
	       header->count &&
	       header->count <= (size - sizeof(*header)) / sizeof(header->table[0]);
}

static const u8 *search_header(const struct header *header, unsigned long pc)
{
	s64 wanted = (s64)(pc - (unsigned long)header);
	u32 low = 0, high = header->count;

	while (high - low > 1) {
		u32 middle = low + (high - low) / 2;

		if (header->table[middle].start <= wanted)
			low = middle;
		else
			high = middle;
	}
	return (const u8 *)header + header->table[low].fde;
}

static bool find_fde(unsigned long pc, struct fde *fde)
{
	const struct header *header = (const struct header *)__eh_frame_hdr_start;
	struct reader section = { .at = __eh_frame_start, .end = __eh_frame_end }, body;

	if (have_header(header))
		return parse_fde(search_header(header, pc), fde) && pc - fde->start < fde->size;

	for (;;) {
		const u8 *at = section.at;

		if (!next_entry(&section, &body))
			return false;
		if (parse_fde(at, fde) && pc - fde->start < fde->size)
			return true;
	}
}

/* ---------------------------------------------------------------- programs */

/* One run of a CIE's and an FDE's programs. */
struct machine {
	struct dwarf_row row;
	struct dwarf_row initial;		/* as the CIE left it: what "restore" restores */
	struct dwarf_row remembered[REMEMBER_MAX];
	unsigned int depth;
	unsigned long location;
	bool failed;
};

static void set_rule(struct machine *m, u64 reg, enum dwarf_where where, s64 value)
{
	if (reg < DWARF_REGS)		/* others exist, and do not matter */
		m->row.rules[reg] = (struct dwarf_rule) { .where = where, .value = (s32)value };
}

static void restore_rule(struct machine *m, u64 reg)
{
	if (reg < DWARF_REGS)
		m->row.rules[reg] = m->initial.rules[reg];
}

static void set_cfa(struct machine *m, u64 reg, s64 offset)
{
	m->failed |= reg >= DWARF_RIP;
	m->row.cfa_register = (u8)reg;
	m->row.cfa_offset = (s32)offset;
	m->row.cfa_expression = 0;
}

/* An expression is a length and bytes; rules keep where it is. */
static s32 take_expression(struct reader *r)
{
	s32 offset = (s32)(r->at - __eh_frame_start);

	skip(r, read_uleb(r));
	return offset;
}

static void remember(struct machine *m)
{
	if (m->depth < REMEMBER_MAX)
		m->remembered[m->depth++] = m->row;
	else
		m->failed = true;
}

static void recall(struct machine *m)
{
	if (m->depth)
		m->row = m->remembered[--m->depth];
	else
		m->failed = true;
}

/* Instructions whose operand is in their own low six bits, told by the high two. */
#define CFA_ADVANCE_LOC		0x40
#define CFA_OFFSET		0x80
#define CFA_RESTORE		0xc0

enum {
	CFA_NOP			= 0x00,
	CFA_SET_LOC		= 0x01,
	CFA_ADVANCE_LOC1	= 0x02,
	CFA_ADVANCE_LOC2	= 0x03,
	CFA_ADVANCE_LOC4	= 0x04,
	CFA_OFFSET_EXTENDED	= 0x05,
	CFA_RESTORE_EXTENDED	= 0x06,
	CFA_UNDEFINED		= 0x07,
	CFA_SAME_VALUE		= 0x08,
	CFA_REGISTER		= 0x09,
	CFA_REMEMBER_STATE	= 0x0a,
	CFA_RESTORE_STATE	= 0x0b,
	CFA_DEF_CFA		= 0x0c,
	CFA_DEF_CFA_REGISTER	= 0x0d,
	CFA_DEF_CFA_OFFSET	= 0x0e,
	CFA_DEF_CFA_EXPRESSION	= 0x0f,
	CFA_EXPRESSION		= 0x10,
	CFA_OFFSET_EXTENDED_SF	= 0x11,
	CFA_DEF_CFA_SF		= 0x12,
	CFA_DEF_CFA_OFFSET_SF	= 0x13,
	CFA_VAL_OFFSET		= 0x14,
	CFA_VAL_OFFSET_SF	= 0x15,
	CFA_VAL_EXPRESSION	= 0x16,
	CFA_GNU_ARGS_SIZE	= 0x2e,
};

static void execute_one(struct machine *m, const struct cie *cie, struct reader *r)
{
	u8 op = (u8)read_bytes(r, 1);
	u64 reg;

	switch (op & 0xc0) {
	case CFA_ADVANCE_LOC:
		m->location += (op & 0x3f) * cie->code_align;
		return;
	case CFA_OFFSET:
		set_rule(m, op & 0x3f, DWARF_AT_CFA, (s64)read_uleb(r) * cie->data_align);
		return;
	case CFA_RESTORE:
		restore_rule(m, op & 0x3f);
		return;
	}

	switch (op) {
	case CFA_NOP:
		break;
	case CFA_SET_LOC:
		m->location = read_pointer(r, cie->pointers);
		break;
	case CFA_ADVANCE_LOC1:
		m->location += read_bytes(r, 1) * cie->code_align;
		break;
	case CFA_ADVANCE_LOC2:
		m->location += read_bytes(r, 2) * cie->code_align;
		break;
	case CFA_ADVANCE_LOC4:
		m->location += read_bytes(r, 4) * cie->code_align;
		break;
	case CFA_OFFSET_EXTENDED:
		reg = read_uleb(r);
		set_rule(m, reg, DWARF_AT_CFA, (s64)read_uleb(r) * cie->data_align);
		break;
	case CFA_OFFSET_EXTENDED_SF:
		reg = read_uleb(r);
		set_rule(m, reg, DWARF_AT_CFA, read_sleb(r) * cie->data_align);
		break;
	case CFA_VAL_OFFSET:
		reg = read_uleb(r);
		set_rule(m, reg, DWARF_CFA_PLUS, (s64)read_uleb(r) * cie->data_align);
		break;
	case CFA_VAL_OFFSET_SF:
		reg = read_uleb(r);
		set_rule(m, reg, DWARF_CFA_PLUS, read_sleb(r) * cie->data_align);
		break;
	case CFA_RESTORE_EXTENDED:
		restore_rule(m, read_uleb(r));
		break;
	case CFA_UNDEFINED:
		set_rule(m, read_uleb(r), DWARF_UNDEFINED, 0);
		break;
	case CFA_SAME_VALUE:
		set_rule(m, read_uleb(r), DWARF_SAME, 0);
		break;
	case CFA_REGISTER:
		reg = read_uleb(r);
		set_rule(m, reg, DWARF_IN_REGISTER, (s64)read_uleb(r));
		break;
	case CFA_EXPRESSION:
		reg = read_uleb(r);
		set_rule(m, reg, DWARF_AT_EXPRESSION, take_expression(r));
		break;
	case CFA_VAL_EXPRESSION:
		reg = read_uleb(r);
		set_rule(m, reg, DWARF_EXPRESSION, take_expression(r));
		break;
	case CFA_REMEMBER_STATE:
		remember(m);
		break;
	case CFA_RESTORE_STATE:
		recall(m);
		break;
	case CFA_DEF_CFA:
		reg = read_uleb(r);
		set_cfa(m, reg, (s64)read_uleb(r));
		break;
	case CFA_DEF_CFA_SF:
		reg = read_uleb(r);
		set_cfa(m, reg, read_sleb(r) * cie->data_align);
		break;
	case CFA_DEF_CFA_REGISTER:
		set_cfa(m, read_uleb(r), m->row.cfa_offset);
		break;
	case CFA_DEF_CFA_OFFSET:
		set_cfa(m, m->row.cfa_register, (s64)read_uleb(r));
		break;
	case CFA_DEF_CFA_OFFSET_SF:
		set_cfa(m, m->row.cfa_register, read_sleb(r) * cie->data_align);
		break;
	case CFA_DEF_CFA_EXPRESSION:
		m->row.cfa_expression = take_expression(r);
		break;
	case CFA_GNU_ARGS_SIZE:
		read_uleb(r);
		break;
	default:
		m->failed = true;
	}
}

/* Until the program ends, or reaches a location behind @pc. */
static void execute(struct machine *m, const struct cie *cie, struct reader program,
		    unsigned long pc)
{
	while (program.at < program.end && !m->failed) {
		execute_one(m, cie, &program);
		if (m->location > pc)
			break;
	}
	m->failed |= program.overrun;
}

bool dwarf_find_row(unsigned long pc, struct dwarf_row *row)
{
	struct machine m = { .failed = false };
	struct fde fde;

	if (!find_fde(pc, &fde))
		return false;
	m.location = fde.start;
	execute(&m, &fde.cie, fde.cie.program, pc);
	m.initial = m.row;
	execute(&m, &fde.cie, fde.program, pc);
	*row = m.row;
	row->signal = fde.cie.signal;
	return !m.failed;
}

/* ---------------------------------------------------------------- expressions */

enum {
	OP_ADDR		= 0x03,
	OP_DEREF	= 0x06,
	OP_CONST1U	= 0x08,
	OP_CONST1S	= 0x09,
	OP_CONST2U	= 0x0a,
	OP_CONST2S	= 0x0b,
	OP_CONST4U	= 0x0c,
	OP_CONST4S	= 0x0d,
	OP_CONSTU	= 0x10,
	OP_CONSTS	= 0x11,
	OP_DUP		= 0x12,
	OP_DROP		= 0x13,
	OP_AND		= 0x1a,
	OP_MINUS	= 0x1c,
	OP_PLUS		= 0x22,
	OP_PLUS_UCONST	= 0x23,
	OP_LIT0		= 0x30,
	OP_LIT31	= 0x4f,
	OP_BREG0	= 0x70,
	OP_BREG15	= 0x7f,
};

/* Slot 0 is never used as a value, so that the top of an empty stack is still a place. */
struct expression {
	unsigned long stack[EXPRESSION_STACK + 1];
	unsigned int depth;
	bool failed;
};

static void push(struct expression *e, unsigned long value)
{
	if (e->depth == EXPRESSION_STACK)
		e->failed = true;
	else
		e->stack[++e->depth] = value;
}

static unsigned long pop(struct expression *e)
{
	if (!e->depth) {
		e->failed = true;
		return 0;
	}
	return e->stack[e->depth--];
}

static void operate(struct expression *e, struct reader *r, const unsigned long *regs,
		    bool (*read)(unsigned long address, unsigned long *value))
{
	u8 op = (u8)read_bytes(r, 1);
	unsigned long value = 0;

	if (op >= OP_LIT0 && op <= OP_LIT31) {
		push(e, op - OP_LIT0);
		return;
	}
	if (op >= OP_BREG0 && op <= OP_BREG15) {
		push(e, regs[op - OP_BREG0] + (unsigned long)read_sleb(r));
		return;
	}
	switch (op) {
	case OP_ADDR:
		push(e, read_bytes(r, 8));
		break;
	case OP_CONST1U:
		push(e, read_bytes(r, 1));
		break;
	case OP_CONST1S:
		push(e, sign_extend(read_bytes(r, 1), 8));
		break;
	case OP_CONST2U:
		push(e, read_bytes(r, 2));
		break;
	case OP_CONST2S:
		push(e, sign_extend(read_bytes(r, 2), 16));
		break;
	case OP_CONST4U:
		push(e, read_bytes(r, 4));
		break;
	case OP_CONST4S:
		push(e, sign_extend(read_bytes(r, 4), 32));
		break;
	case OP_CONSTU:
		push(e, read_uleb(r));
		break;
	case OP_CONSTS:
		push(e, (unsigned long)read_sleb(r));
		break;
	case OP_DEREF:
		e->failed |= !read(pop(e), &value);
		push(e, value);
		break;
	case OP_DUP:
		push(e, e->stack[e->depth]);
		break;
	case OP_DROP:
		pop(e);
		break;
	case OP_AND:
		value = pop(e);
		push(e, pop(e) & value);
		break;
	case OP_MINUS:
		value = pop(e);
		push(e, pop(e) - value);
		break;
	case OP_PLUS:
		value = pop(e);
		push(e, pop(e) + value);
		break;
	case OP_PLUS_UCONST:
		push(e, pop(e) + read_uleb(r));
		break;
	default:
		e->failed = true;
	}
}

bool dwarf_evaluate(s32 offset, const unsigned long *regs, unsigned long first,
		    bool (*read)(unsigned long address, unsigned long *value),
		    unsigned long *result)
{
	struct reader r = { .at = __eh_frame_start + offset, .end = __eh_frame_end };
	struct expression e = { .depth = 0 };
	u64 length = read_uleb(&r);

	if (length > (u64)(r.end - r.at))
		return false;
	r.end = r.at + length;
	push(&e, first);
	while (r.at < r.end && !e.failed)
		operate(&e, &r, regs, read);
	*result = pop(&e);
	return !e.failed && !r.overrun;
}
