/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * struct pt_regs: the registers of an interrupted context.
 */
#ifndef _ASM_PTRACE_H
#define _ASM_PTRACE_H

#include <arch/trap.h>

/** instruction_pointer - where the context was interrupted */
#define instruction_pointer(regs)	((regs)->ip)
/** user_mode - false: there is no user mode yet */
#define user_mode(regs)			((void)(regs), false)

#endif
