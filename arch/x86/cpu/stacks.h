/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between cpu.c and stacks.c.
 */
#ifndef _X86_CPU_STACKS_H
#define _X86_CPU_STACKS_H

#include <linux/percpu-defs.h>
#include <x86/layout.h>

/* This CPU's exception stacks. The interrupt stack, a hot word, is in arch-impl/task.h. */
struct x86_cpu_stacks {
	unsigned long ist_top[X86_IST_COUNT];	/* I: index is the gate's number less one */
	unsigned int cpu;			/* I: whose they are */
};
DECLARE_PER_CPU(struct x86_cpu_stacks, x86_cpu_stacks);

/** x86_stacks_early_init - the boot CPU's stacks, static ones, into the template */
void x86_stacks_early_init(void);

#endif
