/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_THREAD_H
#define _ARCH_IMPL_THREAD_H

/* A task that does not run is its stack pointer: switch.S keeps all registers on the stack. */
struct arch_thread {
	unsigned long sp;	/* S: while not running */
	void *stack;		/* I: lowest address; NULL for the boot task until it is first switched away from */
	int on_cpu;		/* S: CPU number + 1 while its stack is in use, else 0: no CPU may resume it twice */
};

#endif
