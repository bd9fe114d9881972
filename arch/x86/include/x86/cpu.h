/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One CPU: its tables, its stacks, what it can do.
 */
#ifndef _X86_CPU_H
#define _X86_CPU_H

#include <linux/percpu-defs.h>
#include <arch/task.h>
#include <x86/layout.h>

/** x86_cpu_early_init - boot CPU, first thing in C: from here on exceptions are caught */
void x86_cpu_early_init(void);

/**
 * x86_cpu_prepare - what another CPU needs before it can start: stacks for interrupts and
 * exceptions
 * @cpu: its number; its per-CPU area exists
 *
 * Context: task. Lifetime: for ever; a second call for the same CPU does nothing.
 * Return: 0 or -ENOMEM.
 */
int x86_cpu_prepare(unsigned int cpu);

/**
 * x86_stacks_guard - from now on the boot CPU's stacks have nothing mapped below them
 *
 * Context: boot CPU, once, with the final page tables, before arch_cpu_init().
 */
void x86_stacks_guard(void);

/**
 * arch_cpu_init - load this CPU's tables and set its control registers
 *
 * Context: that CPU, interrupts off: the boot CPU once its per-CPU area is in use, another one
 * first thing.
 */
void arch_cpu_init(void);

enum x86_stack_kind {
	X86_STACK_NONE,
	X86_STACK_TASK,
	X86_STACK_IRQ,
	X86_STACK_DF,
	X86_STACK_NMI,
	X86_STACK_DB,
	X86_STACK_MC,
};

/**
 * x86_stack_of - which of this CPU's stacks an address is in
 * @address: any value
 * @low: the stack's lowest address	@high: the first above it
 *
 * Context: any, preemption off. Safe when current is nonsense.
 */
enum x86_stack_kind x86_stack_of(unsigned long address, unsigned long *low, unsigned long *high);

/**
 * x86_stack_above - which of this CPU's stacks has an address in the hole below it
 * @address: any value
 *
 * Context: any, preemption off.
 */
enum x86_stack_kind x86_stack_above(unsigned long address);

/** x86_stack_name - "interrupt" for X86_STACK_IRQ. Context: any. */
const char *x86_stack_name(enum x86_stack_kind kind);

/* What this processor has, where somebody asks for it. I. */
struct x86_features {
	bool nx;
	bool page_1g;
	bool smep, smap;
};
extern struct x86_features x86_features;

#endif
