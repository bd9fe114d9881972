/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_TRAP_H
#define _ARCH_IMPL_TRAP_H

/*
 * The interrupted context as the entry code leaves it on the stack, lowest address first. The
 * processor pushes the part from ip on; orig_ax is its error code, or 0 where there is none.
 */
struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx;
	unsigned long r11, r10, r9, r8, ax, cx, dx, si, di;
	unsigned long orig_ax;
	unsigned long ip, cs, flags, sp, ss;
};

void arch_dump_stack(const struct pt_regs *regs);
unsigned int arch_backtrace(unsigned long *pcs, unsigned int max);

#endif
