/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Instructions that may fault, and where to go on if they do.
 *
 * An entry is two offsets, each relative to its own place: the instruction, and its fixup. The
 * fixup runs in the faulting code's context with all registers as they were, but for rax if the
 * entry was made with X86_EXTABLE_VECTOR: it holds the exception's vector then.
 *
 *	__asm__("1: movq (%1), %0\n2:\n" X86_EXTABLE(1b, 2b) ...)
 */
#ifndef _X86_EXTABLE_H
#define _X86_EXTABLE_H

/* The flag is bit 0 of a third word. */
#define X86_EXTABLE_PLAIN	0
#define X86_EXTABLE_VECTOR	1

#ifdef __ASSEMBLY__

.macro EXTABLE from, to, kind=X86_EXTABLE_PLAIN
	.pushsection __ex_table, "a"
	.balign 4
	.long \from - .
	.long \to - .
	.long \kind
	.popsection
.endm

#else

#include <linux/stringify.h>
#include <arch/trap.h>

#define __X86_EXTABLE(from, to, kind)			\
	".pushsection __ex_table, \"a\"\n"		\
	".balign 4\n"					\
	".long " #from " - .\n"				\
	".long " #to " - .\n"				\
	".long " __stringify(kind) "\n"			\
	".popsection\n"
#define X86_EXTABLE(from, to)		__X86_EXTABLE(from, to, X86_EXTABLE_PLAIN)
#define X86_EXTABLE_WITH_VECTOR(from, to) __X86_EXTABLE(from, to, X86_EXTABLE_VECTOR)

struct x86_extable_entry {
	s32 from;
	s32 to;
	u32 kind;
};

/**
 * x86_fixup_exception - go on at the fixup of the instruction that faulted
 * @regs: changed if there is one
 * @vector: of the exception
 *
 * Context: exception.
 * Return: true if there is a fixup; the exception is over then.
 */
bool x86_fixup_exception(struct pt_regs *regs, unsigned long vector);

/**
 * x86_probe_read - read a word that may not be there
 * @address: any
 * @value: the word, if it was
 *
 * Context: any, exception and NMI included.
 * Return: false if the access faulted.
 */
static inline bool x86_probe_read(const void *address, unsigned long *value)
{
	unsigned long word = 0;
	bool failed = true;

	__asm__ __volatile__("1: movq (%2), %0\n"
			     "   movb $0, %1\n"
			     "2:\n"
			     X86_EXTABLE(1b, 2b)
			     : "+r"(word), "+q"(failed) : "r"(address) : "memory");
	*value = word;
	return !failed;
}

#endif
#endif
