/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_THREAD_H
#define _ARCH_IMPL_THREAD_H

/* A task that does not run is its stack pointer: switch.S keeps all registers on the stack. */
struct arch_thread {
	unsigned long sp;	/* S: while not running */
	void *stack;		/* I: lowest address; NULL: not by arch_thread_init() */
	int on_cpu;		/* S: CPU number + 1 while a CPU is on its stack, else 0 */
};

#endif
