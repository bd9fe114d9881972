/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fill all registers, let something happen, look at all registers.
 */
#ifndef _X86_TESTS_REGISTERS_H
#define _X86_TESTS_REGISTERS_H

#define REGISTERS	15	/* rax, rcx, rdx, rbx, rbp, rsi, rdi, r8 ... r15; not rsp */
#define REGISTERS_FLAGS	REGISTERS	/* index of the flags, behind them */

/* CF, PF, AF, ZF, SF, DF, OF. */
#define REGISTERS_FLAGS_MASK	0xcd5

#define SWITCH_PATTERN	0x1111222233334444

#ifndef __ASSEMBLY__

#include <kunit/test.h>

/* A function of registers.S: loads what @in says, then ..., then stores into @out what it finds. */
typedef void (*registers_over)(const unsigned long *in, unsigned long *out);

/* interrupts are on for eight nops; int3; int $2 */
void registers_over_interrupt(const unsigned long *in, unsigned long *out);
void registers_over_breakpoint(const unsigned long *in, unsigned long *out);
void registers_over_nmi(const unsigned long *in, unsigned long *out);

struct task_struct;
void switch_and_look(struct task_struct *prev, struct task_struct *next, unsigned long *out);
void nmi_in_window(void);

/**
 * registers_expect_same - run one of them with two patterns, and expect every register as it was
 * @test: the running test
 * @over: which
 * @before: called before each run, interrupts off; may be NULL
 *
 * Context: task. Interrupts are off but for what @over does.
 */
void registers_expect_same(struct kunit *test, registers_over over, void (*before)(void));

#endif
#endif
