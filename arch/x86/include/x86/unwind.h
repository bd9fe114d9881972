/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Walking up the stack, frame by frame.
 */
#ifndef _X86_UNWIND_H
#define _X86_UNWIND_H

#include <linux/types.h>
#include <arch/trap.h>
#include <x86/cpu.h>

struct task_struct;

/* Where the walk is. regs is indexed by DWARF's numbers (task/dwarf.h). */
struct x86_unwind {
	unsigned long regs[17];
	unsigned long pc;		/* of this frame: where it was interrupted, or will go on */
	unsigned long sp;
	enum x86_stack_kind stack;
	bool exact;			/* pc was interrupted; else it is a return address */
	unsigned int frames;		/* so far */
};

/** More frames than this end the walk. */
#define X86_UNWIND_MAX	64

/**
 * x86_unwind_from - begin at an interrupted context
 * @u: the walk; its first frame is the interrupted one
 * @regs: the context, of this CPU
 */
void x86_unwind_from(struct x86_unwind *u, const struct pt_regs *regs);

/**
 * x86_unwind_here - begin at the caller
 * @u: the walk; its first frame is the function that uses this macro
 */
#define x86_unwind_here(u) do {						\
	struct pt_regs __here;						\
									\
	__asm__ __volatile__("movq %%rbx, %c[bx](%[r])\n\t"		\
			     "movq %%rbp, %c[bp](%[r])\n\t"		\
			     "movq %%rsp, %c[sp](%[r])\n\t"		\
			     "movq %%r12, %c[r12](%[r])\n\t"		\
			     "movq %%r13, %c[r13](%[r])\n\t"		\
			     "movq %%r14, %c[r14](%[r])\n\t"		\
			     "movq %%r15, %c[r15](%[r])\n"		\
			     "1:\tmovq $1b, %c[ip](%[r])"		\
			     : "=m"(__here)				\
			     : [r] "r"(&__here),			\
			       [bx] "i"(offsetof(struct pt_regs, bx)),	\
			       [bp] "i"(offsetof(struct pt_regs, bp)),	\
			       [sp] "i"(offsetof(struct pt_regs, sp)),	\
			       [r12] "i"(offsetof(struct pt_regs, r12)),	\
			       [r13] "i"(offsetof(struct pt_regs, r13)),	\
			       [r14] "i"(offsetof(struct pt_regs, r14)),	\
			       [r15] "i"(offsetof(struct pt_regs, r15)),	\
			       [ip] "i"(offsetof(struct pt_regs, ip))	\
			     : "memory");				\
	x86_unwind_from(u, &__here);					\
} while (0)

/**
 * x86_unwind_next - go to the caller of the present frame
 * @u: the walk
 *
 * Context: any, preemption off. Nothing is read but the image's tables and this CPU's stacks,
 * whatever the registers hold.
 * Return: false at the end: a frame that has no caller, or one that makes no sense.
 */
bool x86_unwind_next(struct x86_unwind *u);

#endif
