/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_TRAP_H
#define _ARCH_IMPL_TRAP_H

/* No interrupted context is ever saved as registers: an interrupt is a call. */
struct pt_regs {
	unsigned long pc;
	unsigned long sp;
	unsigned long fp;
};

void arch_dump_stack(const struct pt_regs *regs);
unsigned int arch_backtrace(unsigned long *pcs, unsigned int max);

#endif
