/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the start-up code of another CPU, below 1 MiB, is told. For C and assembly.
 *
 * The page begins with this: a jump over it, then the words.
 */
#ifndef _X86_SMP_SMP_H
#define _X86_SMP_SMP_H

#define TRAMPOLINE_BASE		0x08	/* its own physical address */
#define TRAMPOLINE_CR3		0x0c
#define TRAMPOLINE_EFER		0x10
#define TRAMPOLINE_CPU		0x14
#define TRAMPOLINE_STACK	0x18	/* 8 bytes */
#define TRAMPOLINE_ENTRY	0x20	/* 8 bytes */
#define TRAMPOLINE_APIC_ID	0x28	/* who is meant */
#define TRAMPOLINE_HEADER	0x30

#ifndef __ASSEMBLY__

#include <linux/compiler.h>

struct trampoline_header {
	u8 jump[8];
	u32 base;
	u32 cr3;
	u32 efer;
	u32 cpu;
	u64 stack;
	u64 entry;
	u32 apic_id;
	u32 unused;
};

/* The code, as it is to be copied. */
extern const char x86_trampoline[], x86_trampoline_end[];

/**
 * x86_secondary_start - a CPU's first C code: interrupt hardware, then the kernel proper
 *
 * Context: called by x86_secondary_entry (boot/head.S), interrupts off, on the idle task's stack.
 */
__noreturn void x86_secondary_start(void);

#endif
#endif
