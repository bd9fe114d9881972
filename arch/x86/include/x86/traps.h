/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exceptions and NMIs: what the rest of arch/x86 may ask of entry/.
 */
#ifndef _X86_TRAPS_H
#define _X86_TRAPS_H

#include <linux/percpu-defs.h>
#include <linux/types.h>
#include <arch/trap.h>

enum x86_exception {
	X86_EXCEPTION_DE = 0,
	X86_EXCEPTION_DB = 1,
	X86_EXCEPTION_NMI = 2,
	X86_EXCEPTION_BP = 3,
	X86_EXCEPTION_OF = 4,
	X86_EXCEPTION_BR = 5,
	X86_EXCEPTION_UD = 6,
	X86_EXCEPTION_NM = 7,
	X86_EXCEPTION_DF = 8,
	X86_EXCEPTION_TS = 10,
	X86_EXCEPTION_NP = 11,
	X86_EXCEPTION_SS = 12,
	X86_EXCEPTION_GP = 13,
	X86_EXCEPTION_PF = 14,
	X86_EXCEPTION_MF = 16,
	X86_EXCEPTION_AC = 17,
	X86_EXCEPTION_MC = 18,
	X86_EXCEPTION_XM = 19,
};

/** x86_exception_name - "page fault" for 14. Context: any. */
const char *x86_exception_name(unsigned long vector);

/** x86_show_registers - print @regs, control registers and the bytes at ip. Context: any. */
void x86_show_registers(const struct pt_regs *regs);

/* This CPU's NMIs, for people and tests: with a handler that had asked; late for what was served already; nobody's. */
struct x86_nmi_counts {
	unsigned int handled;
	unsigned int empty;
	unsigned int unknown;
};
DECLARE_PER_CPU(struct x86_nmi_counts, x86_nmi_counts);

/**
 * x86_set_debug_handler - have a function called for breakpoints (#BP) and debug exceptions (#DB)
 * @handler: true: it was mine, go on; false: it is a crash. Interrupts off. NULL: none any more.
 *
 * Context: task. One at a time.
 * Return: the one before.
 */
typedef bool (*x86_debug_handler)(struct pt_regs *regs, unsigned long vector);
x86_debug_handler x86_set_debug_handler(x86_debug_handler handler);

/*
 * Panic: whoever sends NMIs to stop the other CPUs sets panic_stop_cpus before. A CPU that gets
 * an NMI then counts itself in panic_stopped_cpus and halts for ever.
 */
extern bool panic_stop_cpus;
extern atomic_t panic_stopped_cpus;

/* Assembly: the IDT's targets. */
extern char x86_exception_stubs[], x86_irq_stubs[], x86_nmi_entry[];

/**
 * x86_irq_dispatch - a device's or the local APIC's interrupt has come (apic/dispatch.c)
 * @vector: 32 to 255
 *
 * Context: interrupts off, on this CPU's interrupt stack. Does all of what <arch/irq.h> says but
 * the reschedule, which the entry code does on the task's stack.
 */
void x86_irq_dispatch(unsigned long vector);

#endif
