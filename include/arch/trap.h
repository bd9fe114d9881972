/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: where am I, and how did I come here?
 *
 *	struct pt_regs				the interrupted context (opaque to the core)
 *	void arch_dump_stack(const struct pt_regs *regs)	print a symbolised backtrace of the context in
 *						regs, or of the caller when NULL. Context: any.
 *	unsigned int arch_backtrace(unsigned long *pcs, unsigned int max)	the caller's callers, innermost
 *						first; how many were found
 */
#ifndef _ARCH_TRAP_H
#define _ARCH_TRAP_H
#include <linux/types.h>
struct pt_regs;
#include <arch-impl/trap.h>
#endif
